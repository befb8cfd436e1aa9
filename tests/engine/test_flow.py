"""The path: derived from the answers alone, never longer than promised, and nothing off it counts."""

import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.engine.spec import NOT_SURE
from tests.engine.cases import CASES
from tests.engine.lengths import path_lengths
from tests.engine.people import (
    ENGINE,
    PROTOCOL,
    Answers,
    anyone,
    calm,
    complete_adults,
    decide,
    examples,
    known_answers,
    on_path,
    path_of,
    signs,
)
from tests.population import people

MOST_SCREENS = 29


def _length(answers: Answers) -> int:
    return len(ENGINE.path(ENGINE.door.parse(answers)).steps)


def test_safety_comes_before_anything_else() -> None:
    assert path_of({})[:5] == ["who", "age", "now", "suicide_thoughts", "self_harm"]


def test_questions_stand_on_the_path_in_the_order_of_the_protocol() -> None:
    order = [question.key for question in PROTOCOL.questions]

    path = path_of(calm(**signs(7), substances=["alcohol", "sedatives"]))

    assert path == sorted(path, key=order.index)


def test_under_18_the_path_ends_after_safety() -> None:
    answers = {"who": "me", "age": "under_18", "now": ["none"], "suicide_thoughts": "no", "self_harm": "no"}

    assert path_of(answers) == list(answers)
    assert ENGINE.path(ENGINE.door.parse(answers)).complete


@pytest.mark.parametrize(
    "changes, opened, closed",
    [
        ({"substances": ["cannabis"]}, [], ["alcohol_days", "sedative_use", "withdrawal_past"]),
        ({"substances": ["alcohol"]}, ["alcohol_days"], ["sedative_use"]),
        ({"substances": ["sedatives"]}, ["sedative_use"], ["alcohol_days"]),
        ({"substances": ["none"]}, ["signs"], ["alcohol_days", "overdose", "longest_without"]),
        ({"alcohol_days": "a_few_times"}, [], ["drinks_a_day", "withdrawal_past", "withdrawal_now"]),
        ({"alcohol_days": "some_days"}, ["withdrawal_past", "withdrawal_now"], ["drinks_a_day"]),
        ({"alcohol_days": "most_days"}, ["drinks_a_day", "withdrawal_past"], []),
        (
            {"substances": ["sedatives"], "sedative_use": "as_told"},
            ["withdrawal_past", "withdrawal_now"],
            ["drinks_a_day"],
        ),
        (signs(0), ["signs"], ["more_signs", "pattern"]),
        (signs(1), ["more_signs"], ["pattern"]),
        (signs(5), ["more_signs"], ["pattern"]),
        (signs(6), ["pattern"], []),
        (signs(8), ["pattern"], []),
        (signs(9), [], ["pattern"]),
        ({"age": "65_plus"}, ["health"], ["pregnant"]),
        ({"diagnosis": "none"}, [], ["function"]),
        ({"diagnosis": "common"}, ["function"], []),
        ({"diagnosis": "hospital_past_year"}, [], ["function"]),
        ({"diagnosis": "common", "unusual_experiences": "often"}, [], ["function"]),
        ({"nervous": "nearly_every_day", "worry": "nearly_every_day"}, ["function"], []),
        ({"nervous": "nearly_every_day", "worry": "more_than_half"}, [], ["function"]),
        ({"past_help": "not_tried"}, ["longest_without"], ["just_finished"]),
        ({"past_help": "iop"}, ["just_finished"], ["longest_without"]),
        ({"past_help": "got_help_not_back"}, ["just_finished"], ["longest_without"]),
        ({"overdose": "past_year"}, [], ["longest_without"]),
    ],
)
def test_an_answer_opens_and_closes_what_depends_on_it(
    changes: Answers, opened: list[str], closed: list[str]
) -> None:
    path = path_of(calm(**changes))

    assert set(opened) <= set(path)
    assert not set(closed) & set(path)


@pytest.mark.parametrize(
    "unsure, still_asked",
    [
        ("substances", ["alcohol_days", "sedative_use", "overdose"]),
        ("alcohol_days", ["withdrawal_past", "withdrawal_now"]),
        ("sedative_use", ["withdrawal_past", "withdrawal_now"]),
        ("past_help", ["just_finished"]),
        ("age", ["substances", "health", "pregnant"]),
    ],
)
def test_not_being_sure_does_not_close_what_safety_needs(unsure: str, still_asked: list[str]) -> None:
    answers = calm(substances=["sedatives"]) if unsure == "sedative_use" else calm()

    path = path_of({**answers, unsure: NOT_SURE})

    assert set(still_asked) <= set(path)


