"""A protocol and its conditions in plain words, for the clinical lead: `protocol show` and its pages."""

from __future__ import annotations

from collections.abc import Iterator

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
from screening.engine.spec import Protocol, Question, Rule


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


def shown(protocol: Protocol, language: str, voice: str) -> Iterator[str]:
    """Yield the protocol as lines a clinician can read, in a language and a voice."""
    yield f"{protocol.name} {protocol.version}"
    yield protocol.reviewed.read(language, voice)
    for part in protocol.parts:
        yield f"\n{part.title.read(language, voice).upper()}"
        for question in protocol.questions:
            if question.part == part.key:
                yield from _question(protocol, question, language, voice)
    yield "\nBANDS"
    for domain in protocol.domains:
        yield f"\n{domain.title.read(language, voice)} [{domain.key}]"
        for step in sorted(domain.steps, key=lambda s: s.band):
            yield f"    {step.band}  if {in_plain_words(protocol, step.when)}"
        for cap in domain.caps:
            yield f"    at most {cap.band}  if {in_plain_words(protocol, cap.when)}"
    for title, rules in (
        ("WHAT COMES FIRST", protocol.gates),
        ("LEVEL OF CARE", (*protocol.level_rules, protocol.default_reason)),
        ("DUAL DIAGNOSIS", protocol.co_occurring_rules),
    ):
        yield f"\n{title}"
        for rule in rules:
            yield from _rule(protocol, rule, language, voice)


def _question(protocol: Protocol, question: Question, language: str, voice: str) -> Iterator[str]:
    yield f"\n[{question.key}] {question.text.read(language, voice)}"
    if question.hint:
        yield f"    {question.hint.read(language, voice)}"
    if question.ask_if is not None:
        yield f"    Asked if {in_plain_words(protocol, question.ask_if)}"
    for choice in question.choices:
        yield f"    {choice.points}  {choice.text.read(language, voice)}  [{choice.key}]"
    yield f"    Sources: {', '.join(question.sources)}"


def _rule(protocol: Protocol, rule: Rule, language: str, voice: str) -> Iterator[str]:
    yield f"\n{rule.outcome}  [{rule.key}]"
    yield f"    if {in_plain_words(protocol, rule.when)}"
    yield f"    {rule.reason.read(language, voice)}"
    yield f"    Sources: {', '.join(rule.sources)}"
