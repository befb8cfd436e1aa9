"""Who makes accounts: an administrator gives groups, and cannot take power that no group gives."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client

from screening.intake.models import AccessEntry
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
    entry = AccessEntry.objects.latest("sequence")
    assert (entry.who, entry.action, entry.kind, entry.record) == (
        boss,
        "changed",
        "account",
        str(somebody.pk),
    )


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
