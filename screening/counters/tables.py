"""A table fit to be shown: protected numbers with their words, from which alone everything else is derived."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from screening.counters.suppression import Shown, protect, protect_together

HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class Row:
    """One line. `key` stays the same whatever its label says: it names the line in a file."""

    key: str
    label: str
    cells: tuple[int | None, ...]
    total: int | None
    adds_up: bool = True

    @property
    def words(self) -> list[str]:
        return [said(value) for value in self.numbers]

    @property
    def numbers(self) -> tuple[int | None, ...]:
        """What is shown: the cells, and their sum where there is one."""
        return (*self.cells, self.total) if self.adds_up else self.cells


@dataclass(frozen=True, slots=True)
class Table:
    """Numbers with the words for them. `total_row` is there only where columns add up, a total only where rows do."""

    key: str
    caption: str
    row_head: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]
    total_head: str = "Together"
    total_row: Row | None = None
    by_key: dict[str, Row] = field(default_factory=dict, compare=False)

    def total(self, key: str) -> int | None:
        return self.by_key[key].total if key in self.by_key else None

    def cell(self, key: str, column: str) -> int | None:
        place = [name for name, _ in self.columns].index(column)
        return self.by_key[key].cells[place] if key in self.by_key else None


@dataclass(frozen=True, slots=True)
class Plan:
    """What a table is about, before there are numbers."""

    key: str
    caption: str
    row_head: str
    columns: tuple[tuple[str, str], ...]
    total_head: str = "Together"
    columns_add_up: bool = False


Lines = Sequence[tuple[str, str, Sequence[int]]]


def table(plan: Plan, rows: Lines) -> Table:
    """Return the table with small numbers hidden. `rows`: key, label and one number for each column."""
    return _told(plan, rows, protect([numbers for *_, numbers in rows], columns_add_up=plan.columns_add_up))


def tables_together(plans: Sequence[Plan], rows: Sequence[Lines]) -> list[Table]:
    """Return tables over the same rows with the same totals, so that none tells what another hides."""
    shown = protect_together([[numbers for *_, numbers in lines] for lines in rows])
    return [_told(plan, lines, one) for plan, lines, one in zip(plans, rows, shown, strict=True)]


def _told(plan: Plan, rows: Lines, shown: Shown) -> Table:
    lines = tuple(
        Row(key, label, cells, total)
        for (key, label, _), cells, total in zip(rows, shown.cells, shown.row_totals, strict=True)
    )
    last = Row("together", "Together", shown.column_totals, shown.total) if shown.column_totals else None
    by_key = {line.key: line for line in lines}
    return Table(plan.key, plan.caption, plan.row_head, plan.columns, lines, plan.total_head, last, by_key)


def measures(plan: Plan, rows: Sequence[tuple[str, str, Sequence[int | None]]]) -> Table:
    """Return a table of what was measured and counts nobody, such as minutes; nothing in it is added up."""
    lines = tuple(Row(key, label, tuple(cells), None, adds_up=False) for key, label, cells in rows)
    by_key = {line.key: line for line in lines}
    return Table(plan.key, plan.caption, plan.row_head, plan.columns, lines, "", None, by_key)


def said(value: int | None) -> str:
    return HIDDEN if value is None else f"{value:,}"


def share(part: int | None, whole: int | None) -> float | None:
    """Return a share of two numbers that are shown, or None."""
    return part / whole if part is not None and whole else None


def percent(value: float | None) -> str:
    return "not known" if value is None else f"{value:.0%}"
