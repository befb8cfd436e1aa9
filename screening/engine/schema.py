"""The JSON Schema of a protocol document (draft 2020-12), made from the rows themselves.

It says the shape: which rows there are, what each field holds, and how large it may be.
What a shape can not say (that keys resolve, that everything is sourced and said in every
language) `document.load` says.
"""

from __future__ import annotations

import types
from dataclasses import MISSING, fields, is_dataclass
from typing import Any, Literal, Union, cast, get_args, get_origin, get_type_hints

from screening.engine import conditions, spec
from screening.engine.document import KIND, KINDS
from screening.engine.safe_json import LIMITS, MOST_NUMBER
from screening.engine.spec import Protocol
from screening.engine.structure import KEY, VERSION

DRAFT = "https://json-schema.org/draft/2020-12/schema"
CONDITION = "Condition"


def schema() -> dict[str, Any]:
    """Return the JSON Schema that every protocol document meets."""
    rows = _rows_of(Protocol)
    found: dict[str, Any] = {name: _row(KINDS[name]) for name in sorted(rows)}
    kinds = sorted(kind.__name__ for kind in get_args(conditions.Condition))
    found[CONDITION] = {"description": "One kind of condition.", "oneOf": [_named(name) for name in kinds]}
    return {
        "$schema": DRAFT,
        "title": "Screening protocol",
        "description": f'Every object says in "{KIND}" what kind of row it is.',
        "$ref": f"#/$defs/{Protocol.__name__}",
        "$defs": found,
    }


def _rows_of(kind: type) -> set[str]:
    """Return the names of all kinds of rows that can stand inside this one, itself included."""
    found: set[str] = set()
    waiting: list[Any] = [kind]
    while waiting:
        hint = waiting.pop()
        if is_dataclass(hint):
            name = cast(type, hint).__name__
            if name not in found:
                found.add(name)
                hints = _hints(cast(type, hint))
                waiting += [hints[each.name] for each in fields(hint) if each.init]
        else:
            waiting += get_args(hint) if get_origin(hint) is not Literal else ()
    return found


def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind, {**vars(spec), **vars(conditions)})


def _row(kind: type) -> dict[str, Any]:
    hints, known = _hints(kind), [each for each in fields(kind) if each.init]
    properties: dict[str, Any] = {KIND: {"const": kind.__name__}}
    for each in known:
        properties[each.name] = _value(hints[each.name], each.name, kind)
    said = (kind.__doc__ or "").split("\n\n")[0].strip()
    # Without words of its own a dataclass has its signature for a docstring.
    described = {} if said.startswith(f"{kind.__name__}(") else {"description": " ".join(said.split())}
    return {
        **described,
        "type": "object",
        "properties": properties,
        "required": [KIND] + [n.name for n in known if n.default is MISSING and n.default_factory is MISSING],
        "additionalProperties": False,
    }


def _value(hint: Any, name: str, kind: type) -> dict[str, Any]:
    origin, inside = get_origin(hint), get_args(hint)
    if set(inside) == set(get_args(conditions.Condition)):
        return _named(CONDITION)
    if origin in (Union, types.UnionType):
        return _either(inside, name, kind)
    if origin is tuple:
        return {"type": "array", "items": _value(inside[0], "", kind), "maxItems": LIMITS.values}
    if origin is Literal:
        return {"enum": list(inside)}
    if is_dataclass(hint):
        return _named(cast(type, hint).__name__)
    if hint is bool:
        return {"type": "boolean"}
    if hint is int:
        return {"type": "integer", "minimum": -MOST_NUMBER, "maximum": MOST_NUMBER}
    found: dict[str, Any] = {"type": "string", "maxLength": LIMITS.text}
    if name == "key":
        found["pattern"] = f"^{KEY.pattern}$"
    if name == "version" and kind is Protocol:
        found["pattern"] = f"^{VERSION.pattern}$"
    return found


def _either(inside: tuple[Any, ...], name: str, kind: type) -> dict[str, Any]:
    """Return the schema of a union: some row or value, or nothing at all."""
    rest = tuple(hint for hint in inside if hint is not type(None))
    parts = get_args(conditions.Condition)
    choices = [_named(CONDITION)] if set(parts) <= set(rest) else []
    choices += [_value(hint, name, kind) for hint in rest if hint not in parts or not choices]
    if len(rest) < len(inside):
        choices.append({"type": "null"})
    return choices[0] if len(choices) == 1 else {"anyOf": choices}


def _named(name: str) -> dict[str, Any]:
    return {"$ref": f"#/$defs/{name}"}
