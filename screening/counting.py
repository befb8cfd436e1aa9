"""What of a check is counted, and when: transitions only, so that reloading a page or sending twice adds nothing.

What a check has been counted for is kept with its answers, sealed like one of them: the database shows nobody how far
a check came. Two requests of one check at the very same moment may both count; nothing else does twice.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.http import HttpRequest

from screening.counters.services import Event, count
from screening.engine.answers import Chosen
from screening.engine.spec import NOT_SURE, RATHER_NOT_SAY, Protocol
from screening.present import language
from screening.services import OpenCheck, note

VOICES = {"me": "self", "them": "family"}

# What a check is counted for once.
SAFETY, KEPT_GOING, ANSWERS, RESULT = "safety", "kept_going", "answers", "result"
# After the result; each once, and "any" with the first of them.
PRINT, CHANGE, CALL_BACK, HANDOFF = "print", "change", "call_back", "handoff"
ACTIONS = (PRINT, CHANGE, CALL_BACK, HANDOFF)
ANY = "any"
# Whoever ends a check. Its answers are not read for it, so not even whom it was about is known.
CLEAR, LEAVE = "clear", "leave"

# How browsers, old and new, say that they fetch a page nobody has asked for yet.
FETCHED_AHEAD = ("Sec-Purpose", "Purpose", "X-Moz")
# Upper ends of the bands in which the time of an answer's saving is counted, in milliseconds.
BANDS = (50, 100, 300, 1000)


def fetched_ahead(request: HttpRequest) -> bool:
    return any("prefetch" in request.headers.get(name, "") for name in FETCHED_AHEAD)


def _event(name: str, subject: str = "", *, voice: str = "me") -> Event:
    return Event(name, subject, language=language(), voice=VOICES[voice])


def started(chosen: Chosen) -> None:
    """A check was opened, about oneself or somebody else."""
    count([_event("start", voice="them" if chosen == ("them",) else "me")])


def ended(how: str) -> None:
    """Somebody cleared their check or left the site with one."""
    count([Event("action", how, language=language())])


@dataclass(frozen=True, slots=True)
class Counted:
    """What one request adds, and what the check is then counted for."""

    events: list[Event]
    noted: frozenset[str] = frozenset()


def of_answers(check: OpenCheck, given: dict[str, Chosen], *, urgent: bool) -> Counted:
    """Return what answers to one screen add. `urgent`: they call for the safety page."""
    protocol, before = check.engine.protocol, check.answers
    events = [one for key, chosen in given.items() for one in _of_answer(check, key, chosen)]
    known = {protocol.question(key).part for key in before if key != protocol.questions[0].key}
    fresh = {protocol.question(key).part for key in given} - known
    parts = [part.key for part in protocol.parts]
    events += [
        _event("part", f"p{number}", voice=check.voice)
        for number, part in enumerate(parts, 1)
        if part in fresh
    ]
    noted = set()
    if SAFETY in check.seen and KEPT_GOING not in check.seen:
        noted.add(KEPT_GOING)
        events.append(Event("safety", KEPT_GOING, version=protocol.version))
    if urgent and SAFETY not in check.seen:
        noted.add(SAFETY)
        events.append(Event("safety", "shown", version=protocol.version))
    if RESULT in check.seen and any(before.get(key) != chosen for key, chosen in given.items()):
        action = _of_action(check, CHANGE)
        noted |= action.noted
        events += action.events
    return Counted(events, frozenset(noted))


def _of_answer(check: OpenCheck, key: str, chosen: Chosen) -> Iterable[Event]:
    """The first answer to a question, a changed one, and a way out newly taken. Never which answer it was.

    The question is its number in this version, so that neither the table nor a database's log names it.
    """
    before, protocol = check.answers.get(key), check.engine.protocol
    if before == chosen:
        return
    names = ["answered" if before is None else "changed"]
    names += [way_out for way_out in (NOT_SURE, RATHER_NOT_SAY) if way_out in chosen]
    for name in names:
        yield replace(
            _event(name, question_number(protocol, key), voice=check.voice), version=protocol.version
        )


def question_number(protocol: Protocol, key: str) -> str:
    """Return how the counters call a question of this version: q01 for its first."""
    return f"q{protocol.questions.index(protocol.question(key)) + 1:02}"


def saved(request: HttpRequest, counted: Counted) -> None:
    """Count what saved answers add, and how long it took, in bands."""
    begun = getattr(request, "begun", None)
    took = [] if begun is None else [Event("time", _band((time.perf_counter() - begun) * 1000))]
    count([*counted.events, *took])


def _band(milliseconds: float) -> str:
    return next((f"to_{end}" for end in BANDS if milliseconds <= end), f"over_{BANDS[-1]}")


def _of_action(check: OpenCheck, action: str) -> Counted:
    if action in check.seen or RESULT not in check.seen:
        return Counted([])
    names = [action] if check.seen.intersection(ACTIONS) else [action, ANY]
    return Counted([_event("action", name, voice=check.voice) for name in names], frozenset({action}))


def acted(check: OpenCheck, action: str) -> None:
    """Count what somebody did with their result, once: one of ACTIONS."""
    _count_once(check, _of_action(check, action))


def saw_answers(request: HttpRequest, check: OpenCheck) -> None:
    """The list of answers was reached, with nothing left to ask."""
    if ANSWERS not in check.seen and check.path.complete and not fetched_ahead(request):
        _count_once(check, Counted([_event("answers", voice=check.voice)], frozenset({ANSWERS})))


def saw_result(request: HttpRequest, check: OpenCheck) -> None:
    """The result was shown for the first time. A result that changes later is a change, not a second outcome."""
    if RESULT in check.seen or fetched_ahead(request):
        return
    decision, version = check.assessment().decision, check.engine.protocol.version
    outcome = [
        Event("lead", decision.lead, version),
        Event("level", decision.level, version),
        Event("program", decision.program, version),
    ]
    _count_once(check, Counted([_event("result", voice=check.voice), *outcome], frozenset({RESULT})))


def _count_once(check: OpenCheck, counted: Counted) -> None:
    # Noted first: what cannot be noted is not counted, rather than counted at every reload.
    if counted.noted and note(check, counted.noted):
        count(counted.events)
