"""Counters: each step once, whatever is reloaded or sent twice; nothing of a person; and never a broken page."""

import threading
from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import Error, connection
from pytest_django import DjangoAssertNumQueries

from screening import counting, services
from screening.counters import services as counters
from screening.counters.models import Count
from screening.counters.services import Event
from screening.protocol import LIVE
from tests.web.walk import FIRST, Visitor, calm, number_of

pytestmark = pytest.mark.django_db

DANGER = {"suicide_thoughts": "plan"}


def rows(*events: str) -> dict[tuple[str, str], int]:
    found: Counter[tuple[str, str]] = Counter()
    for row in Count.objects.filter(event__in=events):
        found[row.event, row.subject] += row.count
    return dict(found)


def test_a_whole_visit_counts_each_step_once() -> None:
    visitor = Visitor("en")
    visitor.walk({FIRST: "me"})
    for address in ("answers", "result", "print", "result", "answers", "print"):
        visitor.go(address)

    parts = {("part", f"p{number + 1}"): 1 for number in range(len(LIVE.parts))}
    steps = {("start", ""): 1, ("answers", ""): 1, ("result", ""): 1, **parts}
    assert rows("start", "part", "answers", "result") == steps
    assert rows("action") == {("action", "print"): 1, ("action", "any"): 1}
    assert {row.language for row in Count.objects.filter(event__in=["start", "result"])} == {"en"}
    assert {row.voice for row in Count.objects.filter(event__in=["start", "result"])} == {"self"}


def test_the_outcome_is_counted_by_version_and_in_three_numbers_never_together() -> None:
    visitor = Visitor().sit_down(calm())
    visitor.go("result")
    check = services.open_check(visitor.token)
    decision = check.assessment().decision

    assert rows("lead", "level", "program") == {
        ("lead", decision.lead): 1,
        ("level", decision.level): 1,
        ("program", decision.program): 1,
    }
    assert set(Count.objects.filter(event="level").values_list("version", flat=True)) == {LIVE.version}


def test_sending_the_same_answer_twice_counts_once_and_another_one_is_a_change() -> None:
    visitor = Visitor().sit_down(calm(upto="age"))
    question = counting.question_number(LIVE, "age")
    for answer in ("26_64", "26_64", "18_25", "18_25"):
        visitor.step(number_of(calm(), "age"))
        visitor.send({"age": answer})

    assert rows("answered", "changed") == {("answered", question): 1, ("changed", question): 1}


@pytest.mark.parametrize("way_out", ["not_sure", "rather_not_say"])
def test_a_way_out_is_counted_for_its_question(way_out: str) -> None:
    visitor = Visitor("es").sit_down(calm(upto="age"))
    for _ in range(2):
        visitor.step(number_of(calm(), "age"))
        visitor.send({"age": way_out})

    assert rows("not_sure", "rather_not_say") == {(way_out, counting.question_number(LIVE, "age")): 1}


def test_the_safety_page_and_going_on_after_it_are_counted_once_a_check() -> None:
    visitor = Visitor().sit_down(calm(upto="now"))
    visitor.step(number_of(calm(), "now"))
    visitor.send({"now": "overdose"})
    for _ in range(3):
        visitor.go("safety")
        visitor.step(3)
        visitor.send({"suicide_thoughts": "plan"})

    assert rows("safety") == {("safety", "shown"): 1, ("safety", "kept_going"): 1}
    assert set(Count.objects.filter(event="safety").values_list("version", flat=True)) == {LIVE.version}


def test_whoever_stops_at_the_safety_page_has_not_kept_going() -> None:
    visitor = Visitor().sit_down(calm(upto="now"))
    visitor.step(number_of(calm(), "now"))
    visitor.send({"now": "overdose"})
    visitor.go("safety")

    assert rows("safety") == {("safety", "shown"): 1}


def test_what_is_done_with_a_result_counts_only_after_it_and_once() -> None:
    visitor = Visitor().sit_down(calm())
    check = services.open_check(visitor.token)
    counting.acted(check, counting.CALL_BACK)
    assert rows("action") == {}

    visitor.go("result")
    for _ in range(2):
        counting.acted(services.open_check(visitor.token), counting.CALL_BACK)
    visitor.step(number_of(calm(), "age"))
    visitor.send({"age": "18_25"})

    assert rows("action") == {("action", "call_back"): 1, ("action", "any"): 1, ("action", "change"): 1}


