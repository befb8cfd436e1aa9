"""Are the questions, conditions and outcomes of a protocol well made?"""

from __future__ import annotations

from collections.abc import Iterator

from screening.engine.answers import NONE
from screening.engine.conditions import (
    UPWARD,
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
    domains_in,
    flags_in,
    questions_in,
)
from screening.engine.decision import YOUTH
from screening.engine.places import Fault, Standing, parts_with_places, rule_tables, standings
from screening.engine.spec import CO_OCCURRING, LADDER, LEADS, TOP_BAND, UNKNOWN_KEYS, Protocol, Question

MOST_POINTS = 100
MOST_ASKED = 200
# What each kind of condition lists.
LISTED: dict[type, str] = {
    AllOf: "conditions",
    AnyOf: "conditions",
    Scored: "questions",
    HowMany: "domains",
    Chose: "choices",
}


def rule_faults(protocol: Protocol) -> Iterator[Fault]:
    """Yield what is not well made in questions, conditions and outcomes."""
    yield from _order(protocol)
    yield from _pages(protocol)
    for index, question in enumerate(protocol.questions):
        yield from _choices(question, f"questions[{index}]")
    yield from _bands(protocol)
    for standing in standings(protocol):
        yield from _condition(protocol, standing)
    yield from _outcomes(protocol)


def _order(protocol: Protocol) -> Iterator[Fault]:
    parts = {part.key: part.ask_if for part in protocol.parts}
    order = [part.key for part in protocol.parts]
    earlier: set[str] = set()
    furthest = 0
    for index, q in enumerate(protocol.questions):
        if q.part in order:
            here = order.index(q.part)
            if here < furthest:
                sentence = f"question {q.key} stands after a later part has begun"
                yield Fault("cycle", sentence, f"questions[{index}].part")
            furthest = max(furthest, here)
        for key in questions_in(q.ask_if) + questions_in(parts.get(q.part)):
            if key not in earlier:
                sentence = f"question {q.key} depends on {key}, which is not asked before it"
                yield Fault("cycle", sentence, f"questions[{index}].ask_if")
        earlier.add(q.key)


def _pages(protocol: Protocol) -> Iterator[Fault]:
    """Questions shown together must stand together, or a page would show some before their turn."""
    last: dict[str, int] = {}
    for index, q in enumerate(protocol.questions):
        if not q.page:
            continue
        before = last.get(q.page)
        place = f"questions[{index}].page"
        if before is not None and before != index - 1:
            yield Fault("page", f"the questions of page {q.page} do not stand together", place)
        elif before is not None and protocol.questions[before].part != q.part:
            yield Fault("page", f"page {q.page} runs over two parts", place)
        last[q.page] = index


def _choices(q: Question, place: str) -> Iterator[Fault]:
    known = [c for c in q.choices if not c.unknown]
    if len(known) < 2:
        yield Fault("choices", f"question {q.key} has fewer than two choices", f"{place}.choices")
    if q.kind == "many" and NONE not in {c.key for c in known}:
        yield Fault("choices", f'checklist {q.key} has no "none of these"', f"{place}.choices")
    if q.kind == "many" and len({c.points for c in known if c.key != NONE}) > 1:
        sentence = f"the ticks of checklist {q.key} do not all weigh the same"
        yield Fault("choices", sentence, f"{place}.choices")
    for n, choice in enumerate(q.choices):
        here = f"{place}.choices[{n}]"
        if choice.points < 0:
            yield Fault("choices", f"choice {choice.key} of {q.key} has points below zero", f"{here}.points")
        if choice.points > MOST_POINTS:
            sentence = f"choice {choice.key} of {q.key} has more than {MOST_POINTS} points"
            yield Fault("choices", sentence, f"{here}.points")
        if choice.points and (choice.unknown or (q.kind == "many" and choice.key == NONE)):
            sentence = f"choice {choice.key} of {q.key} says nothing, so it may have no points"
            yield Fault("choices", sentence, f"{here}.points")
        if choice.key in UNKNOWN_KEYS:
            yield Fault("choices", f"choice {choice.key} of {q.key} uses a reserved key", f"{here}.key")
    yield from _unknowns(q, place)


def _unknowns(q: Question, place: str) -> Iterator[Fault]:
    """What is said or scored for "not sure" must fit the question, and be possible."""
    points = [c.points for c in q.choices if not c.unknown]
    top = sum(points) if q.kind == "many" else max(points, default=0)
    if q.if_unknown is not None and not min(points, default=0) <= q.if_unknown <= top:
        sentence = f'question {q.key} scores "not sure" as {q.if_unknown}, outside its own points'
        yield Fault("choices", sentence, f"{place}.if_unknown")
    if q.allow_unknown or any(c.unknown for c in q.choices):
        return
    for name in ("if_unknown", "unknown_danger"):
        if getattr(q, name):
            sentence = f'question {q.key} has {name}, but nobody may answer "not sure"'
            yield Fault("orphan", sentence, f"{place}.{name}")


