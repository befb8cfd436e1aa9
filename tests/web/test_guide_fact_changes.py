"""Numbers that somebody may act on in need take two people: one proposes, another confirms, and until then nothing moves."""

from datetime import date
from functools import partial
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from iopguide.attention import waiting_for
from programs import fact_changes, services
from programs.editing import board
from programs.models import Fact, FactChange, Frozen, Page, Source
from tests.web.guide_staff import at, content, draft, page, person, signed_in
from tests.web.test_races import at_once

pytestmark = pytest.mark.django_db

State = FactChange.State
ROW = {
    "key": "line",
    "kind": "phone",
    "label_en": "Line",
    "label_es": "Línea",
    "en": "988",
    "es": "988",
    "dial": "988",
}
SENT = {**{name: text for name, text in ROW.items() if name != "key"}, "why": "Their site gives a new number"}


@pytest.fixture
def ben() -> User:
    return person("ben", "publisher", first_name="Ben", last_name="Li")


@pytest.fixture
def eva() -> User:
    return person("eva", "publisher", first_name="Eva", last_name="Lin")


@pytest.fixture
def fact() -> Fact:
    return Fact.objects.create(**ROW)


def place(of: Fact, rest: str = "change/") -> str:
    return f"/staff/programs/fact/{of.pk}/{rest}"


def send(who: User, of: Fact, **changes: Any) -> Any:
    return signed_in(who).post(place(of), {**SENT, **changes})


def decide(who: User, change: FactChange, what: str, **sent: str) -> Any:
    return signed_in(who).post(place(change.fact, f"changes/{change.pk}/{what}/"), sent)


def said(of: Fact) -> str:
    return Fact.objects.values_list("en", flat=True).get(pk=of.pk)


def shown(of: Page) -> str:
    return Client().get(f"/families/{of.slug_en}/").content.decode()


@pytest.fixture
def calm() -> Page:
    of = page(live=False, place="families")
    services.start_with(of, content(en_part_1="<p>Call [[line]] now.</p>"), note="x")
    return of


def test_a_new_number_waits_until_somebody_else_confirms_it(
    calm: Page, fact: Fact, ben: User, eva: User
) -> None:
    source = Source.objects.get_or_create(
        key="s2", title="Their site", publisher="SAMHSA", url="https://samhsa.gov/"
    )[0]
    assert "988" in shown(calm)
    version = services.current_version()
    answer = send(ben, fact, en="999", es="999", dial="999", source=source.pk, checked="2024-01-05")
    assert answer.status_code == 302
    assert (said(fact), services.current_version()) == ("988", version)
    change = FactChange.objects.get()
    assert (change.state, change.proposed_by, change.en, change.source) == (State.WAITING, ben, "999", source)
    assert (change.checked, change.why, change.before["en"]) == (date(2024, 1, 5), SENT["why"], "988")

    html = signed_in(eva).get(place(fact)).content.decode()
    for words in (
        "Ben Li proposed this",
        SENT["why"],
        "<del>988</del>",
        "<ins>999</ins>",
        "Their site",
        "5 January 2024",
    ):
        assert words in html
    assert at(calm, "change") in html.split("What would change")[1].split("Confirm the change")[0]
    assert 'name="en"' not in html  # nothing else is changed meanwhile
    assert decide(eva, change, "confirm", note="Called it").status_code == 302

    fact.refresh_from_db()
    assert (fact.en, fact.dial, fact.source, fact.checked) == ("999", "999", source, date(2024, 1, 5))
    assert "999" in shown(calm)
    change.refresh_from_db()
    assert (change.state, change.decided_by, change.answer) == (State.CONFIRMED, eva, "Called it")
    html = signed_in(ben).get(place(fact)).content.decode()
    for words in ("Confirmed", "Eva Lin", "proposed by Ben Li", "Answer: Called it"):
        assert words in html


