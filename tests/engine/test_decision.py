"""Bands to a decision: each rule against the design, and the highest that fires wins, whatever the order."""

from dataclasses import replace
from itertools import product
from random import Random
from typing import Any

import pytest

from screening.engine.conditions import domains_in, flags_in, holds
from screening.engine.decision import UNDETERMINED, YOUTH, BandFacts, Decider, Verdict
from screening.engine.spec import CO_OCCURRING, LADDER, LEADS, NOT_SURE, TOP_BAND, Rule
from tests.engine.clinical_tables import RULES
from tests.engine.people import PROTOCOL, Answers, calm, decide, phq4, signs
from tests.population import seeded

ALL_RULES = (*PROTOCOL.gates, *PROTOCOL.level_rules, *PROTOCOL.co_occurring_rules)
DOMAINS = tuple(domain.key for domain in PROTOCOL.domains)
FLAGS = tuple(flag.key for flag in PROTOCOL.flags)
DECIDER = Decider(PROTOCOL)


def verdict(*flags: str, **bands: int) -> Verdict:
    levels = tuple(bands.get(domain, 0) for domain in DOMAINS)
    return DECIDER.verdict(levels, tuple(flag in flags for flag in FLAGS))


def test_the_design_and_the_protocol_have_the_same_rules() -> None:
    assert {rule.key: rule.outcome for rule in ALL_RULES} == {key: row[0] for key, row in RULES.items()}


@pytest.mark.parametrize("rule", ALL_RULES, ids=lambda rule: rule.key)
def test_the_rule_fires_exactly_where_the_design_says(rule: Rule) -> None:
    """Every combination of the bands and flags that the rule reads, with all others low, and all others high."""
    read, flags = domains_in(rule.when), flags_in(rule.when)
    designed = RULES[rule.key][1]
    for rest, picked in product((0, TOP_BAND), product(range(TOP_BAND + 1), repeat=len(read))):
        bands = {**dict.fromkeys(DOMAINS, rest), **dict(zip(read, picked, strict=True))}
        for on in product((False, True), repeat=len(flags)):
            set_flags = dict(zip(flags, on, strict=True))
            facts = BandFacts(bands, {**dict.fromkeys(FLAGS, bool(rest)), **set_flags})
            said = frozenset(key for key, is_set in facts.flags.items() if is_set)
            assert holds(rule.when, facts) == designed(bands, said), (bands, said)


