"""Asking for a call: what is asked, what is kept, what is shown once, and how it is taken back."""

import json
import re
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as some
from hypothesis.extra.django import TestCase
from pytest_django import Settings

from screening.intake import consent, services
from screening.intake.choices import Allowed, Method, State, Window, Zone
from screening.intake.models import CallRequest, CancelCode, Notice
from screening.intake.summary import summary_of
from screening.services import open_check
from tests.intake.factories import SUMMARY, ask, form, hidden, make_request, receipt
from tests.web.walk import Visitor, calm

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unhurried")]

DONE = "/call-me/done/"
CODE = re.compile(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){4}")


def with_check(**answers: Any) -> Visitor:
    return Visitor().sit_down(calm(answers))


def test_a_person_without_a_check_asks_and_gets_a_reference_a_time_and_a_code() -> None:
    visitor = Visitor()

    reply = ask(visitor, name="Sam", phone="(555) 010-0199", note="Ask for Sam")

    assert reply.status_code == 303
    assert reply["Location"] == DONE
    row = CallRequest.objects.get()
    assert row.contact["name"] == "Sam"
    assert row.contact["value"] == "(555) 010-0199"  # as it was typed
    assert row.contact["note"] == "Ask for Sam"
    assert row.summary is None
    assert row.state == State.OPEN
    visitor.follow()
    assert row.reference in visitor.page.text
    assert CODE.search(visitor.page.text)
    assert "no-store" in visitor.response["Cache-Control"]


def test_nothing_is_allowed_unless_ticked_and_only_the_chosen_way_is_kept() -> None:
    visitor = Visitor()
    visitor.open("/call-me/")
    assert not [
        name for name, _, kind, checked in visitor.page.forms[0].controls if checked and kind == "checkbox"
    ]

    ask(visitor, allowed=[], method="email", email="sam@example.com", phone="555 010 7777")

    contact = CallRequest.objects.get().contact
    assert contact["allowed"] == []
    assert contact["value"] == "sam@example.com"
    assert "7777" not in json.dumps(contact)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": ""}, "name"),
        ({"method": ""}, "method"),
        ({"method": "pigeon"}, "method"),
        ({"phone": ""}, "phone"),
        ({"phone": "call me"}, "phone"),
        ({"phone": "12"}, "phone"),
        ({"phone": "1" * 30}, "phone"),
        ({"method": "email", "email": "sam"}, "email"),
        ({"windows": ["night"]}, "windows"),
        ({"zone": "Mars/Phobos"}, "zone"),
        ({"allowed": ["everything"]}, "allowed"),
        ({"agree": ""}, "agree"),
        ({"note": "x" * 301}, "note"),
    ],
)
def test_a_wrong_form_comes_back_with_what_was_typed_and_stores_nothing(
    wrong: dict[str, Any], field: str
) -> None:
    visitor = Visitor()

    reply = ask(visitor, **{"note": "keep these words", **wrong})

    assert reply.status_code == 422
    assert f'id="id_{field}_error"' in reply.content.decode()
    assert "note" in wrong or "keep these words" in reply.content.decode()
    assert visitor.page.title.startswith("Error:")
    assert not CallRequest.objects.exists()


@pytest.mark.parametrize(
    "phone",
    [
        "5550100199",
        "(555) 010-0199",
        "+1 555.010.0199",
        "1-555-010-0199",
        "555 010 0199 x12",
        "٥٥٥٠١٠٠١٩٩",
        "（５５５）０１０－０１９９",
    ],
)
def test_every_way_to_write_a_phone_number_is_taken(phone: str) -> None:
    assert ask(Visitor(), phone=phone).status_code == 303
    assert CallRequest.objects.get().contact["value"] == phone


