"""Is a decision table whole? Every combination of levels is counted; none is sampled.

For tables that others made: domains with levels, outcomes from least to most care,
and rules of which the first that matches wins. The audit says who is left without
an answer, whose need goes up while the care goes down, and what can never happen.
`audit_table` reads the file; this module reckons.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from typing import Any

from screening.engine.cells import Axis, Cells, Space
from screening.engine.conditions import Condition, holds
from screening.engine.decision import BandFacts

Person = dict[str, int]
MOST_EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class TableRule:
    """When the condition holds, and no earlier rule matched, the outcome is this one."""

    key: str
    when: Condition
    outcome: str


@dataclass(frozen=True, slots=True)
class DecisionTable:
    """A table as its makers wrote it.

    domains   how many levels each has; 0 is the least need
    outcomes  from least to most care
    default   the outcome of whoever no rule matches; None when the table has no answer for them
    """

    domains: dict[str, int]
    outcomes: tuple[str, ...]
    rules: tuple[TableRule, ...]
    default: str | None

    def decide(self, person: Person) -> tuple[TableRule | None, str | None]:
        """Return the rule that decides for one person, and the outcome."""
        facts = BandFacts(person, {})
        for rule in self.rules:
            if holds(rule.when, facts):
                return rule, rule.outcome
        return None, self.default


@dataclass(slots=True)
class Audit:
    """What was found; the numbers are exact. `examples` holds some people for each finding.

    cells                 combinations of levels in all
    unmatched             of these, the ones no rule matches, whether or not a default catches them
    unmatched_at_top      of the unmatched, the ones with a domain at its top level
    inversions            single steps up in one domain that lower the outcome. An unmatched
                          cell has the default's outcome; where there is no default it has
                          none, and no step into or out of it is an inversion
    dead_rules            rules whose condition holds in no cell
    shadowed_rules        rules whose condition holds somewhere, but earlier rules take every such cell
    unreachable_outcomes  outcomes that no cell gets
    """

    cells: int
    unmatched: int = 0
    unmatched_at_top: int = 0
    inversions: int = 0
    dead_rules: list[str] = field(default_factory=list)
    shadowed_rules: list[str] = field(default_factory=list)
    unreachable_outcomes: list[str] = field(default_factory=list)
    examples: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    @property
    def clean(self) -> bool:
        """True when nothing was found."""
        return not any(
            (self.unmatched, self.inversions, self.dead_rules, self.shadowed_rules, self.unreachable_outcomes)
        )


def audit(table: DecisionTable) -> Audit:
    """Count everything that is wrong with a table, over every combination of its levels."""
    return _Auditor(table).run()


class _Auditor:
    def __init__(self, table: DecisionTable) -> None:
        self.table = table
        self.space = Space(tuple(Axis(key, size) for key, size in table.domains.items()))
        self.found = Audit(self.space.size)
        # Who gets each outcome; filled as the rules are read, first rule first.
        self.got: dict[str, Cells] = dict.fromkeys(table.outcomes, 0)

    def run(self) -> Audit:
        unmatched = self._read_rules()
        self._count_unmatched(unmatched)
        self._count_inversions()
        self._name_unreachable()
        return self.found

    def _read_rules(self) -> Cells:
        """Give each cell to the first rule that matches; return the cells that are left."""
        left = self.space.all
        dead, shadowed = self._examples("dead_rules"), self._examples("shadowed_rules")
        for rule in self.table.rules:
            here = self.space.where(rule.when)
            new = here & left
            if not here:
                self.found.dead_rules.append(rule.key)
                dead.append({"rule": rule.key, "why": "its condition holds for nobody"})
            elif not new:
                self.found.shadowed_rules.append(rule.key)
                person = next(self.space.examples(here, 1))
                winner, _ = self.table.decide(person)
                assert winner is not None
                shadowed.append({"rule": rule.key, "taken_by": winner.key, **self._person(person)})
            self.got[rule.outcome] |= new
            left ^= new
        return left

    def _count_unmatched(self, unmatched: Cells) -> None:
        if self.table.default is not None:
            self.got[self.table.default] |= unmatched
        tops = 0
        for key, size in self.table.domains.items():
            tops |= self.space.at_least(key, size - 1)
        at_top = unmatched & tops
        self.found.unmatched, self.found.unmatched_at_top = unmatched.bit_count(), at_top.bit_count()
        for name, cells in (("unmatched", unmatched), ("unmatched_at_top", at_top)):
            examples = self._examples(name)
            for person in self.space.examples(cells, MOST_EXAMPLES):
                examples.append({**self._person(person), "outcome": self.table.default})

    def _count_inversions(self) -> None:
        examples = self._examples("inversions")
        lower: Cells = 0
        for outcome in self.table.outcomes:
            here = self.got[outcome]
            for key in self.table.domains if here and lower else ():
                wrong = here & self.space.down(lower, key)
                self.found.inversions += wrong.bit_count()
                room = MOST_EXAMPLES - len(examples)
                for person in self.space.examples(wrong, room):
                    examples.append(self._inversion(person, key))
            lower |= here

    def _inversion(self, person: Person, key: str) -> dict[str, Any]:
        worse = {**person, key: person[key] + 1}
        rule, outcome = self.table.decide(person)
        rule_after, outcome_after = self.table.decide(worse)
        return {
            **self._person(person),
            "domain": key,
            "from": person[key],
            "to": worse[key],
            "outcome": outcome,
            "outcome_after": outcome_after,
            "rule": rule.key if rule else None,
            "rule_after": rule_after.key if rule_after else None,
        }

    def _name_unreachable(self) -> None:
        examples = self._examples("unreachable_outcomes")
        for outcome, cells in self.got.items():
            if cells:
                continue
            self.found.unreachable_outcomes.append(outcome)
            rules = [rule.key for rule in self.table.rules if rule.outcome == outcome]
            why = f"nobody is decided by {', '.join(rules)}" if rules else "no rule leads there"
            examples.append({"outcome": outcome, "why": why})

    def _examples(self, name: str) -> list[dict[str, Any]]:
        return self.found.examples.setdefault(name, [])

    def _person(self, person: Person) -> dict[str, Any]:
        return {"person": person, "name": self._name(person)}

    def _name(self, person: Person) -> str:
        """Return a person as words: the levels above 0, each with the top it is counted to."""
        tops = self.table.domains
        said = [f"{key} {level} of {tops[key] - 1}" for key, level in person.items() if level]
        if not said:
            return "a person with 0 in everything"
        rest = " and 0 in the rest" if len(said) < len(person) else ""
        return f"a person with {', '.join(said)}{rest}"


def as_json(found: Audit) -> dict[str, Any]:
    """Return an audit as JSON values. The names of the keys are a promise to callers."""
    return {each.name: getattr(found, each.name) for each in fields(found)}


def in_lines(found: Audit) -> Iterator[str]:
    """Yield an audit as lines to read: each count, then the people who show it."""
    yield f"{found.cells:>12,}  combinations of levels"
    for name, title in (
        ("unmatched", "match no rule"),
        ("unmatched_at_top", "of these have a domain at its top"),
        ("inversions", "single steps where more need gives less care"),
    ):
        yield f"{getattr(found, name):>12,}  {title}"
        for one in found.examples[name]:
            yield f"{'':14}{_said(one)}"
    for name, title in (
        ("dead_rules", "rules can never fire"),
        ("shadowed_rules", "rules never decide: earlier ones take everyone"),
        ("unreachable_outcomes", "outcomes nobody gets"),
    ):
        yield f"{len(getattr(found, name)):>12,}  {title}"
        for one in found.examples[name]:
            yield f"{'':14}{_said(one)}"
    yield (
        "Whole: everyone gets one outcome, and more need never gives less care."
        if found.clean
        else "Not whole."
    )


def _said(one: dict[str, Any]) -> str:
    if "domain" in one:
        return (
            f"{one['name']}: {one['domain']} from {one['from']} to {one['to']} "
            f"changes {one['outcome']} to {one['outcome_after']}"
        )
    if "taken_by" in one:
        return f"{one['rule']}: {one['name']} is taken by {one['taken_by']}"
    if "why" in one:
        return f"{one.get('rule') or one['outcome']}: {one['why']}"
    return f"{one['name']} gets {one['outcome'] or 'no outcome'}"
