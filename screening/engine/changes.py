"""What would change the level: the smallest change in life, and the near misses.

A change is counted in answers: one answer moved is one, and in a checklist one
tick is one. It is stated only when it is certain, that is when the level moves
even if every question it opens stays unanswered.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from screening.engine.answers import NONE, AnswerDoor, Chosen, Reading
from screening.engine.conditions import questions_in
from screening.engine.decision import Decider
from screening.engine.flow import Flow, Sheet
from screening.engine.scoring import Scorer, Scores
from screening.engine.spec import LADDER, Protocol, Question


@dataclass(frozen=True, slots=True)
class Moved:
    """One answer, from what was said to what would be said."""

    question: str
    before: Chosen
    after: Chosen


@dataclass(frozen=True, slots=True)
class Change:
    """The smallest change to another level: the answers that move, and where it leads."""

    level: str
    cost: int
    moved: tuple[Moved, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """One way to move a single domain: its price, and the bands it surely reaches."""

    cost: int
    distance: int
    low: int
    high: int
    moved: tuple[Moved, ...]


class ChangeFinder:
    """Finds changes for one protocol. Keeps what it works out about each domain."""

    def __init__(
        self, protocol: Protocol, door: AnswerDoor, flow: Flow, scorer: Scorer, decider: Decider
    ) -> None:
        self.protocol, self.door, self.flow = protocol, door, flow
        self.scorer, self.decider = scorer, decider
        self._position = {q.key: i for i, q in enumerate(protocol.questions)}
        self._scopes = self._find_scopes()
        self._flag_scope = self._closure(
            key for flag in protocol.flags for key in questions_in(flag.when)
        )
        self._options: dict[tuple[str, str, tuple[Reading, ...]], tuple[Option, ...]] = {}
        self._domains = tuple(d.key for d in protocol.domains)
        self._movable = {d: self._owned(d) for d in self._clinical()}

    def _clinical(self) -> tuple[str, ...]:
        return tuple(d.key for d in self.protocol.domains if d.clinical)

    def _closure(self, keys: Iterator[str] | tuple[str, ...]) -> tuple[str, ...]:
        """Return these questions and all that decide whether they are asked."""
        parts = {part.key: part.ask_if for part in self.protocol.parts}
        found: dict[str, None] = {}
        waiting = list(keys)
        while waiting:
            key = waiting.pop()
            if key not in found:
                found[key] = None
                question = self.protocol.question(key)
                waiting += questions_in(question.ask_if) + questions_in(parts[question.part])
        return tuple(sorted(found, key=self._position.__getitem__))

    def _find_scopes(self) -> dict[str, tuple[str, ...]]:
        scopes = {}
        for domain in self.protocol.domains:
            conditions = [s.when for s in domain.steps] + [c.when for c in domain.caps]
            scopes[domain.key] = self._closure(
                tuple(key for c in conditions for key in questions_in(c))
            )
        return scopes

    def scope(self, domain: str) -> tuple[str, ...]:
        """Return the questions behind a domain, with those that decide if they are asked."""
        return self._scopes[domain]

    def _owned(self, domain: str) -> tuple[Question, ...]:
        """Return the questions of this domain that touch no other domain and no flag."""
        others = {k for d, scope in self._scopes.items() if d != domain for k in scope}
        others.update(self._flag_scope)
        owned = (k for k in self._scopes[domain] if k not in others)
        return tuple(self.protocol.question(k) for k in owned)

    def _options_for(
        self, domain: str, direction: str, sheet: Sheet, answers: dict[str, Chosen]
    ) -> tuple[Option, ...]:
        scope = self._scopes[domain]
        readings = tuple([sheet[self._position[key]] for key in scope])
        key = (domain, direction, readings)
        found = self._options.get(key)
        if found is None:
            found = self._options[key] = self._work_out(domain, direction, sheet, answers)
        return found

    def _work_out(
        self, domain: str, direction: str, sheet: Sheet, answers: dict[str, Chosen]
    ) -> tuple[Option, ...]:
        movable = [q for q in self._movable[domain] if _may_move(q, direction)]
        menus = [_menu(q, sheet[self._position[q.key]], direction) for q in movable]
        now = self.scorer.domain_of(domain, sheet)
        best: dict[tuple[int, int], Option] = {}
        # A near miss moves one answer; only a change in life may move several.
        single = ((pick,) for menu in menus for pick in menu)
        for picks in single if direction == "next" else product(*menus):
            moved = tuple(m for _, _, m in picks if m is not None)
            if not moved:
                continue
            changed = self.flow.lay_out({**answers, **{m.question: m.after for m in moved}})
            if not all(changed[self._position[m.question]].asked for m in moved):
                continue
            score = self.scorer.domain_of(domain, changed)
            if (score.low, score.high) == (now.low, now.high):
                continue
            cost, distance = sum(c for c, _, _ in picks), sum(d for _, d, _ in picks)
            known = best.get((score.low, score.high))
            if known is None or (cost, distance) < (known.cost, known.distance):
                option = Option(cost, distance, score.low, score.high, moved)
                best[score.low, score.high] = option
        return tuple(sorted(best.values(), key=lambda o: (o.cost, o.distance)))

    def smallest(
        self, direction: str, sheet: Sheet, answers: dict[str, Chosen], scores: Scores, level: str
    ) -> Change | None:
        """Return the smallest change that surely lowers ("less") or raises ("more") the level.

        Takes a settled rung of LADDER. Returns None when no change in life does it.
        """
        goal = LADDER.index(level)
        menus = [
            (self._domains.index(d), options)
            for d in self._movable
            if (options := self._options_for(d, direction, sheet, answers))
        ]
        most = sum(max(o.cost for o in options) for _, options in menus)
        for price in range(1, most + 1):
            found = [
                (sum(o.distance for _, o in combination), reached, combination)
                for combination in _combinations(menus, price)
                if (reached := self._reached(direction, combination, scores, goal)) is not None
            ]
            if found:
                _, reached, combination = min(found, key=lambda item: item[0])
                moved = tuple(m for _, option in combination for m in option.moved)
                return Change(LADDER[reached], price, moved)
        return None

    def _reached(
        self,
        direction: str,
        combination: tuple[tuple[int, Option], ...],
        scores: Scores,
        goal: int,
    ) -> int | None:
        if direction == "less":
            bands = list(scores.highs)
            for index, option in combination:
                bands[index] = option.high
            level = self.decider.verdict(tuple(bands), scores.maybe_flags).level
            return level if level < goal else None
        bands = list(scores.lows)
        for index, option in combination:
            bands[index] = option.low
        level = self.decider.verdict(tuple(bands), scores.sure_flags).level
        return level if level > goal else None

    def near_misses(
        self, sheet: Sheet, answers: dict[str, Chosen], scores: Scores, level: str
    ) -> tuple[tuple[Moved, str], ...]:
        """Return single answers that, moved to the next option, would change the level.

        Higher levels come first. Facts (age, what was used, what was just finished)
        and danger right now are not moved.
        """
        found = []
        goal = LADDER.index(level)
        for domain in self._movable:
            for option in self._options_for(domain, "next", sheet, answers):
                if option.cost != 1:
                    continue
                at = ((self._domains.index(domain), option),)
                for direction in ("more", "less"):
                    reached = self._reached(direction, at, scores, goal)
                    if reached is not None:
                        found.append((option.moved[0], LADDER[reached]))
        return tuple(sorted(found, key=lambda pair: -LADDER.index(pair[1])))


def _may_move(question: Question, direction: str) -> bool:
    if direction == "next":
        return True
    return question.can_get_better if direction == "less" else question.can_get_worse


def _menu(
    question: Question, reading: Reading, direction: str
) -> list[tuple[int, int, Moved | None]]:
    """Return (cost, distance in points, the move) for each way to answer differently."""
    menu: list[tuple[int, int, Moved | None]] = [(0, 0, None)]
    if not reading.settled:
        return menu
    if question.kind == "many":
        return menu + _tick_moves(question, reading, direction)
    rank = question.choice_keys.index(reading.chosen[0])
    for place, choice in enumerate(question.choices):
        change = choice.points - reading.low
        wanted = change < 0 if direction == "less" else change > 0
        if direction == "next":
            wanted = abs(place - rank) == 1 and change != 0
        if wanted and not choice.unknown:
            move = Moved(question.key, reading.chosen, (choice.key,))
            menu.append((1, abs(change), move))
    return menu


def _tick_moves(
    question: Question, reading: Reading, direction: str
) -> list[tuple[int, int, Moved | None]]:
    ticked = [key for key in reading.chosen if key != NONE]
    blank = [c.key for c in question.choices if c.key not in (*ticked, NONE)]
    moves: list[tuple[int, int, Moved | None]] = []
    furthest = 1 if direction == "next" else len(question.choices)
    if direction in ("less", "next"):
        for count in range(1, min(furthest, len(ticked)) + 1):
            after = tuple(ticked[:-count]) or (NONE,)
            moves.append((count, count, Moved(question.key, reading.chosen, after)))
    if direction in ("more", "next"):
        for count in range(1, min(furthest, len(blank)) + 1):
            after = tuple(k for k in question.choice_keys if k in (*ticked, *blank[:count]))
            moves.append((count, count, Moved(question.key, reading.chosen, after)))
    return moves


def _combinations(
    menus: list[tuple[int, tuple[Option, ...]]], price: int
) -> Iterator[tuple[tuple[int, Option], ...]]:
    """Yield every way to pick at most one option a domain that costs exactly `price`."""
    if price == 0:
        yield ()
        return
    if not menus:
        return
    (index, options), rest = menus[0], menus[1:]
    yield from _combinations(rest, price)
    for option in options:
        if option.cost <= price:
            for others in _combinations(rest, price - option.cost):
                yield ((index, option), *others)
