"""The ways to answer one question, or a pool of like questions, differently.

Questions that count only through their sum (the signs, the four rows of an
instrument) form a pool: which of them moves does not matter, only how many, so the
cheapest moves stand for all.
"""

from __future__ import annotations

from dataclasses import dataclass

from screening.engine.answers import NONE, Chosen, Reading
from screening.engine.conditions import Chose, Scored, parts_of
from screening.engine.spec import Domain, Question


@dataclass(frozen=True, slots=True)
class Moved:
    """One answer, from what was said to what would be said."""

    question: str
    before: Chosen
    after: Chosen


@dataclass(frozen=True, slots=True)
class Pick:
    """Some answers moved: how many (a tick is one), how far in points, and which."""

    cost: int
    distance: int
    moved: tuple[Moved, ...]


STAY = Pick(0, 0, ())
Members = list[tuple[Question, Reading]]


# Less need by what life can change, the same with what only time can change, more
# need, and the next answer either way.
LESS, LATER, MORE, NEXT = "less", "later", "more", "next"


def may_move(question: Question, direction: str) -> bool:
    """Say whether this answer may move in the direction."""
    if direction == LESS:
        return question.can_get_better and not question.only_with_time
    if direction == LATER:
        return question.can_get_better
    return direction == NEXT or question.can_get_worse


def pools_of(domain: Domain) -> tuple[tuple[str, ...], ...]:
    """Return the groups of questions that this domain reads only as one sum."""
    named: set[str] = set()
    sums: dict[str, set[tuple[str, ...]]] = {}
    for step in domain.steps:
        for part in parts_of(step.when):
            if isinstance(part, Chose):
                named.add(part.question)
            elif isinstance(part, Scored):
                for key in part.questions:
                    sums.setdefault(key, set()).add(part.questions)
    pools = {next(iter(s)) for key, s in sums.items() if len(s) == 1 and key not in named}
    return tuple(sorted(pool for pool in pools if len(pool) > 1 and _only(pool, sums, named)))


def _only(pool: tuple[str, ...], sums: dict[str, set[tuple[str, ...]]], named: set[str]) -> bool:
    return all(sums[key] == {pool} and key not in named for key in pool)


def one_menu(question: Question, reading: Reading, direction: str) -> list[Pick]:
    """Return every way to answer one question with less, or with more; staying is one."""
    if not reading.settled:
        return [STAY]
    if question.kind == "many":
        return pool_menu([(question, reading)], direction)
    picks = [STAY]
    for choice in question.choices:
        change = choice.points - reading.low
        if not choice.unknown and (change > 0 if direction == MORE else change < 0):
            moved = Moved(question.key, reading.chosen, (choice.key,))
            picks.append(Pick(1, abs(change), (moved,)))
    return picks


def pool_menu(members: Members, direction: str) -> list[Pick]:
    """Return the cheapest ways to lower or raise the sum of a pool by each amount.

    A question of it that is open or not asked stays as it is; the others move beside it.
    """
    members = [(question, reading) for question, reading in members if reading.settled]
    if not members:
        return [STAY]
    if all(question.kind == "many" for question, _ in members):
        # From either end: taking all ticks of an early list closes the later one.
        return [
            STAY,
            *_tick_picks(members, direction),
            *_tick_picks(members[::-1], direction),
        ]
    return [STAY, *_choice_picks(members, direction)]


def _tick_picks(members: Members, direction: str) -> list[Pick]:
    slots = [
        (question, reading, key)
        for question, reading in members
        for key in question.choice_keys
        if key != NONE and (key in reading.sure) == (direction != MORE)
    ]
    picks = []
    for count in range(1, len(slots) + 1):
        flipped = {(question.key, key) for question, _, key in slots[:count]}
        moved = []
        for question, reading in members:
            after = tuple(
                key
                for key in question.choice_keys
                if key != NONE and (key in reading.sure) != ((question.key, key) in flipped)
            )
            if set(after) != set(reading.chosen) - {NONE}:
                moved.append(Moved(question.key, reading.chosen, after or (NONE,)))
        picks.append(Pick(count, count, tuple(moved)))
    return picks


def _choice_picks(members: Members, direction: str) -> list[Pick]:
    """Move as few questions as can be, those with most room first."""
    rooms = []
    for question, reading in members:
        ends = [choice.points for choice in question.choices if not choice.unknown]
        room = max(ends) - reading.low if direction == MORE else reading.low - min(ends)
        rooms.append((room, question, reading))
    rooms.sort(key=lambda item: -item[0])
    picks, whole = [], 0
    for count, (room, _, _) in enumerate(rooms, start=1):
        for part in range(1, room + 1):
            moved = [_shifted(q, r, full, direction) for full, q, r in rooms[: count - 1]]
            moved.append(_shifted(rooms[count - 1][1], rooms[count - 1][2], part, direction))
            picks.append(Pick(count, whole + part, tuple(m for m in moved if m)))
        whole += room
    return [pick for pick in picks if len(pick.moved) == pick.cost]


def _shifted(question: Question, reading: Reading, by: int, direction: str) -> Moved | None:
    goal = reading.low + by if direction == MORE else reading.low - by
    for choice in question.choices:
        if choice.points == goal and by and not choice.unknown:
            return Moved(question.key, reading.chosen, (choice.key,))
    return None


def next_to(question: Question, reading: Reading) -> list[Pick]:
    """Return the answers one option away, or one tick away, that weigh differently."""
    if not reading.settled:
        return []
    if question.kind == "many":
        alone = [(question, reading)]
        singles = [*_tick_picks(alone, LATER), *_tick_picks(alone, MORE)]
        return [pick for pick in singles if pick.cost == 1]
    place = question.choice_keys.index(reading.chosen[0])
    picks = []
    for other, choice in enumerate(question.choices):
        change = abs(choice.points - reading.low)
        if abs(other - place) == 1 and change and not choice.unknown:
            picks.append(Pick(1, change, (Moved(question.key, reading.chosen, (choice.key,)),)))
    return picks
