"""A worse answer never leads to less: over people, not bands, and along the whole path.

Facts are set apart. Having just finished rehab, and having had help, say what the last
months were; they are not more or less need, so an answer that changes one is not compared.
"""

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from screening.engine.answers import NONE
from screening.engine.spec import CO_OCCURRING, LADDER, LEADS, Question
from tests.engine.people import (
    PROTOCOL,
    Answers,
    complete_adults,
    decide,
    examples,
    known_answers,
    on_path,
    path_of,
)

# Not more and not less of anything; or a fact that a rule reads the other way round.
FACTS = {"who", "age", "just_finished", "free_times", "ties", "live_away"}
ORDERED = [question for question in PROTOCOL.questions if question.key not in FACTS]


def _worse(question: Question, given_: str | list[str]) -> Iterator[str | list[str]]:
    """Every answer that is the same or more of everything, and more of something."""
    if question.kind == "many":
        ticked = [key for key in given_ if key != NONE]
        for key in question.choice_keys:
            if key not in (*ticked, NONE):
                yield [*ticked, key]
        return
    assert isinstance(given_, str)
    points = {choice.key: choice.points for choice in question.choices if not choice.unknown}
    yield from (key for key, value in points.items() if value > points[given_])


def _finish(answers: Answers, data: st.DataObject) -> Answers:
    """Answer what a worse answer opens. What is a fact stays as it was, or is not so."""
    answers = dict(answers)
    while missing := [key for key in path_of(answers) if key not in answers]:
        key = missing[0]
        answers[key] = "no" if key in FACTS else data.draw(known_answers(PROTOCOL.question(key)), label=key)
    return on_path(answers)


@given(complete_adults(), st.data())
@examples(100)
def test_a_worse_answer_never_leads_to_less(answers: Answers, data: st.DataObject) -> None:
    asked = [question for question in ORDERED if question.key in answers]
    question = data.draw(st.sampled_from(asked), label="question")
    worse = sorted(_worse(question, answers[question.key]), key=str)
    if not worse:
        return
    raised = _finish({**answers, question.key: data.draw(st.sampled_from(worse), label="worse")}, data)
    if answers.get("just_finished", "no") != raised.get("just_finished", "no"):
        return

    before, after = decide(answers), decide(raised)

    assert LEADS.index(after.lead) >= LEADS.index(before.lead)
    assert set(after.leads) >= set(before.leads)
    assert LADDER.index(after.level) >= LADDER.index(before.level)
    assert CO_OCCURRING.index(after.co_occurring) >= CO_OCCURRING.index(before.co_occurring)


@given(complete_adults(), st.data())
@examples(40)
def test_many_worse_answers_never_lead_to_less(answers: Answers, data: st.DataObject) -> None:
    raised = dict(answers)
    for question in ORDERED:
        worse = sorted(_worse(question, raised[question.key]), key=str) if question.key in raised else []
        if worse and data.draw(st.booleans(), label=question.key):
            raised[question.key] = data.draw(st.sampled_from(worse))
    raised = _finish(raised, data)
    if answers.get("just_finished", "no") != raised.get("just_finished", "no"):
        return

    before, after = decide(answers), decide(raised)

    assert LEADS.index(after.lead) >= LEADS.index(before.lead)
    assert LADDER.index(after.level) >= LADDER.index(before.level)
    assert CO_OCCURRING.index(after.co_occurring) >= CO_OCCURRING.index(before.co_occurring)


@given(complete_adults(age="26_64"))
@examples(40)
def test_at_65_nothing_that_comes_first_is_lost_but_for_pregnancy(answers: Answers) -> None:
    older = on_path({**answers, "age": "65_plus"})

    before, after = decide({**answers, "pregnant": "no"}), decide(older)

    assert set(after.leads) >= set(before.leads)
    assert after.level == before.level


@given(complete_adults(age="26_64"))
@examples(40)
def test_a_pregnancy_never_makes_anything_less_urgent(answers: Answers) -> None:
    before, after = decide({**answers, "pregnant": "no"}), decide({**answers, "pregnant": "yes_or_maybe"})

    assert LEADS.index(after.lead) >= LEADS.index(before.lead)
    assert (after.level, after.co_occurring) == (before.level, before.co_occurring)
