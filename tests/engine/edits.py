"""The shipped protocol as a document, and edits to it, for tests that break it on purpose."""

import copy
import re
from collections.abc import Callable
from typing import Any

from screening.engine.document import to_document
from tests.engine.people import PROTOCOL

Json = Any
Edit = Callable[[Json], None]
SHIPPED = to_document(PROTOCOL)
STEP = re.compile(r"(\w+)|\[(\d+)\]")


def row(document: Json, table: str, key: str) -> Json:
    """The row of a table with this key; a table inside a row as `questions.health.choices`."""
    found = document
    for name in table.split("."):
        found = found[name] if isinstance(found, dict) else next(one for one in found if one["key"] == name)
    return next(one for one in found if one["key"] == key)


def index(table: str, key: str) -> int:
    """Where the shipped protocol has the row with this key."""
    return next(n for n, one in enumerate(SHIPPED[table]) if one["key"] == key)


def at(document: Json, place: str) -> Json:
    """What stands at a path like `questions[3].choices[1].points`."""
    found = document
    for name, number in STEP.findall(place):
        found = found[name] if name else found[int(number)]
    return found


def put(place: str, value: Json) -> Edit:
    """An edit that writes a value at a path."""
    above, name, number = re.fullmatch(r"(.*?)\.?(?:(\w+)|\[(\d+)\])", place).groups()  # type: ignore[union-attr]

    def edit(document: Json) -> None:
        at(document, above)[name or int(number)] = value

    return edit


def drop(place: str) -> Edit:
    """An edit that takes away what stands at a path."""
    above, name, number = re.fullmatch(r"(.*?)\.?(?:(\w+)|\[(\d+)\])", place).groups()  # type: ignore[union-attr]

    def edit(document: Json) -> None:
        del at(document, above)[name or int(number)]

    return edit


def twice(place: str) -> Edit:
    """An edit that lets the row at a path stand a second time at the end of its table."""

    def edit(document: Json) -> None:
        above = place[: place.rindex("[")]
        at(document, above).append(copy.deepcopy(at(document, place)))

    return edit


def edited(*edits: Edit) -> Json:
    """The shipped document with these edits made, one after the other."""
    document = copy.deepcopy(SHIPPED)
    for edit in edits:
        edit(document)
    return document
