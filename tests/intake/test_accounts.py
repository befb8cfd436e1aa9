"""Who makes accounts: an administrator gives groups, and cannot take power that no group gives."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.utils import timezone

from screening.intake.models import AccessEntry
from screening.intake.waiting import waiting
from tests.intake.conftest import People, signed_in

pytestmark = pytest.mark.django_db

USERS = "/staff/auth/user/"


@pytest.fixture
def boss(person: People) -> User:
    return person("boss", "administrator")


@pytest.fixture
def office(boss: User) -> Client:
    return signed_in(boss)


def fields(user: User, **more: Any) -> dict[str, Any]:
    return {
        "username": user.username,
        "is_active": "on",
        "is_staff": "on",
        "date_joined_0": "2026-01-01",
        "date_joined_1": "00:00:00",
        **more,
    }


def test_an_administrator_gives_a_group_and_it_is_logged(office: Client, boss: User, person: People) -> None:
    somebody, group = person("somebody"), Group.objects.get(name="intake")

    reply = office.post(f"{USERS}{somebody.pk}/change/", fields(somebody, groups=[group.pk]))

    assert reply.status_code == 302
    assert somebody.groups.get() == group
    entries = AccessEntry.objects.order_by("-sequence")[:2]
    assert [entry.action for entry in entries] == ["gave contact rights", "changed"]
    assert {(entry.who, entry.kind, entry.record) for entry in entries} == {
        (boss, "account", str(somebody.pk))
    }


def test_an_administrator_makes_no_superuser_and_gives_no_single_rights(
    office: Client, person: People
) -> None:
    somebody, right = person("somebody"), Permission.objects.get(codename="work_request")

    office.post(
        f"{USERS}{somebody.pk}/change/", fields(somebody, is_superuser="on", user_permissions=[right.pk])
    )

    somebody.refresh_from_db()
    assert not somebody.is_superuser
    assert not somebody.user_permissions.exists()


def test_an_administrator_stays_what_they_are(office: Client, boss: User) -> None:
    office.post(
        f"{USERS}{boss.pk}/change/",
        fields(boss, is_superuser="on", groups=[Group.objects.get(name="intake").pk]),
    )

    boss.refresh_from_db()
    assert [group.name for group in boss.groups.all()] == ["administrator"]
    assert not boss.is_superuser


@pytest.mark.parametrize("page", ["change", "password", "delete"])
def test_superusers_are_out_of_reach(office: Client, page: str) -> None:
    root = User.objects.create(username="root", is_staff=True, is_superuser=True)
    new = {"password1": "correct horse battery staple", "password2": "correct horse battery staple"}

    assert office.get(f"{USERS}{root.pk}/{page}/").status_code in (302, 403, 404)
    office.post(
        f"{USERS}{root.pk}/{page}/", {**fields(root), **new, "usable_password": "true", "post": "yes"}
    )

    before = root.password
    root.refresh_from_db()
    assert root.is_superuser
    assert root.password == before
    assert root.username not in office.get(USERS).content.decode()


def test_setting_a_password_is_logged(office: Client, person: People) -> None:
    somebody = person("somebody")
    new = {"password1": "correct horse battery staple", "password2": "correct horse battery staple"}
    office.post(f"{USERS}{somebody.pk}/password/", {**new, "usable_password": "true"})

    assert AccessEntry.objects.filter(action="set a password", record=str(somebody.pk)).exists()


def test_accounts_are_switched_off_not_deleted(office: Client, person: People) -> None:
    somebody = person("somebody")
    assert office.post(f"{USERS}{somebody.pk}/delete/", {"post": "yes"}).status_code == 403
    assert User.objects.filter(pk=somebody.pk).exists()


def told(auditor: User) -> list[str]:
    return [f"{line.count} {line.what}" for line in waiting(auditor) if line.count]


def test_an_auditor_is_told_how_many_accounts_were_given_contact_rights_lately(
    office: Client, person: People, now: Any
) -> None:
    somebody, auditor, intake = (
        person("somebody"),
        person("eyes", "auditor"),
        Group.objects.get(name="intake"),
    )
    change = f"{USERS}{somebody.pk}/change/"
    assert told(auditor) == []

    office.post(change, fields(somebody, groups=[intake.pk]))
    office.post(change, fields(somebody, groups=[intake.pk]))  # nothing new
    one = ["1 accounts were given contact rights in the last 30 days"]
    assert told(auditor) == one
    assert told(person("ana", "intake")) == []

    office.post(change, fields(somebody, groups=[]))
    office.post(change, fields(somebody, groups=[intake.pk]))  # given again: still one account
    assert told(auditor) == one
    page = signed_in(auditor).get(next(iter(waiting(auditor))).url)
    assert page.content.decode().count("gave contact rights</td>") == 2

    later = timezone.now() + timedelta(days=31)
    now(later)
    assert told(auditor) == []


def test_a_new_account_and_one_that_is_switched_on_again_count_too(
    office: Client, boss: User, person: People
) -> None:
    intake = Group.objects.get(name="intake")
    password = "a long and plain sentence"
    office.post(f"{USERS}add/", {"username": "second", "usable_password": "true", "password1": password, "password2": password})  # fmt: skip
    second = User.objects.get(username="second")
    assert not AccessEntry.objects.filter(action="gave contact rights").exists()
    off = {key: value for key, value in fields(second, groups=[intake.pk]).items() if key != "is_active"}
    office.post(f"{USERS}{second.pk}/change/", off)
    assert not AccessEntry.objects.filter(action="gave contact rights").exists()

    office.post(f"{USERS}{second.pk}/change/", fields(second, groups=[intake.pk]))

    assert AccessEntry.objects.get(action="gave contact rights").record == str(second.pk)
