"""Hides small numbers in a table, and as many others as it takes that no hidden one can be worked out.

Pure: numbers in, numbers out. A number from 1 to 10 is small. 0 says that nobody did, and hides nobody. Whoever reads
the table knows the numbers that are shown, that rows (and columns) add up to their totals, and that a hidden number is
at least 1. A hidden number is safe when another whole table fits all of that with another number in its place.

Think of each hidden cell, totals too, as a street between its row and its column. Adding 1 to a cell must be undone by
other hidden cells of its row and its column: a round trip. A cell without one is the only number that fits.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

SMALLEST_SHOWN = 11

Cell = tuple[int, int]
Node = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Shown:
    """A table as it may be shown. None is a hidden number. `column_totals` is None where columns do not add up."""

    cells: tuple[tuple[int | None, ...], ...]
    row_totals: tuple[int | None, ...]
    column_totals: tuple[int | None, ...] | None
    total: int | None


def protect(
    rows: Sequence[Sequence[int]], *, columns_add_up: bool, without: frozenset[int] = frozenset()
) -> Shown:
    """Return the table with small numbers hidden, and with them whatever would give them away.

    `without`: rows whose totals are hidden in any case.
    """
    if not rows:
        return Shown((), (), () if columns_add_up else None, 0 if columns_add_up else None)
    table = _Table(rows, columns_add_up)
    hidden = table.hide(without)
    width = len(rows[0])
    seen = [
        tuple(None if (i, j) in hidden else value for j, value in enumerate(row))
        for i, row in enumerate(table.values)
    ]
    body = seen[: len(rows)]
    last = seen[-1] if columns_add_up else None
    return Shown(
        tuple(row[:width] for row in body),
        tuple(row[width] for row in body),
        last[:width] if last else None,
        last[width] if last else None,
    )


def protect_together(tables: Sequence[Sequence[Sequence[int]]]) -> list[Shown]:
    """Return tables that are about the same rows: a row's total is hidden in all of them or in none."""
    without: frozenset[int] = frozenset()
    while True:
        shown = [protect(rows, columns_add_up=True, without=without) for rows in tables]
        gone = {place for one in shown for place, total in enumerate(one.row_totals) if total is None}
        if gone == without:
            return shown
        without = frozenset(gone)


class _Table:
    """The numbers with their totals as one more column, and one more row where columns add up."""

    def __init__(self, rows: Sequence[Sequence[int]], columns_add_up: bool) -> None:
        self.values = [[*row, sum(row)] for row in rows]
        if columns_add_up:
            self.values.append([sum(column) for column in zip(*self.values, strict=True)])
        self.columns_add_up = columns_add_up
        self.last_row = len(rows) if columns_add_up else -1
        self.last_column = len(rows[0])
        self.hidden: set[Cell] = set()

    def hide(self, without: frozenset[int]) -> set[Cell]:
        self.hidden = {cell for cell in self._cells() if 0 < self.value(cell) < SMALLEST_SHOWN}
        self.hidden |= {(row, self.last_column) for row in without if self.value((row, self.last_column))}
        while (given_away := self._given_away()) is not None:
            self.hidden |= self._cover(given_away)
        return self.hidden

    def value(self, cell: Cell) -> int:
        return self.values[cell[0]][cell[1]]

    def _cells(self) -> Iterator[Cell]:
        return ((i, j) for i, row in enumerate(self.values) for j in range(len(row)))

    def _ends(self, cell: Cell) -> tuple[Node, Node]:
        """The row and the column of a cell. Columns that do not add up ask nothing, so they are all one place."""
        return ("row", cell[0]), ("column", cell[1] if self.columns_add_up else 0)

    def _is_whole(self, cell: Cell) -> bool:
        """The total of totals. Other tables show it too, so it is hidden only when it is small itself."""
        return cell == (self.last_row, self.last_column)

    def _is_total(self, cell: Cell) -> bool:
        return cell[1] == self.last_column or cell[0] == self.last_row

    def _may(self, cell: Cell) -> tuple[bool, bool]:
        """Whether one can go along this cell from its row to its column, and back.

        A cell between two totals counts the other way round, and no hidden number may fall below 1.
        """
        turned = (cell[1] == self.last_column) != (cell[0] == self.last_row)
        falls = self.value(cell) > 1
        return (falls, True) if turned else (True, falls)

    def _given_away(self) -> Cell | None:
        """Return a hidden cell that has no round trip, or that stands in a line whose hidden numbers are few."""
        for cell in sorted(self.hidden):
            if not self._has_round_trip(cell) or self._in_thin_line(cell):
                return cell
        return None

    def _has_round_trip(self, cell: Cell) -> bool:
        row, column = self._ends(cell)
        there, back = self._may(cell)
        return (there and self._leads(column, row, cell)) or (back and self._leads(row, column, cell))

    def _leads(self, start: Node, goal: Node, without: Cell) -> bool:
        reached, waiting = {start}, [start]
        while waiting:
            here = waiting.pop()
            for cell in self.hidden:
                row, column = self._ends(cell)
                there, back = self._may(cell)
                target = column if here == row and there else row if here == column and back else None
                if cell != without and target is not None and target not in reached:
                    reached.add(target)
                    waiting.append(target)
        return goal in reached

    def _lines(self, cell: Cell) -> Iterator[list[Cell]]:
        """The row and the column of a cell, each with its total last."""
        yield [(cell[0], j) for j in range(self.last_column + 1)]
        if self.columns_add_up:
            yield [(i, cell[1]) for i in range(self.last_row + 1)]

    def _in_thin_line(self, cell: Cell) -> bool:
        """Whether a total that is shown tells that all hidden numbers of its line together are a small one."""
        for line in self._lines(cell):
            *inner, total = line
            together = sum(self.value(one) for one in inner if one in self.hidden)
            if total not in self.hidden and 0 < together < SMALLEST_SHOWN:
                return True
        return False

    def _cover(self, cell: Cell) -> set[Cell]:
        """Return what to hide next for this cell: the cheapest rectangle with it, else the smallest number near it."""
        boxes = [box for box in self._boxes(cell) if not box <= self.hidden]
        if boxes and not self._in_thin_line(cell):
            return min(boxes, key=lambda box: (sum(map(self._price, box - self.hidden)), sorted(box)))
        near = {one for line in self._lines(cell) for one in line} - self.hidden
        far = set(self._cells()) - self.hidden
        left = [one for some in (near, far) for one in some if self.value(one) and not self._is_whole(one)]
        left = [one for one in left if one in near] or left
        return {min(left, key=lambda one: (self._price(one), one))}

    def _boxes(self, cell: Cell) -> Iterator[set[Cell]]:
        if not self.columns_add_up:
            yield from ({cell, (cell[0], j)} for j in range(self.last_column) if self.value((cell[0], j)))
            return
        for i in range(self.last_row + 1):
            for j in range(self.last_column + 1):
                box = {cell, (cell[0], j), (i, cell[1]), (i, j)}
                whole = any(self._is_whole(one) and one not in self.hidden for one in box)
                if i != cell[0] and j != cell[1] and not whole and all(self.value(one) for one in box):
                    yield box

    def _price(self, cell: Cell) -> int:
        """What it costs to hide a number: the number, and for a total much more."""
        if cell in self.hidden:
            return 0
        return self.value(cell) + (10 * self.values[-1][-1] + 1000) * self._is_total(cell)
