"""Charts as numbers for an SVG: where each bar begins and how long it is. The template draws them; CSS colors them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from screening.counters.tables import Table, said

# Bars lie in percent of the width there is, so that they fit a phone and their words keep their size.
PLOT = 84
LABEL, BAR, GAP, GROUP = 20, 14, 3, 9
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
    lying: bool = False  # in percent of the width


def bars(table: Table, *, of_total: bool = False) -> Chart:
    """Bars lying down: one group for each row, one bar for each column (or one for its total)."""
    series = [("total", table.total_head)] if of_total else list(table.columns)
    most = max((value or 0 for row in table.rows for value in _values(row, of_total)), default=0) or 1
    boxes, words, numbers, y = [], [], [], 0.0
    for row in table.rows:
        words.append(Words(0, y + LABEL - 6, row.label))
        y += LABEL
        for kind, value in enumerate(_values(row, of_total), 1):
            width = round(PLOT * (value or 0) / most, 1)
            boxes.append(Box(0, y, width, BAR, str(kind), said(value)))
            numbers.append(Words(width, y + BAR - 2.5, said(value)))
            y += BAR + GAP
        y += GROUP
    legend = [] if of_total else [(str(n), label) for n, (_, label) in enumerate(series, 1)]
    return Chart(table.caption, 100, round(y), boxes, words, numbers, legend, True)


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
