"""Week fit, without a framework: what fits, exactly what does not, and never less care than was suggested."""

from datetime import date
from itertools import pairwise, permutations, product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from programs import fit as module
from programs.fit import Clash, Needed, Offer, Reason, Span, Week, fit, joined, level_of
from tests.fitting import GRID, RUNGS, a_need, a_week, as_told, dull_fit, minutes_free, some_offers

WEEKS = 1_500
EVENING = tuple(Span(day, 18 * 60, 21 * 60) for day in (0, 2, 3))
AFTER_WORK = tuple(Span(day, 17 * 60, 22 * 60) for day in range(5))
NEEDS_IOP = Needed(("iop",))
OPEN_WEEK = Week(AFTER_WORK, "alone", video=True, childcare=False, live_away=False, languages=("en",))


def offer(key: int = 1, level: str = "iop", **more: object) -> Offer:
    row = {"meetings": EVENING, "format": "in_person", "languages": ("en",), **more}
    return Offer(key, level, **row)  # type: ignore[arg-type]


def changed(row: Offer | Week | Needed, **more: object) -> object:
    return type(row)(**{name: getattr(row, name) for name in row.__slots__} | more)


# --- the same as the dull way --------------------------------------------------------------------------------------


def test_a_match_is_what_counting_minutes_gives() -> None:
    chance = Random(11)  # noqa: S311
    for _ in range(WEEKS):
        week, offers, needed = a_week(chance), some_offers(chance, most=6), a_need(chance)

        assert as_told(fit(week, offers, needed)) == dull_fit(week, offers, needed, GRID)


minute = st.integers(0, 24 * 60)
spans = st.builds(
    lambda day, ends: Span(day, min(ends), max(ends)),
    st.integers(0, 6),
    st.tuples(minute, minute).filter(lambda pair: pair[0] != pair[1]),
)
maybe = st.sampled_from((None, True, False))
weeks = st.builds(
    Week,
    free=st.none() | st.lists(spans, max_size=5).map(tuple),
    travel=st.sampled_from((None, "alone", "with_ride", "not")),
    video=maybe,
    childcare=maybe,
    live_away=maybe,
    languages=st.sampled_from(((), ("en",), ("es",), ("en", "es"))),
)
offers_of_any_kind = st.lists(
    st.builds(
        Offer,
        key=st.integers(0, 99),
        level=st.sampled_from((*RUNGS, "")),
        meetings=st.lists(spans, max_size=3).map(tuple),
        format=st.sampled_from(("in_person", "video", "mixed")),
        languages=st.sampled_from((("en",), ("es",), ("en", "es"))),
        co_occurring=st.booleans(),
        childcare=st.booleans(),
        transport=st.booleans(),
        next_start=st.none() | st.dates(date(2026, 1, 1), date(2026, 1, 3)),
        places_left=st.none() | st.integers(0, 2),
    ),
    max_size=4,
    unique_by=lambda one: one.key,
)
needs = st.builds(
    Needed, st.sampled_from([("outpatient",), ("iop",), ("php",), ("residential",), ("iop", "php")]),
    st.booleans(), st.booleans(),
)  # fmt: skip


@settings(max_examples=120)
@given(weeks, offers_of_any_kind, needs)
def test_a_match_is_exact_to_the_minute(week: Week, offers: list[Offer], needed: Needed) -> None:
    assert as_told(fit(week, offers, needed)) == dull_fit(week, offers, needed)


@given(st.lists(spans, max_size=8))
def test_stretches_that_touch_are_one_and_no_minute_is_lost(given_spans: list[Span]) -> None:
    hours = joined(given_spans)

    found = [(day, minute) for day, parts in hours.items() for a, b in parts for minute in range(a, b)]
    assert len(found) == len(set(found))
    assert set(found) == minutes_free(Week(tuple(given_spans)))
    for parts in hours.values():
        assert all(ends < starts for (_, ends), (starts, _) in pairwise(parts))


# --- care ----------------------------------------------------------------------------------------------------------


@settings(max_examples=150)
@given(weeks, offers_of_any_kind, needs)
def test_nothing_that_fits_is_less_care_than_suggested(
    week: Week, offers: list[Offer], needed: Needed
) -> None:
    found = fit(week, offers, needed)

    least = RUNGS.index(needed.levels[0])
    named = [*found.fits, *([found.nearest] if found.nearest else [])]
    assert all(RUNGS.index(match.offer.level) >= least for match in named)
    assert all(match.offer.co_occurring for match in named if needed.co_occurring)
    if found.fallback is not None:
        assert needed.may_fall_back
        assert not found.fits
        assert RUNGS.index(found.fallback.offer.level) == least - 1
        assert (found.fallback.step, found.fallback.clashes) == (-1, ())
        assert found.fallback.offer.co_occurring or not needed.co_occurring


