"""The log of who looked: every view leaves a row, no row holds a value, and no change of it goes unseen."""

import random
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from screening.intake import access_log, handoff
from screening.intake.access_log import log_access, verify
from screening.intake.models import AccessEntry, AccessHead, CallRequest, Frozen
from screening.intake.permissions import SENSITIVE_PERMISSIONS, requires_second_factor
from tests.intake.conftest import People, signed_in
from tests.intake.factories import SUMMARY, make_request, token

pytestmark = pytest.mark.django_db

QUEUE = "/staff/intake/callrequest/"
LOG = "/staff/intake/accessentry/"
SENTINEL = "zqxsentinelqz"


def last() -> AccessEntry:
    return AccessEntry.objects.latest("sequence")


# --- every look leaves a row -----------------------------------------------------------------------------------------


def test_every_page_with_contact_data_leaves_an_entry_that_names_who_and_which(
    desk: Client, ana: User
) -> None:
    row = make_request(name=SENTINEL, value=f"{SENTINEL}@example.com", method="email", note=SENTINEL)
    # In the drawer that is opened below, whatever day it is: a call asked for at night is due on the same day.
    CallRequest.objects.filter(pk=row.pk).update(due_at=timezone.now() + timedelta(days=3))
    looks: dict[str, Callable[[], Any]] = {
        "listed": lambda: desk.get(f"{QUEUE}?show=scheduled"),
        "viewed": lambda: desk.get(f"{QUEUE}{row.pk}/change/"),
        "claimed": lambda: desk.post(f"{QUEUE}{row.pk}/do/claim/"),
        "opened the emergency steps": lambda: desk.post(
            f"{QUEUE}{row.pk}/do/emergency/", {"token": str(token())}
        ),
    }
    for action, look in looks.items():
        before = AccessEntry.objects.count()
        reply = look()
        entry = last()
        assert AccessEntry.objects.count() == before + 1, action
        assert (entry.action, entry.who, entry.kind, entry.record) == (action, ana, "request", str(row.pk))
        assert SENTINEL in reply.content.decode() or reply.status_code == 303

    before = AccessEntry.objects.count()
    assert SENTINEL in desk.get(f"{QUEUE}{row.pk}/emergency/").content.decode()
    assert AccessEntry.objects.count() == before + 1


def test_opening_a_summary_by_code_and_a_wrong_code_leave_entries(desk: Client, ana: User) -> None:
    code, _ = handoff.make(SUMMARY, "somebody")

    assert "urges are strong" in desk.post(f"{QUEUE}code/", {"code": code}).content.decode()
    assert (last().action, last().kind, last().who) == ("opened", "hand-off", ana)
    assert desk.post(f"{QUEUE}code/", {"code": "0000-0000-0000"}).status_code == 422
    assert last().action == "typed a wrong code"


def test_every_button_leaves_an_entry(desk: Client) -> None:
    row = make_request()
    buttons: list[tuple[str, dict[str, str]]] = [
        ("claim", {}),
        ("take-over", {}),
        ("note", {"text": "x"}),
        ("place", {"level": "php"}),
        ("outcome", {"outcome": "closed"}),
        ("reopen", {}),
        ("release", {}),
        ("stop", {}),
    ]
    for action, fields in buttons:
        before = AccessEntry.objects.count()
        desk.post(f"{QUEUE}{row.pk}/do/{action}/", {"token": str(token()), **fields})
        assert AccessEntry.objects.count() == before + 1, action


def test_no_entry_ever_holds_a_value(desk: Client) -> None:
    row = make_request(
        name=SENTINEL, note=SENTINEL, value=f"{SENTINEL}@example.com", method="email", summary=SUMMARY
    )
    desk.get(QUEUE)
    desk.get(f"{QUEUE}{row.pk}/change/")
    desk.post(f"{QUEUE}{row.pk}/do/note/", {"token": str(token()), "text": SENTINEL})
    desk.post(f"{QUEUE}{row.pk}/do/merge/", {"token": str(token()), "reference": SENTINEL[:12]})
    desk.post(f"{QUEUE}code/", {"code": SENTINEL})

    assert AccessEntry.objects.count() >= 3
    assert SENTINEL not in str(list(AccessEntry.objects.values()))


# --- only added to, and chained --------------------------------------------------------------------------------------


def test_entries_are_never_changed_or_removed_from_python(ana: User) -> None:
    entry = log_access(ana, "viewed", "request", 1)
    entry.action = "nothing"
    for attempt in (
        entry.save,
        entry.delete,
        lambda: AccessEntry.objects.update(action="x"),
        lambda: AccessEntry.objects.all().delete(),
        lambda: AccessEntry.objects.bulk_update([entry], ["action"]),
    ):
        with pytest.raises(Frozen), transaction.atomic():
            attempt()
    assert not verify().fault


