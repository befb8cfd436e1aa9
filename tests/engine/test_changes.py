"""What would change the level: true when applied, and nothing smaller would do, by trying everything smaller."""

from collections.abc import Iterator
from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.engine.answers import NONE
from screening.engine.changes import Change
from screening.engine.conditions import questions_in
from screening.engine.explanation import Explanation
from screening.engine.moves import LATER, LESS, MORE, Moved
from screening.engine.spec import LADDER, NOT_SURE, Question
from tests.engine.cases import CASES, Case
from tests.engine.lengths import asked_if
from tests.engine.people import (
    ENGINE,
    PROTOCOL,
    Answers,
    adults,
    calm,
    complete_adults,
    decide,
    examples,
    on_path,
    signs,
)

Move = tuple[int, str, str | list[str]]  # how many answers it moves, the question, the answer then
MOST_TRIED = 4000


def _movable(direction: str) -> list[Question]:
    """Less: what a person can change. Later: what time can change too. More: what can get worse."""
    if direction == MORE:
        return [question for question in PROTOCOL.questions if question.can_get_worse]
    better = [question for question in PROTOCOL.questions if question.can_get_better]
    return [question for question in better if direction == LATER or not question.only_with_time]


def _moves(question: Question, given_: str | list[str], direction: str) -> Iterator[Move]:
    """Every way to answer this question better (or worse), and what it costs."""
    if question.kind == "many":
        ticked = [key for key in given_ if key != NONE]
        blank = [key for key in question.choice_keys if key not in (*ticked, NONE)]
        if direction != MORE:
            yield from ((n, question.key, ticked[:-n] or [NONE]) for n in range(1, len(ticked) + 1))
        else:
            yield from ((n, question.key, ticked + blank[:n]) for n in range(1, len(blank) + 1))
        return
    points = {choice.key: choice.points for choice in question.choices if not choice.unknown}
    assert isinstance(given_, str)
    for key, value in points.items():
        if value > points[given_] if direction == MORE else value < points[given_]:
            yield 1, question.key, key


def _settled(answers: Answers) -> Answers:
    """Only answers that say something: what is open can't be moved."""
    sheet = ENGINE.flow.lay_out(ENGINE.door.parse(answers))
    return {reading.question: answers[reading.question] for reading in sheet if reading.settled}


def _surely(direction: str, answers: Answers) -> int:
    """The rung that is sure in the worst case for what we want to say."""
    decision = decide(answers)
    possible = decision.possible_levels or (decision.level,)
    return LADDER.index(possible[0] if direction == MORE else possible[-1])


def _changes_up_to(most: int, direction: str, answers: Answers) -> Iterator[tuple[int, Answers]]:
    """Every change of at most this many answers, and what the sheet is then."""
    settled = _settled(answers)
    menus = [
        list(_moves(question, settled[question.key], direction))
        for question in _movable(direction)
        if question.key in settled
    ]
    for size in range(1, most + 1):
        for several in combinations(menus, size):
            for picks in product(*several):
                cost = sum(pick[0] for pick in picks)
                changed = {**answers, **{key: after for _, key, after in picks}}
                if cost <= most and set(on_path(changed)) >= {key for _, key, _ in picks}:
                    yield cost, changed


def _apply(moved: tuple[Moved, ...], answers: Answers) -> Answers:
    kinds = {move.question: PROTOCOL.question(move.question).kind for move in moved}
    after = {m.question: list(m.after) if kinds[m.question] == "many" else m.after[0] for m in moved}
    return {**answers, **after}


def _assert_smallest(direction: str, answers: Answers, change: Change | None, most: int = 2) -> None:
    now = LADDER.index(decide(answers).level)

    def better(rung: int) -> bool:
        return rung > now if direction == MORE else rung < now

    if change is not None:
        changed = _apply(change.moved, answers)
        assert LADDER[_surely(direction, changed)] == change.level
        assert better(LADDER.index(change.level))
        assert {move.question for move in change.moved} <= {q.key for q in _movable(direction)}
        assert change.cost == sum(_cost(move) for move in change.moved)
        parsed = ENGINE.door.parse(answers)
        assert all(move.before == parsed[move.question] != move.after for move in change.moved)
    limit = most if change is None else min(most, change.cost - 1)
    for tried, (cost, sheet) in enumerate(_changes_up_to(limit, direction, answers)):
        assert tried < MOST_TRIED
        assert not better(_surely(direction, sheet)), f"a change of {cost} would do: {sheet}"


