"""Which kind of thing a field of the protocol is: one answer, used both to draw a form and to read it back."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import fields
from functools import lru_cache
from typing import Any, Literal, get_args, get_origin, get_type_hints

from screening.engine.conditions import AllOf
from screening.engine.spec import Text
from screening.revisions.rows import HINTS
from screening.revisions.vocabulary import FIXED

Kind = Literal["fixed", "text", "condition", "texts", "keys", "rows", "row", "yes", "number", "word"]


@lru_cache(maxsize=64)
def _hints(owner: Hashable) -> dict[str, Any]:
    return get_type_hints(owner, HINTS)


def hints_of(owner: type) -> dict[str, Any]:
    """Return the types of a row's fields."""
    return _hints(owner)


def parts_of_row(row: Any) -> list[tuple[str, Any, Kind]]:
    """Return (name, value, kind) of each field of a row that a page shows, in order."""
    owner = type(row)
    hints = hints_of(owner)
    shown = ((f.name, getattr(row, f.name)) for f in fields(owner) if f.init)
    return [(name, value, kind_of(owner, name, hints[name], value)) for name, value in shown]


def kind_of(owner: type | None, name: str, hint: Any, value: Any) -> Kind:
    """Return the kind of one field. What is fixed or absent by design is read only."""
    if owner is not None and name in FIXED.get(owner, ()):
        return "fixed"
    options = [o for o in get_args(hint) if o is not type(None)] if type(None) in get_args(hint) else [hint]
    if AllOf in options or AllOf in get_args(hint):
        return "condition" if value is not None else "fixed"
    if options == [Text]:
        return "text"
    if get_origin(hint) is tuple:
        item = get_args(hint)[0]
        return "texts" if item is Text else "keys" if item is str else "rows"
    if options == [bool]:
        return "yes"
    if options == [int]:
        return "number"
    return "word" if options == [str] or get_origin(hint) is Literal else "row"


def is_optional(owner: type, name: str) -> bool:
    """Say whether a field may be left out altogether."""
    return type(None) in get_args(hints_of(owner)[name])
