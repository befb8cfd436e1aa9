"""Several things at the same moment, on real connections: nothing is lost, doubled or left behind."""

import threading
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import connection, connections
from django.test import Client
from django.utils import timezone

from screening import services
from screening.engine.answers import Chosen
from screening.models import Answer, Screening
from screening.protocol import LIVE
from tests.web.walk import COOKIE, FIRST, Visitor, calm, number_of

pytestmark = pytest.mark.django_db(transaction=True)

GRID = [question.key for question in LIVE.questions if question.page == LIVE.pages[0].key]
AGES = ("18_25", "26_64", "65_plus")
HOMES = LIVE.question("place_to_live").choice_keys


def at_once(*tasks: Callable[[], Any]) -> list[Any]:
    """Run these in threads of their own, starting together; return what each gave, or raised."""
    together = threading.Barrier(len(tasks))
    given: list[Any] = [None] * len(tasks)

    def run(place: int, task: Callable[[], Any]) -> None:
        try:
            together.wait(timeout=30)
            given[place] = task()
        except Exception as error:  # noqa: BLE001  a test looks at it
            given[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=item) for item in enumerate(tasks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return given


def browser(token: str) -> Client:
    client = Client(raise_request_exception=False)
    client.cookies[COOKIE] = token
    return client


def test_two_tabs_answering_at_once_a_hundred_times_lose_nothing() -> None:
    visitor = Visitor().sit_down(calm())
    first, second = browser(visitor.token), browser(visitor.token)
    places = {key: visitor.url("step", number_of(calm(), key)) for key in ("age", "place_to_live")}
    lost = 0

    for turn in range(100):
        age, home = AGES[turn % 3], HOMES[turn % len(HOMES)]
        statuses = [
            answer.status_code
            for answer in at_once(
                partial(first.post, places["age"], {"screen": "age", "age": age}),
                partial(
                    second.post, places["place_to_live"], {"screen": "place_to_live", "place_to_live": home}
                ),
            )
        ]
        assert statuses == [303, 303]
        saved = visitor.saved()
        lost += (saved["age"], saved["place_to_live"]) != ((age,), (home,))

    assert lost == 0


def test_one_question_answered_twice_at_once_is_one_answer() -> None:
    for turn in range(30):
        token = services.start(("me",))
        check = services.open_check(token)

        given = at_once(*[partial(services.record_answers, check, {"age": (age,)}) for age in AGES])

        assert not [one for one in given if isinstance(one, Exception)], turn
        assert Answer.objects.filter(screening=check.row).count() == 2
        assert services.open_check(token).answers["age"][0] in AGES


def test_one_screen_of_several_questions_sent_twice_at_once_is_saved_whole() -> None:
    for turn in range(20):
        token = services.start(("me",))
        check = services.open_check(token)
        sheets: list[dict[str, Chosen]] = [
            dict.fromkeys(GRID, (choice,)) for choice in ("not_at_all", "several_days", "nearly_every_day")
        ]

        given = at_once(*[partial(services.record_answers, check, sheet) for sheet in sheets])

        assert not [one for one in given if isinstance(one, Exception)], turn
        saved = services.open_check(token).answers
        assert {key: saved[key] for key in GRID} in sheets


def test_a_form_sent_twice_at_once_from_one_browser_leads_to_one_answer() -> None:
    for _ in range(20):
        visitor = Visitor().sit_down(calm(upto="now"))
        path = visitor.url("step", number_of(calm(), "now"))
        clients = [browser(visitor.token), browser(visitor.token)]

        replies = at_once(
            *[partial(client.post, path, {"screen": "now", "now": "overdose"}) for client in clients]
        )

        assert [reply.status_code for reply in replies] == [303, 303]
        assert {reply["Location"] for reply in replies} == {visitor.url("safety")}
        row = services.open_check(visitor.token).row
        # Three answers, and what the check has been counted for.
        assert Answer.objects.filter(screening__lookup=row.lookup).count() == 3 + 1


@pytest.mark.parametrize("way", ["leave", "clear"])
def test_leaving_while_another_tab_answers_leaves_nothing_behind(way: str) -> None:
    for _ in range(30):
        visitor = Visitor().sit_down(calm(upto="now"))
        path = visitor.url("step", number_of(calm(), "now"))
        going, answering = browser(visitor.token), browser(visitor.token)
        go = going.get if way == "leave" else going.post

        left, answered = at_once(
            partial(go, visitor.url(way)), partial(answering.post, path, {"screen": "now", "now": "none"})
        )

        assert left.status_code == 303
        assert answered.status_code in (303, 409, 410)
        assert Screening.objects.count() == 0
        assert Answer.objects.count() == 0


@pytest.mark.parametrize(
    "end",
    [services.erase, lambda token: services.purge(timezone.now().replace(year=2100))],
    ids=["erase", "purge"],
)
def test_an_answer_arriving_in_the_middle_of_the_end_does_not_stop_it(end: Callable[[str], Any]) -> None:
    """The worst moment: the answers are deleted, their check is not yet."""
    token = services.start(("me",))
    check = services.open_check(token)
    late: list[Any] = []

    def answer() -> None:
        late.extend(at_once(lambda: services.record_answers(check, {"age": ("18_25",)})))

    latecomer = threading.Thread(target=answer)

    def between(execute: Any, sql: str, *rest: Any) -> Any:
        if sql.startswith('DELETE FROM "screening_screening"'):
            latecomer.start()
            latecomer.join(timeout=0.5)  # it may have to wait for us
        return execute(sql, *rest)

    with connection.execute_wrapper(between):
        end(token)
    latecomer.join(timeout=30)

    assert isinstance(late[0], services.CheckGone)
    assert Screening.objects.count() == 0
    assert Answer.objects.count() == 0


def test_erasing_twice_at_once_is_no_failure() -> None:
    for _ in range(20):
        token = services.start(("me",))

        given = at_once(*[partial(services.erase, token)] * 2)

        assert True in given
        assert not [one for one in given if isinstance(one, Exception)]
        assert Screening.objects.count() == 0


def test_starting_again_in_two_tabs_at_once_ends_the_old_check() -> None:
    for _ in range(10):
        visitor = Visitor().sit_down(calm(upto="now"))
        clients = [browser(visitor.token), browser(visitor.token)]

        replies = at_once(*[partial(client.post, visitor.url("start"), {FIRST: "me"}) for client in clients])

        assert [reply.status_code for reply in replies] == [303, 303]
        with pytest.raises(services.CheckGone):
            services.open_check(visitor.token)
        tokens = [client.cookies[COOKIE].value for client in clients]
        assert len(set(tokens)) == 2
        assert all(services.open_check(token).answers == {FIRST: ("me",)} for token in tokens)


def test_purging_in_two_places_at_once_is_no_failure() -> None:
    for _ in range(5):
        for _ in range(10):
            services.start(("me",))
        late = timezone.now().replace(year=2100)

        given = at_once(*[partial(services.purge, late)] * 2)

        assert not [one for one in given if isinstance(one, Exception)]
        assert Screening.objects.count() == 0
