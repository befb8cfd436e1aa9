"""The offers of this center: read from the tables once, as the match needs them and as a page says them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from programs.fit import LIVE_IN, Offer, Span, level_of
from programs.models import Page, Track
from programs.times import time_lines
from programs.week_picture import Picture, picture


@dataclass(frozen=True, slots=True)
class TrackRow:
    """One offer in words, in one language: when it meets, what else there is to know, and its week as a drawing.

    `picture` is None where people live at the program, or where no times are known.
    """

    name: str
    times: tuple[str, ...]
    details: tuple[str, ...]
    next_start: date | None
    places_left: int | None
    picture: Picture | None


def offered() -> list[Track]:
    """Return every offer that people may ask for. Two queries, or one where there are none."""
    public = Track.objects.filter(active=True, program__archived=False)
    return list(_with_meetings(public.exclude(program__ends_at__lte=timezone.now())))


def track_rows(program_page: Page | int, language: str) -> tuple[TrackRow, ...]:
    """Return the open offers of a program page (or of its number), in a language. Two queries, or one for none."""
    tracks = _with_meetings(Track.objects.filter(active=True, program=program_page))
    with override(language):
        return tuple(row(track, language) for track in tracks)


def _with_meetings(tracks: QuerySet[Track]) -> QuerySet[Track]:
    return tracks.select_related("program").prefetch_related("sessions").order_by("program__order", "pk")


def as_offer(track: Track, today: date) -> Offer:
    """Return an offer as the match needs it. A start that has passed says nothing about the next one."""
    meetings = meetings_of(track)
    return Offer(
        key=track.pk,
        level=level_of(track.program.key, meetings),
        meetings=meetings,
        format=track.format,  # type: ignore[arg-type]  # the same three words
        languages=("en", "es") if track.language == Track.Speaks.BOTH else (track.language,),
        co_occurring=track.co_occurring,
        childcare=track.childcare,
        transport=track.transport,
        next_start=track.next_start if track.next_start and track.next_start >= today else None,
        places_left=track.places_left,
    )


def meetings_of(track: Track) -> tuple[Span, ...]:
    return tuple(
        sorted(Span(one.weekday, _minutes(one.starts), _minutes(one.ends)) for one in track.sessions.all())
    )


def _minutes(at: time) -> int:
    return 60 * at.hour + at.minute


def row(
    track: Track, language: str, *, free: tuple[Span, ...] | None = None, clashes: tuple[Span, ...] = ()
) -> TrackRow:
    """Return an offer in the words of the active language; with a person's week in the drawing, where given."""
    offer = as_offer(track, timezone.localdate())
    lives_in = offer.level == LIVE_IN
    return TrackRow(
        name=getattr(track, f"name_{language}"),
        times=(_("Day and night: people live there"),) if lives_in else time_lines(offer.meetings),
        details=tuple(_details(track, offer)),
        next_start=offer.next_start,
        places_left=track.places_left,
        picture=picture(offer.meetings, free, clashes) if offer.meetings and not lives_in else None,
    )


def _details(track: Track, offer: Offer) -> list[str]:
    where = str(track.get_format_display())
    said = [f"{where}, {track.place}" if track.place else where]
    said.append(_("Language: %(language)s") % {"language": track.get_language_display()})
    said += [_("Mental health is treated too")] * track.co_occurring
    said += [_("Child care")] * track.childcare
    said += [_("Rides")] * track.transport
    if offer.next_start:
        day = date_format(offer.next_start, "MONTH_DAY_FORMAT")
        said.append(_("Next start: %(day)s") % {"day": day})
    if track.places_left is not None:
        said.append(_places(track.places_left))
    return said


def _places(left: int) -> str:
    if not left:
        return _("No place is free now")
    return ngettext("%(count)d place left", "%(count)d places left", left) % {"count": left}
