"""Where Node, npm or Java is missing, the audits say so and are skipped. On a build machine that is a failure."""

import os

import pytest

from tests.audits import tools
from tests.conftest import HOW_TO_GET_ONE, find_browser


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    audits = [item for item in items if item.get_closest_marker("audit")]
    # The longest tests there are: begun last, they would keep one process busy after the other is done.
    items.sort(key=lambda item: (item not in audits, item.path.name if item in audits else ""))
    missing = tools.missing() if audits else []
    if audits and not find_browser():
        missing.append(HOW_TO_GET_ONE)
    if not missing:
        return
    why = "; ".join(missing)
    if os.environ.get("CI"):
        raise pytest.UsageError(f"The audits cannot run: {why}")
    for item in audits:
        item.add_marker(pytest.mark.skip(reason=why))
