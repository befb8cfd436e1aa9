"""What two protocols do differently: exact over rules and answers, by place over words, and over the same people."""

import copy
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.engine import engine_for
from screening.engine.compare import (
    TextChange,
    compare,
    compare_domains,
    compare_rows,
    compare_rules,
    compare_sheets,
    compare_words,
)
from screening.engine.compare_report import as_json, in_lines, sheets_as_json, sheets_in_lines
from screening.engine.conditions import (
    Chose,
    Reaches,
    Scored,
    all_of,
    any_of,
    domains_in,
    flags_in,
    holds,
)
from screening.engine.decision import BandFacts
from screening.engine.document import from_document
from screening.engine.spec import CO_OCCURRING, LADDER, LEADS, Flag, Protocol, Rule, Step, Text
from tests.engine.edits import SHIPPED, put, row
from tests.engine.people import ENGINE, PROTOCOL, Answers, anyone, calm, examples


def with_rule(key: str, **changes: Any) -> Protocol:
    """The shipped protocol with one rule changed."""
    for table in ("gates", "level_rules", "co_occurring_rules"):
        rules: tuple[Rule, ...] = getattr(PROTOCOL, table)
        if any(rule.key == key for rule in rules):
            return replace(
                PROTOCOL, **{table: tuple(replace(r, **changes) if r.key == key else r for r in rules)}
            )
    raise KeyError(key)


def without(table: str, key: str) -> Protocol:
    rows = getattr(PROTOCOL, table)
    assert key in {one.key for one in rows}
    return replace(PROTOCOL, **{table: tuple(one for one in rows if one.key != key)})


def with_steps(key: str, *steps: Step) -> Protocol:
    """The shipped protocol with other cut-offs in one domain."""
    domains = tuple(replace(d, steps=steps) if d.key == key else d for d in PROTOCOL.domains)
    return replace(PROTOCOL, domains=domains)


def steps(key: str) -> tuple[Step, ...]:
    return next(d.steps for d in PROTOCOL.domains if d.key == key)


MEDICAL = steps("medical")
STRICTER_HEALTH = with_steps("medical", *MEDICAL[:2], replace(MEDICAL[2], band=4), *MEDICAL[3:])
(CRISIS,) = (rule.key for rule in PROTOCOL.gates if rule.outcome == "crisis_today")
NO_CRISIS = without("gates", CRISIS)


def test_a_protocol_is_the_same_as_itself_and_as_its_copy() -> None:
    for other in (PROTOCOL, from_document(copy.deepcopy(SHIPPED)), replace(PROTOCOL, version="2099.1")):
        found = compare(PROTOCOL, other)

        assert found.same
        assert not found.rules.moves
        assert list(in_lines(found)) == ["The two ask, score, decide and say the same."]


# Rules.


FEW = ("severity", "home", "danger", "withdrawal", "mental_health")


def reduced(protocol: Protocol) -> Protocol:
    """The protocol with five domains and no flag, and the rules that read nothing else."""

    def reads_few(rule: Rule) -> bool:
        return set(domains_in(rule.when)) <= set(FEW) and not flags_in(rule.when)

    return replace(
        protocol,
        domains=tuple(d for d in protocol.domains if d.key in FEW),
        flags=(),
        gates=tuple(filter(reads_few, protocol.gates)),
        level_rules=tuple(filter(reads_few, protocol.level_rules)),
        co_occurring_rules=tuple(filter(reads_few, protocol.co_occurring_rules)),
    )


def one_by_one(old: Protocol, new: Protocol) -> Counter[tuple[str, str, str]]:
    """The moves over every combination of the five bands, asking every rule of each."""
    found: Counter[tuple[str, str, str]] = Counter()
    for bands in product(range(5), repeat=len(FEW)):
        facts = BandFacts(dict(zip(FEW, bands, strict=True)), {})
        for what, was, becomes in zip(OUTCOMES, outcome(old, facts), outcome(new, facts), strict=True):
            if was != becomes:
                found[what, was, becomes] += 1
    return found


