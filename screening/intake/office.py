"""The desk's own settings as pages and services use them: its hours, in words too, and moments told to a person."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import lru_cache
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from programs.times import weekday
from screening.intake.choices import Zone
from screening.intake.clock import Hours, read_hours


def hours() -> Hours:
    """Return when the desk is open. Raises HoursError for settings that cannot be read."""
    return _read(settings.DESK_HOURS, settings.DESK_TIME_ZONE, tuple(settings.DESK_DAYS_OFF))


@lru_cache(maxsize=8)
def _read(text: str, zone: str, days_off: tuple[str, ...]) -> Hours:
    return read_hours(text, zone, list(days_off))


def desk_zone() -> ZoneInfo:
    return hours().zone


def hours_in_words() -> list[str]:
    """Return when we call, a line for each run of days with the same hours."""
    lines = []
    spans = sorted(hours().spans.items())
    for (opens, closes), group in groupby(spans, key=lambda item: item[1]):
        days = [day for day, _span in group]
        values: dict[str, Any] = {
            "first": weekday(days[0]),
            "last": weekday(days[-1]),
            "opens": clock_time(opens),
            "closes": clock_time(closes),
        }
        if len(days) > 1:
            lines.append(_("%(first)s to %(last)s, %(opens)s to %(closes)s") % values)
        else:
            lines.append(_("%(first)s, %(opens)s to %(closes)s") % values)
    return lines


def zone_in_words() -> str:
    """Return the zone our hours are told in, by the name people know where there is one."""
    name = settings.DESK_TIME_ZONE
    return str(Zone(name).label) if name in Zone.values else name.replace("_", " ").split("/")[-1]


def clock_time(value: time | datetime) -> str:
    return date_format(value, "TIME_FORMAT") if isinstance(value, datetime) else _plain_time(value)


def _plain_time(value: time) -> str:
    return date_format(datetime.combine(date(2000, 1, 1), value), "TIME_FORMAT")


def moment_in_words(moment: datetime, zone: ZoneInfo) -> str:
    """Return a moment as people say it, in their own zone: the day, the date, the hour."""
    local = moment.astimezone(zone)
    return _("%(weekday)s, %(date)s, %(time)s") % {
        "weekday": weekday(local.weekday()),
        "date": date_format(local.date(), "MONTH_DAY_FORMAT"),
        "time": _plain_time(local.time()),
    }
