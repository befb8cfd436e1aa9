"""Which texts of two protocols differ, and which other rows, each by its place.

Rows with keys are matched by key, so a place reads `questions[age].choices[65_plus].said`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from screening.engine.document import KIND, to_document
from screening.engine.spec import Protocol

TEXT = "Text"
FORMS = ("en", "es", "en_them", "es_them")


@dataclass(frozen=True, slots=True)
class TextChange:
    """One form of a text that differs: its place, which form ("en", "es_them"), before and after."""

    place: str
    form: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RowChange:
    """Anything else that differs. "added" and "removed" rows have no before or no after."""

    place: str
    what: str
    before: Any = None
    after: Any = None


def compare_words(old: Protocol, new: Protocol) -> tuple[TextChange, ...]:
    """Return every form of every text that differs, where both have the row it stands in."""
    return tuple(change for change in _changes(old, new) if isinstance(change, TextChange))


def compare_rows(old: Protocol, new: Protocol) -> tuple[RowChange, ...]:
    """Return everything else that differs: rows added, removed, moved, and single values."""
    return tuple(change for change in _changes(old, new) if isinstance(change, RowChange))


def _changes(old: Protocol, new: Protocol) -> Iterator[TextChange | RowChange]:
    yield from _differ(to_document(old), to_document(new), "")


def _differ(old: Any, new: Any, place: str) -> Iterator[TextChange | RowChange]:
    if old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict) and old[KIND] == new[KIND]:
        for name, before in old.items():
            if old[KIND] == TEXT and name in FORMS and before != new[name]:
                yield TextChange(place, name, before, new[name])
            elif name != KIND:
                yield from _differ(before, new[name], f"{place}.{name}" if place else name)
    elif isinstance(old, list) and isinstance(new, list):
        yield from _differ_in_list(old, new, place)
    elif old is None or new is None:
        yield RowChange(place, "added" if old is None else "removed", old, new)
    else:
        yield RowChange(place, "changed", old, new)


def _differ_in_list(old: list[Any], new: list[Any], place: str) -> Iterator[TextChange | RowChange]:
    if not all(isinstance(row, dict) for row in old + new):
        yield RowChange(place, "changed", old, new)
        return
    ours, theirs = _by_name(old), _by_name(new)
    for name, row in ours.items():
        if name in theirs:
            yield from _differ(row, theirs[name], f"{place}[{name}]")
        else:
            yield RowChange(f"{place}[{name}]", "removed", before=row)
    for name, row in theirs.items():
        if name not in ours:
            yield RowChange(f"{place}[{name}]", "added", after=row)
    both = [name for name in ours if name in theirs]
    if both != [name for name in theirs if name in ours]:
        yield RowChange(place, "moved", list(ours), list(theirs))


def _by_name(rows: list[Any]) -> dict[str, Any]:
    """Return the rows by key, or by number where they have none."""
    return {str(row.get("key", number)): row for number, row in enumerate(rows)}