@pytest.mark.parametrize("suggested, offered", list(product(RUNGS, RUNGS)))
def test_only_the_suggested_rung_and_the_next_one_up_can_fit(suggested: str, offered: str) -> None:
    week = Week(AFTER_WORK, "alone", True, childcare=False, live_away=True)

    found = fit(week, [offer(level=offered)], Needed((suggested,), may_fall_back=True))

    rungs = RUNGS.index(offered) - RUNGS.index(suggested)
    assert [match.step for match in found.fits] == ([rungs] if rungs in (0, 1) else [])
    assert (found.fallback is not None) == (rungs == -1)


def test_a_fallback_needs_leave_and_is_never_named_beside_a_fit() -> None:
    lower, right = offer(1, "iop"), offer(2, "php")
    allowed, forbidden = Needed(("php",), may_fall_back=True), Needed(("php",))

    assert fit(OPEN_WEEK, [lower], allowed).fallback is not None
    assert fit(OPEN_WEEK, [lower], forbidden).fallback is None
    assert fit(OPEN_WEEK, [lower, right], allowed).fallback is None
    assert fit(OPEN_WEEK, [lower], Needed(("php", "residential"), may_fall_back=True)).fallback is None


def test_treating_mental_health_too_is_asked_of_fits_the_nearest_and_the_fallback() -> None:
    needed = Needed(("php",), co_occurring=True, may_fall_back=True)
    plain = [offer(1, "php"), offer(2, "iop"), offer(3, "php", places_left=0)]

    found = fit(OPEN_WEEK, plain, needed)

    assert (found.fits, found.nearest, found.fallback) == ((), None, None)
    assert fit(OPEN_WEEK, [*plain, offer(4, "php", co_occurring=True)], needed).fits[0].offer.key == 4


def test_an_offer_on_no_rung_fits_nobody() -> None:
    for levels in [(rung,) for rung in RUNGS]:
        found = fit(Week(), [offer(level="")], Needed(levels))
        assert found.others[0].clashes == (Clash(Reason.WRONG_LEVEL),)
        assert found.nearest is None


