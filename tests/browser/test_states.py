"""Every page, in every state a person can meet: keeps the accessibility rules a machine can check, fits the smallest
phone, hides nothing that has the focus, and does not jump."""

from itertools import cycle

import pytest

from tests.browser.conftest import Visitor
from tests.browser.inspection import LOOKS, NARROW, OTHER_LOOKS, Findings, inspect
from tests.browser.states import STATES, open_state

pytestmark = pytest.mark.browser

# Opening a page costs more than looking at it, so each state is opened once and everything looked at; and a share of
# the states is one test, because a browser context for each would cost more than the pages.
SHARES = 4
# Measuring how colors stand out is by far the slowest rule. Words have no color: it is done in one language.
WITH_COLORS = "en"


@pytest.mark.parametrize("share", range(SHARES))
def test_nothing_is_wrong_in_any_state(visitor: Visitor, language: str, share: int) -> None:
    looks = dict(zip(STATES, cycle(LOOKS if language == WITH_COLORS else OTHER_LOOKS), strict=False))
    visit = visitor(language)
    wrong: dict[str, Findings] = {}
    for name in list(STATES)[share::SHARES]:
        visit.context.clear_cookies()
        visit.page.set_viewport_size(NARROW)
        visit.page.emulate_media(color_scheme="light", reduced_motion="reduce")
        open_state(visit, name)
        if found := inspect(visit, looks[name], colors=language == WITH_COLORS):
            wrong[name] = found

    assert not wrong
