"""Sets of cells as bits: each operation against counting by hand, and the rules over every combination of bands."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.engine.cells import Axis, Cells, Space
from screening.engine.conditions import (
    AllOf,
    AnyOf,
    Chose,
    Condition,
    Has,
    HowMany,
    Not,
    Reaches,
    Scored,
    all_of,
    any_of,
    domains_in,
    flags_in,
    holds,
)
from screening.engine.decision import BandFacts, Decider
from screening.engine.spec import CO_OCCURRING, LADDER, LEADS, TOP_BAND, Rule
from tests.engine.clinical_tables import RULES
from tests.engine.people import PROTOCOL, examples
from tests.population import seeded

SMALL = Space((Axis("home", 3), Axis("support", 4), Axis("older", 2)))
ALL_CELLS = [SMALL.read(cell) for cell in range(SMALL.size)]


def _listed(cells: Cells) -> list[dict[str, int]]:
    return [ALL_CELLS[cell] for cell in range(SMALL.size) if cells >> cell & 1]


def test_a_space_holds_every_combination_once() -> None:
    expected = [
        {"home": home, "support": support, "older": older}
        for home, support, older in product(range(3), range(4), range(2))
    ]

    assert expected == ALL_CELLS
    assert _listed(SMALL.all) == expected


@pytest.mark.parametrize("value", range(-1, 6))
@pytest.mark.parametrize("key", ["home", "support", "older"])
def test_at_least(key: str, value: int) -> None:
    assert _listed(SMALL.at_least(key, value)) == [cell for cell in ALL_CELLS if cell[key] >= value]


LEAVES: st.SearchStrategy[Condition] = st.one_of(
    st.builds(Reaches, st.sampled_from(["home", "support"]), st.integers(1, 4)),
    st.builds(HowMany, st.just(("home", "support")), st.integers(1, 3), st.integers(1, 2)),
    st.builds(Has, st.just("older")),
)
CONDITIONS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(AllOf, st.lists(inner, max_size=3).map(tuple)),
        st.builds(AnyOf, st.lists(inner, max_size=3).map(tuple)),
        st.builds(Not, inner),
    ),
    max_leaves=8,
)


@given(CONDITIONS)
@examples(80)
def test_where_a_condition_holds_is_where_it_holds_one_by_one(condition: Condition) -> None:
    expected = [
        cell
        for cell in ALL_CELLS
        if holds(
            condition, BandFacts({k: cell[k] for k in ("home", "support")}, {"older": bool(cell["older"])})
        )
    ]

    assert _listed(SMALL.where(condition)) == expected


@given(st.integers(0, SMALL.all), st.sampled_from(["home", "support", "older"]))
@examples(80)
def test_one_step_up(cells: Cells, key: str) -> None:
    top = {axis.key: axis.size - 1 for axis in SMALL.axes}[key]
    inside = _listed(cells)

    lost = [c for c in inside if c[key] < top and {**c, key: c[key] + 1} not in inside]
    changed = [c for c in ALL_CELLS if c[key] < top and (c in inside) != ({**c, key: c[key] + 1} in inside)]
    assert _listed(SMALL.lost_upward(cells, key)) == lost
    assert _listed(SMALL.changed_along(cells, key)) == changed


@given(st.integers(0, SMALL.all), st.integers(0, 6))
@examples(50)
def test_examples_are_the_first_of_the_set(cells: Cells, most: int) -> None:
    assert list(SMALL.examples(cells, most)) == _listed(cells)[:most]


@pytest.mark.parametrize("condition", [Scored(("age",), 1), Chose("age", ("18_25",)), all_of(Scored((), 1))])
def test_answers_can_not_be_read_over_bands(condition: Condition) -> None:
    with pytest.raises(TypeError, match="can not be read"):
        SMALL.where(condition)


# The shipped rules over every combination of bands and flags.

TABLES = (
    (PROTOCOL.gates, LEADS),
    (PROTOCOL.level_rules, LADDER),
    (PROTOCOL.co_occurring_rules, CO_OCCURRING),
)
DOMAINS = tuple(domain.key for domain in PROTOCOL.domains if domain.clinical)
FLAGS = tuple(flag.key for flag in PROTOCOL.flags)


def _outcome_of_each_cell(space: Space, rules: tuple[Rule, ...], ladder: tuple[str, ...]) -> list[int]:
    """The highest outcome in each cell, read from the bits."""
    reached = [0] * space.size
    for rung in range(1, len(ladder)):
        cells = 0
        for rule in rules:
            if ladder.index(rule.outcome) >= rung:
                cells |= space.where(rule.when)
        bits = format(cells, f"0{space.size}b")[::-1]
        reached = [so_far + (bit == "1") for so_far, bit in zip(reached, bits, strict=True)]
    return reached


@pytest.mark.parametrize("rules, ladder", TABLES, ids=["what comes first", "level of care", "dual diagnosis"])
def test_the_shipped_rules_are_the_designed_rules_in_every_combination(
    rules: tuple[Rule, ...], ladder: tuple[str, ...]
) -> None:
    """Every band and flag that the table reads (it can see no other), as bits against the design one by one."""
    domains = [key for key in DOMAINS if any(key in domains_in(rule.when) for rule in rules)]
    flags = [key for key in FLAGS if any(key in flags_in(rule.when) for rule in rules)]
    space = Space((*(Axis(key, 2) for key in flags), *(Axis(key, TOP_BAND + 1) for key in domains)))
    shipped = _outcome_of_each_cell(space, rules, ladder)
    designed = sorted(
        ((ladder.index(outcome), when) for outcome, when in RULES.values() if outcome in ladder[1:]),
        key=lambda row: -row[0],
    )

    cell = 0
    for on in product((0, 1), repeat=len(flags)):
        given_ = frozenset(key for key, is_on in zip(flags, on, strict=True) if is_on)
        for levels in product(range(TOP_BAND + 1), repeat=len(domains)):
            bands = dict.fromkeys(DOMAINS, 0)
            bands.update(zip(domains, levels, strict=True))
            reached = next((rung for rung, when in designed if when(bands, given_)), 0)
            assert shipped[cell] == reached, (bands, given_)
            cell += 1
    assert cell == space.size


def test_the_bits_agree_with_the_decider_person_by_person() -> None:
    # An axis of one value is a flag that is not set.
    space = Space((*(Axis(key, 1) for key in FLAGS), *(Axis(key, TOP_BAND + 1) for key in DOMAINS)))
    tables = [_outcome_of_each_cell(space, rules, ladder) for rules, ladder in TABLES]
    decider, random = Decider(PROTOCOL), seeded(11)

    assert space.size == 390_625
    for _ in range(5000):
        cell = random.randrange(space.size)
        values = space.read(cell)
        bands = tuple(values.get(d.key, random.randrange(TOP_BAND + 1)) for d in PROTOCOL.domains)
        found = decider.verdict(bands, (False,) * len(FLAGS))
        assert [table[cell] for table in tables] == [found.lead, found.level, found.co_occurring], values


def test_an_empty_any_holds_nowhere_and_an_empty_all_everywhere() -> None:
    assert SMALL.where(any_of()) == 0
    assert SMALL.where(all_of()) == SMALL.all
