"""What a protocol is made of: frozen rows, no behaviour beyond reading a text.

A protocol is data. Everything a clinician signs (questions, points, cut-offs,
rules, words, sources) is an instance of a class in this file, so that it can be
read, printed, turned into a document and proven, and never executed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from screening.engine.advice import (
    Alternative,
    Care,
    Danger,
    Fact,
    Format,
    HelpLine,
    Lead,
    NextStep,
    Note,
    Week,
)
from screening.engine.conditions import Condition
from screening.engine.text import LANGUAGES, VOICES, Language, Text, Voice

__all__ = [
    "CO_OCCURRING",
    "LADDER",
    "LANGUAGES",
    "LEADS",
    "NOT_SURE",
    "RATHER_NOT_SAY",
    "TOP_BAND",
    "UNKNOWN_KEYS",
    "VOICES",
    "Alternative",
    "BandWords",
    "Cap",
    "Care",
    "Choice",
    "Danger",
    "Domain",
    "Fact",
    "Flag",
    "Format",
    "HelpLine",
    "Language",
    "Lead",
    "NextStep",
    "Note",
    "Page",
    "Part",
    "Protocol",
    "Question",
    "Rule",
    "Source",
    "Step",
    "Text",
    "Voice",
    "Week",
]

# Every question takes these two, and both mean the same to the score: we do not know.
NOT_SURE = "not_sure"
RATHER_NOT_SAY = "rather_not_say"
UNKNOWN_KEYS = (NOT_SURE, RATHER_NOT_SAY)

TOP_BAND = 4

# The ladder, from least to most care.
LADDER = ("outpatient", "iop", "php", "residential")
# How well a program must treat mental health beside addiction, least to most.
CO_OCCURRING = ("none", "capable", "enhanced")
# What must come first, least to most urgent.
LEADS = ("none", "medical_first", "crisis_today", "emergency")


@dataclass(frozen=True, slots=True)
class Source:
    """Where a question or a rule comes from, and what we may do with it.

    `strength` says how it was read: "verified" (read in the source), "recalled"
    (from memory, to be checked) or "judgment" (ours, for the clinical lead to sign).
    """

    key: str
    citation: str
    strength: Literal["verified", "recalled", "judgment"]
    licence: str = "Cited as a fact; no text taken."


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer. `points` count toward the question's domain: 0 is least need.

    `said` repeats the answer as a whole sentence, for reasons and for "what would
    change this". `danger` names the safety message this answer opens at once.
    `unknown` makes the choice count as "not known" (skipping a part, say).
    """

    key: str
    text: Text
    points: int = 0
    said: Text | None = None
    danger: str = ""
    unknown: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """One question. Its position in the protocol is its position on the path.

    kind        "one" choice, or "many" (a checklist; the choice "none" excludes the rest)
    ask_if      asked only when this is known to hold from earlier answers
    if_unknown  points when the person is not sure or would rather not say;
                None leaves the whole range open
    can_get_better, can_get_worse  whether life can move this answer ("what would change this")
    only_with_time  it gets better only as time passes, so it is named last
    page        questions with the same page key are shown together (one instrument, one subject)
    """

    key: str
    part: str
    text: Text
    choices: tuple[Choice, ...]
    sources: tuple[str, ...]
    kind: Literal["one", "many"] = "one"
    hint: Text | None = None
    ask_if: Condition | None = None
    if_unknown: int | None = None
    unknown_danger: str = ""
    can_get_better: bool = False
    only_with_time: bool = False
    can_get_worse: bool = False
    said: Text | None = None
    page: str = ""
    allow_unknown: bool = True
    always_ask: bool = False

    @property
    def choice_keys(self) -> tuple[str, ...]:
        return tuple(choice.key for choice in self.choices)


@dataclass(frozen=True, slots=True)
class Page:
    """Several short questions of one instrument or about one thing, shown under one heading."""

    key: str
    heading: Text
    credit: Text | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the path with a title; `ask_if` opens or closes all of it."""

    key: str
    title: Text
    ask_if: Condition | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """The domain is at least at `band` when the condition holds."""

    band: int
    when: Condition


@dataclass(frozen=True, slots=True)
class Cap:
    """A fact that keeps the domain at or below `band` (outside the monotone order)."""

    band: int
    when: Condition


@dataclass(frozen=True, slots=True)
class BandWords:
    """How one band is told to a person: a short word, and a sentence."""

    word: Text
    sentence: Text


@dataclass(frozen=True, slots=True)
class Domain:
    """One thing we score, in bands 0 (least need) to 4. The highest step that holds wins.

    `told` domains are shown to the person in words; the others serve safety.
    `clinical` domains may decide the level of care; the schedule never does.
    `strength` is said when the band is at most `strength_up_to`.
    `emergency_at_top`: band 4 is a danger to life, and must win over everything.
    """

    key: str
    title: Text
    steps: tuple[Step, ...]
    sources: tuple[str, ...]
    caps: tuple[Cap, ...] = ()
    told: bool = False
    clinical: bool = True
    emergency_at_top: bool = False
    words: tuple[BandWords, ...] = ()
    strength: Text | None = None
    strength_up_to: int = 0


@dataclass(frozen=True, slots=True)
class Flag:
    """A yes-or-no fact that rules may read. `ordered` flags never lower anything."""

    key: str
    when: Condition
    meaning: Text
    ordered: bool = True


@dataclass(frozen=True, slots=True)
class Rule:
    """When the condition holds, the outcome is at least `outcome`.

    The highest outcome wins; order is for reading only. `outcome` is a rung of
    LADDER, LEADS or CO_OCCURRING, depending on the table the rule stands in.
    `danger` names the message a gate shows the moment it fires. `mental_health_alone`
    marks a rule that can call for a level without any sign of addiction.
    """

    key: str
    when: Condition
    outcome: str
    reason: Text
    sources: tuple[str, ...]
    danger: str = ""
    mental_health_alone: bool = False


@dataclass(frozen=True, eq=False)
class Protocol:
    """A whole protocol. Compared by identity: its digest says whether two mean the same."""

    name: str
    version: str
    reviewed: Text
    sources: tuple[Source, ...]
    parts: tuple[Part, ...]
    pages: tuple[Page, ...]
    questions: tuple[Question, ...]
    domains: tuple[Domain, ...]
    flags: tuple[Flag, ...]
    gates: tuple[Rule, ...]
    level_rules: tuple[Rule, ...]
    co_occurring_rules: tuple[Rule, ...]
    youth: Condition
    default_reason: Rule
    notes: tuple[Note, ...]
    alternatives: tuple[Alternative, ...]
    leads: tuple[Lead, ...]
    dangers: tuple[Danger, ...]
    care: tuple[Care, ...]
    undetermined: Care
    help_lines: tuple[HelpLine, ...]
    week: Week
    limits: tuple[Text, ...]
    phone_words: tuple[Text, ...]
    by_key: dict[str, Question] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_key", {q.key: q for q in self.questions})

    def question(self, key: str) -> Question:
        """Return the question with this key; raise KeyError when there is none."""
        return self.by_key[key]
