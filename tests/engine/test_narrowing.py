"""The one question that would settle most: against asking every open question and every answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.engine.decision import UNDETERMINED
from screening.engine.narrowing import possible_answers
from screening.engine.spec import NOT_SURE
from tests.engine.cases import CASES, Case
from tests.engine.people import ENGINE, PROTOCOL, Answers, adults, calm, decide, examples, path_of, signs


def _open_questions(answers: Answers) -> list[str]:
    sheet = ENGINE.flow.lay_out(ENGINE.door.parse(answers))
    return [reading.question for reading in sheet if reading.asked and not reading.settled]


def _levels_left(answers: Answers, key: str) -> list[int]:
    """How many levels each answer to this question would leave possible."""
    question = PROTOCOL.question(key)
    left = []
    for chosen in possible_answers(question):
        answer = list(chosen) if question.kind == "many" else chosen[0]
        left.append(len(decide({**answers, key: answer}).possible_levels) or 1)
    return left


def _best(answers: Answers) -> str | None:
    """Fewest levels in the worst case, then on average, then first on the path."""
    ranked = []
    for place, key in enumerate(_open_questions(answers)):
        left = _levels_left(answers, key)
        ranked.append((max(left), sum(left) / len(left), place, key))
    return min(ranked)[-1] if ranked else None


@given(adults(), st.data())
@examples(25)
def test_it_is_the_question_that_leaves_the_fewest_levels(answers: Answers, data: st.DataObject) -> None:
    left_out = data.draw(
        st.lists(st.sampled_from(sorted(answers)), max_size=2, unique=True), label="left out"
    )
    answers = {key: value for key, value in answers.items() if key not in left_out}
    found = ENGINE.assess(answers).explained.narrowing_question

    if decide(answers).level == UNDETERMINED:
        assert found == _best(answers)
    else:
        assert found is None


@pytest.mark.parametrize("case", [c for c in CASES if c.expect["level"] == UNDETERMINED], ids=str)
def test_of_every_named_person_too(case: Case) -> None:
    found = ENGINE.assess(case.sheet).explained.narrowing_question

    assert found == _best(case.sheet)
    assert found in path_of(case.sheet)


@pytest.mark.parametrize(
    "answers, asked",
    [
        ({**signs(7), "people_to_count_on": NOT_SURE}, "people_to_count_on"),
        ({"signs": NOT_SURE, "more_signs": None}, "signs"),
        ({**signs(7), "place_to_live": NOT_SURE, "people_who_use": "some"}, "place_to_live"),
        ({**signs(4), "overdose": NOT_SURE, "past_help": NOT_SURE}, "past_help"),
    ],
)
def test_it_asks_what_the_level_hangs_on(answers: Answers, asked: str) -> None:
    assert ENGINE.assess(calm(**answers)).explained.narrowing_question == asked


def test_nothing_is_asked_when_the_level_is_settled() -> None:
    settled = calm(**signs(9), place_to_live="shelter_car_outside", diagnosis=NOT_SURE)

    assert ENGINE.assess(settled).explained.narrowing_question is None


@pytest.mark.parametrize("key", ["signs", "ties", "substances"])
def test_a_checklist_is_tried_by_how_many_are_ticked(key: str) -> None:
    tried = possible_answers(PROTOCOL.question(key))

    assert tried[0] == ("none",)
    assert [len(chosen) for chosen in tried[1:]] == list(range(1, len(tried)))


def test_an_unknown_choice_is_not_an_answer() -> None:
    assert ("skip",) not in possible_answers(PROTOCOL.question("free_times"))
