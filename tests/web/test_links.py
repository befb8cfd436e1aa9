"""No link of the site leads nowhere, help is never more than one tap away, and every number is the table's."""

import re
from functools import cache
from urllib.parse import urldefrag, urljoin

import pytest
from django.test import Client

from screening.protocol import LIVE
from tests.web.access import ROWS
from tests.web.routes import routes, row_for
from tests.web.walk import LANGUAGES, Page, Visitor, calm, people

pytestmark = [pytest.mark.django_db, pytest.mark.once]

NUMBERS = {line.number for line in LIVE.help_lines}
DIALED = {f"tel:{line.dial}" for line in LIVE.help_lines} | {"tel:+18006624357"}
# An answer with danger, so that the safety page has something to say.
SHEET = calm({"suicide_thoughts": "plan"})
NEED_ANSWERS = (("safety",), ("answers",), ("result",), ("print",), ("step", 1), ("step", 4))


@cache
def _numbers_in(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\b1-\d{3}-\d{3}-\d{4}\b|\b[19]\d\d\b(?= |\.|$)", text))


def endings() -> set[str]:
    """Where a check ends, as the links there say; not to be followed by who wants to look at the rest."""
    return {Visitor(language).url(name) for language in LANGUAGES for name in ("leave", "clear")}


def visited(language: str) -> dict[str, Page]:
    """Every page that links lead to from the first page and from a check, by its path."""
    visitor = Visitor(language).sit_down(SHEET)
    waiting = [visitor.url("home"), *(visitor.url(*address) for address in NEED_ANSWERS)]
    found: dict[str, Page] = {}
    while waiting:
        path = waiting.pop()
        if path in found or path in endings():
            continue
        visitor.open(path)
        assert visitor.response.status_code == 200, path
        found[path] = visitor.page
        for href, _ in visitor.page.links:
            there, _ = urldefrag(urljoin(path, href))
            if there.startswith("/") and there not in found:
                waiting.append(there)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_link_leads_nowhere(language: str) -> None:
    pages = visited(language)
    ids = {path: set(re.findall(r'\sid="([^"]+)"', page.html)) for path, page in pages.items()}
    broken, dialed = [], set()
    for path, page in pages.items():
        for href, words in page.links:
            place, anchor = urldefrag(urljoin(path, href))
            if href.startswith(("tel:", "sms:")):
                dialed.add(href)
            elif not place.startswith(("/", "https://")) or (
                anchor and place in ids and anchor not in ids[place]
            ):
                broken.append(f"{path}: {href} ({words})")

    assert not broken
    assert {href for href in dialed if href.startswith("tel:")} <= DIALED
    assert {href for href in dialed if href.startswith("sms:")} <= {"sms:988", "sms:988?body=AYUDA"}
    assert len(pages) > 10


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_a_person_can_read_is_in_the_table(language: str) -> None:
    for path, page in visited(language).items():
        if path.endswith(("how-it-works/", "como-funciona/")):
            continue  # full of numbers that nobody can dial
        read = page.text.replace("\N{NON-BREAKING HYPHEN}", "-")
        assert set(_numbers_in(read)) <= NUMBERS, path


def near_help(page: Page) -> bool:
    """988 and 911 can be read, and a tap on this page calls them or opens the page that does."""
    called = {href for href, _ in page.links}
    tap = {"tel:911", "tel:988"} <= called or any(
        "help-now" in href or "ayuda-ahora" in href for href in called
    )
    return tap and "988" in page.text and "911" in page.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_is_one_tap_away_from_every_page(language: str) -> None:
    far = [path for path, page in visited(language).items() if not near_help(page)]
    for answers in list(people().values())[::3]:
        visitor = Visitor(language).sit_down(answers)
        for place in ("result", "answers"):
            visitor.go(place)
            far += [] if near_help(visitor.page) else [f"{place} of {answers}"]

    assert not far


def test_help_is_one_tap_away_from_every_address_that_anybody_may_open() -> None:
    client, far = Client(), []
    for route in routes():
        row = row_for(route, ROWS)
        if row is None or ":" not in route.name or route.name.startswith("admin:"):
            continue
        response = client.get(route.url(row.values))
        if response.headers.get("Content-Type", "").startswith("text/html") and response.content:
            far += (
                []
                if near_help(Page(response.content.decode()))
                else [f"{route.name}: {response.status_code}"]
            )

    assert not far


def test_the_test_can_tell() -> None:
    assert not near_help(Page("<a href='/about/'>About</a> 911 988"))
    assert not near_help(Page("<a href='tel:988'>988</a> 911"))
    assert near_help(Page("<a href='tel:988'>988</a> <a href='tel:911'>911</a>"))
    assert _numbers_in("Call 1-800-000-0000 or 912 now.") == {"1-800-000-0000", "912"}
