"""What a draft says differently, row by row and word by word, for the person who must approve it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from difflib import SequenceMatcher
from typing import Any

from screening.engine.conditions import Condition
from screening.engine.document import KIND
from screening.engine.spec import Protocol, Text
from screening.revisions import rows, vocabulary
from screening.revisions.vocabulary import outcome
from screening.revisions.words import said

LANGUAGES = {
    "en": "English",
    "es": "Spanish",
    "en_them": "English, to a relative",
    "es_them": "Spanish, to a relative",
}
NOTHING = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words: kept, added or removed."""

    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs inside a row."""

    what: str
    before: str
    after: str

    def pieces(self) -> list[Piece]:
        """Return the words of both, marked as kept, removed or added."""
        old, new = self.before.split(), self.after.split()
        found = []
        for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if kind == "equal":
                found.append(Piece("same", " ".join(old[a:b])))
                continue
            if a != b:
                found.append(Piece("removed", " ".join(old[a:b])))
            if c != d:
                found.append(Piece("added", " ".join(new[c:d])))
        return found


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row that was added, removed or changed."""

    address: str
    place: str
    kind: str
    differences: tuple[Difference, ...]


def changes(old: Protocol, new: Protocol) -> list[RowChange]:
    """Return every row that differs, in the order of the pages."""
    if old is new:
        return []
    found = []
    for table in rows.TABLES:
        before, after = rows.addresses(table, old), rows.addresses(table, new)
        for address in dict.fromkeys((*after, *before)):
            change = _row(old, new, address, address in before, address in after)
            if change is not None:
                found.append(change)
    return found


def between(protocol: Protocol, before: Any, after: Any) -> Iterator[Difference]:
    """Yield what differs between two texts of one row."""
    return _differ(protocol, protocol, before, after, "")


def _row(old: Protocol, new: Protocol, address: str, was: bool, still: bool) -> RowChange | None:
    if not still:
        return RowChange(address, rows.place(old, address), "removed", ())
    if not was:
        return RowChange(address, rows.place(new, address), "added", ())
    before, after = rows.get(old, address), rows.get(new, address)
    if before == after:
        return None
    found = tuple(_differ(old, new, before, after, ""))
    return RowChange(address, rows.place(new, address), "changed", found)


def _differ(old: Protocol, new: Protocol, before: Any, after: Any, what: str) -> Iterator[Difference]:
    if before == after:
        return
    if isinstance(before, Condition) or isinstance(after, Condition):
        yield Difference(what, said(old, before) if before else "", said(new, after) if after else "")
    elif isinstance(before, Text) or isinstance(after, Text):
        yield from _text(before, after, what)
    elif isinstance(before, tuple) and before and is_dataclass(before[0]):
        yield from _list(old, new, before, after, what)
    elif is_dataclass(before) and not isinstance(before, type):
        for one in fields(before):
            label = vocabulary.label(one.name)
            place = f"{what}, {label.lower()}" if what else label
            yield from _differ(old, new, getattr(before, one.name), getattr(after, one.name), place)
    else:
        yield Difference(what, _plain(before), _plain(after))


def _text(before: Text | None, after: Text | None, what: str) -> Iterator[Difference]:
    for name, language in LANGUAGES.items():
        was = getattr(before, name) if before else ""
        now = getattr(after, name) if after else ""
        if was != now:
            yield Difference(f"{what} ({language})" if what else language, was, now)


def _list(
    old: Protocol, new: Protocol, before: tuple[Any, ...], after: tuple[Any, ...], what: str
) -> Iterator[Difference]:
    """Compare two lists of rows so that one removed in the middle does not make all others look changed."""
    matcher = SequenceMatcher(None, [repr(b) for b in before], [repr(a) for a in after], autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            continue
        for place in range(max(b - a, d - c)):
            one = f"{what} {c + place + 1}"
            if place >= b - a:
                yield Difference(f"{one} added", "", _plain(after[c + place], new))
            elif place >= d - c:
                yield Difference(f"{what} {a + place + 1} removed", _plain(before[a + place], old), "")
            else:
                yield from _differ(old, new, before[a + place], after[c + place], one)


def _plain(value: Any, protocol: Protocol | None = None) -> str:
    if value is None or value == ():
        return NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Text):
        return value.en
    if isinstance(value, tuple):
        return "; ".join(_plain(one) for one in value)
    if is_dataclass(value) and protocol is not None:
        when = getattr(value, "when", None)
        band = getattr(value, "band", None)
        return f"band {band} when {said(protocol, when)}" if when else rows.title(value)
    return outcome(value) if isinstance(value, str) else str(value)


def of_documents(before: Any, after: Any, place: str = "") -> Iterator[Difference]:
    """Yield every value that differs between two stored rows, for rows that can not be read any more."""
    if before == after:
        return
    if isinstance(before, dict) and isinstance(after, dict) and before.get(KIND) == after.get(KIND):
        for name in before:
            if name == KIND:
                continue
            label = vocabulary.label(name)
            yield from of_documents(
                before[name], after[name], f"{place}, {label.lower()}" if place else label
            )
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for number, (was, now) in enumerate(zip(before, after, strict=True), 1):
            yield from of_documents(was, now, f"{place} {number}".strip())
    else:
        yield Difference(place, _stored(before), _stored(after))


def _stored(value: Any) -> str:
    if isinstance(value, dict):
        said = [_stored(one) for name, one in value.items() if name != KIND and one not in ("", None, [])]
        return " · ".join(said)
    if isinstance(value, list):
        return "; ".join(_stored(one) for one in value)
    return "" if value is None else outcome(value) if isinstance(value, str) else str(value)
