"""The proofs: they hold for the live protocol, with their counts, and each refuses a protocol broken on purpose."""

from dataclasses import replace
from typing import Any

import pytest

from screening.engine.conditions import Chose, Has, HowMany, Not, Reaches, Scored, all_of, any_of
from screening.engine.spec import Choice, Domain, Protocol, Question, Rule, Step, Text
from screening.engine.verify import Proofs, verify
from tests.engine.people import PROTOCOL

BANDS = 5**8
BANDS_AND_FLAGS = BANDS * 2**5


@pytest.fixture(scope="module")
def proofs() -> Proofs:
    return verify(PROTOCOL)


def test_the_live_protocol_is_proven(proofs: Proofs) -> None:
    assert proofs.problems == []
    assert proofs.hold


def test_every_combination_is_counted(proofs: Proofs) -> None:
    counts = proofs.counts

    assert counts["combinations of bands"] == BANDS == 390_625
    assert counts["combinations of bands and flags"] == BANDS_AND_FLAGS == 12_500_000


@pytest.mark.parametrize(
    "table, outcomes",
    [
        ("what comes first", ["none", "medical_first", "crisis_today", "emergency"]),
        ("the level of care", ["outpatient", "iop", "php", "residential"]),
        ("dual-diagnosis care", ["none", "capable", "enhanced"]),
    ],
)
def test_each_combination_has_one_outcome_and_each_outcome_some(
    proofs: Proofs, table: str, outcomes: list[str]
) -> None:
    reached = [proofs.counts[f"{table}: {outcome}"] for outcome in outcomes]

    assert all(reached)
    assert sum(reached) == BANDS_AND_FLAGS


def test_four_domains_at_their_top_are_an_emergency_in_every_combination(proofs: Proofs) -> None:
    for domain in ("danger", "medical", "withdrawal", "mental_health"):
        assert proofs.counts[f"danger wins: {domain} at the top"] == BANDS_AND_FLAGS // 5


def test_every_single_step_up_is_checked(proofs: Proofs) -> None:
    """Four steps on each of eight domains, one on each ordered flag, in each of three tables."""
    ordered_flags = 3
    steps = 8 * BANDS_AND_FLAGS * 4 // 5 + ordered_flags * BANDS_AND_FLAGS // 2

    assert proofs.counts["single steps up checked"] == 3 * steps


def test_every_rule_fires_and_decides_somewhere(proofs: Proofs) -> None:
    for rule in (*PROTOCOL.gates, *PROTOCOL.level_rules, *PROTOCOL.co_occurring_rules):
        assert proofs.counts[f"rule {rule.key} fires"] > 0


def test_every_program_is_reached_with_nothing_coming_first(proofs: Proofs) -> None:
    for level in ("outpatient", "iop", "php", "residential"):
        assert proofs.counts[f"program {level}"] > 0
        assert proofs.counts[f"program dual_diagnosis at {level}"] > 0


# Broken on purpose. Each is the live protocol with one thing changed.


def _rules(key: str, /, **changes: Any) -> Protocol:
    """The protocol with one rule changed."""
    for table in ("gates", "level_rules", "co_occurring_rules"):
        rules: tuple[Rule, ...] = getattr(PROTOCOL, table)
        if any(rule.key == key for rule in rules):
            changed = tuple(replace(r, **changes) if r.key == key else r for r in rules)
            return replace(PROTOCOL, **{table: changed})
    raise KeyError(key)


def _level_rule_more(key: str, when: Any, outcome: str) -> Protocol:
    rule = replace(PROTOCOL.level_rules[0], key=key, when=when, outcome=outcome)
    return replace(PROTOCOL, level_rules=(*PROTOCOL.level_rules, rule))


def _question(key: str, /, **changes: Any) -> Protocol:
    return replace(
        PROTOCOL,
        questions=tuple(replace(q, **changes) if q.key == key else q for q in PROTOCOL.questions),
    )


def _choice(question: str, choice: str, /, **changes: Any) -> Protocol:
    rows = PROTOCOL.question(question).choices
    return _question(question, choices=tuple(replace(c, **changes) if c.key == choice else c for c in rows))


def _domain(key: str, /, **changes: Any) -> Protocol:
    return replace(
        PROTOCOL, domains=tuple(replace(d, **changes) if d.key == key else d for d in PROTOCOL.domains)
    )


