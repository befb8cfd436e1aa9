"""No page, in no state, breaks an accessibility rule that a machine can check."""

import pytest

from tests.browser.tour import Findings

pytestmark = pytest.mark.browser


def test_no_state_of_any_page_breaks_a_rule(findings: Findings) -> None:
    assert not findings["axe"]
