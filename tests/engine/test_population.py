"""Made-up people: the tables fit the protocol, say where they come from, and are drawn as they say."""

from collections import Counter
from dataclasses import replace
from random import Random

import pytest

from screening.engine.answers import NONE
from screening.engine.decision import YOUTH
from screening.engine.spec import LADDER, LEADS, UNKNOWN_KEYS, Question
from screening.population import Population, stream
from screening.population.people import BLOCK, FACT_SHARES, SHARES, SIGNS, WHO
from screening.population.sources import SOURCES
from screening.population.tables import FACTS
from tests.engine.people import ENGINE, PROTOCOL, decide
from tests.engine.people import SIGNS as FIRST_SIGNS

PEOPLE = list(stream(PROTOCOL, 4000, seed=11, whole=True))


def share(question: str, *choices: str, of: list[dict] = PEOPLE) -> float:
    """How many in a hundred of those who said something gave one of these answers."""
    said = [sheet[question] for sheet in of if sheet[question] not in UNKNOWN_KEYS]
    return (
        100
        * sum(any(c in one for c in choices) if isinstance(one, list) else one in choices for one in said)
        / len(said)
    )


# The tables.


def test_every_question_and_every_choice_has_its_share() -> None:
    signs = {(question, key) for question, key, _ in SIGNS.weights}
    listed = {(table.question, key) for table in SHARES for key, _ in table.rows}
    asked = {
        (question.key, choice.key)
        for question in PROTOCOL.questions
        for choice in question.choices
        if question.key != WHO and (question.kind == "one" or choice.key != NONE)
    }

    assert signs | listed == asked


@pytest.mark.parametrize(
    "table", [*FACT_SHARES, *SHARES], ids=lambda t: getattr(t, "question", None) or t.fact
)
def test_shares_add_up_and_name_their_sources(table) -> None:
    columns = list(zip(*(shares for _, shares in table.rows), strict=True))

    assert len(columns) == len(FACTS[table.by])
    if getattr(table, "kind", "one") == "one":
        assert [sum(column) for column in columns] == pytest.approx([100] * len(columns))
    assert all(0 <= one <= 100 for column in columns for one in column)
    assert table.sources
    assert set(table.sources) <= {source.key for source in SOURCES}


def test_every_source_is_used_and_says_how_well_it_was_read() -> None:
    used = {key for table in (*FACT_SHARES, *SHARES, SIGNS) for key in table.sources}

    assert used == {source.key for source in SOURCES}
    assert {source.strength for source in SOURCES} == {"verified", "recalled", "judgment"}


# The people.


def test_the_same_seed_makes_the_same_people_and_another_others() -> None:
    assert list(stream(PROTOCOL, 50, seed=3)) == list(stream(PROTOCOL, 50, seed=3))
    assert list(stream(PROTOCOL, 50, seed=3)) != list(stream(PROTOCOL, 50, seed=4))
    assert list(stream(PROTOCOL, 20, seed=3)) == list(stream(PROTOCOL, 50, seed=3))[:20]


def test_a_block_needs_none_of_those_before_it() -> None:
    population = Population(PROTOCOL)
    second = list(stream(PROTOCOL, BLOCK + 3, seed=5, whole=True))[BLOCK:]

    assert [next_one for next_one, _ in zip(population.block(1, 5), range(3), strict=False)] == second


def test_everybody_is_let_in_and_answers_what_is_asked() -> None:
    for sheet in stream(PROTOCOL, 300, seed=7):
        laid_out = ENGINE.flow.lay_out(ENGINE.door.parse(sheet))
        assert {r.question for r in laid_out if r.asked} == set(sheet)


def test_they_reach_everything_that_can_be_decided() -> None:
    decisions = [decide(sheet) for sheet in PEOPLE]

    assert {d.lead for d in decisions} == set(LEADS)
    assert {d.level for d in decisions} >= {*LADDER, YOUTH}
    assert {rule.key for d in decisions for rule in d.rules} == {
        rule.key
        for rule in (
            *PROTOCOL.gates,
            *PROTOCOL.level_rules,
            *PROTOCOL.co_occurring_rules,
            PROTOCOL.default_reason,
        )
    }


def test_they_come_close_to_what_was_published() -> None:
    """Wide bounds: the tables say why each source is not quite about these people."""
    injects = [sheet for sheet in PEOPLE if "opioids" in sheet["substances"] and len(sheet["more_signs"]) > 2]

    assert 11 <= share("place_to_live", "no_steady_place", "shelter_car_outside") <= 15  # 13 % of admissions
    assert 26 <= share("nervous", "not_at_all") <= 34  # 29 %
    assert 9 <= share("down", "nearly_every_day") <= 15  # 11 %
    assert 35 <= share("overdose", "over_a_year", "past_year", "past_30_days", of=injects) <= 55  # 41.5 %
    assert 2 <= share("withdrawal_past", "seizure") <= 9
    assert 33 <= share("substances", "cannabis") <= 42  # 19.0 of 48.7 million


def test_answers_hang_together() -> None:
    def signs_of(sheet: dict) -> int:
        return sum(
            len(set(sheet[q]) - {NONE}) for q in ("signs", "more_signs") if sheet[q] not in UNKNOWN_KEYS
        )

    few = [sheet for sheet in PEOPLE if signs_of(sheet) <= 1]
    many = [sheet for sheet in PEOPLE if signs_of(sheet) >= 9]
    low = [sheet for sheet in PEOPLE if sheet["down"] == "not_at_all"]
    down = [sheet for sheet in PEOPLE if sheet["down"] == "nearly_every_day"]

    for question, worst in (
        ("withdrawal_now", "a_lot"),
        ("alcohol_days", "most_days"),
        ("down", "nearly_every_day"),
    ):
        assert share(question, worst, of=many) > 2 * share(question, worst, of=few)
    assert share("suicide_thoughts", "no_plan", "plan", of=down) > 4 * share(
        "suicide_thoughts", "no_plan", "plan", of=low
    )
    assert share("place_to_live", "steady", of=few) > share("place_to_live", "steady", of=many) + 10


def test_who_has_signs_has_one_of_those_that_are_asked_first() -> None:
    for sheet in PEOPLE:
        if set(sheet["more_signs"]) & {key for question, key, _ in SIGNS.weights if question == "more_signs"}:
            assert sheet["signs"] in UNKNOWN_KEYS or set(sheet["signs"]) & set(FIRST_SIGNS)


def test_a_draft_with_a_question_and_a_choice_of_its_own_is_answered_too() -> None:
    def added(question: Question) -> Question:
        if question.key != "health":
            return question
        return replace(question, choices=(*question.choices, replace(question.choices[1], key="new_one")))

    fresh = replace(PROTOCOL.question("health"), key="fresh")
    ticks = replace(PROTOCOL.question("ties"), key="fresh_ticks", ask_if=None)
    draft = replace(PROTOCOL, questions=(*map(added, PROTOCOL.questions), fresh, ticks))
    sheets = [Population(draft).whole(Random(n)) for n in range(300)]  # noqa: S311

    assert {"no", "needs_nursing"} <= {sheet["fresh"] for sheet in sheets}
    assert Counter(len(sheet["fresh_ticks"]) for sheet in sheets if isinstance(sheet["fresh_ticks"], list))[2]
    assert "new_one" in {sheet["health"] for sheet in sheets}