@pytest.mark.parametrize(
    "phone",
    [
        "1 (555) 010-0199", "٥٥٥-٠١٠-٠١٩٩", "۵۵۵۰۱۰۰۱۹۹", "५५५०१००१९९", "５５５０１００１９９", "（５５５）０１０－０１９９",
        "＋１ ５５５ ０１０ ０１９９", "⑤⑤⑤⓪①⓪⓪①⑨⑨", "𝟓𝟓𝟓𝟎𝟏𝟎𝟎𝟏𝟗𝟗", "⁵⁵⁵⁰¹⁰⁰¹⁹⁹", "5٥５-010-0199",
    ],
)  # fmt: skip
def test_one_number_is_one_number_in_the_digits_of_any_script(phone: str) -> None:
    receipt(value="5550100199")
    receipt(value=phone)

    assert CallRequest.objects.get().contact["again"], "it joined the first"


@pytest.mark.parametrize(
    ("phone", "key"),
    [
        ("(555) 010-0199", "phone 5550100199"),
        ("+1 555.010.0199", "phone 5550100199"),
        ("555 010 0199 x12", "phone 555010019912"),
        ("+44 20 7946 0018", "phone 442079460018"),
    ],
)
def test_numbers_in_plain_digits_keep_the_key_they_always_had(phone: str, key: str) -> None:
    assert services.contact_key(Method.PHONE, phone) == key


def test_inputs_tell_browsers_what_they_are_for() -> None:
    html = Visitor().open("/call-me/").content.decode()

    for token in ("given-name", "tel", "email"):
        assert f'autocomplete="{token}"' in html


# --- answers ---------------------------------------------------------------------------------------------------------


def test_answers_are_sent_only_by_the_box_and_exactly_as_shown() -> None:
    visitor = with_check()
    visitor.open("/call-me/")
    shown = visitor.page.text
    fields = {**hidden(visitor), **form()}

    visitor.post("/call-me/", fields)
    assert CallRequest.objects.get().summary is None

    visitor.post("/call-me/", {**fields, **form(), "send_answers": "on"})
    stored = CallRequest.objects.filter(summary__isnull=False).get().summary
    assert stored == summary_of(open_check(visitor.token))
    for part in stored["parts"]:
        for line in (part["title"], *part["lines"]):
            assert " ".join(line.split()) in shown


def test_answers_changed_after_they_were_shown_are_shown_again_first() -> None:
    visitor = with_check()
    visitor.open("/call-me/")
    fields = {**hidden(visitor), **form(), "send_answers": "on", "summary": "0" * 32}

    assert visitor.post("/call-me/", fields).status_code == 422
    assert not CallRequest.objects.exists()


def test_without_a_finished_check_there_is_no_box_and_nothing_to_send() -> None:
    half = Visitor().sit_down(calm(upto="place_to_live"))
    teen = with_check(age="under_18") if "under_18" in str(calm({"age": "under_18"})) else half

    for visitor in (Visitor(), half, teen):
        visitor.open("/call-me/")
        assert "send_answers" not in visitor.response.content.decode()
        assert (
            visitor.post("/call-me/", {**hidden(visitor), **form(), "send_answers": "on"}).status_code == 303
        )
    assert not CallRequest.objects.filter(summary__isnull=False).exists()


def test_the_result_page_leads_to_the_call() -> None:
    visitor = with_check()
    visitor.go("result")

    assert visitor.page.link("Ask for a call") == "/call-me/"


def test_what_was_agreed_to_is_kept_with_its_version_and_words() -> None:
    visitor = with_check()
    visitor.open("/call-me/")
    visitor.post("/call-me/", {**hidden(visitor), **form(allowed=["text"]), "send_answers": "on"})

    kept = {one["box"]: one for one in CallRequest.objects.get().consents}
    assert set(kept) == {"call", "answers", "text"}
    assert kept["call"]["version"] == consent.VERSION
    assert kept["call"]["language"] == "en"
    assert len(kept["call"]["sha256"]) == 64
    assert kept["call"]["sha256"] != kept["answers"]["sha256"]


# --- sent twice, asked twice -----------------------------------------------------------------------------------------