def _steps(key: str) -> tuple[Step, ...]:
    domain: Domain = next(d for d in PROTOCOL.domains if d.key == key)
    return domain.steps


def _moved(key: str, to: int) -> Protocol:
    questions: list[Question] = [q for q in PROTOCOL.questions if q.key != key]
    questions.insert(to, PROTOCOL.question(key))
    return replace(PROTOCOL, questions=tuple(questions))


def _first(table: str, **changes: Any) -> Protocol:
    rows = getattr(PROTOCOL, table)
    return replace(PROTOCOL, **{table: (replace(rows[0], **changes), *rows[1:])})


GATE, LEVEL, DUAL = "g5_health_first", "iop1_clear_signs", "dual1_both_at_once"
ENGLISH_ONLY = Text("A sentence.", "")
BROKEN_SHAPE: dict[str, tuple[Protocol, str]] = {
    "a rule without a source": (_rules(LEVEL, sources=()), "unsourced"),
    "a question without a source": (_question("health", sources=()), "unsourced"),
    "a source that does not exist": (_rules(LEVEL, sources=("hearsay",)), "dangling"),
    "two rules with one key": (_rules(LEVEL, key=GATE), "doubled"),
    "two questions with one key": (_question("worry", key="nervous"), "doubled"),
    "two choices with one key": (_choice("health", "under_control", key="no"), "doubled"),
    "a domain that reads no such question": (
        _domain("medical", steps=(*_steps("medical"), Step(3, Scored(("pulse",), 1)))),
        "dangling",
    ),
    "a domain that reads no such choice": (
        _domain("medical", steps=(*_steps("medical"), Step(3, Chose("health", ("poorly",))))),
        "dangling",
    ),
    "a rule that reads no such domain": (_rules(LEVEL, when=Reaches("luck", 2)), "dangling"),
    "a rule that reads no such flag": (_rules(LEVEL, when=Has("insured")), "dangling"),
    "a choice with no such danger": (_choice("health", "no", danger="doom"), "dangling"),
    "a gate with no such danger": (_rules(GATE, danger="doom"), "dangling"),
    "a lead with no such help line": (_first("leads", lines=("hotline",)), "dangling"),
    "a danger with no such help line": (_first("dangers", lines=("hotline",)), "dangling"),
    "a question in no such part": (_question("worry", part="soul"), "dangling"),
    "a question on no such page": (_question("worry", page="moods"), "dangling"),
    "a reason without Spanish": (_rules(LEVEL, reason=ENGLISH_ONLY), "wording"),
    "a question without Spanish": (_question("health", text=ENGLISH_ONLY), "wording"),
    "a reason for families in English only": (
        _rules(LEVEL, reason=Text("You.", "Usted.", en_them="They.")),
        "wording",
    ),
    "a placeholder in one language only": (
        _question("signs", said=Text("{count} signs.", "{cuenta} señales.")),
        "wording",
    ),
    "no words for a level": (
        replace(PROTOCOL, care=tuple(care for care in PROTOCOL.care if care.key != "php")),
        "wording",
    ),
    "a rule that says not": (_rules(LEVEL, when=Not(Reaches("support", 1))), "downward"),
    "a rule that says not, deep inside": (
        _rules(LEVEL, when=all_of(Reaches("severity", 2), any_of(Not(Has("older"))))),
        "downward",
    ),
    "a domain that says not": (
        _domain("medical", steps=(*_steps("medical"), Step(3, Not(Scored(("health",), 2))))),
        "downward",
    ),
    "a rule that reads a question": (_rules(LEVEL, when=Scored(("signs",), 4)), "raw"),
    "a domain that reads a band": (
        _domain("medical", steps=(*_steps("medical"), Step(3, Reaches("home", 3)))),
        "raw",
    ),
    "a rule that reads the schedule": (
        _rules(LEVEL, when=all_of(Reaches("severity", 2), Reaches("schedule", 2))),
        "schedule",
    ),
    "a rule that leads nowhere": (_rules(LEVEL, outcome="hospital"), "outcome"),
    "a gate that gives a level": (_rules(GATE, outcome="php"), "outcome"),
    "a question that hangs on a later one": (
        _question("health", ask_if=Scored(("safe_home",), 1)),
        "cycle",
    ),
    "a question asked before the one it hangs on": (_moved("more_signs", 1), "cycle"),
    "a rule that can never fire": (_rules(LEVEL, when=any_of()), "empty"),
    "a rule that asks for three of two": (
        _rules(LEVEL, when=HowMany(("home", "support"), 1, 3)),
        "band",
    ),
    "a band above the top": (_domain("medical", steps=(*_steps("medical"), Step(5, Has("older")))), "band"),
    "a rule that asks for no band at all": (_rules(LEVEL, when=Reaches("severity", 0)), "band"),
    "a checklist without none of these": (
        _question("signs", choices=PROTOCOL.question("signs").choices[:-1]),
        "choices",
    ),
    "a question with one choice": (
        _question("health", choices=PROTOCOL.question("health").choices[:1]),
        "choices",
    ),
    "an answer with points below zero": (_choice("health", "no", points=-1), "choices"),
    "ticks that do not weigh the same": (_choice("signs", "strong_urges", points=2), "choices"),
    "a choice with a key that is taken": (
        _question(
            "health", choices=(*PROTOCOL.question("health").choices, Choice("not_sure", Text("Hm", "Eh"), 4))
        ),
        "choices",
    ),
}


