"""The path, derived from the answers. No position is stored anywhere.

A question is asked when its condition is known to hold. An answer to a question
that is off the path does not count; a question that is off the path only because
an earlier answer is unknown stays open, and counts as a range.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from screening.engine.answers import AnswerDoor, Chosen, Reading
from screening.engine.conditions import AllOf, Condition, questions_in, reader
from screening.engine.spec import Protocol

# Every question of the protocol, in order, as it counts for one person.
Sheet = tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """What conditions may ask of a sheet, at its least or at its most."""

    readings: Mapping[str, Reading]
    most: bool = False

    def points(self, question: str) -> int:
        reading = self.readings[question]
        return reading.high if self.most else reading.low

    def chose(self, question: str, choice: str) -> bool:
        reading = self.readings[question]
        return choice in (reading.maybe if self.most else reading.sure)

    def unsure(self, question: str) -> bool:
        return self.readings[question].unsure

    def band(self, domain: str) -> int:
        raise LookupError(f"a question may not depend on a domain ({domain})")

    def flag(self, key: str) -> bool:
        raise LookupError(f"a question may not depend on a flag ({key})")


@dataclass(frozen=True, slots=True)
class PathStep:
    """One screen: a question, or the few of one instrument shown together."""

    number: int
    part: str
    questions: tuple[str, ...]
    answered: bool


@dataclass(frozen=True, slots=True)
class Path:
    """The screens one person sees, in order, given what they said so far."""

    steps: tuple[PathStep, ...]

    @property
    def complete(self) -> bool:
        return all(step.answered for step in self.steps)

    def first_open(self) -> PathStep | None:
        """Return the first screen that still waits for an answer, or None."""
        return next((step for step in self.steps if not step.answered), None)

    def may_visit(self, number: int) -> bool:
        """True when every screen before this one is answered."""
        if not 0 <= number < len(self.steps):
            return False
        return all(step.answered for step in self.steps[:number])

    def holding(self, question: str) -> PathStep | None:
        """Return the screen that asks this question, or None when it is off the path."""
        return next((step for step in self.steps if question in step.questions), None)


class Flow:
    """Lays answers out along the path of one protocol."""

    def __init__(self, protocol: Protocol, door: AnswerDoor) -> None:
        self.protocol = protocol
        self._readings = door.readings
        position = {q.key: index for index, q in enumerate(protocol.questions)}
        parts = {part.key: part.ask_if for part in protocol.parts}
        self._conditions = tuple(_joined(parts[q.part], q.ask_if) for q in protocol.questions)
        # Most questions share their condition with others: one group, decided once for each sheet.
        groups = {c: n for n, c in enumerate(dict.fromkeys(c for c in self._conditions if c is not None))}
        self._group = tuple(None if c is None else groups[c] for c in self._conditions)
        self._readers = tuple(reader(c) for c in groups)
        self._needs = tuple(tuple(position[key] for key in questions_in(c)) for c in groups)
        self._asked: tuple[dict[tuple[Reading, ...], tuple[bool, bool]], ...] = tuple({} for _ in groups)
        self._plan = tuple(
            (group, r.key, r, r.made, r.waiting) for group, r in zip(self._group, self._readings, strict=True)
        )
        self._screens = {q.key: q.page or q.key for q in protocol.questions}

    def lay_out(self, answers: Mapping[str, Chosen]) -> Sheet:
        """Return the whole sheet: each question answered, waiting, open or off the path."""
        sheet: list[Reading] = []
        given = answers.get
        decided: list[tuple[bool, bool] | None] = [None] * len(self._asked)
        for group, key, readings, made, waiting in self._plan:
            if group is not None:
                asked = decided[group]
                if asked is None:
                    asked = decided[group] = self._look_up(group, sheet)
                if not asked[0]:
                    sheet.append(readings.possible if asked[1] else readings.hidden)
                    continue
            # Most readings are made already.
            chosen = given(key)
            sheet.append(waiting if chosen is None else made.get(chosen) or readings.read(chosen))
        return tuple(sheet)

    def lay_out_some(self, indexes: tuple[int, ...], answers: Mapping[str, Chosen]) -> dict[int, Reading]:
        """Return the readings of these questions only, by place.

        The questions must be in order and include all that decide whether they are asked.
        """
        sheet: dict[int, Reading] = {}
        for index in indexes:
            sheet[index] = self._place(index, sheet, answers)
        return sheet

    def _place(
        self,
        index: int,
        sheet: list[Reading] | dict[int, Reading],
        answers: Mapping[str, Chosen],
    ) -> Reading:
        readings = self._readings[index]
        group = self._group[index]
        if group is not None:
            known, possible = self._look_up(group, sheet)
            if not known:
                return readings.possible if possible else readings.hidden
        chosen = answers.get(readings.key)
        return readings.waiting if chosen is None else readings.read(chosen)

    def _look_up(self, group: int, sheet: list[Reading] | dict[int, Reading]) -> tuple[bool, bool]:
        """Return whether a condition is known to hold, and whether it is possible, from earlier answers."""
        key = tuple([sheet[need] for need in self._needs[group]])
        return self._asked[group].get(key) or self._decide(group, key)

    def _decide(self, group: int, key: tuple[Reading, ...]) -> tuple[bool, bool]:
        asked = self._readers[group]
        by_key = {reading.question: reading for reading in key}
        least, most = SheetFacts(by_key), SheetFacts(by_key, most=True)
        found = (asked(least, most), asked(most, least))
        self._asked[group][key] = found
        return found

    def path(self, sheet: Sheet) -> Path:
        """Return the screens this sheet asks for, numbered from 0."""
        screens: dict[str, list[Reading]] = {}
        for reading in sheet:
            if reading.asked:
                screens.setdefault(self._screens[reading.question], []).append(reading)
        question = self.protocol.question
        return Path(
            tuple(
                PathStep(
                    number=number,
                    part=question(readings[0].question).part,
                    questions=tuple(r.question for r in readings),
                    answered=all(r.chosen for r in readings),
                )
                for number, readings in enumerate(screens.values())
            )
        )


def _joined(part: Condition | None, own: Condition | None) -> Condition | None:
    if part is None or own is None:
        return part or own
    return AllOf((part, own))