def test_the_same_form_sent_twice_is_one_request_with_one_code() -> None:
    visitor = Visitor()
    visitor.open("/call-me/")
    fields = {**hidden(visitor), **form()}

    codes = []
    for _ in range(3):
        visitor.post("/call-me/", fields)
        visitor.follow()
        codes += CODE.findall(visitor.page.text)

    assert len(codes) == 3
    assert len(set(codes)) == 1
    assert CallRequest.objects.count() == CancelCode.objects.count() == 1
    assert CallRequest.objects.get().contact["again"] == []


def test_a_second_request_for_one_number_joins_the_first_and_only_the_stricter_rules_hold() -> None:
    first = make_request(value="(555) 010-3333", name="Sam", allowed=("voicemail", "text"))

    second = receipt(
        value="+1 555 010 3333", name="Sammy", allowed=("text", "say_site"), note="Evenings, please"
    )

    row = CallRequest.objects.get()
    assert second.reference == first.reference
    assert row.contact["name"] == "Sam"
    assert row.contact["allowed"] == ["text"]
    assert [one["name"] for one in row.contact["again"]] == ["Sammy"]
    assert row.codes.count() == 2


def test_answers_that_come_later_never_take_the_place_of_the_first_and_are_marked() -> None:
    make_request(value="5550104141", summary=SUMMARY)
    receipt(value="5550104141", summary={**SUMMARY, "heading": "of a stranger", "danger": True})
    row = CallRequest.objects.get()
    assert row.summary == SUMMARY
    assert not row.contact["danger"]

    CallRequest.objects.all().delete()
    make_request(value="5550104141")
    receipt(value="5550104141", summary=SUMMARY)
    assert CallRequest.objects.get().contact["summary_came_later"]


def test_a_new_and_a_known_number_get_the_same_kind_of_answer() -> None:
    make_request(value="5550105555")
    pages = []
    for phone in ("5550105555", "5550106666"):
        visitor = Visitor()
        reply = ask(visitor, phone=phone)
        visitor.follow()
        pages.append((reply.status_code, reply["Location"], len(visitor.response.content)))

    # A compressed or padded page may differ by a byte; what is said may not.
    assert pages[0][:2] == pages[1][:2]
    assert abs(pages[0][2] - pages[1][2]) < 32


def test_asking_again_after_it_was_closed_opens_a_new_request() -> None:
    row = make_request(value="5550107777")
    CallRequest.objects.filter(pk=row.pk).update(state=State.CLOSED)

    assert make_request(value="5550107777").pk != row.pk


# --- shown once, and taken back --------------------------------------------------------------------------------------


def test_the_page_opened_again_later_or_elsewhere_helps_and_shows_nothing() -> None:
    visitor = Visitor()
    ask(visitor)
    visitor.follow()
    reference = CallRequest.objects.get().reference

    stranger = Visitor()
    for cookie in ("", "x", "é" * 10, "gAAAAA" + "A" * 80):
        stranger.client.cookies[settings.RECEIPT_COOKIE_NAME] = cookie
        stranger.open(DONE)
        assert stranger.response.status_code == 200
        assert reference not in stranger.page.text
        assert not CODE.search(stranger.page.text)


def test_ten_minutes_later_the_code_is_not_shown_any_more(monkeypatch: pytest.MonkeyPatch) -> None:
    visitor = Visitor()
    ask(visitor)
    monkeypatch.setattr("screening.intake.receipts.MINUTES", -1)
    ask(visitor)

    assert not CODE.search(visitor.open(DONE).content.decode())


@pytest.mark.parametrize("way", ["leave", "clear"])
def test_leaving_or_clearing_takes_the_code_from_the_device(way: str) -> None:
    visitor = with_check()
    ask(visitor)
    assert visitor.client.cookies[settings.RECEIPT_COOKIE_NAME].value

    visitor.go(way)
    if way == "clear":
        visitor.send()

    assert not visitor.client.cookies[settings.RECEIPT_COOKIE_NAME].value


