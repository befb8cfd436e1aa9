"""Every combination of answers behind some questions at once, read as flow and scoring read them.

Like `cells`, one step earlier: an axis is a question, its values are one answer of each
kind that the conditions can tell apart, and a set of answer sheets is the bits of one
whole number. What flow and scoring say of one person, this says of all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from math import prod

from screening.engine.answers import NONE, AnswerDoor, Chosen, Reading, Readings
from screening.engine.cells import LEAST, MOST, Axis, Cells, Side, Space, read_over
from screening.engine.conditions import (
    AllOf,
    Chose,
    Condition,
    Scored,
    Unsure,
    parts_of,
    questions_in,
)
from screening.engine.spec import NOT_SURE, TOP_BAND, Domain, Protocol, Question

# One megabyte for each set; a protocol that needs more can not be proven in reasonable time.
MOST_COMBINATIONS = 1 << 23
MOST_CLASSES = 1 << 14
# Not answered, as a value of an axis.
OPEN: Chosen = ()


class TooManyAnswers(ValueError):
    """More combinations of answers than can be gone through."""


@dataclass(slots=True)
class ToldApart:
    """What conditions can see of a question: choices they name, and whether points or doubt count."""

    named: dict[str, set[str]] = field(default_factory=dict)
    scored: set[str] = field(default_factory=set)
    doubted: set[str] = field(default_factory=set)

    def signature(self, reading: Reading) -> tuple[object, ...]:
        """Return what the conditions see of a reading; equal signatures are read alike everywhere."""
        key = reading.question
        named = self.named.get(key, set())
        points = (reading.low, reading.high) if key in self.scored else ()
        doubt = reading.unsure if key in self.doubted else None
        return points, reading.sure & named, reading.maybe & named, doubt


def behind(protocol: Protocol, keys: Iterable[str]) -> tuple[str, ...]:
    """Return these questions and all that decide whether they are asked, in asking order."""
    parts = {part.key: part.ask_if for part in protocol.parts}
    found: set[str] = set()
    waiting = list(keys)
    while waiting:
        key = waiting.pop()
        if key not in found:
            found.add(key)
            question = protocol.question(key)
            waiting += questions_in(question.ask_if) + questions_in(parts[question.part])
    return tuple(q.key for q in protocol.questions if q.key in found)


def told_apart(protocol: Protocol, questions: Iterable[str], conditions: Iterable[Condition]) -> ToldApart:
    """Return what these conditions, and those on the path to these questions, can see."""
    parts = {part.key: part.ask_if for part in protocol.parts}
    read = list(conditions)
    for question in map(protocol.question, questions):
        read += [c for c in (question.ask_if, parts[question.part]) if c is not None]
    found = ToldApart()
    for part in (part for condition in read for part in parts_of(condition)):
        if isinstance(part, Chose):
            found.named.setdefault(part.question, set()).update(part.choices)
        elif isinstance(part, Scored):
            found.scored.update(part.questions)
        elif isinstance(part, Unsure):
            found.doubted.add(part.question)
    return found


def answer_classes(question: Question, told_apart: ToldApart) -> list[Chosen]:
    """Return one answer of each kind that the conditions can tell apart.

    Answers alike in the choices that are named, and in points where points count, are
    read alike everywhere, so one of them stands for all.
    """
    named = told_apart.named.get(question.key, set())
    scored = question.key in told_apart.scored
    known = [c for c in question.choices if not c.unknown]
    if question.kind == "one":
        kinds = {(c.key if c.key in named else "", scored and c.points): c.key for c in known}
        return [(key,) for key in kinds.values()]
    special = [c.key for c in known if c.key in named and c.key != NONE]
    others = [c.key for c in known if c.key not in special and c.key != NONE]
    if len(special) > 13 or (len(others) + 1) << len(special) > MOST_CLASSES:
        raise TooManyAnswers(f"too many kinds of answers to {question.key}")
    most = len(others) if scored else 0
    classes: list[Chosen] = []
    for picks in product((False, True), repeat=len(special)):
        chosen = tuple(key for key, pick in zip(special, picks, strict=True) if pick)
        classes += [chosen + tuple(others[:count]) for count in range(most + 1)]
    if NONE in named and not scored and others:
        classes.append((others[0],))
    order = question.choice_keys.index
    return [tuple(sorted(found, key=order)) or (NONE,) for found in classes]


def open_classes(question: Question, told_apart: ToldApart, readings: Readings) -> list[Chosen]:
    """Return one of each kind of not answering: left open, not sure, and choices that count as unknown."""
    ways: list[Chosen] = [OPEN, *((c.key,) for c in question.choices if c.unknown)]
    if question.allow_unknown:
        ways.append((NOT_SURE,))
    kinds = {told_apart.signature(read(readings, way)): way for way in reversed(ways)}
    return list(kinds.values())


def read(readings: Readings, chosen: Chosen) -> Reading:
    """Return how a chosen answer, or none, counts."""
    return readings.read(chosen) if chosen else readings.waiting


class AnswerSpace:
    """The product of the answers to some questions, with who is asked what worked out.

    The questions must hold all that decide whether they are asked (see `behind`).
    With `free` every question is asked, whatever the path says.
    """

    def __init__(
        self,
        protocol: Protocol,
        door: AnswerDoor,
        menus: Mapping[str, Sequence[Chosen]],
        *,
        free: bool = False,
    ) -> None:
        size = prod(len(menu) for menu in menus.values())
        if size > MOST_COMBINATIONS:
            raise TooManyAnswers(f"{size:,} combinations of answers to {', '.join(menus)}")
        self.protocol, self.menus = protocol, menus
        self.space = Space(tuple(Axis(key, len(menu)) for key, menu in menus.items()))
        self.asked: dict[str, Cells] = {}
        self._readings: dict[str, list[tuple[Reading, Cells]]] = {}
        self._known: dict[tuple[Condition, Side, Side], Cells] = {}
        self._leaves: dict[tuple[Condition, Side], Cells] = {}
        self._points: dict[tuple[str, Side], dict[int, Cells]] = {}
        parts = {part.key: part.ask_if for part in protocol.parts}
        for question in protocol.questions:
            if question.key in menus:
                conditions = [
                    c for c in (parts[question.part], question.ask_if) if c is not None and not free
                ]
                self._place(door.by_key[question.key], AllOf(tuple(conditions)))

    def _place(self, readings: Readings, condition: Condition) -> None:
        """Work out who is asked, and how each answer counts; see `Flow`, which does it for one person."""
        key = readings.key
        asked = self.holds(condition, LEAST, MOST)
        possible = self.holds(condition, MOST, LEAST) & ~asked
        hidden = self.space.all ^ (asked | possible)
        found: dict[int, tuple[Reading, Cells]] = {}
        placed = [
            (read(readings, chosen), asked & self.space.at(key, n))
            for n, chosen in enumerate(self.menus[key])
        ]
        for reading, cells in (*placed, (readings.possible, possible), (readings.hidden, hidden)):
            if cells:
                before = found.get(id(reading), (reading, 0))[1]
                found[id(reading)] = (reading, before | cells)
        self.asked[key] = asked
        self._readings[key] = list(found.values())

    def holds(self, condition: Condition, sure: Side, maybe: Side) -> Cells:
        """Return the sheets for which `conditions.holds` is true, read from these two sides.

        It may read answers only; raises TypeError for bands and flags.
        """
        key = (condition, sure, maybe)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = read_over(condition, sure, maybe, self._leaf, self.space.all)
        return found

    def _leaf(self, condition: Condition, side: Side) -> Cells:
        found = self._leaves.get((condition, side))
        if found is None:
            found = self._leaves[condition, side] = self._read_leaf(condition, side)
        return found

    def _read_leaf(self, condition: Condition, side: Side) -> Cells:
        if isinstance(condition, Scored):
            return self._sum_reaches(condition, side)
        if isinstance(condition, Chose | Unsure):
            found = 0
            for reading, cells in self._readings[condition.question]:
                if isinstance(condition, Unsure):
                    holds = reading.unsure
                else:
                    picked = reading.sure if side == LEAST else reading.maybe
                    holds = not picked.isdisjoint(condition.choices)
                found |= cells if holds else 0
            return found
        raise TypeError(f"{type(condition).__name__} can not be read over answers")

    def _sum_reaches(self, condition: Scored, side: Side) -> Cells:
        # reached[n]: sheets where the questions seen so far add up to n or more
        reached = [self.space.all] + [0] * max(condition.at_least, 0)
        for key in condition.questions:
            following = [0] * len(reached)
            for points, cells in self._points_of(key, side).items():
                for n in range(len(reached)):
                    following[n] |= reached[max(n - points, 0)] & cells
            reached = following
        return reached[-1]

    def _points_of(self, key: str, side: Side) -> dict[int, Cells]:
        found = self._points.get((key, side))
        if found is None:
            found = self._points[key, side] = {}
            for reading, cells in self._readings[key]:
                points = reading.low if side == LEAST else reading.high
                found[points] = found.get(points, 0) | cells
        return found

    def bands(self, domain: Domain, side: Side, steps: Sequence[Condition] | None = None) -> list[Cells]:
        """Return for each band the sheets where the domain is at it or above, read from one side.

        `steps` stand in for the conditions of the domain's steps, in their order.
        """
        other = MOST if side == LEAST else LEAST
        found = [self.space.all] + [0] * TOP_BAND
        for index, step in enumerate(domain.steps):
            cells = self.holds(steps[index] if steps else step.when, side, side)
            for band in range(1, step.band + 1):
                found[band] |= cells
        for cap in domain.caps:
            capped = self.holds(cap.when, other, other)
            for band in range(cap.band + 1, TOP_BAND + 1):
                found[band] &= ~capped
        return found

    def read(self, cell: int) -> dict[str, Chosen]:
        """Return the answer that each axis gives in one cell, open ones left out."""
        values = self.space.read(cell)
        return {key: self.menus[key][n] for key, n in values.items() if self.menus[key][n]}

    def sheets(self, cells: Cells, most: int = 1) -> Iterator[dict[str, Chosen]]:
        """Yield up to `most` answer sheets of the set, with answers on the path only."""
        for _ in range(most):
            if not cells:
                return
            lowest = cells & -cells
            cells ^= lowest
            number = lowest.bit_length() - 1
            yield {key: chosen for key, chosen in self.read(number).items() if self.asked[key] >> number & 1}


def whole_menus(protocol: Protocol, keys: Iterable[str], seen: ToldApart) -> dict[str, list[Chosen]]:
    """Return the menus for people who answer everything."""
    return {key: answer_classes(protocol.question(key), seen) for key in keys}


def open_menus(
    protocol: Protocol, door: AnswerDoor, keys: Iterable[str], seen: ToldApart
) -> dict[str, list[Chosen]]:
    """Return the menus for people who may also leave a question open."""
    return {
        key: menu + open_classes(protocol.question(key), seen, door.by_key[key])
        for key, menu in whole_menus(protocol, keys, seen).items()
    }
