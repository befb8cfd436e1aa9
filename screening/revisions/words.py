"""Conditions and outcomes in words for people: titles of domains, words of bands, texts of questions."""

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
from screening.engine.spec import TOP_BAND, Protocol
from screening.revisions.vocabulary import outcome

BANDS = {1: "1 or more", 2: "2 or more", 3: "3 or more", 4: "4, the most"}
LONGEST_NAME = 70


def question_name(protocol: Protocol, key: str) -> str:
    """Return a question by its words, shortened."""
    if key not in protocol.by_key:
        return key
    text = protocol.question(key).text.en
    return text if len(text) <= LONGEST_NAME else f"{text[: LONGEST_NAME - 1].rstrip()}…"


def domain_name(protocol: Protocol, key: str) -> str:
    """Return a domain by its title."""
    return next((d.title.en for d in protocol.domains if d.key == key), key)


def said(protocol: Protocol, condition: Condition) -> str:
    """Return a condition as a phrase that a clinician reads aloud."""
    if isinstance(condition, AllOf | AnyOf):
        return _joined(protocol, condition)
    if isinstance(condition, Not):
        return f"not ({said(protocol, condition.condition)})"
    if isinstance(condition, Unless):
        return f"unless it is known that {said(protocol, condition.condition)}"
    if isinstance(condition, Reaches):
        return f"{domain_name(protocol, condition.domain)} is {BANDS.get(condition.band, condition.band)}"
    if isinstance(condition, HowMany):
        names = ", ".join(domain_name(protocol, key) for key in condition.domains)
        return f"at least {condition.count} of {names} are {BANDS.get(condition.band, condition.band)}"
    if isinstance(condition, Has):
        meaning = next((f.meaning.en for f in protocol.flags if f.key == condition.flag), condition.flag)
        return f"the person {meaning}"
    if isinstance(condition, Scored):
        names = " + ".join(f"“{question_name(protocol, key)}”" for key in condition.questions)
        return f"{names} is {condition.at_least} points or more"
    if isinstance(condition, Unsure):
        return f"“{question_name(protocol, condition.question)}” is not sure"
    return f"“{question_name(protocol, condition.question)}” is {_choices(protocol, condition)}"


def _choices(protocol: Protocol, condition: Chose) -> str:
    texts = {}
    if condition.question in protocol.by_key:
        texts = {c.key: c.text.en for c in protocol.question(condition.question).choices}
    return " or ".join(f"“{texts.get(key, key)}”" for key in condition.choices)


def _joined(protocol: Protocol, condition: AllOf | AnyOf) -> str:
    if not condition.conditions:
        return "none of the rules above applies"
    word = " and " if isinstance(condition, AllOf) else " or "
    phrases = []
    for part in condition.conditions:
        phrase = said(protocol, part)
        several = isinstance(part, AllOf | AnyOf) and len(part.conditions) > 1
        phrases.append(f"({phrase})" if several else phrase)
    return word.join(phrases)


def person(protocol: Protocol, cell: dict[str, int]) -> str:
    """Return somebody made of bands and facts, leaving out all that is at zero."""
    found = []
    for domain in protocol.domains:
        band = cell.get(domain.key, 0)
        if band:
            word = f"{domain.words[band].word.en.lower()}, " if len(domain.words) > band else ""
            found.append(f"{domain.title.en} {word}{band} of {TOP_BAND}")
    found += [flag.meaning.en for flag in protocol.flags if cell.get(flag.key)]
    return f"Somebody with {'; '.join(found)}; nothing else." if found else "Somebody with no need at all."


def shorter(protocol: Protocol, sentence: str) -> str:
    """Return the engine's person without all that is at zero, so that what matters stands out."""
    lead, rest = "A person with ", sentence.rstrip(".")
    if not rest.startswith(lead):
        return sentence
    kept = [part for part in rest.removeprefix(lead).split(", ") if not part.endswith(f" 0 of {TOP_BAND}")]
    return f"{lead}{', '.join(kept)}, and nothing else." if kept else "A person with no need at all."


def outcome_of(seen: dict[str, str]) -> str:
    """Return a result in words: what comes first, the level, and whether both are treated together."""
    said_first = f"{outcome(seen['lead'])}, then " if seen["lead"] != "none" else ""
    both = "dual-diagnosis treatment at " if seen["program"] == "dual_diagnosis" else ""
    return f"{said_first}{both}{outcome(seen['level'])}"


def message_of(protocol: Protocol, name: str) -> str:
    """Return a safety message by its first words, from `danger KEY` or `lead KEY`."""
    kind, _, key = name.partition(" ")
    texts = {
        "danger": {danger.key: danger.text.en for danger in protocol.dangers},
        "lead": {lead.key: lead.title.en for lead in protocol.leads},
    }
    text = texts.get(kind, {}).get(key, name)
    return text if len(text) <= LONGEST_NAME else f"{text[: LONGEST_NAME - 1].rstrip()}…"
