"""What this center offers of a kind of care, in words: when, where, in which language, what comes with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from itertools import groupby

from django.utils.formats import time_format
from django.utils.translation import gettext as _

from programs.models import Track, TrackSession


@dataclass(frozen=True, slots=True)
class TrackShown:
    """One offer: its name, its weekly times as lines, and the rest as short facts."""

    name: str
    times: tuple[str, ...]
    details: tuple[str, ...]
    next_start: date | None
    places_left: int | None


def tracks_of(program: int, language: str) -> tuple[TrackShown, ...]:
    """Return the open offers of a program. Two queries, or one where there are none."""
    rows = Track.objects.filter(program_id=program, active=True).prefetch_related("sessions")
    return tuple(_shown(track, language) for track in rows)


def _shown(track: Track, language: str) -> TrackShown:
    return TrackShown(
        name=getattr(track, f"name_{language}"),
        times=tuple(_times(list(track.sessions.all()))),
        details=tuple(_details(track)),
        next_start=track.next_start,
        places_left=track.places_left,
    )


def _times(sessions: list[TrackSession]) -> list[str]:
    """Return "Monday, Wednesday: 6 p.m. to 9 p.m.", one line for each time of day."""

    def hours(session: TrackSession) -> tuple[time, time]:
        return session.starts, session.ends

    lines = []
    for (starts, ends), same in groupby(sorted(sessions, key=hours), key=hours):
        days = ", ".join(str(one.get_weekday_display()) for one in sorted(same, key=lambda s: s.weekday))
        lines.append(
            _("%(days)s: %(starts)s to %(ends)s")
            % {"days": days, "starts": time_format(starts), "ends": time_format(ends)}
        )
    return lines


def _details(track: Track) -> list[str]:
    said = [str(track.get_format_display())]
    if track.place:
        said.append(track.place)
    said.append(_("Language: %(language)s") % {"language": track.get_language_display()})
    if track.co_occurring:
        said.append(_("Mental health is treated too"))
    if track.childcare:
        said.append(_("Child care"))
    if track.transport:
        said.append(_("Rides"))
    return said
