"""The time it takes to prove the live protocol."""

from benchmarks.clock import best_of, line
from screening.engine.verify import verify
from screening.protocol import LIVE


def main() -> None:
    rules = best_of(2, lambda: verify(LIVE, items=False))
    line("every combination of bands and flags", rules, "s")
    found = verify(LIVE)
    whole = best_of(2, lambda: verify(LIVE))
    line("and every combination of answers behind each domain", whole, "s")
    line("combinations of bands and flags", found.counts["combinations of bands and flags"], "")
    line("problems found", len(found.problems), "")
