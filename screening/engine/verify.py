"""Proofs over a protocol, exact and by enumeration. Nothing is sampled.

Over every combination of bands and flags: exactly one outcome, more need never
gives less care, danger to life wins over everything, every rule and every program
is reachable, the schedule changes nothing. Over every combination of answers behind
a domain: a worse answer never lowers its band.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product

from screening.engine import Engine, engine_for
from screening.engine.answers import NONE, Chosen
from screening.engine.cells import Axis, Cells, Space
from screening.engine.conditions import (
    Chose,
    Scored,
    domains_in,
    flags_in,
    holds,
    parts_of,
)
from screening.engine.flow import SheetFacts
from screening.engine.spec import (
    CO_OCCURRING,
    LADDER,
    LEADS,
    TOP_BAND,
    Domain,
    Protocol,
    Question,
    Rule,
)
from screening.engine.structure import faults


@dataclass(frozen=True, slots=True)
class Problem:
    """A proof that failed: its kind, what is wrong, and a person who shows it."""

    proof: str
    sentence: str
    person: str = ""


@dataclass(slots=True)
class Proofs:
    """What was proven, with counts, and every problem found."""

    counts: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def hold(self) -> bool:
        return not self.problems


@dataclass(frozen=True, slots=True)
class _Table:
    """One rule table with its ladder of outcomes, least first."""

    name: str
    ladder: tuple[str, ...]
    rules: tuple[Rule, ...]


def _tables(protocol: Protocol) -> tuple[_Table, ...]:
    return (
        _Table("what comes first", LEADS, protocol.gates),
        _Table("the level of care", LADDER, protocol.level_rules),
        _Table("dual-diagnosis care", CO_OCCURRING, protocol.co_occurring_rules),
    )


def verify(protocol: Protocol, *, items: bool = True) -> Proofs:
    """Prove a protocol. `items` adds the proofs over every combination of answers.

    Returns the counts and every problem; raises nothing for a bad protocol.
    """
    started = time.perf_counter()
    proofs = Proofs()
    for kind, sentence in faults(protocol):
        proofs.problems.append(Problem(kind, sentence))
    # A protocol that is not well made can not be enumerated.
    if proofs.hold:
        _prove_cells(protocol, proofs)
        if items:
            _prove_items(protocol, proofs)
    proofs.seconds = time.perf_counter() - started
    return proofs


def band_space(protocol: Protocol) -> Space:
    """Return the space of all clinical bands and of all flags that a rule reads."""
    clinical = tuple(Axis(d.key, TOP_BAND + 1) for d in protocol.domains if d.clinical)
    read = {flag for table in _tables(protocol) for r in table.rules for flag in flags_in(r.when)}
    return Space(clinical + tuple(Axis(f.key, 2) for f in protocol.flags if f.key in read))


Fired = dict[str, Cells]


def at_least(space: Space, table: _Table, fired: Fired) -> list[Cells]:
    """Return, for each outcome of the table, the cells that get it or more."""
    found = [space.all] + [0] * (len(table.ladder) - 1)
    for rule in table.rules:
        for rung in range(1, table.ladder.index(rule.outcome) + 1):
            found[rung] |= fired[rule.key]
    return found


def _prove_cells(protocol: Protocol, proofs: Proofs) -> None:
    space = band_space(protocol)
    counts = proofs.counts
    counts["combinations of bands"] = (TOP_BAND + 1) ** sum(d.clinical for d in protocol.domains)
    counts["combinations of bands and flags"] = space.size
    reached: dict[str, list[Cells]] = {}
    for table in _tables(protocol):
        fired = {rule.key: space.where(rule.when) for rule in table.rules}
        reached[table.name] = at_least(space, table, fired)
        _prove_complete(protocol, space, table, reached[table.name], proofs)
        _prove_monotone(protocol, space, table, reached[table.name], proofs)
        _prove_rules_matter(table, fired, proofs)
    _prove_danger_wins(protocol, space, reached["what comes first"], proofs)
    _prove_programs(space, reached, proofs)
    _prove_schedule(protocol, proofs)


def _prove_complete(
    protocol: Protocol, space: Space, table: _Table, sets: list[Cells], proofs: Proofs
) -> None:
    """Each cell gets exactly one outcome: the exact sets cover all and never overlap."""
    exact = [
        here & ~(sets[rung + 1] if rung + 1 < len(sets) else 0) for rung, here in enumerate(sets)
    ]
    covered = overlap = 0
    for cells in exact:
        overlap |= covered & cells
        covered |= cells
    for outcome, cells in zip(table.ladder, exact, strict=True):
        proofs.counts[f"{table.name}: {outcome}"] = cells.bit_count()
    for label, wrong in (("no outcome", space.all ^ covered), ("two outcomes", overlap)):
        for person in space.examples(wrong, 1):
            proofs.problems.append(
                Problem(
                    "complete",
                    f"{table.name} has {label} for {wrong.bit_count()} combinations",
                    in_words(protocol, person),
                )
            )


def _prove_monotone(
    protocol: Protocol, space: Space, table: _Table, sets: list[Cells], proofs: Proofs
) -> None:
    ordered = {f.key for f in protocol.flags if f.ordered}
    ordered.update(d.key for d in protocol.domains)
    for axis in space.axes:
        if axis.key not in ordered:
            continue
        steps = space.size // axis.size * (axis.size - 1)
        proofs.counts["single steps up checked"] = (
            proofs.counts.get("single steps up checked", 0) + steps
        )
        for outcome, cells in zip(table.ladder[1:], sets[1:], strict=True):
            lost = space.lost_upward(cells, axis.key)
            for person in space.examples(lost, 1):
                proofs.problems.append(
                    Problem(
                        "monotone",
                        f"{table.name}: one step more {axis.key} loses {outcome} "
                        f"in {lost.bit_count()} combinations",
                        in_words(protocol, person),
                    )
                )


def _prove_rules_matter(table: _Table, fired: Fired, proofs: Proofs) -> None:
    """A rule must fire somewhere, and somewhere no other rule must ask for as much."""
    for rule in table.rules:
        cells = fired[rule.key]
        proofs.counts[f"rule {rule.key} fires"] = cells.bit_count()
        if not cells:
            proofs.problems.append(Problem("dead rule", f"rule {rule.key} can never fire"))
            continue
        rung = table.ladder.index(rule.outcome)
        for other in table.rules:
            if other is not rule and table.ladder.index(other.outcome) >= rung:
                cells &= ~fired[other.key]
        proofs.counts[f"rule {rule.key} alone decides"] = cells.bit_count()
        if not cells:
            proofs.problems.append(
                Problem("shadowed rule", f"rule {rule.key} never decides: others always cover it")
            )


def _prove_danger_wins(
    protocol: Protocol, space: Space, leads: list[Cells], proofs: Proofs
) -> None:
    emergency = leads[LEADS.index("emergency")]
    for domain in protocol.domains:
        if not domain.emergency_at_top:
            continue
        top = space.at_least(domain.key, TOP_BAND)
        proofs.counts[f"danger wins: {domain.key} at the top"] = top.bit_count()
        missed = top & ~emergency
        for person in space.examples(missed, 1):
            proofs.problems.append(
                Problem(
                    "danger",
                    f"{domain.key} at the top is no emergency in {missed.bit_count()} combinations",
                    in_words(protocol, person),
                )
            )


def _prove_programs(space: Space, reached: dict[str, list[Cells]], proofs: Proofs) -> None:
    """Every program must be reached by someone, with nothing else coming first."""
    calm = space.all ^ reached["what comes first"][1]
    levels, dual = reached["the level of care"], reached["dual-diagnosis care"][1]
    for rung, level in enumerate(LADDER):
        above = levels[rung + 1] if rung + 1 < len(LADDER) else 0
        here = levels[rung] & ~above & calm
        shown = {level: here & ~dual, f"dual_diagnosis at {level}": here & dual}
        for program, cells in shown.items():
            proofs.counts[f"program {program}"] = cells.bit_count()
            if not cells:
                proofs.problems.append(Problem("program", f"nobody can reach {program}"))


def _prove_schedule(protocol: Protocol, proofs: Proofs) -> None:
    """The bands that may not decide care change no rule, in any combination with it."""
    for domain in protocol.domains:
        if domain.clinical:
            continue
        for rule in (r for table in _tables(protocol) for r in table.rules):
            axes = [Axis(key, TOP_BAND + 1) for key in domains_in(rule.when) if key != domain.key]
            axes += [Axis(key, 2) for key in flags_in(rule.when)]
            space = Space((*axes, Axis(domain.key, TOP_BAND + 1)))
            proofs.counts[f"{domain.key} never decides: combinations"] = (
                proofs.counts.get(f"{domain.key} never decides: combinations", 0) + space.size
            )
            moved = space.changed_along(space.where(rule.when), domain.key)
            for person in space.examples(moved, 1):
                proofs.problems.append(
                    Problem(
                        "schedule",
                        f"{domain.key} changes rule {rule.key}",
                        in_words(protocol, person),
                    )
                )


def _prove_items(protocol: Protocol, proofs: Proofs) -> None:
    engine = engine_for(protocol)
    for domain in protocol.domains:
        questions = [protocol.question(key) for key in engine.changes.scope(domain.key)]
        told_apart = _told_apart(protocol, domain, questions)
        menus = [answer_classes(question, told_apart) for question in questions]
        table: dict[tuple[Chosen, ...], tuple[int, bool]] = {}
        for combination in product(*menus):
            answers = {q.key: a for q, a in zip(questions, combination, strict=True)}
            table[combination] = _band_and_cap(engine, domain, answers)
        proofs.counts[f"answers behind {domain.key}"] = len(table)
        missing = set(range(TOP_BAND + 1)) - {band for band, _ in table.values()}
        for band in sorted(missing):
            problem = Problem("band", f"no answers reach band {band} of {domain.key}")
            proofs.problems.append(problem)
        for worse in _lowered(questions, menus, table):
            proofs.problems.append(Problem("items", f"{domain.key}: {worse}"))


def _band_and_cap(
    engine: Engine, domain: Domain, answers: dict[str, Chosen]
) -> tuple[int, bool]:
    sheet = engine.flow.lay_out(answers)
    facts = SheetFacts({reading.question: reading for reading in sheet})
    capped = any(holds(cap.when, facts) for cap in domain.caps)
    return engine.scorer.domain_of(domain.key, sheet).low, capped


def _lowered(
    questions: list[Question],
    menus: list[list[Chosen]],
    table: dict[tuple[Chosen, ...], tuple[int, bool]],
) -> Iterator[str]:
    """Yield a sentence for the first worse answer of each question that lowers the band.

    A cap is a fact (someone has just left 24-hour care), so people with and without
    it are not compared with each other.
    """
    for place, question in enumerate(questions):
        rises = {
            less: [more for more in menus[place] if _worse(question, less, more)]
            for less in menus[place]
        }
        for combination, (band, capped) in table.items():
            for more in rises[combination[place]]:
                raised = table[(*combination[:place], more, *combination[place + 1 :])]
                if raised[0] < band and raised[1] == capped:
                    said = ", ".join(
                        f"{q.key}={'+'.join(a)}"
                        for q, a in zip(questions, combination, strict=True)
                    )
                    yield f"{question.key} raised to {'+'.join(more)} lowers the band for {said}"
                    break
            else:
                continue
            break


def _worse(question: Question, less: Chosen, more: Chosen) -> bool:
    """True when `more` is the same or more of everything, and more of something."""
    points = {choice.key: choice.points for choice in question.choices}
    if question.kind == "many":
        before, after = (set(chosen) - {NONE} for chosen in (less, more))
        return before < after
    return points[less[0]] < points[more[0]]


@dataclass(slots=True)
class _ToldApart:
    """What conditions can see of a question: choices they name, and whether points count."""

    named: dict[str, set[str]] = field(default_factory=dict)
    scored: set[str] = field(default_factory=set)


def _told_apart(protocol: Protocol, domain: Domain, questions: list[Question]) -> _ToldApart:
    parts = {part.key: part.ask_if for part in protocol.parts}
    conditions = [s.when for s in domain.steps] + [c.when for c in domain.caps]
    for question in questions:
        conditions += [c for c in (question.ask_if, parts[question.part]) if c is not None]
    found = _ToldApart()
    for part in (part for condition in conditions for part in parts_of(condition)):
        if isinstance(part, Chose):
            found.named.setdefault(part.question, set()).update(part.choices)
        elif isinstance(part, Scored):
            found.scored.update(part.questions)
    return found


def answer_classes(question: Question, told_apart: _ToldApart) -> list[Chosen]:
    """Return one answer of each kind that the conditions can tell apart.

    Answers alike in the choices that are named, and in points where points count, are
    read alike everywhere, so one of them stands for all.
    """
    named = told_apart.named.get(question.key, set())
    scored = question.key in told_apart.scored
    known = [c for c in question.choices if not c.unknown]
    if question.kind == "one":
        kinds = {(c.key if c.key in named else "", scored and c.points): c.key for c in known}
        return [(key,) for key in kinds.values()]
    special = [c.key for c in known if c.key in named and c.key != NONE]
    others = [c.key for c in known if c.key not in special and c.key != NONE]
    most = len(others) if scored else 0
    classes: list[Chosen] = []
    for picks in product((False, True), repeat=len(special)):
        chosen = tuple(key for key, pick in zip(special, picks, strict=True) if pick)
        classes += [chosen + tuple(others[:count]) for count in range(most + 1)]
    if NONE in named and not scored and others:
        classes.append((others[0],))
    order = question.choice_keys.index
    return [tuple(sorted(found, key=order)) or (NONE,) for found in classes]


def in_words(protocol: Protocol, cell: dict[str, int]) -> str:
    """Return the person a cell stands for, as a sentence."""
    flags = {flag.key: flag.meaning.en for flag in protocol.flags}
    said = [
        f"{domain.title.en.lower()} {cell[domain.key]} of {TOP_BAND}"
        for domain in protocol.domains
        if domain.key in cell
    ]
    said += [meaning for key, meaning in flags.items() if cell.get(key)]
    return "A person with " + ", ".join(said) + "."