OUTCOMES = ("lead", "level", "co_occurring", "program")


def outcome(protocol: Protocol, facts: BandFacts) -> tuple[str, ...]:
    def top(rules: tuple[Rule, ...], ladder: tuple[str, ...]) -> str:
        return ladder[max((ladder.index(r.outcome) for r in rules if holds(r.when, facts)), default=0)]

    level, dual = top(protocol.level_rules, LADDER), top(protocol.co_occurring_rules, CO_OCCURRING)
    winning = [r for r in protocol.level_rules if r.outcome == level and holds(r.when, facts)]
    alone = not facts.band("severity") and bool(winning) and all(r.mental_health_alone for r in winning)
    program = "dual_diagnosis" if dual != "none" and level != "outpatient" and not alone else level
    return top(protocol.gates, LEADS), level, dual, program


CHANGES = {
    "a rule more often": with_rule("iop4_body_depends", when=Reaches("withdrawal", 1)),
    "a rule less often": with_rule(
        "res2_no_safe_place", when=all_of(Reaches("severity", 3), Reaches("home", 4))
    ),
    "another outcome": with_rule("php6_unsafe_home", outcome="residential"),
    "a gate gone": NO_CRISIS,
    "dual diagnosis for fewer": with_rule("dual1_both_at_once", when=Reaches("danger", 3)),
    "a rule with a choice": with_rule(
        "iop1_clear_signs", when=any_of(Reaches("severity", 2), Reaches("danger", 1))
    ),
    "mental health alone": with_rule("php5_after_a_crisis", mental_health_alone=False),
}


@pytest.mark.parametrize("new", CHANGES.values(), ids=CHANGES)
def test_moves_are_exactly_what_asking_every_rule_one_by_one_gives(new: Protocol) -> None:
    found = compare_rules(reduced(PROTOCOL), reduced(new))

    assert not found.apart
    counted = one_by_one(reduced(PROTOCOL), reduced(new))
    assert counted
    assert {(m.what, m.before, m.after): m.count for m in found.moves} == counted
    assert all(person.startswith("A person with ") for move in found.moves for person in move.people)


def test_counts_over_all_combinations_are_exact() -> None:
    """Crisis today goes away in band 3 of danger, unless something more urgent is there anyway."""
    moves = {(m.what, m.before, m.after): m.count for m in compare_rules(PROTOCOL, NO_CRISIS).moves}
    total = 5**8 * 2**5
    # Danger at 3 exactly, and none of the three bodies at its top.
    calm_bodies = total // 5 * 4**3 // 5**3

    assert set(moves) == {("lead", "crisis_today", "none"), ("lead", "crisis_today", "medical_first")}
    assert sum(moves.values()) == calm_bodies


def test_rules_over_other_domains_are_not_compared_but_named() -> None:
    fewer = without("domains", "home")
    flagged = replace(
        PROTOCOL, flags=(*PROTOCOL.flags, Flag("new", Chose("age", ("18_25",)), Text("is new", "es nuevo")))
    )

    assert compare_rules(PROTOCOL, fewer).apart == ("only the first has the domain home",)
    assert compare_rules(PROTOCOL, flagged).apart == ("only the second has the flag new",)
    assert not compare(PROTOCOL, flagged).same


# Answers.


def sheets_of(keys: tuple[str, ...]) -> Iterator[Answers]:
    menus = [[c.key for c in PROTOCOL.question(key).choices if not c.unknown] for key in keys]
    for combination in product(*menus):
        yield calm(**dict(zip(keys, combination, strict=True)))


def test_a_moved_cut_off_moves_exactly_the_answers_it_should() -> None:
    found = compare_domains(PROTOCOL, STRICTER_HEALTH)

    assert not found.apart
    assert [(m.key, m.before, m.after) for m in found.moves] == [("medical", 3, 4)]
    assert "health: Yes, a doctor said hospital or a daily nurse" in found.moves[0].sheets[0]


