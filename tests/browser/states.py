"""Every page of the screening in every state a person can meet, and how to get there.

A state says what a person does, in the verbs of a visit. A browser has them (visits.py), and so has the reader of
tests/audits/reader.py, who needs no browser: what is added here is looked at by both.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from unittest.mock import patch

from django.conf import settings
from django.db import OperationalError

from iopguide.settings import PUBLIC_BODY_BYTES
from screening import services
from tests.browser import people, saved_states
from tests.browser.people import Person, Sheet
from tests.browser.visits import Visit

Opener = Callable[[Visit], None]

STATES: dict[str, Opener] = {}

# The method page has a fold for every rule, each made like the next.
FOLDS = 10

QUIET: Sheet = {"now": ("none",), "suicide_thoughts": ("no",), "self_harm": ("no",)}


def state(name: str) -> Callable[[Opener], Opener]:
    def add(opener: Opener) -> Opener:
        STATES[name] = opener
        return opener

    return add


def open_state(visit: Visit, name: str) -> None:
    """Bring a browser to this state, and unfold what is folded there."""
    STATES[name](visit)
    visit.unfold(FOLDS)


# --- before and after the questions -----------------------------------------------------------------------------


@state("home")
def _home(visit: Visit) -> None:
    visit.go("home")


@state("help now")
def _help_now(visit: Visit) -> None:
    visit.go("help_now")


@state("how it works")
def _how(visit: Visit) -> None:
    visit.go("how_it_works")


@state("every component")
def _components(visit: Visit) -> None:
    visit.open(visit.path("home") + "components/")


@state("start")
def _start(visit: Visit) -> None:
    visit.go("start")


@state("start, for somebody else")
def _start_family(visit: Visit) -> None:
    visit.go("start_family")


@state("start, nothing chosen")
def _start_error(visit: Visit) -> None:
    visit.go("start")
    visit.press_continue()


@state("start, with answers")
def _start_again(visit: Visit) -> None:
    visit.holding({"who": ("me",)})
    visit.go("start")


@state("clear")
def _clear(visit: Visit) -> None:
    visit.holding({"who": ("me",)})
    visit.go("clear")


@state("cleared")
def _cleared(visit: Visit) -> None:
    _clear(visit)
    visit.press_continue()


# --- questions ---------------------------------------------------------------------------------------------------


def _question(name: str, key: str, find: Callable[[], Person]) -> None:
    @state(f"question, {name}")
    def asked(visit: Visit) -> None:
        visit.at_question(find().answers, key)

    @state(f"question, {name}, nothing chosen")
    def refused(visit: Visit) -> None:
        visit.at_question(find().answers, key)
        visit.press_continue()


def _dolores() -> Person:
    return people.with_outcome("medical_first", "me")


def _somebodys_friend() -> Person:
    return people.with_outcome("emergency", "them")


_question("one answer, for somebody else", "age", _somebodys_friend)
_question("one answer, with a hint", "place_to_live", _dolores)
_question("many answers", "now", _dolores)
_question("four in one", "nervous", _dolores)


@state("question, four in one, two chosen")
def _half_done(visit: Visit) -> None:
    visit.at_question(_dolores().answers, "nervous")
    for key in ("nervous", "worry"):
        visit.choose(key, _dolores().answers[key][0])
    visit.press_continue()


@state("question, many answers, and none of them")
def _contradiction(visit: Visit) -> None:
    visit.at_question(_dolores().answers, "now")
    visit.choose("now", "body")
    # The script keeps these apart; a browser without it does not.
    visit.force("now", "none")
    visit.press_continue()


@state("question, answered before")
def _answered(visit: Visit) -> None:
    visit.holding(_dolores().answers)
    visit.go("step", 2)


@state("question that no longer applies")
def _void(visit: Visit) -> None:
    answers = _dolores().answers
    visit.at_question(answers, "alcohol_days")
    visit.choose("alcohol_days", answers["alcohol_days"][0])
    with_key(visit, {"substances": ("none",)})
    visit.press_continue()


def with_key(visit: Visit, answers: Sheet) -> None:
    """Answer in another tab."""
    services.record_answers(services.open_check(visit.cookies()[settings.SCREENING_COOKIE_NAME]), answers)


# --- safety ------------------------------------------------------------------------------------------------------


def _safety(name: str, voice: str, given: Sheet) -> None:
    @state(f"safety, {name}, {'for somebody else' if voice == 'them' else 'for me'}")
    def shown(visit: Visit) -> None:
        visit.holding({"who": (voice,), "age": ("26_64",), **QUIET, **given})
        visit.go("safety")


_safety("overdose", "them", {"now": ("overdose",)})
_safety("everything at once", "me", {"now": ("overdose", "seizure", "confused", "body", "being_hurt")})
_safety("violence", "me", {"now": ("being_hurt", "might_hurt_someone")})
_safety("suicide", "me", {"suicide_thoughts": ("plan",)})
_safety("suicide", "them", {"suicide_thoughts": ("no_plan",), "self_harm": ("yes",)})
_safety("would rather not say", "me", {"suicide_thoughts": ("rather_not_say",)})


@state("safety, sick without it, for me")
def _withdrawal(visit: Visit) -> None:
    visit.holding(_dolores().answers)
    visit.go("safety")


# --- answers and result ------------------------------------------------------------------------------------------


@state("answers")
def _answers(visit: Visit) -> None:
    visit.holding(_dolores().answers)
    visit.go("answers")


@state("answers, not done")
def _answers_open(visit: Visit) -> None:
    visit.holding(people.before(_dolores().answers, "health"))
    visit.go("answers")


def two_kinds() -> Person:
    """Somebody whose answers fit exactly two kinds of care."""
    return next(p for p in people.cases() if len(p.assessment().decision.possible_levels) == 2)


RESULTS: dict[str, Callable[[], Person]] = {
    "clear": lambda: people.with_outcome("dual_diagnosis", "them"),
    "close": two_kinds,
    "thin": people.skips_everything,
    "doctor first": _dolores,
    "today": lambda: people.with_outcome("crisis_today", "them"),
    "emergency": lambda: people.with_outcome("emergency", "me"),
    "youth": lambda: people.with_outcome("youth", "me"),
}


def _result(name: str) -> None:
    @state(f"result, {name}")
    def shown(visit: Visit) -> None:
        visit.holding(RESULTS[name]().answers)
        visit.go("result")


for _name in RESULTS:
    _result(_name)


@state("print")
def _print(visit: Visit) -> None:
    visit.holding(_dolores().answers)
    visit.go("print")


# --- save and come back later ---------------------------------------------------------------------------------------


for _name, _opener in saved_states.STATES.items():
    state(_name)(_opener)


# --- when something is wrong -------------------------------------------------------------------------------------


@state("gone")
def _gone(visit: Visit) -> None:
    visit.forget()
    visit.go("answers")


@state("no such page")
def _not_found(visit: Visit) -> None:
    visit.open(visit.path("home") + "nowhere/")


@state("bad address")
def _bad_request(visit: Visit) -> None:
    visit.open(visit.path("start") + "?who=me")


@state("too much")
def _too_large(visit: Visit) -> None:
    visit.go("start")
    visit.write("screen", "x" * PUBLIC_BODY_BYTES)
    visit.press_continue()


@state("the form's token is gone")
def _csrf(visit: Visit) -> None:
    visit.at_question(_dolores().answers, "now")
    visit.tick(_dolores().answers)
    visit.forget(settings.CSRF_COOKIE_NAME)
    visit.press_continue()


@contextmanager
def failing(error: Exception) -> Iterator[None]:
    with patch("screening.services.open_check", side_effect=error):
        yield


@state("broken")
def _broken(visit: Visit) -> None:
    with failing(RuntimeError("on purpose")):
        visit.go("answers")


@state("database down")
def _down(visit: Visit) -> None:
    with failing(OperationalError("on purpose")):
        visit.go("answers")


@state("database down, with an answer")
def _down_with_answer(visit: Visit) -> None:
    visit.at_question(_dolores().answers, "now")
    visit.tick(_dolores().answers)
    with failing(OperationalError("on purpose")):
        visit.press_continue()
