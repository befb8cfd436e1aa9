"""What a person said about their week, as the match with real offers needs it.

    free_times  any_time               every hour of all seven days
                daytime                Monday to Friday, 8 to 17
                evenings               Monday to Friday, 17 to 22
                weekends               Saturday and Sunday, 8 to 22
                evenings_and_weekends  both of these
                hardly_any             no hour at all
                skip, not sure, ...    not said: no time stands in the way
    ties        travel                 gets there with a ride only
                no_video               no private place, or no internet
                caring                 somebody would have to be minded meanwhile
                work_or_school         nothing more: the free times say when
                court, privacy         nothing a timetable could answer: for the person to ask about
    live_away   yes, with_help         could live there; no: could not

An unticked tie is taken at its word, as the rest of the check does. The language is the page's own.
An answer of a later protocol that this table does not know counts as not said.
"""

from __future__ import annotations

from collections.abc import Mapping

from programs.fit import Span, Week
from screening.engine.answers import Chosen
from screening.engine.spec import UNKNOWN_KEYS

FREE_TIMES, TIES, LIVE_AWAY = "free_times", "ties", "live_away"

WORKDAYS, WEEKEND, ALL_DAYS = range(5), range(5, 7), range(7)


def _spans(days: range, first_hour: int, last_hour: int) -> tuple[Span, ...]:
    return tuple(Span(day, 60 * first_hour, 60 * last_hour) for day in days)


DAYTIME = _spans(WORKDAYS, 8, 17)
EVENINGS = _spans(WORKDAYS, 17, 22)
WEEKENDS = _spans(WEEKEND, 8, 22)

FREE: dict[str, tuple[Span, ...]] = {
    "any_time": _spans(ALL_DAYS, 0, 24),
    "daytime": DAYTIME,
    "evenings": EVENINGS,
    "weekends": WEEKENDS,
    "evenings_and_weekends": EVENINGS + WEEKENDS,
    "hardly_any": (),
}
AWAY = {"yes": True, "with_help": True, "no": False}


def week_of(answers: Mapping[str, Chosen], language: str) -> Week:
    """Return the week these answers describe, for somebody who reads in this language."""
    ties = set(answers.get(TIES, UNKNOWN_KEYS))
    said = not ties.intersection(UNKNOWN_KEYS)
    return Week(
        free=FREE.get(_only(answers, FREE_TIMES)),
        travel=("with_ride" if "travel" in ties else "alone") if said else None,
        video="no_video" not in ties if said else None,
        childcare="caring" in ties if said else None,
        live_away=AWAY.get(_only(answers, LIVE_AWAY)),
        languages=(language,),
    )


def _only(answers: Mapping[str, Chosen], question: str) -> str:
    return next(iter(answers.get(question, ())), "")
