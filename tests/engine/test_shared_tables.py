"""What the engine keeps from one person for the next must never show: not in what is decided, not in what is said."""

import json

import pytest

from screening.engine import Engine
from screening.engine.report import report, report_line
from screening.engine.spec import LANGUAGES
from tests.engine.people import PROTOCOL
from tests.population import Answers, people


def _reports(sheets: list[Answers]) -> list[str]:
    """Each person's whole report, in this order, by an engine that has seen nobody before."""
    engine = Engine(PROTOCOL)
    return [json.dumps(report(engine.assess(sheet)), sort_keys=True) for sheet in sheets]


def test_the_order_in_which_people_come_changes_nothing() -> None:
    sheets = people(120, seed=5)

    assert _reports(sheets) == _reports(sheets[::-1])[::-1]


def test_the_first_person_is_served_like_the_last() -> None:
    sheets = people(25, seed=6)

    assert [_reports([sheet])[0] for sheet in sheets] == _reports(sheets)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("explain", [True, False], ids=["full", "brief"])
def test_a_line_of_a_stream_is_the_report(explain: bool, language: str) -> None:
    engine = Engine(PROTOCOL)
    for sheet in people(60, seed=7):
        assessment = engine.assess(sheet, explain=explain)
        line = report_line(assessment, language)

        assert "\n" not in line
        assert json.loads(line) == json.loads(json.dumps(report(assessment, language)))


def test_made_up_people_are_the_same_for_the_same_seed() -> None:
    assert people(30, seed=1) == people(30, seed=1)
    assert people(30, seed=1) != people(30, seed=2)
    assert people(60, seed=1)[:30] == people(30, seed=1)


def test_made_up_people_answer_their_own_path_in_both_voices() -> None:
    engine = Engine(PROTOCOL)
    made_up = people(300)
    for sheet in made_up:
        path = engine.path(engine.door.parse(sheet))
        assert path.complete
        assert {key for step in path.steps for key in step.questions} == set(sheet)

    voices = [sheet["who"] for sheet in made_up]
    assert 0.15 < voices.count("them") / len(voices) < 0.35
    unsure = [sum(value in ("not_sure", "rather_not_say") for value in sheet.values()) for sheet in made_up]
    assert 0.3 < sum(count > 0 for count in unsure) / len(unsure) < 0.55
