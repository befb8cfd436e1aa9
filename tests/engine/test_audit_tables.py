"""Files that are no decision table: each is refused by the place where it goes wrong, and nothing else happens."""

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from screening.engine.audit import audit
from screening.engine.audit_table import MOST_CELLS, TableError, load_table, read_table
from tests.engine.test_audit import Table, at_least, at_most, counted, findings

GOOD: Table = {
    "domains": {"severity": 3},
    "outcomes": ["less", "more"],
    "rules": [{"key": "one", "when": at_least("severity", 1), "outcome": "more"}],
    "default": None,
}
DEEP = '{"not":' * 200 + "{}" + "}" * 200


def rule(**changes: Any) -> Table:
    return {**GOOD, "rules": [{**GOOD["rules"][0], **changes}]}


BAD: dict[str, tuple[Any, str]] = {
    "no table at all": ([], "table"),
    "no domains": ({**GOOD, "domains": {}}, "domains"),
    "domains that are a list": ({**GOOD, "domains": ["severity"]}, "domains"),
    "a domain without levels": ({**GOOD, "domains": {"severity": 0}}, "domains.severity"),
    "levels that are true": ({**GOOD, "domains": {"severity": True}}, "domains.severity"),
    "levels that are text": ({**GOOD, "domains": {"severity": "3"}}, "domains.severity"),
    "too many combinations": ({**GOOD, "domains": {"severity": MOST_CELLS + 1}}, "domains"),
    "far too many combinations": ({**GOOD, "domains": {f"d{n}": 5 for n in range(40)}}, "domains"),
    "no outcomes": ({**GOOD, "outcomes": []}, "outcomes"),
    "one outcome twice": ({**GOOD, "outcomes": ["less", "more", "less"]}, "outcomes[2]"),
    "an outcome without a name": ({**GOOD, "outcomes": ["less", " "]}, "outcomes[1]"),
    "no rules": ({key: value for key, value in GOOD.items() if key != "rules"}, "table"),
    "an unknown key": ({**GOOD, "defualt": "less"}, "table"),
    "a default that is no outcome": ({**GOOD, "default": "hospital"}, "default"),
    "an unknown outcome": (rule(outcome="hospital"), "rules[0].outcome"),
    "an outcome that is a list": (rule(outcome=["more"]), "rules[0].outcome"),
    "a rule without a condition": ({**GOOD, "rules": [{"key": "one", "outcome": "more"}]}, "rules[0]"),
    "one key twice": ({**GOOD, "rules": GOOD["rules"] * 2}, "rules[1].key"),
    "a key that is a number": (rule(key=1), "rules[0].key"),
    "an unknown domain": (rule(when=at_least("luck", 1)), "rules[0].when.domain"),
    "a level above the range": (rule(when=at_least("severity", 3)), "rules[0].when.at_least"),
    "a level below the range": (rule(when=at_most("severity", -1)), "rules[0].when.at_most"),
    "a level that is true": (rule(when={"domain": "severity", "is": True}), "rules[0].when.is"),
    "two comparisons at once": (rule(when={"domain": "severity", "is": 1, "at_most": 2}), "rules[0].when"),
    "no comparison": (rule(when={"domain": "severity"}), "rules[0].when"),
    "a misspelt comparison": (rule(when={"domain": "severity", "atleast": 1}), "rules[0].when"),
    "an empty condition": (rule(when={}), "rules[0].when"),
    "two conditions in one": (rule(when={"all": [], "any": []}), "rules[0].when"),
    "a condition deep inside": (
        rule(when={"not": {"all": [at_least("severity", 1), {"any": [at_least("severity", 9)]}]}}),
        "rules[0].when.not.all[1].any[0].at_least",
    ),
    "all of what is no list": (rule(when={"all": at_least("severity", 1)}), "rules[0].when.all"),
}


@pytest.mark.parametrize("table, place", BAD.values(), ids=BAD)
def test_what_is_no_table_is_refused_by_its_place(table: Any, place: str) -> None:
    with pytest.raises(TableError) as refused:
        load_table(json.dumps(table))

    assert refused.value.place == place
    assert refused.value.problem


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        '{"domains": {"a": 2}, "domains": {"a": 3}, "outcomes": ["x"], "rules": []}',
        '{"domains": {"a": 2, "a": 3}, "outcomes": ["x"], "rules": []}',
        '{"domains": {"a": 2.0}, "outcomes": ["x"], "rules": []}',
        '{"domains": {"a": NaN}, "outcomes": ["x"], "rules": []}',
        '{"domains": {"a": 1e3}, "outcomes": ["x"], "rules": []}',
        '{"domains": {"a": ' + "9" * 5000 + '}, "outcomes": ["x"], "rules": []}',
        '{"domains": {"\\ud800": 2}, "outcomes": ["x"], "rules": []}',
        "[" * 100_000,
        f'{{"domains": {{"a": 2}}, "outcomes": ["x"], "rules": [{{"key": "k", "outcome": "x", "when": {DEEP}}}]}}',
        "x" * 5_000_000,
    ],
    ids=lambda text: text[:40],
)
def test_hostile_text_is_refused_and_nothing_else_happens(text: str) -> None:
    with pytest.raises(TableError):
        load_table(text)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
@example({"domains": {"a": 2}, "outcomes": ["x"], "rules": [None]})
@example({"domains": {"a": 2}, "outcomes": [{}], "rules": []})
def test_any_json_is_a_table_or_a_refusal(document: Any) -> None:
    try:
        table = read_table(document)
    except TableError:
        return

    assert audit(table).cells >= 1


def test_the_least_and_the_greatest_size_are_taken() -> None:
    smallest = {"domains": {"a": 1}, "outcomes": ["x"], "rules": [], "default": "x"}

    assert findings(audit(read_table(smallest))) == counted(smallest)
    assert read_table({**GOOD, "domains": {"severity": MOST_CELLS}}).domains == {"severity": MOST_CELLS}