@pytest.mark.parametrize("what, note", [("confirm", ""), ("refuse", "x")])
def test_nobody_decides_about_what_they_proposed(what: str, note: str, fact: Fact) -> None:
    root = person("root", is_superuser=True)
    send(root, fact, en="999")
    change = FactChange.objects.get()
    html = signed_in(root).get(place(fact)).content.decode()
    assert "somebody else must confirm it" in html
    assert "Confirm the change" not in html

    assert decide(root, change, what, note=note).status_code == 422

    change.refresh_from_db()
    assert (change.state, said(fact)) == (State.WAITING, "988")


def test_refused_with_a_reason_or_withdrawn_it_stays_as_it_was(fact: Fact, ben: User, eva: User) -> None:
    send(ben, fact, en="999")
    change = FactChange.objects.get()
    answer = decide(eva, change, "refuse", note="  ")
    assert answer.status_code == 422
    assert "Say why in a sentence." in answer.content.decode()
    assert decide(eva, change, "withdraw").status_code == 422
    assert decide(eva, change, "refuse", note="It is a private line").status_code == 302
    assert "It is a private line" in signed_in(ben).get(place(fact)).content.decode()

    send(ben, fact, en="997")
    again = FactChange.objects.get(state=State.WAITING)
    assert decide(ben, again, "withdraw").status_code == 302

    assert said(fact) == "988"
    assert list(FactChange.objects.values_list("state", flat=True)) == [State.WITHDRAWN, State.REFUSED]
    for what in ("confirm", "refuse", "withdraw"):
        late = decide(eva, change, what, note="x")
        assert late.status_code == 422
        assert "This change is refused by now." in late.content.decode()


@pytest.mark.parametrize("kind", ["phone", "law", "hours", "number"])
def test_every_kind_that_counts_takes_two_and_a_reason(kind: str, ben: User) -> None:
    fact = Fact.objects.create(**{**ROW, "kind": kind})

    answer = send(ben, fact, kind=kind, en="999", why=" ")
    assert "Whoever confirms it reads it." in answer.content.decode()
    assert not FactChange.objects.exists()
    send(ben, fact, kind=kind, en="999")
    assert FactChange.objects.get().state == State.WAITING


@pytest.mark.parametrize("changes", [{"label_es": "Otra"}, {"dial": "911"}, {"es": "999"}, {"kind": "link"}])
def test_whatever_of_it_changes_waits_and_no_kind_is_a_way_round(
    changes: dict[str, str], fact: Fact, ben: User
) -> None:
    send(ben, fact, **changes)

    assert FactChange.objects.get().state == State.WAITING
    link = Fact.objects.create(**{**ROW, "key": "site", "kind": "link", "en": "a.gov", "es": "a.gov"})
    send(ben, link, kind="phone", en="999")
    assert link.changes.get().state == State.WAITING


def test_a_web_address_and_the_day_it_was_looked_up_are_changed_at_once(fact: Fact, ben: User) -> None:
    link = Fact.objects.create(**{**ROW, "key": "site", "kind": "link", "en": "a.gov", "es": "a.gov"})
    services.changed()
    version = services.current_version()

    assert send(ben, link, kind="link", en="b.gov", es="b.gov", key="other", why="").status_code == 302
    assert send(ben, fact, checked="2024-01-05", next_check="2024-04-04", why="").status_code == 302

    assert services.current_version() == version + 2
    assert said(link) == "b.gov"
    fact.refresh_from_db()
    assert (fact.key, fact.en, fact.checked) == ("line", "988", date(2024, 1, 5))
    assert set(FactChange.objects.values_list("state", "decided_by")) == {(State.AT_ONCE, ben.pk)}
    assert "Looked up again; it says the same." in signed_in(ben).get(place(fact)).content.decode()


def test_nothing_changed_is_no_change(fact: Fact, ben: User) -> None:
    assert send(ben, fact).status_code == 302
    assert not FactChange.objects.exists()


