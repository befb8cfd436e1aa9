"""The closed vocabulary: what each condition means when all is known, and when something is open."""

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.engine.conditions import (
    UPWARD,
    AllOf,
    AnyOf,
    Chose,
    Condition,
    Has,
    HowMany,
    Not,
    Reaches,
    Scored,
    Unless,
    Unsure,
    all_of,
    any_of,
    domains_in,
    evidence,
    flags_in,
    holds,
    parts_of,
    questions_in,
)
from tests.engine.people import examples


@dataclass(frozen=True)
class Known:
    """Facts written down by hand."""

    scores: dict[str, int] = field(default_factory=dict)
    choices: frozenset[tuple[str, str]] = frozenset()
    bands: dict[str, int] = field(default_factory=dict)
    flags: frozenset[str] = frozenset()
    open: frozenset[str] = frozenset()

    def points(self, question: str) -> int:
        return self.scores.get(question, 0)

    def chose(self, question: str, choice: str) -> bool:
        return (question, choice) in self.choices

    def unsure(self, question: str) -> bool:
        return question in self.open

    def band(self, domain: str) -> int:
        return self.bands.get(domain, 0)

    def flag(self, key: str) -> bool:
        return key in self.flags


NOTHING = Known()
SOME = Known(
    scores={"a": 2, "b": 1},
    choices=frozenset({("a", "x")}),
    bands={"home": 3, "support": 2, "severity": 1},
    flags=frozenset({"pregnant"}),
    open=frozenset({"c"}),
)


@pytest.mark.parametrize(
    "condition, expected",
    [
        (Scored(("a",), 2), True),
        (Scored(("a",), 3), False),
        (Scored(("a", "b"), 3), True),
        (Scored((), 1), False),
        (Chose("a", ("x",)), True),
        (Chose("a", ("y", "x")), True),
        (Chose("a", ("y",)), False),
        (Chose("a", ()), False),
        (Reaches("home", 3), True),
        (Reaches("home", 4), False),
        (HowMany(("home", "support", "severity"), 2, 2), True),
        (HowMany(("home", "support", "severity"), 2, 3), False),
        (HowMany(("home", "support", "severity"), 1, 3), True),
        (Has("pregnant"), True),
        (Has("older"), False),
        (all_of(Has("pregnant"), Reaches("home", 3)), True),
        (all_of(Has("pregnant"), Reaches("home", 4)), False),
        (all_of(), True),
        (any_of(Has("older"), Reaches("home", 3)), True),
        (any_of(Has("older"), Reaches("home", 4)), False),
        (any_of(), False),
        (Not(Has("older")), True),
        (Not(Has("pregnant")), False),
        (Unless(Has("older")), True),
        (Unless(Has("pregnant")), False),
        (Unsure("c"), True),
        (Unsure("a"), False),
    ],
    ids=str,
)
def test_when_all_is_known_a_condition_holds_or_not(condition: Condition, expected: bool) -> None:
    assert holds(condition, SOME) is expected
    assert holds(condition, SOME, SOME) is expected


# Nothing is sure, all of SOME is possible.
@pytest.mark.parametrize(
    "condition, known, possible",
    [
        (Scored(("a",), 2), False, True),
        (Scored(("a",), 3), False, False),
        (Chose("a", ("x",)), False, True),
        (Reaches("home", 3), False, True),
        (HowMany(("home", "support"), 2, 2), False, True),
        (Has("pregnant"), False, True),
        (all_of(Has("pregnant"), Has("older")), False, False),
        (any_of(Has("pregnant"), Has("older")), False, True),
        (Not(Has("pregnant")), False, True),
        (Not(Has("older")), True, True),
        (Not(Not(Has("pregnant"))), False, True),
        (Unless(Has("pregnant")), True, True),
        (Unless(Has("older")), True, True),
    ],
    ids=str,
)
def test_what_is_open_may_hold_but_is_not_known_to(condition: Condition, known: bool, possible: bool) -> None:
    assert holds(condition, NOTHING, SOME) is known
    assert holds(condition, SOME, NOTHING) is possible


def test_evidence_is_every_smallest_part_that_holds() -> None:
    condition = any_of(
        all_of(Has("pregnant"), Reaches("home", 3)), Has("older"), Scored(("a",), 1), Reaches("home", 3)
    )

    assert evidence(condition, SOME) == (Has("pregnant"), Reaches("home", 3), Scored(("a",), 1))


