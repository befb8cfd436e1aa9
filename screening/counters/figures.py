"""Numbers out of the counters, a few queries for a whole page. What is returned here is not yet fit to be shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Sum

from screening.counters.models import Count, today

WEEKS = 13
LANGUAGES = (("en", "English"), ("es", "Spanish"))
VOICES = (("self", "For themselves"), ("family", "For someone else"))


@dataclass(frozen=True, slots=True)
class Window:
    """The last whole weeks, from a Monday to the Monday after. It cannot be chosen: two windows a day apart would
    tell what happened on one day."""

    start: date
    end: date

    @property
    def weeks(self) -> list[date]:
        return [self.start + timedelta(weeks=number) for number in range((self.end - self.start).days // 7)]

    def __str__(self) -> str:
        return f"{self.start:%B} {self.start.day} to {self.end - timedelta(days=1):%B} {(self.end - timedelta(days=1)).day}"


def window() -> Window:
    now = today()
    end = now - timedelta(days=now.weekday())
    return Window(end - timedelta(weeks=WEEKS), end)


class Sums:
    """Sums of some events over a window, to be added up by whatever is of interest."""

    def __init__(self, rows: Iterable[tuple[dict[str, str], int]]) -> None:
        self._rows: dict[tuple[str, str], list[tuple[dict[str, str], int]]] = {}
        for row, number in rows:
            self._rows.setdefault((row["event"], row["subject"]), []).append((row, number))

    def of(self, event: str, subject: str = "", **wanted: str) -> int:
        """Return the sum of an event with this subject, and with these of its other splits."""
        rows = self._rows.get((event, subject), [])
        return sum(n for row, n in rows if all(row[name] == value for name, value in wanted.items()))


SPLITS = ("event", "subject", "version", "language", "voice")


def sums(events: Iterable[str], of: Window) -> Sums:
    """Return the sums of these events over the window. One query."""
    found = (
        Count.objects.filter(event__in=list(events), day__gte=of.start, day__lt=of.end)
        .order_by()
        .values_list(*SPLITS)
        .annotate(Sum("count"))
    )
    return Sums((dict(zip(SPLITS, row[:-1], strict=True)), row[-1]) for row in found)


def weekly(events: Iterable[str], of: Window) -> dict[tuple[str, str, str, date], int]:
    """Return sums by event, subject, version and the Monday of the week. One query."""
    found: Counter[tuple[str, str, str, date]] = Counter()
    rows = (
        Count.objects.filter(event__in=list(events), day__gte=of.start, day__lt=of.end)
        .order_by()
        .values_list("event", "subject", "version", "day")
        .annotate(Sum("count"))
    )
    for event, subject, version, day, number in rows:
        found[event, subject, version, day - timedelta(days=day.weekday())] += number
    return dict(found)
