"""No page has an error of HTML: every page and state, in both languages, before two checkers that are not ours."""

import io
import logging
from collections import Counter
from collections.abc import Iterator
from unittest.mock import patch

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client, override_settings

from programs import services as guide
from programs import starter_content
from programs.models import Page as GuidePage
from screening.counters import demo as figures
from screening.counters import demo_desk
from screening.intake import limits
from screening.revisions import services as revisions
from tests.audits import pages
from tests.audits.html import check
from tests.audits.pages import Page, Shelf
from tests.audits.reviewed import REVIEWED, Finding, Reviewed, review

pytestmark = [pytest.mark.audit, pytest.mark.once, pytest.mark.django_db]

# Fewer would mean that some way to them is broken.
FEWEST = {Shelf.OURS: 400, Shelf.FRAMED: 40, Shelf.DJANGO: 40, Shelf.ALLAUTH: 10}
# A link that is not closed, and two things with one name; a button of no kind.
BROKEN = (
    "<!doctype html>\n<html lang='en'><head><title>On purpose</title></head>\n"
    "<body><p id='twice'><a href='/'>One</p>\n<p id='twice'>Two</p>\n<button>Three</button></body></html>"
)


def everything() -> Iterator[Page]:
    """First the site without words of its own, then with its guide, then with staff at work."""
    with override_settings(ROOT_URLCONF="tests.web.with_gallery"):
        yield from pages.states()
    yield from pages.questions()
    yield from pages.results()
    yield from pages.forms()
    yield from pages.addresses()
    starter_content.load()
    yield from pages.public()
    client = Client()
    client.force_login(_at_work())
    yield from pages.staff(client)


def _at_work() -> User:
    """Staff and requests as in a demonstration, a page of the guide being rewritten, and a revision of the rules."""
    with patch.object(figures, "DAYS", 2), patch.object(demo_desk, "REQUESTS", 8):
        call_command("demo", stdout=io.StringIO())
    owner = User.objects.get(username="owner")
    for page in GuidePage.objects.filter(kind__in=("program", "guide")).order_by("kind", "pk"):
        guide.save_draft(page, page.live.content, by=owner, note="plainer")
    with patch.object(revisions, "prove", lambda revision: revision):  # proofs take their time
        revisions.start_draft(version="2026.9", by=owner)
    return owner


@pytest.fixture
def quiet() -> Iterator[None]:
    """Six hundred requests, the pages for faults among them, are asked for on purpose."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.usefixtures("quiet")
def test_no_page_has_an_error_of_html() -> None:
    broken = [Page(f"broken on purpose, {shelf}", BROKEN + f"<!-- {shelf} -->", shelf) for shelf in Shelf]
    with patch.object(limits, "FASTEST", limits.FASTEST * 0):
        every = [*everything(), *broken]

    found = check(every)

    seen = Counter(page.shelf for page in every)
    assert all(seen[shelf] >= fewest for shelf, fewest in FEWEST.items()), seen
    _each_checker_saw_what_is_broken(found, broken)
    left, needed = review([one for one in found if one.page not in broken])
    assert not [str(one) for one in left]
    assert not set(REVIEWED) - needed, "nothing needs these any more: take them out"


def _each_checker_saw_what_is_broken(found: list[Finding], broken: list[Page]) -> None:
    for page in broken:
        seen = {(one.checker.split()[0], one.line) for one in found if one.page == page}
        wanted = {("vnu", 4), ("html-validate", 4)}
        assert seen >= (wanted if page.shelf != Shelf.DJANGO else {("vnu", 4)}), page.name


def test_what_was_reviewed_hides_nothing_else() -> None:
    page, other = Page("/", "", Shelf.FRAMED), Page("/", "", Shelf.OURS)
    entry = Reviewed(Shelf.FRAMED, "vnu", "Section", "for a test")
    same = [Finding(page, 3, "vnu", "warning", "Section lacks heading")]
    others = [
        Finding(other, 3, "vnu", "warning", "Section lacks heading"),
        Finding(page, 3, "html-validate x", "warning", "Section lacks heading"),
        Finding(page, 3, "vnu", "error", "Bad section"),
    ]

    assert review([*same, *others], [entry]) == (others, {entry})
    assert str(others[0]) == "/, line 3: Section lacks heading [vnu, warning]"