def test_counts_of_answers_are_what_scoring_each_of_them_gives() -> None:
    support = steps("support")
    new = with_steps("support", replace(support[0], when=Scored(("people_to_count_on",), 1)), *support[1:])
    found = {(m.before, m.after): m.count for m in compare_domains(PROTOCOL, new).moves}

    moved: Counter[tuple[int, int]] = Counter()
    for answers in sheets_of(("people_to_count_on", "people_who_use")):
        was, becomes = (
            engine_for(p).assess(answers, explain=False).scores.domain("support").low for p in (PROTOCOL, new)
        )
        if was != becomes:
            moved[was, becomes] += 1
    assert found == dict(moved)


def test_a_flag_that_reads_other_answers_is_named_with_its_answers() -> None:
    flags = tuple(
        replace(f, when=Chose("age", ("26_64", "65_plus"))) if f.key == "older" else f for f in PROTOCOL.flags
    )
    found = compare_domains(PROTOCOL, replace(PROTOCOL, flags=flags))

    assert [(m.key, m.before, m.after, m.count) for m in found.moves] == [("older", 0, 1, 1)]


def test_questions_and_choices_that_only_one_asks_are_named() -> None:
    health = PROTOCOL.question("health")
    fewer = replace(health, choices=health.choices[:-1])
    new = replace(PROTOCOL, questions=tuple(fewer if q.key == "health" else q for q in PROTOCOL.questions))

    assert compare_domains(PROTOCOL, new).apart == ("only the first offers health=needs_nursing",)
    assert compare_domains(new, PROTOCOL).apart == ("only the second offers health=needs_nursing",)


def test_a_question_that_only_one_asks_still_lets_the_rest_be_compared() -> None:
    new = replace(
        with_steps(
            "danger",
            *(
                s
                for s in steps("danger")
                if s.when != Scored(("self_harm",), 3) and s.when != Scored(("self_harm",), 2)
            ),
        ),
        questions=tuple(q for q in PROTOCOL.questions if q.key != "self_harm"),
    )
    found = compare_domains(PROTOCOL, new)

    assert found.apart == ("only the first asks self_harm",)
    assert {(m.key, m.before, m.after) for m in found.moves} == {("danger", 3, low) for low in (0, 1, 2)}


# Words and rows.


def edited(place: str, value: Any) -> Protocol:
    document = copy.deepcopy(SHIPPED)
    put(place, value)(document)
    return from_document(document)


def test_a_changed_word_is_named_by_its_place_and_form() -> None:
    new = edited("questions[1].choices[3].text.es", "65 o más años")

    assert compare_words(PROTOCOL, new) == (
        TextChange("questions[age].choices[65_plus].text", "es", "65 o más", "65 o más años"),
    )
    assert compare_rows(PROTOCOL, new) == ()
    assert not compare(PROTOCOL, new).same


def test_rows_added_removed_moved_and_values_changed_are_named() -> None:
    document = copy.deepcopy(SHIPPED)
    row(document, "help_lines", "poison")["dial"] = "18002221223"
    document["notes"].insert(0, {**document["notes"][0], "key": "new_note"})
    document["alternatives"].pop(0)
    document["dangers"].append(document["dangers"].pop(0))
    row(document, "questions", "health")["if_unknown"] = 2
    row(document, "questions", "pregnant")["ask_if"] = None
    places = {(change.place, change.what) for change in compare_rows(PROTOCOL, from_document(document))}

    assert places == {
        ("help_lines[poison].dial", "changed"),
        ("notes[new_note]", "added"),
        (f"alternatives[{SHIPPED['alternatives'][0]['key']}]", "removed"),
        ("dangers", "moved"),
        ("questions[health].if_unknown", "added"),
        ("questions[pregnant].ask_if", "removed"),
    }