def test_one_change_waits_at_a_time(fact: Fact, ben: User, eva: User) -> None:
    send(ben, fact, en="999")

    assert send(eva, fact, en="997").status_code == 302
    with pytest.raises(services.NotPossible):
        fact_changes.change(fact, {"en": "997"}, by=eva, why="x")

    assert FactChange.objects.get().en == "999"


def test_a_fact_that_says_something_else_by_now_is_not_overwritten(fact: Fact, ben: User, eva: User) -> None:
    send(ben, fact, en="999")
    Fact.objects.update(en="997")  # by hand, in the database

    assert decide(eva, FactChange.objects.get(), "confirm").status_code == 422
    assert said(fact) == "997"


def test_what_was_proposed_never_changes_and_two_never_wait(fact: Fact, ben: User) -> None:
    change = fact_changes.change(fact, {"en": "999"}, by=ben, why="x")
    assert change
    change.en = "997"
    with pytest.raises(Frozen):
        change.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        FactChange.objects.create(fact=fact, before={}, kind="phone", en="1")
    assert FactChange.objects.get().en == "999"


def test_a_fact_with_a_past_stays_and_a_new_one_waits_for_its_words(
    fact: Fact, ben: User, calm: Page
) -> None:
    calm.revisions.all().update(content={})
    client = signed_in(ben)
    assert client.get(place(fact, "delete/")).status_code == 200
    send(ben, fact, en="999")
    assert client.post(place(fact, "delete/"), {"post": "yes"}).status_code == 403

    calm.revisions.all().update(content=content(en_part_1="<p>[[new_line]]</p>"))
    sent = {**SENT, "key": "new_line"}
    refused = client.post("/staff/programs/fact/add/", sent)
    assert "Pages name this already" in refused.content.decode()
    assert client.post("/staff/programs/fact/add/", {**sent, "key": "unnamed"}).status_code == 302
    assert set(Fact.objects.values_list("key", flat=True)) == {"line", "unnamed"}


@pytest.mark.parametrize("role, status", [("anonymous", 302), ("staff", 403), ("editor", 403)])
def test_deciding_is_for_publishers(role: str, status: int, fact: Fact, ben: User) -> None:
    change = fact_changes.change(fact, {"en": "999"}, by=ben, why="x")
    assert change
    client = (
        Client() if role == "anonymous" else signed_in(person("otto", *([role] if role != "staff" else [])))
    )

    answers = {
        client.post(place(fact, f"changes/{change.pk}/{what}/"), {"note": "x"}).status_code
        for what in ("confirm", "refuse", "withdraw")
    }

    assert answers == {status}
    assert FactChange.objects.get().state == State.WAITING


def test_odd_addresses_and_odd_words_cause_no_failure(fact: Fact, ben: User, eva: User) -> None:
    change = fact_changes.change(fact, {"en": "999"}, by=ben, why="x")
    assert change
    client = signed_in(eva)
    other = Fact.objects.create(**{**ROW, "key": "other"})

    assert client.post(place(fact, "changes/99999999999999999999/confirm/")).status_code == 404
    assert client.post(place(other, f"changes/{change.pk}/confirm/")).status_code == 404
    assert client.post(place(fact, f"changes/{change.pk}/explode/")).status_code == 404
    assert client.get(place(fact, f"changes/{change.pk}/confirm/")).status_code == 302
    assert decide(eva, change, "refuse", note="n" * 501).status_code == 422
    for changes in (
        {"source": "999"},
        {"checked": "x"},
        {"kind": "x"},
        {"en": ""},
        {"why": "w" * 501},
        {"dial": "9" * 21},
    ):
        assert send(ben, other, **changes).status_code == 200, changes  # shown again, as the admin does
    assert send(ben, other, checked="2024-01-05", next_check="2024-01-05").status_code == 200
    assert FactChange.objects.count() == 1


