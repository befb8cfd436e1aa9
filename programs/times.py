"""Days and hours in words, as people in this country say them: "Monday and Thursday: 6 p.m. to 9 p.m.".

Django's own formats are not used: in Spanish they count to 24, and here a clinic's door does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from programs.fit import Span

NOON = 12
NO_BREAK = "\N{NO-BREAK SPACE}"


def clock(minutes: int) -> str:
    """Return a time of day, 0 to 24 hours after midnight: "6 p.m.", "5:30 p.m.", "noon"."""
    hour, minute = divmod(minutes, 60)
    if minute == 0 and hour in (NOON, 0, 24):
        return _("noon") if hour == NOON else _("midnight")
    shown = f"{(hour - 1) % 12 + 1}:{minute:02}" if minute else str((hour - 1) % 12 + 1)
    said = _("%(time)s a.m.") if hour % 24 < NOON else _("%(time)s p.m.")
    return (said % {"time": shown}).replace(" ", NO_BREAK)


def listed(words: Sequence[str]) -> str:
    """Return "one, two and three"."""
    if len(words) < 2:
        return "".join(words)
    return ", ".join(words[:-1]) + _(" and ") + words[-1]


def weekday(day: int) -> str:
    """Return the name of a day as it stands inside a sentence: in Spanish with a small letter."""
    name = str(WEEKDAYS[day])
    return name if (get_language() or "en").startswith("en") else name.lower()


def time_lines(meetings: Iterable[Span]) -> tuple[str, ...]:
    """Return one line for each time of day, with its days; the earliest day first."""
    days: dict[tuple[int, int], list[int]] = {}
    for meeting in sorted(meetings):
        days.setdefault((meeting.starts, meeting.ends), []).append(meeting.weekday)
    return tuple(
        capfirst(
            _("%(days)s: %(starts)s to %(ends)s")
            % {
                "days": listed([weekday(day) for day in on]),
                "starts": clock(starts),
                "ends": clock(ends),
            }
        )
        for (starts, ends), on in days.items()
    )
