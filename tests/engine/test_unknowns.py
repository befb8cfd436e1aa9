"""What is not known: the range that is given is exactly what the missing answers leave possible.

"All completions" below means: each unknown question answered in every way that can be told
apart, each question that such an answer opens answered in every way too, and so on. An
answer to a question that was asked only because an earlier one was not sure stands: someone
who is not sure which drugs it were, and then says "I drink on most days", drinks.
"""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.engine.conditions import Unsure, parts_of
from screening.engine.narrowing import possible_answers
from screening.engine.spec import CO_OCCURRING, LADDER, LEADS, NOT_SURE, RATHER_NOT_SAY, UNKNOWN_KEYS
from tests.engine.lengths import asked_if
from tests.engine.people import (
    ADULTS,
    ENGINE,
    PROTOCOL,
    Answers,
    adults,
    calm,
    complete_adults,
    decide,
    examples,
    known_answers,
    on_path,
    path_of,
    phq4,
    signs,
)

# Whoever is not sure of these is asked follow-ups all the same: they have tests of their own below.
ASKED_ALL_THE_SAME = {
    part.question
    for question in PROTOCOL.questions
    for part in parts_of(asked_if(PROTOCOL, question))
    if isinstance(part, Unsure)
}
# The week decides nothing; who and age decide which questions there are.
DECIDES_NOTHING = {"who", "free_times", "ties", "live_away"}
CAN_BE_OPEN = tuple(
    question.key
    for question in PROTOCOL.questions
    if question.if_unknown is None and question.key not in DECIDES_NOTHING | ASKED_ALL_THE_SAME | {"age"}
)


def _ways(key: str) -> list[list[str] | str]:
    """Every answer that can be told apart, and always the least and the most of a checklist."""
    question = PROTOCOL.question(key)
    if key == "now":
        return [
            ["none"],
            *([choice] for choice in question.choice_keys if choice != "none"),
            list(question.choice_keys[:-1]),
        ]
    ways = [list(chosen) for chosen in possible_answers(question)]
    return ways if question.kind == "many" else [way[0] for way in ways]


def completions(answers: Answers, most: int = 6000) -> Iterator[Answers]:
    """Yield every complete sheet these answers leave possible."""
    waiting = [answers]
    seen = 0
    while waiting:
        sheet = waiting.pop()
        path = path_of(sheet)
        missing = next((key for key in path if key not in sheet and key not in DECIDES_NOTHING), None)
        if missing is None:
            seen += 1
            assert seen <= most, "too many completions for a test"
            yield sheet
        else:
            waiting += [{**sheet, missing: way} for way in _ways(missing)]


def _brute(answers: Answers) -> tuple[set[str], set[str], set[str], set[str]]:
    levels, dual, always, ever = set(), set(), set(LEADS), set()
    for sheet in completions(answers):
        decision = decide(sheet)
        levels.add(decision.level)
        dual.add(decision.co_occurring)
        always &= set(decision.leads)
        ever |= set(decision.leads)
    return levels, dual, always, ever


def _assert_exact(answers: Answers, open_questions: list[str]) -> None:
    unsure = on_path({**answers, **dict.fromkeys(open_questions, NOT_SURE)})
    decision = decide(unsure)
    # What is asked no longer, because it hangs on an open answer, is open too.
    said = {key: value for key, value in unsure.items() if value != NOT_SURE}
    levels, dual, always, ever = _brute(said)

    possible = decision.possible_levels or (decision.level,)
    ranks = sorted(LADDER.index(level) for level in levels)
    assert (LADDER.index(possible[0]), LADDER.index(possible[-1])) == (ranks[0], ranks[-1])
    duals = decision.possible_co_occurring or (decision.co_occurring,)
    ranks = sorted(CO_OCCURRING.index(much) for much in dual)
    assert (CO_OCCURRING.index(duals[0]), CO_OCCURRING.index(duals[-1])) == (ranks[0], ranks[-1])
    assert set(decision.leads) == always
    assert set(decision.possible_leads) == ever - always


@given(complete_adults(), st.data())
@examples(40)
def test_the_range_is_exactly_what_the_open_answers_leave_possible(
    answers: Answers, data: st.DataObject
) -> None:
    asked = [key for key in CAN_BE_OPEN if key in answers]
    # A checklist of signs opens two more questions: enough for one example.
    count = data.draw(st.integers(1, 3), label="how many")
    opened = data.draw(
        st.lists(st.sampled_from(asked), min_size=1, max_size=count, unique=True), label="not sure of"
    )
    if "signs" in opened:
        opened = ["signs"]

    _assert_exact(answers, opened)


@pytest.mark.parametrize("key", CAN_BE_OPEN)
@pytest.mark.parametrize(
    "person",
    [
        {},
        {**signs(5), "overdose": "past_year"},
        {**signs(7), **phq4(9), "people_to_count_on": "no_one", "alcohol_days": "most_days"},
        {
            **signs(3),
            "substances": ["sedatives", "opioids"],
            "sedative_use": "as_told",
            "pregnant": "yes_or_maybe",
        },
    ],
    ids=["calm", "moderate", "severe and alone", "mild, pregnant"],
)
def test_each_single_open_answer_is_exact(key: str, person: Answers) -> None:
    answers = on_path(calm(**person))
    if key not in answers:
        answers = {other: value for other, value in answers.items() if other != key}
        assert decide({**answers, key: NOT_SURE}) == decide(answers)
        return

    _assert_exact(answers, [key])


