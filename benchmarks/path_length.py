"""How many screens people see: exactly at most, and over made-up people."""

import statistics
from collections import Counter

from benchmarks.clock import line
from screening.engine import engine_for
from screening.protocol import LIVE
from tests.engine.lengths import path_lengths
from tests.population import people

PEOPLE = 10_000


def main() -> None:
    engine = engine_for(LIVE)
    exact = path_lengths(engine)
    line("most screens of any path, by enumeration", exact.most.screens, "screens")
    line("fewest (under 18)", exact.fewest.screens, "screens")
    adults = [sheet for sheet in people(PEOPLE) if sheet["age"] != "under_18"]
    counts = [len(engine.path(engine.door.parse(sheet)).steps) for sheet in adults]
    line(f"median over {len(adults):,} made-up adults", statistics.median(counts), "screens")
    line("mean", statistics.mean(counts), "screens")
    shares = Counter(counts)
    line("at most 24", 100 * sum(n for k, n in shares.items() if k <= 24) / len(adults), "%")
