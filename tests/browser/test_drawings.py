"""Drawings stay out of the way: under what matters on a phone, beside it on a desk, and off the paper."""

import pytest

from tests.browser.conftest import Visitor
from tests.browser.inspection import DESK, PHONE

pytestmark = pytest.mark.browser


def test_on_a_phone_the_ways_in_come_first_and_on_paper_there_is_none(
    visitor: Visitor, language: str
) -> None:
    visit = visitor(language, viewport=PHONE)
    visit.go("home")
    drawing, door = visit.page.locator("main .drawing"), visit.page.locator(".door").first
    on_phone, way_in = drawing.bounding_box(), door.bounding_box()
    visit.page.set_viewport_size(DESK)
    on_desk, beside = drawing.bounding_box(), visit.page.locator("h1").bounding_box()
    visit.page.emulate_media(media="print")

    assert on_phone
    assert way_in
    assert on_desk
    assert beside
    assert way_in["y"] + way_in["height"] <= PHONE["height"]
    assert on_phone["y"] > way_in["y"] + way_in["height"]
    assert on_desk["x"] >= beside["x"] + beside["width"]
    assert on_desk["y"] + on_desk["height"] <= DESK["height"]
    assert not drawing.is_visible()

    visit.page.emulate_media(media="screen")
    visit.page.set_viewport_size(PHONE)
    visit.go("start")
    assert not visit.page.locator("main .drawing").is_visible(), "the first question is what counts there"
