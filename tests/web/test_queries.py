"""How often each page asks the database: exactly so often, whatever was answered."""

from collections.abc import Callable
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from screening.engine.spec import LADDER
from screening.protocol import LIVE
from tests.web.center import offer
from tests.web.walk import FIRST, LANGUAGES, Visitor, calm, number_of, people

pytestmark = pytest.mark.django_db

GRID = [question.key for question in LIVE.questions if question.page == LIVE.pages[0].key]

# A test's own transaction turns BEGIN and COMMIT into a savepoint and its release, so they count as two.
OPENING = 2  # the check, its answers
OFFERS = 1  # what is offered here; and one more for the meetings, where anything is
WHERE_THE_GUIDE_IS = 1  # the addresses of the pages about the care that is named
SAVING = 3  # begin, save, commit
COUNTING = 1  # everything a request counts, in one statement
# Begin, lock, look for words to come back with, find, delete the answers, the words and the check, commit.
LOCKED_DELETING = 8


def asked(do: Callable[[], object]) -> list[str]:
    with CaptureQueriesContext(connection) as context:
        do()
    return [query["sql"] for query in context.captured_queries]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["help_now", "cleared", "clear"])
@pytest.mark.parametrize("has_check", [False, True])
def test_pages_for_everybody_ask_nothing(language: str, name: str, has_check: bool) -> None:
    visitor = Visitor(language)
    if has_check:
        visitor.sit_down(calm())
    visitor.go(name)

    assert asked(lambda: visitor.go(name)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_front_page_asks_only_whether_it_still_holds(language: str) -> None:
    visitor = Visitor(language)
    visitor.go("home")

    assert len(asked(lambda: visitor.go("home"))) == 1


def test_the_method_page_asks_which_rules_are_in_use_and_which_were() -> None:
    visitor = Visitor()
    visitor.go("how_it_works")

    assert len(asked(lambda: visitor.go("how_it_works"))) == 2


@pytest.mark.parametrize(
    ("address", "queries"),
    [
        (("start",), OPENING + 1),
        (("step", 3), OPENING),
        (("safety",), OPENING),
        (("answers",), OPENING),
        (("result",), OPENING + OFFERS + WHERE_THE_GUIDE_IS),
        (("print",), OPENING + OFFERS + WHERE_THE_GUIDE_IS),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_a_page_of_a_check_reads_it_once(address: tuple[str, int], queries: int) -> None:
    suggested = [answers for (_, level, *_), answers in people().items() if level in LADDER]
    for answers in [calm(), *suggested[:2]]:
        visitor = Visitor().sit_down(answers)
        visitor.go("result")
        visitor.go(*address)  # the first time, that it was reached is counted

        assert len(asked(partial(visitor.go, *address))) == queries


@pytest.mark.parametrize("address", ["result", "print"])
def test_real_times_cost_two_queries_however_many_there_are(address: str) -> None:
    counts = set()
    visitor = Visitor().sit_down(calm())
    for _ in range(2):
        offer("outpatient", (0, 2, 4))
        offer("iop", (1, 3))
        visitor.go("result")
        visitor.go(address)  # the first time, that it was reached is counted
        counts.add(len(asked(partial(visitor.go, address))))

    assert counts == {OPENING + OFFERS + 1 + WHERE_THE_GUIDE_IS}


@pytest.mark.parametrize("address", ["result", "print"])
def test_where_no_care_is_suggested_no_offer_is_looked_for(address: str) -> None:
    young = next(answers for (_, level, *_), answers in people().items() if level == "youth")
    visitor = Visitor().sit_down(young)

    visitor.go("result")
    visitor.go(address)

    assert len(asked(partial(visitor.go, address))) == OPENING + WHERE_THE_GUIDE_IS


@pytest.mark.parametrize("address", ["answers", "result", "print"])
def test_what_is_counted_once_costs_one_saving_more_the_first_time(address: str) -> None:
    visitor = Visitor().sit_down(calm())
    before = OPENING if address == "answers" else OPENING + OFFERS + WHERE_THE_GUIDE_IS
    if address == "print":
        visitor.go("result")

    assert len(asked(partial(visitor.go, address))) == before + SAVING + COUNTING
    assert len(asked(partial(visitor.go, address))) == before


def test_the_start_page_asks_only_which_rules_are_live() -> None:
    visitor = Visitor()

    assert len(asked(lambda: visitor.go("start"))) <= 1


def test_starting_writes_one_check_and_one_answer() -> None:
    visitor = Visitor()
    visitor.go("start")

    assert len(asked(lambda: visitor.send({FIRST: "me"}))) == 1 + SAVING + 1 + COUNTING


@pytest.mark.parametrize(
    "given", [{"age": "26_64"}, {"now": ["overdose", "body"]}, dict.fromkeys(GRID, "several_days")]
)
def test_an_answer_is_saved_with_one_write_however_many_it_holds(given: dict[str, str]) -> None:
    visitor = Visitor().sit_down(calm(upto=next(iter(given))))
    visitor.step(number_of(calm(), next(iter(given))))

    queries = asked(lambda: visitor.send(given))

    assert len(queries) == OPENING + SAVING + COUNTING
    assert len([one for one in queries if one.startswith("INSERT")]) == 1
    assert len([one for one in queries if "INTO counters_count" in one]) == 1


def test_a_refused_answer_writes_nothing() -> None:
    visitor = Visitor().sit_down(calm(upto="now"))
    visitor.step(number_of(calm(), "now"))

    assert len(asked(lambda: visitor.send({}))) == OPENING


@pytest.mark.parametrize("way", ["leave", "clear"])
def test_erasing_takes_the_same_few_queries_however_much_was_answered(way: str) -> None:
    counts = set()
    for answers in (calm(upto="age"), calm()):
        visitor = Visitor().sit_down(answers)
        visitor.go("clear")
        end = partial(visitor.go, "leave") if way == "leave" else visitor.send
        counts.add(len(asked(end)))

    # Clearing also asks whether there is a code for staff to stop.
    assert counts == {LOCKED_DELETING + COUNTING + (way == "clear")}


def test_a_stranger_costs_one_query_and_a_visitor_without_cookie_none() -> None:
    visitor = Visitor()
    assert asked(lambda: visitor.go("result")) == []

    visitor.token = "x" * 43
    assert len(asked(lambda: visitor.go("result"))) == 1


def test_no_query_holds_an_answer() -> None:
    """What a database server may log, or a slow-query list may keep."""
    visitor = Visitor()

    queries = asked(lambda: visitor.walk({"substances": ["alcohol", "opioids"], "suicide_thoughts": "plan"}))

    assert len(queries) > 100
    words = ("suicide_thoughts", "substances", "opioids", "overdose", "people_to_count_on")
    assert not [sql for sql in queries if any(word in sql for word in words)]