def _cost(move: Moved) -> int:
    """One for an answer, and in a checklist one for each tick."""
    if PROTOCOL.question(move.question).kind == "one":
        return 1
    return len(set(move.before).symmetric_difference(move.after) - {NONE})


def _explanation(answers: Answers) -> Explanation:
    return ENGINE.assess(answers).explained


def _in_crisis(answers: Answers) -> bool:
    return bool({"emergency", "crisis_today"} & set(decide(answers).leads))


@pytest.mark.parametrize("direction", [LESS, LATER, MORE])
@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_smallest_change_of_every_named_person_is_true_and_smallest(case: Case, direction: str) -> None:
    explanation = _explanation(case.sheet)
    change = getattr(explanation, direction)
    if decide(case.sheet).level not in LADDER or (direction != MORE and _in_crisis(case.sheet)):
        assert change is None
        return
    if direction == LATER and explanation.less is not None:
        assert change is None
        return

    _assert_smallest(direction, case.sheet, change, most=1 if direction == LATER else 2)


@given(complete_adults(), st.sampled_from([LESS, LATER, MORE]))
@examples(25)
def test_the_smallest_change_of_anyone_is_true_and_smallest(answers: Answers, direction: str) -> None:
    explanation = _explanation(answers)
    if direction == LATER and explanation.less is not None:
        direction = LESS
    if direction == MORE or not _in_crisis(answers):
        _assert_smallest(direction, answers, getattr(explanation, direction))


@given(adults())
@examples(25)
def test_with_open_answers_a_change_is_stated_only_when_it_is_sure(answers: Answers) -> None:
    explanation = _explanation(answers)
    for direction in (LESS, LATER, MORE):
        change = getattr(explanation, direction)
        if change is not None:
            _assert_smallest(direction, answers, change, most=0)


@given(complete_adults())
@examples(30)
def test_time_is_named_only_where_life_can_do_nothing(answers: Answers) -> None:
    explanation = _explanation(answers)

    assert explanation.less is None or explanation.later is None
    if explanation.later is not None:
        assert {move.question for move in explanation.later.moved} & {
            question.key for question in PROTOCOL.questions if question.only_with_time
        }


SEVERE_AT_A_BAD_HOME = {
    **signs(7),
    "substances": ["stimulants"],
    "safe_home": "lots_of_use",
    "people_to_count_on": "one_or_two",
}


def test_a_safe_home_would_make_less_care_enough() -> None:
    change = _explanation(calm(**SEVERE_AT_A_BAD_HOME)).less

    assert change == Change("iop", 1, (Moved("safe_home", ("lots_of_use",), ("mostly",)),))


def test_two_things_are_asked_for_when_one_is_not_enough() -> None:
    change = _explanation(calm(**SEVERE_AT_A_BAD_HOME, place_to_live="no_steady_place")).less

    assert change is not None
    assert change.cost == 2
    assert {move.question for move in change.moved} == {"safe_home", "place_to_live"}


# Nobody is told to wish these away: they have happened, or they are facts.
FACTS = {
    "who",
    "age",
    "now",
    "suicide_thoughts",
    "self_harm",
    "substances",
    "alcohol_days",
    "sedative_use",
    "drinks_a_day",
    "withdrawal_past",
    "pregnant",
    "health",
    "overdose",
    "diagnosis",
    "past_help",
    "just_finished",
}
TIME_ONLY = {"signs", "more_signs", "pattern"}


def test_what_has_happened_can_not_be_undone() -> None:
    assert not FACTS & {question.key for question in _movable(LATER)}
    assert not TIME_ONLY & {question.key for question in _movable(LESS)}


def test_time_without_the_signs_would_make_less_care_enough() -> None:
    explanation = _explanation(calm(**signs(4)))

    assert explanation.less is None
    assert explanation.later is not None
    assert (explanation.later.level, explanation.later.cost) == ("outpatient", 1)
    assert {move.question for move in explanation.later.moved} <= TIME_ONLY


@pytest.mark.parametrize("answers", [{"suicide_thoughts": "plan"}, {"self_harm": "yes"}, {"now": ["body"]}])
def test_in_a_crisis_nothing_is_said_that_would_make_less_care_right(answers: Answers) -> None:
    explanation = _explanation(calm(**SEVERE_AT_A_BAD_HOME, **answers))

    assert (explanation.less, explanation.later) == (None, None)


