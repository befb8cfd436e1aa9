"""A comparison as JSON and as lines to read, person by person. Names of keys are a promise to callers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from screening.engine.compare import Comparison, SheetMoves

# A value longer than this is named by its place only.
MOST_SHOWN = 80


def as_json(found: Comparison) -> dict[str, Any]:
    """Return a comparison as JSON values."""
    return {
        "same": found.same,
        "apart": list(found.apart),
        "combinations": found.rules.combinations,
        "rules": [
            {"what": m.what, "before": m.before, "after": m.after, "count": m.count, "people": list(m.people)}
            for m in found.rules.moves
        ],
        "bands": [
            {"key": m.key, "before": m.before, "after": m.after, "count": m.count, "sheets": list(m.sheets)}
            for m in found.bands.moves
        ],
        "words": [
            {"place": w.place, "form": w.form, "before": w.before, "after": w.after} for w in found.words
        ],
        "rows": [
            {"place": r.place, "what": r.what, "before": r.before, "after": r.after} for r in found.rows
        ],
    }


def sheets_as_json(found: SheetMoves) -> dict[str, Any]:
    """Return what happened to the people on answer sheets as JSON values."""
    return {
        "people": found.people,
        "moved": found.moved,
        "moves": [
            {"what": what, "before": was, "after": becomes, "count": count, "examples": found.examples[step]}
            for step, count in found.moves.most_common()
            for what, was, becomes in [step]
        ],
        "lost_safety": [
            {"message": message, "count": count, "examples": found.examples[message]}
            for message, count in found.lost_safety.most_common()
        ],
        "left_out": dict(found.left_out),
    }


def in_lines(found: Comparison) -> Iterator[str]:
    """Yield a comparison as lines: who is decided, scored and told differently."""
    if found.same:
        yield "The two ask, score, decide and say the same."
        return
    for said in found.apart:
        yield f"Not comparable: {said}"
    of = f"DECIDED DIFFERENTLY, of {found.rules.combinations:,} combinations of bands and flags"
    yield from _section(of, _decided(found))
    yield from _section("SCORED DIFFERENTLY, by combinations of answers", _scored(found))
    yield from _section("SAID DIFFERENTLY", _said(found))
    yield from _section("OTHERWISE CHANGED", _changed(found))


def _section(title: str, lines: Iterator[str]) -> Iterator[str]:
    """Yield the lines under their title, or nothing when there are none."""
    first = next(lines, None)
    if first is not None:
        yield f"\n{title}"
        yield first
        yield from lines


def _decided(found: Comparison) -> Iterator[str]:
    for move in found.rules.moves:
        yield f"{move.count:>14,}  {move.what}: {move.before} becomes {move.after}"
        yield from (f"{'':16}{person}" for person in move.people)


def _scored(found: Comparison) -> Iterator[str]:
    for band in found.bands.moves:
        yield f"{band.count:>14,}  {band.key}: {band.before} becomes {band.after}"
        yield from (f"{'':16}{sheet}" for sheet in band.sheets)


def _said(found: Comparison) -> Iterator[str]:
    for word in found.words:
        yield f"{word.place} ({word.form})"
        yield f"    {word.before or '(nothing)'}"
        yield f"    {word.after or '(nothing)'}"


def _changed(found: Comparison) -> Iterator[str]:
    for row in found.rows:
        yield f"{row.place} {row.what}{_shown(row.before, row.after) if row.what == 'changed' else ''}"


def sheets_in_lines(found: SheetMoves) -> Iterator[str]:
    """Yield what happened to the people on answer sheets as lines; people are named by the number of their sheet."""
    yield f"\n{found.people:,} ANSWER SHEETS, {found.moved:,} decided differently"
    for step, count in found.moves.most_common():
        what, was, becomes = step
        yield f"{count:>14,}  {what}: {was} becomes {becomes} (sheet {_numbers(found.examples[step])})"
    for message, count in found.lost_safety.most_common():
        yield f"{count:>14,}  no longer shown: {message} (sheet {_numbers(found.examples[message])})"
    for answer, count in found.left_out.most_common():
        yield f"{count:>14,}  left out: {answer}"


def _numbers(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers))


def _shown(before: Any, after: Any) -> str:
    said = f": {before} becomes {after}"
    return said if len(said) <= MOST_SHOWN else ""
