"""`manage.py assess --lines -` as a program of its own: JSON lines in, JSON lines out."""

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

from benchmarks.clock import line
from tests.population import people

ROOT = Path(__file__).resolve().parents[1]
BRIEF, FULL = 20_000, 2_000


def _run(arguments: list[str], sheets: str) -> tuple[float, int]:
    """Return the seconds of processor time it took, all processes together, and the lines it wrote."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(  # noqa: S603  our own program, with arguments written here
        [sys.executable, "manage.py", "assess", "--lines", *arguments, "-"],
        input=sheets,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "IOPGUIDE_LOCAL": "1"},
        check=False,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        raise SystemExit(done.stderr.strip().splitlines()[-1] if done.stderr else "assess failed")
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return seconds, done.stdout.count("\n")


def main() -> None:
    empty, _ = _run(["--brief"], json.dumps(people(1)[0]) + "\n")
    line("one person: starting the program", empty, "s")
    for label, count, arguments in (("brief", BRIEF, ["--brief"]), ("full", FULL, [])):
        sheets = "".join(json.dumps(sheet) + "\n" for sheet in people(count))
        seconds, lines = _run(arguments, sheets)
        if lines != count:
            raise SystemExit(f"{count} people in, {lines} lines out")
        line(f"{label}: {count:,} people, all of it", seconds, "s")
        line(f"{label}, starting included", count / seconds, "people/s")
        line(f"{label}, starting left out", count / (seconds - empty), "people/s")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    line("most memory any of them held", peak, "MB")
