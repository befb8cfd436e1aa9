"""Charts as numbers for an SVG: where each bar begins and how long it is. The template draws them; CSS colors them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from screening.counters.tables import Table, said

LABELS, PLOT, NUMBERS = 210, 330, 80
BAR, GAP, GROUP = 14, 3, 12
TALL, FOOT, STEP = 200, 34, 46


@dataclass(frozen=True, slots=True)
class Box:
    """One bar, or one part of a column. `kind` is its class: a number for its color, or "rest" for what is hidden."""

    x: float
    y: float
    width: float
    height: float
    kind: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of a table that stands below it."""

    title: str
    width: int
    height: int
    boxes: list[Box]
    words: list[Words]
    numbers: list[Words]
    legend: list[tuple[str, str]]
    lying: bool = False  # bars that lie down have their words to the left


def bars(table: Table, *, of_total: bool = False) -> Chart:
    """Bars lying down: one group for each row, one bar for each column (or one for its total)."""
    series = [("total", table.total_head)] if of_total else list(table.columns)
    most = max((value or 0 for row in table.rows for value in _values(row, of_total)), default=0) or 1
    boxes, words, numbers, y = [], [], [], 4.0
    for row in table.rows:
        words.append(Words(LABELS - 8, y + len(series) * (BAR + GAP) / 2 + 2, row.label))
        for kind, value in enumerate(_values(row, of_total), 1):
            width = PLOT * (value or 0) / most
            boxes.append(Box(LABELS, y, round(width, 1), BAR, str(kind), said(value)))
            numbers.append(Words(round(LABELS + width + 6, 1), y + BAR - 2.5, said(value)))
            y += BAR + GAP
        y += GROUP
    legend = [] if of_total else [(str(n), label) for n, (_, label) in enumerate(series, 1)]
    return Chart(table.caption, LABELS + PLOT + NUMBERS, round(y), boxes, words, numbers, legend, True)


def _values(row: object, of_total: bool) -> Sequence[int | None]:
    return (row.total,) if of_total else row.cells  # type: ignore[attr-defined]  # a Row


def columns(table: Table) -> Chart:
    """Columns in a row, each built of its parts; what is hidden of a known total is one part without a name."""
    most = max((row.total or sum(value or 0 for value in row.cells) for row in table.rows), default=0) or 1
    boxes, words, numbers = [], [], []
    for place, row in enumerate(table.rows):
        x, top = 10 + place * STEP, float(TALL + 16)
        known = sum(value or 0 for value in row.cells)
        parts = [(str(kind), value or 0) for kind, value in enumerate(row.cells, 1)]
        parts.append(("rest", max((row.total or 0) - known, 0)))
        for kind, value in parts:
            height = round(TALL * value / most, 1)
            top -= height
            if height:
                boxes.append(Box(x, round(top, 1), STEP - 12, height, kind, f"{row.label}: {value:,}"))
        numbers.append(Words(x + (STEP - 12) / 2, round(top - 4, 1), said(row.total)))
        words.append(Words(x + (STEP - 12) / 2, TALL + FOOT, row.label))
    legend = [(str(n), label) for n, (_, label) in enumerate(table.columns, 1)]
    if any(box.kind == "rest" for box in boxes):
        legend.append(("rest", "hidden parts together"))
    return Chart(table.caption, 20 + len(table.rows) * STEP, TALL + FOOT + 12, boxes, words, numbers, legend)
