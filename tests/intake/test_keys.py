"""Locks: what the database holds without the keys, a key replaced under way, and a code that opens one envelope."""

import json
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import FieldError
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from iopguide import keyring
from iopguide.staff import adapters
from screening.intake import access_log, codes, desk, fields, handoff, retention, services
from screening.intake.access_log import verify
from screening.intake.fields import EncryptedField
from screening.intake.models import CallRequest, HandoffCode, Note
from screening.intake.summary import summary_of
from screening.services import open_check
from tests.intake.factories import SUMMARY, make_request, receipt, token
from tests.web.walk import Visitor, calm

pytestmark = pytest.mark.django_db

OLD, NEW = "the-old-key-" + "o" * 40, "the-new-key-" + "n" * 40
SENTINEL = "zqxsentinelqz"
PAGE = "/result/code/"


def everything_stored() -> bytes:
    """Every column of every row of the desk, as the database holds it."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith("intake_"):
                cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608  names from the database itself
                found += [
                    bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode()
                    for r in cursor
                    for v in r
                ]
    return b"\n".join(found)


def test_the_database_without_the_key_tells_nothing_about_anybody(ana: User) -> None:
    row = make_request(
        name=SENTINEL, value=f"{SENTINEL}@example.com", method="email", note=SENTINEL, other_language=SENTINEL,
        summary={**SUMMARY, "heading": SENTINEL}, allowed=("voicemail",),
    )  # fmt: skip
    receipt(value=f"{SENTINEL}@example.com", method="email", name=SENTINEL)
    desk.add_note(row.pk, ana, token(), SENTINEL)
    desk.place(row.pk, ana, token(), "residential", "clinical")
    handoff.make({**SUMMARY, "heading": SENTINEL}, SENTINEL)

    stored = everything_stored()
    assert row.reference.encode() in stored
    for word in (SENTINEL, "voicemail", "residential", "morning", "iop"):
        assert word.encode() not in stored


def test_a_locked_field_gives_back_what_it_was_given_and_never_the_same_bytes() -> None:
    field = EncryptedField()
    for value in ("", "Lucía", {"a": [1, None, "ß"]}, [], 0, False):
        token, again = field.get_prep_value(value), field.get_prep_value(value)
        assert token != again
        assert field.from_db_value(token, None, connection) == value
    assert field.get_prep_value(None) is None


@pytest.mark.parametrize("lookup", ["exact", "contains", "in", "gt", "name"])
def test_a_locked_field_cannot_be_searched(lookup: str) -> None:
    with pytest.raises(FieldError):
        CallRequest.objects.filter(**{f"contact__{lookup}": "x"}).exists()
    with pytest.raises(FieldError):
        CallRequest.objects.filter(contact="x").exists()


def test_a_wrong_key_fails_and_never_gives_the_locked_text_for_the_plain_one(settings: Any) -> None:
    make_request()
    settings.CONTACT_KEYS = [NEW]
    with pytest.raises(keyring.KeyMissing):
        CallRequest.objects.get()
    settings.CONTACT_KEYS = []
    with pytest.raises(keyring.KeyMissing):
        make_request()


@pytest.mark.parametrize(
    "ask",
    [
        lambda: keyring.lock("this", b"text"),
        lambda: keyring.unlock("this", b"token"),
        lambda: keyring.keyed_hash("this", "value"),
        lambda: keyring.keyed_hashes("this", "value"),
    ],
)
def test_without_keys_nothing_is_locked_opened_or_found(settings: Any, ask: Callable[[], object]) -> None:
    settings.CONTACT_KEYS = []
    with pytest.raises(keyring.KeyMissing):
        ask()


def test_the_key_of_one_purpose_opens_nothing_of_another(settings: Any) -> None:
    settings.CONTACT_KEYS = [OLD]
    token = keyring.lock("this", SENTINEL.encode())
    settings.CONTACT_KEYS = [NEW, OLD]
    assert keyring.unlock("this", token) == SENTINEL.encode()
    with pytest.raises(keyring.KeyMissing):
        keyring.unlock("that", token)
    assert keyring.keyed_hash("this", "value") != keyring.keyed_hash("that", "value")


@pytest.mark.parametrize(
    ("purpose", "begins"),
    [
        (fields.PURPOSE, "25f48ff8"),
        (services.CONTACT, "81c6a6a2"),
        (services.CANCEL, "a25a7a74"),
        (handoff.OWNER, "c592ca2f"),
        ("intake hand-off", "97cae1b2"),
        (access_log.PURPOSE, "3748a706"),
        (retention.PURPOSE, "a6f81c35"),
        (adapters.PURPOSE, "cd26d967"),
    ],
)
def test_a_purpose_keeps_its_name_since_all_that_is_stored_hangs_on_it(purpose: str, begins: str) -> None:
    assert keyring.derive(OLD, purpose).hex()[:8] == begins


def test_without_keys_a_check_is_cleared_and_the_pages_for_codes_are_shut(settings: Any) -> None:
    visitor = Visitor().sit_down(calm())
    page_code(visitor)
    settings.CONTACT_KEYS = []

    assert visitor.open(PAGE).status_code == 503
    visitor.go("clear")
    assert visitor.send().status_code == 303
    assert visitor.open(PAGE).status_code == 410


# --- a key replaced --------------------------------------------------------------------------------------------------


def test_a_key_is_replaced_and_the_old_one_dropped_with_nothing_lost(settings: Any, ana: User) -> None:
    settings.CONTACT_KEYS = [OLD]
    given = receipt(value="5550101111", summary=SUMMARY)
    row = CallRequest.objects.get()
    desk.add_note(row.pk, ana, token(), "a note")

    settings.CONTACT_KEYS = [NEW, OLD]
    assert receipt(value="5550101111", name="Sammy").reference == given.reference  # known under the old key
    out = StringIO()
    call_command("rotate_contact_keys", stdout=out)
    assert "1 requests" in out.getvalue()

    settings.CONTACT_KEYS = [NEW]
    row = CallRequest.objects.get()
    assert row.contact["value"] == "5550101111"
    assert row.summary == SUMMARY
    assert Note.objects.get().text == "a note"
    assert not verify().fault
    assert receipt(value="5550101111").reference == given.reference


def test_an_old_code_works_as_long_as_its_key_is_listed(settings: Any) -> None:
    settings.CONTACT_KEYS = [OLD]
    first, second = receipt(), receipt()
    settings.CONTACT_KEYS = [NEW]
    assert not services.cancel(first.code)
    settings.CONTACT_KEYS = [NEW, OLD]
    assert services.cancel(first.code)
    assert services.cancel(second.code)


def test_rotating_without_the_old_key_stops_and_says_so(settings: Any) -> None:
    make_request()
    settings.CONTACT_KEYS = [NEW]
    with pytest.raises(CommandError, match="nothing is lost"):
        call_command("rotate_contact_keys")


# --- hand-off codes --------------------------------------------------------------------------------------------------


def page_code(visitor: Visitor) -> str:
    visitor.open(PAGE)
    visitor.post(PAGE, {**visitor.page.forms[0].hidden(), "make": "1"})
    visitor.follow()
    shown = next(line for line in visitor.page.text.split() if line.count("-") == 2 and len(line) == 14)
    assert codes.read(shown)
    return shown


def test_the_person_makes_a_code_staff_type_it_and_it_is_counted(desk: Client) -> None:
    visitor = Visitor().sit_down(calm())
    code = page_code(visitor)
    summary = summary_of(open_check(visitor.token))

    for typed in (code, code.lower().replace("-", " "), f" {code} "):
        html = desk.post("/staff/intake/callrequest/code/", {"code": typed}).content.decode()
        assert summary["heading"] in html

    assert HandoffCode.objects.get().uses == 3
    visitor.open(PAGE)
    assert "Staff have opened it 3 times." in visitor.page.text


def test_a_code_ends_by_time_by_the_person_and_by_clearing(desk: Client, now: Any) -> None:
    visitor = Visitor().sit_down(calm())

    def opens(code: str) -> bool:
        return desk.post("/staff/intake/callrequest/code/", {"code": code}).status_code == 200

    first = page_code(visitor)
    second = page_code(visitor)
    assert not opens(first)  # a new one stops the old
    assert opens(second)

    visitor.open(PAGE)
    visitor.post(PAGE, {**visitor.page.forms[0].hidden(), "stop": "1"})
    assert not opens(second)

    third = page_code(visitor)
    visitor.open("/call-me/cancel/")
    assert (
        visitor.post("/call-me/cancel/", {**visitor.page.forms[0].hidden(), "code": third}).status_code == 303
    )
    assert not opens(third)

    fourth = page_code(visitor)
    visitor.go("clear")
    visitor.send()
    assert not opens(fourth)
    assert not HandoffCode.objects.exists()

    code, ends = handoff.make(SUMMARY, "somebody")
    now(ends)
    assert not opens(code)


def test_the_database_alone_opens_no_envelope(settings: Any) -> None:
    code, _ = handoff.make({**SUMMARY, "heading": SENTINEL}, "somebody")
    row = HandoffCode.objects.get()
    stored = everything_stored()
    assert code.encode() not in stored
    assert SENTINEL.encode() not in stored

    settings.CONTACT_KEYS = [NEW]  # the right code, and a server that is not ours
    assert handoff.open_code(code, User.objects.create(username="thief")) is None
    assert HandoffCode.objects.get().uses == row.uses == 0


def test_an_envelope_that_was_tampered_with_does_not_open(ana: User) -> None:
    code, _ = handoff.make(SUMMARY, "somebody")
    sealed = bytearray(HandoffCode.objects.get().sealed)
    sealed[-1] ^= 1
    HandoffCode.objects.update(sealed=bytes(sealed))

    assert handoff.open_code(code, ana) is None


def test_guessing_codes_is_stopped_after_twenty(desk: Client) -> None:
    statuses = [desk.post("/staff/intake/callrequest/code/", {"code": "x"}).status_code for _ in range(22)]

    assert statuses[:20] == [422] * 20
    assert statuses[20:] == [429] * 2


def test_codes_are_read_as_people_write_them() -> None:
    assert codes.read("o0iI-l1 ab") == "001111AB"
    assert codes.read("ABCU") == ""
    assert codes.read("١٢") == ""
    assert codes.shown("ABCDEFGH") == "ABCD-EFGH"
    assert len({codes.random_code(codes.HANDOFF_SIGNS) for _ in range(500)}) == 500


def test_a_visitor_without_a_finished_check_makes_no_code() -> None:
    assert Visitor().open(PAGE).status_code == 410
    half = Visitor().sit_down(calm(upto="place_to_live"))
    assert half.open(PAGE).status_code == 303


def test_what_the_summary_holds_is_what_the_page_shows() -> None:
    visitor = Visitor().sit_down(calm())
    visitor.open(PAGE)
    summary = summary_of(open_check(visitor.token))

    shown = visitor.page.text
    assert summary["heading"] in shown
    assert all(" ".join(line.split()) in shown for part in summary["parts"] for line in part["lines"])
    assert json.loads(json.dumps(summary)) == summary
