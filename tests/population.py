"""Made-up people, many of them, the same for the same seed.

The shares below are GUESSES, made to look believable and to reach every corner of the
check. They are not evidence of anything, and every answer is drawn on its own, so that
no two answers belong together more than chance has it. Use them to measure speed and
length and to look for faults; never to say how many people need which care.

About one person in three leaves things open: not sure of, or would rather not say, about
one answer in seven. About one in four answers for someone else, and knows less.

>>> from tests.population import people
>>> first = people(1000, seed=1)[0]
"""

from collections.abc import Iterator
from random import Random
from typing import Any

from screening.engine import Engine, engine_for
from screening.engine.answers import NONE
from screening.engine.spec import NOT_SURE, RATHER_NOT_SAY, Protocol
from screening.protocol import LIVE

Answers = dict[str, Any]

THEM = 0.25  # answers for someone else
LEAVES_OPEN = 0.35  # leaves anything open at all
LEAVES_OPEN_FOR_ANOTHER = 0.65
OPEN = 0.15  # of the answers of those who do

# One choice: how often each is picked, in the order of the question's choices.
SHARES: dict[str, tuple[float, ...]] = {
    "age": (2, 18, 70, 10),
    "suicide_thoughts": (70, 15, 12, 3),
    "self_harm": (95, 5),
    "alcohol_days": (10, 25, 30, 35),
    "sedative_use": (25, 40, 20, 15),
    "drinks_a_day": (20, 30, 30, 20),
    "withdrawal_past": (60, 25, 10, 5),
    "withdrawal_now": (65, 25, 10),
    "pattern": (25, 20, 35, 20),
    "pregnant": (96, 4),
    "health": (60, 25, 13, 2),
    "overdose": (78, 12, 7, 3),
    "nervous": (30, 35, 20, 15),
    "worry": (35, 30, 20, 15),
    "little_interest": (35, 35, 18, 12),
    "down": (35, 33, 18, 14),
    "diagnosis": (50, 35, 10, 5),
    "unusual_experiences": (92, 5, 2, 1),
    "function": (30, 45, 25),
    "people_to_count_on": (30, 40, 18, 12),
    "people_who_use": (40, 35, 18, 7),
    "place_to_live": (70, 14, 10, 6),
    "safe_home": (60, 22, 13, 5),
    "past_help": (10, 35, 25, 14, 6, 6, 4),
    "just_finished": (70, 18, 12),
    "longest_without": (30, 35, 35),
    "free_times": (15, 15, 15, 15, 5, 5, 30),
    "live_away": (25, 25, 50),
}
# Checklists: how likely each thing is ticked; none ticked is "none of these".
TICKS: dict[str, tuple[float, ...]] = {
    "now": (0.01, 0.01, 0.01, 0.01, 0.01, 0.01),
    "substances": (0.65, 0.25, 0.15, 0.25, 0.4, 0.05),
    "signs": (0.5, 0.3, 0.4, 0.35, 0.5, 0.3),
    "more_signs": (0.3, 0.25, 0.2, 0.35, 0.3),
    "ties": (0.45, 0.3, 0.25, 0.1, 0.2, 0.1),
}


def seeded(seed: int) -> Random:
    """A generator of its own: the same draws on every machine, whatever else draws."""
    return Random(seed)  # noqa: S311


def person(engine: Engine, random: Random) -> Answers:
    """One made-up person: an answer to every question on their own path, and to no other."""
    voice = "them" if random.random() < THEM else "me"
    open_at_all = random.random() < (LEAVES_OPEN if voice == "me" else LEAVES_OPEN_FOR_ANOTHER)
    answers: Answers = {"who": voice}
    for question in engine.protocol.questions:
        if question.key == "who":
            continue
        if open_at_all and question.allow_unknown and random.random() < OPEN:
            answers[question.key] = NOT_SURE if random.random() < 0.7 else RATHER_NOT_SAY
        elif question.kind == "many":
            answers[question.key] = _ticks(engine.protocol, question.key, random)
        else:
            keys = question.choice_keys
            answers[question.key] = random.choices(keys, SHARES[question.key])[0]
    sheet = engine.flow.lay_out(engine.door.parse(answers))
    return {reading.question: answers[reading.question] for reading in sheet if reading.asked}


def _ticks(protocol: Protocol, key: str, random: Random) -> list[str]:
    choices = [choice for choice in protocol.question(key).choice_keys if choice != NONE]
    shares = zip(choices, TICKS[key], strict=True)
    return [choice for choice, share in shares if random.random() < share] or [NONE]


def stream(count: int, seed: int = 2026, protocol: Protocol = LIVE) -> Iterator[Answers]:
    """Yield this many people, one after another, without keeping them."""
    random, engine = seeded(seed), engine_for(protocol)
    for _ in range(count):
        yield person(engine, random)


def people(count: int, seed: int = 2026, protocol: Protocol = LIVE) -> list[Answers]:
    """Return this many people."""
    return list(stream(count, seed, protocol))
