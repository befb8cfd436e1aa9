"""The proofs reckon with sets of answer sheets; each set must hold exactly the sheets for which the engine says so."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.engine.answer_cells import AnswerSpace, behind
from screening.engine.answer_proofs import Behind, behind_domain
from screening.engine.answers import Chosen
from screening.engine.cells import LEAST, MOST, Cells
from screening.engine.conditions import AllOf, Condition, Not, holds
from screening.engine.flow import SheetFacts
from screening.engine.places import standings
from screening.engine.reach import Measure, Reach
from screening.engine.reach_proofs import Ground
from screening.engine.rule_proofs import programs
from screening.engine.spec import TOP_BAND, Domain
from screening.engine.trimmed import trimmed
from tests.engine.people import ENGINE, PROTOCOL, Answers, complete_adults, examples

SMALL = ("medical", "danger", "support", "home", "schedule", "return_to_use")
LARGE = ("severity", "withdrawal", "mental_health")


def domain(key: str) -> Domain:
    return next(d for d in PROTOCOL.domains if d.key == key)


def engine_says(key: str, answers: dict[str, Chosen]) -> tuple[int, int]:
    score = ENGINE.scorer.domain_of(key, ENGINE.flow.lay_out(answers))
    return score.low, score.high


def cells_say(space: AnswerSpace, which: Domain, cell: int) -> tuple[int, int]:
    low, high = space.bands(which, LEAST), space.bands(which, MOST)
    return tuple(sum(bits >> cell & 1 for bits in bands) - 1 for bands in (low, high))  # type: ignore[return-value]


@pytest.mark.parametrize("key", SMALL)
def test_bands_are_the_engines_for_every_sheet_open_answers_included(key: str) -> None:
    space = behind_domain(ENGINE, domain(key)).open
    low, high = space.bands(domain(key), LEAST), space.bands(domain(key), MOST)

    for cell in range(space.space.size):
        bands = tuple(sum(bits >> cell & 1 for bits in sets) - 1 for sets in (low, high))
        assert bands == engine_says(key, space.read(cell)), space.read(cell)


@pytest.mark.parametrize("key", LARGE)
@given(data=st.data())
@examples(150)
def test_bands_are_the_engines_in_large_domains_too(key: str, data: st.DataObject) -> None:
    space = SPACES[key]
    cell = data.draw(st.integers(0, space.space.size - 1))

    assert cells_say(space, domain(key), cell) == engine_says(key, space.read(cell))


SPACES = {key: behind_domain(ENGINE, domain(key)).open for key in LARGE}
READ_ANSWERS = [s for s in standings(PROTOCOL) if not s.bands]


@pytest.mark.parametrize("place", [s.place for s in READ_ANSWERS if not s.place.startswith("domains")])
@given(data=st.data())
@examples(25)
def test_conditions_hold_for_the_sheets_that_the_engine_says(place: str, data: st.DataObject) -> None:
    condition = next(s.condition for s in READ_ANSWERS if s.place == place)
    space = Behind(ENGINE, (condition,)).open
    cell = data.draw(st.integers(0, space.space.size - 1))
    sheet = ENGINE.flow.lay_out(space.read(cell))
    by_key = {reading.question: reading for reading in sheet}
    least, most = SheetFacts(by_key), SheetFacts(by_key, most=True)

    for turned in (condition, Not(condition)):
        assert space.holds(turned, LEAST, MOST) >> cell & 1 == holds(turned, least, most)
        assert space.holds(turned, MOST, LEAST) >> cell & 1 == holds(turned, most, least)
    for key, asked in space.asked.items():
        assert asked >> cell & 1 == by_key[key].asked


@given(complete_adults())
@examples(40)
def test_every_answer_has_one_that_stands_for_it_and_is_read_alike(answers: Answers) -> None:
    """Each real answer is of one of the kinds on the menu; swapped for that one, every band stays."""
    checked = ENGINE.door.parse(answers)
    for which in PROTOCOL.domains:
        here = behind_domain(ENGINE, which)
        swapped = dict(checked)
        for key in set(here.scope) & set(checked):
            kind = here.seen.signature(ENGINE.door.by_key[key].read(checked[key]))
            (swapped[key],) = (
                chosen
                for chosen in here.whole.menus[key]
                if here.seen.signature(ENGINE.door.by_key[key].read(chosen)) == kind
            )
        assert engine_says(which.key, swapped) == engine_says(which.key, checked)


@given(complete_adults())
@examples(100)
def test_everybody_is_among_the_combinations_that_answers_reach(answers: Answers) -> None:
    assessment = ENGINE.assess(answers, explain=False)
    bands = dict(zip((d.key for d in PROTOCOL.domains), assessment.scores.lows, strict=True))
    flags = dict(zip((f.key for f in PROTOCOL.flags), assessment.scores.sure_flags, strict=True))
    cell = 0
    for axis in GROUND.space.axes:
        cell = cell * axis.size + int({**bands, **flags}[axis.key])
    decision = assessment.decision
    # Outpatient care stays outpatient care, however mental health is treated.
    dual = decision.program == "dual_diagnosis" or (
        decision.level == "outpatient" and decision.co_occurring != "none"
    )
    level = decision.level

    assert GROUND.adults >> cell & 1
    assert programs(PROTOCOL, GROUND.rules)[f"dual_diagnosis at {level}" if dual else level] >> cell & 1


GROUND = Ground(ENGINE)


@pytest.mark.parametrize("open_too", [False, True])
def test_what_is_reached_is_what_going_through_all_answers_reaches(open_too: bool) -> None:
    """Three measures that share questions, over every combination of their answers."""
    flag = next(f for f in PROTOCOL.flags if f.key == "pregnant")
    measures = [
        Measure("medical", domain("medical")),
        Measure("danger", domain("danger")),
        Measure("pregnant", flag.when),
    ]
    reach = Reach(ENGINE, measures, leave_open=open_too)
    space, cells = reach.space(), reach.union()
    scope = behind(PROTOCOL, ("now", "health", "suicide_thoughts", "self_harm", "pregnant"))

    seen = set()
    for combination in product(*(reach.menus[key] for key in scope)):
        answers = {key: chosen for key, chosen in zip(scope, combination, strict=True) if chosen}
        sheet = ENGINE.flow.lay_out(answers)
        scores = ENGINE.scorer.score(sheet)
        medical, danger = scores.domain("medical"), scores.domain("danger")
        position = [f.key for f in PROTOCOL.flags].index("pregnant")
        sure, maybe = scores.sure_flags[position], scores.maybe_flags[position]
        if open_too:
            seen.add((medical.low * 5 + medical.high, danger.low * 5 + danger.high, sure * 2 + maybe))
        else:
            seen.add((medical.low, danger.low, int(sure)))

    reached = {tuple(space.read(cell).values()) for cell in _bits(cells)}
    assert reached == seen


def _bits(cells: Cells) -> list[int]:
    return [n for n, bit in enumerate(reversed(f"{cells:b}")) if bit == "1"]


def test_every_part_of_a_condition_is_left_out_once() -> None:
    inner: Condition = AllOf(tuple(step.when for step in domain("home").steps))
    found = list(trimmed(inner, "here"))

    assert len(found) == len({place for place, _, _ in found})
    assert all(shorter != inner for _, _, shorter in found)
    assert ("here.conditions[0]", domain("home").steps[0].when) in [(place, part) for place, part, _ in found]
    # Five steps, of which two are a choice of two.
    assert len(found) == len(domain("home").steps) + 4
    assert TOP_BAND == 4
