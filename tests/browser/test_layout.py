"""What matters most is there at once, on the smallest phones: the first choice, and the ways to call."""

import math

import pytest

from tests.browser import people
from tests.browser.conftest import Visitor
from tests.browser.inspection import NARROW, PHONE
from tests.browser.states import RESULTS
from tests.browser.visits import Visit

pytestmark = pytest.mark.browser


CLOSE = 0.9


def end_of_first_choice(visit: Visit) -> float:
    first = visit.probe("firstChoice")
    return float(first["end"]) if first["seen"] else math.inf


@pytest.mark.parametrize("voice", ["me", "them"])
def test_the_first_choice_of_every_question_is_seen_without_scrolling(
    visitor: Visitor, language: str, voice: str
) -> None:
    visit = visitor(language, viewport=NARROW)
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
            end = end_of_first_choice(visit)
            if end > NARROW["height"] * CLOSE:
                # Wider is easier, but lines may break in another place.
                visit.page.set_viewport_size(PHONE)
                end = max(end, end_of_first_choice(visit))
                visit.page.set_viewport_size(NARROW)
            if end > NARROW["height"]:
                hidden.append(f"{questions[0]}: ends at {end}")

    assert not hidden
    assert {key for screen in looked_at for key in screen} == set(people.ENGINE.protocol.by_key) - {"who"}


# What has to be on the first screen of a result, by its kind: the calls where there is danger, else the way on.
FIRST_SCREEN = {
    "emergency": "main a[href='tel:911'], main a[href='tel:988']",
    "today": "main a[href='tel:988']",
    "clear": "main a[href='tel:911'], main a[href='tel:988']",
    "thin": "main a[href='tel:911'], main a[href='tel:988']",
    "close": "main a[href='#next']",
    "youth": "main a[href='#next']",
}


def test_the_first_screen_of_a_result_says_what_may_fit_and_what_to_do(
    visitor: Visitor, language: str
) -> None:
    visit = visitor(language, viewport=PHONE)
    below = []
    for kind, selector in FIRST_SCREEN.items():
        visit.holding(RESULTS[kind]().answers)
        visit.go("result")
        wanted = visit.page.locator(selector)
        ends = wanted.evaluate_all("all => all.slice(0, 2).map(e => e.getBoundingClientRect().bottom)")
        if not ends or max(ends) > PHONE["height"]:
            below.append(f"{kind}: {ends}")

    assert not below


def test_every_way_to_call_is_seen_at_once_on_the_help_page(visitor: Visitor, language: str) -> None:
    visit = visitor(language, viewport=NARROW)
    visit.go("help_now")

    ends = visit.page.locator("main .trio a").evaluate_all(
        "all => all.map(e => e.getBoundingClientRect().bottom)"
    )

    assert len(ends) == 3
    assert max(ends) <= NARROW["height"]
    assert visit.page.locator("main a[href='#overdose']").bounding_box()["y"] < NARROW["height"]  # type: ignore[index]
