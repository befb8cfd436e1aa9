"""Draws people from the tables of shares, for any protocol, the same for the same seed.

First the facts of a life (`signs`, `mind`, `ground`), then each answer by the fact its table
names. A question or choice that no table knows (a draft may add some) is drawn by its points:
the stronger the signs, the more points.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import accumulate, islice
from random import Random
from typing import Any

from screening.engine import engine_for
from screening.engine.answers import NONE
from screening.engine.spec import NOT_SURE, RATHER_NOT_SAY, Protocol, Question
from screening.population import shares_life, shares_use
from screening.population.tables import FACTS, Fact, Row, Shares, Signs

Sheet = dict[str, Any]
Draw = Callable[[], float]
# For each fact which of its values a person has.
Life = dict[Fact, int]
Drawer = Callable[[Draw, Life, Sheet], str | list[str]]

SHARES: tuple[Shares, ...] = shares_use.SHARES + shares_life.SHARES
FACT_SHARES = shares_use.FACT_SHARES
SIGNS: Signs = shares_use.SIGNS

# Who answers, and how much they leave open: our judgment. Somebody else knows less.
FOR_ANOTHER = 0.25
LEAVES_OPEN = {"me": 0.35, "them": 0.65}  # leaves anything open at all
OPEN = 0.15  # of the answers of those who do
NOT_SURE_OF_OPEN = 0.7  # the others would rather not say
WHO = "who"

# For what no table knows: the weight of a choice beside those that are known, and chances of a tick.
UNKNOWN_CHOICE = 5.0
TICK, TICK_A_STEP, RARE_TICK = 0.05, 0.1, 0.005

# So many people share one seed of their own; any block can be made without those before it.
BLOCK = 5_000


class Wheel:
    """A choice among keys by weight, one set of weights for each value of a fact."""

    def __init__(self, keys: Sequence[str], columns: Sequence[Sequence[float]]) -> None:
        self.keys = tuple(keys)
        self._ends = tuple(tuple(accumulate(column)) for column in columns)

    def turn(self, draw: Draw, column: int) -> str:
        ends = self._ends[column]
        return self.keys[min(bisect(ends, draw() * ends[-1]), len(self.keys) - 1)]


class Population:
    """Made-up people who can answer one protocol."""

    def __init__(self, protocol: Protocol) -> None:
        self.protocol = protocol
        self._engine = engine_for(protocol)
        self._facts = tuple((one.fact, one.by, _wheel(one.rows, FACTS[one.fact])) for one in FACT_SHARES)
        self._value = {fact: {key: n for n, key in enumerate(keys)} for fact, keys in FACTS.items()}
        self._weights = tuple(one for one in SIGNS.weights if _offers(protocol, one[0], one[1]))
        self._sign_lists = tuple(dict.fromkeys(question for question, _, _ in self._weights))
        self._drawers = tuple(
            (q.key, q.allow_unknown, None if q.key in self._sign_lists else _drawer(q))
            for q in protocol.questions
            if q.key != WHO
        )

    def whole(self, random: Random) -> Sheet:
        """Return one person with an answer to every question, on their path or not."""
        draw = random.random
        life: Life = {"everyone": 0}
        for fact, by, wheel in self._facts:
            life[fact] = self._value[fact][wheel.turn(draw, life[by])]
        voice = "them" if draw() < FOR_ANOTHER else "me"
        opens = draw() < LEAVES_OPEN[voice]
        ticked = self._ticked(draw, life["signs"])
        sheet: Sheet = {WHO: voice} if WHO in self.protocol.by_key else {}
        for key, may_open, drawer in self._drawers:
            if opens and may_open and draw() < OPEN:
                sheet[key] = NOT_SURE if draw() < NOT_SURE_OF_OPEN else RATHER_NOT_SAY
            elif drawer is None:
                sheet[key] = ticked[key]
            else:
                sheet[key] = drawer(draw, life, sheet)
        return sheet

    def _ticked(self, draw: Draw, step: int) -> dict[str, list[str]]:
        """Return the lists of signs: as many ticks as the step says, the likelier signs first to be drawn."""
        fewest, most = SIGNS.counts[step]
        count = fewest + int(draw() * (most - fewest + 1))
        # The largest of draw ** (1 / weight) are a draw by weight without putting back.
        ranked = sorted(
            ((draw() ** (1 / weight), question, key) for question, key, weight in self._weights), reverse=True
        )
        first = self._sign_lists[0] if self._sign_lists else ""
        opener = next((one for one in ranked if one[1] == first), None)
        picked = [opener, *(one for one in ranked if one is not opener)][:count]
        chosen = {key for one in picked if one for key in [one[1:]]}
        return {
            question: [key for of, key, _ in self._weights if of == question and (of, key) in chosen]
            or [NONE]
            for question in self._sign_lists
        }

    def on_path(self, sheet: Mapping[str, Any]) -> Sheet:
        """Return only the answers to questions that these answers lead to."""
        laid_out = self._engine.flow.lay_out(self._engine.door.parse(sheet))
        return {reading.question: sheet[reading.question] for reading in laid_out if reading.asked}

    def block(self, number: int, seed: int) -> Iterator[Sheet]:
        """Yield the people of one block, whole; each block has a seed of its own."""
        random = Random(f"{seed}:{number}")  # noqa: S311  invents people; guards nothing
        for _ in range(BLOCK):
            yield self.whole(random)


def stream(protocol: Protocol, count: int, seed: int, *, whole: bool = False) -> Iterator[Sheet]:
    """Yield this many people, one after another, without keeping them; `whole` with answers off their path too."""
    population = Population(protocol)
    for number in range(-(-count // BLOCK)):
        left = count - number * BLOCK
        for sheet in islice(population.block(number, seed), left):
            yield sheet if whole else population.on_path(sheet)


def _offers(protocol: Protocol, question: str, choice: str) -> bool:
    return question in protocol.by_key and choice in protocol.question(question).choice_keys


def _wheel(rows: Sequence[Row], keys: Sequence[str]) -> Wheel:
    """Return the wheel over these keys; one that no row knows weighs a little."""
    known = dict(rows)
    columns = len(rows[0][1])
    shares = [known.get(key, (UNKNOWN_CHOICE,) * columns) for key in keys]
    return Wheel(keys, tuple(zip(*shares, strict=True)))


def _drawer(question: Question) -> Drawer:
    """Return what draws answers to a question: its tables, or a guess by points where there is none."""
    tables = [table for table in SHARES if table.question == question.key and table.kind == question.kind]
    if not tables:
        return _guessed(question)
    drawers = [(table.given, _from_table(question, table)) for table in tables]
    if len(drawers) == 1:
        return drawers[0][1]

    def draw_one(draw: Draw, life: Life, sheet: Sheet) -> str | list[str]:
        for given, drawer in drawers:
            if given is None or given[1] in sheet.get(given[0], ()):
                return drawer(draw, life, sheet)
        return drawers[-1][1](draw, life, sheet)

    return draw_one


def _from_table(question: Question, table: Shares) -> Drawer:
    fact = table.by
    if question.kind == "one":
        # A choice that counts as unknown (a part skipped) is drawn only if the table says so.
        listed = {key for key, _ in table.rows}
        keys = [c.key for c in question.choices if c.key in listed or not c.unknown]
        turn = _wheel(table.rows, keys).turn
        return lambda draw, life, sheet: turn(draw, life[fact])
    known = dict(table.rows)
    columns = len(FACTS[fact])
    chances = [
        (c.key, tuple(share / 100 for share in known.get(c.key, (UNKNOWN_CHOICE,) * columns)))
        for c in question.choices
        if c.key != NONE and not c.unknown
    ]
    return lambda draw, life, sheet: [key for key, by in chances if draw() < by[life[fact]]] or [NONE]


def _guessed(question: Question) -> Drawer:
    """Return a drawer for a question that no table knows: more points for who has more signs."""
    steps = range(len(FACTS["signs"]))
    known = sorted((c for c in question.choices if not c.unknown and c.key != NONE), key=lambda c: c.points)
    if question.kind == "one":
        last = max(len(known) - 1, 1)
        columns = [
            [1 / (1 + 4 * abs(place / last - step / steps[-1])) for place in range(len(known))]
            for step in steps
        ]
        turn = Wheel([c.key for c in known], columns).turn
        return lambda draw, life, sheet: turn(draw, life["signs"])
    return lambda draw, life, sheet: (
        [c.key for c in known if draw() < (RARE_TICK if c.danger else TICK + TICK_A_STEP * life["signs"])]
        or [NONE]
    )
