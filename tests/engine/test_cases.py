"""The check says of every named person what a clinician expects, and the people cover all that it can say."""

from collections import Counter, defaultdict
from typing import Any

import pytest

from screening.engine.decision import UNDETERMINED, YOUTH
from screening.engine.report import report
from screening.engine.spec import LADDER, LEADS, VOICES
from tests.engine.cases import CASES, MAY_BE_STATED, STATED, Case
from tests.engine.people import ENGINE, PROTOCOL, path_of

DISPUTED = [(case, stated) for case in CASES for stated in case.disputed]
FEWEST = 2  # people for each rule, note, lead and off-ramp


def _said(case: Case) -> dict[str, Any]:
    """What the check says of this person, in the words and shape that a case states it in."""
    shown = report(ENGINE.assess(case.sheet))
    sentences = [rule["reason"] for rule in shown["rules"]]
    sentences += [sentence for reason in shown["reasons"] for sentence in reason["because"]]
    return {
        **{key: shown[key] for key in ("lead", "level", "co_occurring", "program", "narrowing_question")},
        **{key: list(shown.get(key, ())) for key in ("leads", "possible_levels", "possible_leads")},
        "dangers": list(shown["dangers"]),
        "rules": [rule["key"] for rule in shown["rules"]],
        "notes": [note["key"] for note in shown["notes"]],
        "formats": [found["key"] for found in shown["week"]["formats"]],
        "strengths": [found["domain"] for found in shown["strengths"]],
        "reasons": sentences,
        "never_said": sentences,
        "also_consider": [other["key"] for other in shown["also_consider"]],
        "close_call": [near["level"] for near in shown["close_call"]],
    }


def _agrees(stated: str, expected: Any, said: Any) -> bool:
    if stated in ("reasons", "also_consider", "close_call"):
        return set(expected) <= set(said)
    if stated == "never_said":
        return not set(expected) & set(said)
    return bool(expected == said)


def _differences(case: Case, stated: list[str]) -> dict[str, tuple[Any, Any]]:
    said = _said(case)
    return {
        key: (case.expect[key], said[key]) for key in stated if not _agrees(key, case.expect[key], said[key])
    }


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_check_says_what_a_clinician_expects(case: Case) -> None:
    assert not _differences(case, [key for key in case.expect if key not in case.disputed])


def test_what_is_disputed_is_still_said_differently() -> None:
    """When this fails the check agrees with the clinician at last: take the dispute out of the case."""
    assert not [case.disputed[stated] for case, stated in DISPUTED if not _differences(case, [stated])]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_case_is_whole(case: Case) -> None:
    assert case.voice in VOICES
    assert set(STATED) <= set(case.expect) <= {*STATED, *MAY_BE_STATED}
    assert set(case.disputed) <= set(case.expect)
    assert ("possible_levels" in case.expect) == (case.expect["level"] == UNDETERMINED)
    assert case.expect["leads"] == [lead for lead in reversed(LEADS) if lead in case.expect["leads"]]
    assert case.expect["lead"] == next(iter(case.expect["leads"]), "none")
    assert case.why.endswith((".", ")"))
    # Nothing is said that is open, without the case saying so.
    if "possible_leads" not in case.expect:
        assert not _said(case)["possible_leads"]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_person_answers_their_own_path_and_nothing_else(case: Case) -> None:
    path = set(path_of(case.sheet))

    assert not set(case.sheet) - path
    assert case.unfinished == bool(path - set(case.sheet))


def test_people_have_names_of_their_own() -> None:
    assert len({case.name for case in CASES}) == len(CASES) >= 48
    # "Dolores, drinks eight a day": a first name, and what one would say of her.
    assert all(case.name[0].isupper() and len(case.name) > 12 for case in CASES)
    first_names = Counter(case.name.split(",")[0].split("'")[0] for case in CASES)
    assert not [name for name, count in first_names.items() if count > 1]


def _must_be_covered() -> set[tuple[str, str]]:
    rules = (*PROTOCOL.gates, *PROTOCOL.level_rules, *PROTOCOL.co_occurring_rules, PROTOCOL.default_reason)
    return {
        *(("rules", rule.key) for rule in rules),
        *(("notes", note.key) for note in PROTOCOL.notes),
        *(("leads", lead) for lead in LEADS[1:]),
        *(("lead", lead) for lead in LEADS),
        *(("level", level) for level in (*LADDER, UNDETERMINED, YOUTH)),
        *(("co_occurring", much) for much in ("none", "capable", "enhanced")),
        *(("program", program) for program in ("iop", "php", "residential", "outpatient", "dual_diagnosis")),
    }


def test_every_rule_note_lead_and_outcome_has_two_people_and_both_voices() -> None:
    voices: dict[tuple[str, str], list[str]] = defaultdict(list)
    for case in CASES:
        for key, stated in case.expect.items():
            for value in [stated] if isinstance(stated, str) else stated:
                voices[key, value].append(case.voice)
    wanted = _must_be_covered()

    assert not {row: voices[row] for row in wanted if len(voices[row]) < FEWEST}
    assert not {row: voices[row] for row in wanted if set(voices[row]) != set(VOICES)}


def test_no_case_speaks_of_a_rule_or_note_that_does_not_exist() -> None:
    known = _must_be_covered()
    stated = {
        (key, value) for case in CASES for key in ("rules", "notes", "leads") for value in case.expect[key]
    }

    assert not stated - known
