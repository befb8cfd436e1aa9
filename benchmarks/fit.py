"""Week fit: the same as the dull way over 100,000 random weeks and sets of offers; 500 offers matched at once."""

from collections import Counter
from functools import partial
from random import Random

from benchmarks.clock import best_of, line
from programs.fit import fit
from tests.fitting import GRID, a_need, a_week, an_offer, as_told, dull_fit, some_offers

WEEKS = 100_000
OFFERS = 500
MOST_SECONDS = 0.020
SEED = 2026


def compare(weeks: int, seed: int = SEED) -> Counter[str]:
    """Match this many weeks both ways. Raises SystemExit at the first that differs, with all of it."""
    chance, seen = Random(seed), Counter[str]()  # noqa: S311  the same weeks in every run
    for number in range(weeks):
        week, offers, needed = a_week(chance), some_offers(chance), a_need(chance)
        found = as_told(fit(week, offers, needed))
        expected = dull_fit(week, offers, needed, GRID)
        if found != expected:
            raise SystemExit(f"week {number}: {week}\n{offers}\n{needed}\n{found}\n{expected}")
        seen["something fits"] += bool(found["fits"])
        seen["nothing fits, though there are offers"] += bool(offers) and not found["fits"]
        seen["less care is all that is left"] += found["fallback"] is not None
        seen["offers compared"] += len(offers)
    return seen


def main() -> None:
    seen = compare(WEEKS)
    line("weeks matched like the dull way, all of them", WEEKS, "weeks")
    for what, count in seen.items():
        line(f"of them: {what}", count, "")
    chance = Random(SEED)  # noqa: S311
    offers = [an_offer(chance, key) for key in range(OFFERS)]
    slowest = max(
        best_of(5, partial(fit, week, offers, needed))
        for week, needed in [(a_week(chance), a_need(chance)) for _ in range(100)]
    )
    line(f"{OFFERS} offers matched, the slowest of 100 weeks", slowest * 1000, "ms")
    if slowest > MOST_SECONDS:
        raise SystemExit(f"matching {OFFERS} offers took more than {MOST_SECONDS * 1000:.0f} ms")
