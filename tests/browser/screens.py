"""Photograph every screen, for people to look at: `python -m tests.browser.screens FOLDER`.

Every state of every page on a phone and on a desk, in both schemes and both languages, and every question in both
voices. The site is served from this checkout with a database of its own, as in the tests.
"""

import argparse
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LANGUAGES = ("en", "es")
VOICES = ("me", "them")


def prepare() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    # Playwright keeps an event loop in this thread, and Django would take every query for one inside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    import django

    django.setup()


@contextmanager
def database() -> Iterator[None]:
    from django.test.utils import (
        setup_databases,
        setup_test_environment,
        teardown_databases,
        teardown_test_environment,
    )

    from iopguide import catalog

    for code in catalog.codes():
        catalog.compile_catalog(code)
    setup_test_environment()
    made = setup_databases(verbosity=0, interactive=False)
    try:
        yield
    finally:
        teardown_databases(made, verbosity=0)
        teardown_test_environment()


def photograph(folder: Path, only: str) -> int:
    from playwright.sync_api import sync_playwright

    from tests.browser.inspection import DESK, PHONE
    from tests.browser.serving import serve
    from tests.browser.states import STATES, open_state
    from tests.browser.visits import Visit
    from tests.conftest import find_browser

    taken = 0

    def shoot(visit: Visit, name: str, looks: list[tuple[str, str]]) -> None:
        nonlocal taken
        for size, scheme in looks:
            visit.page.set_viewport_size(PHONE if size == "phone" else DESK)
            visit.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            place = folder / visit.language / size / scheme
            place.mkdir(parents=True, exist_ok=True)
            visit.page.screenshot(path=place / f"{name}.png", full_page=True)
            taken += 1

    with database(), serve() as site, site.open(), sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_browser(), args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        for language in LANGUAGES:
            context = browser.new_context(reduced_motion="reduce", viewport=PHONE)
            visit = Visit(context.new_page(), site, language)
            for number, name in enumerate(STATES):
                if not re.search(only, name):
                    continue
                context.clear_cookies()
                visit.page.set_viewport_size(PHONE)
                open_state(visit, name)
                every = [(size, scheme) for size in ("phone", "desk") for scheme in ("light", "dark")]
                shoot(visit, f"{number:02} {name}", every)
            for name in _questions(visit, only):
                shoot(visit, name, [("phone", "light")])
            context.close()
        browser.close()
    return taken


def _questions(visit: "Visit", only: str) -> Iterator[str]:  # noqa: F821  known once Django is set up
    """Bring the visit to each question in turn; give a name for the picture."""
    from tests.browser import people

    for voice in VOICES:
        seen: set[str] = set()
        for person in people.seeing_every_question():
            sheet = people.as_voice(person, voice)
            visit.holding(sheet.answers)
            for number, questions in enumerate(sheet.screens()):
                name = (
                    f"ask {list(people.ENGINE.protocol.by_key).index(questions[0]):02} {questions[0]} {voice}"
                )
                if number and name not in seen and re.search(only, name):
                    seen.add(name)
                    visit.go("step", number)
                    yield name


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="", help="names that match this regular expression")
    given = parser.parse_args()
    prepare()
    taken = photograph(given.folder, given.only)
    sys.stdout.write(f"{taken} pictures in {given.folder}\n")
    return 0 if taken else 1


if __name__ == "__main__":
    sys.exit(main())
