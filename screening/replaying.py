"""Many answer sheets read by two protocols in several processes: from a file, or made up.

Work is cut into pieces, few of which are under way at any time, so memory does not grow with
the number of sheets; pieces are added up in their order, so the counts and the sheets that are
named do not depend on how many processes there are.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from itertools import count, islice
from typing import IO, Any

from screening.engine.compare_sheets import SheetComparer, SheetMoves
from screening.engine.safe_json import JsonError, Limits, read_json
from screening.engine.spec import Protocol
from screening.population.people import BLOCK, Population

# One sheet of answers is a few hundred bytes; anything near this is not a sheet.
SHEET = Limits(characters=64 * 1024, text=200, values=1_000, depth=3)
LINES_A_PIECE = 1_000
WAITING_A_PROCESS = 2


class BadLine(ValueError):
    """A line that holds no answer sheet; the message names the line and never quotes it."""


@dataclass(frozen=True, slots=True)
class Lines:
    """A piece of a file: numbered lines."""

    lines: tuple[tuple[int, str], ...]

    def sheets(self, old: Protocol) -> Iterator[tuple[int, dict[str, Any]]]:
        return ((number, _sheet(line, number)) for number, line in self.lines)


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a made-up population: the first people of one block."""

    number: int
    people: int
    seed: int

    def sheets(self, old: Protocol) -> Iterator[tuple[int, dict[str, Any]]]:
        people = _population(old).block(self.number, self.seed)
        return enumerate(islice(people, self.people), start=self.number * BLOCK + 1)


Piece = Lines | Block


def pieces_of(file: IO[str]) -> Iterator[Piece]:
    """Yield the lines of a file in pieces; empty lines are left out. Raises BadLine for an endless one."""
    numbered = ((number, line) for number, line in _lines(file) if line.strip())
    while lines := tuple(islice(numbered, LINES_A_PIECE)):
        yield Lines(lines)


def made_up(people: int, seed: int) -> Iterator[Piece]:
    """Yield a made-up population in pieces."""
    for number in range(-(-people // BLOCK)):
        yield Block(number, min(BLOCK, people - number * BLOCK), seed)


def replay(old: Protocol, new: Protocol, pieces: Iterable[Piece], processes: int = 1) -> SheetMoves:
    """Read every sheet with both protocols, and count who moves. Raises BadLine for a line that does not fit."""
    found = SheetMoves()
    for part in _parts(old, new, iter(pieces), processes):
        found.add(part)
    return found


def _parts(old: Protocol, new: Protocol, pieces: Iterator[Piece], processes: int) -> Iterator[SheetMoves]:
    if processes == 1:
        comparer = SheetComparer(old, new)
        yield from (comparer.compare(piece.sheets(old)) for piece in pieces)
        return
    waiting: deque[Future[SheetMoves]] = deque()
    with ProcessPoolExecutor(processes, initializer=_begin, initargs=(old, new)) as pool:
        try:
            for piece in pieces:
                waiting.append(pool.submit(_compare, piece))
                if len(waiting) > processes * WAITING_A_PROCESS:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            pool.shutdown(cancel_futures=True)


class _Worker:
    """What one process keeps from piece to piece."""

    old: Protocol
    comparer: SheetComparer


def _begin(old: Protocol, new: Protocol) -> None:
    _Worker.old, _Worker.comparer = old, SheetComparer(old, new)


def _compare(piece: Piece) -> SheetMoves:
    return _Worker.comparer.compare(piece.sheets(_Worker.old))


@lru_cache(maxsize=2)
def _population(protocol: Protocol) -> Population:
    return Population(protocol)


def _lines(file: IO[str]) -> Iterator[tuple[int, str]]:
    for number in count(1):
        line = file.readline(SHEET.characters + 2)
        if not line:
            return
        if len(line) > SHEET.characters + 1:
            raise BadLine(f"line {number}: longer than {SHEET.characters:,} characters")
        yield number, line


def _sheet(line: str, number: int) -> dict[str, Any]:
    try:
        sheet = read_json(line, SHEET)
    except JsonError as error:
        raise BadLine(f"line {number}: {error}") from None
    if not isinstance(sheet, dict):
        raise BadLine(f"line {number}: expected an object of question: choice")
    return sheet
