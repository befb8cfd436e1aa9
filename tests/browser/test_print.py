"""The copy for paper: short, and without a word on it that tells where it came from."""

import re
from functools import lru_cache

import pytest
from django.conf import settings

from tests.browser import people
from tests.browser.conftest import Visitor
from tests.browser.people import Person

pytestmark = pytest.mark.browser

MOST_PAGES = 2


def pages_in(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


def advice(person: Person) -> int:
    """How much advice the result holds, in letters: the part that makes a copy long or short."""
    assessment = person.assessment()
    explanation = assessment.explanation
    assert explanation is not None
    leads = [lead for lead in assessment.protocol.leads if lead.key in assessment.decision.leads]
    return sum(len(text.es) for one in (*explanation.notes, *leads) for text in one.paragraphs)


@lru_cache(maxsize=1)
def longest() -> list[Person]:
    """The most talkative results of all cases, and of sheets where almost everything is ticked."""
    return sorted([*people.cases(), *people.at_random(150, seed=11)], key=advice)[-3:]


def test_the_longest_copies_take_two_sheets(visitor: Visitor, language: str) -> None:
    visit = visitor(language, script=False)
    for person in longest():
        visit.holding(person.answers)
        visit.go("print")
        assert pages_in(visit.page.pdf(format="Letter")) <= MOST_PAGES, person


def test_the_paper_does_not_tell_where_it_came_from(visitor: Visitor, language: str) -> None:
    visit = visitor(language)
    visit.holding(people.with_outcome("medical_first", "me").answers)
    visit.go("print")

    assert visit.page.title() == {"en": "Notes for my visit", "es": "Notas para mi cita"}[language]
    visit.page.emulate_media(media="print")
    assert settings.SITE_NAME not in visit.page.inner_text("body")
    assert not [a for a in visit.page.locator("a, button").all() if a.is_visible()]
