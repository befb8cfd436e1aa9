"""Where Node, npm or Java is missing, the audits say so and are skipped. On a build machine that is a failure."""

import os
from functools import cache

import pytest

from tests.audits import tools
from tests.conftest import HOW_TO_GET_ONE, find_browser


@cache
def _missing() -> str:
    chromium = [] if find_browser() else [HOW_TO_GET_ONE]
    return "; ".join([*tools.missing(), *chromium])


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    audits = [item for item in items if item.get_closest_marker("audit")]
    # The longest tests there are: begun last, they would keep one process busy after the other is done.
    items.sort(key=lambda item: (item not in audits, item.path.name if item in audits else ""))


@pytest.fixture(autouse=True)
def _what_audits_need(request: pytest.FixtureRequest) -> None:
    if request.node.get_closest_marker("audit") and (why := _missing()):
        if os.environ.get("CI"):
            pytest.fail(f"The audits cannot run: {why}")
        pytest.skip(why)