def test_in_a_crisis_no_near_miss_points_down_either() -> None:
    person = calm(self_harm="yes", **signs(2))
    now = LADDER.index(decide(person).level)

    assert not [level for _, level in _explanation(person).close_call if LADDER.index(level) < now]


@pytest.mark.parametrize("answers", [{"age": "under_18"}, {**signs(7), "people_to_count_on": NOT_SURE}])
def test_without_a_level_there_is_nothing_to_change(answers: Answers) -> None:
    explanation = _explanation(calm(**answers))

    assert (explanation.less, explanation.later, explanation.more) == (None, None, None)
    assert explanation.close_call == ()


# Near misses: one answer, moved to the very next one.


def _closure(keys: set[str]) -> set[str]:
    found: set[str] = set()
    waiting = list(keys)
    while waiting:
        key = waiting.pop()
        if key not in found:
            found.add(key)
            waiting += questions_in(asked_if(PROTOCOL, PROTOCOL.question(key)))
    return found


def _of_one_domain_only() -> set[str]:
    """Questions that bear on one clinical domain and on no fact that rules read."""
    reads = [
        {key for step in domain.steps for key in questions_in(step.when)}
        | {key for cap in domain.caps for key in questions_in(cap.when)}
        for domain in PROTOCOL.domains
        if domain.clinical
    ]
    scopes = [_closure(keys) for keys in reads]
    flags = _closure({key for flag in PROTOCOL.flags for key in questions_in(flag.when)})
    every = {q.key for q in PROTOCOL.questions}
    return {key for key in every - flags if sum(key in scope for scope in scopes) == 1}


ONE_DOMAIN = _of_one_domain_only()


def _next_answers(question: Question, given_: str | list[str]) -> Iterator[str | list[str]]:
    if question.kind == "many":
        ticked = [key for key in given_ if key != NONE]
        blank = [key for key in question.choice_keys if key not in (*ticked, NONE)]
        if ticked:
            yield ticked[:-1] or [NONE]
        if blank:
            yield [*ticked, blank[0]]
        return
    assert isinstance(given_, str)
    keys = [choice.key for choice in question.choices if not choice.unknown]
    points = {choice.key: choice.points for choice in question.choices}
    place = keys.index(given_)
    for near in (place - 1, place + 1):
        if 0 <= near < len(keys) and points[keys[near]] != points[given_]:
            yield keys[near]


def _near_misses(answers: Answers) -> set[tuple[str, str]]:
    """(question, level) of every single step that surely leads to another level."""
    now = LADDER.index(decide(answers).level)
    settled = _settled(answers)
    found = set()
    for key in sorted(set(settled) & ONE_DOMAIN):
        for after in _next_answers(PROTOCOL.question(key), settled[key]):
            changed = {**answers, key: after}
            if key not in on_path(changed):
                continue
            if _surely("more", changed) > now:
                found.add((key, LADDER[_surely("more", changed)]))
            if _surely("less", changed) < now:
                found.add((key, LADDER[_surely("less", changed)]))
    return found


def _assert_near_misses(answers: Answers) -> None:
    assessment = ENGINE.assess(answers)
    explanation, level = assessment.explained, assessment.decision.level
    if level not in LADDER:
        assert explanation.close_call == ()
        return
    stated = {(move.question, reached) for move, reached in explanation.close_call}
    now = LADDER.index(level)
    true = {
        (key, reached)
        for key, reached in _near_misses(answers)
        if LADDER.index(reached) > now or not _in_crisis(answers)
    }
    assert stated <= true
    # One example of each is enough, but none is kept quiet.
    assert {reached for _, reached in stated} == {reached for _, reached in true}
    ranks = [LADDER.index(reached) for _, reached in explanation.close_call]
    assert ranks == sorted(ranks, reverse=True)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_near_misses_of_every_named_person_are_true_and_none_is_missing(case: Case) -> None:
    _assert_near_misses(case.sheet)


@given(adults())
@examples(25)
def test_the_near_misses_of_anyone_are_true_and_none_is_missing(answers: Answers) -> None:
    _assert_near_misses(answers)


def test_one_more_sign_is_a_near_miss() -> None:
    near = _explanation(calm(**signs(8), pattern="under_1_year")).close_call

    assert {move.question for move, level in near if level == "php"} & {"more_signs", "pattern"}


def test_everything_that_life_can_move_is_looked_at() -> None:
    """A question that bears on two domains, or on a fact, is not moved: then it must not claim that it can be."""
    life_moves = {question.key for question in (*_movable(LATER), *_movable(MORE))}

    assert life_moves <= ONE_DOMAIN
