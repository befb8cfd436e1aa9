"""Conditions in plain words, for the clinical lead: `protocol show` and its pages."""

from __future__ import annotations

from screening.engine.conditions import (
    AllOf,
    AnyOf,
    Chose,
    Condition,
    Has,
    HowMany,
    Not,
    Reaches,
    Scored,
    Unless,
    Unsure,
)
from screening.engine.spec import Protocol


def in_plain_words(protocol: Protocol, condition: Condition) -> str:
    """Return the condition as an English phrase that names questions, bands and flags."""
    if isinstance(condition, AllOf | AnyOf):
        return _joined(protocol, condition)
    if isinstance(condition, Not):
        return f"not ({in_plain_words(protocol, condition.condition)})"
    if isinstance(condition, Unless):
        return f"unless it is known that {in_plain_words(protocol, condition.condition)}"
    if isinstance(condition, Scored):
        return f"{' + '.join(condition.questions)} is {condition.at_least} or more"
    if isinstance(condition, Chose):
        return f"{condition.question} is {' or '.join(condition.choices)}"
    if isinstance(condition, Reaches):
        return f"{condition.domain} is {condition.band} or more"
    if isinstance(condition, HowMany):
        domains = ", ".join(condition.domains)
        return f"at least {condition.count} of {domains} are {condition.band} or more"
    if isinstance(condition, Has):
        meanings = {flag.key: flag.meaning.en for flag in protocol.flags}
        return f"the person {meanings.get(condition.flag, condition.flag)}"
    if isinstance(condition, Unsure):
        return f"{condition.question} is not sure"
    raise TypeError(f"no words for {type(condition).__name__}")


def _joined(protocol: Protocol, condition: AllOf | AnyOf) -> str:
    if not condition.conditions:
        return "none of the rules above applies"
    word = " and " if isinstance(condition, AllOf) else " or "
    phrases = [
        f"({phrase})" if isinstance(part, AllOf | AnyOf) else phrase
        for part in condition.conditions
        for phrase in [in_plain_words(protocol, part)]
    ]
    return word.join(phrases)
