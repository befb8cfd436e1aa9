"""The desk in numbers: how soon people are called, and what comes of it. Reads no contact data.

Requests are deleted by policy, so this is about those that are still kept. Waits are told in business hours, as the queue
counts them, with the time on the wall beside: who asks on Friday night waits through a weekend that nobody works.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.db.models import Count, Min, Q
from django.utils import timezone

from screening.counters.charts import bars
from screening.counters.figures import Window
from screening.counters.suppression import SMALLEST_SHOWN
from screening.counters.tables import Plan, Table, measures, percent, share, table
from screening.counters.tiles import Tile, only
from screening.intake import office
from screening.intake.clock import Meter
from screening.intake.models import CallRequest

# Ends of a call, by what they mean: an appointment can only be offered to somebody who was reached.
KEPT = ("kept",)
OFFERED = ("offered", "booked", "missed", *KEPT)
REACHED = ("reached", "emergency", *OFFERED)
# The page must stay quick whatever is kept.
MOST_WAITS = 20_000
# Minutes of business hours: nine in ten are called within this.
WORST_WAIT = 4 * 60
LEAST_REACHED = 0.5
# Rounded up to this, so that no minute of anybody's own is told.
ROUGHLY = 5


@dataclass(frozen=True, slots=True)
class DeskFigures:
    """Requests of a window: how many, how many tried, reached, offered, kept; and the waits for a first try.

    Waits are minutes, the shortest first: of business hours, and on the wall.
    """

    requests: int
    tried: int
    reached: int
    offered: int
    kept: int
    open_waits: Sequence[int]
    wall_waits: Sequence[int]

    def wait(self, waits: Sequence[int], fraction: float) -> int | None:
        """Return how many minutes this share of people waited at most, or None when they are too few."""
        if len(waits) < SMALLEST_SHOWN:
            return None
        exactly = waits[min(int(len(waits) * fraction), len(waits) - 1)]
        return -(-exactly // ROUGHLY) * ROUGHLY


def desk_figures(of: Window) -> DeskFigures:
    """Return the figures of the desk. Two queries."""
    requests = CallRequest.objects.filter(
        created_at__gte=_midnight(of.start), created_at__lt=_midnight(of.end)
    )
    numbers = requests.aggregate(
        requests=Count("pk", distinct=True),
        tried=_with(Q(attempts__isnull=False)),
        reached=_with(Q(attempts__outcome__in=REACHED)),
        offered=_with(Q(attempts__outcome__in=OFFERED)),
        kept=_with(Q(attempts__outcome__in=KEPT)),
    )
    tried = requests.annotate(first=Min("attempts__at")).filter(first__isnull=False).order_by("-pk")
    spans = list(tried.values_list("created_at", "first")[:MOST_WAITS])
    return DeskFigures(**numbers, open_waits=_open(spans), wall_waits=_wall(spans))


def _open(spans: list[tuple[datetime, datetime]]) -> list[int]:
    if not spans:
        return []
    meter = Meter(office.hours(), min(asked for asked, _ in spans), max(first for _, first in spans))
    return sorted(meter.minutes(asked, first) for asked, first in spans)


def _wall(spans: list[tuple[datetime, datetime]]) -> list[int]:
    return sorted(max(int((first - asked).total_seconds() // 60), 0) for asked, first in spans)


def _with(condition: Q) -> Count:
    return Count("pk", filter=condition, distinct=True)


def _midnight(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def desk(found: DeskFigures) -> Tile:
    """The tile of the desk."""
    title = "The desk"
    todo = (
        "People called the next day come; people called a week later mostly do not. Late first tries: who is on duty, "
        "and do they get the mail that a request waits? Not reached: try at another time of day, as the person asked. "
        "Offered but not kept: ask what kept them, and offer the nearest date, not the best one."
    )
    waits = _waits(found)
    middle, nearly_all = (waits.cell(key, "business") for key in ("half", "nine_in_ten"))
    on_wall = [waits.cell(key, "wall") for key in ("half", "nine_in_ten")]
    lines = [
        (key, label, [number, max(found.requests - number, 0)])
        for key, label, number in (
            ("tried", "Somebody tried to call", found.tried),
            ("reached", "Reached", found.reached),
            ("offered", "Appointment offered", found.offered),
            ("kept", "Appointment kept", found.kept),
        )
    ]
    columns = (("did", "Yes"), ("not", "No"))
    one = table(Plan("desk", "Requests for a call", "What came of it", columns, "Requests"), lines)
    reached = share(one.cell("reached", "did"), one.total("reached"))
    late = None if nearly_all is None else nearly_all > WORST_WAIT
    few = None if reached is None else reached < LEAST_REACHED
    return Tile(
        "desk",
        title,
        f"First try after {_hours(middle)} of business hours for half, after {_hours(nearly_all)} for nine in ten; nights, "
        f"weekends and days off counted, after {_hours(on_wall[0])} and {_hours(on_wall[1])}. Reached: {percent(reached)}.",
        todo,
        None if late is None and few is None else bool(late or few),
        [bars(only(one, 0))],
        [one, waits],
    )


def _waits(found: DeskFigures) -> Table:
    """Minutes, of as many people as may be shown: the same in the words, in the table and in the file."""
    columns = (("business", "Minutes of business hours"), ("wall", "Minutes, nights and days off counted"))
    plan = Plan("desk_waits", "From the request to the first try", "Called by then", columns)
    shares = (("half", "Half of the people", 0.5), ("nine_in_ten", "Nine in ten", 0.9))
    return measures(
        plan,
        [
            (key, label, [found.wait(waits, share_of) for waits in (found.open_waits, found.wall_waits)])
            for key, label, share_of in shares
        ],
    )


def _hours(minutes: int | None) -> str:
    if minutes is None:
        return "a time not known"
    return f"{minutes} min" if minutes < 120 else f"{minutes / 60:.0f} h"
