"""Would it save people screens to end a part once the rest of it can decide nothing?

A part may end early when none of its questions that are still open can change what comes
first, the level, the need for dual-diagnosis care or the notes, whatever is answered later
and to the questions that are always asked. Those (`always_ask`, for safety) are never left
out, and the week is left whole: what it is for is not decided but shown.

"Can change nothing" is read over every combination of bands and flags that the answers so
far leave possible, as sets of bits. Domains are taken to vary freely beside each other, so
now and then a part that could end goes on; it never ends when it should not, and that is
tried: the questions left out are answered at their least and at their most, and must
change nothing.
"""

import statistics
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from benchmarks.clock import line
from screening.engine import Engine, engine_for
from screening.engine.answers import NONE, Chosen, Reading
from screening.engine.cells import Axis, Cells, Space
from screening.engine.conditions import (
    AllOf,
    AnyOf,
    Condition,
    Not,
    all_of,
    any_of,
    domains_in,
    flags_in,
    holds,
    questions_in,
)
from screening.engine.flow import SheetFacts
from screening.engine.spec import CO_OCCURRING, LADDER, LEADS, TOP_BAND, Protocol, Question
from screening.protocol import LIVE
from tests.population import Answers, people

PEOPLE = 200
PARTS = ("use", "health", "life")
SET_ASIDE = "youth"  # under 18 there are no such parts


def _outcome_sets(protocol: Protocol, space: Space) -> Iterator[Cells]:
    """Yield the cells of each lead, and those at or above each level and each need for dual diagnosis."""
    for lead in LEADS[1:]:
        yield _union(space.where(gate.when) for gate in protocol.gates if gate.outcome == lead)
    for rules, ladder in ((protocol.level_rules, LADDER), (protocol.co_occurring_rules, CO_OCCURRING)):
        for rung in range(1, len(ladder)):
            yield _union(space.where(r.when) for r in rules if ladder.index(r.outcome) >= rung)


def _union(sets: Iterable[Cells]) -> Cells:
    found = 0
    for cells in sets:
        found |= cells
    return found


