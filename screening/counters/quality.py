"""The site itself: pages that failed, and how long it takes to save an answer. Nothing here is about a person."""

from __future__ import annotations

from screening.counters.charts import bars
from screening.counters.figures import Sums, Window
from screening.counters.tables import Plan, Row, Table, share, table
from screening.counters.tiles import Tile, Weekly
from screening.counting import BANDS

SLOWEST = 300  # milliseconds, for 95 of 100
MOST_ERRORS = 5  # in one week

NAMES = [*((f"to_{end}", f"up to {end} ms") for end in BANDS), (f"over_{BANDS[-1]}", f"over {BANDS[-1]} ms")]


def quality(sums: Sums, weekly: Weekly, of: Window) -> Tile:
    """The tile of the site. Errors are not people, so they are shown as they are."""
    timed = [(key, label, [sums.of("time", subject=key)]) for key, label in NAMES]
    one = table(Plan("time", "How long saving an answer took", "Time", (("answers", "Answers"),)), timed)
    errors = {day: weekly.get(("error", "", "", day), 0) for day in of.weeks}
    lines = tuple(Row(str(day), f"{day:%b} {day.day}", (n,), n) for day, n in errors.items())
    two = Table("errors", "Pages that failed, by week", "Week of", (("errors", "Errors"),), lines)
    slow = _p95(one)
    worst = max(errors.values(), default=0)
    return Tile(
        "quality",
        "The site itself",
        f"95 of 100 answers are saved in {slow or 'a time not known'}. Errors last week: {list(errors.values())[-1]}.",
        "Errors: look for level=ERROR in the log; each line names the class and the place. Slow: is the database on "
        "the same network, are there enough workers, is a purge running at noon?",
        worst > MOST_ERRORS
        or slow in {label for key, label in NAMES[len([b for b in BANDS if b <= SLOWEST]) :]},
        [bars(one)],
        [one, two],
    )


def _p95(of: Table) -> str:
    """The band in which 95 of 100 answers are saved. What is hidden is too few to move it."""
    together, seen = sum(row.total or 0 for row in of.rows), 0
    for row in of.rows:
        seen += row.total or 0
        if (share(seen, together) or 0) >= 0.95:
            return row.label
    return ""
