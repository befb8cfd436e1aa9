"""A word that can come from nowhere else goes in by every field, and is looked for wherever it may not be."""

import io
import logging
import logging.config
from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core import mail
from django.db import DatabaseError, OperationalError
from django.test import Client
from django.views.debug import ExceptionReporter

from iopguide import logs
from screening.intake import desk, notices, services
from screening.intake.models import CallRequest
from tests.intake.conftest import signed_in
from tests.intake.factories import ask, form, hidden, token
from tests.web.walk import Visitor, calm

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unhurried")]

SENTINEL = "zqxsentinelqz"
QUEUE = "/staff/intake/callrequest/"
FULL = {
    "name": SENTINEL, "method": "email", "email": f"{SENTINEL}@example.com", "phone": f"555{SENTINEL}",
    "note": SENTINEL, "language": "other", "other_language": SENTINEL, "website": "",
}  # fmt: skip


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    logging.config.dictConfig(settings.LOGGING)
    written = io.StringIO()
    handler = next(h for h in logging.getLogger().handlers if isinstance(h.formatter, logs.PrivateFormatter))
    before = handler.setStream(written)
    yield written
    handler.setStream(before)


def test_the_whole_story_leaves_no_trace_in_logs_mails_addresses_and_titles(
    log: io.StringIO, ana: User, settings: Any
) -> None:
    settings.DESK_MAIL = ["desk@example.org"]
    visitor = Visitor(headers={"user-agent": SENTINEL, "referer": f"http://localhost/{SENTINEL}"}).sit_down(
        calm()
    )
    ask(visitor, **FULL)
    visitor.follow()
    titles = [visitor.page.title]
    row = CallRequest.objects.get()
    client = signed_in(ana)
    paths = (QUEUE, f"{QUEUE}?show=scheduled", f"{QUEUE}{row.pk}/change/", f"{QUEUE}{row.pk}/emergency/")
    seen = [client.get(path) for path in paths]
    pressed: list[tuple[str, dict[str, str]]] = [
        ("claim", {}),
        ("note", {"text": SENTINEL}),
        ("outcome", {"outcome": SENTINEL}),
        ("outcome", {"outcome": "no_answer", "appointment": SENTINEL}),
        ("merge", {"reference": SENTINEL}),
        ("stop", {}),
    ]
    seen += [
        client.post(f"{QUEUE}{row.pk}/do/{action}/", {"token": str(token()), **fields})
        for action, fields in pressed
    ]
    client.post(f"{QUEUE}code/", {"code": SENTINEL})
    notices.send_due()

    assert "route=intake:ask" in log.getvalue()
    assert SENTINEL not in log.getvalue()
    assert not [message for message in mail.outbox if SENTINEL in message.message().as_string()]
    assert SENTINEL not in " ".join(titles)
    for reply in seen:
        assert SENTINEL not in reply.get("Location", "")
        assert SENTINEL not in reply.content.decode().partition("</title>")[0]
        assert reply["Cache-Control"].startswith(("no-store", "max-age=0"))


FAULTS = {
    "service": lambda: patch.object(services, "_save", side_effect=ValueError(SENTINEL)),
    "database": lambda: patch.object(services, "_save", side_effect=OperationalError(SENTINEL)),
    "constraint": lambda: patch.object(services, "_save", side_effect=DatabaseError(SENTINEL)),
    "template": lambda: patch("screening.intake.views.receipts.give", side_effect=RuntimeError(SENTINEL)),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_form_that_fails_tells_its_words_to_nobody_but_the_sender(log: io.StringIO, fault: str) -> None:
    visitor = Visitor(raise_request_exception=False)
    visitor.open("/call-me/")
    with FAULTS[fault]():
        reply = visitor.post("/call-me/", {**hidden(visitor), **form(**FULL)})

    assert reply.status_code in (500, 503)
    assert "ERROR" in log.getvalue()
    assert SENTINEL not in log.getvalue()
    assert mail.outbox == []
    # While the database is away, what was typed comes back to be sent again.
    assert (SENTINEL in reply.content.decode()) == (fault == "database")


def test_a_button_that_fails_tells_nothing(log: io.StringIO, ana: User) -> None:
    services.create_request(name=SENTINEL, value="5550101010")
    row = CallRequest.objects.get()
    client = Client(raise_request_exception=False)
    client.force_login(ana)
    with patch.object(desk, "log_access", side_effect=ValueError(SENTINEL)):
        reply = client.post(f"{QUEUE}{row.pk}/do/note/", {"token": str(token()), "text": SENTINEL})

    assert reply.status_code == 500
    assert SENTINEL not in log.getvalue()
    assert SENTINEL not in reply.content.decode()
    assert not row.notes.exists()  # and nothing half done


def test_an_error_report_holds_no_contact(rf: Any) -> None:
    request = rf.post("/call-me/", FULL)
    try:
        int(SENTINEL)
    except ValueError as error:
        reporter = ExceptionReporter(request, type(error), error, error.__traceback__, is_email=True)
        private = logs.PrivateReporter(request, type(error), error, error.__traceback__, is_email=True)
    assert SENTINEL in reporter.get_traceback_text()  # Django's own would tell
    assert SENTINEL not in private.get_traceback_text() + private.get_traceback_html()


def test_no_form_is_filled_in_beyond_its_fields() -> None:
    forged = {
        "owner": "1",
        "state": "closed",
        "reference": SENTINEL,
        "tries": "9",
        "expires_at": "2100-01-01",
        "id": "7",
    }
    ask(Visitor(), **forged)
    row = CallRequest.objects.get()

    assert (row.owner, row.state, row.tries) == (None, "open", 0)
    assert SENTINEL not in row.reference
    assert SENTINEL not in str(row.contact)
