"""Three months of numbers to look at, made up: shapes as a small clinic might see them, the same at every run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from screening.counters import demo_desk
from screening.counters.models import Count, today
from screening.counters.services import BY_WEEK, COLUMNS, Event
from screening.protocol import LIVE

DAYS = 13 * 7 + 7
Add = Callable[..., None]

# Checks started a day, Monday first: people look for help in the evenings and after weekends.
A_DAY = (34, 30, 27, 25, 19, 15, 24)
SPANISH, FAMILY = 0.24, 0.3
# Share that goes on from each step to the next; Spanish a little lower, so that the gap has something to show.
GOES_ON, SPANISH_LOSS = 0.955, 0.012
LEVELS = {"outpatient": 30, "iop": 34, "php": 15, "residential": 8, "youth": 3, "undetermined": 10}
PROGRAMS = {"outpatient": 28, "iop": 30, "php": 12, "dual_diagnosis": 12, "residential": 6, "none": 12}
LEADS = {"none": 84, "medical_first": 8, "crisis_today": 6, "emergency": 2}
SAFETY, KEPT_GOING = 0.19, 0.72
ACTIONS = {"print": 0.22, "call_back": 0.17, "handoff": 0.09, "change": 0.12}
NOT_SURE, UNSAID, CHANGED = 0.04, 0.02, 0.03
TIMES = {"to_50": 78, "to_100": 16, "to_300": 5, "to_1000": 0.9, "over_1000": 0.1}


def fill(chance: Random) -> list[str]:
    """Add the numbers, and requests for a call; each once."""
    return [*numbers(chance), *demo_desk.fill(chance)]


def numbers(chance: Random) -> list[str]:
    """Add the numbers. Real ones are never mixed with made-up ones."""
    last = today()
    if Count.objects.filter(day__lt=last - timedelta(days=1)).exists():
        return ["There are numbers already: none were added."]
    found: Counter[tuple[date, Event]] = Counter()
    for back in range(DAYS, 0, -1):
        _day(found, last - timedelta(days=back), chance)
    Count.objects.bulk_create(
        [Count(**_columns(day, event), count=number) for (day, event), number in found.items()],
        batch_size=2000,
        ignore_conflicts=True,
    )
    return [f"Numbers of {DAYS} days: {sum(found.values()):,} events in {len(found):,} rows."]


def _columns(day: date, event: Event) -> dict[str, object]:
    when = day - timedelta(days=day.weekday()) if event.name in BY_WEEK else day
    named = (when, event.name, event.subject, event.version, event.language, event.voice)
    return dict(zip(COLUMNS, named, strict=True))


def _day(found: Counter[tuple[date, Event]], day: date, chance: Random) -> None:
    monday = day - timedelta(days=day.weekday())

    def add(name: str, subject: str = "", version: str = "", language: str = "", voice: str = "") -> None:
        found[monday if name in BY_WEEK else day, Event(name, subject, version, language, voice)] += 1

    for _ in range(max(0, round(chance.gauss(A_DAY[day.weekday()], 5)))):
        _visit(add, chance)
    if chance.random() < 0.05:
        add("error")


def _visit(add: Add, chance: Random) -> None:
    language = "es" if chance.random() < SPANISH else "en"
    voice = "family" if chance.random() < FAMILY else "self"
    goes_on = GOES_ON - SPANISH_LOSS * (language == "es")
    who = {"language": language, "voice": voice}
    add("start", **who)
    for number, part in enumerate(LIVE.parts, 1):
        if chance.random() > goes_on:
            return
        add("part", f"p{number}", **who)
        if not _part(add, part.key, who, goes_on, chance):
            return
    add("answers", **who)
    add("result", **who)
    for name, shares in (("level", LEVELS), ("program", PROGRAMS), ("lead", LEADS)):
        add(name, chance.choices(list(shares), list(shares.values()))[0], LIVE.version)
    done = [action for action, share in ACTIONS.items() if chance.random() < share]
    for action in [*done, *(["any"] if done else [])]:
        add("action", action, **who)
    if chance.random() < 0.1:
        add("action", chance.choice(["clear", "leave"]), language=language)


def _part(add: Add, part: str, who: dict[str, str], goes_on: float, chance: Random) -> bool:
    """Answer the questions of a part; return whether this person goes on after it."""
    for number, question in enumerate(LIVE.questions, 1):
        if question.part != part or chance.random() < 0.25:
            continue  # not everybody is asked everything
        key = f"q{number:02}"
        add("answered", key, LIVE.version, **who)
        add("time", chance.choices(list(TIMES), list(TIMES.values()))[0])
        for name, share in (("not_sure", NOT_SURE), ("rather_not_say", UNSAID), ("changed", CHANGED)):
            if chance.random() < share * (1 + number % 4):
                add(name, key, LIVE.version, **who)
    if part == "safety" and chance.random() < SAFETY:
        add("safety", "shown", LIVE.version)
        if chance.random() > KEPT_GOING:
            return False
        add("safety", "kept_going", LIVE.version)
    return True
