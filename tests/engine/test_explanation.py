"""What is said: a reason for every outcome, in both voices and languages, good news only when it is, and no more."""

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.engine import Assessment
from screening.engine.decision import UNDETERMINED, YOUTH
from screening.engine.report import report, report_line, said_by
from screening.engine.spec import LADDER, LANGUAGES, LEADS, NOT_SURE, TOP_BAND, VOICES
from tests.engine.cases import CASES, Case
from tests.engine.people import (
    ENGINE,
    PROTOCOL,
    Answers,
    adults,
    anyone,
    calm,
    complete_adults,
    decide,
    examples,
    known_answers,
    phq4,
    signs,
)

ALL_RULES = (*PROTOCOL.gates, *PROTOCOL.level_rules, *PROTOCOL.co_occurring_rules, PROTOCOL.default_reason)
WEEK = ("free_times", "ties", "live_away")


def _explain(**answers: Any) -> Assessment:
    return ENGINE.assess(calm(**answers))


def _sentences(assessment: Assessment, language: str, voice: str) -> list[str]:
    return [
        sentence
        for reason in assessment.explained.reasons
        for reading in reason.because
        for sentence in said_by(PROTOCOL, reading, language, voice)
    ]


# Reasons.


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("voice", VOICES)
@pytest.mark.parametrize("rule", ALL_RULES, ids=lambda rule: rule.key)
def test_every_rule_has_its_say_in_both_languages_and_voices(rule: Any, voice: str, language: str) -> None:
    said = rule.reason.read(language, voice)

    assert said.endswith(".")
    assert said[0].isupper()
    other = "es" if language == "en" else "en"
    assert said != rule.reason.read(other, voice)
    assert rule.sources


@given(anyone())
@examples(25)
def test_whatever_is_decided_has_reasons_in_whole_sentences(answers: Answers) -> None:
    assessment = ENGINE.assess(answers)
    decision = assessment.decision

    assert [reason.rule for reason in assessment.explained.reasons] == list(decision.rules)
    if decision.level in LADDER:
        assert any(reason.rule in decision.level_rules for reason in assessment.explained.reasons)
    if decision.lead != LEADS[0]:
        assert decision.gates
    for language in LANGUAGES:
        for voice in VOICES:
            for sentence in _sentences(assessment, language, voice):
                assert sentence.endswith(".")
                assert "{" not in sentence


@given(complete_adults())
@examples(25)
def test_a_decision_rests_on_answers_that_were_given(answers: Answers) -> None:
    assessment = ENGINE.assess(answers)

    for reason in assessment.explained.reasons:
        assert {reading.question for reading in reason.because} <= set(answers)
        # Only the answer to "nothing of it" needs no answer to rest on.
        assert reason.because or reason.rule is PROTOCOL.default_reason


def test_of_two_answers_the_one_that_set_the_band_is_named() -> None:
    """A rule that fires for an overdose says overdose, and not a program that was never tried."""
    overdose = _sentences(_explain(overdose="past_30_days"), "en", "me")
    program = _sentences(_explain(past_help="iop"), "en", "me")

    assert overdose == ["You overdosed in the past 30 days."]
    assert program == ["You went to an IOP this past year, and went back to using."]


@pytest.mark.parametrize("language, forbidden", [("en", r"\b[Yy]our?s?(self)?\b"), ("es", r"\b[Uu]sted\b")])
def test_a_family_is_never_told_about_itself(language: str, forbidden: str) -> None:
    for case in CASES:
        if case.voice == "them":
            for sentence in _sentences(ENGINE.assess(case.sheet), language, "them"):
                assert not re.search(forbidden, sentence), sentence


# Strengths.


@given(anyone())
@examples(50)
def test_no_good_news_when_something_comes_first_or_may(answers: Answers) -> None:
    assessment = ENGINE.assess(answers)
    strengths = assessment.explained.strengths

    if assessment.decision.leads or assessment.decision.possible_leads:
        assert strengths == ()
    for domain in strengths:
        score = assessment.scores.domain(domain.key)
        assert score.said
        assert score.high <= domain.strength_up_to
        assert domain.strength is not None


def test_what_helps_is_said() -> None:
    assert [domain.key for domain in _explain().explained.strengths] == [
        "severity",
        "mental_health",
        "support",
        "home",
    ]