@pytest.mark.parametrize("way", ["leave", "clear"])
def test_ending_a_check_is_counted_once_and_without_a_check_not_at_all(way: str) -> None:
    visitor = Visitor().sit_down(calm(upto="age"))
    for _ in range(2):
        visitor.go(way)
        if way == "clear":
            visitor.send()

    assert rows("action") == {("action", way): 1}


def test_a_page_fetched_ahead_is_not_counted() -> None:
    visitor = Visitor().sit_down(calm())
    Count.objects.all().delete()
    client, token = visitor.client, visitor.token
    assert token
    for name in ("answers", "result", "print"):
        client.get(visitor.url(name), headers={"sec-purpose": "prefetch"})

    assert rows("answers", "result", "action", "level") == {}


def test_a_page_that_fails_is_counted_as_an_error(client: Any, settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.web.faults"
    client.raise_request_exception = False

    client.get("/fail/lookup/", {"answer": "x"})

    assert Count.of("error") == 1


def test_a_number_that_cannot_be_written_breaks_no_page(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*args: object) -> None:
        raise Error("the table is on fire: suicide_thoughts")

    monkeypatch.setattr(counters, "add", fail)
    visitor = Visitor().sit_down(calm())
    visitor.step(number_of(calm(), "age"))
    assert visitor.send({"age": "18_25"}).status_code == 303

    assert visitor.go("result").status_code == 200
    assert visitor.go("print").status_code == 200
    assert visitor.go("leave").status_code == 303
    lost = [record for record in caplog.records if record.getMessage() == "numbers_lost"]
    assert len(lost) == 4
    assert Count.objects.count() == 0


def test_numbers_add_up_in_one_statement(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        counters.count([Event("start"), Event("start"), Event("part", "p1"), Event("part", "p2")])
    with django_assert_num_queries(1):
        counters.count([Event("part", "p2")])
    with django_assert_num_queries(0):
        counters.count([])

    assert rows("start", "part") == {("start", ""): 2, ("part", "p1"): 1, ("part", "p2"): 2}


def test_what_comes_close_to_an_answer_is_kept_by_the_week() -> None:
    friday = date(2026, 11, 27)
    counters.add(Counter([Event("level", "iop", "2026.1"), Event("start")]), friday)

    assert Count.objects.get(event="level").day == friday - timedelta(days=4)
    assert Count.objects.get(event="start").day == friday


KNOWN = {
    "event": {
        *(
            "start",
            "part",
            "answers",
            "result",
            "action",
            "answered",
            "changed",
            "not_sure",
            "rather_not_say",
        ),
        *("safety", "lead", "level", "program", "time", "error"),
    },
    "language": {"", "en", "es"},
    "voice": {"", "self", "family"},
    "version": {"", LIVE.version},
}


def test_counters_hold_no_identifier_and_no_free_text() -> None:
    """Every column is a day, a number, or a word from a short list that is the same for everybody."""
    columns = {field.name for field in Count._meta.fields}
    assert columns == {"id", "day", "event", "subject", "version", "language", "voice", "count"}
    assert not [field for field in Count._meta.fields if field.is_relation]
    sizes = []
    for _ in range(2):
        visitor = Visitor("es")
        visitor.walk({FIRST: "them", **DANGER})
        for address in ("result", "print", "leave"):
            visitor.go(address)
        sizes.append(Count.objects.exclude(event="time").count())

    for column, known in KNOWN.items():
        assert set(Count.objects.values_list(column, flat=True)) <= known, column
    # The same visit again adds to the numbers and makes no new row.
    assert sizes[0] == sizes[1]
    assert Count.of("part", language="es", voice="family") == 2 * len(LIVE.parts)
    # What is closest to an answer is not even split by language.
    close = Count.objects.filter(event__in=("lead", "level", "program", "safety"))
    assert not close.exclude(language="", voice="").exists()


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_many_adding_at_once_lose_nothing() -> None:
    def visit() -> None:
        for number in range(25):
            counters.count([Event("part", f"p{(number + step) % 5}") for step in range(3)])
        connection.close()

    threads = [threading.Thread(target=visit) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(rows("part").values()) == 8 * 25 * 3
