"""When to call: the first time and, after a miss, at another time of day. Pure; three tries over three days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from screening.intake.clock import Hours, after_open_minutes, next_open, spans_from

# Local hours of the person. They are what the form says (choices.Window).
PARTS_OF_DAY = {
    "morning": (time(8), time(12)),
    "afternoon": (time(12), time(17)),
    "evening": (time(17), time(20)),
}
FIRST_CALL_MINUTES = 60
MOST_TRIES = 3
# Another time of day is worth this many days, no more.
SOON = 3
DAYS_AHEAD = 14
# Less than this is not worth waiting for.
SHORTEST = timedelta(minutes=30)

Span = tuple[datetime, datetime]


def part_of_day(moment: datetime, zone: ZoneInfo) -> str:
    """Return the part of the person's day this moment falls into; before 8 is morning, after 8 evening."""
    at = moment.astimezone(zone).time()
    return next((part for part, (_, ends) in PARTS_OF_DAY.items() if at < ends), "evening")


def first_due(hours: Hours, asked: datetime, windows: Iterable[str], zone: ZoneInfo) -> datetime:
    """Return when the first call is due: after an hour in which we are open and the time is good for the person."""
    # When none of their times falls into ours, any waking hour of theirs; then any hour of ours.
    for parts in (tuple(windows), tuple(PARTS_OF_DAY)):
        left = timedelta(minutes=FIRST_CALL_MINUTES)
        for starts, ends in _good_times(hours, asked, parts, zone):
            if starts + left <= ends:
                return starts + left
            left -= ends - starts
    return after_open_minutes(hours, asked, FIRST_CALL_MINUTES)


def next_try(hours: Hours, last: datetime, windows: Iterable[str], zone: ZoneInfo) -> datetime:
    """Return when to try again: another day, and at another time of that day where the hours allow it."""
    windows, every = tuple(windows), tuple(PARTS_OF_DAY)
    used = part_of_day(last, zone)
    tomorrow = datetime.combine(
        last.astimezone(zone).date() + timedelta(days=1), time(), tzinfo=zone
    ).astimezone(UTC)
    theirs = tuple(part for part in windows if part != used)
    other = tuple(part for part in every if part != used)
    # Their own other times first; then any other time of day; then the same again; then any waking hour.
    for parts, days in ((theirs, SOON), (other, SOON), (windows, DAYS_AHEAD), (every, DAYS_AHEAD)):
        for starts, ends in _good_times(hours, tomorrow, parts, zone):
            if ends - starts >= SHORTEST:
                if starts - tomorrow < timedelta(days=days):
                    return starts
                break
    return next_open(hours, tomorrow)


def in_window(moment: datetime, windows: Iterable[str], zone: ZoneInfo) -> bool:
    """Return whether it is a good time for the person right now."""
    at = moment.astimezone(zone).time()
    return any(PARTS_OF_DAY[part][0] <= at < PARTS_OF_DAY[part][1] for part in windows)


def _good_times(hours: Hours, moment: datetime, parts: tuple[str, ...], zone: ZoneInfo) -> Iterator[Span]:
    """Yield the spans, in order, that are open for us and good for the person, from this moment on."""
    found: list[Span] = []
    limit = moment + timedelta(days=DAYS_AHEAD)
    for opens, closes in spans_from(hours, moment):
        if opens > limit:
            break
        first, last = opens.astimezone(zone).date(), closes.astimezone(zone).date()
        for day in dict.fromkeys((first, last)):
            found += [_both((opens, closes), _part(day, part, zone), moment) for part in parts]
    yield from sorted(span for span in set(found) if span[0] < span[1])


def _part(day: date, part: str, zone: ZoneInfo) -> Span:
    starts, ends = PARTS_OF_DAY[part]
    return (
        datetime.combine(day, starts, tzinfo=zone).astimezone(UTC),
        datetime.combine(day, ends, tzinfo=zone).astimezone(UTC),
    )


def _both(ours: Span, theirs: Span, moment: datetime) -> Span:
    return max(ours[0], theirs[0], moment.astimezone(UTC)), min(ours[1], theirs[1])
