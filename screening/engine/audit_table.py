"""A decision table from a file: JSON in, a `DecisionTable` or a refusal that names the place out.

    {"domains": {"withdrawal": 5, ...}, "outcomes": ["outpatient", ...],
     "rules": [{"key": "r1", "when": CONDITION, "outcome": "iop"}, ...], "default": "iop" or null}

CONDITION is {"domain": d, "at_least": n}, {"domain": d, "at_most": n}, {"domain": d, "is": n},
{"all": [...]}, {"any": [...]} or {"not": ...}. An empty "all" holds for everyone, an empty
"any" for nobody. Without "default", or with null, whoever no rule matches gets no outcome.
"""

from __future__ import annotations

from math import prod
from typing import Any, NoReturn

from screening.engine.audit import DecisionTable, TableRule
from screening.engine.conditions import AllOf, AnyOf, Condition, Not, Reaches
from screening.engine.safe_json import JsonError, Limits, check_bounds, read_json, short

# 40 million combinations are 5 MB for each set of them; everything larger is refused.
MOST_CELLS = 40_000_000
MOST_DOMAINS = 64
MOST_OUTCOMES = 100
MOST_RULES = 2_000
LIMITS = Limits(characters=4 * 1024 * 1024, text=200, values=100_000, depth=100)
COMPARISONS = ("at_least", "at_most", "is")


class TableError(ValueError):
    """A file that is no decision table; `place` says where, as keys and indexes."""

    def __init__(self, place: str, problem: str) -> None:
        self.place, self.problem = place or "table", problem
        super().__init__(f"{self.place}: {problem}")


def load_table(text: str) -> DecisionTable:
    """Return the table in a JSON text. Raises TableError naming the place."""
    try:
        return read_table(read_json(text, LIMITS))
    except JsonError as error:
        raise TableError(error.place.replace("document", "table"), error.problem) from None


def read_table(document: Any) -> DecisionTable:
    """Return the table that JSON values describe. Raises TableError naming the place."""
    try:
        check_bounds(document, LIMITS)
    except JsonError as error:
        raise TableError(error.place.replace("document", "table"), error.problem) from None
    whole = _object(document, "", required={"domains", "outcomes", "rules"}, optional={"default"})
    domains = _domains(whole["domains"])
    outcomes = _outcomes(whole["outcomes"])
    rules = _list(whole["rules"], "rules")
    if len(rules) > MOST_RULES:
        _refuse("rules", f"more than {MOST_RULES:,} rules")
    default = whole.get("default")
    if default is not None and default not in outcomes:
        _refuse("default", f"no such outcome: {short(default)}")
    return DecisionTable(domains, outcomes, _rules(rules, domains, outcomes), default)


def _refuse(place: str, problem: str) -> NoReturn:
    raise TableError(place, problem)


def _object(value: Any, place: str, required: set[str], optional: set[str]) -> dict[str, Any]:
    if not isinstance(value, dict):
        _refuse(place, "expected an object")
    if missing := sorted(required - set(value)):
        _refuse(place, f"{missing[0]} is missing")
    if unknown := sorted(set(value) - required - optional):
        _refuse(place, f"unknown key {short(unknown[0])}")
    return value


def _list(value: Any, place: str) -> list[Any]:
    if not isinstance(value, list):
        _refuse(place, "expected a list")
    return value


def _name(value: Any, place: str) -> str:
    if not isinstance(value, str) or not value.strip():
        _refuse(place, "expected a name")
    return value


def _domains(value: Any) -> dict[str, int]:
    if not isinstance(value, dict):
        _refuse("domains", "expected an object of domain: number of levels")
    if not value:
        _refuse("domains", "no domains")
    if len(value) > MOST_DOMAINS:
        _refuse("domains", f"more than {MOST_DOMAINS} domains")
    for key, levels in value.items():
        _name(key, "domains")
        if type(levels) is not int or levels < 1:
            _refuse(f"domains.{key}", "expected a number of levels, 1 or more")
    cells = prod(value.values())
    if cells > MOST_CELLS:
        _refuse("domains", f"{cells:,} combinations; at most {MOST_CELLS:,} can be counted")
    return dict(value)


def _outcomes(value: Any) -> tuple[str, ...]:
    outcomes = _list(value, "outcomes")
    if not outcomes:
        _refuse("outcomes", "no outcomes")
    if len(outcomes) > MOST_OUTCOMES:
        _refuse("outcomes", f"more than {MOST_OUTCOMES} outcomes")
    for index, outcome in enumerate(outcomes):
        _name(outcome, f"outcomes[{index}]")
        if outcome in outcomes[:index]:
            _refuse(f"outcomes[{index}]", f"{short(outcome)} stands twice")
    return tuple(outcomes)


def _rules(rows: list[Any], domains: dict[str, int], outcomes: tuple[str, ...]) -> tuple[TableRule, ...]:
    rules: dict[str, TableRule] = {}
    for index, row in enumerate(rows):
        place = f"rules[{index}]"
        rule = _object(row, place, required={"key", "when", "outcome"}, optional=set())
        key = _name(rule["key"], f"{place}.key")
        if key in rules:
            _refuse(f"{place}.key", f"the key {short(key)} stands twice")
        if rule["outcome"] not in outcomes:
            _refuse(f"{place}.outcome", f"no such outcome: {short(rule['outcome'])}")
        when = _condition(rule["when"], f"{place}.when", domains)
        rules[key] = TableRule(key, when, rule["outcome"])
    return tuple(rules.values())


def _condition(value: Any, place: str, domains: dict[str, int]) -> Condition:
    if not isinstance(value, dict):
        _refuse(place, "expected a condition")
    if "domain" in value:
        return _comparison(value, place, domains)
    if len(value) != 1 or not set(value) <= {"all", "any", "not"}:
        _refuse(place, 'expected one of "domain", "all", "any" or "not"')
    ((word, inner),) = value.items()
    if word == "not":
        return Not(_condition(inner, f"{place}.not", domains))
    listed = _list(inner, f"{place}.{word}")
    parts = tuple(_condition(part, f"{place}.{word}[{n}]", domains) for n, part in enumerate(listed))
    return AllOf(parts) if word == "all" else AnyOf(parts)


def _comparison(value: dict[str, Any], place: str, domains: dict[str, int]) -> Condition:
    domain, words = value["domain"], sorted(set(value) - {"domain"})
    if not isinstance(domain, str) or domain not in domains:
        _refuse(f"{place}.domain", f"no such domain: {short(domain)}")
    if len(words) != 1 or words[0] not in COMPARISONS:
        _refuse(place, f"expected one of {', '.join(COMPARISONS)} beside the domain")
    word, top = words[0], domains[domain] - 1
    level = value[word]
    if type(level) is not int or not 0 <= level <= top:
        _refuse(f"{place}.{word}", f"expected a level of {short(domain)}, 0 to {top}")
    at_least, above = Reaches(domain, level), Not(Reaches(domain, level + 1))
    if word == "at_least":
        return at_least
    return above if word == "at_most" else AllOf((at_least, above))
