"""Business hours and the plan of calls: equal to counting minute by minute, over both changes of the clock."""

import random
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from screening.intake.clock import (
    Hours,
    HoursError,
    Meter,
    after_open_minutes,
    is_open,
    next_open,
    open_minutes_between,
    read_hours,
)
from screening.intake.planning import PARTS_OF_DAY, first_due, in_window, next_try, part_of_day

NEW_YORK, HONOLULU = ZoneInfo("America/New_York"), ZoneInfo("Pacific/Honolulu")
OFFICE = read_hours("mon-fri 09:00-17:00; sat 10:00-14:00", "America/New_York", ["2026-12-25"])
MINUTE = timedelta(minutes=1)
# Around both changes of the clock, a day off, and an ordinary week.
STARTS = (
    datetime(2026, 3, 6, tzinfo=UTC),
    datetime(2026, 10, 30, tzinfo=UTC),
    datetime(2026, 12, 23, tzinfo=UTC),
)


def open_by_the_wall(hours: Hours, moment: datetime) -> bool:
    """What a clock on the wall and the sign on the door say."""
    local = moment.astimezone(hours.zone)
    span = hours.spans.get(local.weekday())
    return bool(span) and local.date() not in hours.days_off and span[0] <= local.time() < span[1]  # type: ignore[index]


@pytest.mark.parametrize("start", STARTS)
def test_hours_equal_counting_minute_by_minute(start: datetime) -> None:
    whole = read_hours("mon-sun 00:30-23:30", "America/New_York", [])
    draw = random.Random(start.toordinal())  # noqa: S311  the same draw in every run
    for hours in (OFFICE, whole):
        for _ in range(8):
            moment = start + draw.randrange(4 * 24 * 60) * MINUTE
            wanted = draw.randrange(1, 700)
            left, at = wanted, moment
            while left:
                left -= open_by_the_wall(hours, at)
                at += MINUTE
            assert after_open_minutes(hours, moment, wanted) == at
            assert open_minutes_between(hours, moment, at) == wanted
            assert is_open(hours, moment) == open_by_the_wall(hours, moment)
            opens = next_open(hours, moment)
            assert open_by_the_wall(hours, opens)
            assert opens == moment or not open_by_the_wall(hours, opens - MINUTE)


@pytest.mark.parametrize("start", STARTS)
def test_a_meter_of_many_waits_says_what_counting_one_by_one_says(start: datetime) -> None:
    draw = random.Random(start.toordinal())  # noqa: S311  the same draw in every run
    moments = [start + timedelta(seconds=draw.randrange(14 * 24 * 3600)) for _ in range(120)]
    meter = Meter(OFFICE, min(moments), max(moments))

    for one, two in zip(moments, reversed(moments), strict=True):
        assert meter.minutes(one, two) == open_minutes_between(OFFICE, one, two)


def test_an_hour_asked_for_on_friday_evening_is_due_on_saturday_and_not_on_christmas() -> None:
    friday = datetime(2026, 3, 6, 18, 0, tzinfo=NEW_YORK)
    assert after_open_minutes(OFFICE, friday, 60) == datetime(2026, 3, 7, 11, 0, tzinfo=NEW_YORK)

    before_christmas = datetime(2026, 12, 24, 16, 30, tzinfo=NEW_YORK)
    assert after_open_minutes(OFFICE, before_christmas, 60) == datetime(2026, 12, 26, 10, 30, tzinfo=NEW_YORK)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "always",
        "mon-fri",
        "fri-mon 09:00-17:00",
        "mon 17:00-09:00",
        "mon 25:00-26:00",
        "mon-xyz 09:00-17:00",
    ],
)
def test_hours_that_make_no_sense_say_so(text: str) -> None:
    with pytest.raises(HoursError):
        read_hours(text, "America/New_York", [])


@pytest.mark.parametrize(("zone", "days"), [("Nowhere/Else", []), ("../etc", []), ("UTC", ["25.12.2026"])])
def test_a_zone_or_day_that_is_none_says_so(zone: str, days: list[str]) -> None:
    with pytest.raises(HoursError):
        read_hours("mon 09:00-17:00", zone, days)


def test_a_desk_that_never_opens_is_found_and_does_not_hang() -> None:
    every_day = {date(2026, 1, 1) + timedelta(days=day) for day in range(400)}
    never = Hours(NEW_YORK, {0: (time(9), time(17))}, frozenset(every_day))

    with pytest.raises(HoursError):
        next_open(never, datetime(2026, 1, 1, tzinfo=UTC))
    with pytest.raises(HoursError):
        after_open_minutes(never, datetime(2026, 1, 1, tzinfo=UTC), 5)


def test_the_first_call_comes_within_an_open_hour_or_into_the_first_good_time() -> None:
    asked = datetime(2026, 3, 4, 9, 10, tzinfo=NEW_YORK)

    assert first_due(OFFICE, asked, (), NEW_YORK) == asked + timedelta(hours=1)
    assert first_due(OFFICE, asked, ("morning",), NEW_YORK) == asked + timedelta(hours=1)
    # Good in the afternoon only: an hour into it.
    assert first_due(OFFICE, asked, ("afternoon",), NEW_YORK) == datetime(2026, 3, 4, 13, 0, tzinfo=NEW_YORK)
    # Morning in Hawaii begins at 13:00 in New York.
    assert first_due(OFFICE, asked, ("morning",), HONOLULU) == datetime(2026, 3, 4, 14, 0, tzinfo=NEW_YORK)
    # Only evenings, when the desk is shut: a try in our hours is better than none.
    assert first_due(OFFICE, asked, ("evening",), NEW_YORK) == asked + timedelta(hours=1)


def test_after_a_miss_the_next_try_is_another_day_at_another_time_in_our_hours() -> None:
    draw = random.Random(7)  # noqa: S311  the same draw in every run
    zones = [NEW_YORK, HONOLULU, ZoneInfo("America/Puerto_Rico")]
    for _ in range(300):
        zone = draw.choice(zones)
        windows = tuple(part for part in PARTS_OF_DAY if draw.random() < 0.5)
        last = next_open(OFFICE, STARTS[0] + draw.randrange(10 * 24 * 60) * MINUTE)
        again = next_try(OFFICE, last, windows, zone)

        assert open_by_the_wall(OFFICE, again)
        assert again.astimezone(zone).date() > last.astimezone(zone).date()
        assert 8 <= again.astimezone(zone).hour < 20
        assert again - last < timedelta(days=5)
        if zone is not HONOLULU:  # whose afternoons and evenings our hours never meet
            assert part_of_day(again, zone) != part_of_day(last, zone)


def test_their_own_other_time_comes_first() -> None:
    morning = datetime(2026, 3, 4, 10, 0, tzinfo=NEW_YORK)

    again = next_try(OFFICE, morning, ("morning", "afternoon"), NEW_YORK)

    assert again == datetime(2026, 3, 5, 12, 0, tzinfo=NEW_YORK)
    assert in_window(again, ("afternoon",), NEW_YORK)
    assert not in_window(again, ("morning",), NEW_YORK)
    assert not in_window(again, (), NEW_YORK)