# People.


@given(st.lists(anyone(), max_size=6))
@examples(30)
def test_what_happens_to_people_is_what_assessing_each_of_them_twice_gives(people: list[Answers]) -> None:
    new = replace(NO_CRISIS, domains=STRICTER_HEALTH.domains)
    found = compare_sheets(PROTOCOL, new, iter(people))

    moves: Counter[tuple[str, str, str]] = Counter()
    lost = moved = 0
    for answers in people:
        was, becomes = (engine_for(p).assess(answers) for p in (PROTOCOL, new))
        steps_taken = [
            (what, getattr(was.decision, what), getattr(becomes.decision, what))
            for what in OUTCOMES
            if getattr(was.decision, what) != getattr(becomes.decision, what)
        ]
        moves.update(steps_taken)
        moved += bool(steps_taken)
        lost += len(set(was.decision.leads) - set(becomes.decision.leads)) + len(
            set(was.dangers) - set(becomes.dangers)
        )
    assert found.people == len(people)
    assert found.moved == moved
    assert found.moves == moves
    assert sum(found.lost_safety.values()) == lost
    assert not found.left_out


def test_a_safety_message_that_is_no_longer_shown_is_counted() -> None:
    found = compare_sheets(PROTOCOL, NO_CRISIS, [calm(), calm(self_harm="yes"), calm(self_harm="yes")])

    assert found.lost_safety == {"lead crisis_today": 2}
    assert found.examples["lead crisis_today"] == [2, 3]
    assert found.moves["lead", "crisis_today", "none"] == 2
    assert sheets_as_json(found)["lost_safety"] == [
        {"message": "lead crisis_today", "count": 2, "examples": [2, 3]}
    ]
    assert any("no longer shown: lead crisis_today (sheet 2, 3)" in line for line in sheets_in_lines(found))


def test_answers_that_one_of_the_two_does_not_know_are_left_out_and_counted() -> None:
    new = replace(PROTOCOL, questions=tuple(q for q in PROTOCOL.questions if q.key != "live_away"))
    new = replace(new, week=replace(new.week, formats=new.week.formats[:-1]))
    new = with_schedule_free_of_live_away(new)
    found = compare_sheets(PROTOCOL, new, [calm(), {"age": "99"}])

    assert found.people == 2
    assert found.moved == 0
    assert found.left_out == {"new 'live_away': 'yes'": 1, "old 'age': '99'": 1, "new 'age': '99'": 1}


def with_schedule_free_of_live_away(protocol: Protocol) -> Protocol:
    def kept(step: Step) -> Step:
        return (
            replace(step, when=any_of(Scored(("free_times",), 1), Scored(("ties",), 1)))
            if step.band == 1
            else step
        )

    return replace(
        protocol,
        domains=tuple(
            replace(d, steps=tuple(map(kept, d.steps))) if d.key == "schedule" else d
            for d in protocol.domains
        ),
        notes=tuple(n for n in protocol.notes if n.key != "week_does_not_lower_care"),
    )


def test_the_lines_go_person_by_person() -> None:
    lines = "\n".join(in_lines(compare(PROTOCOL, replace(NO_CRISIS, domains=STRICTER_HEALTH.domains))))

    assert "lead: crisis_today becomes none" in lines
    assert "A person with danger now 3 of 4; 0 in the rest." in lines
    assert "medical: 3 becomes 4" in lines
    assert f"gates[{CRISIS}] removed" in lines


def test_the_json_has_everything_the_lines_say() -> None:
    shown = as_json(compare(PROTOCOL, NO_CRISIS))

    assert set(shown) == {"same", "apart", "combinations", "rules", "bands", "words", "rows"}
    assert shown["same"] is False
    assert shown["combinations"] == 12_500_000
    assert {"what", "before", "after", "count", "people"} == set(shown["rules"][0])
    assert ENGINE.protocol is PROTOCOL