def _bands(protocol: Protocol) -> Iterator[Fault]:
    for i, domain in enumerate(protocol.domains):
        here = f"domains[{i}]"
        for j, step in enumerate(domain.steps):
            if not 1 <= step.band <= TOP_BAND:
                sentence = f"{domain.key} has a step to band {step.band}, outside 1 to 4"
                yield Fault("band", sentence, f"{here}.steps[{j}].band")
        for j, cap in enumerate(domain.caps):
            if not 0 <= cap.band < TOP_BAND:
                sentence = f"{domain.key} has a cap at band {cap.band}, outside 0 to 3"
                yield Fault("band", sentence, f"{here}.caps[{j}].band")
        if domain.emergency_at_top and not domain.clinical:
            sentence = f"{domain.key} may not decide care, so it can be no emergency"
            yield Fault("schedule", sentence, f"{here}.emergency_at_top")
        if not 0 <= domain.strength_up_to <= TOP_BAND:
            sentence = f"{domain.key} is a strength up to {domain.strength_up_to}, outside 0 to 4"
            yield Fault("band", sentence, f"{here}.strength_up_to")


def _condition(protocol: Protocol, standing: Standing) -> Iterator[Fault]:
    condition = standing.condition
    if not standing.answers and (found := questions_in(condition)):
        sentence = f"{standing.owner} reads the question {found[0]}; rules read bands only"
        yield Fault("raw", sentence, standing.place)
    for key in domains_in(condition) if standing.upward and standing.bands else ():
        if any(d.key == key and not d.clinical for d in protocol.domains):
            sentence = f"{standing.owner} reads {key}, which may not decide care"
            yield Fault("schedule", sentence, standing.place)
    for place, part in parts_with_places(condition, standing.place):
        if standing.upward and not isinstance(part, UPWARD):
            sentence = f"{standing.owner} uses {type(part).__name__}: more need could then lead to less care"
            yield Fault("downward", sentence, place)
        if not standing.bands and isinstance(part, Reaches | HowMany | Has):
            sentence = f"{standing.owner} reads a band or a flag; it may read answers only"
            yield Fault("raw", sentence, place)
        for kind, sentence in (*_dangling(protocol, part), *_empty(part)):
            yield Fault(kind, f"{standing.owner} {sentence}", place)


def _dangling(protocol: Protocol, part: Condition) -> Iterator[tuple[str, str]]:
    """Yield (kind, rest of a sentence) for what one leaf names in vain."""
    if isinstance(part, AllOf | AnyOf | Not | Unless):
        return
    known = {
        "question": protocol.by_key,
        "domain": {domain.key for domain in protocol.domains},
        "flag": {flag.key for flag in protocol.flags},
    }
    named = {"question": questions_in(part), "domain": domains_in(part), "flag": flags_in(part)}
    for kind, keys in named.items():
        for key in keys:
            if key not in known[kind]:
                yield "dangling", f"reads a {kind} that does not exist: {key}"
    if isinstance(part, Chose) and part.question in protocol.by_key:
        choices = protocol.question(part.question).choice_keys
        for choice in part.choices:
            if choice not in choices:
                yield "dangling", f"reads {part.question}={choice}, not a choice"


def _empty(part: Condition) -> Iterator[tuple[str, str]]:
    """Yield (kind, rest of a sentence) for a part that asks for nothing, or for what can not be."""
    if isinstance(part, Reaches | HowMany) and not 1 <= part.band <= TOP_BAND:
        yield "band", f"reads band {part.band}, outside 1 to 4"
    if isinstance(part, HowMany) and not 1 <= part.count <= len(part.domains):
        yield "band", f"asks for {part.count} of {len(part.domains)} domains"
    if isinstance(part, Scored) and part.at_least < 1:
        yield "band", f"asks for {part.at_least} points, which always holds"
    if isinstance(part, Scored) and part.at_least > MOST_ASKED:
        yield "band", f"asks for more than {MOST_ASKED:,} points"
    name = LISTED.get(type(part))
    listed = getattr(part, name) if name else None
    if listed is not None and not listed:
        yield "empty", f"has a {type(part).__name__} of nothing"
    if listed is not None and len(set(listed)) < len(listed):
        yield "doubled", f"names the same thing twice in one {type(part).__name__}"


def _outcomes(protocol: Protocol) -> Iterator[Fault]:
    ladders = {"gates": LEADS, "level_rules": LADDER, "co_occurring_rules": CO_OCCURRING}
    for table, rules in rule_tables(protocol):
        for index, rule in enumerate(rules):
            if rule.outcome not in ladders[table][1:]:
                sentence = f"rule {rule.key} leads to {rule.outcome}, which is no outcome here"
                yield Fault("outcome", sentence, f"{table}[{index}].outcome")
    default = protocol.default_reason
    if default.outcome != LADDER[0] or default.when != AllOf(()):
        sentence = (
            f"rule {default.key} speaks when no other does, so it leads to {LADDER[0]} and asks nothing"
        )
        yield Fault("outcome", sentence, "default_reason")
    if protocol.youth != Has(YOUTH):
        yield Fault("outcome", f"the flag {YOUTH} stops an adult level; nothing else is read", "youth")
