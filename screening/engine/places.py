"""Where things stand in a protocol: every row and every condition with its path.

A path reads like `questions[3].choices[1].points`, the same in a document and in a
protocol, so that whoever is told of a fault can go there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from screening.engine.conditions import AllOf, AnyOf, Condition, Not, Unless
from screening.engine.spec import Protocol, Rule


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not well made: its kind, a sentence, and where it stands."""

    kind: str
    sentence: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """A condition of a protocol: where it stands, whose it is, and what it may read.

    `upward` conditions feed a score or a level: raising an answer may only turn them on.
    """

    place: str
    owner: str
    condition: Condition
    answers: bool = True
    bands: bool = False
    upward: bool = False


def walk(row: Any, place: str = "") -> Iterator[tuple[str, Any]]:
    """Yield (path, row) for a row and every row inside it, in order."""
    yield place, row
    for field in fields(row):
        if not field.init:
            continue
        value, here = getattr(row, field.name), f"{place}.{field.name}" if place else field.name
        if isinstance(value, tuple):
            for index, item in enumerate(value):
                if is_dataclass(item):
                    yield from walk(item, f"{here}[{index}]")
        elif is_dataclass(value):
            yield from walk(value, here)


def parts_with_places(condition: Condition, place: str) -> Iterator[tuple[str, Condition]]:
    """Yield (path, condition) for a condition and every condition inside it."""
    yield place, condition
    if isinstance(condition, AllOf | AnyOf):
        for index, part in enumerate(condition.conditions):
            yield from parts_with_places(part, f"{place}.conditions[{index}]")
    elif isinstance(condition, Not | Unless):
        yield from parts_with_places(condition.condition, f"{place}.condition")


def rule_tables(protocol: Protocol) -> tuple[tuple[str, tuple[Rule, ...]], ...]:
    """Return the three tables of rules with the names they have in the protocol."""
    return (
        ("gates", protocol.gates),
        ("level_rules", protocol.level_rules),
        ("co_occurring_rules", protocol.co_occurring_rules),
    )


def standings(protocol: Protocol) -> Iterator[Standing]:
    """Yield every condition of a protocol but the default rule's, which is never read."""
    yield from _asked(protocol)
    yield from _scored(protocol)
    for table, rules in rule_tables(protocol):
        for i, rule in enumerate(rules):
            place = f"{table}[{i}].when"
            yield Standing(place, f"rule {rule.key}", rule.when, answers=False, bands=True, upward=True)
    for i, note in enumerate(protocol.notes):
        yield from _advice(f"notes[{i}]", note.key, note.when, note.unless)
    for i, other in enumerate(protocol.alternatives):
        yield from _advice(f"alternatives[{i}]", other.key, other.when, other.unless)
    for i, form in enumerate(protocol.week.formats):
        yield Standing(f"week.formats[{i}].when", form.key, form.when)


def _advice(place: str, owner: str, when: Condition | None, unless: Condition | None) -> Iterator[Standing]:
    if when is not None:
        yield Standing(f"{place}.when", owner, when, bands=True)
    if unless is not None:
        yield Standing(f"{place}.unless", owner, unless, bands=True)


def _asked(protocol: Protocol) -> Iterator[Standing]:
    for i, part in enumerate(protocol.parts):
        if part.ask_if is not None:
            yield Standing(f"parts[{i}].ask_if", f"part {part.key}", part.ask_if)
    for i, question in enumerate(protocol.questions):
        if question.ask_if is not None:
            yield Standing(f"questions[{i}].ask_if", question.key, question.ask_if)


def _scored(protocol: Protocol) -> Iterator[Standing]:
    for i, domain in enumerate(protocol.domains):
        for j, step in enumerate(domain.steps):
            place = f"domains[{i}].steps[{j}].when"
            yield Standing(place, f"domain {domain.key}", step.when, upward=True)
        for j, cap in enumerate(domain.caps):
            yield Standing(f"domains[{i}].caps[{j}].when", f"the cap of {domain.key}", cap.when)
    for i, flag in enumerate(protocol.flags):
        yield Standing(f"flags[{i}].when", f"flag {flag.key}", flag.when, upward=True)