@pytest.mark.parametrize(
    "spoken", [str, str.lower, lambda code: code.replace("-", " "), lambda code: f"  {code}  "]
)
def test_the_code_deletes_everything_at_once_however_it_is_typed(spoken: Any) -> None:
    visitor = Visitor()
    ask(visitor)
    visitor.follow()
    code = CODE.findall(visitor.page.text)[0]
    other = make_request()

    visitor.open("/call-me/cancel/")
    reply = visitor.post("/call-me/cancel/", {**hidden(visitor), "code": spoken(code)})

    assert reply.status_code == 303
    assert list(CallRequest.objects.all()) == [other]
    assert visitor.follow().status_code == 200
    assert code not in visitor.path


@pytest.mark.parametrize("code", ["", "x", "0" * 20, "0000-0000-0000", "ÄÖÜ", "Z" * 60])
def test_a_wrong_code_deletes_nothing_and_says_so(code: str) -> None:
    row = make_request()
    visitor = Visitor()
    visitor.open("/call-me/cancel/")

    assert visitor.post("/call-me/cancel/", {**hidden(visitor), "code": code}).status_code == 422
    assert CallRequest.objects.filter(pk=row.pk).exists()


def test_a_code_has_at_least_ninety_bits_and_is_stored_as_a_keyed_hash_only() -> None:
    given = receipt()

    assert len(given.code) * 5 >= 90
    stored = bytes(CancelCode.objects.get().digest)
    assert given.code.encode() not in stored
    assert len(stored) == 32


# --- anything at all -------------------------------------------------------------------------------------------------

WORDS = some.one_of(
    some.text(max_size=400),
    some.sampled_from(
        ["", "on", "me", "phone", "\u202e", "‘; DROP", "9" * 400, "{{7*7}}", "%s%n", "-1", "null"]
    ),
    some.sampled_from([*Method.values, *Window.values, *Zone.values, *Allowed.values]),
)
FIELDS = [
    "name",
    "about",
    "method",
    "phone",
    "email",
    "windows",
    "zone",
    "language",
    "other_language",
    "relay",
]
FIELDS += [
    "allowed",
    "note",
    "send_answers",
    "agree",
    "website",
    "token",
    "summary",
    "code",
    "owner",
    "state",
    "id",
]


class AnythingAtAll(TestCase):
    @effort(max_examples=25)
    @given(some.dictionaries(some.sampled_from(FIELDS), some.one_of(WORDS, some.lists(WORDS, max_size=3))))
    def test_whatever_is_sent_the_answer_is_a_page(self, sent: dict[str, Any]) -> None:
        body = {**form(), **sent}
        try:
            [str(value).encode() for value in body.values()]
        except UnicodeEncodeError:
            return
        for path in ("/call-me/", "/call-me/cancel/"):
            assert Client().post(path, body).status_code in (303, 400, 422, 429)


def test_no_query_is_taken() -> None:
    for path in ("/call-me/", DONE, "/call-me/cancel/", "/call-me/cancelled/"):
        assert Visitor().open(f"{path}?name=Sam").status_code == 400


def test_without_keys_the_form_is_shut_and_the_check_goes_on(settings: Settings) -> None:
    settings.CONTACT_KEYS = []
    visitor = Visitor()

    assert ask(visitor).status_code == 503
    assert "988" in visitor.page.text
    assert visitor.go("start").status_code == 200
    assert not CallRequest.objects.exists()


def test_a_request_leaves_one_notice_for_staff_and_sends_nothing_itself() -> None:
    for _ in range(3):
        services.create_request(name="Sam", value=f"55501088{_}8")

    assert Notice.objects.count() == 1
    assert mail.outbox == []


def test_a_form_whose_cookie_is_gone_comes_back_with_every_word_and_is_saved_at_the_next_press() -> None:
    visitor = Visitor()
    visitor.open("/call-me/")
    body = {**hidden(visitor), **form(name="Sam", note="keep these words"), "foreign": "x"}
    visitor.client.cookies.clear()

    reply = visitor.post("/call-me/", body)
    assert reply.status_code == 403
    assert "foreign" not in reply.content.decode()
    again = visitor.page.forms[0]
    visitor.post(again.action, again.hidden())

    assert visitor.response.status_code == 303
    assert CallRequest.objects.get().contact["note"] == "keep these words"