@pytest.mark.parametrize("key", sorted(ASKED_ALL_THE_SAME))
def test_not_sure_and_then_a_follow_up_is_at_least_what_the_follow_up_says(key: str) -> None:
    """Whatever the first answer was, if the follow-up stands the decision is inside the range."""
    person = calm(
        **signs(4),
        substances=["alcohol", "sedatives"],
        alcohol_days="some_days",
        sedative_use="as_told",
        withdrawal_past="hospital",
        past_help="counseling",
        just_finished="detox",
    )
    decision = decide({**person, key: NOT_SURE})
    possible = decision.possible_levels or (decision.level,)
    follow_ups = [q.key for q in PROTOCOL.questions if Unsure(key) in list(parts_of(asked_if(PROTOCOL, q)))]
    checked = 0
    for way in _ways(key):
        sheet = {**person, key: way}
        if set(follow_ups) <= set(path_of(sheet)):
            checked += 1
            complete = decide(sheet)
            assert complete.level in possible
            assert set(decision.leads) <= set(complete.leads)
            assert set(complete.leads) <= {*decision.leads, *decision.possible_leads}

    assert checked


@given(adults(), st.data())
@examples(50)
def test_one_more_answer_never_makes_more_levels_possible(answers: Answers, data: st.DataObject) -> None:
    left_out = data.draw(st.sampled_from(sorted(set(answers) - {"who", "age"})), label="first left out")
    before = decide({key: value for key, value in answers.items() if key != left_out})
    after = decide(answers)

    possible = before.possible_levels or (before.level,)
    assert set(after.possible_levels or (after.level,)) <= set(possible)
    assert set(before.leads) <= set(after.leads)
    assert set(after.leads) | set(after.possible_leads) <= {*before.leads, *before.possible_leads}


@given(adults(), st.data())
@examples(50)
def test_saying_what_was_not_sure_never_makes_more_levels_possible(
    answers: Answers, data: st.DataObject
) -> None:
    closed = set(ASKED_ALL_THE_SAME) | {"age"}
    unsure = [key for key, value in answers.items() if value in UNKNOWN_KEYS and key not in closed]
    unsure = [key for key in unsure if PROTOCOL.question(key).if_unknown is None]
    if not unsure:
        return
    key = data.draw(st.sampled_from(sorted(unsure)), label="now said")
    before = decide(answers)
    after = decide({**answers, key: data.draw(known_answers(PROTOCOL.question(key)), label="said")})

    possible = before.possible_levels or (before.level,)
    assert set(after.possible_levels or (after.level,)) <= set(possible)


@given(complete_adults())
@examples(40)
def test_answers_given_one_by_one_close_in_on_the_result(answers: Answers) -> None:
    said: Answers = {"who": answers["who"], "age": answers["age"]}
    possible = set(LADDER)
    for key, value in answers.items():
        said[key] = value
        decision = decide(said)
        now = set(decision.possible_levels or (decision.level,))
        assert now <= possible
        possible = now

    assert len(possible) == 1


@given(complete_adults())
@examples(40)
def test_who_answers_everything_is_told_one_level(answers: Answers) -> None:
    decision = decide(answers)

    assert decision.level in LADDER
    assert decision.possible_levels == decision.possible_leads == decision.possible_co_occurring == ()


@pytest.mark.parametrize("silence", UNKNOWN_KEYS)
@pytest.mark.parametrize("key", ["suicide_thoughts", "self_harm"])
def test_silence_about_suicide_is_never_read_as_safe(key: str, silence: str) -> None:
    assessment = ENGINE.assess(calm(**{key: silence}))

    assert assessment.scores.domain("danger").band == 2
    assert assessment.decision.co_occurring == "capable"
    assert assessment.decision.leads == ()
    assert "suicide_unsaid" in assessment.dangers


@pytest.mark.parametrize("age", ADULTS)
def test_nobody_is_taken_for_a_child_or_an_old_person_unasked(age: str) -> None:
    unsure = decide(calm(age=NOT_SURE))

    assert unsure.level == decide(calm(age=age)).level


def test_not_sure_and_rather_not_say_mean_the_same_to_the_score() -> None:
    for question in PROTOCOL.questions:
        if question.allow_unknown:
            decisions = [decide(calm(**{question.key: unknown})) for unknown in (NOT_SURE, RATHER_NOT_SAY)]
            assert decisions[0] == decisions[1]


def test_where_both_ends_agree_the_level_is_given() -> None:
    open_mood = dict.fromkeys(("nervous", "worry", "little_interest", "down", "diagnosis"), NOT_SURE)

    decision = decide(calm(**signs(9), **open_mood, place_to_live="shelter_car_outside"))

    assert decision.level == "residential"
    assert decision.possible_co_occurring == ("none", "capable", "enhanced")
    assert decision.program == "residential"
