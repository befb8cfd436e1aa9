"""An assessment as the result page and the print-out show it: everything one template needs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from screening.engine.receipt import receipt
from screening.present import PartHeard, heard
from screening.result_words import ResultWords
from screening.services import OpenCheck
from screening.times_page import TimesPage, times_page


@dataclass(slots=True)
class ResultPage:
    """Everything the result and the print-out say, in one language and voice."""

    voice: str
    danger: bool
    leads: list[dict[str, Any]]
    strength: str
    heading: str
    lede: list[str]
    care: list[dict[str, Any]]
    ladder: list[dict[str, Any]]
    limits: list[str]
    reasons: list[dict[str, Any]]
    strengths: list[str]
    scores: list[dict[str, str]]
    notes: list[dict[str, Any]]
    also: list[dict[str, str]]
    changers: dict[str, dict[str, Any] | None]
    narrowing: dict[str, str] | None
    missing: list[str]
    week: dict[str, Any] | None
    times: TimesPage | None
    next_steps: list[dict[str, str]]
    phone_words: list[str]
    protocol: dict[str, str]
    reviewed: str
    receipt: str
    heard: list[PartHeard] = field(default_factory=list)


def result_page(check: OpenCheck) -> ResultPage:
    """Return the result page for a check whose path is complete."""
    assessment = check.assessment()
    explanation = assessment.explained
    words = ResultWords(check, assessment, explanation)
    return ResultPage(
        voice=check.voice,
        # "A doctor first" names no crisis line, so its page keeps the card that does.
        danger=bool(assessment.dangers) and assessment.decision.lead != "medical_first",
        leads=words.leads(),
        strength=words.strength(),
        heading=words.heading(),
        lede=words.lede(),
        care=words.care(),
        ladder=words.ladder(),
        limits=[words.read(text) for text in check.engine.protocol.limits],
        reasons=words.reasons(),
        strengths=[words.read(d.strength) for d in explanation.strengths if d.strength],
        scores=words.scores(),
        notes=words.notes(),
        also=[{"name": words.read(a.name), "text": words.read(a.text)} for a in explanation.also_consider],
        changers={"less": words.less(), "more": words.change(explanation.more)},
        narrowing=words.narrowing(),
        missing=words.missing(),
        week=words.week(),
        times=times_page(check, assessment),
        next_steps=words.next_steps(),
        phone_words=[words.read(text) for text in check.engine.protocol.phone_words],
        protocol=words.protocol_name(),
        reviewed=words.read(check.engine.protocol.reviewed),
        receipt=receipt(check.engine, check.answers),
        heard=heard(check),
    )
