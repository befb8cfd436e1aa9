"""Saved on one device, opened on another: with keys alone and without scripts."""

import pytest

from tests.browser import people
from tests.browser.conftest import Visitor
from tests.browser.inspection import NARROW
from tests.browser.test_keyboard import look_at_focus, tab_until
from tests.browser.visits import Visit

pytestmark = pytest.mark.browser

MOST_TABS = 16
FOCUSED_IS = "document.activeElement?.matches({!r})"


def press(visit: Visit, selector: str, *, key: str = "Enter", moves: bool = True) -> list[str]:
    """Tab to what this selector names, and press it; return what is wrong with how the focus shows there."""
    tab_until(visit, FOCUSED_IS.format(selector), MOST_TABS)
    wrong = look_at_focus(visit)
    if moves:
        with visit.moving():
            visit.page.keyboard.press(key)
    else:
        visit.page.keyboard.press(key)
    return wrong


@pytest.mark.parametrize(("language", "other"), [("en", "es"), ("es", "en")])
def test_saved_on_one_device_and_opened_on_another_by_keys_alone(
    visitor: Visitor, language: str, other: str
) -> None:
    person = people.with_outcome("iop", "me")
    # A browser without scripts lets us look at its page all the same.
    first = visitor(language, script=False, viewport=NARROW)
    first.at_question(person.answers, "place_to_live")
    was_at = first.here()

    wrong = press(first, "main details summary", moves=False)
    wrong += press(first, f"main details a[href='{first.path('save')}']")
    assert first.is_at("save")
    wrong += press(first, "button[name=make]")
    assert first.is_at("save")
    words = first.page.inner_text(".code")
    assert len(words.split()) == 4
    wrong += press(first, f"main a[href='{was_at}']")
    assert first.here() == was_at
    tab_until(first, FOCUSED_IS.format(".leave a"), 3)
    with first.moving():
        first.page.keyboard.press("Enter")
    assert first.page.url == f"{first.site.elsewhere}/today"
    assert not first.context.cookies(first.site.url)

    second = visitor(other, script=False, viewport=NARROW)
    second.go("home")
    wrong += press(second, f"main a[href='{second.path('resume')}']")
    tab_until(second, FOCUSED_IS.format("[name=words]"), MOST_TABS)
    second.page.keyboard.type(words.upper().replace("\n", " "))
    with second.moving():
        second.page.keyboard.press("Enter")

    assert not wrong
    assert second.asked() == ["place_to_live"]
    second.go("step", 1)
    assert second.chosen() == {"age": list(person.answers["age"])}


def test_pasted_words_with_one_mistake_are_kept_and_mended(visitor: Visitor) -> None:
    first, second = visitor("es"), visitor("es")
    first.holding(people.with_outcome("iop", "me").answers)
    first.go("save")
    first.follow("button[name=make]")
    words = first.page.inner_text(".code").split()
    second.go("resume")
    second.page.fill("[name=words]", " ".join([*words[:3], "qwzx"]))
    second.follow("main form button >> nth=0")

    assert second.page.evaluate("document.activeElement.id") == "problem"
    assert "qwzx" in second.page.inner_text("#problem")
    second.page.fill("[name=words]", second.page.input_value("[name=words]").replace("qwzx", words[3]))
    second.follow("main form button >> nth=0")

    assert second.is_at("result")
