"""A week as a small drawing: seven columns, the hours from top to bottom, a block for each meeting.

Only where things stand; components/week.html draws it. The picture says nothing that is not in words beside it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.utils.dates import WEEKDAYS_ABBR

from programs.fit import Span, joined
from programs.times import clock

LEFT, TOP = 82, 20  # room for the hours, and for the days
COLUMN, HOUR = 38, 8
GAP = 3  # on either side of a block
WIDTH = LEFT + 7 * COLUMN
# What is shown of every day; more where a meeting lies outside.
FIRST_HOUR, LAST_HOUR = 8, 22
MARKED_HOURS = (8, 12, 17, 22)


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a day as a rectangle. `kind`: "free", "meets", or "clash"."""

    x: int
    y: int
    width: int
    height: int
    kind: str


@dataclass(frozen=True, slots=True)
class Label:
    x: int
    y: int
    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    """All that is drawn, in one language; free time lies under the meetings."""

    width: int
    height: int
    left: int
    days: tuple[Label, ...]
    hours: tuple[Label, ...]
    blocks: tuple[Block, ...]


def picture(
    meetings: Iterable[Span], free: Iterable[Span] | None = None, clashes: Collection[Span] = ()
) -> Picture:
    """Return the drawing of weekly meetings; of a person's free time and what lies outside it, where known."""
    meetings = sorted(meetings)
    first = min([FIRST_HOUR, *(meeting.starts // 60 for meeting in meetings)])
    last = max([LAST_HOUR, *(-(-meeting.ends // 60) for meeting in meetings)])
    shown = (first * 60, last * 60)

    def block(day: int, starts: int, ends: int, kind: str) -> Block:
        gap = 0 if kind == "free" else GAP
        y, end = (_height(minute - shown[0]) for minute in (starts, ends))
        return Block(LEFT + day * COLUMN + gap, TOP + y, COLUMN - 2 * gap, end - y, kind)

    under = [
        block(day, max(starts, shown[0]), min(ends, shown[1]), "free")
        for day, parts in sorted(joined(free or ()).items())
        for starts, ends in parts
        if starts < shown[1] and shown[0] < ends
    ]
    over = [block(m.weekday, m.starts, m.ends, "clash" if m in clashes else "meets") for m in meetings]
    return Picture(
        width=WIDTH,
        height=TOP + (last - first) * HOUR + 6,
        left=LEFT,
        days=tuple(
            Label(LEFT + day * COLUMN + COLUMN // 2, TOP - 6, str(WEEKDAYS_ABBR[day])) for day in range(7)
        ),
        hours=tuple(Label(LEFT - 5, TOP + (hour - first) * HOUR, clock(60 * hour)) for hour in MARKED_HOURS),
        blocks=(*under, *over),
    )


def _height(minutes: int) -> int:
    return round(minutes * HOUR / 60)
