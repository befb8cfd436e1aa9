"""The audit of a decision table: exact against counting one by one, and clear about a file that is none."""

import time
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.engine.audit import Audit, as_json, audit, in_lines
from screening.engine.audit_table import read_table

Table = dict[str, Any]
Person = dict[str, int]


def at_least(domain: str, level: int) -> Table:
    return {"domain": domain, "at_least": level}


def at_most(domain: str, level: int) -> Table:
    return {"domain": domain, "at_most": level}


# The plainest possible reading of a table, to hold the audit against.


def holds(condition: Table, person: Person) -> bool:
    if "all" in condition:
        return all(holds(part, person) for part in condition["all"])
    if "any" in condition:
        return any(holds(part, person) for part in condition["any"])
    if "not" in condition:
        return not holds(condition["not"], person)
    level = person[condition["domain"]]
    if "at_least" in condition:
        return bool(level >= condition["at_least"])
    return bool(level <= condition["at_most"] if "at_most" in condition else level == condition["is"])


def people(table: Table) -> list[Person]:
    return [
        dict(zip(table["domains"], levels, strict=True))
        for levels in product(*(range(size) for size in table["domains"].values()))
    ]


def counted(table: Table) -> dict[str, Any]:
    """What the audit should say, by asking every rule about every person."""
    everyone, taken, fires, decided = people(table), {}, set(), set()
    for n, person in enumerate(everyone):
        matching = [rule for rule in table["rules"] if holds(rule["when"], person)]
        fires |= {rule["key"] for rule in matching}
        decided |= {rule["key"] for rule in matching[:1]}
        taken[n] = matching[0]["outcome"] if matching else None
    unmatched = [person for n, person in enumerate(everyone) if taken[n] is None]
    outcome = {tuple(p.values()): taken[n] or table["default"] for n, p in enumerate(everyone)}
    rank = {name: n for n, name in enumerate(table["outcomes"])}
    inversions = 0
    for here, got in outcome.items():
        for axis in range(len(here)):
            above = outcome.get((*here[:axis], here[axis] + 1, *here[axis + 1 :]))
            inversions += got is not None and above is not None and rank[above] < rank[got]
    keys = [rule["key"] for rule in table["rules"]]
    return {
        "cells": len(everyone),
        "unmatched": len(unmatched),
        "unmatched_at_top": sum(any(p[d] == n - 1 for d, n in table["domains"].items()) for p in unmatched),
        "inversions": inversions,
        "dead_rules": [key for key in keys if key not in fires],
        "shadowed_rules": [key for key in keys if key in fires and key not in decided],
        "unreachable_outcomes": [name for name in table["outcomes"] if name not in set(outcome.values())],
    }


def findings(found: Audit) -> dict[str, Any]:
    return {key: value for key, value in as_json(found).items() if key != "examples"}


@st.composite
def conditions(draw: st.DrawFn, domains: dict[str, int], depth: int = 3) -> Table:
    kind = draw(st.sampled_from(("leaf", "leaf", "all", "any", "not") if depth else ("leaf",)))
    if kind == "leaf":
        domain = draw(st.sampled_from(sorted(domains)))
        word = draw(st.sampled_from(("at_least", "at_most", "is")))
        return {"domain": domain, word: draw(st.integers(0, domains[domain] - 1))}
    if kind == "not":
        return {"not": draw(conditions(domains, depth - 1))}
    return {kind: draw(st.lists(conditions(domains, depth - 1), max_size=3))}


@st.composite
def tables(draw: st.DrawFn) -> Table:
    domains = draw(st.dictionaries(st.sampled_from("abcde"), st.integers(1, 4), min_size=1, max_size=4))
    outcomes = draw(st.lists(st.sampled_from(("none", "some", "more", "most")), min_size=1, unique=True))
    rules = [
        {"key": f"r{n}", "when": when, "outcome": draw(st.sampled_from(outcomes))}
        for n, when in enumerate(draw(st.lists(conditions(domains), max_size=6)))
    ]
    default = draw(st.sampled_from((*outcomes, None)))
    return {"domains": domains, "outcomes": outcomes, "rules": rules, "default": default}


@given(tables())
def test_the_audit_is_what_counting_one_by_one_gives(table: Table) -> None:
    found = audit(read_table(table))

    assert findings(found) == counted(table)
    assert found.clean == (not any(value for key, value in counted(table).items() if key != "cells"))


@given(tables())
def test_every_example_shows_what_it_is_given_for(table: Table) -> None:
    read = read_table(table)
    found = audit(read)

    def of(person: Person) -> Any:
        return next((r["outcome"] for r in table["rules"] if holds(r["when"], person)), None)

    for one in found.examples["unmatched"] + found.examples["unmatched_at_top"]:
        assert of(one["person"]) is None
        assert one["outcome"] == table["default"]
    for one in found.examples["unmatched_at_top"]:
        assert any(one["person"][domain] == size - 1 for domain, size in table["domains"].items())
    for one in found.examples["inversions"]:
        worse = {**one["person"], one["domain"]: one["to"]}
        assert one["to"] == one["from"] + 1 == one["person"][one["domain"]] + 1
        assert (one["outcome"], one["outcome_after"]) == tuple(
            of(p) or table["default"] for p in (one["person"], worse)
        )
        assert table["outcomes"].index(one["outcome_after"]) < table["outcomes"].index(one["outcome"])
    for one in found.examples["shadowed_rules"]:
        matching = [r["key"] for r in table["rules"] if holds(r["when"], one["person"])]
        assert one["rule"] in matching[1:]
        assert one["taken_by"] == matching[0]
    for name in ("dead_rules", "shadowed_rules", "unreachable_outcomes"):
        assert len(found.examples[name]) == len(getattr(found, name))
    assert all(
        bool(found.examples[name]) == bool(getattr(found, name))
        for name in findings(found)
        if name != "cells"
    )


