"""Every combination of bands and flags at once, as the bits of one whole number.

A cell is one combination. A set of cells is an integer with one bit a cell, so a
rule is read over all cells in a few machine-fast operations, and "for every
combination" is meant literally: nothing is sampled.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from screening.engine.conditions import (
    AllOf,
    AnyOf,
    Condition,
    Has,
    HowMany,
    Not,
    Reaches,
    Unless,
)

Cells = int
# What is known to be true, and what may be.
Side = Literal["least", "most"]
LEAST: Side = "least"
MOST: Side = "most"
# Stripes are kept between rules, up to this many bytes of them.
MOST_KEPT = 1 << 28


@dataclass(frozen=True, slots=True)
class Axis:
    """One thing that varies: a domain with its bands, or a flag with its two values."""

    key: str
    size: int


class Space:
    """The product of some axes. The last axis varies fastest."""

    def __init__(self, axes: tuple[Axis, ...]) -> None:
        self.axes = axes
        self.size = 1
        self._strides: dict[str, int] = {}
        for axis in reversed(axes):
            self._strides[axis.key] = self.size
            self.size *= axis.size
        self._sizes = {axis.key: axis.size for axis in axes}
        self.all: Cells = (1 << self.size) - 1
        self._at_least: dict[tuple[str, int], Cells] = {}

    def at_least(self, key: str, value: int) -> Cells:
        """Return the cells where this axis is at `value` or above."""
        found = self._at_least.get((key, value))
        if found is None:
            if (len(self._at_least) + 1) * self.size > 8 * MOST_KEPT:
                self._at_least.clear()
            found = self._at_least[key, value] = self._stripe(key, value)
        return found

    def at(self, key: str, value: int) -> Cells:
        """Return the cells where this axis is exactly at `value`."""
        return self.at_least(key, value) ^ self.at_least(key, value + 1)

    def _stripe(self, key: str, value: int) -> Cells:
        stride, size = self._strides[key], self._sizes[key]
        if value <= 0:
            return self.all
        if value >= size:
            return 0
        block = stride * size
        stripe = ((1 << (stride * (size - value))) - 1) << (stride * value)
        return _repeat(stripe, block, self.size // block)

    def where(self, condition: Condition) -> Cells:
        """Return the cells where the condition holds. It may read bands and flags only."""
        if isinstance(condition, Reaches):
            return self.at_least(condition.domain, condition.band)
        if isinstance(condition, Has):
            return self.at_least(condition.flag, 1)
        if isinstance(condition, HowMany):
            return self._how_many(condition)
        if isinstance(condition, AllOf):
            found = self.all
            for part in condition.conditions:
                found &= self.where(part)
            return found
        if isinstance(condition, AnyOf):
            found = 0
            for part in condition.conditions:
                found |= self.where(part)
            return found
        if isinstance(condition, Not):
            return self.all ^ self.where(condition.condition)
        raise TypeError(f"{type(condition).__name__} can not be read over bands and flags")

    def _how_many(self, condition: HowMany) -> Cells:
        parts = [self.at_least(domain, condition.band) for domain in condition.domains]
        return how_many(parts, condition.count, self.all)

    def lost_upward(self, cells: Cells, key: str) -> Cells:
        """Return the cells in the set whose next step up on this axis leaves the set."""
        lost = minus(cells, cells >> self._strides[key])
        return minus(lost, self.at_least(key, self._sizes[key] - 1)) if lost else 0

    def down(self, cells: Cells, key: str) -> Cells:
        """Return, for each cell of the set, its neighbour one step down on this axis, where it has one."""
        return (cells & self.at_least(key, 1)) >> self._strides[key]

    def seen_from(self, cells: Cells, key: str, here: int, there: int) -> Cells:
        """Return the cells at value `here` whose twin at value `there` is in the set."""
        twins, by = cells & self.at(key, there), (there - here) * self._strides[key]
        return twins >> by if by >= 0 else twins << -by

    def changed_along(self, cells: Cells, key: str) -> Cells:
        """Return the cells whose membership changes with the next step up on this axis."""
        stride, size = self._strides[key], self._sizes[key]
        below_top = self.all ^ self.at_least(key, size - 1)
        return (cells ^ (cells >> stride)) & below_top

    def read(self, cell: int) -> dict[str, int]:
        """Return the values of all axes in one cell."""
        return {axis.key: (cell // self._strides[axis.key]) % axis.size for axis in self.axes}

    def examples(self, cells: Cells, most: int = 3) -> Iterator[dict[str, int]]:
        """Yield up to `most` cells of the set, first ones first."""
        for _ in range(most):
            if not cells:
                return
            lowest = cells & -cells
            yield self.read(lowest.bit_length() - 1)
            cells ^= lowest


def split(cells: Cells, count: int, width: int) -> Iterator[Cells]:
    """Yield a set in `count` pieces of `width` cells each, first cells first."""
    if count == 1:
        yield cells
        return
    half = count // 2
    low = cells & ((1 << (half * width)) - 1)
    yield from split(low, half, width)
    yield from split(cells >> (half * width), count - half, width)


def minus(cells: Cells, others: Cells) -> Cells:
    """Return the cells that are not among the others. (Faster than `& ~`, which makes negative numbers.)"""
    return (cells | others) ^ others


def how_many(parts: Sequence[Cells], count: int, everything: Cells) -> Cells:
    """Return the cells that are in at least `count` of these sets."""
    # reached[n]: cells that are in at least n of the sets seen so far
    reached = [everything] + [0] * count
    for here in parts:
        for n in range(count, 0, -1):
            reached[n] |= reached[n - 1] & here
    return reached[count]


def read_over(
    condition: Condition, sure: Side, maybe: Side, leaf: Callable[[Condition, Side], Cells], everything: Cells
) -> Cells:
    """Return where `conditions.holds` is true, given where each leaf is true on each side.

    `everything` is the whole space. This is `holds`, for all cells at once.
    """
    if isinstance(condition, AllOf):
        found = everything
        for part in condition.conditions:
            found &= read_over(part, sure, maybe, leaf, everything)
        return found
    if isinstance(condition, AnyOf):
        found = 0
        for part in condition.conditions:
            found |= read_over(part, sure, maybe, leaf, everything)
        return found
    if isinstance(condition, Not):
        return everything ^ read_over(condition.condition, maybe, sure, leaf, everything)
    if isinstance(condition, Unless):
        inner = condition.condition
        known = read_over(inner, sure, maybe, leaf, everything) & read_over(
            inner, maybe, sure, leaf, everything
        )
        return everything ^ known
    return leaf(condition, sure)


def _repeat(bits: int, width: int, times: int) -> int:
    """Return the bits written `times` times beside each other, by doubling."""
    found, filled = bits, 1
    while filled < times:
        take = min(filled, times - filled)
        part = found if take == filled else found & ((1 << (take * width)) - 1)
        found |= part << (filled * width)
        filled += take
    return found