@dataclass
class Study:
    """What is worked out once: where a step up on an axis changes something that is decided."""

    engine: Engine
    space: Space = field(init=False)
    edges: dict[tuple[str, int], Cells] = field(default_factory=dict)
    of_notes: dict[tuple[Condition, str, int], Cells] = field(default_factory=dict)
    boxes: dict[tuple[tuple[int, int], ...], Cells] = field(default_factory=dict)

    def __post_init__(self) -> None:
        protocol = self.engine.protocol
        axes = [Axis(flag.key, 2) for flag in protocol.flags if flag.key != SET_ASIDE]
        axes += [Axis(domain.key, TOP_BAND + 1) for domain in protocol.domains if domain.clinical]
        self.space = Space(tuple(axes))
        sets = list(_outcome_sets(protocol, self.space))
        for axis in axes:
            changed = _union(self.space.changed_along(cells, axis.key) for cells in sets)
            for value in range(axis.size - 1):
                self.edges[axis.key, value] = changed & self._at(axis.key, value)
        self.optional = {
            part: [q for q in protocol.questions if q.part == part and not q.always_ask] for part in PARTS
        }
        self.always = {
            part: [q for q in protocol.questions if q.part == part and q.always_ask] for part in PARTS
        }

    def _at(self, key: str, value: int) -> Cells:
        return self.space.at_least(key, value) & ~self.space.at_least(key, value + 1)

    def may_end(self, part: str, answers: dict[str, Chosen]) -> bool:
        """True when no optional question of the part that is still open can change anything."""
        sheet = self.engine.flow.lay_out(answers)
        readings = {reading.question: reading for reading in sheet}
        left = {q.key for q in self.optional[part] if _is_open(readings[q.key])}
        if not left:
            return False
        conditions = list(self._note_conditions(readings, left))
        noted = [condition for condition in conditions if condition is not None]
        if len(noted) < len(conditions):
            return False
        box = self._box(sheet)
        for key, value in self._steps(part, answers, readings, left):
            if box & self.edges[key, value]:
                return False
            for condition in noted:
                if box & self._note_edge(condition, key, value):
                    return False
        return True

    def _box(self, sheet: tuple[Reading, ...]) -> Cells:
        """The cells that the answers so far leave possible."""
        scores = self.engine.scorer.score(sheet)
        protocol = self.engine.protocol
        flags = zip(protocol.flags, scores.sure_flags, scores.maybe_flags, strict=True)
        ranges = {flag.key: (int(sure), int(maybe)) for flag, sure, maybe in flags}
        ranges |= {score.domain: (score.low, score.high) for score in scores.domains}
        key = tuple(ranges[axis.key] for axis in self.space.axes)
        found = self.boxes.get(key)
        if found is None:
            found = self.space.all
            for axis in self.space.axes:
                low, high = ranges[axis.key]
                found &= self.space.at_least(axis.key, low) & ~self.space.at_least(axis.key, high + 1)
            if len(self.boxes) < 200:
                self.boxes[key] = found
        return found

    def _steps(
        self, part: str, answers: dict[str, Chosen], readings: dict[str, Reading], left: set[str]
    ) -> Iterator[tuple[str, int]]:
        """Yield (axis, value) of each step that the open questions could make on their own."""
        scope = self.engine.changes.scope
        waiting = [q for q in self.always[part] if _is_open(readings[q.key])]
        for domain in self.engine.protocol.domains:
            if not domain.clinical or not left & set(scope(domain.key)):
                continue
            steps: set[int] = set()
            # For each way the safety questions may be answered, what the open ones add.
            beside = [q for q in waiting if q.key in scope(domain.key)]
            for picks in product(*(_answers(q) for q in beside)):
                given = {**answers, **{q.key: pick for q, pick in zip(beside, picks, strict=True)}}
                score = self.engine.scorer.domain_of(domain.key, self.engine.flow.lay_out(given))
                steps.update(range(score.low, score.high))
            yield from ((domain.key, step) for step in sorted(steps))
        for flag in self.engine.protocol.flags:
            if flag.key != SET_ASIDE and left & self._behind(flag.when):
                yield flag.key, 0

    def _behind(self, condition: Condition) -> set[str]:
        """The questions a condition reads, and those that decide whether they are asked."""
        found: set[str] = set()
        waiting = list(questions_in(condition))
        while waiting:
            key = waiting.pop()
            if key not in found:
                found.add(key)
                waiting += questions_in(self.engine.protocol.question(key).ask_if)
        return found

    def _note_conditions(self, readings: dict[str, Reading], left: set[str]) -> Iterator[Condition | None]:
        """Yield each note's condition over bands and flags; None for one that the open questions settle."""
        weekly = {domain.key for domain in self.engine.protocol.domains if not domain.clinical}
        for note in self.engine.protocol.notes:
            # Said because something is open, or about the week: no part before it can change that.
            if note.if_possible or weekly & set(domains_in(note.when)):
                continue
            reduced = _over_bands(note.when, readings, left)
            if reduced is None or domains_in(reduced) or flags_in(reduced):
                yield reduced

    def _note_edge(self, condition: Condition, key: str, value: int) -> Cells:
        if key not in (*domains_in(condition), *flags_in(condition)):
            return 0
        place = (condition, key, value)
        if place not in self.of_notes:
            changed = self.space.changed_along(self.space.where(condition), key)
            self.of_notes[place] = changed & self._at(key, value)
        return self.of_notes[place]


def _is_open(reading: Reading) -> bool:
    return not reading.chosen and (reading.asked or reading.high > 0 or bool(reading.maybe))


def _answers(question: Question) -> list[Chosen]:
    known = [choice.key for choice in question.choices if not choice.unknown]
    if question.kind == "one":
        return [(key,) for key in known]
    ticks = [key for key in known if key != NONE]
    return [(NONE,), *((key,) for key in ticks), tuple(ticks)]


