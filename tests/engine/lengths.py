"""How long can a path be? Every combination of answers that can matter to it, question after question.

What was answered before matters to what is asked next only through what later conditions
read of it: sums of points, choices, and being unsure. So walking through the questions in
order, it is enough to keep one person for each combination of those, the one with the
fewest or the most screens so far. Nothing is sampled.
"""

from collections.abc import Callable
from dataclasses import dataclass

from screening.engine import Engine
from screening.engine.answers import NONE, Chosen, Reading
from screening.engine.conditions import AllOf, Chose, Condition, Scored, Unsure, holds, parts_of
from screening.engine.flow import SheetFacts
from screening.engine.spec import NOT_SURE, Protocol, Question

Better = Callable[[int, int], int]


@dataclass(frozen=True)
class Walker:
    """Someone on the way: the screens seen so far, and how each question reads."""

    screens: int
    readings: dict[str, Reading]

    @property
    def answers(self) -> dict[str, Chosen]:
        return {key: r.chosen for key, r in self.readings.items() if r.chosen}


@dataclass(frozen=True)
class Lengths:
    """The ones with the fewest and the most screens, and how many combinations were told apart."""

    fewest: Walker
    most: Walker
    combinations: int


def path_lengths(engine: Engine) -> Lengths:
    fewest, seen = _walk(engine, min)
    most, _ = _walk(engine, max)
    return Lengths(fewest, most, seen)


def _walk(engine: Engine, better: Better) -> tuple[Walker, int]:
    protocol = engine.protocol
    conditions = [asked_if(protocol, question) for question in protocol.questions]
    walkers = [Walker(0, {})]
    seen = 0
    for place, question in enumerate(protocol.questions):
        later = [part for condition in conditions[place + 1 :] for part in parts_of(condition)]
        leaves = tuple(dict.fromkeys(p for p in later if isinstance(p, Scored | Chose | Unsure)))
        kept: dict[tuple[object, ...], Walker] = {}
        for walker in walkers:
            for fresh in _onward(engine, question, conditions[place], walker):
                seen += 1
                key = tuple(_what_is_read(leaf, fresh.readings) for leaf in leaves)
                known = kept.get(key)
                if known is None or better(fresh.screens, known.screens) != known.screens:
                    kept[key] = fresh
        walkers = list(kept.values())
    assert len(walkers) == 1
    return walkers[0], seen


def _onward(engine: Engine, question: Question, condition: Condition, walker: Walker) -> list[Walker]:
    least, most = SheetFacts(walker.readings), SheetFacts(walker.readings, most=True)
    readings = engine.door.by_key[question.key]
    if not holds(condition, least, most):
        hidden = readings.possible if holds(condition, most, least) else readings.hidden
        return [Walker(walker.screens, {**walker.readings, question.key: hidden})]
    # Of the questions shown together, the first one is the screen.
    together = [q.key for q in engine.protocol.questions if question.page and q.page == question.page]
    screens = walker.screens + (not together or together[0] == question.key)
    return [
        Walker(screens, {**walker.readings, question.key: readings.read(chosen)})
        for chosen in answers_that_differ(engine.protocol, question)
    ]


def _what_is_read(leaf: Condition, readings: dict[str, Reading]) -> object:
    if isinstance(leaf, Scored):
        asked = [readings[key] for key in leaf.questions if key in readings]
        return (
            min(leaf.at_least, sum(reading.low for reading in asked)),
            min(leaf.at_least, sum(reading.high for reading in asked)),
        )
    assert isinstance(leaf, Chose | Unsure)
    reading = readings.get(leaf.question)
    if reading is None:
        return None
    if isinstance(leaf, Unsure):
        return reading.unsure
    wanted = set(leaf.choices)
    return bool(reading.sure & wanted), bool(reading.maybe & wanted)


def asked_if(protocol: Protocol, question: Question) -> Condition:
    part = next(part for part in protocol.parts if part.key == question.part)
    return AllOf(tuple(c for c in (part.ask_if, question.ask_if) if c is not None))


def answers_that_differ(protocol: Protocol, question: Question) -> list[Chosen]:
    """One answer for each way the path can read this question, "not sure" among them.

    A checklist is read by the choices that are named somewhere, and by how many are ticked.
    """
    unsure: list[Chosen] = [(NOT_SURE,)] if question.allow_unknown else []
    if question.kind == "one":
        return [(choice.key,) for choice in question.choices] + unsure
    named = {
        choice
        for other in protocol.questions
        for part in parts_of(asked_if(protocol, other))
        if isinstance(part, Chose) and part.question == question.key
        for choice in part.choices
        if choice != NONE
    }
    ticks = [choice.key for choice in question.choices if choice.key != NONE]
    plain = [key for key in ticks if key not in named]
    found: list[Chosen] = [(NONE,)]
    for mask in range(2 ** len(named)):
        special = {key for place, key in enumerate(sorted(named)) if mask >> place & 1}
        for count in range(len(plain) + 1):
            picked = tuple(key for key in ticks if key in special or key in plain[:count])
            found += [picked] if picked else []
    return found + unsure
