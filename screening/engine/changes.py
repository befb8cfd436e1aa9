"""What would change the level: the smallest change in life, and the near misses.

A change is counted in answers: one answer moved is one, and in a checklist one
tick is one. It is stated only when it is certain, that is when the level moves
even if every question it opens stays unanswered.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from screening.engine.answers import AnswerDoor, Reading
from screening.engine.conditions import questions_in
from screening.engine.decision import Decider
from screening.engine.flow import Flow, Sheet
from screening.engine.moves import (
    LATER,
    MORE,
    NEXT,
    Moved,
    Pick,
    may_move,
    next_to,
    one_menu,
    pool_menu,
    pools_of,
)
from screening.engine.scoring import Scorer, Scores
from screening.engine.spec import LADDER, Protocol, Question


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
        self._flag_scope = self._closure(key for flag in protocol.flags for key in questions_in(flag.when))
        self._options: dict[tuple[str, str, tuple[Reading, ...]], tuple[Option, ...]] = {}
        self._domains = tuple(d.key for d in protocol.domains)
        self._movable = {d: self._owned(d) for d in self._clinical()}
        self._pools = {d.key: pools_of(d) for d in protocol.domains}
        self._places = {
            domain: tuple(self._position[key] for key in scope) for domain, scope in self._scopes.items()
        }

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
            scopes[domain.key] = self._closure(tuple(key for c in conditions for key in questions_in(c)))
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

    def _options_for(self, domain: str, direction: str, sheet: Sheet) -> tuple[Option, ...]:
        scope = self._scopes[domain]
        readings = tuple([sheet[self._position[key]] for key in scope])
        key = (domain, direction, readings)
        found = self._options.get(key)
        if found is None:
            found = self._options[key] = self._work_out(domain, direction, sheet)
        return found

    def _work_out(self, domain: str, direction: str, sheet: Sheet) -> tuple[Option, ...]:
        now = self.scorer.domain_of(domain, sheet)
        scope = self._places[domain]
        # Only what is asked now: a question that a change opens is open, whatever was once said to it.
        answers = {r.question: r.chosen for place in scope if (r := sheet[place]).asked and r.chosen}
        best: dict[tuple[int, int], Option] = {}
        for picks in self._picks(domain, direction, sheet):
            moved = tuple(move for pick in picks for move in pick.moved)
            if not moved:
                continue
            changed = self.flow.lay_out_some(scope, {**answers, **{m.question: m.after for m in moved}})
            if not all(changed[self._position[m.question]].asked for m in moved):
                continue
            score = self.scorer.domain_of(domain, changed)
            if (score.low, score.high) == (now.low, now.high):
                continue
            price = (sum(p.cost for p in picks), sum(p.distance for p in picks))
            known = best.get((score.low, score.high))
            if known is None or price < (known.cost, known.distance):
                best[score.low, score.high] = Option(*price, score.low, score.high, moved)
        return tuple(sorted(best.values(), key=lambda o: (o.cost, o.distance)))

    def _picks(self, domain: str, direction: str, sheet: Sheet) -> Iterator[tuple[Pick, ...]]:
        """Yield the ways to answer differently behind one domain."""
        movable = [q for q in self._movable[domain] if may_move(q, direction)]
        readings = {q.key: sheet[self._position[q.key]] for q in movable}
        if direction == NEXT:
            # A near miss moves one answer; only a change in life may move several.
            for question in movable:
                yield from ((pick,) for pick in next_to(question, readings[question.key]))
            return
        pooled = {key for pool in self._pools[domain] for key in pool}
        menus = [one_menu(q, readings[q.key], direction) for q in movable if q.key not in pooled]
        for pool in self._pools[domain]:
            members = [(q, readings[q.key]) for q in movable if q.key in pool]
            menus.append(pool_menu(members, direction))
        yield from product(*menus)

    def smallest(self, direction: str, sheet: Sheet, scores: Scores, level: str) -> Change | None:
        """Return the smallest change that surely lowers ("less", "later") or raises ("more") it.

        "less" moves what life can change, "later" also what only time can.
        Takes a settled rung of LADDER. Returns None when no change in life does it.
        """
        goal = LADDER.index(level)
        menus = [
            (self._domains.index(d), options)
            for d in self._movable
            if (options := self._options_for(d, direction, sheet))
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
        if direction != MORE:
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
        self,
        sheet: Sheet,
        scores: Scores,
        level: str,
        *,
        may_lower: bool,
    ) -> tuple[tuple[Moved, str], ...]:
        """Return single answers that, moved to the next option, would change the level.

        Higher levels come first. Facts (age, what was used, what was just finished)
        and danger right now are not moved.
        """
        found = []
        goal = LADDER.index(level)
        for domain in self._movable:
            for option in self._options_for(domain, NEXT, sheet):
                if option.cost != 1:
                    continue
                at = ((self._domains.index(domain), option),)
                for direction in (MORE, LATER) if may_lower else (MORE,):
                    reached = self._reached(direction, at, scores, goal)
                    if reached is not None:
                        found.append((option.moved[0], LADDER[reached]))
        return tuple(sorted(found, key=lambda pair: -LADDER.index(pair[1])))


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
