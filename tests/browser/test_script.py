"""What the one small script adds. Everything works without it; with it, leaving is faster and mistakes are fewer."""

import pytest

from tests.browser import people
from tests.browser.conftest import Visitor
from tests.browser.visits import Visit

pytestmark = pytest.mark.browser

QUIET_MINUTES = 15


@pytest.fixture
def asked_now(visitor: Visitor) -> Visit:
    visit = visitor("en")
    visit.at_question(people.with_outcome("iop", "me").answers, "now")
    return visit


def shift(visit: Visit, times: int) -> None:
    for _ in range(times):
        visit.page.keyboard.press("Shift")


def test_shift_three_times_leaves(asked_now: Visit) -> None:
    with asked_now.moving():
        shift(asked_now, 3)
    asked_now.page.wait_for_url(f"{asked_now.site.elsewhere}/today")

    assert asked_now.context.cookies() == []
    assert asked_now.page.evaluate("history.length") == 2, "the page it left is not in the history"


def test_shift_while_typing_does_not_leave(asked_now: Visit) -> None:
    shift(asked_now, 2)
    asked_now.page.keyboard.press("Space")
    shift(asked_now, 2)

    assert asked_now.is_at("step", 2)


def test_none_of_these_stands_alone(asked_now: Visit) -> None:
    page = asked_now.page
    page.check("[value=body]")
    page.check("[value=being_hurt]")
    page.check("[value=none]")
    assert asked_now.chosen() == {"now": ["none"]}
    page.check("[value=rather_not_say]")
    assert asked_now.chosen() == {"now": ["rather_not_say"]}
    page.check("[value=body]")
    assert asked_now.chosen() == {"now": ["body"]}


@pytest.mark.parametrize("place", ["step", "answers", "result", "print", "safety"])
def test_a_page_left_alone_is_covered(visitor: Visitor, place: str) -> None:
    visit = visitor("en")
    visit.holding(people.with_outcome("medical_first", "me").answers)
    visit.page.clock.install()
    visit.go(place, *([3] if place == "step" else []))
    cover = visit.page.locator("#cover")
    visit.page.clock.fast_forward(f"{QUIET_MINUTES - 1}:00")
    assert not cover.is_visible()

    visit.page.clock.fast_forward("02:00")

    assert cover.is_visible()
    seen = visit.page.evaluate("""[...document.querySelectorAll("main *")].filter((e) => {
        const box = e.getBoundingClientRect();
        const hit = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
        return hit && e.contains(hit);
    }).length""")
    assert seen == 0
    cover.locator("button").click()
    assert not cover.is_visible()