def test_what_does_not_hold_has_no_evidence() -> None:
    assert evidence(all_of(Has("pregnant"), Has("older")), SOME) == ()
    assert evidence(Has("older"), SOME) == ()
    assert evidence(all_of(), SOME) == ()


def test_everything_a_condition_reads_is_found_however_deep() -> None:
    condition = all_of(
        Not(any_of(Scored(("b", "a"), 1), Chose("c", ("x",)))),
        Unless(all_of(Unsure("d"), HowMany(("home", "support"), 1, 1))),
        Reaches("home", 2),
        Has("older"),
        Scored(("a",), 1),
    )

    assert questions_in(condition) == ("b", "a", "c", "d")
    assert domains_in(condition) == ("home", "support")
    assert flags_in(condition) == ("older",)
    assert len(list(parts_of(condition))) == 12
    assert questions_in(None) == ()


QUESTIONS, DOMAINS, FLAGS = ("a", "b", "c"), ("home", "support", "severity"), ("older", "pregnant")
LEAVES: st.SearchStrategy[Condition] = st.one_of(
    st.builds(
        Scored, st.lists(st.sampled_from(QUESTIONS), unique=True, min_size=1).map(tuple), st.integers(1, 6)
    ),
    st.builds(Chose, st.sampled_from(QUESTIONS), st.just(("x",))),
    st.builds(Reaches, st.sampled_from(DOMAINS), st.integers(1, 4)),
    st.builds(HowMany, st.just(DOMAINS), st.integers(1, 4), st.integers(1, 3)),
    st.builds(Has, st.sampled_from(FLAGS)),
)


def _several(inner: st.SearchStrategy[Condition]) -> st.SearchStrategy[tuple[Condition, ...]]:
    return st.lists(inner, max_size=3).map(tuple)


UPWARD_CONDITIONS = st.recursive(
    LEAVES, lambda inner: st.builds(AllOf, _several(inner)) | st.builds(AnyOf, _several(inner)), max_leaves=8
)
CONDITIONS = st.recursive(
    LEAVES,
    lambda inner: (
        st.builds(AllOf, _several(inner)) | st.builds(AnyOf, _several(inner)) | st.builds(Not, inner)
    ),
    max_leaves=8,
)


def _facts(points: int, bands: int, flags: int, ticks: int) -> Known:
    """Four numbers as facts: each is read in base 5, or bit by bit."""
    return Known(
        scores={q: points // 5**n % 5 for n, q in enumerate(QUESTIONS)},
        bands={d: bands // 5**n % 5 for n, d in enumerate(DOMAINS)},
        flags=frozenset(f for n, f in enumerate(FLAGS) if flags >> n & 1),
        choices=frozenset((q, "x") for n, q in enumerate(QUESTIONS) if ticks >> n & 1),
    )


KNOWN = st.builds(_facts, st.integers(0, 124), st.integers(0, 124), st.integers(0, 3), st.integers(0, 7))


def _more(one: Known, other: Known) -> Known:
    """At least as much of everything as either."""
    return Known(
        scores={q: max(one.points(q), other.points(q)) for q in QUESTIONS},
        bands={d: max(one.band(d), other.band(d)) for d in DOMAINS},
        flags=one.flags | other.flags,
        choices=one.choices | other.choices,
    )


@given(UPWARD_CONDITIONS, KNOWN, KNOWN)
@examples(80)
def test_raising_a_fact_never_turns_an_upward_condition_off(
    condition: Condition, one: Known, other: Known
) -> None:
    assert all(isinstance(part, UPWARD) for part in parts_of(condition))
    if holds(condition, one):
        assert holds(condition, _more(one, other))


@given(CONDITIONS, KNOWN, KNOWN)
@examples(80)
def test_what_is_known_is_possible_and_the_opposite_is_ruled_out(
    condition: Condition, one: Known, other: Known
) -> None:
    least, most = one, _more(one, other)

    known, possible = holds(condition, least, most), holds(condition, most, least)
    assert possible or not known
    assert holds(Not(condition), least, most) is not possible
    assert holds(Not(condition), most, least) is not known


@given(CONDITIONS, KNOWN, KNOWN)
@examples(80)
def test_evidence_holds_and_is_there_only_when_the_whole_holds(
    condition: Condition, one: Known, other: Known
) -> None:
    found = evidence(condition, one)

    assert all(holds(leaf, one) for leaf in found)
    if not holds(condition, one):
        assert found == ()
