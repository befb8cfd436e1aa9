"""The main pages as a server makes them, on PostgreSQL: the time of the slowest in twenty, over made-up people.

Everything but the network: the whole of the middleware, the database, the page. Every person is another one, so nothing
of a result is known from before; and the guide's page is made anew each time, as only the first of many readers gets it.
"""

import os
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.clock import line

ROOT = Path(__file__).resolve().parents[1]
PEOPLE = 200
MOST_MILLISECONDS = 150.0
QUESTION = "people_to_count_on"  # in the middle of everybody's way
GUIDE = "/programs/iop/"


def main() -> None:
    """Start again inside a PostgreSQL of our own, with the settings of the tests."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.withpg", sys.executable, "-m", "benchmarks.pages"],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"},
        check=False,
    )
    if done.returncode:
        raise SystemExit("a page is slower than it may be, or could not be measured")


def _measure() -> bool:
    import logging

    import django

    django.setup()
    logging.disable(logging.CRITICAL)
    from django.conf import settings
    from django.core.management import call_command

    from iopguide import catalog
    from programs import starter_content

    settings.ALLOWED_HOSTS = ["testserver"]
    for code in catalog.codes():
        catalog.compile_catalog(code)
    call_command("migrate", verbosity=0)
    starter_content.load()
    took: dict[str, list[float]] = defaultdict(list)
    for number, answers in enumerate(_people()):
        _one(answers, "es" if number % 4 == 0 else "en", took)
    good = True
    for page, seconds in took.items():
        slow = _slowest_in_twenty(seconds)
        line(f"{page}: half of {len(seconds)}", sorted(seconds)[len(seconds) // 2] * 1000, "ms")
        line(f"{page}: nineteen in twenty", slow * 1000, "ms")
        good &= slow * 1000 <= MOST_MILLISECONDS
    return good


def _slowest_in_twenty(seconds: list[float]) -> float:
    return sorted(seconds)[int(len(seconds) * 0.95)]


def _people() -> list[Any]:
    """Whole sheets of people whom the middle question is asked."""
    from screening.engine import engine_for
    from screening.protocol import LIVE
    from tests.population import people

    engine = engine_for(LIVE)
    found = []
    for sheet in people(PEOPLE * 2):
        answers = engine.door.parse(sheet)
        path = engine.path(answers)
        if path.first_open() is None and path.holding(QUESTION):
            found.append(answers)
    return found[:PEOPLE]


def _one(answers: Any, language: str, took: dict[str, list[float]]) -> None:
    from django.core.cache import caches

    from tests.web.walk import Visitor, number_of

    visitor = Visitor(language).sit_down(answers)
    number = number_of(answers, QUESTION)

    def timed(page: str, do: Callable[[], Any], status: int = 200) -> None:
        started = time.perf_counter()
        response = do()
        took[page].append(time.perf_counter() - started)
        if response.status_code != status:
            raise SystemExit(f"{page} answers {response.status_code}")

    timed("home", lambda: visitor.go("home"))
    timed("help now", lambda: visitor.go("help_now"))
    timed("a question", lambda: visitor.step(number))
    form, path = visitor.page.forms[0], visitor.path
    body = {**form.hidden(), **form.checked()}
    timed("a question, answered", lambda: visitor.post(path, body), 303)
    timed("the result", lambda: visitor.go("result"))
    caches["pages"].clear()
    timed("a page of the guide, made anew", lambda: visitor.open(GUIDE))


if __name__ == "__main__":
    sys.exit(0 if _measure() else 1)
