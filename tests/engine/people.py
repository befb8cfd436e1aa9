"""Answer sheets for the tests of the engine: one calm person to vary, and any person at all for Hypothesis."""

from typing import Any

import hypothesis
from hypothesis import strategies as st

from screening.engine import engine_for
from screening.engine.answers import NONE
from screening.engine.decision import Decision
from screening.engine.scoring import DomainScore
from screening.engine.spec import NOT_SURE, RATHER_NOT_SAY, Question
from screening.protocol import LIVE

PROTOCOL = LIVE
ENGINE = engine_for(PROTOCOL)

Answers = dict[str, Any]

SIGNS = (
    "more_than_meant",
    "fell_behind",
    "could_not_cut_down",
    "trouble_with_people",
    "strong_urges",
    "hurt_body_or_mood",
)
MORE_SIGNS = ("much_time", "gave_things_up", "unsafe", "needed_more", "sick_without")
PHQ4 = ("nervous", "worry", "little_interest", "down")
OFTEN = ("not_at_all", "several_days", "more_than_half", "nearly_every_day")

# A steady adult who drinks a little: every domain is at its least.
CALM: Answers = {
    "who": "me",
    "age": "26_64",
    "now": ["none"],
    "suicide_thoughts": "no",
    "self_harm": "no",
    "substances": ["alcohol"],
    "alcohol_days": "a_few_times",
    "sedative_use": "not_now",
    "drinks_a_day": "1_2",
    "withdrawal_past": "nothing",
    "withdrawal_now": "no",
    "signs": ["none"],
    "more_signs": ["none"],
    "pattern": "not_most_days",
    "pregnant": "no",
    "health": "no",
    "overdose": "never",
    **dict.fromkeys(PHQ4, "not_at_all"),
    "diagnosis": "none",
    "unusual_experiences": "no",
    "function": "not_hard",
    "people_to_count_on": "three_or_more",
    "people_who_use": "none_or_few",
    "place_to_live": "steady",
    "safe_home": "yes",
    "past_help": "not_tried",
    "just_finished": "no",
    "longest_without": "two_weeks",
    "free_times": "any_time",
    "ties": ["none"],
    "live_away": "yes",
}


def signs(count: int) -> Answers:
    """Answers with this many of the eleven signs, the first six first."""
    first, rest = SIGNS[:count], MORE_SIGNS[: max(0, count - len(SIGNS))]
    return {"signs": list(first) or [NONE], "more_signs": list(rest) or [NONE]}


def phq4(total: int) -> Answers:
    """Answers that add up to this PHQ-4 total, from 0 to 12."""
    points = [min(3, max(0, total - 3 * place)) for place in range(4)]
    return {key: OFTEN[point] for key, point in zip(PHQ4, points, strict=True)}


def calm(**answers: Any) -> Answers:
    """The calm person with these answers instead; None takes an answer away."""
    return {key: value for key, value in {**CALM, **answers}.items() if value is not None}


def decide(answers: Answers) -> Decision:
    return ENGINE.assess(answers, explain=False).decision


def score(domain: str, answers: Answers) -> DomainScore:
    return ENGINE.assess(answers, explain=False).scores.domain(domain)


def path_of(answers: Answers) -> list[str]:
    """The keys of the questions these answers ask for, in order."""
    sheet = ENGINE.flow.lay_out(ENGINE.door.parse(answers))
    return [reading.question for reading in sheet if reading.asked]


def on_path(answers: Answers) -> Answers:
    """Only the answers to questions that are asked."""
    return {key: answers[key] for key in path_of(answers) if key in answers}


def examples(count: int) -> hypothesis.settings:
    """A property looked for in this many examples; ten and twenty times more in a thorough run."""
    factor = max(1, hypothesis.settings().max_examples // 100)
    return hypothesis.settings(
        max_examples=count * factor,
        deadline=None,
        suppress_health_check=[hypothesis.HealthCheck.too_slow, hypothesis.HealthCheck.filter_too_much],
    )


def known_answers(question: Question) -> st.SearchStrategy[Any]:
    """Any answer that says something: one choice, or some ticks, or "none of these"."""
    choices = [choice.key for choice in question.choices if not choice.unknown]
    if question.kind == "one":
        return st.sampled_from(choices)
    ticks = [key for key in choices if key != NONE]
    some = st.lists(st.sampled_from(ticks), min_size=1, max_size=len(ticks), unique=True)
    return st.one_of(st.just([NONE]), some)


def any_answers(question: Question) -> st.SearchStrategy[Any]:
    """Any answer at all, "not sure" and "rather not say" among them."""
    said_nothing = [choice.key for choice in question.choices if choice.unknown]
    if question.allow_unknown:
        said_nothing += [NOT_SURE, RATHER_NOT_SAY]
    if not said_nothing:
        return known_answers(question)
    # Mostly answered: a sheet of shrugs tests little.
    return st.integers(0, 6).flatmap(
        lambda n: st.sampled_from(said_nothing) if n == 0 else known_answers(question)
    )


ADULTS = ("18_25", "26_64", "65_plus")
AGES = st.sampled_from(ADULTS)
CERTAIN = {question.key: known_answers(question) for question in PROTOCOL.questions}
ANY = {question.key: any_answers(question) for question in PROTOCOL.questions}


def complete_adults(**fixed: Any) -> st.SearchStrategy[Answers]:
    """Adults who answer every question on their path, and nothing else."""
    given = {key: st.just(value) for key, value in fixed.items()}
    return st.fixed_dictionaries({**CERTAIN, "age": AGES, **given}).map(on_path)


def adults() -> st.SearchStrategy[Answers]:
    """Adults who are not sure of some things, on their path."""
    return st.fixed_dictionaries({**ANY, "age": AGES}).map(on_path)


def anyone() -> st.SearchStrategy[Answers]:
    """Any sheet the door accepts: any age, questions left out, answers off the path."""
    return st.fixed_dictionaries({}, optional=ANY)
