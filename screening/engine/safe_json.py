"""Reads JSON that nobody vouches for: whole numbers and text only, bounded, each key once.

A document may come from anyone. What is too large, too deep or not plain text is
refused by the place where it stands, before anything is made of it.
"""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass
from typing import Any

MOST_NUMBER = 1_000_000_000
# The Unicode categories of what is no words: control, unassigned, private and half characters, and the
# invisible ones that change how the text around them looks.
REFUSED = "C"


@dataclass(frozen=True, slots=True)
class Limits:
    """The most a document may hold: characters of text in all, of one text, values, and levels of nesting."""

    characters: int = 4 * 1024 * 1024
    text: int = 10_000
    values: int = 200_000
    depth: int = 60


LIMITS = Limits()


class JsonError(ValueError):
    """Text that is not plain, bounded JSON; `place` says where, as keys and indexes."""

    def __init__(self, place: str, problem: str) -> None:
        self.place, self.problem = place or "document", problem
        super().__init__(f"{self.place}: {problem}")


class _Doubled(dict[str, Any]):
    """An object that gave one key twice; found again when the places are known."""

    key = ""


class _Huge:
    """A number with more digits than any we take; never turned into a number."""


def read_json(text: str, limits: Limits = LIMITS) -> Any:
    """Return the values in the text: objects, lists, text, whole numbers, true, false and null.

    Raises JsonError for anything that is not JSON, and for a doubled key, a fraction,
    a number beyond a thousand million, control characters, and more than the limits.
    """
    if len(text) > limits.characters:
        raise JsonError("", f"longer than {limits.characters:,} characters")
    # Before a value is made: each list and object costs many times its two characters.
    if text.count("[") + text.count("{") > limits.values:
        raise JsonError("", f"more than {limits.values:,} values in all")
    try:
        value = json.loads(text, object_pairs_hook=_object, parse_int=_integer)
    except RecursionError:
        raise JsonError("", f"nested deeper than {limits.depth} levels") from None
    except json.JSONDecodeError as error:
        raise JsonError("", f"not JSON: {error.msg} (line {error.lineno}, column {error.colno})") from None
    check_bounds(value, limits)
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    doubled = _Doubled(found)
    seen: set[str] = set()
    for key, _ in pairs:
        if key in seen:
            doubled.key = key
        seen.add(key)
    return doubled


def _integer(digits: str) -> int | _Huge:
    return int(digits) if len(digits) <= len(str(MOST_NUMBER)) + 1 else _Huge()


def check_bounds(value: Any, limits: Limits = LIMITS) -> None:
    """Raise JsonError when the values are not plain JSON or are more than the limits.

    Walks without recursion, so that no nesting can exhaust the stack.
    """
    waiting: list[tuple[Any, str, int]] = [(value, "", 0)]
    seen = 1
    while waiting:
        item, place, depth = waiting.pop()
        seen += len(item) if isinstance(item, dict | list) else 0
        if seen > limits.values:
            raise JsonError(place, f"more than {limits.values:,} values in all")
        if depth > limits.depth:
            raise JsonError(place, f"nested deeper than {limits.depth} levels")
        if isinstance(item, dict):
            _check_keys(item, place, limits)
            inner = [(part, f"{place}.{key}" if place else key, depth + 1) for key, part in item.items()]
            waiting += reversed(inner)
        elif isinstance(item, list):
            inner = [(part, f"{place}[{n}]", depth + 1) for n, part in enumerate(item)]
            waiting += reversed(inner)
        else:
            _check_plain(item, place, limits)


def _check_keys(item: dict[Any, Any], place: str, limits: Limits) -> None:
    if isinstance(item, _Doubled):
        raise JsonError(place, f"the key {short(item.key)} stands twice")
    for key in item:
        if not isinstance(key, str):
            raise JsonError(place, "a key that is not text")
        _check_plain(key, place, limits)


def _check_plain(item: Any, place: str, limits: Limits) -> None:
    if item is None or isinstance(item, bool):
        return
    if isinstance(item, str):
        if len(item) > limits.text:
            raise JsonError(place, f"text longer than {limits.text:,} characters")
        if not item.isascii() or not item.isprintable():
            for character in item:
                if unicodedata.category(character).startswith(REFUSED):
                    raise JsonError(place, f"the character U+{ord(character):04X} may not stand in a text")
    elif isinstance(item, _Huge) or (isinstance(item, int) and abs(item) > MOST_NUMBER):
        raise JsonError(place, f"a number beyond {MOST_NUMBER:,}")
    elif not isinstance(item, int):
        raise JsonError(place, "expected text or a whole number")


def short(value: object) -> str:
    """Return a value for a message: ASCII, on one line, and cut where it gets long."""
    text = ascii(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
