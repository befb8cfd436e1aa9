"""Which offers fit a person's week: the best first, what stands in the way of the others, and the nearest of those.

Pure Python, no framework: the result page, the desk and the benchmarks ask the same function.

Fit never lowers care. What a result suggests is the floor: an offer of less care is no fit, however well its times
suit. Where nothing fits, one offer a rung below may be given as `fallback`, for a page that says so in words; after
a danger there is none. What a person did not say stands in nobody's way, and is counted as open.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

# From least to most care. An offer of another kind (a sober home, say) is on no rung and fits no suggestion.
LADDER = ("outpatient", "iop", "php", "residential")
LIVE_IN = "residential"
DUAL_DIAGNOSIS = "dual_diagnosis"

# Hours a week that make a day offer one of this rung, most first: what these programs are defined by.
HOURS_OF = ((20, "php"), (9, "iop"), (0, "outpatient"))

Format = Literal["in_person", "video", "mixed"]
Travel = Literal["alone", "with_ride", "not"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of one weekday, in minutes after midnight. Monday is 0."""

    weekday: int
    starts: int
    ends: int


@dataclass(frozen=True, slots=True)
class Week:
    """One person's week. None means: not said.

    free       when the person could come; () is never
    travel     whether they get there on their own, with a ride only, or not at all
    video      whether they have a private place and internet
    childcare  whether somebody they care for would have to be minded meanwhile
    live_away  whether they could live elsewhere for some weeks
    languages  in which they could take part; () is not said
    """

    free: tuple[Span, ...] | None = None
    travel: Travel | None = None
    video: bool | None = None
    childcare: bool | None = None
    live_away: bool | None = None
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Offer:
    """One track as the match needs it. `key` is the caller's own name for it; `level` "" is on no rung."""

    key: int
    level: str
    meetings: tuple[Span, ...]
    format: Format
    languages: tuple[str, ...]
    co_occurring: bool = False
    childcare: bool = False
    transport: bool = False
    next_start: date | None = None
    places_left: int | None = None


@dataclass(frozen=True, slots=True)
class Needed:
    """The care a result suggests.

    levels        rungs of LADDER: one, or the few that the answers leave open
    co_occurring  whether mental health must be treated too
    may_fall_back whether an offer one rung below may be named; never after a danger
    """

    levels: tuple[str, ...]
    co_occurring: bool = False
    may_fall_back: bool = False


class Reason(StrEnum):
    """Why an offer does not fit. The first two are about care: nothing in a week makes up for them."""

    WRONG_LEVEL = "wrong_level"
    NO_MENTAL_HEALTH = "no_mental_health"
    FULL = "full"
    LANGUAGE = "language"
    NOT_FREE = "not_free"
    NO_TRAVEL = "no_travel"
    NO_RIDE = "no_ride"
    NO_PLACE_FOR_VIDEO = "no_place_for_video"
    NO_CHILDCARE = "no_childcare"
    NOT_AWAY = "not_away"


OF_CARE = (Reason.WRONG_LEVEL, Reason.NO_MENTAL_HEALTH)


@dataclass(frozen=True, slots=True)
class Clash:
    """One thing that stands in the way; with `meeting`, of that weekly meeting alone."""

    reason: Reason
    meeting: Span | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """An offer beside a week. It fits when nothing clashes; `open` counts what is not known.

    `step` is how many rungs it lies above (+) or below (-) what is suggested.
    """

    offer: Offer
    step: int
    clashes: tuple[Clash, ...]
    open: int

    @property
    def care_is_right(self) -> bool:
        return not any(clash.reason in OF_CARE for clash in self.clashes)


@dataclass(frozen=True, slots=True)
class Fitting:
    """What fits, best first; all the others, nearest first; and less care, where nothing else is left."""

    fits: tuple[Match, ...]
    others: tuple[Match, ...]
    fallback: Match | None

    @property
    def nearest(self) -> Match | None:
        """The offer of the right care, at the suggested level if there is one, with the fewest clashes."""
        return next((match for match in self.others if match.care_is_right), None)


def level_of(program: str, meetings: Iterable[Span]) -> str:
    """Return the rung of an offer of this program, or "".

    Dual-diagnosis treatment has no rung of its own: its weekly hours say which one it is on.
    """
    if program != DUAL_DIAGNOSIS:
        return program if program in LADDER else ""
    minutes = sum(meeting.ends - meeting.starts for meeting in meetings)
    return next(level for hours, level in HOURS_OF if minutes >= 60 * hours) if minutes else ""


