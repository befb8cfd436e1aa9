"""A page of the queue is the same work however many wait: what makes it quick, without a clock."""

from datetime import timedelta
from html.parser import HTMLParser

from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from screening.intake.models import CallRequest
from screening.intake.queue import ROWS
from tests.intake.factories import make_request

QUEUE = "/staff/intake/callrequest/"
WAITING = 200
# There are 13 queries, 723 elements, 31 kB and 7 files; benchmarks/desk_paint.py says how long that takes.
MOST_QUERIES, MOST_ELEMENTS, MOST_KILOBYTES, MOST_FILES = 15, 900, 40, 8


class Elements(HTMLParser):
    """Counts what a browser must lay out, and what it must ask for before it can."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.all = self.files = self.rows = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.all += 1
        told = dict(attrs)
        self.files += (tag == "script" and "src" in told) or (tag == "link" and "href" in told)
        self.rows += tag == "tr" and (told.get("class") or "").startswith("dk-")


def wait(many: int) -> None:
    """So many requests that are overdue, all like one that the site made."""
    one = make_request(allowed=("voicemail",))
    one.due_at = timezone.now() - timedelta(hours=1)
    one.save()
    CallRequest.objects.bulk_create(
        CallRequest(
            reference=f"B{number}",
            state=one.state,
            contact=one.contact,
            contact_hash=number.to_bytes(32, "big"),
            consents=one.consents,
            created_at=one.created_at,
            due_at=one.due_at,
            expires_at=one.expires_at,
        )
        for number in range(1, many)
    )


def test_two_hundred_that_wait_make_no_more_work_than_one_page_of_them(desk: Client, ana: User) -> None:
    wait(WAITING)
    desk.get(QUEUE)

    with CaptureQueriesContext(connection) as asked:
        response = desk.get(QUEUE)

    html = response.content.decode()
    found = Elements(html)
    assert found.rows == ROWS
    assert f"<span>{WAITING}</span>" in html, "all of them are counted"
    assert len(asked) <= MOST_QUERIES
    assert found.all <= MOST_ELEMENTS
    assert len(response.content) <= MOST_KILOBYTES * 1024
    assert found.files <= MOST_FILES