# One person for each way into each rule, with nothing else going on: bands, flags, and what the rule brings.
# (php2 reads mental health at 3 as well, as the design does; php4 asks for as much there, so it never decides.)
ALONE: list[tuple[str, dict[str, int], tuple[str, ...], str]] = [
    ("g1_life_in_danger", {"danger": 4}, (), "emergency"),
    ("g1_life_in_danger", {"medical": 4}, (), "emergency"),
    ("g1_life_in_danger", {"withdrawal": 4}, (), "emergency"),
    ("g1_life_in_danger", {"mental_health": 4}, (), "emergency"),
    ("g2_danger_not_long_ago", {"danger": 3}, (), "crisis_today"),
    ("g3_withdrawal_risk", {"withdrawal": 3}, (), "medical_first"),
    ("g4_withdrawal_without_safe_help", {"withdrawal": 2, "support": 3}, (), "medical_first"),
    ("g4_withdrawal_without_safe_help", {"withdrawal": 2, "home": 3}, (), "medical_first"),
    ("g4_withdrawal_without_safe_help", {"withdrawal": 2, "medical": 2}, (), "medical_first"),
    ("g4_withdrawal_without_safe_help", {"withdrawal": 2}, ("older",), "medical_first"),
    ("g5_health_first", {"medical": 3}, (), "medical_first"),
    ("g6_pregnancy", {"withdrawal": 1}, ("pregnant",), "medical_first"),
    ("g6_pregnancy", {}, ("pregnant", "opioids"), "medical_first"),
    ("res1_severe_and_unsafe_home", {"severity": 3, "home": 3}, (), "residential"),
    ("res2_no_safe_place", {"severity": 2, "home": 4}, (), "residential"),
    ("res3_severe_after_full_programs", {"severity": 3, "return_to_use": 4}, (), "residential"),
    (
        "res4_severe_relapse_risk_and_weak_ground",
        {"severity": 3, "return_to_use": 3, "home": 2},
        (),
        "residential",
    ),
    (
        "res4_severe_relapse_risk_and_weak_ground",
        {"severity": 3, "return_to_use": 3, "support": 3},
        (),
        "residential",
    ),
    ("res5_most_severe_with_another_burden", {"severity": 4, "support": 3}, (), "residential"),
    ("res5_most_severe_with_another_burden", {"severity": 4, "home": 2}, (), "residential"),
    ("res5_most_severe_with_another_burden", {"severity": 4, "return_to_use": 3}, (), "residential"),
    ("res5_most_severe_with_another_burden", {"severity": 4, "mental_health": 3}, (), "residential"),
    ("res6_unsafe_home_and_alone", {"severity": 2, "home": 3, "support": 3}, (), "residential"),
    ("res7_mental_health_and_no_ground", {"mental_health": 3, "severity": 2, "home": 3}, (), "residential"),
    (
        "res7_mental_health_and_no_ground",
        {"mental_health": 3, "severity": 2, "support": 4},
        (),
        "residential",
    ),
    ("php1_most_severe", {"severity": 4}, (), "php"),
    ("php2_severe_and_one_burden", {"severity": 3, "return_to_use": 3}, (), "php"),
    ("php2_severe_and_one_burden", {"severity": 3, "support": 3}, (), "php"),
    ("php3_severe_and_two_strains", {"severity": 3, "return_to_use": 2, "support": 2}, (), "php"),
    ("php3_severe_and_two_strains", {"severity": 3, "home": 2, "mental_health": 2}, (), "php"),
    ("php4_mental_health_most_days", {"mental_health": 3}, (), "php"),
    ("php5_after_a_crisis", {"danger": 3}, (), "php"),
    ("php6_unsafe_home", {"severity": 2, "home": 3}, (), "php"),
    ("php7_alone", {"severity": 2, "support": 4}, (), "php"),
    ("php8_lighter_help_did_not_hold", {"severity": 2, "return_to_use": 4}, (), "php"),
    ("iop1_clear_signs", {"severity": 2}, (), "iop"),
    ("iop2_some_signs_and_a_burden", {"severity": 1, "mental_health": 2}, (), "iop"),
    ("iop2_some_signs_and_a_burden", {"severity": 1, "support": 3}, (), "iop"),
    ("iop2_some_signs_and_a_burden", {"severity": 1, "home": 3}, (), "iop"),
    ("iop2_some_signs_and_a_burden", {"severity": 1, "return_to_use": 2}, (), "iop"),
    ("iop2_some_signs_and_a_burden", {"severity": 1, "danger": 2}, (), "iop"),
    ("iop3_recent_overdose_or_return", {"return_to_use": 3}, (), "iop"),
    ("iop4_body_depends", {"withdrawal": 2}, (), "iop"),
    ("iop5_after_detox_or_rehab", {}, ("after_detox",), "iop"),
    ("iop5_after_detox_or_rehab", {}, ("after_rehab",), "iop"),
    ("dual1_both_at_once", {"mental_health": 2}, (), "capable"),
    ("dual1_both_at_once", {"danger": 2}, (), "capable"),
    ("dual2_psychiatric_care", {"mental_health": 3}, (), "enhanced"),
    ("dual2_psychiatric_care", {"danger": 3}, (), "enhanced"),
]


@pytest.mark.parametrize("key, bands, flags, outcome", ALONE, ids=lambda value: str(value))
def test_the_rule_decides_by_itself_and_one_step_less_does_not(
    key: str, bands: dict[str, int], flags: tuple[str, ...], outcome: str
) -> None:
    found = verdict(*flags, **bands)
    assert key in {rule.key for rule in (*found.gates, *found.level_rules, *found.co_occurring_rules)}
    assert outcome in (LEADS[found.lead], LADDER[found.level], CO_OCCURRING[found.co_occurring])

    ladder = next(ladder for ladder in (LEADS, LADDER, CO_OCCURRING) if outcome in ladder)
    for domain in bands:
        less = verdict(*flags, **{**bands, domain: bands[domain] - 1})
        reached = {LEADS: less.lead, LADDER: less.level, CO_OCCURRING: less.co_occurring}[ladder]
        assert reached < ladder.index(outcome), domain


def test_a_person_alone_covers_every_rule() -> None:
    assert {row[0] for row in ALONE} == set(RULES)


def test_with_nothing_going_on_weekly_care_may_be_enough() -> None:
    found = verdict()

    assert (LEADS[found.lead], LADDER[found.level], CO_OCCURRING[found.co_occurring]) == (
        "none",
        "outpatient",
        "none",
    )
    assert found.level_rules == (PROTOCOL.default_reason,)


def test_only_the_rules_of_the_winning_level_speak_and_every_gate_does() -> None:
    found = verdict(severity=3, home=3, withdrawal=3, medical=3, mental_health=2)

    assert [rule.key for rule in found.gates] == [
        "g3_withdrawal_risk",
        "g4_withdrawal_without_safe_help",
        "g5_health_first",
    ]
    assert [rule.key for rule in found.level_rules] == ["res1_severe_and_unsafe_home"]
    assert [rule.key for rule in found.co_occurring_rules] == ["dual1_both_at_once"]


