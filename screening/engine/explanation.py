"""Decision -> explanation: why, what would change it, what else, what next.

Everything here is a row of the protocol or a key of it; words are read at the edge.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from screening.engine.answers import Reading
from screening.engine.changes import Change
from screening.engine.conditions import Has, HowMany, Reaches, evidence, holds, questions_in
from screening.engine.decision import YOUTH, BandFacts, Decision
from screening.engine.flow import Sheet, SheetFacts
from screening.engine.moves import Moved
from screening.engine.scoring import Scores
from screening.engine.spec import Alternative, Care, Domain, Format, Note, Protocol, Question, Rule


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule that speaks, and the answers it rests on."""

    rule: Rule
    because: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class WeekFit:
    """What the schedule answers say: band 0-4 or None, what binds, which formats fit."""

    band: int | None
    binds: tuple[str, ...]
    formats: tuple[Format, ...]
    said: bool


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that is said about one decision.

    `less` is the smallest change in life to less care; `later`, given only when there is
    none, also counts what only time can change; `more` is the smallest change to more.
    """

    reasons: tuple[Reason, ...]
    strengths: tuple[Domain, ...]
    notes: tuple[Note, ...]
    also_consider: tuple[Alternative, ...]
    close_call: tuple[tuple[Moved, str], ...]
    less: Change | None
    later: Change | None
    more: Change | None
    narrowing_question: str | None
    missing: tuple[str, ...]
    care: tuple[Care, ...]
    week: WeekFit


class AllFacts:
    """Answers, bands and flags together, at their least or at their most."""

    def __init__(self, protocol: Protocol, sheet: Sheet, scores: Scores, most: bool) -> None:
        self._sheet = SheetFacts({r.question: r for r in sheet}, most)
        bands = scores.highs if most else scores.lows
        flags = scores.maybe_flags if most else scores.sure_flags
        self._bands = BandFacts(
            dict(zip((d.key for d in protocol.domains), bands, strict=True)),
            dict(zip((f.key for f in protocol.flags), flags, strict=True)),
        )
        self.points, self.chose, self.unsure = (
            self._sheet.points,
            self._sheet.chose,
            self._sheet.unsure,
        )
        self.band, self.flag = self._bands.band, self._bands.flag


def reasons_for(
    protocol: Protocol, decision: Decision, sheet: Sheet, scores: Scores, least: AllFacts
) -> tuple[Reason, ...]:
    """Return the rules that speak, each with the answers that made it fire."""
    by_key = {reading.question: reading for reading in sheet}
    flags = {flag.key: flag for flag in protocol.flags}
    found = []
    for rule in decision.rules:
        keys: dict[str, None] = {}
        for leaf in evidence(rule.when, least):
            if isinstance(leaf, Reaches):
                keys.update(dict.fromkeys(scores.domain(leaf.domain).counted))
            elif isinstance(leaf, HowMany):
                for domain in leaf.domains:
                    if least.band(domain) >= leaf.band:
                        keys.update(dict.fromkeys(scores.domain(domain).counted))
            elif isinstance(leaf, Has):
                keys.update(dict.fromkeys(questions_in(flags[leaf.flag].when)))
        found.append(Reason(rule, tuple(by_key[key] for key in keys)))
    return tuple(found)


def strengths_of(protocol: Protocol, decision: Decision, scores: Scores) -> tuple[Domain, ...]:
    """Return the domains that help. None while something urgent comes first."""
    if decision.leads or decision.possible_leads or decision.level == YOUTH:
        return ()
    return tuple(
        domain
        for domain, score in zip(protocol.domains, scores.domains, strict=True)
        if domain.strength and score.said and score.high <= domain.strength_up_to
    )


def notes_for(protocol: Protocol, decision: Decision, least: AllFacts, most: AllFacts) -> tuple[Note, ...]:
    """Return the advice that goes with these answers."""
    levels = (decision.level, *decision.possible_levels)

    def applies(note: Note) -> bool:
        if note.levels and not set(note.levels).intersection(levels):
            return False
        if note.unless is not None and holds(note.unless, least, most):
            return False
        if note.if_possible:
            return holds(note.when, most, least)
        return holds(note.when, least, most)

    return tuple(note for note in protocol.notes if applies(note))


def alternatives_for(
    protocol: Protocol, decision: Decision, least: AllFacts, most: AllFacts
) -> tuple[Alternative, ...]:
    """Return other kinds of care worth asking about; none for youth."""
    if decision.level == YOUTH:
        return ()
    return tuple(
        other
        for other in protocol.alternatives
        if (not other.levels or decision.level in other.levels)
        and (other.when is None or holds(other.when, least, most))
        and not (other.unless is not None and holds(other.unless, least, most))
    )


def care_shown(protocol: Protocol, decision: Decision) -> tuple[Care, ...]:
    """Return the kind of care to show; the two ends when two neighbours are possible."""
    by_key = {care.key: care for care in protocol.care}
    if decision.level == YOUTH:
        return (by_key[YOUTH],)
    if len(decision.possible_levels) == 2:
        return tuple(by_key[level] for level in reversed(decision.possible_levels))
    if decision.possible_levels:
        return ()
    if decision.program == decision.level:
        return (by_key[decision.level],)
    return (by_key[decision.program], by_key[decision.level])


def week_of(protocol: Protocol, sheet: Sheet, scores: Scores) -> WeekFit:
    """Read the schedule answers. They never touch the level."""
    week = protocol.week
    by_key = {reading.question: reading for reading in sheet}
    facts = SheetFacts(by_key)
    score = scores.domain(week.domain)
    ties = by_key[week.binds]
    said = score.said and any(by_key[key].settled for key in _schedule_questions(protocol))
    return WeekFit(
        band=score.band if said else None,
        binds=() if ties.unsure else tuple(key for key in ties.chosen if key in ties.sure and key != "none"),
        formats=tuple(f for f in week.formats if said and holds(f.when, facts)),
        said=said,
    )


def _schedule_questions(protocol: Protocol) -> tuple[str, ...]:
    domain = next(d for d in protocol.domains if d.key == protocol.week.domain)
    return tuple(dict.fromkeys(k for step in domain.steps for k in questions_in(step.when)))


def missing_from(sheet: Sheet) -> tuple[str, ...]:
    """Return the questions on the path that are open: not answered, or answered "not sure"."""
    return tuple(r.question for r in sheet if r.asked and not r.settled)


def dangers_in(protocol: Protocol, sheet: Sheet, decision: Decision) -> tuple[str, ...]:
    """Return the keys of every safety message these answers call for, in protocol order."""
    active: set[str] = {gate.danger for gate in decision.gates if gate.danger}
    for place, question in _dangerous(protocol):
        reading = sheet[place]
        if not (reading.asked and reading.chosen):
            continue
        if reading.unsure:
            active.add(question.unknown_danger)
        active.update(c.danger for c in question.choices if c.danger and c.key in reading.sure)
    return tuple(danger.key for danger in protocol.dangers if danger.key in active)


@lru_cache(maxsize=16)
def _dangerous(protocol: Protocol) -> tuple[tuple[int, Question], ...]:
    """Return the questions with an answer that opens a safety message, and where they stand."""
    return tuple(
        (place, question)
        for place, question in enumerate(protocol.questions)
        if question.unknown_danger or any(choice.danger for choice in question.choices)
    )
