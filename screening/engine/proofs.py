"""What a proof says: the counts, the problems and the remarks, each with its place and a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from screening.engine.answers import Chosen
from screening.engine.places import rule_tables
from screening.engine.spec import CO_OCCURRING, LADDER, LEADS, TOP_BAND, Protocol, Rule


@dataclass(frozen=True, slots=True)
class Problem:
    """A proof that failed: its kind, what is wrong, a person who shows it, and where it stands."""

    proof: str
    sentence: str
    person: str = ""
    place: str = ""


@dataclass(slots=True)
class Proofs:
    """What was proven, with counts, and everything found.

    problems  a person could be told something wrong, unclear or never, or something that was
              signed can not take effect: the protocol must not go live
    remarks   worth a reader's eye, but nobody is told anything else because of it
    """

    counts: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def hold(self) -> bool:
        """True when no proof failed."""
        return not self.problems

    def add(self, label: str, count: int) -> None:
        """Count `count` more of something."""
        self.counts[label] = self.counts.get(label, 0) + count

    def fail(self, proof: str, sentence: str, place: str = "", person: str = "") -> None:
        """Note a problem."""
        self.problems.append(Problem(proof, sentence, person, place))

    def remark(self, proof: str, sentence: str, place: str = "", person: str = "") -> None:
        """Note something that does not fail the protocol."""
        self.remarks.append(Problem(proof, sentence, person, place))


@dataclass(frozen=True, slots=True)
class RuleTable:
    """One rule table with its ladder of outcomes, least first, and its name in the protocol."""

    name: str
    ladder: tuple[str, ...]
    rules: tuple[Rule, ...]
    place: str = ""


def tables(protocol: Protocol) -> tuple[RuleTable, ...]:
    """Return the three tables of rules: what comes first, the level, dual-diagnosis care."""
    names = ("what comes first", "the level of care", "dual-diagnosis care")
    ladders = (LEADS, LADDER, CO_OCCURRING)
    return tuple(
        RuleTable(name, ladder, rules, place)
        for name, ladder, (place, rules) in zip(names, ladders, rule_tables(protocol), strict=True)
    )


def in_words(protocol: Protocol, cell: Mapping[str, int]) -> str:
    """Return the person a cell stands for, as a sentence."""
    flags = {flag.key: flag.meaning.en for flag in protocol.flags}
    said = [
        f"{domain.title.en.lower()} {cell[domain.key]} of {TOP_BAND}"
        for domain in protocol.domains
        if domain.key in cell
    ]
    said += [meaning for key, meaning in flags.items() if cell.get(key)]
    return "A person with " + ", ".join(said) + "."


def in_few_words(protocol: Protocol, cell: Mapping[str, int]) -> str:
    """Return the person a cell stands for, as a sentence that leaves out the domains at 0."""
    in_need = {key: value for key, value in cell.items() if value}
    if not in_need:
        return "A person with 0 in everything."
    said = in_words(protocol, in_need).rstrip(".")
    domains = {domain.key for domain in protocol.domains if domain.key in cell}
    return f"{said}." if domains <= set(in_need) else f"{said}; 0 in the rest."


def answers_in_words(answers: Mapping[str, Chosen]) -> str:
    """Return an answer sheet as one line, with the keys of questions and choices."""
    return ", ".join(f"{key}={'+'.join(chosen)}" for key, chosen in answers.items())
