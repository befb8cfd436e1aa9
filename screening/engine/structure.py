"""Is the protocol well made? Every key resolves, every text exists, nothing dangles.

This file holds the keys and what they point to; `structure_rules` the questions,
conditions and outcomes; `structure_words` everything that is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import Any

from screening.engine.decision import SEVERITY, YOUTH
from screening.engine.places import Fault, rule_tables, walk
from screening.engine.spec import LADDER, Alternative, Danger, Lead, Note, Protocol, Source
from screening.engine.structure_rules import rule_faults
from screening.engine.structure_words import PLACEHOLDER, word_faults

__all__ = ["PLACEHOLDER", "faults", "flaws"]

# Keys go into forms, addresses of fields and reports, so they are plain.
KEY = re.compile(r"[a-z0-9][a-z0-9_]{0,79}")
VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")


def faults(protocol: Protocol) -> Iterator[tuple[str, str]]:
    """Yield (kind, sentence) for everything that is not well made."""
    for fault in flaws(protocol):
        yield fault.kind, fault.sentence


def flaws(protocol: Protocol) -> Iterator[Fault]:
    """Yield everything that is not well made, each with the place where it stands.

    Takes any protocol whose fields have their types; raises nothing.
    """
    yield from _keys(protocol)
    yield from _doubled(protocol)
    yield from _unresolved(protocol)
    yield from rule_faults(protocol)
    yield from _unsourced(protocol)
    yield from word_faults(protocol)


def _keys(protocol: Protocol) -> Iterator[Fault]:
    if not VERSION.fullmatch(protocol.version):
        yield Fault("key", "the version is not plain letters, digits, dots and hyphens", "version")
    for place, row in walk(protocol):
        key = getattr(row, "key", None)
        if key is not None and not KEY.fullmatch(key):
            sentence = f"the key {ascii(key)[:90]} is not small letters, digits and underscores"
            yield Fault("key", sentence, f"{place}.key")


def _doubled(protocol: Protocol) -> Iterator[Fault]:
    tables: dict[str, tuple[str, Iterable[Any]]] = {
        field.name: (field.name, value)
        for field in fields(protocol)
        if isinstance(value := getattr(protocol, field.name), tuple) and value and hasattr(value[0], "key")
    }
    tables["formats"] = ("week.formats", protocol.week.formats)
    for index, question in enumerate(protocol.questions):
        tables[f"choices of {question.key}"] = (f"questions[{index}].choices", question.choices)
    for name, (place, rows) in tables.items():
        seen: set[str] = set()
        for index, row in enumerate(rows):
            if row.key in seen:
                yield Fault("doubled", f"the key {row.key} stands twice in {name}", f"{place}[{index}].key")
            seen.add(row.key)
    yield from _doubled_rules(protocol)


def _doubled_rules(protocol: Protocol) -> Iterator[Fault]:
    """One rule key over all three tables and the default: reasons are looked up by it."""
    seen = {protocol.default_reason.key}
    for table, rules in rule_tables(protocol):
        own: set[str] = set()
        for index, rule in enumerate(rules):
            if rule.key in seen and rule.key not in own:
                yield Fault("doubled", f"the key {rule.key} stands twice in rules", f"{table}[{index}].key")
            own.add(rule.key)
        seen |= own


def _unresolved(protocol: Protocol) -> Iterator[Fault]:
    yield from _unresolved_questions(protocol)
    yield from _unresolved_lines(protocol)
    yield from _unresolved_levels(protocol)
    dangers = {danger.key for danger in protocol.dangers} | {""}
    for table, rules in rule_tables(protocol):
        for index, rule in enumerate(rules):
            here = f"{table}[{index}].danger"
            if rule.danger not in dangers:
                sentence = f"rule {rule.key} names a danger that does not exist: {rule.danger}"
                yield Fault("dangling", sentence, here)
            elif rule.danger and table != "gates":
                yield Fault("orphan", f"rule {rule.key} is no gate, so its danger is never shown", here)
    yield from _unresolved_week(protocol)
    # What the engine itself looks for by name.
    if YOUTH not in {flag.key for flag in protocol.flags}:
        yield Fault("dangling", f"no flag {YOUTH}: it stops an adult level for children", "flags")
    if SEVERITY not in {d.key for d in protocol.domains if d.clinical}:
        yield Fault(
            "dangling", f"no domain {SEVERITY}: it tells addiction from mental health alone", "domains"
        )


def _unresolved_week(protocol: Protocol) -> Iterator[Fault]:
    week = protocol.week
    domain = next((d for d in protocol.domains if d.key == week.domain), None)
    if domain is None:
        yield Fault("dangling", f"the week names a domain that does not exist: {week.domain}", "week.domain")
    elif domain.clinical:
        yield Fault("schedule", f"the week reads {week.domain}, which decides care", "week.domain")
    binds = protocol.by_key.get(week.binds)
    if binds is None:
        yield Fault("dangling", f"the week names a question that does not exist: {week.binds}", "week.binds")
    elif binds.kind != "many":
        yield Fault("shape", f"the week reads {week.binds}, which is no checklist", "week.binds")


def _unresolved_questions(protocol: Protocol) -> Iterator[Fault]:
    parts = {part.key for part in protocol.parts}
    pages = {page.key for page in protocol.pages}
    dangers = {danger.key for danger in protocol.dangers} | {""}
    for index, q in enumerate(protocol.questions):
        here = f"questions[{index}]"
        if q.part not in parts:
            sentence = f"question {q.key} stands in a part that does not exist: {q.part}"
            yield Fault("dangling", sentence, f"{here}.part")
        if q.page and q.page not in pages:
            sentence = f"question {q.key} names a page that does not exist: {q.page}"
            yield Fault("dangling", sentence, f"{here}.page")
        named = [(f"{here}.unknown_danger", q.unknown_danger)]
        named += [(f"{here}.choices[{n}].danger", c.danger) for n, c in enumerate(q.choices)]
        for place, danger in named:
            if danger not in dangers:
                sentence = f"question {q.key} names a danger that does not exist: {danger}"
                yield Fault("dangling", sentence, place)


def _unresolved_lines(protocol: Protocol) -> Iterator[Fault]:
    lines = {line.key for line in protocol.help_lines}
    rows: list[tuple[str, Lead | Danger]] = [(f"leads[{i}]", row) for i, row in enumerate(protocol.leads)]
    rows += [(f"dangers[{i}]", row) for i, row in enumerate(protocol.dangers)]
    shown = [
        (f"{place}.lines[{n}]", row.key, line) for place, row in rows for n, line in enumerate(row.lines)
    ]
    cares = [(f"care[{i}]", care) for i, care in enumerate(protocol.care)]
    cares.append(("undetermined", protocol.undetermined))
    shown += [
        (f"{place}.next_steps[{n}].line", care.key, step.line)
        for place, care in cares
        for n, step in enumerate(care.next_steps)
        if step.line
    ]
    for place, key, line in shown:
        if line not in lines:
            yield Fault("dangling", f"{key} names a help line that does not exist: {line}", place)


def _unresolved_levels(protocol: Protocol) -> Iterator[Fault]:
    known = {*LADDER, YOUTH, "undetermined"}
    rows: list[tuple[str, Note | Alternative]] = [(f"notes[{i}]", n) for i, n in enumerate(protocol.notes)]
    rows += [(f"alternatives[{i}]", other) for i, other in enumerate(protocol.alternatives)]
    for place, row in rows:
        for n, level in enumerate(row.levels):
            if level not in known:
                sentence = f"{row.key} names a level that does not exist: {level}"
                yield Fault("dangling", sentence, f"{place}.levels[{n}]")


def _unsourced(protocol: Protocol) -> Iterator[Fault]:
    known = {source.key for source in protocol.sources}
    used: set[str] = set()
    for place, row in walk(protocol):
        if not hasattr(row, "sources") or isinstance(row, Protocol):
            continue
        name = getattr(row, "key", type(row).__name__)
        if not row.sources:
            yield Fault("unsourced", f"{name} has no source", f"{place}.sources")
        used.update(row.sources)
        for n, source in enumerate(row.sources):
            if source not in known:
                sentence = f"{name} names a source that does not exist: {source}"
                yield Fault("dangling", sentence, f"{place}.sources[{n}]")
    for index, one in enumerate(protocol.sources):
        yield from _bare_source(index, one)
        if one.key not in used:
            yield Fault("orphan", f"the source {one.key} is used by nothing", f"sources[{index}]")


def _bare_source(index: int, source: Source) -> Iterator[Fault]:
    for name in ("citation", "licence"):
        if not getattr(source, name).strip():
            yield Fault("unsourced", f"the source {source.key} has no {name}", f"sources[{index}].{name}")
