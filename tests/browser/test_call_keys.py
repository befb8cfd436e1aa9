"""Asking for a call and taking it back, with keys alone."""

from datetime import timedelta

import pytest

from screening.intake import limits
from screening.intake.models import CallRequest
from tests.browser import people
from tests.browser.conftest import Visitor
from tests.browser.inspection import DESK, NARROW, ZOOMED
from tests.browser.keys import Keys

pytestmark = pytest.mark.browser

SIZES = (NARROW, ZOOMED, DESK)
SEND = "main form button[type=submit]"


def test_a_call_is_asked_for_from_the_result_and_taken_back_with_its_code(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "FASTEST", timedelta(0))
    visit = visitor("en")
    page, keys = visit.page, Keys(visit.page)
    visit.holding(people.with_outcome("iop", "me").answers)
    visit.go("result")
    keys.press("main a[href='/call-me/']")
    keys.walk(*SIZES)

    # Sent empty, it says what is missing, and Enter leads there.
    page.set_viewport_size(ZOOMED)
    keys.press(SEND)
    assert keys.at("#problem")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert keys.at("#id_name"), keys.here()
    keys.walk(ZOOMED)

    page.set_viewport_size(NARROW)
    keys.restart()
    keys.write("#id_name", "Sam")
    keys.choose("about", "them")
    keys.choose("method", "phone")
    page.set_viewport_size(ZOOMED)
    keys.write("#id_phone", "(555) 010-0199")
    keys.tick("input[name=windows][value=evening]")
    keys.tick("input[name=allowed][value=voicemail]")
    keys.reach("#id_note")
    keys.tick("#id_agree")
    keys.press(SEND)
    assert visit.here() == "/call-me/done/"
    code = page.locator(".code").inner_text()
    assert CallRequest.objects.get().contact["windows"] == ["evening"]
    keys.walk(ZOOMED, DESK)

    # The way to cancel is a stop of this page.
    keys.restart()
    keys.press("main a[href='/call-me/cancel/']")
    keys.walk(ZOOMED, DESK)
    keys.restart()
    keys.write("#id_code", "not it")
    keys.press(SEND)
    assert keys.at("#problem")
    keys.write("#id_code", code.lower())
    keys.send()
    assert not CallRequest.objects.exists()
    assert not keys.wrong
