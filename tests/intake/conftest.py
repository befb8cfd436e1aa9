"""People with each role, and a clock that stands in office hours."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from importlib import import_module
from unittest.mock import patch

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, User
from django.test import Client
from django.utils import timezone

from screening.intake import limits

People = Callable[..., User]


@pytest.fixture
def groups(db: None) -> None:
    """The groups a migration makes; a test that emptied the database took them away."""
    import_module("screening.intake.migrations.0002_groups_and_guard").make(apps, None)


@pytest.fixture
def person(groups: None) -> People:
    """Make a member of staff in these groups."""

    def make(name: str, *groups: str) -> User:
        user = User.objects.create(username=name, first_name=name.title(), is_staff=True)
        user.groups.set(Group.objects.filter(name__in=groups))
        assert user.groups.count() == len(groups)
        return user

    return make


@pytest.fixture
def ana(person: People) -> User:
    return person("ana", "intake")


@pytest.fixture
def ben(person: People) -> User:
    return person("ben", "intake")


def signed_in(user: User, **options: object) -> Client:
    client = Client(**options)
    client.force_login(user)
    return client


@pytest.fixture
def desk(ana: User) -> Client:
    """Ana, signed in."""
    return signed_in(ana)


@pytest.fixture
def unhurried() -> Iterator[None]:
    """People need time for a form; tests do not wait for it."""
    with patch.object(limits, "FASTEST", timedelta(0)):
        yield


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Set the clock that the desk reads."""

    def stand(moment: object) -> None:
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return stand
