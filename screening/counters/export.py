"""Figures as a file: the very tables that are shown, with the same numbers hidden, a line for each."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

from screening.counters.figures import Window
from screening.counters.tiles import Tile
from screening.intake import access_log

# The names of the columns. They stay the same; what they mean stands in the codebook.
COLUMNS = {
    "from": "first day of the window",
    "to": "last day of the window",
    "figure": "which table",
    "row": "which line of it",
    "column": "which column of it; total is the sum of the line",
    "value": "how many, or what the column says; empty where hidden",
    "hidden": "1 where the number is small, or would give a small one away; else 0",
}
# What a spreadsheet would run as a formula, full-width forms too, and what could begin a new cell or line.
STARTS_A_FORMULA = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    "\0",
    "|",
    "%",
    "＝",
    "＋",
    "－",
    "＠",
    "﹢",
    "﹣",
    "﹦",
    "﹫",
)


def guarded(text: str) -> str:
    """Return a text that a spreadsheet shows and never runs."""
    if text.lstrip(" \N{NO-BREAK SPACE}\N{IDEOGRAPHIC SPACE}\N{ZERO WIDTH NO-BREAK SPACE}").startswith(
        STARTS_A_FORMULA
    ):
        text = f"'{text}"
    return text.replace("\0", "")


def _lines(rows: Iterable[Iterable[Any]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([guarded(value) if isinstance(value, str) else value for value in row] for row in rows)
    return text.getvalue()


def figures(of: Window, tiles: list[Tile]) -> str:
    """Return the tables of these tiles as CSV."""
    first, last = str(of.start), str(of.end)
    rows: list[list[Any]] = [list(COLUMNS)]
    for table in (table for tile in tiles for table in tile.tables):
        keys = [*(key for key, _ in table.columns), *(["total"] if table.total_head else [])]
        for line in [*table.rows, *([table.total_row] if table.total_row else [])]:
            for key, value in zip(keys, line.numbers, strict=True):
                shown = "" if value is None else value
                rows.append([first, last, table.key, line.key, key, shown, int(value is None)])
    return _lines(rows)


def codebook(tiles: list[Tile]) -> str:
    """Return what every name in the files means."""
    rows: list[list[str]] = [["kind", "name", "of", "means"]]
    rows += [["column of the file", name, "", means] for name, means in COLUMNS.items()]
    for table in (table for tile in tiles for table in tile.tables):
        rows.append(["figure", table.key, "", table.caption])
        rows += [["row", line.key, table.key, f"{table.row_head}: {line.label}"] for line in table.rows]
        rows += [["column", key, table.key, label] for key, label in table.columns]
        if table.total_head:
            rows.append(["column", "total", table.key, table.total_head])
    return _lines(rows)


def log_export(user: Any, name: str) -> None:
    """Write down in the access log who took out which figures."""
    access_log.log_access(user, "exported", "figures", name)
