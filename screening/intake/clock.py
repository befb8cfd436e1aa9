"""Business hours as arithmetic: when is the desk open, and when are so many open minutes over. Pure, no Django.

Local opening hours are turned into moments one day at a time, so a day of 23 or 25 hours comes out right.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LINE = re.compile(r"(?P<first>[a-z]{3})(?:-(?P<last>[a-z]{3}))? (?P<opens>\d\d:\d\d)-(?P<closes>\d\d:\d\d)")
# Closed longer than this, and the hours are a mistake.
FURTHEST = timedelta(days=60)


class HoursError(ValueError):
    """Opening hours that cannot be read; the message says how to write them."""


@dataclass(frozen=True, slots=True)
class Hours:
    """When the desk is open: a span for each weekday (0 is Monday), the zone it is told in, and days off."""

    zone: ZoneInfo
    spans: dict[int, tuple[time, time]]
    days_off: frozenset[date] = field(default_factory=frozenset)


def read_hours(text: str, zone: str, days_off: list[str]) -> Hours:
    """Read `mon-fri 09:00-17:00; sat 10:00-14:00`. Raises HoursError."""
    spans: dict[int, tuple[time, time]] = {}
    for line in filter(None, (part.strip().lower() for part in text.split(";"))):
        match = LINE.fullmatch(line)
        if match is None or not {match["first"], match["last"] or "mon"} <= set(WEEKDAYS):
            raise HoursError("write opening hours like: mon-fri 09:00-17:00; sat 10:00-14:00")
        first = WEEKDAYS.index(match["first"])
        last = WEEKDAYS.index(match["last"]) if match["last"] else first
        try:
            span = (time.fromisoformat(match["opens"]), time.fromisoformat(match["closes"]))
        except ValueError as error:
            raise HoursError("an hour of the day goes from 00:00 to 23:59") from error
        if span[0] >= span[1] or last < first:
            raise HoursError("opening comes before closing, and Monday is the first day")
        spans |= dict.fromkeys(range(first, last + 1), span)
    if not spans:
        raise HoursError("the desk must be open on one day at least")
    try:
        return Hours(ZoneInfo(zone), spans, frozenset(map(date.fromisoformat, days_off)))
    except (ValueError, OSError, KeyError) as error:
        raise HoursError("name a time zone like America/New_York, and days off like 2026-12-25") from error


def spans_from(hours: Hours, moment: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Yield the open spans that end after this moment, as moments in UTC, for FURTHEST ahead."""
    day = moment.astimezone(hours.zone).date() - timedelta(days=1)
    for opens, closes in _spans(hours, day, day + FURTHEST):
        if closes > moment:
            yield opens, closes


def _spans(hours: Hours, day: date, last: date) -> Iterator[tuple[datetime, datetime]]:
    while day <= last:
        span = hours.spans.get(day.weekday())
        if span and day not in hours.days_off:
            opens, closes = (datetime.combine(day, at, tzinfo=hours.zone).astimezone(UTC) for at in span)
            if closes > opens:
                yield opens, closes
        day += timedelta(days=1)


def is_open(hours: Hours, moment: datetime) -> bool:
    """Return whether the desk is open at this moment."""
    return any(opens <= moment for opens, _ in _next_one(hours, moment))


def _next_one(hours: Hours, moment: datetime) -> list[tuple[datetime, datetime]]:
    return list(next(([span] for span in spans_from(hours, moment)), []))


def next_open(hours: Hours, moment: datetime) -> datetime:
    """Return this moment when the desk is open, else when it opens next. Raises HoursError: never."""
    for opens, _ in spans_from(hours, moment):
        return max(opens, moment.astimezone(UTC))
    raise HoursError("the desk does not open within 60 days")


def after_open_minutes(hours: Hours, moment: datetime, minutes: int) -> datetime:
    """Return when so many open minutes have passed since this moment. Raises HoursError: never open."""
    left = timedelta(minutes=minutes)
    for opens, closes in spans_from(hours, moment):
        start = max(opens, moment.astimezone(UTC))
        if start + left <= closes:
            return start + left
        left -= closes - start
    raise HoursError("the desk does not open within 60 days")


def open_minutes_between(hours: Hours, start: datetime, end: datetime) -> int:
    """Return how many whole open minutes lie between two moments; 0 when the end comes first."""
    total = timedelta()
    for opens, closes in spans_from(hours, start):
        if opens >= end:
            break
        total += max(min(closes, end) - max(opens, start), timedelta())
    return int(total.total_seconds() // 60)


class Meter:
    """Open minutes between moments of one stretch of time, for many of them: its spans are laid out once."""

    def __init__(self, hours: Hours, start: datetime, end: datetime) -> None:
        day = timedelta(days=1)
        first, last = (moment.astimezone(hours.zone).date() for moment in (start - day, end + day))
        self._spans = list(_spans(hours, first, last))
        self._opens = [opens for opens, _ in self._spans]
        self._before, total = [timedelta()], timedelta()
        for opens, closes in self._spans:
            total += closes - opens
            self._before.append(total)

    def _until(self, moment: datetime) -> timedelta:
        place = bisect_right(self._opens, moment) - 1
        if place < 0:
            return timedelta()
        opens, closes = self._spans[place]
        return self._before[place] + min(moment, closes) - opens

    def minutes(self, start: datetime, end: datetime) -> int:
        """Return how many whole open minutes lie between two moments of the stretch; 0 when the end comes first."""
        return max(int((self._until(end) - self._until(start)).total_seconds() // 60), 0)
