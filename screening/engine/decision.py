"""Scores -> decision: what comes first, which level of care, how much mental-health care.

Every rule says "at least this much"; the highest that fires wins. The rules are
read twice, at the least and at the most the answers allow. Where both readings
agree the decision is safe to give; where they do not, it says what is possible.
"""

from __future__ import annotations

from dataclasses import dataclass

from screening.engine.rule_table import Bits, RuleTable
from screening.engine.scoring import Scores
from screening.engine.spec import CO_OCCURRING, LADDER, LEADS, Protocol, Rule

YOUTH = "youth"
UNDETERMINED = "undetermined"
SEVERITY = "severity"
# Bounds the memory of a long run (about 60 MB); the table then starts afresh.
MOST_VERDICTS = 200_000


@dataclass(frozen=True, slots=True)
class BandFacts:
    """What rules may ask: bands and flags, nothing else."""

    bands: dict[str, int]
    flags: dict[str, bool]

    def points(self, question: str) -> int:
        raise LookupError(f"a rule may not read the question {question}")

    def chose(self, question: str, choice: str) -> bool:
        raise LookupError(f"a rule may not read the question {question}")

    def unsure(self, question: str) -> bool:
        raise LookupError(f"a rule may not read the question {question}")

    def band(self, domain: str) -> int:
        return self.bands[domain]

    def flag(self, key: str) -> bool:
        return self.flags[key]


@dataclass(frozen=True, slots=True, eq=False)
class Verdict:
    """The three rule tables applied to one exact set of bands and flags."""

    lead: int
    level: int
    co_occurring: int
    gates: tuple[Rule, ...]
    level_rules: tuple[Rule, ...]
    co_occurring_rules: tuple[Rule, ...]
    mental_health_alone: bool

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule that speaks; two verdicts with the same rules are the same."""
        return self.gates + self.level_rules + self.co_occurring_rules


@dataclass(frozen=True, slots=True, eq=False)
class Decision:
    """What the answers call for.

    lead, leads      the most urgent thing that comes first, and all that fired
    possible_leads   more that can not be ruled out while answers are missing
    level            a rung of LADDER, "youth" or "undetermined"
    possible_levels  the rungs still possible when the level is undetermined
    co_occurring     "none", "capable" or "enhanced": what is known so far
    program          what the person is shown: iop, php, residential, outpatient,
                     dual_diagnosis, or none
    """

    lead: str
    leads: tuple[str, ...]
    possible_leads: tuple[str, ...]
    level: str
    possible_levels: tuple[str, ...]
    co_occurring: str
    possible_co_occurring: tuple[str, ...]
    program: str
    gates: tuple[Rule, ...]
    level_rules: tuple[Rule, ...]
    co_occurring_rules: tuple[Rule, ...]

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule that speaks in this decision, gates first."""
        return self.gates + self.level_rules + self.co_occurring_rules


class Decider:
    """Applies the rule tables of one protocol, keeping each verdict it has reached."""

    def __init__(self, protocol: Protocol) -> None:
        self.protocol = protocol
        self._domains = tuple(domain.key for domain in protocol.domains)
        self._flags = tuple(flag.key for flag in protocol.flags)
        self._bits = Bits(self._domains, self._flags)
        self._tables = tuple(
            RuleTable(rules, self._bits)
            for rules in (protocol.gates, protocol.level_rules, protocol.co_occurring_rules)
        )
        self._severity = self._domains.index(SEVERITY)
        self._youth = self._flags.index(YOUTH)
        self._clinical = tuple(i for i, d in enumerate(protocol.domains) if d.clinical)
        self._verdicts: dict[tuple[tuple[int, ...], tuple[bool, ...]], Verdict] = {}
        # Few verdicts differ; sharing them keeps the big table above small.
        self._distinct: dict[tuple[object, ...], Verdict] = {}
        self._decisions: dict[tuple[Verdict, Verdict, bool], Decision] = {}

    def verdict(self, bands: tuple[int, ...], flags: tuple[bool, ...]) -> Verdict:
        """Return what the rules say of exact bands (0-4, protocol order) and flags."""
        # The schedule must not decide, so it must not multiply the table either.
        key = (tuple([bands[index] for index in self._clinical]), flags)
        found = self._verdicts.get(key)
        if found is None:
            if len(self._verdicts) >= MOST_VERDICTS:
                self._verdicts.clear()
            fresh = self._judge(bands, flags)
            keys = (fresh.mental_health_alone, *[rule.key for rule in fresh.rules])
            found = self._verdicts[key] = self._distinct.setdefault(keys, fresh)
        return found

    def _judge(self, bands: tuple[int, ...], flags: tuple[bool, ...]) -> Verdict:
        person = self._bits.of_person(bands, flags)
        gates, levels, dual = [table.firing(person) for table in self._tables]
        level = max((LADDER.index(rule.outcome) for rule in levels), default=0)
        co_occurring = max((CO_OCCURRING.index(rule.outcome) for rule in dual), default=0)
        winning = tuple(r for r in levels if r.outcome == LADDER[level]) or (self.protocol.default_reason,)
        return Verdict(
            lead=max((LEADS.index(rule.outcome) for rule in gates), default=0),
            level=level,
            co_occurring=co_occurring,
            gates=tuple(gates),
            level_rules=winning,
            co_occurring_rules=tuple(r for r in dual if r.outcome == CO_OCCURRING[co_occurring]),
            mental_health_alone=bands[self._severity] == 0 and all(r.mental_health_alone for r in winning),
        )

    def decide(self, scores: Scores) -> Decision:
        """Return the decision for these scores."""
        least = self.verdict(scores.lows, scores.sure_flags)
        most = self.verdict(scores.highs, scores.maybe_flags)
        key = (least, most, scores.sure_flags[self._youth])
        found = self._decisions.get(key)
        if found is None:
            found = self._decisions[key] = _between(*key)
        return found


def _between(least: Verdict, most: Verdict, youth: bool) -> Decision:
    leads = _outcomes(least.gates)
    possible = tuple(lead for lead in _outcomes(most.gates) if lead not in leads)
    levels = LADDER[least.level : most.level + 1]
    settled = len(levels) == 1
    level = YOUTH if youth else levels[0] if settled else UNDETERMINED
    determined = not youth and settled
    duals = CO_OCCURRING[least.co_occurring : most.co_occurring + 1]
    return Decision(
        lead=LEADS[least.lead],
        leads=leads,
        possible_leads=possible,
        level=level,
        possible_levels=() if youth or settled else levels,
        co_occurring=duals[0],
        possible_co_occurring=duals if len(duals) > 1 else (),
        program=_program(level, duals[0], most.mental_health_alone) if determined else "none",
        gates=least.gates,
        level_rules=least.level_rules if determined else (),
        co_occurring_rules=least.co_occurring_rules,
    )


def _outcomes(gates: tuple[Rule, ...]) -> tuple[str, ...]:
    fired = {rule.outcome for rule in gates}
    return tuple(lead for lead in reversed(LEADS) if lead in fired)


def _program(level: str, co_occurring: str, mental_health_alone: bool) -> str:
    """Dual diagnosis is a capability of a program, so outpatient stays outpatient.

    Where mental health alone calls for the level and there are no signs of addiction,
    there is one condition to treat, not two.
    """
    if mental_health_alone:
        return level
    if co_occurring != "none" and level != LADDER[0]:
        return "dual_diagnosis"
    return level
