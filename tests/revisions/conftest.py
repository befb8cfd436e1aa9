"""People with each role, and drafts at each point of their life, for the tests of revisions."""

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, User
from django.test import Client
from django.utils import timezone

from screening.engine.document import digest, to_document
from screening.engine.spec import Protocol
from screening.engine.verify import Proofs
from screening.protocol import LIVE
from screening.revisions import documents, effects, proving, rows, services
from screening.revisions.models import ProtocolRevision, SignedCase, State

People = Callable[..., User]
SignIn = Callable[[User], Client]
RULE = "level_rules/php7_alone"
CALM = {"who": "me", "age": "26_64", "now": ["none"], "suicide_thoughts": "no", "self_harm": "no"}


@pytest.fixture
def groups(db: None) -> None:
    """The groups a migration makes; a test that emptied the database took them away."""
    import_module("screening.revisions.migrations.0002_groups").make(apps, None)


@pytest.fixture
def person(groups: None) -> People:
    """Make a member of staff in these groups."""

    def make(name: str, *groups: str) -> User:
        user = User.objects.create(username=name, is_staff=True)
        user.groups.set(Group.objects.filter(name__in=groups))
        assert user.groups.count() == len(groups)
        return user

    return make


@pytest.fixture
def lead(person: People) -> User:
    return person("lena", "clinical")


@pytest.fixture
def second(person: People) -> User:
    return person("marco", "clinical publisher")


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Proofs that hold at once, for tests of what happens around them."""

    def verify(protocol: Protocol, *, items: bool = True) -> Proofs:
        counts = {"combinations of bands": 1}
        return Proofs({**counts, "answers behind home": 1} if items else counts)

    monkeypatch.setattr(proving, "verify", verify)


@pytest.fixture
def case(db: None) -> SignedCase:
    """One signed case, as the live version decides it."""
    return SignedCase.objects.create(
        name="Ana, nothing going on",
        why="Hardly drinks.",
        answers=CALM,
        expected=effects.decided(LIVE, CALM),
        signed_for=LIVE.version,
    )


@pytest.fixture
def draft(quick: None, case: SignedCase, lead: User) -> ProtocolRevision:
    return services.start_draft(version="2026.2", by=lead)


@pytest.fixture
def ready(draft: ProtocolRevision, lead: User) -> ProtocolRevision:
    """A draft that lacks nothing but a second person."""
    revision = reworded(draft, lead)
    services.write_note(revision=revision, note="Plainer words.", by=lead)
    return services.prove(ProtocolRevision.objects.get(pk=revision.pk), everything=True)


@pytest.fixture
def signed_in() -> SignIn:
    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in


def save(revision: ProtocolRevision, row: Any, by: User, address: str = RULE) -> ProtocolRevision:
    """Save one row as somebody who has just opened it."""
    fresh = ProtocolRevision.objects.get(pk=revision.pk)
    opened = documents.row_digest(rows.find(services.protocol_of(fresh), address))
    return services.save_row(revision=fresh, address=address, opened=opened, row=row, by=by)


def reworded(
    revision: ProtocolRevision, by: User, words: str = "A day program can help."
) -> ProtocolRevision:
    row = rows.get(services.protocol_of(revision), RULE)
    return save(revision, replace(row, reason=replace(row.reason, en=words)), by)


def published(
    version: str, protocol: Protocol, by: User, second: User, state: State = State.LIVE
) -> ProtocolRevision:
    """A version as it stands after its life in the staff area, without the steps of it."""
    named = replace(protocol, version=version)
    return ProtocolRevision.objects.create(
        version=version,
        parent=LIVE.version,
        document=to_document(named),
        digest=digest(named),
        state=state,
        change_note="For a test.",
        author=by,
        last_editor=by,
        approver=second,
        publisher=second,
        published_at=timezone.now(),
    )