def test_a_child_is_told_nothing_of_what_nobody_asked() -> None:
    safety = ("who", "now", "suicide_thoughts", "self_harm")
    asked = {"age": "under_18", **{key: calm()[key] for key in safety}}

    assert ENGINE.assess(asked).explained.strengths == ()


def test_what_is_not_known_is_no_strength() -> None:
    strengths = _explain(people_to_count_on=NOT_SURE, nervous=NOT_SURE).explained.strengths

    assert [domain.key for domain in strengths] == ["severity", "home"]


# The week.


@given(adults(), st.data())
@examples(50)
def test_the_week_never_changes_what_is_needed(answers: Answers, data: st.DataObject) -> None:
    other = {key: data.draw(known_answers(PROTOCOL.question(key)), label=key) for key in WEEK}

    before, after = decide(answers), decide({**answers, **other})

    assert before == after


@pytest.mark.parametrize(
    "answers, band, formats",
    [
        ({}, 0, ["day", "evening", "weekend", "live_in"]),
        (
            {"free_times": "evenings", "ties": ["work_or_school"], "live_away": "no"},
            2,
            ["evening", "virtual"],
        ),
        ({"free_times": "weekends", "ties": ["caring", "no_video"], "live_away": "no"}, 3, ["weekend"]),
        ({"free_times": "hardly_any", "ties": ["none"], "live_away": "with_help"}, 3, ["live_in"]),
        ({"free_times": "skip", "ties": None, "live_away": None}, None, []),
    ],
)
def test_the_week_decides_when_and_how(answers: Answers, band: int | None, formats: list[str]) -> None:
    week = _explain(**answers).explained.week

    assert week.band == band
    assert [found.key for found in week.formats] == formats
    assert week.said == (band is not None)


def test_what_binds_the_week_is_repeated() -> None:
    assert _explain(ties=["caring", "court"]).explained.week.binds == ("caring", "court")
    assert _explain(ties=["none"]).explained.week.binds == ()


def test_not_being_sure_binds_nothing() -> None:
    assert _explain(ties=NOT_SURE).explained.week.binds == ()


# Notes, alternatives, care.


@pytest.mark.parametrize(
    "answers, note",
    [
        ({"substances": ["opioids"]}, "opioid_medication"),
        ({"pregnant": "yes_or_maybe"}, "pregnancy_care"),
        ({"substances": ["sedatives"], "sedative_use": "as_told"}, "sedatives_slowly"),
        ({"alcohol_days": NOT_SURE}, "withdrawal_unknown"),
        ({"alcohol_days": "some_days", "withdrawal_now": "a_little"}, "medical_check_before_stopping"),
        (signs(4), "alcohol_medication"),
        ({**signs(4), "substances": ["stimulants"]}, "contingency_management"),
        ({"health": "not_under_control"}, "medical_care_on_site"),
        ({"safe_home": "hurt_or_scared"}, "violence_at_home"),
        ({"now": ["being_hurt"]}, "violence_at_home"),
        ({"age": "65_plus"}, "older_adult"),
        ({**phq4(9)}, "mood_checked_again"),
        ({"diagnosis": "hospital_past_year"}, "mental_health_day_program"),
        (dict.fromkeys(("nervous", "worry"), NOT_SURE), "mental_health_unknown"),
        ({"place_to_live": "might_lose"}, "recovery_housing"),
        ({**signs(9), "live_away": "no"}, "week_does_not_lower_care"),
        ({**signs(4), "free_times": "evenings"}, "iop_that_fits_the_week"),
        ({"substances": ["none"]}, "use_not_in_past_3_months"),
    ],
)
def test_each_note_is_given_for_its_reason_and_not_to_a_calm_person(answers: Answers, note: str) -> None:
    assert note in {found.key for found in _explain(**answers).explained.notes}
    assert note not in {found.key for found in _explain().explained.notes}


def test_every_note_is_tried() -> None:
    marks = test_each_note_is_given_for_its_reason_and_not_to_a_calm_person.pytestmark  # type: ignore[attr-defined]
    tried = {row[1] for mark in marks for row in mark.args[1]}

    assert tried == {note.key for note in PROTOCOL.notes}


