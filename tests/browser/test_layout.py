"""Everything can be seen and hit with a thumb, on the smallest phone, at 400 % zoom, and on a desk."""

import pytest
from playwright.sync_api import ViewportSize

from tests.browser import people
from tests.browser.conftest import Visitor
from tests.browser.tour import NARROW, PHONE, Findings

pytestmark = pytest.mark.browser


def test_nothing_sticks_out_at_the_side(findings: Findings) -> None:
    assert not findings["overflow"]


def test_no_text_is_cut_off_even_when_a_reader_spreads_it(findings: Findings) -> None:
    assert not findings["clipped"]


def test_everything_is_big_enough_for_a_thumb(findings: Findings) -> None:
    assert not findings["small"]


def test_nothing_that_has_the_focus_is_hidden(findings: Findings) -> None:
    assert not findings["covered"]


def test_no_page_moves_under_the_reader(findings: Findings) -> None:
    assert not findings["shift"]


@pytest.mark.parametrize("size", [NARROW, PHONE], ids=["320", "360"])
@pytest.mark.parametrize("voice", ["me", "them"])
def test_the_first_choice_of_every_question_is_seen_without_scrolling(
    visitor: Visitor, language: str, voice: str, size: ViewportSize
) -> None:
    visit = visitor(language, viewport=size)
    looked_at: set[tuple[str, ...]] = set()
    hidden = []
    for person in people.seeing_every_question():
        answers = people.as_voice(person, voice)
        visit.holding(answers.answers)
        for number, questions in enumerate(answers.screens()):
            # The first question stands on the start page, under what one should know before.
            if number == 0 or questions in looked_at:
                continue
            looked_at.add(questions)
            visit.go("step", number)
            first = visit.probe("firstChoice")
            if first["end"] > size["height"] or not first["seen"]:
                hidden.append(f"{questions[0]}: ends at {first['end']}")

    assert not hidden
    assert {key for screen in looked_at for key in screen} == set(people.ENGINE.protocol.by_key) - {"who"}
