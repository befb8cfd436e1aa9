"""Proofs over a protocol, exact and by enumeration. Nothing is sampled.

Over every combination of bands and flags: exactly one outcome, more need never
gives less care, danger to life wins over everything, every rule and every program
is reachable, each part of a rule counts, the schedule changes nothing. Over every
combination of answers: a worse answer never lowers a band, one answer more never
widens a range, and every question, cut-off, message and piece of advice reaches somebody.
"""

from __future__ import annotations

import time

from screening.engine import engine_for
from screening.engine.answer_cells import answer_classes
from screening.engine.answer_proofs import prove_answers
from screening.engine.orphan_proofs import prove_nothing_in_vain
from screening.engine.proofs import Problem, Proofs, in_words
from screening.engine.reach_proofs import prove_reach
from screening.engine.rule_proofs import MOST_CELLS, Fired, at_least, band_space, cells_in, prove_rules
from screening.engine.spec import Protocol
from screening.engine.structure import flaws

__all__ = [
    "ANSWER_PROOFS",
    "Fired",
    "Problem",
    "Proofs",
    "answer_classes",
    "at_least",
    "band_space",
    "in_words",
    "verify",
]

# The kinds of problem that only the proofs over answers find.
ANSWER_PROOFS = frozenset(
    {"band", "items", "range", "replay", "idle step", "unreachable", "unfelt", "orphan"}
)


def verify(protocol: Protocol, *, items: bool = True) -> Proofs:
    """Prove a protocol. `items` adds the proofs over every combination of answers.

    Returns the counts and every problem; raises nothing for a bad protocol.
    """
    started = time.perf_counter()
    proofs = Proofs()
    for fault in flaws(protocol):
        proofs.fail(fault.kind, fault.sentence, fault.place)
    # A protocol that is not well made can not be enumerated.
    if proofs.hold:
        _prove(protocol, proofs, items=items)
    proofs.seconds = time.perf_counter() - started
    return proofs


def _prove(protocol: Protocol, proofs: Proofs, *, items: bool) -> None:
    size = cells_in(protocol)
    if size > MOST_CELLS:
        proofs.fail("size", f"{size:,} combinations of bands and flags; at most {MOST_CELLS:,} can be proven")
        return
    prove_rules(protocol, proofs)
    if not items:
        return
    engine = engine_for(protocol)
    prove_answers(engine, proofs)
    ground = prove_reach(engine, proofs)
    if ground is not None:
        prove_nothing_in_vain(engine, ground, proofs)
