"""The desk in numbers: how soon people are called, and what comes of it. Reads no contact data.

Requests are deleted by policy, so this is about those that are still kept. Where the desk is not part of the site,
there is nothing to say.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.apps import apps
from django.db.models import Count, DurationField, ExpressionWrapper, F, Min, Q
from django.utils import timezone

from screening.counters.charts import bars
from screening.counters.figures import Window
from screening.counters.suppression import SMALLEST_SHOWN
from screening.counters.tables import Plan, percent, share, table
from screening.counters.tiles import Tile, only

# Ends of a call, by what they mean: an appointment can only be offered to somebody who was reached.
KEPT = ("kept",)
OFFERED = ("offered", "booked", "missed", *KEPT)
REACHED = ("reached", "emergency", *OFFERED)
REQUEST: str = "intake.CallRequest"
# The page must stay quick whatever is kept.
MOST_WAITS = 20_000
WORST_WAIT = timedelta(hours=24)
LEAST_REACHED = 0.5


@dataclass(frozen=True, slots=True)
class DeskFigures:
    """Requests of a window: how many, how many tried, reached, offered, kept; and the waits for a first try."""

    requests: int
    tried: int
    reached: int
    offered: int
    kept: int
    waits: list[timedelta]

    def wait(self, fraction: float) -> timedelta | None:
        """Return how long this share of people waited at most, or None when they are too few."""
        if len(self.waits) < SMALLEST_SHOWN:
            return None
        return self.waits[min(int(len(self.waits) * fraction), len(self.waits) - 1)]


def desk_figures(of: Window) -> DeskFigures | None:
    """Return the figures of the desk, or None where the site has no desk. Two queries."""
    if not apps.is_installed("screening.intake"):
        return None
    requests = apps.get_model(REQUEST)._default_manager.filter(
        created_at__gte=_midnight(of.start), created_at__lt=_midnight(of.end)
    )
    numbers = requests.aggregate(
        requests=Count("pk", distinct=True),
        tried=_with(Q(attempts__isnull=False)),
        reached=_with(Q(attempts__outcome__in=REACHED)),
        offered=_with(Q(attempts__outcome__in=OFFERED)),
        kept=_with(Q(attempts__outcome__in=KEPT)),
    )
    waited = ExpressionWrapper(Min("attempts__at") - F("created_at"), output_field=DurationField())
    waits = requests.annotate(waited=waited).filter(waited__isnull=False).order_by("-pk")
    newest = waits.values_list("waited", flat=True)[:MOST_WAITS]
    return DeskFigures(**numbers, waits=sorted(newest))


def _with(condition: Q) -> Count:
    return Count("pk", filter=condition, distinct=True)


def _midnight(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def desk(found: DeskFigures | None) -> Tile:
    """The tile of the desk."""
    title = "The desk"
    todo = (
        "People called the next day come; people called a week later mostly do not. Late first tries: who is on duty, "
        "and do they get the mail that a request waits? Not reached: try at another time of day, as the person asked. "
        "Offered but not kept: ask what kept them, and offer the nearest date, not the best one."
    )
    if found is None:
        return Tile("desk", title, "There is no desk on this site yet.", todo)
    middle, nearly_all = found.wait(0.5), found.wait(0.9)
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
        f"First try after {_hours(middle)} for half, after {_hours(nearly_all)} for nine in ten, nights and weekends "
        f"counted. Reached: {percent(reached)}.",
        todo,
        None if late is None and few is None else bool(late or few),
        [bars(only(one, 0))],
        [one],
    )


def _hours(wait: timedelta | None) -> str:
    if wait is None:
        return "a time not known"
    minutes = round(wait.total_seconds() / 60)
    return f"{minutes} min" if minutes < 120 else f"{minutes / 60:.0f} h"
