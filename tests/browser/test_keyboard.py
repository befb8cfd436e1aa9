"""Nobody needs a mouse, or a finger."""

import pytest

from screening.protocol import LIVE
from tests.browser import people
from tests.browser.conftest import Visitor
from tests.browser.inspection import DESK, NARROW, ZOOMED
from tests.browser.people import Person
from tests.browser.visits import Visit

pytestmark = pytest.mark.browser

MOST_TABS = 8
LEAST_CONTRAST = 3.0
SIZES = (NARROW, ZOOMED, DESK)
# How many stops of the longest page to try at each size; the pages' every stop is tried in test_states.
STOPS = 40
FOCUSED = "[document.activeElement.tagName, document.activeElement.name || document.activeElement.id || '']"


def tab_until(visit: Visit, script: str, most: int) -> int:
    """Press Tab until this is true of the page; return how often it took."""
    for presses in range(most + 1):
        if visit.page.evaluate(script):
            return presses
        visit.page.keyboard.press("Tab")
    raise AssertionError(f"not within {most} presses of Tab: {script}")


def look_at_focus(visit: Visit) -> list[str]:
    """What has the focus is in the window, under nothing, and shows it."""
    stop = visit.probe("here")
    if stop is None:
        return []
    wrong = []
    if stop["seen"] < stop["least"]:
        wrong.append(f"{stop['name']}: {stop['seen']} of 9 points seen")
    if stop["ring"] < LEAST_CONTRAST:
        wrong.append(f"{stop['name']}: its ring stands out by {stop['ring']:.1f}")
    return wrong


def choose(visit: Visit, person: Person, key: str) -> None:
    """With the focus on the first choice of this question, choose the person's answers."""
    question = LIVE.question(key)
    keys = [c.key for c in question.choices if c.key != "none" or question.kind == "one"]
    keys += ["none"] * (len(keys) < len(question.choices))
    keys += ["not_sure", "rather_not_say"] * question.allow_unknown
    keyboard = visit.page.keyboard
    if question.kind == "one":
        keyboard.press("Space")
        for _ in range(keys.index(person.answers[key][0])):
            keyboard.press("ArrowDown")
        return
    for value in keys:
        if value in person.answers[key]:
            keyboard.press("Space")
        if value != keys[-1]:
            keyboard.press("Tab")


def test_the_whole_check_by_keyboard(visitor: Visitor) -> None:
    """Each screen in another window than the one before: a phone, a page at 400 %, a desk."""
    person = people.named("Jorge")
    visit = visitor("en")
    page = visit.page
    visit.go("start")
    wrong = []
    for turn, screen in enumerate(person.screens()):
        page.set_viewport_size(SIZES[turn % len(SIZES)])
        for number, key in enumerate(screen):
            first = f"document.activeElement.name === {key!r}"
            # The start page has links to help before its question.
            tab_until(visit, first, MOST_TABS + 2 if key == "who" else MOST_TABS if number == 0 else 1)
            choose(visit, person, key)
            wrong += look_at_focus(visit)
        with visit.moving():
            page.keyboard.press("Enter")
        if visit.is_at("safety"):
            going_on = "document.activeElement === [...document.querySelectorAll('main a.btn')].at(-1)"
            tab_until(visit, going_on, 20)
            with visit.moving():
                page.keyboard.press("Enter")

    assert visit.is_at("answers")
    tab_until(visit, "document.activeElement.matches('main a.btn')", MOST_TABS)
    with visit.moving():
        page.keyboard.press("Enter")
    assert visit.is_at("result")
    assert not wrong


@pytest.mark.parametrize("place", ["home", "help_now", "safety", "answers", "result", "clear"])
def test_tab_after_tab_the_focus_is_seen_and_never_caught(visitor: Visitor, place: str) -> None:
    visit = visitor("es")
    visit.holding(people.with_outcome("medical_first", "me").answers)
    visit.go(place)
    wrong = []
    for size in SIZES:
        visit.page.set_viewport_size(size)
        visit.page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
        stops = visit.page.evaluate(
            "[...document.querySelectorAll('a[href], button, summary')].filter(e => e.checkVisibility()).length"
        )
        passed = set()
        for _ in range(min(stops, STOPS)):
            visit.page.keyboard.press("Tab")
            passed.add(
                visit.page.evaluate("[...document.querySelectorAll('*')].indexOf(document.activeElement)")
            )
            wrong += [f"at {size['width']} x {size['height']}, {line}" for line in look_at_focus(visit)]
        assert len(passed) == min(stops, STOPS), "every press moves on"

    assert not wrong


@pytest.mark.parametrize("script", [True, False])
def test_the_focus_goes_to_what_is_wrong(visitor: Visitor, script: bool) -> None:
    visit = visitor("es", script=script)
    visit.at_question(people.with_outcome("iop", "me").answers, "now")
    visit.press_continue()

    assert visit.page.evaluate(FOCUSED) == ["DIV", "problem"]
    assert visit.page.evaluate(
        "document.querySelector('.top').getBoundingClientRect().bottom <= "
        "document.activeElement.getBoundingClientRect().top"
    )
    visit.page.keyboard.press("Tab")
    visit.page.keyboard.press("Enter")
    assert visit.page.evaluate("document.activeElement.name") == "now"


def test_the_first_stop_skips_to_the_main_part(visitor: Visitor) -> None:
    visit = visitor("en", script=False)
    visit.go("answers")
    visit.holding(people.with_outcome("iop", "me").answers)
    visit.go("answers")
    visit.page.keyboard.press("Tab")
    skip = visit.page.locator(".skip")
    box = skip.bounding_box()
    assert box is not None
    assert box["y"] >= 0

    visit.page.keyboard.press("Enter")
    visit.page.keyboard.press("Tab")

    assert visit.page.evaluate("document.activeElement.closest('main') !== null")
