"""Answers to bands: each domain's table as one reads it, and then every combination against the design."""

from itertools import product
from typing import Any

import pytest

from screening.engine.scoring import DomainScore
from screening.engine.spec import NOT_SURE
from tests.engine import clinical_tables as design
from tests.engine.people import OFTEN, PHQ4, PROTOCOL, Answers, calm, phq4, score, signs


def band(domain: str, **answers: Any) -> int | None:
    return score(domain, calm(**answers)).band


def keys(question: str) -> tuple[str, ...]:
    return tuple(key for key in PROTOCOL.question(question).choice_keys if key != "skip")


def test_a_calm_person_is_at_the_least_of_everything() -> None:
    for domain in PROTOCOL.domains:
        assert band(domain.key) == 0, domain.key


SEVERITY = [(0, 0), (1, 0), (2, 1), (3, 1), (4, 2), (5, 2), (6, 3), (7, 3), (8, 3), (9, 4), (10, 4), (11, 4)]


@pytest.mark.parametrize("count, expected", SEVERITY)
def test_severity_counts_the_signs(count: int, expected: int) -> None:
    assert band("severity", **signs(count)) == expected


@pytest.mark.parametrize("count, expected", [(5, 2), (6, 4), (8, 4), (9, 4)])
def test_six_signs_most_days_for_over_5_years_are_most_severe(count: int, expected: int) -> None:
    assert band("severity", **signs(count), pattern="over_5_years") == expected


@pytest.mark.parametrize("count, expected", [(3, 1), (5, 2), (7, 2), (11, 2)])
def test_someone_just_out_of_rehab_is_not_judged_by_last_years_signs(count: int, expected: int) -> None:
    out_of_rehab = {"past_help": "got_help_not_back", "just_finished": "rehab", "pattern": "over_5_years"}

    assert band("severity", **signs(count), **out_of_rehab) == expected


MOST, EIGHT = {"alcohol_days": "most_days"}, {"drinks_a_day": "8_plus"}
SEDATIVES = {"substances": ["alcohol", "sedatives"]}


@pytest.mark.parametrize(
    "answers, expected",
    [
        ({"alcohol_days": "some_days"}, 0),
        ({**MOST, "drinks_a_day": "3_4"}, 0),
        ({**MOST, "drinks_a_day": "5_7"}, 1),
        ({**MOST, **EIGHT}, 2),
        ({**SEDATIVES, "sedative_use": "as_told"}, 1),
        ({**SEDATIVES, "sedative_use": "some_days_not_as_told"}, 2),
        ({**SEDATIVES, "sedative_use": "most_days_not_as_told"}, 3),
        ({**SEDATIVES, **MOST, "sedative_use": "as_told"}, 3),
        ({"alcohol_days": "some_days", "withdrawal_now": "a_little"}, 2),
        ({"alcohol_days": "some_days", "withdrawal_now": "a_lot"}, 3),
        ({"alcohol_days": "some_days", "withdrawal_past": "sick"}, 1),
        ({**MOST, "drinks_a_day": "5_7", "withdrawal_past": "sick"}, 2),
        ({"alcohol_days": "some_days", "withdrawal_past": "hospital"}, 2),
        ({**MOST, "drinks_a_day": "5_7", "withdrawal_past": "hospital"}, 3),
        ({"alcohol_days": "some_days", "withdrawal_past": "seizure"}, 3),
        ({"alcohol_days": "a_few_times", "withdrawal_past": "seizure"}, 0),
        ({"alcohol_days": "some_days", "now": ["seizure"]}, 4),
        ({"alcohol_days": "some_days", "now": ["confused"]}, 4),
        ({"alcohol_days": "some_days", "now": ["overdose"]}, 0),
        ({"substances": ["opioids"], "now": ["seizure"]}, 0),
    ],
)
def test_withdrawal_reads_what_is_taken_and_what_happens_without(answers: Answers, expected: int) -> None:
    assert band("withdrawal", **answers) == expected


@pytest.mark.parametrize(
    "answers, expected",
    [
        ({"health": "under_control"}, 1),
        ({"health": "not_under_control"}, 2),
        ({"health": "needs_nursing"}, 3),
        ({"now": ["overdose"]}, 4),
        ({"now": ["seizure"]}, 4),
        ({"now": ["confused"]}, 4),
        ({"now": ["body"]}, 4),
        ({"now": ["being_hurt"]}, 0),
        ({"now": ["might_hurt_someone"]}, 0),
    ],
)
def test_physical_health(answers: Answers, expected: int) -> None:
    assert band("medical", **answers) == expected


