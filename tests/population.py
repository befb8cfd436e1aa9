"""The product's made-up people (`screening.population`) as lists, for tests and measurements.

Use them to measure speed and length and to look for faults; never to say how many people
need which care.
"""

from random import Random

from screening.engine.spec import Protocol
from screening.population import Sheet, stream
from screening.protocol import LIVE

Answers = Sheet


def seeded(seed: int) -> Random:
    """A generator of its own: the same draws on every machine, whatever else draws."""
    return Random(seed)  # noqa: S311


def people(count: int, seed: int = 2026, protocol: Protocol = LIVE) -> list[Answers]:
    """Return this many people, with the answers on their path."""
    return list(stream(protocol, count, seed))
