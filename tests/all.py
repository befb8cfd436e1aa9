"""`make test` and `make lint`: every gate and every suite, one after another, and a closing table.

Nothing is hidden: each step prints its command and its own output, a failing step does not stop the later ones,
and the whole fails if one did.
"""

import argparse
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
LOCAL = {"IOPGUIDE_LOCAL": "1"}
# Of the paths in a browser, those that save, change, race and lose the key: a database can tell these apart.
STORED_ON_THE_WAY = "by_hand or lose_nothing or change or key_is_gone or no_longer_applies"


@dataclass(frozen=True)
class Step:
    """One command: the group it belongs to, what it is called in the closing table, what it runs."""

    group: str
    name: str
    command: tuple[str, ...]
    environment: tuple[tuple[str, str], ...] = ()


def tool(name: str, *arguments: str) -> tuple[str, ...]:
    return (str(BIN / name), *arguments)


def python(*arguments: str) -> tuple[str, ...]:
    return (sys.executable, *arguments)


def manage(*arguments: str) -> tuple[str, ...]:
    return python("manage.py", *arguments)


def steps(extra: list[str]) -> list[Step]:
    local = tuple(LOCAL.items())
    # Two at a time: the machine this is planned for has two cores. A later -n in `extra` wins.
    # Whoever is done first takes over what the other has not begun: the longest tests last for half a minute.
    workers = ("-n", "2", "--dist", "worksteal")
    pytest = ("-m", "pytest", *workers, *extra)
    with_postgresql = ("-m", "tests.withpg", "pytest", *workers, *extra)
    templates = ["templates"] if (ROOT / "templates").is_dir() else []
    return [
        Step("gates", "style (ruff)", tool("ruff", "check", "--output-format", "concise", ".")),
        Step("gates", "format (ruff)", tool("ruff", "format", "--check", "--output-format", "concise", ".")),
        Step("gates", "types (mypy)", tool("mypy")),
        Step("gates", "layers (import-linter)", tool("lint-imports", "--no-logo")),
        Step("gates", "templates (djlint)", tool("djlint", *templates, "--lint", "--quiet")),
        Step("gates", "translations compile", manage("translations", "--compile"), local),
        Step("gates", "translations whole", manage("translations", "--check"), local),
        Step(
            "gates",
            "configuration (check)",
            manage("check"),
            (*local, ("DJANGO_SETTINGS_MODULE", "tests.settings")),
        ),
        Step("gates", "migrations complete", manage("makemigrations", "--check", "--dry-run"), local),
        Step("sqlite", "suite on SQLite", python(*pytest, "-m", "not browser and not audit")),
        # The engine has no database, and house rules read files: once is enough for both, and for what says so.
        Step(
            "postgresql",
            "suite on PostgreSQL",
            python(
                *with_postgresql,
                "-m",
                "not browser and not once",
                "tests/web",
                "tests/revisions",
                "tests/intake",
            ),
        ),
        # The audits of finished pages go along: they start sooner on a database and a browser that are there already.
        Step(
            "browser",
            "browser and audits on SQLite",
            python(*pytest, "-m", "browser or audit", "tests/browser", "tests/audits"),
        ),
        # Pages look the same on either database; what is stored on the way through is worth a second look.
        Step(
            "browser-postgresql",
            "whole path in a browser, on PostgreSQL",
            python(
                *with_postgresql, "-m", "browser", "tests/browser/test_whole_path.py", "-k", STORED_ON_THE_WAY
            ),
        ),
    ]


def run(step: Step) -> tuple[bool, float]:
    print(
        f"\n=== {step.name}\n    {' '.join(Path(part).name if part.startswith('/') else part for part in step.command)}",
        flush=True,
    )
    start = time.monotonic()
    code = subprocess.run(
        step.command, cwd=ROOT, env={**os.environ, **dict(step.environment)}, check=False
    ).returncode
    return code == 0, time.monotonic() - start


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", help="one group: gates, sqlite, postgresql, browser, browser-postgresql")
    parser.add_argument("pytest", nargs="*", help="arguments for pytest, after --")
    chosen = parser.parse_args()
    # A checkout's own settings must not leak into the run: the suites bring theirs.
    os.environ.pop("DATABASE_URL", None)
    todo = [step for step in steps(chosen.pytest) if chosen.only in (None, step.group)]
    if not todo:
        parser.error(f"no group is called {chosen.only}")
    results = [(step, *run(step)) for step in todo]
    print("\n=== Summary")
    for step, passed, seconds in results:
        print(f"  {'ok    ' if passed else 'FAILED'} {seconds:6.1f} s  {step.name}")
    failed = sum(not passed for _, passed, _ in results)
    print(
        f"  {len(results) - failed} of {len(results)} passed, {sum(seconds for *_, seconds in results):.0f} s",
        flush=True,
    )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
