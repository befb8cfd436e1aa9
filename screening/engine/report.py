"""An assessment as the JSON that `assess` prints. Field names are a promise to callers."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from screening.engine import Assessment
from screening.engine.answers import Reading
from screening.engine.changes import Change
from screening.engine.decision import Decision
from screening.engine.document import digest
from screening.engine.moves import Moved
from screening.engine.scoring import DomainScore
from screening.engine.spec import Protocol, Question, Rule, Text

Json = dict[str, Any]


def voice_of(assessment: Assessment) -> str:
    """Return "them" when the answers are about someone else, otherwise "me"."""
    return "them" if assessment.answers.get("who") == ("them",) else "me"


def report(assessment: Assessment, language: str = "en") -> Json:
    """Return the assessment as JSON values, with words in `language`.

    Without an explanation (brief) only the decision and its domains are in it.
    """
    protocol, decision = assessment.protocol, assessment.decision
    voice = voice_of(assessment)
    shown = {
        **_before(protocol, decision),
        "domains": {score.domain: _score(score) for score in assessment.scores.domains},
        **_after(protocol, decision, language, voice),
    }
    if assessment.explanation is not None:
        shown.update(_explained(assessment, language, voice))
    return shown


def _before(protocol: Protocol, decision: Decision) -> Json:
    return {
        "protocol": _name(protocol),
        "lead": decision.lead,
        "leads": decision.leads,
        "level": decision.level,
        "co_occurring": decision.co_occurring,
        "program": decision.program,
    }


def _after(protocol: Protocol, decision: Decision, language: str, voice: str) -> Json:
    shown: Json = {"rules": [_rule(protocol, rule.key, language, voice) for rule in decision.rules]}
    if decision.possible_levels:
        shown["possible_levels"] = decision.possible_levels
    if decision.possible_leads:
        shown["possible_leads"] = decision.possible_leads
    if decision.possible_co_occurring:
        shown["possible_co_occurring"] = decision.possible_co_occurring
    return shown


def _score(score: DomainScore) -> Json:
    return {"band": score.band, "range": (score.low, score.high), "items": score.counted}


def report_line(assessment: Assessment, language: str = "en") -> str:
    """Return the assessment as one line of JSON: the same values as `report`, for streams.

    Scores and decisions are shared between people, so without an explanation the line
    is put together from pieces that were written once.
    """
    if assessment.explanation is not None:
        return _text(report(assessment, language))
    scores, voice = assessment.scores, voice_of(assessment)
    head, tail = _decision_text(assessment.protocol, assessment.decision, language, voice)
    domains = ",".join([_score_text(score) for score in scores.domains])
    return f'{head},"domains":{{{domains}}},{tail}'


def _text(value: Json) -> str:
    return json.dumps(value, separators=(",", ":"))


@lru_cache(maxsize=100_000)
def _score_text(score: DomainScore) -> str:
    return _text({score.domain: _score(score)})[1:-1]


@lru_cache(maxsize=10_000)
def _decision_text(protocol: Protocol, decision: Decision, language: str, voice: str) -> tuple[str, str]:
    shown = {**_before(protocol, decision), **_after(protocol, decision, language, voice)}
    before = list(_before(protocol, decision))
    head = _text({key: shown[key] for key in before})[:-1]
    tail = _text({key: value for key, value in shown.items() if key not in before})[1:]
    return head, tail


@lru_cache(maxsize=8)
def _name(protocol: Protocol) -> Json:
    return {"name": protocol.name, "version": protocol.version, "digest": digest(protocol)}


@lru_cache(maxsize=1024)
def _rule(protocol: Protocol, key: str, language: str, voice: str) -> Json:
    tables = (
        *protocol.gates,
        *protocol.level_rules,
        *protocol.co_occurring_rules,
        protocol.default_reason,
    )
    rule: Rule = next(r for r in tables if r.key == key)
    return {
        "key": rule.key,
        "outcome": rule.outcome,
        "reason": rule.reason.read(language, voice),
        "sources": rule.sources,
    }


def _explained(assessment: Assessment, language: str, voice: str) -> Json:
    protocol, explanation = assessment.protocol, assessment.explained

    def read(text: Text) -> str:
        return text.read(language, voice)

    week = explanation.week
    return {
        "dangers": assessment.dangers,
        "week": {
            "band": week.band,
            "binds": week.binds,
            "formats": [{"key": f.key, "text": read(f.text)} for f in week.formats],
        },
        "reasons": [
            {
                "rule": reason.rule.key,
                "because": [
                    said for reading in reason.because for said in said_by(protocol, reading, language, voice)
                ],
            }
            for reason in explanation.reasons
        ],
        "notes": [
            {
                "key": note.key,
                "title": read(note.title),
                "text": [read(p) for p in note.paragraphs],
                "sources": note.sources,
            }
            for note in explanation.notes
        ],
        "also_consider": [
            {"key": other.key, "name": read(other.name), "text": read(other.text)}
            for other in explanation.also_consider
        ],
        "close_call": [{**_moved(moved), "level": level} for moved, level in explanation.close_call],
        "changers": {
            "less": _change(explanation.less),
            "later": _change(explanation.later),
            "more": _change(explanation.more),
        },
        "narrowing_question": explanation.narrowing_question,
        "missing": explanation.missing,
        "strengths": [
            {"domain": d.key, "text": read(d.strength)}
            for d in explanation.strengths
            if d.strength is not None
        ],
    }


def _change(change: Change | None) -> Json | None:
    if change is None:
        return None
    return {
        "level": change.level,
        "answers_changed": change.cost,
        "change": [_moved(moved) for moved in change.moved],
    }


def _moved(moved: Moved) -> Json:
    return {"question": moved.question, "from": list(moved.before), "to": list(moved.after)}


def said_by(
    protocol: Protocol,
    reading: Reading,
    language: str,
    voice: str,
    *,
    whole: bool = False,
) -> list[str]:
    """Return what a person said here as whole sentences.

    Answers that weigh nothing are left out, unless `whole` asks for them too (to say
    what a changed answer would be).
    """
    question = protocol.question(reading.question)
    picked = [c for c in question.choices if c.key in reading.chosen]
    points = sum(c.points for c in picked)
    if not points and not whole:
        return [c.said.read(language, voice) for c in picked if c.said and not _ordered(question)]
    if question.said is not None:
        answer = picked[0].text.read(language, voice).lower()
        frame = question.said.read(language, voice)
        return [frame.format(count=points, answer=answer)]
    return [c.said.read(language, voice) for c in picked if c.said is not None]


def _ordered(question: Question) -> bool:
    """True when the choices run from less to more; otherwise each is a plain fact."""
    return any(choice.points for choice in question.choices)
