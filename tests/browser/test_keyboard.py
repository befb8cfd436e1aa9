"""Nobody needs a mouse, or a finger."""

import pytest

from screening.protocol import LIVE
from tests.browser import people
from tests.browser.conftest import Visitor
from tests.browser.inspection import DESK, NARROW, ZOOMED
from tests.browser.keys import Keys
from tests.browser.people import Person
from tests.browser.visits import Visit

pytestmark = pytest.mark.browser

MOST_TABS = 8
SIZES = (NARROW, ZOOMED, DESK)
# How many stops of the longest page to try at each size; the pages' every stop is tried in test_states.
STOPS = 40
GO_ON = "main > .acts a.btn"
FOCUSED = "[document.activeElement.tagName, document.activeElement.name || document.activeElement.id || '']"


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
    page, keys = visit.page, Keys(visit.page)
    visit.go("start")
    for turn, screen in enumerate(person.screens()):
        page.set_viewport_size(SIZES[turn % len(SIZES)])
        for number, key in enumerate(screen):
            # The start page has links to help before its question.
            most = MOST_TABS + 2 if key == "who" else MOST_TABS if number == 0 else 1
            keys.reach(f"[name={key}]", most=most)
            choose(visit, person, key)
            keys.look()
        keys.send()
        if visit.is_at("safety"):
            keys.press(GO_ON)

    assert visit.is_at("answers")
    keys.reach("main a.btn", most=MOST_TABS)
    keys.send()
    assert visit.is_at("result")
    assert not keys.wrong


def test_an_answer_is_changed_danger_leads_to_help_and_on_and_it_is_taken_back(visitor: Visitor) -> None:
    visit = visitor("en")
    page, keys = visit.page, Keys(visit.page)
    visit.holding(people.with_outcome("iop", "me").answers)
    visit.go("answers")

    change = page.locator(".sum .chg a").filter(
        has_text=LIVE.question("suicide_thoughts").text.read("en", "me")
    )
    there = f".sum .chg a[href='{change.get_attribute('href')}']"
    keys.press(there)
    keys.choose("suicide_thoughts", "plan")
    keys.send()
    assert visit.is_at("safety")
    keys.walk(*SIZES)
    keys.restart()
    for way in ("tel:988", "sms:988", "tel:911"):
        keys.reach(f"main a[href='{way}']")
    keys.press(GO_ON)
    assert visit.is_at("answers")

    page.set_viewport_size(ZOOMED)
    keys.press(there)
    assert visit.chosen() == {"suicide_thoughts": ["plan"]}
    keys.choose("suicide_thoughts", "no")
    keys.send()
    assert visit.is_at("answers")
    assert not keys.wrong


@pytest.mark.parametrize("place", ["home", "help_now", "safety", "answers", "result", "clear"])
def test_tab_after_tab_the_focus_is_seen_and_never_caught(visitor: Visitor, place: str) -> None:
    visit = visitor("es")
    visit.holding(people.with_outcome("medical_first", "me").answers)
    visit.go(place)
    keys = Keys(visit.page)
    for size in SIZES:
        visit.page.set_viewport_size(size)
        keys.restart()
        stops = visit.page.evaluate(
            "[...document.querySelectorAll('a[href], button, summary')].filter(e => e.checkVisibility()).length"
        )
        passed = set()
        for _ in range(min(stops, STOPS)):
            visit.page.keyboard.press("Tab")
            passed.add(keys.number())
            keys.look()
        assert len(passed) == min(stops, STOPS), "every press moves on"

    assert not keys.wrong


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