def test_the_board_the_list_and_the_front_page_show_what_waits(fact: Fact, ben: User, eva: User) -> None:
    send(ben, fact, en="999")

    found = {section.key: [item.words for item in section.items] for section in board.board()}
    assert found["proposed"] == ["Line: 988 → 999"]
    assert "waits for a second person" in signed_in(eva).get("/staff/programs/fact/").content.decode()
    waiting = "changes of facts wait for your word"
    assert [one.count for one in waiting_for(eva) if one.what == waiting] == [1]
    assert not [one for one in waiting_for(ben) if one.what == waiting]
    assert not [one for one in waiting_for(person("ana", "editor")) if one.what == waiting]
    ben.delete()
    assert [one.count for one in waiting_for(eva) if one.what == waiting] == [1]


def test_a_page_of_a_fact_asks_as_often_whatever_its_past_and_its_uses(
    fact: Fact, ben: User, eva: User
) -> None:
    client = signed_in(eva)

    def asked(where: str) -> int:
        with CaptureQueriesContext(connection) as context:
            assert client.get(where).status_code == 200
        return len(context)

    def fill(start: int, count: int) -> None:
        for number in range(start, start + count):
            change = fact_changes.change(fact, {"en": f"N {number}"}, by=ben, why="x")
            assert change
            fact_changes.confirm(change, by=eva)
            draft(page(key=f"page_{number}"), ben, en_part_1="<p>[[line]]</p>")

    fill(0, 1)
    fact_changes.change(fact, {"en": "999"}, by=ben, why="x")
    places = (place(fact), "/staff/programs/fact/")
    asked(places[0])
    few = [asked(one) for one in places]
    fact_changes.withdraw(FactChange.objects.get(state=State.WAITING), by=ben)
    fill(1, 5)
    fact_changes.change(fact, {"en": "999"}, by=ben, why="x")

    assert [asked(one) for one in places] == few
    assert max(few) <= 20


@pytest.mark.django_db(transaction=True)
def test_of_two_who_confirm_at_once_one_does() -> None:
    ben, eva, ida = (person(name, "publisher") for name in ("ben", "eva", "ida"))
    fact = Fact.objects.create(**ROW)
    services.changed()
    for turn in range(6):
        change = fact_changes.change(fact, {"en": f"99{turn}"}, by=ben, why="x")
        assert change
        version = services.current_version()

        done = at_once(*[partial(fact_changes.confirm, change, by=who) for who in (eva, ida)])

        assert sum(isinstance(one, services.NotPossible) for one in done) == 1, done
        assert done.count(None) == 1, done
        assert (said(fact), services.current_version()) == (f"99{turn}", version + 1)


@pytest.mark.django_db(transaction=True)
def test_confirmed_refused_and_withdrawn_at_once_it_is_one_of_them() -> None:
    ben, eva, ida = (person(name, "publisher") for name in ("ben", "eva", "ida"))
    for turn in range(4):
        fact = Fact.objects.create(**{**ROW, "key": f"line_{turn}"})
        change = fact_changes.change(fact, {"en": "999"}, by=ben, why="x")
        assert change

        done = at_once(
            partial(fact_changes.confirm, change, by=eva),
            partial(fact_changes.refuse, change, by=ida, note="x"),
            partial(fact_changes.withdraw, change, by=ben),
        )

        assert done.count(None) == 1, done
        assert sum(isinstance(one, services.NotPossible) for one in done) == 2, done
        change.refresh_from_db()
        assert (said(fact) == "999") == (change.state == State.CONFIRMED)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_propose_at_once_one_waits() -> None:
    ben, eva = (person(name, "publisher") for name in ("ben", "eva"))
    for turn in range(4):
        fact = Fact.objects.create(**{**ROW, "key": f"line_{turn}"})

        done = at_once(
            *[partial(fact_changes.change, fact, {"en": who.username}, by=who, why="x") for who in (ben, eva)]
        )

        assert sum(isinstance(one, services.NotPossible) for one in done) == 1, done
        assert fact.changes.count() == 1
