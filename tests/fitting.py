"""Weeks and offers nobody wrote, and the match done again in the dullest way there is: minute by minute, pair by pair.

Shared by the tests and by `python -m benchmarks fit`. Nothing here calls the code it checks, except its rows.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from programs.fit import Clash, Fitting, Needed, Offer, Reason, Span, Week

RUNGS = ["outpatient", "iop", "php", "residential"]
# Times on a grid of minutes keep the dull way bearable; the tests with Hypothesis use any minute.
GRID = 15
TODAY = date(2026, 3, 2)

Facts = tuple[bool, int, tuple[Clash, ...], int]  # right care, step, clashes, open


# --- the dull way --------------------------------------------------------------------------------------------------


def minutes_free(week: Week, grid: int = 1) -> set[tuple[int, int]]:
    return {(s.weekday, minute) for s in week.free or () for minute in range(s.starts, s.ends, grid)}


def facts(week: Week, offer: Offer, needed: Needed, grid: int = 1) -> Facts:
    """What is to be said of one offer, worked out from the definitions."""
    highest = max(RUNGS.index(level) for level in needed.levels)
    place = RUNGS.index(offer.level) if offer.level in RUNGS else -9
    right = offer.level in needed.levels or place == highest + 1
    step = 1 if right and place > highest else 0
    wrong: list[Clash] = []

    def say(reason: Reason, when: bool) -> None:
        if when:
            wrong.append(Clash(reason))

    say(Reason.WRONG_LEVEL, not right)
    say(Reason.NO_MENTAL_HEALTH, needed.co_occurring and not offer.co_occurring)
    say(Reason.FULL, offer.places_left == 0)
    say(Reason.LANGUAGE, bool(week.languages) and not any(one in offer.languages for one in week.languages))
    if offer.level == "residential":
        say(Reason.NOT_AWAY, week.live_away is False)
        say(Reason.NO_CHILDCARE, week.childcare is True and not offer.childcare)
        unsaid = [week.live_away, week.childcare].count(None)
    else:
        free = minutes_free(week, grid)
        for meeting in offer.meetings:
            needs = [(meeting.weekday, minute) for minute in range(meeting.starts, meeting.ends, grid)]
            if week.free is not None and not all(minute in free for minute in needs):
                wrong.append(Clash(Reason.NOT_FREE, meeting))
        goes, calls = offer.format in ("in_person", "mixed"), offer.format in ("video", "mixed")
        say(Reason.NO_TRAVEL, goes and week.travel == "not")
        say(Reason.NO_RIDE, goes and week.travel == "with_ride" and not offer.transport)
        say(Reason.NO_CHILDCARE, goes and week.childcare is True and not offer.childcare)
        say(Reason.NO_PLACE_FOR_VIDEO, calls and week.video is False)
        asked = [week.travel, week.childcare] * goes + [week.video] * calls
        unsaid = [None if not offer.meetings else week.free, *asked].count(None)
    care = not any(clash.reason in (Reason.WRONG_LEVEL, Reason.NO_MENTAL_HEALTH) for clash in wrong)
    return care, step, tuple(wrong), unsaid


def _sooner(one: Offer, other: Offer) -> bool:
    """Whether one starts before the other; a date before none; then the smaller key."""
    if one.next_start != other.next_start:
        if one.next_start is None or other.next_start is None:
            return other.next_start is None
        return one.next_start < other.next_start
    return one.key < other.key


def _fits_better(one: tuple[Offer, Facts], other: tuple[Offer, Facts]) -> bool:
    (a, (_, step, _, unsaid)), (b, (_, other_step, _, other_unsaid)) = one, other
    if step != other_step:
        return step < other_step
    if unsaid != other_unsaid:
        return unsaid < other_unsaid
    return _sooner(a, b)


def _is_nearer(one: tuple[Offer, Facts], other: tuple[Offer, Facts]) -> bool:
    (_, (care, step, clashes, _)), (_, (other_care, other_step, other_clashes, _)) = one, other
    if care != other_care:
        return care
    if step != other_step:
        return step < other_step
    if len(clashes) != len(other_clashes):
        return len(clashes) < len(other_clashes)
    return _fits_better(one, other)


def dull_fit(week: Week, offers: Sequence[Offer], needed: Needed, grid: int = 1) -> dict[str, object]:
    """Keys of what fits in order, of the others in order with their clashes, and of the fallback."""
    every = [(offer, facts(week, offer, needed, grid)) for offer in offers]

    def in_order(rows: list[tuple[Offer, Facts]], better: object) -> list[tuple[Offer, Facts]]:
        # How many are better says which place it takes.
        places = {sum(better(other, row) for other in rows): row for row in rows}  # type: ignore[operator]
        return [places[place] for place in range(len(rows))]

    fits = in_order([row for row in every if not row[1][2]], _fits_better)
    others = in_order([row for row in every if row[1][2]], _is_nearer)
    fallback: int | None = None
    rung = RUNGS.index(needed.levels[0]) - 1
    if not fits and needed.may_fall_back and len(needed.levels) == 1 and rung >= 0:
        lower = Needed((RUNGS[rung],), needed.co_occurring)
        below = [(offer, facts(week, offer, lower, grid)) for offer in offers if offer.level == RUNGS[rung]]
        suit = in_order([row for row in below if not row[1][2]], _fits_better)
        fallback = suit[0][0].key if suit else None
    near = [offer.key for offer, (care, *_) in others if care]
    return {
        "fits": [(offer.key, step, unsaid) for offer, (_, step, _, unsaid) in fits],
        "others": [(offer.key, set(clashes), len(clashes)) for offer, (_, _, clashes, _) in others],
        "nearest": near[0] if near else None,
        "fallback": fallback,
    }


def as_told(found: Fitting) -> dict[str, object]:
    """What `fit` returned, in the shape of the dull way."""
    return {
        "fits": [(match.offer.key, match.step, match.open) for match in found.fits],
        "others": [(match.offer.key, set(match.clashes), len(match.clashes)) for match in found.others],
        "nearest": found.nearest.offer.key if found.nearest else None,
        "fallback": found.fallback.offer.key if found.fallback else None,
    }


# --- by chance -----------------------------------------------------------------------------------------------------


def a_week(chance: Random) -> Week:
    free: tuple[Span, ...] | None = None
    if chance.random() < 0.85:
        # Often whole stretches of many days, as people answer; sometimes scraps that touch and overlap.
        blocks = chance.sample(
            [(8, 17), (17, 22), (9, 12), (12, 17), (0, 24), (16, 21)], chance.randint(0, 3)
        )
        spans = [Span(day, 60 * a, 60 * b) for a, b in blocks for day in range(7) if chance.random() < 0.85]
        free = tuple(spans + [a_span(chance) for _ in range(chance.randint(0, 3))])
    return Week(
        free=free,
        travel=chance.choice((None, "alone", "alone", "with_ride", "not")),
        video=chance.choice((None, True, True, False)),
        childcare=chance.choice((None, False, False, True)),
        live_away=chance.choice((None, True, False)),
        languages=chance.choice(((), ("en",), ("es",), ("en", "es"))),
    )


def a_span(chance: Random) -> Span:
    starts = GRID * chance.randint(28, 84)
    return Span(chance.randrange(7), starts, starts + GRID * chance.choice((2, 4, 6, 8, 12, 12, 12, 24)))


def an_offer(chance: Random, key: int) -> Offer:
    starts = GRID * chance.choice((32, 36, 36, 48, 68, 70, 72))
    length = GRID * chance.choice((4, 8, 12, 12, 24))
    days = sorted(chance.sample(range(7), chance.randint(0, 5)))
    return Offer(
        key=key,
        level=chance.choice((*RUNGS, "iop", "php", "")),
        meetings=tuple(Span(day, starts, starts + length) for day in days),
        format=chance.choice(("in_person", "in_person", "video", "mixed")),
        languages=chance.choice((("en",), ("en",), ("es",), ("en", "es"))),
        co_occurring=chance.random() < 0.5,
        childcare=chance.random() < 0.4,
        transport=chance.random() < 0.4,
        next_start=chance.choice((None, TODAY + timedelta(days=chance.randrange(4)))),
        places_left=chance.choice((None, None, 0, 1, 5)),
    )


def a_need(chance: Random) -> Needed:
    first = chance.randrange(4)
    levels = tuple(RUNGS[first : first + chance.choice((1, 1, 1, 2))])
    return Needed(levels, co_occurring=chance.random() < 0.3, may_fall_back=chance.random() < 0.6)


def some_offers(chance: Random, most: int = 9) -> list[Offer]:
    offers = [an_offer(chance, key) for key in range(chance.randint(0, most))]
    chance.shuffle(offers)
    return offers
