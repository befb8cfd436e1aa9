"""Proofs that nothing was written in vain: every message has somebody it is shown to, every question counts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from screening.engine import Engine
from screening.engine.answer_cells import AnswerSpace, TooManyAnswers
from screening.engine.answer_proofs import Behind, asked_of_somebody, behind_domain
from screening.engine.cells import LEAST, MOST, Cells
from screening.engine.conditions import Chose, Condition, Scored, Unsure, domains_in, flags_in, parts_of
from screening.engine.decision import YOUTH
from screening.engine.places import standings
from screening.engine.proofs import Proofs
from screening.engine.reach_proofs import Ground
from screening.engine.rule_proofs import programs
from screening.engine.spec import LADDER, Care, Protocol, Question

# Decides who is spoken to; see `report.voice_of`.
VOICE_QUESTION = "who"
DUAL = "dual_diagnosis"


def prove_nothing_in_vain(engine: Engine, ground: Ground, proofs: Proofs) -> None:
    """Prove that every message, page, part, flag and line is shown to somebody, and every question felt."""
    protocol = engine.protocol
    asked = {q.key for q in protocol.questions if _asked(engine, q)}
    gates = {rule.key for rule in protocol.gates if ground.rules.fired[rule.key] & ground.cells}
    dangers, leads = _dangers_shown(protocol, asked, gates), _leads_shown(protocol, gates)
    cares = _cares_shown(ground)
    for index, danger in enumerate(protocol.dangers):
        if danger.key not in dangers:
            proofs.fail("orphan", f"no answers show the message {danger.key}", f"dangers[{index}]")
    for index, lead in enumerate(protocol.leads):
        if lead.key not in leads:
            proofs.fail("orphan", f"nothing can ever come first as {lead.key}", f"leads[{index}]")
    for index, care in enumerate(protocol.care):
        if care.key not in cares:
            proofs.fail("orphan", f"nobody can be shown the care {care.key}", f"care[{index}]")
    shown = [care for care in protocol.care if care.key in cares] + [protocol.undetermined]
    _lines(protocol, dangers, leads, shown, proofs)
    _places(protocol, asked, proofs)
    _flags(protocol, proofs)
    for index, question in enumerate(protocol.questions):
        if question.key in asked and not _felt(engine, question):
            sentence = f"no answer to {question.key} changes a band, a flag, a note, a message or a format"
            proofs.fail("unfelt", sentence, f"questions[{index}]")


def _asked(engine: Engine, question: Question) -> bool:
    try:
        return asked_of_somebody(engine, question)
    except TooManyAnswers:
        return True


def _dangers_shown(protocol: Protocol, asked: set[str], gates: set[str]) -> set[str]:
    found = {rule.danger for rule in protocol.gates if rule.key in gates}
    for question in protocol.questions:
        if question.key in asked:
            found.update(choice.danger for choice in question.choices)
            if question.allow_unknown or any(choice.unknown for choice in question.choices):
                found.add(question.unknown_danger)
    return found


def _leads_shown(protocol: Protocol, gates: set[str]) -> set[str]:
    return {rule.outcome for rule in protocol.gates if rule.key in gates}


def _cares_shown(ground: Ground) -> set[str]:
    found = set()
    for program, cells in programs(ground.protocol, ground.rules).items():
        if cells & ground.adults:
            dual, _, level = program.rpartition(" at ")
            found |= {level, DUAL} if dual and level != LADDER[0] else {level}
    if ground.cells & ~ground.adults:
        found.add(YOUTH)
    return found


def _lines(protocol: Protocol, dangers: set[str], leads: set[str], shown: list[Care], proofs: Proofs) -> None:
    """A line that no message names still stands on the page with all of them, so it does not fail."""
    named = {line for danger in protocol.dangers if danger.key in dangers for line in danger.lines}
    named |= {line for lead in protocol.leads if lead.key in leads for line in lead.lines}
    named |= {step.line for care in shown for step in care.next_steps}
    for index, line in enumerate(protocol.help_lines):
        if line.key not in named:
            sentence = f"no message names the help line {line.key}; it stands on the list of all lines only"
            proofs.remark("orphan", sentence, f"help_lines[{index}]")


def _places(protocol: Protocol, asked: set[str], proofs: Proofs) -> None:
    parts = {q.part for q in protocol.questions if q.key in asked}
    pages = {q.page for q in protocol.questions if q.key in asked}
    empty = [(f"parts[{n}]", part.key) for n, part in enumerate(protocol.parts) if part.key not in parts]
    empty += [(f"pages[{n}]", page.key) for n, page in enumerate(protocol.pages) if page.key not in pages]
    for place, key in empty:
        proofs.fail("orphan", f"nobody is asked anything in {key}", place)


def _flags(protocol: Protocol, proofs: Proofs) -> None:
    """Whatever is set must be read by a rule or by advice; a domain that nothing reads decides nothing."""
    read, told = {YOUTH}, {d.key for d in protocol.domains if d.told} | {protocol.week.domain}
    for standing in standings(protocol):
        read.update(flags_in(standing.condition))
        told.update(domains_in(standing.condition))
    for index, flag in enumerate(protocol.flags):
        if flag.key not in read:
            proofs.fail("orphan", f"nothing reads the flag {flag.key}", f"flags[{index}]")
    for index, domain in enumerate(protocol.domains):
        if domain.key not in told:
            proofs.fail(
                "orphan", f"nothing reads the domain {domain.key}, and nobody is told it", f"domains[{index}]"
            )


def _felt(engine: Engine, question: Question) -> bool:
    """Say whether two answers to a question can make a difference anywhere."""
    protocol = engine.protocol
    if question.key in {VOICE_QUESTION, protocol.week.binds} or question.unknown_danger:
        return True
    if any(choice.danger for choice in question.choices):
        return True
    try:
        return any(_moves(space, sets, question.key) for space, sets in _readers(engine, question.key))
    except TooManyAnswers:
        return True


def _readers(engine: Engine, key: str) -> Iterator[tuple[AnswerSpace, list[Cells]]]:
    """Yield what reads a question, directly or through who is asked what: a space and the sets read in it."""
    for domain in engine.protocol.domains:
        here = behind_domain(engine, domain)
        if key in here.scope:
            yield here.open, here.open.bands(domain, LEAST) + here.open.bands(domain, MOST)
    for leaf in dict.fromkeys(_leaves(engine.protocol)):
        alone = Behind(engine, (leaf,))
        if key in alone.scope:
            yield alone.open, [alone.open.holds(leaf, LEAST, MOST), alone.open.holds(leaf, MOST, LEAST)]


def _leaves(protocol: Protocol) -> Iterator[Condition]:
    """Yield the leaves on answers of everything but the path and the bands."""
    for standing in standings(protocol):
        if standing.place.startswith(("flags", "notes", "alternatives", "week")):
            for part in parts_of(standing.condition):
                if isinstance(part, Scored | Chose | Unsure):
                    yield part


def _moves(space: AnswerSpace, sets: list[Cells], key: str) -> bool:
    """Say whether two answers that were really given, to one question, differ in one of the sets."""
    given = [n for n, chosen in enumerate(space.menus[key]) if chosen and chosen[0] in _known(space, key)]
    return any(
        cells & space.space.at(key, one) ^ space.space.seen_from(cells, key, one, other)
        for one, other in pairwise(given)
        for cells in sets
    )


def _known(space: AnswerSpace, key: str) -> set[str]:
    return {choice.key for choice in space.protocol.question(key).choices if not choice.unknown}
