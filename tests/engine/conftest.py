"""The engine leaves nothing behind that a next test could find, so there is nothing to clean."""

import pytest


@pytest.fixture(autouse=True)
def _clean_state() -> None:
    """In place of the suite's own, which would bring in Django."""
