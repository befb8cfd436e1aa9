"""Whole answer sheets to walk with: the signed cases of tests/cases, made complete, and a few of our own."""

import random
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from screening.engine import Assessment, engine_for
from screening.engine.answers import NONE, Chosen
from screening.engine.spec import RATHER_NOT_SAY, Question
from screening.protocol import LIVE

CASES = Path(__file__).resolve().parent.parent / "cases"
ENGINE = engine_for(LIVE)
SKIP = "skip"

Sheet = dict[str, Chosen]


@dataclass(frozen=True)
class Person:
    """A name for the test report, and every answer the person would give."""

    name: str
    voice: str
    answers: Sheet

    def assessment(self) -> Assessment:
        return ENGINE.assess_checked(self.answers)

    def outcome(self) -> str:
        decision = self.assessment().decision
        if decision.lead != "none" and decision.level != "youth":
            return decision.lead
        return decision.level if decision.program == "none" else decision.program

    def screens(self) -> list[tuple[str, ...]]:
        """The questions of each screen on the path, the start page's first."""
        return [step.questions for step in ENGINE.path(self.answers).steps]


def complete(given: Sheet) -> Sheet:
    """Answer whatever the path still asks: skip the week, and rather not say the rest."""
    sheet = dict(given)
    while (step := ENGINE.path(sheet).first_open()) is not None:
        for key in step.questions:
            sheet.setdefault(key, _way_out(LIVE.question(key)))
    return sheet


def _way_out(question: Question) -> Chosen:
    if SKIP in question.choice_keys:
        return (SKIP,)
    return (RATHER_NOT_SAY,) if question.allow_unknown else question.choice_keys[:1]


@lru_cache(maxsize=1)
def cases() -> tuple[Person, ...]:
    found = []
    for path in sorted(CASES.glob("*.toml")):
        for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]:
            sheet = ENGINE.door.parse({"who": case["voice"], **case["answers"]})
            found.append(Person(f"{path.stem}: {case['name']}", case["voice"], complete(sheet)))
    return tuple(found)


def before(answers: Sheet, question: str) -> Sheet:
    """The answers somebody has given who is just being asked this question."""
    kept: Sheet = {}
    for step in ENGINE.path(answers).steps:
        if question in step.questions:
            return kept
        kept |= {key: answers[key] for key in step.questions}
    raise AssertionError(f"{question} is not on the path")


def one_per_outcome() -> dict[str, Person]:
    """The first case of each outcome."""
    first: dict[str, Person] = {}
    for person in cases():
        first.setdefault(person.outcome(), person)
    return first


def with_outcome(outcome: str, voice: str | None = None) -> Person:
    return next(p for p in cases() if p.outcome() == outcome and voice in (None, p.voice))


def named(name: str) -> Person:
    return next(person for person in cases() if name in person.name)


def skips_everything(voice: str = "me") -> Person:
    return Person("skips everything", voice, complete({"who": (voice,)}))


def seeing_every_question() -> list[Person]:
    """As few people as it takes to be asked everything once."""
    left = {question.key for question in LIVE.questions}
    chosen = []
    while left:
        best = max(cases(), key=lambda person: len(left & _asked(person)))
        assert left & _asked(best), f"no case is asked {sorted(left)}"
        left -= _asked(best)
        chosen.append(best)
    return chosen


def _asked(person: Person) -> set[str]:
    return {key for screen in person.screens() for key in screen}


def as_voice(person: Person, voice: str) -> Person:
    return Person(person.name, voice, complete({**person.answers, "who": (voice,)}))


def at_random(count: int, seed: int) -> Iterable[Person]:
    """Sheets nobody wrote: any choice anywhere on the path, mostly the ones that say most."""
    chance = random.Random(seed)  # noqa: S311
    for number in range(count):
        sheet: Sheet = {}
        while (step := ENGINE.path(sheet).first_open()) is not None:
            for key in step.questions:
                sheet[key] = _any_choice(LIVE.question(key), chance)
        if sheet["age"] != ("under_18",):
            yield Person(f"at random {number}", sheet["who"][0], sheet)


def _any_choice(question: Question, chance: random.Random) -> Chosen:
    keys = [key for key in question.choice_keys if key not in (NONE, SKIP)]
    if question.kind == "many":
        return tuple(key for key in keys if chance.random() < 0.7) or tuple(keys[:1])
    return (chance.choice(keys),)
