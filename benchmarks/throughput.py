"""People assessed a second on one core, without and with the explanation.

"First sight" is a fresh engine: it works out its tables as people come by. "Settled" is
the same engine once it has seen others.
"""

from functools import partial

from benchmarks.clock import best_of, line
from screening.engine import Engine
from screening.engine.report import report_line
from screening.protocol import LIVE
from tests.population import Answers, people

BRIEF, FULL = 10_000, 1_000
OTHERS = 99  # another seed: settled on others, measured on these


def _assess(engine: Engine | None, sheets: list[Answers], *, explain: bool) -> None:
    ready = engine or Engine(LIVE)
    for sheet in sheets:
        ready.assess(sheet, explain=explain)


def _written(engine: Engine, sheets: list[Answers], *, explain: bool) -> None:
    for sheet in sheets:
        report_line(engine.assess(sheet, explain=explain))


def main() -> None:
    for label, count, explain in (("brief", BRIEF, False), ("full", FULL, True)):
        sheets = people(count)
        first = best_of(3, partial(_assess, None, sheets, explain=explain))
        line(f"{label}, first sight", count / first, "people/s")
        engine = Engine(LIVE)
        _assess(engine, people(count, seed=OTHERS), explain=explain)
        # Once only: a second round would measure people it has seen.
        settled = best_of(1, partial(_assess, engine, sheets, explain=explain))
        line(f"{label}, settled on {count:,} others", count / settled, "people/s")
        again = best_of(3, partial(_assess, engine, sheets, explain=explain))
        line(f"{label}, people seen before", count / again, "people/s")
        written = best_of(3, partial(_written, engine, sheets, explain=explain))
        line(f"{label}, people seen before, as lines of JSON", count / written, "people/s")
