"""Saved on one device, opened on another: with keys alone and without scripts."""

import pytest

from tests.browser import people
from tests.browser.conftest import Visitor
from tests.browser.inspection import NARROW
from tests.browser.keys import Keys

pytestmark = pytest.mark.browser


def press(keys: Keys, selector: str) -> None:
    """Reach this and press it. Where no script waits for the looks of the next page, we do."""
    keys.press(selector)
    keys.page.wait_for_load_state()


@pytest.mark.parametrize(("language", "other"), [("en", "es"), ("es", "en")])
def test_saved_on_one_device_and_opened_on_another_by_keys_alone(
    visitor: Visitor, language: str, other: str
) -> None:
    person = people.with_outcome("iop", "me")
    # A browser without scripts lets us look at its page all the same.
    first = visitor(language, script=False, viewport=NARROW)
    first.at_question(person.answers, "place_to_live")
    was_at, keys = first.here(), Keys(first.page)

    keys.reach("main details summary")
    first.page.keyboard.press("Enter")
    press(keys, f"main details a[href='{first.path('save')}']")
    assert first.is_at("save")
    press(keys, "button[name=make]")
    assert first.is_at("save")
    words = first.page.inner_text(".code")
    assert len(words.split()) == 4
    press(keys, f"main a[href='{was_at}']")
    assert first.here() == was_at
    press(keys, ".leave a")
    assert first.page.url == f"{first.site.elsewhere}/today"
    assert not first.context.cookies(first.site.url)

    second = visitor(other, script=False, viewport=NARROW)
    second.go("home")
    back = Keys(second.page)
    press(back, f"main a[href='{second.path('resume')}']")
    back.write("[name=words]", words.upper().replace("\n", " "))
    back.send()

    assert not keys.wrong + back.wrong
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
