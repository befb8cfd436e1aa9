"""The engine's one door: `assess(protocol, answers)`.

    answers -> sheet -> scores -> decision -> explanation

Pure Python: it knows no question, no rule, no web. Read answers, flow, scoring,
decision and explanation in that order; each turns one frozen value into the next.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from screening.engine.answers import AnswerDoor, AnswerError, Chosen
from screening.engine.changes import ChangeFinder
from screening.engine.decision import UNDETERMINED, YOUTH, Decider, Decision
from screening.engine.explanation import (
    AllFacts,
    Explanation,
    alternatives_for,
    care_shown,
    dangers_in,
    missing_from,
    notes_for,
    reasons_for,
    strengths_of,
    week_of,
)
from screening.engine.flow import Flow, Path, Sheet
from screening.engine.moves import LATER, LESS, MORE
from screening.engine.narrowing import narrowing_question
from screening.engine.scoring import Scorer, Scores
from screening.engine.spec import Protocol

__all__ = ["AnswerError", "Assessment", "Engine", "assess", "engine_for"]


@dataclass(frozen=True, slots=True)
class Assessment:
    """One person, all the way through. Print any field to see the whole state there."""

    protocol: Protocol
    answers: dict[str, Chosen]
    sheet: Sheet
    scores: Scores
    decision: Decision
    dangers: tuple[str, ...]
    explanation: Explanation | None

    @property
    def explained(self) -> Explanation:
        """The explanation. Raises LookupError when the assessment was made without one."""
        if self.explanation is None:
            raise LookupError("this assessment was made without an explanation")
        return self.explanation


class Engine:
    """A protocol made ready: its tables are worked out once and shared by every person."""

    def __init__(self, protocol: Protocol) -> None:
        self.protocol = protocol
        self.door = AnswerDoor(protocol)
        self.flow = Flow(protocol, self.door)
        self.scorer = Scorer(protocol)
        self.decider = Decider(protocol)
        self.changes = ChangeFinder(protocol, self.door, self.flow, self.scorer, self.decider)

    def path(self, answers: dict[str, Chosen]) -> Path:
        """Return the screens these checked answers ask for."""
        return self.flow.path(self.flow.lay_out(answers))

    def dangers(self, answers: dict[str, Chosen]) -> tuple[str, ...]:
        """Return the keys of the safety messages that checked answers call for."""
        sheet = self.flow.lay_out(answers)
        decision = self.decider.decide(self.scorer.score(sheet))
        return dangers_in(self.protocol, sheet, decision)

    def assess(self, raw: Mapping[str, object], *, explain: bool = True) -> Assessment:
        """Assess one person's raw answers. Raises AnswerError for answers that do not fit."""
        return self.assess_checked(self.door.parse(raw), explain=explain)

    def assess_checked(self, answers: dict[str, Chosen], *, explain: bool = True) -> Assessment:
        """Assess answers that the door has checked already."""
        sheet = self.flow.lay_out(answers)
        scores = self.scorer.score(sheet)
        decision = self.decider.decide(scores)
        return Assessment(
            self.protocol,
            answers,
            sheet,
            scores,
            decision,
            dangers_in(self.protocol, sheet, decision) if explain else (),
            self._explain(answers, sheet, scores, decision) if explain else None,
        )

    def _explain(
        self, answers: dict[str, Chosen], sheet: Sheet, scores: Scores, decision: Decision
    ) -> Explanation:
        protocol = self.protocol
        least = AllFacts(protocol, sheet, scores, most=False)
        most = AllFacts(protocol, sheet, scores, most=True)
        settled = decision.level not in (UNDETERMINED, YOUTH)
        # After danger or a crisis nothing is said to make less care right.
        may_lower = settled and not {"emergency", "crisis_today"}.intersection(decision.leads)
        find = self.changes.smallest
        level = decision.level
        less = find(LESS, sheet, scores, level) if may_lower else None
        later = find(LATER, sheet, scores, level) if may_lower and less is None else None
        return Explanation(
            reasons=reasons_for(protocol, decision, sheet, scores, least),
            strengths=strengths_of(protocol, decision, scores),
            notes=notes_for(protocol, decision, least, most),
            also_consider=alternatives_for(protocol, decision, least, most),
            close_call=(
                self.changes.near_misses(sheet, scores, level, may_lower=may_lower) if settled else ()
            ),
            less=less,
            later=later,
            more=find(MORE, sheet, scores, level) if settled else None,
            narrowing_question=(
                narrowing_question(protocol, self.flow, self.scorer, self.decider, sheet, answers)
                if level == UNDETERMINED
                else None
            ),
            missing=missing_from(sheet),
            care=care_shown(protocol, decision),
            week=week_of(protocol, sheet, scores),
        )


@lru_cache(maxsize=8)
def engine_for(protocol: Protocol) -> Engine:
    """Return the ready engine of a protocol, made once."""
    return Engine(protocol)


def assess(protocol: Protocol, answers: Mapping[str, object], *, explain: bool = True) -> Assessment:
    """Assess one person.

    Takes a protocol and `{question_key: choice_key}` (a list of keys for checklists).
    Returns the whole Assessment; without `explain` the explanation is left out.
    Raises AnswerError naming question and choice when an answer does not fit.
    """
    return engine_for(protocol).assess(answers, explain=explain)