@pytest.mark.postgresql
@pytest.mark.parametrize(
    "statement", ["UPDATE intake_accessentry SET action = 'x'", "DELETE FROM intake_accessentry"]
)
def test_postgresql_itself_refuses_a_change(ana: User, statement: str) -> None:
    log_access(ana, "viewed", "request", 1)
    with (
        pytest.raises(DatabaseError, match="only added to"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert not verify().fault


def tampered(rows: list[dict[str, Any]], draw: random.Random) -> list[dict[str, Any]]:
    """The log after somebody with the database changed it by hand."""
    rows = [dict(row) for row in rows]
    place = draw.randrange(len(rows))
    way = draw.randrange(4)
    if way == 0:
        name = draw.choice(["action", "kind", "record", "digest", "previous"])
        rows[place][name] = rows[place][name][:-1] + ("0" if rows[place][name][-1:] != "0" else "1")
    elif way == 1:
        del rows[place]
    elif way == 2:
        other = (place + 1 + draw.randrange(len(rows) - 1)) % len(rows)
        for name in ("at", "action", "kind", "record", "previous", "digest"):
            rows[place][name], rows[other][name] = rows[other][name], rows[place][name]
    else:
        del rows[place:]
    return rows


def test_a_thousand_changes_moves_and_cuts_are_all_found(ana: User, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(12):
        log_access(ana, f"viewed {number}", "request", number)
    assert not verify().fault
    rows = list(AccessEntry.objects.order_by("sequence").values())
    draw = random.Random(2026)  # noqa: S311  the same draw in every run
    found = 0
    for _ in range(1000):
        entries = [AccessEntry(**row) for row in tampered(rows, draw)]
        monkeypatch.setattr(access_log, "_entries", lambda entries=entries: iter(entries))
        found += bool(verify().fault)

    assert found == 1000


def test_a_chain_written_anew_without_the_key_does_not_fit_the_signed_head(ana: User) -> None:
    for number in range(3):
        log_access(ana, "viewed", "request", number)
    head = AccessHead.objects.get()
    head.digest = "f" * 64
    head.save()
    assert verify().fault

    head.digest = AccessEntry.objects.latest("sequence").digest
    head.signature = b"x" * 32
    head.save()
    assert "another key" in verify().fault

    AccessHead.objects.all().delete()
    assert "missing" in verify().fault


def test_the_command_says_unbroken_or_where_it_broke(ana: User) -> None:
    log_access(ana, "viewed", "request", 1)
    out = StringIO()
    call_command("verify_access_log", stdout=out)
    head = out.getvalue().rsplit("Head: ", 1)[1].strip()
    log_access(ana, "viewed", "request", 2)

    call_command("verify_access_log", expect=head, stdout=out)
    for wrong in ("1:" + "0" * 64, "x", "99:" + "0" * 64):
        with pytest.raises(CommandError):
            call_command("verify_access_log", expect=wrong)
    AccessHead.objects.update(sequence=1)
    with pytest.raises(CommandError, match="broken"):
        call_command("verify_access_log")


def test_a_breach_report_lists_what_one_account_opened(desk: Client) -> None:
    row = make_request()
    desk.get(f"{QUEUE}{row.pk}/change/")
    out = StringIO()
    call_command("breach_report", "ana", "2000-01-01T00:00", "2100-01-01T00:00", stdout=out)

    assert f"request {row.pk}" in out.getvalue()
    assert "1 requests" in out.getvalue()


# --- who may -----------------------------------------------------------------------------------------------------------

MINE = {
    "intake": {QUEUE, f"{QUEUE}code/"},
    "auditor": {LOG},
    "administrator": {"/staff/auth/user/", "/staff/auth/user/add/", "/staff/auth/group/"},
}


@pytest.mark.parametrize("role", MINE)
def test_each_role_opens_its_own_pages_and_no_others(person: People, role: str) -> None:
    client = signed_in(person("somebody", role))
    for owner, pages in MINE.items():
        for page in pages:
            assert client.get(page).status_code == (200 if owner == role else 403), page


@pytest.mark.parametrize("role", ["auditor", "administrator"])
def test_contact_data_is_closed_to_the_other_roles_by_every_way(person: People, role: str) -> None:
    row = make_request(name=SENTINEL)
    client = signed_in(person("somebody", role))
    for action in ("claim", "stop", "note", "emergency", "outcome"):
        assert client.post(f"{QUEUE}{row.pk}/do/{action}/", {"token": str(token())}).status_code == 403
    for path in (
        QUEUE,
        f"{QUEUE}{row.pk}/change/",
        f"{QUEUE}{row.pk}/emergency/",
        f"{QUEUE}{row.pk}/history/",
    ):
        reply = client.get(path)
        assert reply.status_code == 403
        assert SENTINEL not in reply.content.decode()
    assert CallRequest.objects.filter(pk=row.pk, owner=None).exists()


def test_the_log_is_read_only_for_auditors(person: People, ana: User) -> None:
    entry = log_access(ana, "viewed", "request", 1)
    client = signed_in(person("aud", "auditor"))

    assert "viewed" in client.get(LOG).content.decode()
    assert client.get(f"{LOG}{entry.pk}/change/").status_code == 200
    assert client.post(f"{LOG}{entry.pk}/change/", {"action": "x"}).status_code == 403
    assert client.post(f"{LOG}{entry.pk}/delete/", {"post": "yes"}).status_code == 403
    assert client.get(f"{LOG}add/").status_code == 403


@pytest.mark.parametrize("role", MINE)
def test_each_of_these_roles_needs_a_second_factor(person: People, role: str) -> None:
    assert requires_second_factor(person("somebody", role))
    assert not requires_second_factor(User.objects.create(username="other", is_staff=True))
    assert requires_second_factor(User.objects.create(username="root", is_superuser=True))


def test_groups_hold_as_little_as_they_can(groups: None) -> None:
    held = {
        group.name: {f"{p.content_type.app_label}.{p.codename}" for p in group.permissions.all()}
        for group in Group.objects.filter(name__in=MINE)
    }

    assert held == {
        "intake": {"intake.work_request", "intake.open_handoff"},
        "auditor": {"intake.view_accessentry"},
        "administrator": {"auth.add_user", "auth.change_user", "auth.view_user", "auth.view_group"},
    }
    for rights in held.values():
        assert rights & set(SENSITIVE_PERMISSIONS)
