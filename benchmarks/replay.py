"""Made-up people read by two versions of the rules, in two processes: people a second, and memory."""

import resource
import sys
import time
from dataclasses import replace

from benchmarks.clock import line
from screening.engine.spec import Protocol
from screening.protocol import LIVE
from screening.replaying import made_up, replay

PEOPLE, PROCESSES = 100_000, 2


def _other_rules() -> Protocol:
    """One rule less: what most drafts are like."""
    return replace(LIVE, level_rules=LIVE.level_rules[1:])


def _other_path() -> Protocol:
    """One more answer that counts otherwise, so that each sheet is laid out and scored twice."""
    health = replace(LIVE.question("health"), if_unknown=1)
    return replace(LIVE, questions=tuple(health if q.key == "health" else q for q in LIVE.questions))


def _spent() -> float:
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(used.ru_utime + used.ru_stime for used in both)


def main() -> None:
    count = int(sys.argv[sys.argv.index("--people") + 1]) if "--people" in sys.argv else PEOPLE
    for label, other in (("other rules", _other_rules()), ("another path", _other_path())):
        before, started = _spent(), time.monotonic()
        found = replay(LIVE, other, made_up(count, seed=1), PROCESSES)
        spent, passed = _spent() - before, time.monotonic() - started
        line(f"{label}: {found.people:,} people, {found.moved:,} moved", passed, "s")
        line(f"{label}: processor time, all processes", spent, "s")
        line(f"{label}: a million on {PROCESSES} cores of their own", spent / count * 1e6 / PROCESSES, "s")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    line("most memory any one process held", peak, "MB")