@pytest.mark.parametrize("broken, kind", BROKEN_SHAPE.values(), ids=BROKEN_SHAPE)
def test_what_is_not_well_made_is_refused(broken: Protocol, kind: str) -> None:
    found = verify(broken)

    assert not found.hold
    assert kind in {problem.proof for problem in found.problems}
    assert all(problem.sentence for problem in found.problems)


# Reading twelve million combinations takes a second or two, so several faults share a protocol.
ALWAYS_COVERED = all_of(Reaches("severity", 4), Reaches("home", 1))
BROKEN_RULES: dict[str, tuple[Protocol, dict[str, str]]] = {
    "covered rule, missed danger, dual diagnosis only in a crisis": (
        replace(
            _rules("g1_life_in_danger", when=any_of(Reaches("danger", 4), Reaches("medical", 4))),
            level_rules=_level_rule_more("php9_more_severe", ALWAYS_COVERED, "php").level_rules,
            co_occurring_rules=tuple(
                replace(rule, when=Reaches("danger", band))
                for rule, band in zip(PROTOCOL.co_occurring_rules, (3, 4), strict=True)
            ),
        ),
        {
            "shadowed rule": "php9_more_severe",
            "danger": "withdrawal at the top is no emergency",
            "program": "dual_diagnosis at iop",
        },
    ),
    "danger to life that is only seen to first, no IOP for anyone": (
        replace(
            _rules("g1_life_in_danger", outcome="medical_first"),
            level_rules=tuple(
                replace(rule, outcome="php") if rule.outcome == "iop" else rule
                for rule in PROTOCOL.level_rules
            ),
        ),
        {"danger": "mental_health at the top is no emergency", "program": "nobody can reach iop"},
    ),
}


@pytest.mark.parametrize("broken, expected", BROKEN_RULES.values(), ids=BROKEN_RULES)
def test_what_decides_wrongly_is_refused(broken: Protocol, expected: dict[str, str]) -> None:
    found = verify(broken, items=False)

    assert not found.hold
    for kind, words in expected.items():
        assert [p for p in found.problems if p.proof == kind and words in p.sentence], kind
    person = next(problem.person for problem in found.problems if problem.proof == "danger")
    assert person.startswith("A person with ")
    assert "4 of 4" in person


# Three domains broken at once, since every combination of answers takes its time.
BROKEN_ANSWERS = {
    "medical": ("items", (*_steps("medical"), Step(3, Chose("health", ("no",))))),
    "home": ("band", tuple(step for step in _steps("home") if step.band != 2)),
    "return_to_use": ("band", tuple(step for step in _steps("return_to_use") if step.band != 4)),
}


def test_what_scores_wrongly_is_refused() -> None:
    """A better answer that scores more, and bands that no answer reaches."""
    broken = replace(
        PROTOCOL,
        domains=tuple(
            replace(domain, steps=BROKEN_ANSWERS[domain.key][1]) if domain.key in BROKEN_ANSWERS else domain
            for domain in PROTOCOL.domains
        ),
    )

    found = verify(broken)

    for domain, (kind, _) in BROKEN_ANSWERS.items():
        assert [p for p in found.problems if p.proof == kind and domain in p.sentence], domain


def test_at_least_fifteen_protocols_are_broken() -> None:
    assert len(BROKEN_SHAPE) + len(BROKEN_RULES) + len(BROKEN_ANSWERS) >= 15
