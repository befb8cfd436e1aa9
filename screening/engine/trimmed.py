"""A condition with one of its parts left out, for every part: does it matter?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from screening.engine.conditions import AllOf, AnyOf, Chose, Condition, HowMany, Not, Scored, Unless


def trimmed(condition: Condition, place: str) -> Iterator[tuple[str, Condition | str, Condition]]:
    """Yield (path of a part, the part, the condition without it).

    A part is a condition in an AllOf or AnyOf, or one of the domains, questions or choices
    that a leaf lists, as text. The last one of a list is never left out.
    """
    if isinstance(condition, AllOf | AnyOf):
        yield from _listed(condition, "conditions", place)
        for n, part in enumerate(condition.conditions):
            inner = trimmed(part, f"{place}.conditions[{n}]")
            yield from _rebuilt(inner, _at(condition, n))
    elif isinstance(condition, Not | Unless):
        yield from _rebuilt(trimmed(condition.condition, f"{place}.condition"), type(condition))
    elif isinstance(condition, HowMany):
        yield from _listed(condition, "domains", place)
    elif isinstance(condition, Scored):
        yield from _listed(condition, "questions", place)
    elif isinstance(condition, Chose):
        yield from _listed(condition, "choices", place)


def _listed(condition: Any, name: str, place: str) -> Iterator[tuple[str, Condition | str, Condition]]:
    parts = getattr(condition, name)
    if len(parts) < 2:
        return
    for n, part in enumerate(parts):
        shorter = parts[:n] + parts[n + 1 :]
        if isinstance(condition, HowMany) and condition.count > len(shorter):
            continue
        yield f"{place}.{name}[{n}]", part, replace(condition, **{name: shorter})


def _at(condition: AllOf | AnyOf, n: int) -> Callable[[Condition], Condition]:
    parts = condition.conditions
    return lambda part: replace(condition, conditions=(*parts[:n], part, *parts[n + 1 :]))


def _rebuilt(
    inner: Iterator[tuple[str, Condition | str, Condition]], outer: Callable[[Condition], Condition]
) -> Iterator[tuple[str, Condition | str, Condition]]:
    for place, part, shorter in inner:
        yield place, part, outer(shorter)