def _over_bands(condition: Condition, readings: dict[str, Reading], left: set[str]) -> Condition | None:
    """The condition with its answers filled in; None when it hangs on an open question of this part."""
    if isinstance(condition, AllOf | AnyOf):
        parts = [_over_bands(part, readings, left) for part in condition.conditions]
        if None in parts:
            return None
        return type(condition)(tuple(part for part in parts if part is not None))
    if isinstance(condition, Not):
        inner = _over_bands(condition.condition, readings, left)
        return None if inner is None else Not(inner)
    asked = questions_in(condition)
    if not asked:
        return condition
    least, most = SheetFacts(readings), SheetFacts(readings, most=True)
    if not holds(condition, most, least):
        return any_of()
    if holds(condition, least, most):
        return all_of()
    # Open in a later part: as if it were so, which is when it matters.
    return None if left & set(asked) else all_of()


@dataclass(frozen=True)
class Walked:
    """One person: screens on the whole path, and the questions that could be left out."""

    screens: int
    left_out: tuple[str, ...]
    saved: int


def walk(study: Study, sheet: Answers) -> Walked:
    """Walk one person's path, ending each part as soon as it may end."""
    engine = study.engine
    given = engine.door.parse(sheet)
    steps = engine.path(given).steps
    said: dict[str, Chosen] = {}
    ended: set[str] = set()
    left_out: list[str] = []
    saved = 0
    for step in steps:
        question = engine.protocol.question(step.questions[0])
        if step.part in PARTS and not question.always_ask:
            if step.part not in ended and study.may_end(step.part, said):
                ended.add(step.part)
            if step.part in ended:
                left_out += step.questions
                saved += 1
                continue
        said.update({key: given[key] for key in step.questions})
    return Walked(len(steps), tuple(left_out), saved)


def _decided(engine: Engine, answers: dict[str, Chosen]) -> tuple[Any, ...]:
    assessment = engine.assess_checked(answers)
    decision = assessment.decision
    notes = [note.key for note in assessment.explained.notes if not note.if_possible]
    return decision.leads, decision.level, decision.co_occurring, notes


def _try(study: Study, sheet: Answers, walked: Walked) -> None:
    """Answer what was left out at its least and at its most; nothing decided may differ."""
    engine = study.engine
    given = engine.door.parse(sheet)
    expected = _decided(engine, given)
    for end in (0, -1):
        menus = {key: _answers(engine.protocol.question(key)) for key in walked.left_out}
        other = given | {key: menu[end] for key, menu in menus.items()}
        # What such an answer opens is left out as well.
        for question in engine.protocol.questions:
            other.setdefault(question.key, _answers(question)[end])
        found = _decided(engine, other)
        if found != expected:
            raise AssertionError(f"{walked.left_out} decide something: {expected} became {found} for {sheet}")


def main() -> None:
    study = Study(engine_for(LIVE))
    count = int(sys.argv[sys.argv.index("--people") + 1]) if "--people" in sys.argv else PEOPLE
    # Adults who answer everything: who leaves things open sees the same screens, and is told less.
    sheets = [s for s in people(4 * count) if s["age"] != "under_18" and _all_said(study.engine, s)][:count]
    walks = []
    for sheet in sheets:
        walked = walk(study, sheet)
        _try(study, sheet, walked)
        walks.append(walked)
    whole = [walked.screens for walked in walks]
    early = [walked.screens - walked.saved for walked in walks]
    line(f"median screens of {len(walks):,} adults, whole parts", statistics.median(whole), "screens")
    line("median screens, ending parts early", statistics.median(early), "screens")
    saved = [walked.saved for walked in walks]
    line("saved: median", statistics.median(saved), "screens")
    line("saved: mean", statistics.mean(saved), "screens")
    line("saved: most", max(saved), "screens")
    line("people who save nothing", 100 * saved.count(0) / len(saved), "%")
    line("people who save three or more", 100 * sum(n >= 3 for n in saved) / len(saved), "%")
    for key in sorted({key for walked in walks for key in walked.left_out}):
        share = 100 * sum(key in walked.left_out for walked in walks) / len(walks)
        line(f"left out: {key}", share, "%")


def _all_said(engine: Engine, sheet: Answers) -> bool:
    readings = engine.flow.lay_out(engine.door.parse(sheet))
    return all(not r.unsure or r.question == "free_times" for r in readings if r.asked)


if __name__ == "__main__":
    main()
