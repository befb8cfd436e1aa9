"""A center with something on offer, for tests: program pages, and the made-up offers or a few of one's own."""

from datetime import date, time
from typing import Any

from programs.demo_tracks import seed
from programs.models import Kind, Page, Track, TrackSession

PROGRAMS = ("outpatient", "iop", "php", "dual_diagnosis", "residential", "recovery_housing")
TODAY = date(2026, 3, 2)


def programs() -> dict[str, Page]:
    """The page of each program; made where it is not there yet."""
    return {
        key: Page.objects.get_or_create(kind=Kind.PROGRAM, key=key, defaults={"order": order})[0]
        for order, key in enumerate(PROGRAMS)
    }


def demo_center(today: date = TODAY) -> None:
    programs()
    seed(today)


def offer(
    program: str,
    days: tuple[int, ...] = (),
    hours: tuple[int, int] = (18, 21),
    **more: Any,
) -> Track:
    """One offer with these weekly meetings, whole hours."""
    row = {"name_en": f"Track {program}", "name_es": f"Grupo {program}", "format": "in_person", **more}
    track = Track.objects.create(program=programs()[program], **row)
    TrackSession.objects.bulk_create(
        TrackSession(track=track, weekday=day, starts=time(hours[0]), ends=time(hours[1])) for day in days
    )
    return track