def test_a_question_closed_only_by_an_open_answer_counts_as_a_range() -> None:
    sheet = ENGINE.assess(calm(signs=NOT_SURE, more_signs=None), explain=False).sheet
    more = next(reading for reading in sheet if reading.question == "more_signs")

    assert not more.asked
    assert (more.low, more.high) == (0, 5)


def test_skipping_the_week_skips_all_of_it() -> None:
    path = path_of(calm(free_times="skip"))

    assert "ties" not in path
    assert "live_away" not in path


def test_a_changed_answer_opens_again_what_it_had_hidden() -> None:
    hidden = calm(alcohol_days="not_at_all", withdrawal_past="seizure")
    shown = calm(alcohol_days="most_days", withdrawal_past="seizure")

    assert decide(hidden).lead == "none"
    assert decide(shown).lead == "medical_first"


@given(complete_adults(), st.data())
@examples(40)
def test_nothing_off_the_path_counts(answers: Answers, data: st.DataObject) -> None:
    off = [question for question in PROTOCOL.questions if question.key not in answers]
    noise = {question.key: data.draw(known_answers(question), label=question.key) for question in off}

    with_noise, without = ENGINE.assess({**noise, **answers}), ENGINE.assess(answers)

    assert with_noise.decision == without.decision
    assert with_noise.explanation == without.explanation
    assert with_noise.dangers == without.dangers


@given(anyone(), st.randoms(use_true_random=False))
@examples(40)
def test_the_order_of_answering_does_not_matter(answers: Answers, random: st.DataObject) -> None:
    shuffled = list(answers.items())
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    assert ENGINE.assess(dict(shuffled)).decision == ENGINE.assess(answers).decision
    assert path_of(dict(shuffled)) == path_of(answers)


@given(anyone())
@examples(40)
def test_a_screen_may_be_seen_once_all_before_it_are_answered(answers: Answers) -> None:
    path = ENGINE.path(ENGINE.door.parse(answers))
    first = path.first_open()
    reach = len(path.steps) if first is None else first.number + 1

    assert [path.may_visit(number) for number in range(-1, len(path.steps) + 1)] == [
        0 <= number < reach and number < len(path.steps) for number in range(-1, len(path.steps) + 1)
    ]
    assert path.complete == (first is None)
    assert [step.number for step in path.steps] == list(range(len(path.steps)))
    for step in path.steps:
        for key in step.questions:
            assert path.holding(key) == step


def test_the_four_rows_of_one_instrument_are_one_screen() -> None:
    path = ENGINE.path(ENGINE.door.parse(calm()))

    step = path.holding("worry")
    assert step is not None
    assert step.questions == ("nervous", "worry", "little_interest", "down")
    assert path.holding("sedative_use") is None


@given(complete_adults())
@examples(40)
def test_walking_from_screen_to_screen_ends_and_asks_each_question_once(answers: Answers) -> None:
    said: Answers = {}
    walked: list[str] = []
    while (step := ENGINE.path(ENGINE.door.parse(said)).first_open()) is not None:
        for key in step.questions:
            assert key not in walked
            walked.append(key)
            said[key] = answers[key]

    assert said == on_path(answers) == answers


def test_no_path_is_longer_than_promised_whatever_anyone_answers() -> None:
    lengths = path_lengths(ENGINE)

    assert lengths.most.screens == MOST_SCREENS
    assert lengths.fewest.screens == 5
    assert lengths.combinations > 10_000
    # The enumeration and the engine count the same person's screens alike.
    assert len(ENGINE.path(lengths.most.answers).steps) == MOST_SCREENS
    assert len(ENGINE.path(lengths.fewest.answers).steps) == 5


def test_half_of_the_people_see_no_more_screens_than_promised() -> None:
    written = [_length(case.sheet) for case in CASES if not case.unfinished]
    made_up = [_length(answers) for answers in people(1000)]

    assert statistics.median(written) <= 24
    assert statistics.median(made_up) <= 24
    assert max(written + made_up) <= MOST_SCREENS
