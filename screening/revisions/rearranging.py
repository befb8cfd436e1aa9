"""Moving the parts of a row about: add, copy, remove, join. What the buttons of a form do before it is saved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from screening.engine.conditions import AllOf, AnyOf, Condition, Has, HowMany, Reaches
from screening.engine.spec import TOP_BAND, Protocol, Text


@dataclass(frozen=True, slots=True)
class _Instead:
    """What stands in a list instead of one of its items: nothing, or the item twice."""

    items: tuple[Any, ...]


def rearrange(protocol: Protocol, row: Any, op: str) -> Any:
    """Return the row after one move ("drop:when.conditions.0"). The move must be one the form offered."""
    action, _, rest = op.partition(":")
    path, _, kind = rest.partition(":")
    change = _CHANGES[action]
    steps = path.split(".") if path else []
    return _at(row, steps, lambda value: change(protocol, value, kind))


def _at(value: Any, steps: list[str], change: Callable[[Any], Any]) -> Any:
    if not steps:
        return change(value)
    first, rest = steps[0], steps[1:]
    if not isinstance(value, tuple):
        return replace(value, **{first: _at(getattr(value, first), rest, change)})
    place = int(first)
    found = _at(value[place], rest, change)
    items = found.items if isinstance(found, _Instead) else (found,)
    return (*value[:place], *items, *value[place + 1 :])


def _fresh(protocol: Protocol, kind: str) -> Condition:
    """Return a new part, as narrow as can be: until somebody sets it, it should catch few people."""
    first = next(d.key for d in protocol.domains if d.clinical)
    if kind == "Has":
        return Has(protocol.flags[0].key)
    if kind == "HowMany":
        return HowMany(tuple(d.key for d in protocol.domains if d.clinical)[:2], TOP_BAND, 2)
    if kind == "AnyOf":
        return AnyOf((Reaches(first, TOP_BAND),))
    return Reaches(first, TOP_BAND)


def _add(protocol: Protocol, group: Any, kind: str) -> Any:
    return replace(group, conditions=(*group.conditions, _fresh(protocol, kind)))


def _wrap(protocol: Protocol, condition: Any, kind: str) -> Any:
    return (AllOf if kind == "AllOf" else AnyOf)((condition, _fresh(protocol, "Reaches")))


_CHANGES: dict[str, Callable[[Protocol, Any, str], Any]] = {
    "add": _add,
    "wrap": _wrap,
    "drop": lambda protocol, value, kind: _Instead(()),
    "copy": lambda protocol, value, kind: _Instead((value, value)),
    "text": lambda protocol, value, kind: (*value, Text("", "")),
}
