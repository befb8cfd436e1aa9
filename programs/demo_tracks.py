"""Made-up offers of a made-up center, for looking at the site with something in it. Never part of a real start."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta

from django.db import transaction

from programs import services
from programs.models import Kind, Page, Track, TrackSession

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)
WEEKDAYS = (MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY)
OFFICE = "120 Maple Street"
HOUSE = "8 Orchard Lane"

Hours = tuple[int, int, int, int]  # from hour, minute; to hour, minute


@dataclass(frozen=True, slots=True)
class Demo:
    """One offer: the key of its program, its names, its days and hours, and what comes with it."""

    program: str
    en: str
    es: str
    days: tuple[int, ...] = ()
    hours: Hours = (9, 0, 12, 0)
    format: str = Track.Format.IN_PERSON
    language: str = Track.Speaks.ENGLISH
    place: str = OFFICE
    co_occurring: bool = False
    childcare: bool = False
    transport: bool = False
    starts_in: int | None = None  # days from today
    places: int | None = None


VIDEO = {"format": Track.Format.VIDEO, "place": ""}
DEMOS = (
    Demo("iop", "Morning IOP", "IOP de mañana", (MONDAY, WEDNESDAY, FRIDAY), starts_in=4, places=3,
         childcare=True, transport=True),
    Demo("iop", "Evening IOP", "IOP de noche", (MONDAY, TUESDAY, THURSDAY), (18, 0, 21, 0), starts_in=6, places=2),
    Demo("iop", "Evening IOP by video", "IOP de noche por video", (TUESDAY, WEDNESDAY, THURSDAY), (17, 30, 20, 30),
         co_occurring=True, starts_in=3, places=5, **VIDEO),  # type: ignore[arg-type]
    Demo("iop", "Weekend IOP", "IOP de fin de semana", (SATURDAY, SUNDAY), (9, 0, 13, 30), starts_in=9, places=0),
    Demo("iop", "Evening IOP in Spanish", "IOP de noche en español", (MONDAY, WEDNESDAY, THURSDAY), (18, 0, 21, 0),
         Track.Format.MIXED, Track.Speaks.SPANISH, starts_in=12, places=6),
    Demo("php", "Day program", "Programa de día", WEEKDAYS, (9, 0, 14, 30), language=Track.Speaks.BOTH, co_occurring=True,
         transport=True, starts_in=2, places=4),
    Demo("dual_diagnosis", "Dual-diagnosis mornings", "Diagnóstico dual, de mañana", WEEKDAYS, (9, 0, 13, 0),
         co_occurring=True, childcare=True, starts_in=5, places=1),
    Demo("dual_diagnosis", "Dual-diagnosis evenings", "Diagnóstico dual, de noche", (MONDAY, TUESDAY, THURSDAY),
         (18, 0, 21, 0), language=Track.Speaks.BOTH, co_occurring=True, starts_in=8),
    Demo("residential", "The house on Orchard Lane", "La casa de Orchard Lane", place=HOUSE, language=Track.Speaks.BOTH,
         co_occurring=True, starts_in=10, places=2),
    Demo("outpatient", "Thursday group and counseling", "Grupo y consejería los jueves", (THURSDAY,), (18, 0, 19, 30),
         language=Track.Speaks.BOTH, transport=True, places=8),
    Demo("outpatient", "Saturday counseling by video", "Consejería los sábados por video", (SATURDAY,), (10, 0, 11, 0),
         language=Track.Speaks.BOTH, co_occurring=True, **VIDEO),  # type: ignore[arg-type]
)  # fmt: skip


@transaction.atomic
def seed(today: date) -> int:
    """Add the made-up offers whose program has a page and that are not there yet; return how many were added."""
    programs = {page.key: page for page in Page.objects.filter(kind=Kind.PROGRAM)}
    there = set(Track.objects.values_list("program__key", "name_en"))
    added = 0
    for demo in DEMOS:
        if demo.program in programs and (demo.program, demo.en) not in there:
            _add(demo, programs[demo.program], today)
            added += 1
    if added:
        services.changed()
    return added


def _add(demo: Demo, program: Page, today: date) -> None:
    track = Track.objects.create(
        program=program,
        name_en=demo.en,
        name_es=demo.es,
        format=demo.format,
        place=demo.place,
        language=demo.language,
        co_occurring=demo.co_occurring,
        childcare=demo.childcare,
        transport=demo.transport,
        next_start=None if demo.starts_in is None else today + timedelta(days=demo.starts_in),
        places_left=demo.places,
        checked=today,
    )
    hour, minute, last_hour, last_minute = demo.hours
    TrackSession.objects.bulk_create(
        TrackSession(track=track, weekday=day, starts=time(hour, minute), ends=time(last_hour, last_minute))
        for day in demo.days
    )
