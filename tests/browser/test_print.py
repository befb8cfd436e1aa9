"""The copy for paper: short, and without a word on it that tells where it came from."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.conf import settings

from screening import services
from tests.browser import people
from tests.browser.conftest import Visitor
from tests.browser.people import Person

pytestmark = pytest.mark.browser

MOST_PAGES = 2


def pages_in(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


def length_of(person: Person) -> int:
    """How much there is to print, as the site itself puts it."""
    client = Client()
    token = services.start(person.answers["who"])
    services.record_answers(services.open_check(token), person.answers)
    client.cookies[settings.SCREENING_COOKIE_NAME] = token
    return len(client.get(reverse("screening:print")).content)


def test_the_longest_copies_take_two_sheets(visitor: Visitor, language: str) -> None:
    visit = visitor(language, script=False)
    everybody = [*people.cases(), *people.at_random(120, seed=7)]
    longest = sorted(everybody, key=length_of)[-2:]
    for person in longest:
        visit.holding(person.answers)
        visit.go("print")
        pdf = visit.page.pdf(format="Letter", path=f"/tmp/bx/print-{language}-{longest.index(person)}.pdf")
        print(person.name, len(visit.page.inner_text("main")), pages_in(pdf))
        assert pages_in(pdf) <= MOST_PAGES, person


def test_the_title_on_paper_is_neutral(visitor: Visitor, language: str) -> None:
    visit = visitor(language)
    visit.holding(people.with_outcome("medical_first", "me").answers)
    visit.go("print")

    assert visit.page.title() == {"en": "Notes for my visit", "es": "Notas para mi cita"}[language]
    visit.page.emulate_media(media="print")
    assert settings.SITE_NAME not in visit.page.inner_text("body")
    assert not [a for a in visit.page.locator("a, button").all() if a.is_visible()]