def _shuffled(rules: tuple[Rule, ...], random: Random) -> tuple[Rule, ...]:
    return tuple(random.sample(rules, len(rules)))


def test_the_order_of_the_rules_decides_nothing() -> None:
    random = seeded(7)
    other = Decider(
        replace(
            PROTOCOL,
            gates=_shuffled(PROTOCOL.gates, random),
            level_rules=_shuffled(PROTOCOL.level_rules, random),
            co_occurring_rules=_shuffled(PROTOCOL.co_occurring_rules, random),
        )
    )
    for _ in range(2000):
        bands = tuple(random.randrange(TOP_BAND + 1) for _ in DOMAINS)
        flags = tuple(random.random() < 0.3 for _ in FLAGS)
        one, two = DECIDER.verdict(bands, flags), other.verdict(bands, flags)
        assert (one.lead, one.level, one.co_occurring) == (two.lead, two.level, two.co_occurring)
        assert set(one.level_rules) == set(two.level_rules)


def test_a_long_run_does_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("screening.engine.decision.MOST_VERDICTS", 50)
    decider, random = Decider(PROTOCOL), seeded(3)
    for _ in range(500):
        bands = tuple(random.randrange(TOP_BAND + 1) for _ in DOMAINS)
        found = decider.verdict(bands, (False,) * len(FLAGS))
        fresh = DECIDER.verdict(bands, (False,) * len(FLAGS))
        assert (found.lead, found.level, found.co_occurring) == (fresh.lead, fresh.level, fresh.co_occurring)
        assert len(decider._verdicts) <= 50


DEPRESSED = {**phq4(8), "diagnosis": "common", "function": "somewhat_hard"}


@pytest.mark.parametrize(
    "answers, level, program",
    [
        ({}, "outpatient", "outpatient"),
        (DEPRESSED, "outpatient", "outpatient"),
        (signs(4), "iop", "iop"),
        ({**signs(4), **DEPRESSED}, "iop", "dual_diagnosis"),
        (signs(9), "php", "php"),
        ({**signs(9), **DEPRESSED}, "php", "dual_diagnosis"),
        ({**signs(9), "place_to_live": "might_lose"}, "residential", "residential"),
        ({**signs(9), "place_to_live": "might_lose", **DEPRESSED}, "residential", "dual_diagnosis"),
    ],
)
def test_dual_diagnosis_is_a_kind_of_program_at_a_level(answers: Answers, level: str, program: str) -> None:
    decision = decide(calm(**answers))

    assert (decision.level, decision.program) == (level, program)


def test_youth_get_no_adult_level_and_every_gate() -> None:
    decision = decide(calm(age="under_18", self_harm="yes", now=["overdose"], **signs(11)))

    assert (decision.level, decision.program) == (YOUTH, "none")
    assert decision.leads == ("emergency", "crisis_today", "medical_first")
    assert decision.level_rules == ()
    assert decision.possible_levels == ()


def test_all_that_comes_first_is_told_the_most_urgent_first() -> None:
    decision = decide(calm(self_harm="yes", health="needs_nursing"))

    assert decision.lead == "crisis_today"
    assert decision.leads == ("crisis_today", "medical_first")


def test_between_two_levels_both_are_possible_and_none_is_given() -> None:
    decision = decide(calm(**signs(7), people_to_count_on=NOT_SURE))

    assert decision.level == UNDETERMINED
    assert decision.possible_levels == ("iop", "php")
    assert decision.program == "none"
    assert decision.level_rules == ()


def test_what_may_come_first_is_kept_apart_from_what_does() -> None:
    decision = decide(calm(now=NOT_SURE))

    assert decision.leads == ()
    assert set(decision.possible_leads) == {"emergency", "crisis_today", "medical_first"}


DANGERS: list[dict[str, Any]] = [
    {"now": ["overdose"]},
    {"now": ["seizure"]},
    {"now": ["confused"]},
    {"now": ["body"]},
    {"now": ["being_hurt"]},
    {"now": ["might_hurt_someone"]},
    {"suicide_thoughts": "plan"},
]


@pytest.mark.parametrize("danger", DANGERS, ids=str)
@pytest.mark.parametrize("voice", ["me", "them"])
@pytest.mark.parametrize("age", ["under_18", "26_64", "65_plus", NOT_SURE])
@pytest.mark.parametrize("rest", [{}, None], ids=["all said", "nothing else said"])
def test_danger_to_life_wins_whatever_else_is_said(danger: Answers, voice: str, age: str, rest: Any) -> None:
    answers = {"who": voice, "age": age, **danger}

    assert decide(answers if rest is None else calm(**answers)).lead == "emergency"
