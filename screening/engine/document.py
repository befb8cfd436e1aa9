"""A protocol as a JSON document and back, without loss, and its digest.

Every row becomes an object that says in "row" what kind of row it is, so a document
reads like the protocol it came from. The digest covers the whole meaning: two protocols with the
same digest ask, score, decide and say the same.
"""

from __future__ import annotations

import hashlib
import json
import types
import typing
from dataclasses import MISSING, fields, is_dataclass
from functools import lru_cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from screening.engine import conditions, spec
from screening.engine.places import Fault
from screening.engine.safe_json import LIMITS, JsonError, check_bounds, read_json
from screening.engine.spec import Protocol
from screening.engine.structure import flaws

# Not "kind": a question has a field of that name, and one must not stand in for the other.
KIND = "row"
_MODULES = (spec, conditions)
KINDS: dict[str, type] = {
    name: thing
    for module in _MODULES
    for name, thing in vars(module).items()
    if isinstance(thing, type) and is_dataclass(thing)
}


class DocumentError(ValueError):
    """A document that is not a protocol; `place` says where, as keys and indexes."""

    def __init__(self, place: str, problem: str) -> None:
        self.place, self.problem = place or "document", problem
        super().__init__(f"{self.place}: {problem}")


class ProtocolRefused(ValueError):
    """A document of the right shape that is no well-made protocol; `faults` are all that is wrong with it."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = faults
        first = faults[0]
        others = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        super().__init__(f"{first.place}: {first.sentence}{others}")


def to_document(row: Any) -> Any:
    """Return the row as JSON values: objects with a "row", arrays, text and numbers."""
    if is_dataclass(row) and not isinstance(row, type):
        shown: dict[str, Any] = {KIND: type(row).__name__}
        for field in fields(row):
            if field.init:
                shown[field.name] = to_document(getattr(row, field.name))
        return shown
    if isinstance(row, tuple):
        return [to_document(item) for item in row]
    return row


def from_document(document: Any) -> Protocol:
    """Return the protocol a document describes. Raises DocumentError naming the place."""
    protocol = _read(document, Protocol, "")
    assert isinstance(protocol, Protocol)
    return protocol


def load(document: Any) -> Protocol:
    """Return the protocol in a document that nobody vouches for, whole and well made, or nothing.

    Takes JSON values. Raises DocumentError for what is not the shape of a protocol, unknown,
    too large or too deep, naming the place; raises ProtocolRefused with every fault for what
    is doubled, dangling, unsourced or unsaid. It does not prove anything: `verify` does.
    """
    try:
        check_bounds(document, LIMITS)
    except JsonError as error:
        raise DocumentError(error.place, error.problem) from None
    protocol = from_document(document)
    if found := tuple(flaws(protocol)):
        raise ProtocolRefused(found)
    return protocol


def load_text(text: str) -> Protocol:
    """Return the protocol in a JSON text, as strictly as `load`, which names the errors.

    Refuses a key that stands twice, fractions, NaN, numbers no protocol needs, and more than
    four million characters, before a value is made of them.
    """
    try:
        document = read_json(text, LIMITS)
    except JsonError as error:
        raise DocumentError(error.place, error.problem) from None
    return load(document)


def _read(value: Any, wanted: Any, place: str) -> Any:
    origin = get_origin(wanted)
    if origin in (Union, types.UnionType):
        return _read_union(value, get_args(wanted), place)
    if origin is tuple:
        if not isinstance(value, list):
            raise DocumentError(place, "expected a list")
        item = get_args(wanted)[0]
        return tuple(_read(part, item, f"{place}[{n}]") for n, part in enumerate(value))
    if origin is Literal:
        if value not in get_args(wanted):
            raise DocumentError(place, f"expected one of {', '.join(get_args(wanted))}")
        return value
    if is_dataclass(wanted):
        return _read_row(value, typing.cast(type, wanted), place)
    if type(value) is not wanted:
        raise DocumentError(place, f"expected {wanted.__name__}")
    return value


def _read_union(value: Any, choices: tuple[Any, ...], place: str) -> Any:
    if value is None and type(None) in choices:
        return None
    if isinstance(value, dict):
        for choice in choices:
            if is_dataclass(choice) and typing.cast(type, choice).__name__ == value.get(KIND):
                return _read(value, choice, place)
        raise DocumentError(place, f"unknown kind of row {ascii(value.get(KIND))[:60]}")
    plain = [c for c in choices if not is_dataclass(c) and c is not type(None)]
    if len(plain) == 1:
        return _read(value, plain[0], place)
    raise DocumentError(place, "expected an object")


def _read_row(value: Any, kind: type, place: str) -> Any:
    if not isinstance(value, dict) or value.get(KIND) != kind.__name__:
        raise DocumentError(place, f"expected a row of kind {kind.__name__}")
    hints = _hints(kind)
    known = {f.name: f for f in fields(kind) if f.init}
    if unknown := set(value) - set(known) - {KIND}:
        raise DocumentError(place, f"unknown field {ascii(min(unknown))[:60]}")
    found = {}
    for name, field in known.items():
        inner = f"{place}.{name}" if place else name
        if name in value:
            found[name] = _read(value[name], hints[name], inner)
        elif field.default is MISSING and field.default_factory is MISSING:
            raise DocumentError(inner, "missing")
    return kind(**found)


@lru_cache(maxsize=64)
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind, {**vars(spec), **vars(conditions)})


@lru_cache(maxsize=32)
def digest(protocol: Protocol) -> str:
    """Return the SHA-256 of the protocol's meaning, as 64 hexadecimal digits."""
    text = json.dumps(to_document(protocol), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
