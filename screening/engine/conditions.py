"""The closed vocabulary of conditions, and the one way each is read.

Rules and domains may use only the upward part (Scored, Chose, Reaches, HowMany,
Has, AllOf, AnyOf): raising an answer can then only turn a condition on. That is
what makes "more need never gives less care" provable. Not, Unless and Unsure are
for the path and for advice, never for a score or a level; `verify` refuses them there.

Answers may be missing, so a condition is read against two facts at once: what is
known to be true (`sure`) and what may be true (`maybe`). For a full answer sheet
the two are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Protocol as Shape


class Facts(Shape):
    """What a condition may ask. Points and bands are whole numbers from 0 up."""

    def points(self, question: str) -> int: ...
    def chose(self, question: str, choice: str) -> bool: ...
    def unsure(self, question: str) -> bool: ...
    def band(self, domain: str) -> int: ...
    def flag(self, key: str) -> bool: ...


@dataclass(frozen=True, slots=True)
class Scored:
    """The points of these questions add up to at least this many."""

    questions: tuple[str, ...]
    at_least: int


@dataclass(frozen=True, slots=True)
class Chose:
    """One of these choices was picked."""

    question: str
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reaches:
    """The domain is at this band or above."""

    domain: str
    band: int


@dataclass(frozen=True, slots=True)
class HowMany:
    """At least `count` of these domains are at `band` or above."""

    domains: tuple[str, ...]
    band: int
    count: int


@dataclass(frozen=True, slots=True)
class Has:
    """The flag is set."""

    flag: str


@dataclass(frozen=True, slots=True)
class AllOf:
    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The condition does not hold."""

    condition: Condition


@dataclass(frozen=True, slots=True)
class Unless:
    """True until the condition is known to hold: an unknown answer keeps it true."""

    condition: Condition


@dataclass(frozen=True, slots=True)
class Unsure:
    """The question was asked and the person is not sure or would rather not say."""

    question: str


Condition = Scored | Chose | Reaches | HowMany | Has | AllOf | AnyOf | Not | Unless | Unsure
UPWARD = (Scored, Chose, Reaches, HowMany, Has, AllOf, AnyOf)


def all_of(*conditions: Condition) -> AllOf:
    """Return a condition that holds when every one of these does."""
    return AllOf(conditions)


def any_of(*conditions: Condition) -> AnyOf:
    """Return a condition that holds when one of these does."""
    return AnyOf(conditions)


# Answers "does it hold?" from what is sure and what may be.
Reader = Callable[[Facts, Facts], bool]


def _scored(c: Scored) -> Reader:
    questions, at_least = c.questions, c.at_least
    if len(questions) == 1:
        (only,) = questions
        return lambda sure, maybe: sure.points(only) >= at_least
    return lambda sure, maybe: sum([sure.points(q) for q in questions]) >= at_least


def _chose(c: Chose) -> Reader:
    question, choices = c.question, c.choices

    def read(sure: Facts, maybe: Facts) -> bool:
        return any(sure.chose(question, choice) for choice in choices)

    return read


def _reaches(c: Reaches) -> Reader:
    domain, band = c.domain, c.band
    return lambda sure, maybe: sure.band(domain) >= band


def _how_many(c: HowMany) -> Reader:
    domains, band, count = c.domains, c.band, c.count
    return lambda sure, maybe: sum([sure.band(d) >= band for d in domains]) >= count


def _has(c: Has) -> Reader:
    flag = c.flag
    return lambda sure, maybe: sure.flag(flag)


def _all(c: AllOf) -> Reader:
    parts = [reader(part) for part in c.conditions]

    def read(sure: Facts, maybe: Facts) -> bool:
        return all(part(sure, maybe) for part in parts)

    return read


def _any(c: AnyOf) -> Reader:
    parts = [reader(part) for part in c.conditions]

    def read(sure: Facts, maybe: Facts) -> bool:
        return any(part(sure, maybe) for part in parts)

    return read


def _not(c: Not) -> Reader:
    part = reader(c.condition)
    return lambda sure, maybe: not part(maybe, sure)