@given(anyone())
@examples(25)
def test_advice_stays_with_its_levels(answers: Answers) -> None:
    assessment = ENGINE.assess(answers)
    decision, explanation = assessment.decision, assessment.explained

    for note in explanation.notes:
        assert not note.levels or set(note.levels) & {decision.level, *decision.possible_levels}
    for other in explanation.also_consider:
        assert not other.levels or decision.level in other.levels
    if decision.level == YOUTH:
        assert explanation.also_consider == ()


@pytest.mark.parametrize(
    "answers, shown",
    [
        ({}, ["outpatient"]),
        (signs(4), ["iop"]),
        ({**signs(4), **phq4(9)}, ["dual_diagnosis", "iop"]),
        ({"age": "under_18"}, ["youth"]),
        ({**signs(7), "people_to_count_on": NOT_SURE}, ["php", "iop"]),
        ({"signs": NOT_SURE}, []),
    ],
)
def test_the_kind_of_care_that_is_shown(answers: Answers, shown: list[str]) -> None:
    assert [care.key for care in _explain(**answers).explained.care] == shown


@given(anyone())
@examples(25)
def test_what_is_missing_is_what_is_asked_and_open(answers: Answers) -> None:
    assessment = ENGINE.assess(answers)
    open_ones = [r.question for r in assessment.sheet if r.asked and (not r.chosen or r.unsure)]

    assert list(assessment.explained.missing) == open_ones


# Dangers: said at once, in the order of the protocol.

DANGEROUS = [
    (question.key, choice.key, choice.danger)
    for question in PROTOCOL.questions
    for choice in question.choices
    if choice.danger
]


@pytest.mark.parametrize("question, choice, danger", DANGEROUS)
def test_a_dangerous_answer_opens_its_message(question: str, choice: str, danger: str) -> None:
    answer = [choice] if PROTOCOL.question(question).kind == "many" else choice

    assert danger in ENGINE.assess(calm(**{question: answer})).dangers
    assert ENGINE.assess(calm()).dangers == ()


def test_every_message_of_danger_can_be_reached() -> None:
    by_answer = {danger for _, _, danger in DANGEROUS}
    by_silence = {q.unknown_danger for q in PROTOCOL.questions if q.unknown_danger}
    by_gate = {gate.danger for gate in PROTOCOL.gates if gate.danger}

    assert by_answer | by_silence | by_gate == {danger.key for danger in PROTOCOL.dangers}


@given(anyone())
@examples(25)
def test_messages_of_danger_stand_in_the_order_of_the_protocol(answers: Answers) -> None:
    order = [danger.key for danger in PROTOCOL.dangers]
    found = ENGINE.assess(answers).dangers

    assert sorted(found, key=order.index) == list(found)
    assert ENGINE.dangers(ENGINE.door.parse(answers)) == found


# The report.


@given(anyone(), st.sampled_from(LANGUAGES))
@examples(25)
def test_the_report_is_plain_json_with_all_its_words(answers: Answers, language: str) -> None:
    assessment = ENGINE.assess(answers)
    shown = json.loads(report_line(assessment, language))

    assert shown == json.loads(json.dumps(report(assessment, language)))
    assert all(shown["rules"][n]["reason"] for n in range(len(shown["rules"])))
    assert set(shown["domains"]) == {domain.key for domain in PROTOCOL.domains}
    for domain in shown["domains"].values():
        low, high = domain["range"]
        assert 0 <= low <= high <= TOP_BAND
        assert domain["band"] == (low if low == high else None)
    assert ("possible_levels" in shown) == (shown["level"] == UNDETERMINED)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_brief_report_is_the_decision_of_the_full_one(case: Case) -> None:
    full = report(ENGINE.assess(case.sheet))
    brief = report(ENGINE.assess(case.sheet, explain=False))

    assert brief.items() <= full.items()
    assert "reasons" not in brief
    assert {"protocol", "lead", "leads", "level", "co_occurring", "program", "domains", "rules"} <= set(brief)


def test_words_follow_the_language_and_the_voice() -> None:
    sheet = calm(who="them", self_harm="yes")
    english, spanish = (report(ENGINE.assess(sheet), language) for language in LANGUAGES)

    assert re.search(r"\b(they|them|their)\b", english["rules"][0]["reason"], re.IGNORECASE)
    assert english["rules"][0]["reason"] != spanish["rules"][0]["reason"]
    assert english["reasons"] != spanish["reasons"]
    assert english["level"] == spanish["level"]
