"""Is everything said, in every language and voice, with numbers that agree?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import Formatter

from screening.engine.places import Fault, walk
from screening.engine.spec import LADDER, LEADS, TOP_BAND, HelpLine, Protocol, Question, Text

PLACEHOLDER = re.compile(r"{(\w+)}")
# What the sentence that repeats an answer may put in; see `report.said_by`.
FRAME_HOLDS = {"count", "answer"}
PHONE = re.compile(r"(?<![\d-])(?:1-)?\d{3}-\d{3}-\d{4}(?![\d-])")
DIGITS = re.compile(r"[0-9]{2,15}")
LETTERS_AND_DIGITS = re.compile(r"[0-9A-Za-z]")


def word_faults(protocol: Protocol) -> Iterator[Fault]:
    """Yield what is missing or wrong in the words of a protocol."""
    yield from _outcomes_said(protocol)
    yield from _bands_said(protocol)
    for index, question in enumerate(protocol.questions):
        yield from _unsaid(question, f"questions[{index}]")
    yield from _texts(protocol)
    yield from _frames(protocol)
    yield from _numbers(protocol)


def _outcomes_said(protocol: Protocol) -> Iterator[Fault]:
    said = {care.key for care in protocol.care}
    for key in (*LADDER, "dual_diagnosis", "youth"):
        if key not in said:
            yield Fault("wording", f"no words for the outcome {key}", "care")
    spoken = {lead.key for lead in protocol.leads}
    for key in LEADS[1:]:
        if key not in spoken:
            yield Fault("wording", f"no words for what comes first: {key}", "leads")
    if not protocol.name.strip():
        yield Fault("wording", "the protocol has no name", "name")


def _bands_said(protocol: Protocol) -> Iterator[Fault]:
    for index, domain in enumerate(protocol.domains):
        place = f"domains[{index}].words"
        told = domain.told or domain.key == protocol.week.domain
        if told and len(domain.words) != TOP_BAND + 1:
            sentence = f"{domain.key} is told to people but has no words for every band"
            yield Fault("wording", sentence, place)
        if domain.words and not told:
            yield Fault("orphan", f"{domain.key} has words for its bands but is never told", place)


def _unsaid(q: Question, place: str) -> Iterator[Fault]:
    """An answer that life can move must have a sentence, to say what would change."""
    if q.said is not None or not (q.can_get_better or q.can_get_worse):
        return
    for n, choice in enumerate(q.choices):
        if choice.said is None and not choice.unknown:
            sentence = f"choice {choice.key} of {q.key} has no sentence to say it with"
            yield Fault("wording", sentence, f"{place}.choices[{n}].said")


def _texts(protocol: Protocol) -> Iterator[Fault]:
    near = protocol.name
    for place, row in walk(protocol):
        near = getattr(row, "key", "") or near
        if not isinstance(row, Text):
            continue
        if not row.en.strip() or not row.es.strip():
            yield Fault("wording", f"near {near}: a text is missing in one language", place)
        if bool(row.en_them) != bool(row.es_them):
            sentence = f"near {near}: a text for families is missing in one language"
            yield Fault("wording", sentence, place)
        forms = [row.en, row.es, row.en_them or row.en, row.es_them or row.es]
        if len({frozenset(PLACEHOLDER.findall(form)) for form in forms}) > 1:
            yield Fault("wording", f"near {near}: placeholders differ between languages", place)


def _frames(protocol: Protocol) -> Iterator[Fault]:
    """Only the sentence that repeats an answer is filled in, and only with a count or an answer."""
    frames = {f"questions[{n}].said": q for n, q in enumerate(protocol.questions) if q.said is not None}
    for place, row in walk(protocol):
        if not isinstance(row, Text):
            continue
        for form in (row.en, row.es, row.en_them, row.es_them):
            if place in frames and not _fills(form):
                sentence = f"the sentence of {frames[place].key} may hold only {{count}} and {{answer}}"
                yield Fault("wording", sentence, place)
                break
            if place not in frames and ("{" in form or "}" in form):
                yield Fault("wording", "nothing is filled in here, so braces would be shown", place)
                break


def _fills(form: str) -> bool:
    try:
        parts = list(Formatter().parse(form))
    except ValueError:
        return False
    return all(name is None or (name in FRAME_HOLDS and not spec and not how) for _, name, spec, how in parts)


def _numbers(protocol: Protocol) -> Iterator[Fault]:
    """A number to call is written once: as people read it and as it is dialled must agree."""
    known = {line.number for line in protocol.help_lines}
    for index, line in enumerate(protocol.help_lines):
        yield from _line(line, f"help_lines[{index}]")
    for place, row in walk(protocol):
        if isinstance(row, Text):
            for form in (row.en, row.es, row.en_them, row.es_them):
                for number in PHONE.findall(form):
                    if number not in known:
                        yield Fault("number", f"{number} is no number of a help line", place)


def _line(line: HelpLine, place: str) -> Iterator[Fault]:
    if not DIGITS.fullmatch(line.dial):
        yield Fault("number", f"help line {line.key} has no digits to dial", f"{place}.dial")
    if line.sms and not DIGITS.fullmatch(line.sms):
        yield Fault("number", f"help line {line.key} has no digits to text", f"{place}.sms")
    read = "".join(LETTERS_AND_DIGITS.findall(line.number))
    if read.isdigit() and read != line.dial:
        sentence = f"help line {line.key} reads {line.number} but dials {line.dial}"
        yield Fault("number", sentence, f"{place}.number")
    if not read:
        yield Fault("number", f"help line {line.key} has no number", f"{place}.number")
