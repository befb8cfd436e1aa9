"""Is the protocol well made? Every key resolves, every text exists, nothing dangles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from screening.engine.conditions import (
    UPWARD,
    Chose,
    Condition,
    Has,
    HowMany,
    Reaches,
    Scored,
    domains_in,
    flags_in,
    parts_of,
    questions_in,
)
from screening.engine.spec import (
    CO_OCCURRING,
    LADDER,
    LEADS,
    TOP_BAND,
    UNKNOWN_KEYS,
    Protocol,
    Question,
    Rule,
    Text,
)

PLACEHOLDER = re.compile(r"{(\w+)}")


def faults(protocol: Protocol) -> Iterator[tuple[str, str]]:
    """Yield (kind, sentence) for everything that is not well made."""
    yield from _doubled(protocol)
    yield from _unresolved(protocol)
    yield from _questions(protocol)
    yield from _conditions(protocol)
    yield from _outcomes(protocol)
    yield from _unsaid(protocol)
    yield from _unsourced(protocol)
    yield from _texts(protocol, protocol.name)


def _doubled(protocol: Protocol) -> Iterator[tuple[str, str]]:
    tables: dict[str, Iterable[Any]] = {
        field.name: value
        for field in fields(protocol)
        if isinstance(value := getattr(protocol, field.name), tuple)
        and value
        and hasattr(value[0], "key")
    }
    tables["rules"] = (*protocol.gates, *protocol.level_rules, *protocol.co_occurring_rules)
    for question in protocol.questions:
        tables[f"choices of {question.key}"] = question.choices
    for name, rows in tables.items():
        seen: set[str] = set()
        for row in rows:
            if row.key in seen:
                yield "doubled", f"the key {row.key} stands twice in {name}"
            seen.add(row.key)


def _unresolved(protocol: Protocol) -> Iterator[tuple[str, str]]:
    parts = {part.key for part in protocol.parts}
    pages = {page.key for page in protocol.pages}
    dangers = {danger.key for danger in protocol.dangers} | {""}
    lines = {line.key for line in protocol.help_lines} | {""}
    for q in protocol.questions:
        if q.part not in parts:
            yield "dangling", f"question {q.key} stands in a part that does not exist: {q.part}"
        if q.page and q.page not in pages:
            yield "dangling", f"question {q.key} names a page that does not exist: {q.page}"
        for danger in (q.unknown_danger, *(c.danger for c in q.choices)):
            if danger not in dangers:
                yield "dangling", f"question {q.key} names a danger that does not exist: {danger}"
    for gate in protocol.gates:
        if gate.danger not in dangers:
            yield "dangling", f"rule {gate.key} names a danger that does not exist: {gate.danger}"
    shown = [(row.key, row.lines) for row in (*protocol.leads, *protocol.dangers)]
    shown += [(care.key, tuple(s.line for s in care.next_steps)) for care in protocol.care]
    for key, needed in shown:
        for line in needed:
            if line not in lines:
                yield "dangling", f"{key} names a help line that does not exist: {line}"


def _questions(protocol: Protocol) -> Iterator[tuple[str, str]]:
    parts = {part.key: part.ask_if for part in protocol.parts}
    order = [part.key for part in protocol.parts]
    earlier: set[str] = set()
    furthest = 0
    for q in protocol.questions:
        if q.part in order:
            here = order.index(q.part)
            if here < furthest:
                yield "cycle", f"question {q.key} stands after a later part has begun"
            furthest = max(furthest, here)
        for key in questions_in(q.ask_if) + questions_in(parts.get(q.part)):
            # A part may be closed by one of its own earlier questions.
            if key not in earlier and key != q.key:
                yield "cycle", f"question {q.key} depends on {key}, which is not asked before it"
        earlier.add(q.key)
        yield from _choices(q)


def _choices(q: Question) -> Iterator[tuple[str, str]]:
    if len([c for c in q.choices if not c.unknown]) < 2:
        yield "choices", f"question {q.key} has fewer than two choices"
    if q.kind == "many" and "none" not in q.choice_keys:
        yield "choices", f'checklist {q.key} has no "none of these"'
    if q.kind == "many" and len({c.points for c in q.choices if c.key != "none"}) > 1:
        yield "choices", f"the ticks of checklist {q.key} do not all weigh the same"
    for choice in q.choices:
        if choice.points < 0:
            yield "choices", f"choice {choice.key} of {q.key} has points below zero"
        if choice.key in UNKNOWN_KEYS:
            yield "choices", f"choice {choice.key} of {q.key} uses a reserved key"


def _conditions(protocol: Protocol) -> Iterator[tuple[str, str]]:
    for domain in protocol.domains:
        for step in domain.steps:
            if not 1 <= step.band <= TOP_BAND:
                yield "band", f"{domain.key} has a step to band {step.band}, outside 1 to 4"
            yield from _upward(f"domain {domain.key}", step.when)
            yield from _reads(protocol, f"domain {domain.key}", step.when, bands=False)
        for cap in domain.caps:
            yield from _reads(protocol, f"the cap of {domain.key}", cap.when, bands=False)
    for flag in protocol.flags:
        yield from _upward(f"flag {flag.key}", flag.when)
        yield from _reads(protocol, f"flag {flag.key}", flag.when, bands=False)
    for rule in _rules(protocol):
        yield from _upward(f"rule {rule.key}", rule.when)
        if found := questions_in(rule.when):
            yield "raw", f"rule {rule.key} reads the question {found[0]}; rules read bands only"
        yield from _reads(protocol, f"rule {rule.key}", rule.when)
        for key in domains_in(rule.when):
            if any(d.key == key and not d.clinical for d in protocol.domains):
                yield "schedule", f"rule {rule.key} reads {key}, which may not decide care"
    advice = [(note.key, note.when) for note in protocol.notes]
    advice += [(n.key, n.unless) for n in protocol.notes if n.unless is not None]
    advice += [(a.key, a.when) for a in protocol.alternatives if a.when is not None]
    advice += [(f.key, f.when) for f in protocol.week.formats]
    advice += [(q.key, q.ask_if) for q in protocol.questions if q.ask_if is not None]
    for key, condition in advice:
        yield from _reads(protocol, key, condition)


def _upward(place: str, condition: Condition) -> Iterator[tuple[str, str]]:
    for part in parts_of(condition):
        if not isinstance(part, UPWARD):
            name = type(part).__name__
            yield "downward", f"{place} uses {name}: more need could then lead to less care"


def _reads(
    protocol: Protocol, place: str, condition: Condition, *, bands: bool = True
) -> Iterator[tuple[str, str]]:
    domains = {domain.key for domain in protocol.domains}
    flags = {flag.key for flag in protocol.flags}
    for key in questions_in(condition):
        if key not in protocol.by_key:
            yield "dangling", f"{place} reads a question that does not exist: {key}"
    for part in parts_of(condition):
        if isinstance(part, Chose) and part.question in protocol.by_key:
            known = protocol.question(part.question).choice_keys
            for choice in part.choices:
                if choice not in known:
                    yield "dangling", f"{place} reads {part.question}={choice}, not a choice"
        if isinstance(part, Reaches | HowMany):
            if not 1 <= part.band <= TOP_BAND:
                yield "band", f"{place} reads band {part.band}, outside 1 to 4"
        if isinstance(part, Scored) and part.at_least < 1:
            yield "band", f"{place} asks for {part.at_least} points, which always holds"
        if isinstance(part, Reaches | HowMany | Has) and not bands:
            yield "raw", f"{place} reads a band or a flag; it may read answers only"
    for key in domains_in(condition):
        if key not in domains:
            yield "dangling", f"{place} reads a domain that does not exist: {key}"
    for key in flags_in(condition):
        if key not in flags:
            yield "dangling", f"{place} reads a flag that does not exist: {key}"


def _rules(protocol: Protocol) -> tuple[Rule, ...]:
    return (*protocol.gates, *protocol.level_rules, *protocol.co_occurring_rules)


def _outcomes(protocol: Protocol) -> Iterator[tuple[str, str]]:
    for rules, ladder in (
        (protocol.gates, LEADS),
        (protocol.level_rules, LADDER),
        (protocol.co_occurring_rules, CO_OCCURRING),
    ):
        for rule in rules:
            if rule.outcome not in ladder[1:]:
                yield "outcome", f"rule {rule.key} leads to {rule.outcome}, which is no outcome here"
    said = {care.key for care in protocol.care}
    for key in (*LADDER, "dual_diagnosis", "youth"):
        if key not in said:
            yield "wording", f"no words for the outcome {key}"
    spoken = {lead.key for lead in protocol.leads}
    for key in LEADS[1:]:
        if key not in spoken:
            yield "wording", f"no words for what comes first: {key}"
    for domain in protocol.domains:
        if domain.told and len(domain.words) != TOP_BAND + 1:
            yield "wording", f"{domain.key} is told to people but has no words for every band"


def _unsaid(protocol: Protocol) -> Iterator[tuple[str, str]]:
    """An answer that life can move must have a sentence, to say what would change."""
    for q in protocol.questions:
        if q.said is not None or not (q.can_get_better or q.can_get_worse):
            continue
        for choice in q.choices:
            if choice.said is None and not choice.unknown:
                yield "wording", f"choice {choice.key} of {q.key} has no sentence to say it with"


def _unsourced(protocol: Protocol) -> Iterator[tuple[str, str]]:
    known = {source.key for source in protocol.sources}
    used: set[str] = set()
    for row in _walk(protocol):
        if hasattr(row, "sources") and not isinstance(row, Protocol):
            name = getattr(row, "key", type(row).__name__)
            if not row.sources:
                yield "unsourced", f"{name} has no source"
            used.update(row.sources)
            for source in row.sources:
                if source not in known:
                    yield "dangling", f"{name} names a source that does not exist: {source}"
    for source in known - used:
        yield "orphan", f"the source {source} is used by nothing"


def _walk(row: Any) -> Iterator[Any]:
    yield row
    for field in fields(row):
        value = getattr(row, field.name)
        for item in value if isinstance(value, tuple) else (value,):
            if is_dataclass(item) and not isinstance(item, type):
                yield from _walk(item)


def _texts(row: Any, place: str) -> Iterator[tuple[str, str]]:
    for inner in _walk(row):
        name = getattr(inner, "key", "")
        place = name or place
        if not isinstance(inner, Text):
            continue
        if not inner.en.strip() or not inner.es.strip():
            yield "wording", f"near {place}: a text is missing in one language"
        if bool(inner.en_them) != bool(inner.es_them):
            yield "wording", f"near {place}: a text for families is missing in one language"
        forms = [inner.en, inner.es, inner.en_them or inner.en, inner.es_them or inner.es]
        if len({frozenset(PLACEHOLDER.findall(form)) for form in forms}) > 1:
            yield "wording", f"near {place}: placeholders differ between languages"
