"""Several at the same moment, on real connections: one claim wins, one form is one request, the log stays whole."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from functools import partial
from typing import Any
from unittest.mock import patch

import pytest
from django.contrib.auth.models import User
from django.db import InterfaceError, OperationalError, connection
from django.test import Client
from django.utils import timezone

from screening.intake import desk, limits, notices, retention, services
from screening.intake.access_log import log_access, verify
from screening.intake.models import (
    AccessEntry,
    Attempt,
    CallRequest,
    CancelCode,
    DoneAction,
    Knock,
    Note,
    Notice,
)
from tests.intake.factories import form, make_request, token
from tests.web.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)

TURNS = 12
# On SQLite writers wait for each other as a whole, so a few turns show what there is to see.
TURNS_HERE = TURNS if connection.vendor == "postgresql" else 4


@pytest.fixture(autouse=True)
def _unhurried() -> Iterator[None]:
    with patch.object(limits, "FASTEST", timedelta(0)):
        yield


def staff(count: int = 2) -> list[User]:
    return [User.objects.create(username=f"staff {number}", is_staff=True) for number in range(count)]


def test_of_several_who_claim_at_once_exactly_one_gets_it() -> None:
    people = staff(4)
    for _ in range(TURNS_HERE):
        row = make_request()
        won = at_once(*[partial(desk.claim, row.pk, one) for one in people])

        assert sorted(map(str, won)) == ["False", "False", "False", "True"]
        row.refresh_from_db()
        assert row.owner == people[won.index(True)]
    assert not verify().fault


def test_one_button_pressed_in_two_tabs_at_once_works_once() -> None:
    ana, _ = staff()
    for _ in range(TURNS_HERE):
        row, same = make_request(), token()
        done = at_once(*[partial(desk.log_outcome, row.pk, ana, same, "no_answer") for _ in range(3)])

        assert sum(isinstance(one, desk.AlreadyDone) for one in done) == 2, done
        assert row.attempts.count() == 1
        row.refresh_from_db()
        assert row.tries == 1


def test_two_who_log_at_once_without_a_claim_do_not_both_count() -> None:
    ana, ben = staff()
    for _ in range(TURNS_HERE):
        row = make_request()
        done = at_once(
            partial(desk.add_note, row.pk, ana, token(), "one"),
            partial(desk.add_note, row.pk, ben, token(), "two"),
            partial(desk.log_outcome, row.pk, ana, token(), "no_answer"),
        )
        assert not [one for one in done if isinstance(one, Exception)]
        assert row.notes.count() == 2
        row.refresh_from_db()
        assert row.tries == 1


def test_one_form_sent_several_times_at_once_is_one_request() -> None:
    for turn in range(TURNS_HERE):
        fields: dict[str, Any] = {"name": "Sam", "value": f"55501020{turn:02}", "form_token": f"form {turn}"}
        given = at_once(*[partial(services.create_request, **fields) for _ in range(3)])

        assert len({(one.reference, one.code) for one in given}) == 1, given
    assert CallRequest.objects.count() == CancelCode.objects.count() == TURNS_HERE


def test_one_number_asked_for_at_once_by_different_forms_is_one_request() -> None:
    for turn in range(TURNS_HERE):
        fields = {"name": "Sam", "value": f"55501030{turn:02}"}
        given = at_once(*[partial(services.create_request, **fields) for _ in range(3)])

        assert len({one.reference for one in given}) == 1, given
        assert len({one.code for one in given}) == 3
        for one in given[:1]:
            assert services.cancel(one.code)
    assert not CallRequest.objects.exists()


def test_cancelling_while_somebody_works_leaves_nothing_behind() -> None:
    ana, _ = staff()
    for turn in range(TURNS_HERE):
        given = services.create_request(name="Sam", value=f"55501040{turn:02}")
        row = CallRequest.objects.get()
        cancelled, *others = at_once(
            partial(services.cancel, given.code),
            partial(desk.add_note, row.pk, ana, token(), "late"),
            partial(desk.log_outcome, row.pk, ana, token(), "reached"),
        )

        assert cancelled is True
        assert all(one is None or isinstance(one, desk.RequestGone | CallRequest) for one in others), others
        for model in (CallRequest, Note, Attempt):
            assert not model.objects.exists()
    assert not verify().fault


def test_the_log_stays_whole_whoever_writes_at_once() -> None:
    people = staff(3)

    def many(one: User) -> None:
        for number in range(6):
            log_access(one, "viewed", "request", number)

    done = at_once(*[partial(many, one) for one in people])

    assert done == [None] * 3
    assert AccessEntry.objects.count() == 18
    assert not verify().fault


def test_two_senders_at_once_send_a_notice_once(settings: Any) -> None:
    settings.DESK_MAIL = ["desk@example.org"]
    sent: list[int] = []

    class Message:
        def send(self) -> None:
            sent.append(1)

    with patch.object(notices, "message_for", lambda kind, count: Message()):
        for _ in range(TURNS_HERE):
            make_request()
            at_once(notices.send_due, notices.send_due)
            Notice.objects.update(created_at=timezone.now() - timedelta(days=1))

    assert len(sent) == TURNS_HERE


def test_counting_at_once_counts_all() -> None:
    hour = timezone.now().replace(minute=0, second=0, microsecond=0)
    given = at_once(*[partial(limits._knock, "network", hour) for _ in range(4)])

    assert not [one for one in given if isinstance(one, Exception)]
    assert Knock.objects.get().count == 4


def test_purging_twice_at_once_deletes_each_row_once() -> None:
    for _ in range(6):
        make_request()
    late = timezone.now() + timedelta(days=100)
    done = at_once(partial(retention.purge, late), partial(retention.purge, late))

    assert sum(one["requests"] for one in done) == 6
    assert not CallRequest.objects.exists()


def test_a_process_killed_in_the_middle_of_a_save_leaves_all_or_nothing() -> None:
    """Whatever stops the work, at whichever statement: the row, its attempt, its token and the log agree."""
    ana, _ = staff()
    row = make_request()
    for stops_at in range(1, 12):
        seen = 0

        def killer(
            execute: Any, sql: str, params: Any, many: bool, context: Any, limit: int = stops_at
        ) -> Any:
            nonlocal seen
            if sql.startswith(("INSERT", "UPDATE", "DELETE")):
                seen += 1
                if seen == limit:
                    raise KeyboardInterrupt
            return execute(sql, params, many, context)

        before = (Attempt.objects.count(), DoneAction.objects.count(), AccessEntry.objects.count())
        with suppress(KeyboardInterrupt), connection.execute_wrapper(killer):
            desk.log_outcome(row.pk, ana, token(), "reached")
        after = (Attempt.objects.count(), DoneAction.objects.count(), AccessEntry.objects.count())
        assert {b - a for a, b in zip(before, after, strict=True)} in ({0}, {1})
        assert not verify().fault


def test_a_double_click_on_the_form_is_one_request() -> None:
    client = Client()
    page = client.get("/call-me/").content.decode()
    signed = page.split('name="token" value="')[1].split('"')[0]
    fields = form(token=signed)

    def click() -> int:
        return int(Client().post("/call-me/", fields).status_code)

    assert at_once(click, click) == [303, 303]
    assert CallRequest.objects.count() == CancelCode.objects.count() == 1


@pytest.mark.postgresql
def test_postgresql_cut_off_in_the_middle_of_a_save_leaves_all_or_nothing() -> None:
    """As when the server is restarted under load: the connection ends at each statement in turn."""
    ana, _ = staff()
    row = make_request()
    for stops_at in range(1, 9):
        seen = 0

        def cutter(
            execute: Any, sql: str, params: Any, many: bool, context: Any, limit: int = stops_at
        ) -> Any:
            nonlocal seen
            if sql.startswith(("INSERT", "UPDATE", "DELETE")):
                seen += 1
                if seen == limit:
                    context["cursor"].connection.close()
            return execute(sql, params, many, context)

        before = (Attempt.objects.count(), DoneAction.objects.count(), AccessEntry.objects.count())
        with suppress(OperationalError, InterfaceError), connection.execute_wrapper(cutter):
            desk.log_outcome(row.pk, ana, token(), "reached")
        connection.close()
        after = (Attempt.objects.count(), DoneAction.objects.count(), AccessEntry.objects.count())
        assert {b - a for a, b in zip(before, after, strict=True)} in ({0}, {1})
        assert not verify().fault
