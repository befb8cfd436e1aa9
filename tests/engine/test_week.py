"""What a person said about their week, as the match needs it: every answer there is, and those there are not."""

import pytest

from programs.fit import Span, Week, joined
from screening.protocol import LIVE
from screening.week import AWAY, FREE, FREE_TIMES, LIVE_AWAY, TIES, week_of

UNSAID = Week(languages=("en",))


def test_every_answer_about_free_times_and_living_away_has_a_meaning() -> None:
    skipped = {choice.key for choice in LIVE.question(FREE_TIMES).choices if choice.unknown}

    assert set(FREE) | skipped == set(LIVE.question(FREE_TIMES).choice_keys)
    assert set(AWAY) == set(LIVE.question(LIVE_AWAY).choice_keys)
    assert LIVE.week.binds == TIES


@pytest.mark.parametrize(
    "answer, inside, outside",
    [
        ("daytime", (4, 8, 17), (4, 17, 18)),
        ("daytime", (0, 9, 12), (5, 9, 12)),
        ("evenings", (0, 17, 22), (0, 16, 18)),
        ("evenings", (4, 18, 21), (6, 18, 21)),
        ("weekends", (5, 8, 22), (4, 9, 12)),
        ("weekends", (6, 18, 21), (6, 7, 9)),
        ("evenings_and_weekends", (0, 18, 21), (0, 9, 12)),
        ("evenings_and_weekends", (6, 9, 13), (2, 16, 17)),
    ],
)
def test_free_times_are_the_hours_the_table_says(
    answer: str, inside: tuple[int, int, int], outside: tuple[int, int, int]
) -> None:
    hours = joined(week_of({FREE_TIMES: (answer,)}, "en").free or ())

    def free(day: int, starts: int, ends: int) -> bool:
        return any(a <= 60 * starts and 60 * ends <= b for a, b in hours.get(day, ()))

    assert free(*inside)
    assert not free(*outside)


def test_any_time_is_all_of_it_and_hardly_any_is_none() -> None:
    assert week_of({FREE_TIMES: ("any_time",)}, "en").free == tuple(Span(day, 0, 1440) for day in range(7))
    assert week_of({FREE_TIMES: ("hardly_any",)}, "en").free == ()


@pytest.mark.parametrize("answer", ["skip", "not_sure", "rather_not_say", "of_a_later_version"])
def test_what_was_not_said_about_free_times_is_not_made_up(answer: str) -> None:
    assert week_of({FREE_TIMES: (answer,)}, "en") == UNSAID


@pytest.mark.parametrize(
    "ties, travel, video, childcare",
    [
        (("none",), "alone", True, False),
        (("travel",), "with_ride", True, False),
        (("no_video",), "alone", False, False),
        (("caring",), "alone", True, True),
        (("work_or_school", "court", "privacy"), "alone", True, False),
        (("travel", "caring", "no_video"), "with_ride", False, True),
        (("not_sure",), None, None, None),
        (("rather_not_say",), None, None, None),
    ],
)
def test_each_tie_stands_for_one_thing(
    ties: tuple[str, ...], travel: str | None, video: bool | None, childcare: bool | None
) -> None:
    week = week_of({TIES: ties}, "es")

    assert (week.travel, week.video, week.childcare) == (travel, video, childcare)
    assert (week.free, week.live_away, week.languages) == (None, None, ("es",))


@pytest.mark.parametrize(
    "answer, away", [("yes", True), ("with_help", True), ("no", False), ("not_sure", None)]
)
def test_who_could_live_elsewhere(answer: str, away: bool | None) -> None:
    assert week_of({LIVE_AWAY: (answer,)}, "en").live_away is away


def test_without_a_word_about_the_week_nothing_is_known() -> None:
    assert week_of({}, "en") == UNSAID
