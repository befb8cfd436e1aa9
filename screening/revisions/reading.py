"""A filled-in form read back into a row of the protocol, along the same addresses it was laid out by."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from screening.engine.conditions import (
    AllOf,
    AnyOf,
    Chose,
    Condition,
    Has,
    HowMany,
    Not,
    Reaches,
    Scored,
    Unless,
)
from screening.engine.spec import Text
from screening.revisions.blocks import join
from screening.revisions.kinds import parts_of_row
from screening.revisions.layout import VOICES

Said = dict[str, Any]


def read(value: Any, said: Said) -> Any:
    """Return what stands at one address, with what the form says."""
    if isinstance(value, Text):
        return _text(said, "")
    if isinstance(value, tuple):
        return tuple(_text(said, str(place)) for place in range(len(value)))
    return _row(value, "", said)


def _row(row: Any, path: str, said: Said) -> Any:
    changed: dict[str, Any] = {}
    for name, value, kind in parts_of_row(row):
        inner = join(path, name)
        if kind == "fixed":
            continue
        if kind == "text":
            changed[name] = _text(said, inner)
        elif kind == "texts":
            changed[name] = tuple(_text(said, join(inner, str(n))) for n in range(len(value)))
        elif kind == "rows":
            changed[name] = tuple(_row(one, join(inner, str(n)), said) for n, one in enumerate(value))
        elif kind == "condition":
            changed[name] = _condition(value, inner, said)
        elif kind == "keys":
            changed[name] = _in_order(value, said[inner])
        else:
            changed[name] = said[inner]
    return replace(row, **changed)


def _in_order(before: tuple[str, ...], ticked: list[str]) -> tuple[str, ...]:
    """Keep the order that was there; what is newly ticked goes to the end."""
    return (*(k for k in before if k in ticked), *(k for k in ticked if k not in before))


def _text(said: Said, path: str) -> Text | None:
    words = {name: said[join(path, name)].replace("\r\n", "\n") for name, _, _ in VOICES}
    return Text(**words) if any(words.values()) else None


def _condition(condition: Condition, path: str, said: Said) -> Condition:
    if isinstance(condition, AllOf | AnyOf):
        inner = join(path, "conditions")
        parts = tuple(
            _condition(part, join(inner, str(n)), said) for n, part in enumerate(condition.conditions)
        )
        chosen = said.get(join(path, "group"), type(condition).__name__)
        return AllOf(parts) if chosen == "AllOf" else AnyOf(parts)
    if isinstance(condition, Not | Unless):
        return replace(condition, condition=_condition(condition.condition, join(path, "condition"), said))
    if isinstance(condition, Reaches):
        return Reaches(said[join(path, "domain")], int(said[join(path, "band")]))
    if isinstance(condition, HowMany):
        domains = _in_order(condition.domains, said[join(path, "domains")])
        return HowMany(domains, int(said[join(path, "band")]), said[join(path, "count")])
    if isinstance(condition, Has):
        return Has(said[join(path, "flag")])
    if isinstance(condition, Scored):
        return replace(condition, at_least=said[join(path, "at_least")])
    if isinstance(condition, Chose):
        return replace(condition, choices=_in_order(condition.choices, said[join(path, "choices")]))
    return condition
