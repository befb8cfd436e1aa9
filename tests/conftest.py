"""What every test lives under. The suite is hostile on purpose: pyproject.toml makes warnings errors, blocks
sockets to other machines, and shuffles the order."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.core.cache import caches
from django.db import connection
from django.utils import translation

from iopguide import catalog
from tests.staff import with_second_factor

# No deadline: this machine's load must not decide whether a property holds. A failure prints how to repeat it.
hypothesis.settings.register_profile("house", deadline=None, print_blob=True)
hypothesis.settings.register_profile(
    "thorough", parent=hypothesis.settings.get_profile("house"), max_examples=2000
)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "house"))

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
HOW_TO_GET_ONE = (
    "no Chromium on this machine. Debian or Ubuntu: `apt-get install chromium`; "
    "others: `.venv/bin/playwright install chromium`. Or name one: CHROMIUM=/path/to/it"
)


def find_browser() -> str | None:
    named = os.environ.get("CHROMIUM")
    if named:
        return named
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found:
        return found
    downloads = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache" / "ms-playwright")
    return next((str(path) for path in sorted(downloads.glob("chromium-*/chrome-linux*/chrome"))), None)


def pytest_configure() -> None:
    # Compiled translations are not kept in the repository; the tests read pages in both languages.
    for code in catalog.codes():
        catalog.compile_catalog(code)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    browser_items = [item for item in items if item.get_closest_marker("browser")]
    if browser_items:
        # Playwright keeps an event loop in this thread, and Django would take every query for one inside it.
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
        if not find_browser():
            if os.environ.get("CI"):
                raise pytest.UsageError(f"The browser tests cannot run: {HOW_TO_GET_ONE}")
            for item in browser_items:
                item.add_marker(pytest.mark.skip(reason=HOW_TO_GET_ONE))
    for item in items:
        if item.get_closest_marker("postgresql") and "DATABASE_URL" not in os.environ:
            item.add_marker(pytest.mark.skip(reason="needs PostgreSQL: python -m tests.withpg pytest"))


def pytest_report_header() -> str:
    return f"database: {connection.vendor}"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    quiet = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
    quiet += ["--disable-component-update", "--disable-sync", "--no-sandbox", "--disable-dev-shm-usage"]
    return {**browser_type_launch_args, "executable_path": find_browser(), "args": quiet}


@pytest.fixture(autouse=True)
def _staff_have_a_second_factor(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """`client.force_login(user)` shows one too, except in tests of sign-in itself."""
    if not request.node.get_closest_marker("password_alone"):
        with_second_factor(monkeypatch)


@pytest.fixture(autouse=True)
def _clean_state() -> Iterator[None]:
    """What one test leaves in a process-wide place, the next must not find."""
    yield
    translation.activate("en")
    for cache in caches.all(initialized_only=True):
        cache.clear()