def _unless(c: Unless) -> Reader:
    part = reader(c.condition)
    # Reads what is known, whichever side it is asked from.
    return lambda sure, maybe: not (part(sure, maybe) and part(maybe, sure))


def _unsure(c: Unsure) -> Reader:
    question = c.question
    return lambda sure, maybe: sure.unsure(question)


_READERS: dict[type, Callable[..., Reader]] = {
    Scored: _scored,
    Chose: _chose,
    Reaches: _reaches,
    HowMany: _how_many,
    Has: _has,
    AllOf: _all,
    AnyOf: _any,
    Not: _not,
    Unless: _unless,
    Unsure: _unsure,
}


@lru_cache(maxsize=8192)
def reader(condition: Condition) -> Reader:
    """Return the condition made ready to be asked many times."""
    return _READERS[type(condition)](condition)


def holds(condition: Condition, sure: Facts, maybe: Facts | None = None) -> bool:
    """Say whether the condition is known to hold.

    `sure` is the least that can be true and `maybe` the most; swap them to ask
    whether the condition is possible. With one argument both are the same.
    """
    return reader(condition)(sure, sure if maybe is None else maybe)


def parts_of(condition: Condition) -> Iterator[Condition]:
    """Yield the condition and every condition inside it."""
    yield condition
    if isinstance(condition, AllOf | AnyOf):
        for part in condition.conditions:
            yield from parts_of(part)
    elif isinstance(condition, Not | Unless):
        yield from parts_of(condition.condition)


def questions_in(condition: Condition | None) -> tuple[str, ...]:
    """Return the keys of all questions the condition reads, each once, in order."""
    found: dict[str, None] = {}
    for part in parts_of(condition) if condition is not None else ():
        if isinstance(part, Scored):
            found.update(dict.fromkeys(part.questions))
        elif isinstance(part, Chose | Unsure):
            found[part.question] = None
    return tuple(found)


def domains_in(condition: Condition) -> tuple[str, ...]:
    """Return the keys of all domains the condition reads, each once, in order."""
    found: dict[str, None] = {}
    for part in parts_of(condition):
        if isinstance(part, Reaches):
            found[part.domain] = None
        elif isinstance(part, HowMany):
            found.update(dict.fromkeys(part.domains))
    return tuple(found)


def flags_in(condition: Condition) -> tuple[str, ...]:
    """Return the keys of all flags the condition reads, each once, in order."""
    return tuple(dict.fromkeys(p.flag for p in parts_of(condition) if isinstance(p, Has)))


def evidence(condition: Condition, facts: Facts) -> tuple[Condition, ...]:
    """Return the smallest parts of a condition that hold and make it true.

    Used to say which answers or bands a decision rests on; of an `AnyOf` every
    part that holds is given, since each would be enough.
    """
    if not holds(condition, facts):
        return ()
    if isinstance(condition, AllOf | AnyOf):
        found = [leaf for part in condition.conditions for leaf in evidence(part, facts)]
        return tuple(dict.fromkeys(found))
    return (condition,)


# More ways than this to meet one rule is a rule nobody can read.
MOST_WAYS = 1000


def ways(condition: Condition) -> list[frozenset[Reaches | Has]]:
    """Return the ways to meet an upward rule: each a set of bands and flags that must all hold.

    Raises TypeError for a condition that reads answers or is not upward, and ValueError
    when there are more than MOST_WAYS.
    """
    if isinstance(condition, Reaches | Has):
        return [frozenset((condition,))]
    if isinstance(condition, HowMany):
        picks = combinations(condition.domains, condition.count)
        return [frozenset(Reaches(domain, condition.band) for domain in pick) for pick in picks]
    if isinstance(condition, AnyOf):
        found = [way for part in condition.conditions for way in ways(part)]
    elif isinstance(condition, AllOf):
        found = [frozenset()]
        for part in condition.conditions:
            found = [way | more for way in found for more in ways(part)]
            if len(found) > MOST_WAYS:
                break
    else:
        raise TypeError(f"{type(condition).__name__} can not stand in a rule")
    if len(found) > MOST_WAYS:
        raise ValueError(f"there are more than {MOST_WAYS} ways to meet this rule")
    return found