@pytest.mark.parametrize(
    "answers, expected",
    [
        (phq4(2), 0),
        (phq4(3), 1),
        ({"diagnosis": "common"}, 1),
        (phq4(6), 1),
        ({**phq4(6), "function": "somewhat_hard"}, 2),
        ({**phq4(5), "function": "somewhat_hard"}, 1),
        (phq4(9), 2),
        ({"diagnosis": "common", "function": "somewhat_hard"}, 2),
        ({"diagnosis": "common", "function": "very_hard"}, 2),
        ({"diagnosis": "serious"}, 2),
        ({"unusual_experiences": "a_few_times"}, 2),
        ({**phq4(9), "function": "very_hard"}, 3),
        ({**phq4(8), "function": "very_hard"}, 2),
        ({"diagnosis": "serious", "function": "very_hard"}, 3),
        ({"diagnosis": "hospital_past_year"}, 3),
        ({"unusual_experiences": "often"}, 3),
        ({"unusual_experiences": "now"}, 4),
    ],
)
def test_mental_health(answers: Answers, expected: int) -> None:
    assert band("mental_health", **answers) == expected


@pytest.mark.parametrize(
    "answers, expected",
    [
        ({"suicide_thoughts": "before"}, 1),
        ({"suicide_thoughts": "no_plan"}, 2),
        ({"suicide_thoughts": NOT_SURE}, 2),
        ({"self_harm": NOT_SURE}, 2),
        ({"self_harm": "yes"}, 3),
        ({"suicide_thoughts": "plan"}, 4),
        ({"now": ["being_hurt"]}, 4),
        ({"now": ["might_hurt_someone"]}, 4),
        ({"now": ["body"]}, 0),
    ],
)
def test_danger_now(answers: Answers, expected: int) -> None:
    assert band("danger", **answers) == expected


@pytest.mark.parametrize(
    "answers, expected",
    [
        ({"free_times": "daytime"}, 1),
        ({"free_times": "evenings"}, 2),
        ({"free_times": "hardly_any"}, 3),
        ({"ties": ["travel"]}, 1),
        ({"ties": ["travel", "court"]}, 2),
        ({"ties": ["travel", "court", "privacy", "caring"]}, 3),
        ({"live_away": "no"}, 1),
        ({"free_times": "evenings", "ties": ["travel", "court"]}, 3),
        ({"free_times": "hardly_any", "ties": ["travel", "court"]}, 4),
    ],
)
def test_the_week(answers: Answers, expected: int) -> None:
    assert band("schedule", **answers) == expected


# Every combination against the design, asked or not: leaving a question out never changes a band.


def test_severity_is_as_designed_for_every_number_of_signs() -> None:
    for count, pattern, finished in product(range(12), keys("pattern"), keys("just_finished")):
        answers = {**signs(count), "pattern": pattern, "past_help": "counseling", "just_finished": finished}
        expected = design.severity(count, pattern == "over_5_years", finished == "rehab")
        assert band("severity", **answers) == expected, answers


def test_withdrawal_is_as_designed_for_every_combination() -> None:
    questions = ("alcohol_days", "drinks_a_day", "sedative_use", "withdrawal_past", "withdrawal_now")
    for picked in product(*map(keys, questions)):
        answers = {**SEDATIVES, **dict(zip(questions, picked, strict=True))}
        levels = [keys(question).index(key) for question, key in zip(questions, picked, strict=True)]
        for now in ([], ["seizure"], ["confused", "body"], ["body"]):
            expected = design.withdrawal(*levels, body_reacts=bool({"seizure", "confused"} & set(now)))
            assert band("withdrawal", **answers, now=now or ["none"]) == expected, (answers, now)


def test_mental_health_is_as_designed_for_every_combination() -> None:
    questions = ("function", "diagnosis", "unusual_experiences")
    for total, *picked in product(range(13), *map(keys, questions)):
        answers = {**phq4(total), **dict(zip(questions, picked, strict=True))}
        levels = [keys(question).index(key) for question, key in zip(questions, picked, strict=True)]
        assert band("mental_health", **answers) == design.mental_health(total, *levels), answers


def test_the_phq4_is_the_sum_of_its_four_rows() -> None:
    for points in product(range(4), repeat=4):
        answers = dict(zip(PHQ4, (OFTEN[point] for point in points), strict=True))
        assert band("mental_health", **answers) == design.mental_health(sum(points), 0, 0, 0)