@pytest.mark.parametrize(
    "program, hours, level",
    [
        ("iop", 3, "iop"),
        ("residential", 0, "residential"),
        ("recovery_housing", 40, ""),
        ("withdrawal_management", 40, ""),
        ("dual_diagnosis", 0, ""),
        ("dual_diagnosis", 2, "outpatient"),
        ("dual_diagnosis", 8.75, "outpatient"),
        ("dual_diagnosis", 9, "iop"),
        ("dual_diagnosis", 19.75, "iop"),
        ("dual_diagnosis", 20, "php"),
    ],
)
def test_dual_diagnosis_stands_on_the_rung_of_its_hours(program: str, hours: float, level: str) -> None:
    minutes = round(60 * hours)
    meetings = [Span(day, 600, 600 + minutes // 5) for day in range(5)] if minutes else []

    assert level_of(program, meetings) == level


# --- each clash ----------------------------------------------------------------------------------------------------

CLASHES = {
    Reason.WRONG_LEVEL: ({"level": "residential"}, {"live_away": True}),
    Reason.FULL: ({"places_left": 0}, {}),
    Reason.LANGUAGE: ({"languages": ("es",)}, {}),
    Reason.NO_TRAVEL: ({"transport": True}, {"travel": "not"}),
    Reason.NO_RIDE: ({}, {"travel": "with_ride"}),
    Reason.NO_CHILDCARE: ({}, {"childcare": True}),
    Reason.NO_PLACE_FOR_VIDEO: ({"format": "video"}, {"video": False}),
}


@pytest.mark.parametrize("reason", CLASHES)
def test_each_thing_in_the_way_is_found_and_nothing_else(reason: Reason) -> None:
    of_offer, of_week = CLASHES[reason]
    row, week = offer(**of_offer), changed(OPEN_WEEK, **of_week)

    assert isinstance(week, Week)
    assert [match.clashes for match in fit(week, [row], NEEDS_IOP).others] == [(Clash(reason),)]


def test_every_meeting_outside_the_free_times_is_named_and_only_those() -> None:
    late = Span(4, 18 * 60, 22 * 60 + 1)
    early = Span(1, 16 * 60 + 59, 18 * 60)
    row = offer(meetings=(EVENING[0], early, late, Span(5, 18 * 60, 19 * 60)))

    (match,) = fit(OPEN_WEEK, [row], NEEDS_IOP).others

    assert match.clashes == tuple(Clash(Reason.NOT_FREE, one) for one in row.meetings[1:])


def test_a_meeting_may_run_from_one_free_stretch_into_the_next() -> None:
    week = changed(OPEN_WEEK, free=(Span(0, 17 * 60, 22 * 60), Span(0, 8 * 60, 17 * 60)))
    assert isinstance(week, Week)

    assert fit(week, [offer(meetings=(Span(0, 16 * 60, 19 * 60),))], NEEDS_IOP).fits


def test_a_mixed_offer_takes_what_both_ways_take() -> None:
    week = changed(OPEN_WEEK, travel="with_ride", video=False)
    assert isinstance(week, Week)

    (match,) = fit(week, [offer(format="mixed")], NEEDS_IOP).others

    assert {clash.reason for clash in match.clashes} == {Reason.NO_RIDE, Reason.NO_PLACE_FOR_VIDEO}


def test_by_video_nobody_travels_and_nobody_minds_the_children_elsewhere() -> None:
    week = changed(OPEN_WEEK, travel="not", childcare=True)
    assert isinstance(week, Week)

    assert fit(week, [offer(format="video")], NEEDS_IOP).fits


def test_living_there_takes_no_free_evening_and_no_weekly_ride() -> None:
    week = Week(free=(), travel="with_ride", video=False, childcare=False, live_away=True)
    needed = Needed(("residential",))

    assert fit(week, [offer(level="residential")], needed).fits
    at_home = fit(changed(week, live_away=False), [offer(level="residential")], needed)  # type: ignore[arg-type]
    assert at_home.others[0].clashes == (Clash(Reason.NOT_AWAY),)


def test_who_has_hardly_any_time_has_every_meeting_in_the_way() -> None:
    (match,) = fit(Week(free=()), [offer()], NEEDS_IOP).others

    assert len(match.clashes) == len(EVENING)


def test_what_was_not_said_stands_in_nobodys_way_and_is_counted() -> None:
    known, unknown = fit(OPEN_WEEK, [offer()], NEEDS_IOP), fit(Week(), [offer()], NEEDS_IOP)

    assert (known.fits[0].open, unknown.fits[0].open) == (0, 3)
    assert fit(OPEN_WEEK, [offer(meetings=())], NEEDS_IOP).fits[0].open == 1


# --- the order -----------------------------------------------------------------------------------------------------


def test_the_best_comes_first_whatever_order_they_are_given_in() -> None:
    week = changed(OPEN_WEEK, live_away=True, free=(*AFTER_WORK, Span(5, 0, 1440)))
    assert isinstance(week, Week)
    best = [
        offer(9, next_start=date(2026, 3, 2)),
        offer(8, next_start=date(2026, 3, 9)),
        offer(3),
        offer(4),
        offer(1, meetings=()),  # its times are not known
        offer(2, "php", next_start=date(2026, 3, 1)),
    ]

    for order in permutations(best):
        assert [match.offer for match in fit(week, order, NEEDS_IOP).fits] == best


def test_the_nearest_is_of_the_suggested_care_and_has_the_fewest_clashes() -> None:
    offers = [
        offer(0, "php", places_left=0),
        offer(1, "outpatient"),
        offer(2, "iop", places_left=0, languages=("es",)),
        offer(3, "iop", meetings=(*EVENING, Span(6, 600, 660))),
    ]

    found = fit(OPEN_WEEK, offers, NEEDS_IOP)

    assert [match.offer.key for match in found.others] == [3, 2, 0, 1]
    assert found.nearest is not None
    assert found.nearest.clashes == (Clash(Reason.NOT_FREE, Span(6, 600, 660)),)


def test_without_offers_there_is_nothing_to_say() -> None:
    found = fit(OPEN_WEEK, [], NEEDS_IOP)

    assert (found.fits, found.others, found.nearest, found.fallback) == ((), (), None, None)


# --- the oracle can tell -------------------------------------------------------------------------------------------


def _one_minute_short(spans_given: tuple[Span, ...]) -> module.Hours:
    return {day: tuple((a, b - 1) for a, b in parts) for day, parts in joined(spans_given).items()}


@pytest.mark.parametrize(
    "name, spoiled",
    [
        ("joined", _one_minute_short),
        ("_step", lambda level, suggested: 0 if level in RUNGS else None),
        ("_rank", lambda match: (match.step, match.open, date.max, match.offer.key)),
        ("_fallback", lambda week, others, needed: None),
        ("_live_in", module._by_day),
    ],
)
def test_a_spoiled_match_would_be_found(monkeypatch: pytest.MonkeyPatch, name: str, spoiled: object) -> None:
    monkeypatch.setattr(module, name, spoiled)

    with pytest.raises(AssertionError):
        test_a_match_is_what_counting_minutes_gives()
