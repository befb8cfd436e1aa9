"""Engine values -> words for a page: the only place where the protocol's texts meet a language.

Nothing is decided here. Each class is what one template needs, already in the
person's language and voice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from screening.engine.flow import Path, PathStep
from screening.engine.spec import HelpLine, Protocol, Question, Text
from screening.forms import UNKNOWN_LABELS
from screening.protocol import LIVE
from screening.services import OpenCheck

HARD_HYPHEN = "\N{NON-BREAKING HYPHEN}"
PHONE = re.compile(r"\b1-\d{3}-\d{3}-\d{4}\b")


def language() -> str:
    """Return the language of this page, "en" or "es"."""
    return (get_language() or "en")[:2]


def reader(voice: str) -> Any:
    """Return a function that reads a protocol text in this page's language and voice."""
    here = language()

    def read(text: Text) -> str:
        # A number that a line breaks in two is hard to dial.
        return PHONE.sub(lambda found: found[0].replace("-", HARD_HYPHEN), text.read(here, voice))

    return read


def help_lines(protocol: Protocol = LIVE) -> dict[str, dict[str, str]]:
    """Return the phone services for templates, by key. Needs no database."""
    return {line.key: help_line(line) for line in protocol.help_lines}


def help_line(line: HelpLine) -> dict[str, str]:
    here = language()
    return {
        "name": line.name.read(here),
        "number": line.number.replace("-", HARD_HYPHEN),
        "dial": f"tel:{line.dial}",
        "sms": f"sms:{line.sms}" if line.sms else "",
        "about": line.about.read(here),
    }


def where(protocol: Protocol, step: PathStep, voice: str) -> str:
    """Return "Part 2 of 5: ...", the only progress a person is shown."""
    parts = [part.key for part in protocol.parts]
    number = parts.index(step.part)
    return _("Part %(number)d of %(total)d: %(title)s") % {
        "number": number + 1,
        "total": len(parts),
        "title": protocol.parts[number].title.read(language(), voice),
    }


def page_title(protocol: Protocol, path: Path, step: PathStep) -> str:
    """Return a title that tells nothing to someone who reads the browser history."""
    parts = [part.key for part in protocol.parts]
    earlier = [
        s for s in path.steps if s.part == step.part and min(step.number, 1) <= s.number <= step.number
    ]
    return _("Part %(part)d, question %(question)d") % {
        "part": parts.index(step.part) + 1,
        "question": len(earlier),
    }


@dataclass(frozen=True, slots=True)
class Row:
    """One question and what was answered, with the way to change it."""

    question: str
    answers: list[str]
    change_url: str
    skipped: bool


@dataclass(frozen=True, slots=True)
class PartHeard:
    title: str
    rows: list[Row]

    @property
    def told(self) -> int:
        """How many of its questions have an answer that is not a way out."""
        return sum(not row.skipped for row in self.rows)


def heard(check: OpenCheck) -> list[PartHeard]:
    """Return what the person told us, part by part, with links to change it."""
    read = reader(check.voice)
    found: dict[str, list[Row]] = {}
    protocol = check.engine.protocol
    for step in check.path.steps:
        for key in step.questions:
            if key in check.answers:
                row = _row(protocol.question(key), check, step, read)
                found.setdefault(step.part, []).append(row)
    return [PartHeard(read(part.title), found[part.key]) for part in protocol.parts if part.key in found]


def _row(question: Question, check: OpenCheck, step: PathStep, read: Any) -> Row:
    chosen = check.answers[question.key]
    texts = {choice.key: read(choice.text) for choice in question.choices}
    unknown = {key: str(label) for key, label in UNKNOWN_LABELS.items()}
    skips = {*unknown, *(choice.key for choice in question.choices if choice.unknown)}
    return Row(
        question=read(question.text),
        answers=[{**unknown, **texts}[key] for key in chosen],
        change_url=reverse("screening:step", args=[step.number]),
        skipped=bool(skips.intersection(chosen)),
    )


def step_url(number: int) -> str:
    """Return the address of a step on the way; there the first question stands on the start page."""
    return reverse("screening:step", args=[number]) if number else reverse("screening:start")


@dataclass(frozen=True, slots=True)
class SafetyPage:
    """The messages that these answers call for, and which help to show beside them."""

    triggers: list[str]
    showing: dict[str, bool]


# Which block of the safety page goes with which message.
SAFETY_BLOCKS = {
    "overdose": ("overdose", "past_overdose"),
    "withdrawal": ("withdrawal_now", "withdrawal_risk", "pregnancy"),
    "suicide": ("suicide",),
    "violence": ("violence",),
    "medical": ("medical", "withdrawal_now"),
}


def safety(check: OpenCheck) -> SafetyPage:
    """Return the safety page for the answers so far."""
    active = check.dangers()
    read = reader(check.voice)
    return SafetyPage(
        triggers=[read(d.text) for d in check.engine.protocol.dangers if d.key in active],
        showing={block: bool(set(keys).intersection(active)) for block, keys in SAFETY_BLOCKS.items()},
    )
