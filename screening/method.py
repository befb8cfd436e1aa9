"""The whole method in plain words, read from a protocol: for the public page and docs/protocol.md.

Nothing here is written by hand about a rule, so it can not say something else than
what the engine does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

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
from screening.engine.document import digest
from screening.engine.spec import CO_OCCURRING, Domain, Protocol, Question, Rule
from screening.proofs import SHOWN


class Phrases:
    """Says the conditions of one protocol in one language."""

    def __init__(self, protocol: Protocol, language: str) -> None:
        self.protocol, self.language = protocol, language
        self._domains = {domain.key: domain for domain in protocol.domains}
        self._flags = {flag.key: flag for flag in protocol.flags}
        self._phrases: dict[type, Callable[[Any], str]] = {
            Scored: self._scored,
            Chose: self._chose,
            Reaches: lambda c: self._band(c.domain, c.band),
            HowMany: self._how_many,
            Has: lambda c: str(self._flags[c.flag].meaning.read(language)),
            AllOf: lambda c: self._joined(c.conditions, _(" and ")),
            AnyOf: lambda c: self._joined(c.conditions, _(" or ")),
            Not: lambda c: _("not: %(what)s") % {"what": self.say(c.condition)},
            Unless: lambda c: _("not known: %(what)s") % {"what": self.say(c.condition)},
            Unsure: lambda c: _("not sure: %(question)s") % {"question": self._question(c.question)},
        }

    def say(self, condition: Condition) -> str:
        """Return the condition as a phrase."""
        return self._phrases[type(condition)](condition)

    def _question(self, key: str) -> str:
        return f"“{self.protocol.question(key).text.read(self.language)}”"

    def _scored(self, c: Scored) -> str:
        named = _(" and ").join(self._question(key) for key in c.questions)
        return ngettext(
            "%(questions)s: %(points)d point or more", "%(questions)s: %(points)d points or more", c.at_least
        ) % {"questions": named, "points": c.at_least}

    def _chose(self, c: Chose) -> str:
        question = self.protocol.question(c.question)
        texts = [x.text.read(self.language) for x in question.choices if x.key in c.choices]
        return _("%(question)s: %(answers)s") % {
            "question": self._question(c.question),
            "answers": _(" or ").join(texts),
        }

    def _band(self, key: str, band: int) -> str:
        domain = self._domains[key]
        if domain.words:
            return _("%(domain)s: “%(word)s” or more (need %(band)d)") % {
                "domain": domain.title.read(self.language),
                "word": domain.words[band].word.read(self.language),
                "band": band,
            }
        return _("%(domain)s: need %(band)d or more") % {
            "domain": domain.title.read(self.language),
            "band": band,
        }

    def _how_many(self, c: HowMany) -> str:
        titles = ", ".join(self._domains[key].title.read(self.language) for key in c.domains)
        return _("at least %(count)d of these with need %(band)d or more: %(domains)s") % {
            "count": c.count,
            "band": c.band,
            "domains": titles,
        }

    def _joined(self, conditions: tuple[Condition, ...], word: str) -> str:
        if not conditions:
            return _("none of the rules above applies")
        said = [
            f"({self.say(part)})" if isinstance(part, AllOf | AnyOf) else self.say(part)
            for part in conditions
        ]
        return word.join(said)


@dataclass(frozen=True, slots=True)
class Method:
    """The method as a page needs it, in one language."""

    version: str
    digest: str
    reviewed: str
    limits: list[str]
    parts: list[dict[str, Any]]
    domains: list[dict[str, Any]]
    tables: list[dict[str, Any]]
    sources: list[dict[str, str]]


@lru_cache(maxsize=8)
def method(protocol: Protocol, language: str) -> Method:
    """Return the method of a protocol in a language ("en" or "es"), made once."""
    with override(language):
        phrases = Phrases(protocol, language)
        return Method(
            version=protocol.version,
            digest=digest(protocol)[:12],
            reviewed=protocol.reviewed.read(language),
            limits=[text.read(language) for text in protocol.limits],
            parts=[
                {
                    "title": part.title.read(language),
                    "questions": [
                        _question(question, phrases, language)
                        for question in protocol.questions
                        if question.part == part.key
                    ],
                }
                for part in protocol.parts
            ],
            domains=[_domain(domain, phrases, language) for domain in protocol.domains],
            tables=_tables(protocol, phrases, language),
            sources=[
                {
                    "key": s.key,
                    "citation": s.citation,
                    "strength": _strength(s.strength),
                    "licence": s.licence,
                }
                for s in protocol.sources
            ],
        )


def _strength(strength: str) -> str:
    return {
        "verified": _("read in the source"),
        "recalled": _("from memory, to be checked"),
        "judgment": _("our own judgment"),
    }[strength]


def _question(question: Question, phrases: Phrases, language: str) -> dict[str, Any]:
    return {
        "key": question.key,
        "text": question.text.read(language),
        "hint": question.hint.read(language) if question.hint else "",
        "many": question.kind == "many",
        "asked_if": phrases.say(question.ask_if) if question.ask_if is not None else "",
        "choices": [{"text": c.text.read(language), "points": c.points} for c in question.choices],
        "sources": question.sources,
    }


def _domain(domain: Domain, phrases: Phrases, language: str) -> dict[str, Any]:
    steps = sorted(domain.steps, key=lambda step: step.band)
    return {
        "key": domain.key,
        "title": domain.title.read(language),
        "told": domain.told,
        "clinical": domain.clinical,
        "steps": [
            {
                "band": step.band,
                "word": domain.words[step.band].word.read(language) if domain.words else "",
                "when": phrases.say(step.when),
            }
            for step in steps
        ],
        "caps": [{"band": cap.band, "when": phrases.say(cap.when)} for cap in domain.caps],
        "sources": domain.sources,
    }


def _tables(protocol: Protocol, phrases: Phrases, language: str) -> list[dict[str, Any]]:
    names = {care.key: care.name.read(language) for care in protocol.care}
    names |= {lead.key: lead.title.read(language) for lead in protocol.leads}
    names |= dict(
        zip(
            CO_OCCURRING,
            (_("None"), _("Dual-diagnosis care"), _("Dual-diagnosis care with psychiatry")),
            strict=True,
        )
    )

    def row(rule: Rule) -> dict[str, Any]:
        return {
            "key": rule.key,
            "outcome": names[rule.outcome],
            "when": phrases.say(rule.when),
            "reason": rule.reason.read(language),
            "sources": rule.sources,
        }

    titles = {
        _("What comes first"): protocol.gates,
        _("Which level of care"): (*protocol.level_rules, protocol.default_reason),
        _("Whether to treat mental health at the same time"): protocol.co_occurring_rules,
    }
    return [
        {"title": title, "rules": [row(rule) for rule in _together(rules)]} for title, rules in titles.items()
    ]


def _together(rules: Iterable[Rule]) -> list[Rule]:
    """Return rules with those of one outcome side by side: their order decides nothing."""
    rules = list(rules)
    place = {outcome: n for n, outcome in enumerate(dict.fromkeys(rule.outcome for rule in rules))}
    return sorted(rules, key=lambda rule: place[rule.outcome])


def proofs_shown(record: dict[str, Any] | None) -> dict[str, Any] | None:
    """Return the date of a record of proofs and the counts that people are shown, or None without one."""
    if record is None:
        return None
    labels = {
        "combinations of bands": _("Mixes of needs"),
        "combinations of bands and flags": _("Mixes of needs and facts"),
        "single steps up checked": _("Steps of more need that were checked"),
    }
    rows = [{"label": labels[key], "count": f"{record['counts'][key]:,}"} for key in SHOWN]
    behind = sum(count for key, count in record["counts"].items() if key.startswith("answers behind"))
    rows.append({"label": _("Mixes of answers behind the needs"), "count": f"{behind:,}"})
    return {"date": date_format(date.fromisoformat(record["date"])), "rows": rows}