# A published table of the field, written again from its thresholds: four domains of five levels, where everyone
# whom no rule matches falls back to the least program, and one rule waits for words that nothing ever says.
FOUR = {"withdrawal": 5, "body": 5, "mind": 5, "surroundings": 5}
PUBLISHED: Table = {
    "domains": FOUR,
    "outcomes": ["iop", "residential", "high_residential", "medical_residential", "hospital"],
    "rules": [
        {
            "key": "both_at_the_top",
            "when": {"all": [at_least("withdrawal", 4), at_least("body", 4)]},
            "outcome": "hospital",
        },
        {"key": "withdrawal_care_asked_for", "when": {"any": []}, "outcome": "medical_residential"},
        {"key": "body", "when": at_least("body", 3), "outcome": "medical_residential"},
        {
            "key": "mind_and_surroundings",
            "when": {
                "all": [
                    at_most("withdrawal", 2),
                    at_most("body", 3),
                    at_least("mind", 3),
                    at_least("surroundings", 3),
                ]
            },
            "outcome": "high_residential",
        },
        {
            "key": "surroundings",
            "when": {
                "all": [
                    at_most("withdrawal", 1),
                    at_most("body", 2),
                    at_most("mind", 2),
                    at_least("surroundings", 3),
                ]
            },
            "outcome": "residential",
        },
        {"key": "all_mild", "when": {"all": [at_most(domain, 2) for domain in FOUR]}, "outcome": "iop"},
    ],
    "default": "iop",
}


def test_a_published_table_leaves_222_of_625_without_a_rule() -> None:
    found = audit(read_table(PUBLISHED))

    assert findings(found) == {
        "cells": 625,
        "unmatched": 222,
        "unmatched_at_top": 138,
        "inversions": 30,
        "dead_rules": ["withdrawal_care_asked_for"],
        "shadowed_rules": [],
        "unreachable_outcomes": [],
    }
    assert findings(found) == counted(PUBLISHED)
    assert found.examples["unmatched"][0]["outcome"] == "iop"
    first = found.examples["inversions"][0]
    assert (first["domain"], first["from"], first["to"]) == ("withdrawal", 1, 2)
    assert (first["outcome"], first["outcome_after"]) == ("residential", "iop")


def test_the_same_table_with_no_default_has_fewer_steps_to_count() -> None:
    """A cell without an outcome has no step into or out of it."""
    table = {**PUBLISHED, "default": None}
    found = audit(read_table(table))

    assert findings(found) == counted(table)
    assert found.unmatched == 222
    assert found.inversions < 30
    assert found.examples["unmatched"][0]["outcome"] is None


def test_a_rule_behind_another_is_shadowed_and_says_by_which() -> None:
    table = {
        "domains": {"severity": 3},
        "outcomes": ["less", "more", "most"],
        "rules": [
            {"key": "wide", "when": at_least("severity", 1), "outcome": "more"},
            {"key": "narrow", "when": at_least("severity", 2), "outcome": "most"},
            {"key": "rest", "when": {"all": []}, "outcome": "less"},
        ],
        "default": None,
    }
    found = audit(read_table(table))

    assert found.shadowed_rules == ["narrow"]
    assert found.unreachable_outcomes == ["most"]
    assert found.examples["shadowed_rules"] == [
        {
            "rule": "narrow",
            "taken_by": "wide",
            "person": {"severity": 2},
            "name": "a person with severity 2 of 2",
        }
    ]
    assert found.unmatched == 0


def test_a_whole_table_is_clean_and_says_so() -> None:
    table = {
        "domains": {"severity": 3, "home": 2},
        "outcomes": ["less", "more"],
        "rules": [
            {
                "key": "high",
                "when": {"any": [at_least("severity", 2), at_least("home", 1)]},
                "outcome": "more",
            },
            {"key": "rest", "when": {"all": []}, "outcome": "less"},
        ],
        "default": None,
    }
    found = audit(read_table(table))

    assert found.clean
    assert list(in_lines(found))[-1].startswith("Whole")


def test_the_lines_name_people_and_rules() -> None:
    said = "\n".join(in_lines(audit(read_table(PUBLISHED))))

    assert "222" in said
    assert "a person with withdrawal 1 of 4, surroundings 3 of 4 and 0 in the rest" in said
    assert "withdrawal from 1 to 2 changes residential to iop" in said
    assert "withdrawal_care_asked_for: its condition holds for nobody" in said


@pytest.mark.slow
def test_ten_million_combinations_take_seconds() -> None:
    domains = {f"d{n}": 5 for n in range(10)}
    keys = list(domains)
    rules = [
        {
            "key": f"r{n}",
            "when": {
                "all": [
                    at_least(keys[n % 10], 1 + n % 4),
                    {"any": [at_most(keys[(n + k) % 10], k) for k in (1, 2, 3)]},
                ]
            },
            "outcome": ("less", "more", "most")[n % 3],
        }
        for n in range(30)
    ]
    table = {"domains": domains, "outcomes": ["less", "more", "most"], "rules": rules, "default": "less"}

    started = time.process_time()
    found = audit(read_table(table))

    assert found.cells == 9_765_625
    assert time.process_time() - started < 20
