"""Floods: what programs send is put aside, what people send goes through, and no address is kept."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import signing
from django.test import Client

from screening.intake import limits, queue
from screening.intake.choices import State
from screening.intake.models import CallRequest, DayKey, Knock
from tests.intake.factories import OPEN_HOUR, ask, form, hidden
from tests.web.walk import Visitor, calm

pytestmark = pytest.mark.django_db

ADDRESSES = [f"203.0.{number}.1" for number in range(40)]  # forty networks


@pytest.fixture
def one_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    """Counts are kept by the hour; a test that the clock strikes in would count from nothing again."""
    monkeypatch.setattr(limits, "timezone", SimpleNamespace(now=lambda: OPEN_HOUR))


def states() -> dict[str, int]:
    return {state: CallRequest.objects.filter(state=state).count() for state in (State.OPEN, State.HELD)}


def send(network: str, **fields: Any) -> int:
    client = Client(REMOTE_ADDR=network)
    return int(client.post("/call-me/", form(**fields)).status_code)


def test_a_person_who_took_their_time_is_in_the_queue(now: Any) -> None:
    visitor = Visitor()
    visitor.open("/call-me/")
    later = datetime.now(UTC) + timedelta(seconds=20)
    now(later)
    assert visitor.post("/call-me/", {**hidden(visitor), **form()}).status_code == 303
    assert states() == {State.OPEN: 1, State.HELD: 0}


@pytest.mark.parametrize(
    "odd",
    [
        {"website": "http://x"},
        {"token": ""},
        {"token": "a:b:c"},
        {"token": signing.TimestampSigner().sign("x")},
    ],
)
@pytest.mark.usefixtures("unhurried")
def test_what_looks_like_a_program_is_put_aside_not_lost_and_told_nothing(odd: dict[str, str]) -> None:
    visitor = Visitor()
    visitor.open("/call-me/")
    reply = visitor.post("/call-me/", {**hidden(visitor), **form(name="Maybe real"), **odd})

    assert (reply.status_code, reply["Location"]) == (303, "/call-me/done/")
    assert states() == {State.OPEN: 0, State.HELD: 1}


def test_a_form_sent_back_in_no_time_is_put_aside() -> None:
    assert ask(Visitor()).status_code == 303
    assert states() == {State.OPEN: 0, State.HELD: 1}


@pytest.mark.usefixtures("unhurried", "one_hour")
def test_a_flood_from_many_networks_fills_no_queue_and_real_people_come_through(
    monkeypatch: pytest.MonkeyPatch, ana: User
) -> None:
    monkeypatch.setattr(limits, "EVERYBODY_AN_HOUR", 8)
    for network in ADDRESSES:
        visitor = Visitor(REMOTE_ADDR=network)
        assert ask(visitor).status_code == 303
    assert states()[State.OPEN] == 8

    real = [ask(Visitor(REMOTE_ADDR=f"198.51.{n}.7").sit_down(calm()), name=f"Real {n}") for n in range(4)]
    assert [reply.status_code for reply in real] == [303] * 4
    names = {row.contact["name"] for row in queue.page("scheduled", 1, ana).rows}
    names |= {row.contact["name"] for row in queue.page("now", 1, ana).rows}
    assert {f"Real {n}" for n in range(4)} <= names


@pytest.mark.usefixtures("unhurried", "one_hour")
def test_one_network_is_looked_through_after_five_and_told_to_wait_after_twelve() -> None:
    statuses = [ask(Visitor(REMOTE_ADDR=f"198.51.100.{n}")).status_code for n in range(15)]

    assert statuses == [303] * 12 + [429] * 3
    assert states() == {State.OPEN: 5, State.HELD: 7}
    assert ask(Visitor(REMOTE_ADDR="198.51.101.1")).status_code == 303


@pytest.mark.usefixtures("unhurried")
def test_whoever_is_told_to_wait_keeps_what_they_typed_and_sees_whom_to_call(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "NETWORK_A_DAY", 0)
    visitor = Visitor()
    reply = ask(visitor, note="keep these words")

    assert reply.status_code == 429
    assert "keep these words" in reply.content.decode()
    assert "988" in visitor.page.text


@pytest.mark.usefixtures("unhurried", "one_hour")
def test_one_number_asked_for_again_and_again_is_looked_through() -> None:
    for number in range(5):
        ask(Visitor(REMOTE_ADDR=f"198.51.{number}.1"), phone="5550101212")
        CallRequest.objects.filter(state=State.OPEN).update(state=State.CLOSED)

    assert states() == {State.OPEN: 0, State.HELD: 1}


@pytest.mark.usefixtures("unhurried")
def test_when_even_the_pile_put_aside_is_full_the_form_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_HELD", 1)
    assert ask(Visitor(), website="x").status_code == 303
    assert ask(Visitor(), website="x").status_code == 429
    assert ask(Visitor()).status_code == 303


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2ff::1", "2001:db8:1:200::/56"),
        ("", ""),
        ("unix:", ""),
        ("1.2.3.4, 5.6.7.8", ""),
    ],
)
def test_a_network_is_a_part_of_an_address_or_nothing(
    rf: Any, settings: Any, address: str, network: str
) -> None:
    assert limits.network_of(rf.get("/", REMOTE_ADDR=address)) == network

    settings.TRUST_NETWORK_HEADER = True
    assert limits.network_of(rf.get("/", headers={"X-Network": address}, REMOTE_ADDR="")) == network
    settings.TRUST_NETWORK_HEADER = False
    assert limits.network_of(rf.get("/", headers={"X-Network": "203.0.113.77"}, REMOTE_ADDR="")) == ""


@pytest.mark.usefixtures("unhurried")
def test_no_address_is_stored_and_a_day_later_nothing_is_left_of_it(now: Any) -> None:
    ask(Visitor(REMOTE_ADDR="203.0.113.77"))
    rows = str([(bytes(knock.name), knock.count) for knock in Knock.objects.all()])
    assert "203.0" not in rows
    assert DayKey.objects.count() == 1

    limits.forget(datetime.now(UTC) + timedelta(hours=49))
    assert not Knock.objects.exists()
    assert not DayKey.objects.exists()


def test_the_same_network_has_another_name_on_another_day(now: Any) -> None:
    for day in range(2):
        now(OPEN_HOUR + timedelta(days=day))
        limits.judge(
            limits.Arrival("203.0.113.0/24", trap=False, age=timedelta(hours=1), finished_check=False), "x"
        )

    assert Knock.objects.count() == len({bytes(knock.name) for knock in Knock.objects.all()})


@pytest.mark.usefixtures("one_hour")
def test_codes_are_not_typed_by_the_thousand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "TYPED_CODES_AN_HOUR", {True: 3, False: 5})
    statuses = [Client().post("/call-me/cancel/", {"code": "x"}).status_code for _ in range(5)]

    assert statuses == [422] * 3 + [429] * 2