def test_support_is_as_designed_for_every_combination() -> None:
    for (have, people), (use, around) in product(
        enumerate(keys("people_to_count_on")), enumerate(keys("people_who_use"))
    ):
        assert band("support", people_to_count_on=people, people_who_use=around) == design.support(have, use)


def test_home_is_as_designed_for_every_combination() -> None:
    for (lives, place), (rest, safe) in product(
        enumerate(keys("place_to_live")), enumerate(keys("safe_home"))
    ):
        assert band("home", place_to_live=place, safe_home=safe) == design.home(lives, rest)


# Help this year, as points. Who got help and has not gone back is not asked for the longest time without.
HELP = {
    "not_tried": 0,
    "alone": 1,
    "counseling": 2,
    "iop": 3,
    "day_program_or_rehab": 4,
    "two_or_more": 4,
}


def test_return_to_use_is_as_designed_for_every_combination() -> None:
    for (help_, points), (free, longest), (far, overdose) in product(
        HELP.items(), enumerate(keys("longest_without")), enumerate(keys("overdose"))
    ):
        answers = {"past_help": help_, "longest_without": longest, "overdose": overdose}
        assert band("return_to_use", **answers) == design.return_to_use(points, free, far), answers


def test_who_got_help_and_has_not_gone_back_carries_no_risk_from_it() -> None:
    assert band("return_to_use", past_help="got_help_not_back", overdose="over_a_year") == 1
    assert band("return_to_use", past_help="got_help_not_back") == 0


# What is open.


@pytest.mark.parametrize(
    "domain, answers, low, high",
    [
        ("severity", {"signs": NOT_SURE}, 0, 4),
        ("severity", {**signs(4), "more_signs": NOT_SURE}, 2, 4),
        ("severity", {**signs(7), "pattern": NOT_SURE}, 3, 4),
        ("severity", {**signs(7), "past_help": "counseling", "just_finished": NOT_SURE}, 2, 3),
        ("withdrawal", {"substances": NOT_SURE, "alcohol_days": NOT_SURE, "sedative_use": NOT_SURE}, 0, 3),
        ("withdrawal", {**MOST, "drinks_a_day": NOT_SURE}, 0, 2),
        ("medical", {"health": NOT_SURE}, 0, 3),
        ("mental_health", {"diagnosis": NOT_SURE}, 0, 3),
        ("mental_health", {"diagnosis": "common", "function": NOT_SURE}, 1, 2),
        ("danger", {"now": NOT_SURE}, 0, 4),
        ("support", {"people_to_count_on": NOT_SURE}, 0, 3),
        ("support", {"people_to_count_on": NOT_SURE, "people_who_use": "most"}, 2, 4),
        ("home", {"safe_home": NOT_SURE, "place_to_live": "might_lose"}, 2, 4),
        ("return_to_use", {"past_help": NOT_SURE}, 0, 4),
    ],
)
def test_an_open_answer_is_a_range_of_bands(domain: str, answers: Answers, low: int, high: int) -> None:
    found = score(domain, calm(**answers))

    assert (found.low, found.high) == (low, high)
    assert found.band is None


@pytest.mark.parametrize(
    "domain, answers, counted",
    [
        ("home", {"safe_home": "lots_of_use", "place_to_live": "might_lose"}, {"safe_home"}),
        (
            "home",
            {"safe_home": "lots_of_use", "place_to_live": "no_steady_place"},
            {"safe_home", "place_to_live"},
        ),
        ("return_to_use", {"overdose": "past_30_days", "past_help": "alone"}, {"overdose"}),
        ("severity", signs(7), {"signs", "more_signs"}),
        (
            "support",
            {"people_to_count_on": "maybe_no_one", "people_who_use": "most"},
            {"people_to_count_on", "people_who_use"},
        ),
        ("support", {}, set()),
    ],
)
def test_a_band_names_the_answers_it_rests_on(domain: str, answers: Answers, counted: set[str]) -> None:
    found: DomainScore = score(domain, calm(**answers))

    assert set(found.counted) == counted


def test_a_domain_nobody_spoke_of_says_so() -> None:
    found = score("support", calm(people_to_count_on=NOT_SURE, people_who_use=None))

    assert not found.said
    assert score("support", calm(people_to_count_on=NOT_SURE)).said
    # Ruled out by the path is as good as said: who takes neither has no withdrawal to speak of.
    assert score("withdrawal", calm(substances=["cannabis"])).said
