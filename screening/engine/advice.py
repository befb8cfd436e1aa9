"""Rows that speak: what comes first, safety messages, advice, kinds of care, help lines.

None of them decides anything.
"""

from __future__ import annotations

from dataclasses import dataclass

from screening.engine.conditions import Condition
from screening.engine.text import Text


@dataclass(frozen=True, slots=True)
class Lead:
    """What is said when something must come before any program."""

    key: str
    title: Text
    paragraphs: tuple[Text, ...]
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Danger:
    """A message shown at once when an answer signals danger."""

    key: str
    text: Text
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """Advice that goes with a result and never changes it.

    `levels` limits it to these rungs (empty: all). `if_possible` shows it when the
    condition cannot be ruled out, unless `unless` is known to hold.
    """

    key: str
    title: Text
    paragraphs: tuple[Text, ...]
    when: Condition
    sources: tuple[str, ...]
    levels: tuple[str, ...] = ()
    if_possible: bool = False
    unless: Condition | None = None


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another kind of care worth asking about, and when."""

    key: str
    name: Text
    text: Text
    when: Condition | None = None
    levels: tuple[str, ...] = ()
    unless: Condition | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A labelled fact about a kind of care (hours a week, where you sleep)."""

    label: Text
    value: Text
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Care:
    """A kind of care as it is shown: a rung, youth care, or dual-diagnosis treatment."""

    key: str
    name: Text
    headline: Text
    line: Text
    facts: tuple[Fact, ...] = ()
    next_steps: tuple[NextStep, ...] = ()


@dataclass(frozen=True, slots=True)
class NextStep:
    """One thing to do next. `line` is the key of a help line to show with it."""

    title: Text
    text: Text
    line: str = ""


@dataclass(frozen=True, slots=True)
class HelpLine:
    """A phone service. `dial` and `sms` are digits only; `number` is as people read it."""

    key: str
    name: Text
    number: str
    dial: str
    about: Text
    sources: tuple[str, ...]
    sms: str = ""


@dataclass(frozen=True, slots=True)
class Format:
    """A way of taking part that the person's week allows (day, evening, weekend, video)."""

    key: str
    text: Text
    when: Condition


@dataclass(frozen=True, slots=True)
class Week:
    """How the schedule answers are read: what binds the week and which formats fit."""

    domain: str
    binds: str
    formats: tuple[Format, ...]
    unknown: Text