def fit(week: Week, offers: Iterable[Offer], needed: Needed) -> Fitting:
    """Match a week with offers.

    Fits come in this order: the suggested rung before one above; the fewest open questions; the soonest start (a
    date before none); the smallest key. The others: right care first; the suggested rung first; the fewest clashes;
    then the same.
    """
    free = None if week.free is None else joined(week.free)
    matches = [_match(offer, week, free, needed) for offer in offers]
    fits = sorted((match for match in matches if not match.clashes), key=_rank)
    others = sorted((match for match in matches if match.clashes), key=_distance)
    fallback = None
    if not fits and needed.may_fall_back and len(needed.levels) == 1:
        fallback = _fallback(week, others, needed)
    return Fitting(tuple(fits), tuple(others), fallback)


def _rank(match: Match) -> tuple[int, int, date, int]:
    return match.step, match.open, match.offer.next_start or date.max, match.offer.key


def _distance(match: Match) -> tuple[bool, int, int, int, date, int]:
    step, unsaid, start, key = _rank(match)
    return not match.care_is_right, step, len(match.clashes), unsaid, start, key


def _fallback(week: Week, others: Iterable[Match], needed: Needed) -> Match | None:
    """Return the best offer one rung below the only suggested level, if one fits that week."""
    below = LADDER.index(needed.levels[0]) - 1
    if below < 0:
        return None
    lower = fit(
        week,
        (match.offer for match in others if match.offer.level == LADDER[below]),
        Needed((LADDER[below],), needed.co_occurring),
    )
    if not lower.fits:
        return None
    best = lower.fits[0]
    return Match(best.offer, -1, (), best.open)


Hours = dict[int, tuple[tuple[int, int], ...]]


def joined(spans: Iterable[Span]) -> Hours:
    """Return the stretches of each weekday, in order, with those that touch made one."""
    found: dict[int, list[tuple[int, int]]] = {}
    for span in sorted(spans):
        day = found.setdefault(span.weekday, [])
        if day and span.starts <= day[-1][1]:
            day[-1] = (day[-1][0], max(day[-1][1], span.ends))
        else:
            day.append((span.starts, span.ends))
    return {weekday: tuple(day) for weekday, day in found.items()}


def _match(offer: Offer, week: Week, free: Hours | None, needed: Needed) -> Match:
    step = _step(offer.level, needed.levels)
    clashes: list[Clash] = []
    if step is None:
        clashes.append(Clash(Reason.WRONG_LEVEL))
    if needed.co_occurring and not offer.co_occurring:
        clashes.append(Clash(Reason.NO_MENTAL_HEALTH))
    if offer.places_left == 0:
        clashes.append(Clash(Reason.FULL))
    if week.languages and not set(week.languages).intersection(offer.languages):
        clashes.append(Clash(Reason.LANGUAGE))
    living = _live_in if offer.level == LIVE_IN else _by_day
    unsaid = living(offer, week, free, clashes)
    return Match(offer, 0 if step is None else step, tuple(clashes), unsaid)


def _step(level: str, suggested: tuple[str, ...]) -> int | None:
    """Return 0 on a suggested rung, 1 on the one above the highest of them, None anywhere else."""
    if level in suggested:
        return 0
    highest = max((LADDER.index(one) for one in suggested), default=len(LADDER))
    return 1 if LADDER[highest + 1 : highest + 2] == (level,) else None


def _live_in(offer: Offer, week: Week, free: Hours | None, clashes: list[Clash]) -> int:
    """Who lives there comes once and stays: whether they can is all that matters, and who minds their children."""
    if week.live_away is False:
        clashes.append(Clash(Reason.NOT_AWAY))
    if week.childcare and not offer.childcare:
        clashes.append(Clash(Reason.NO_CHILDCARE))
    return (week.live_away is None) + (week.childcare is None)


def _by_day(offer: Offer, week: Week, free: Hours | None, clashes: list[Clash]) -> int:
    unsaid = int(free is None or not offer.meetings)
    if free is not None:
        clashes += [
            Clash(Reason.NOT_FREE, meeting)
            for meeting in offer.meetings
            if not any(a <= meeting.starts and meeting.ends <= b for a, b in free.get(meeting.weekday, ()))
        ]
    # Which days of a mixed offer are by video nobody has written down: it takes what both take.
    if offer.format != "video":
        unsaid += (week.travel is None) + (week.childcare is None)
        if week.travel == "not":
            clashes.append(Clash(Reason.NO_TRAVEL))
        elif week.travel == "with_ride" and not offer.transport:
            clashes.append(Clash(Reason.NO_RIDE))
        if week.childcare and not offer.childcare:
            clashes.append(Clash(Reason.NO_CHILDCARE))
    if offer.format != "in_person":
        unsaid += week.video is None
        if week.video is False:
            clashes.append(Clash(Reason.NO_PLACE_FOR_VIDEO))
    return unsaid
