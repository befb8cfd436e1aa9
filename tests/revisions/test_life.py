"""From draft to live and back: what each step needs, who may take it, and what stays of it."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import timezone

from screening.protocol import LIVE
from screening.revisions import rows, services
from screening.revisions.models import (
    CaseSignature,
    Frozen,
    ProtocolRevision,
    RevisionChange,
    SignedCase,
    State,
)
from screening.revisions.registry import live_protocol, protocol_by_version
from screening.revisions.services import NotAllowed
from tests.revisions.conftest import RULE, People, published, reworded, save

pytestmark = pytest.mark.django_db


def test_a_draft_starts_as_a_copy_of_the_live_version(draft: ProtocolRevision) -> None:
    protocol = services.protocol_of(draft)

    assert replace(protocol, version=LIVE.version).level_rules == LIVE.level_rules
    assert (draft.parent, draft.state, protocol.version) == (LIVE.version, State.DRAFT, "2026.2")
    assert live_protocol() is LIVE


def test_two_versions_never_share_a_name(draft: ProtocolRevision, lead: User) -> None:
    for taken in ("2026.2", LIVE.version):
        with pytest.raises(NotAllowed):
            services.start_draft(version=taken, by=lead)


def test_the_whole_life(ready: ProtocolRevision, lead: User, second: User) -> None:
    services.submit(revision=ready, by=lead)
    services.approve(revision=ready, by=second)
    services.publish(revision=ready, by=second)

    assert live_protocol().version == "2026.2"
    assert rows.get(live_protocol(), RULE).reason.en == "A day program can help."
    done = RevisionChange.objects.order_by("pk").values_list("action", "who__username")
    assert list(done) == [
        ("created", "lena"),
        ("edited", "lena"),
        ("noted", "lena"),
        ("submitted", "lena"),
        ("approved", "marco"),
        ("published", "marco"),
    ]


def test_the_next_version_retires_the_one_before(ready: ProtocolRevision, lead: User, second: User) -> None:
    services.submit(revision=ready, by=lead)
    services.approve(revision=ready, by=second)
    services.publish(revision=ready, by=second)
    following = reworded(services.start_draft(version="2026.3", by=lead), lead, "Better still.")
    services.write_note(revision=following, note="Better.", by=lead)
    following = services.prove(ProtocolRevision.objects.get(pk=following.pk), everything=True)
    services.submit(revision=following, by=lead)
    services.approve(revision=following, by=second)
    services.publish(revision=following, by=second)

    states = dict(ProtocolRevision.objects.values_list("version", "state"))
    assert states == {"2026.2": State.RETIRED, "2026.3": State.LIVE}
    assert protocol_by_version("2026.2").version == "2026.2"

    services.recall(revision=following, reason="A sentence was wrong.", by=second)

    states = dict(ProtocolRevision.objects.values_list("version", "state"))
    assert states == {"2026.2": State.LIVE, "2026.3": State.RECALLED}
    assert RevisionChange.objects.get(action="recalled").note == "A sentence was wrong."


def test_recalling_the_first_revision_brings_back_the_shipped_one(
    ready: ProtocolRevision, lead: User, second: User
) -> None:
    services.submit(revision=ready, by=lead)
    services.approve(revision=ready, by=second)
    services.publish(revision=ready, by=second)
    services.recall(revision=ready, reason="Wrong.", by=second)

    assert live_protocol() is LIVE


STEPS: dict[str, Callable[..., object]] = {
    "submit": services.submit,
    "withdraw": services.withdraw,
    "approve": services.approve,
    "publish": services.publish,
    "recall": lambda revision, by: services.recall(revision=revision, reason="x", by=by),
}
ALLOWED = {
    State.DRAFT: {"submit"},
    State.IN_REVIEW: {"withdraw", "approve"},
    State.APPROVED: {"withdraw", "publish"},
    State.LIVE: {"recall"},
}


@pytest.mark.parametrize("state", ALLOWED)
@pytest.mark.parametrize("step", STEPS)
def test_each_step_is_taken_from_its_own_place_only(
    state: State, step: str, ready: ProtocolRevision, lead: User, second: User
) -> None:
    path = {State.DRAFT: 0, State.IN_REVIEW: 1, State.APPROVED: 2, State.LIVE: 3}[state]
    for name, by in (("submit", lead), ("approve", second), ("publish", second))[:path]:
        STEPS[name](revision=ready, by=by)
    by = lead if step == "submit" else second

    if step in ALLOWED[state]:
        STEPS[step](revision=ready, by=by)
    else:
        with pytest.raises(NotAllowed):
            STEPS[step](revision=ready, by=by)
        assert ProtocolRevision.objects.get().state == state


def test_nobody_approves_or_publishes_what_they_had_a_hand_in(
    ready: ProtocolRevision, lead: User, person: People
) -> None:
    both = person("nora", "clinical", "clinical publisher")
    third = person("omar", "clinical publisher")
    reworded(ready, both, "Nora's words.")
    ready = services.prove(reworded(ready, lead, "Lena's words again."), everything=True)
    services.submit(revision=ready, by=lead)

    # She wrote in it, though the author and the last editor are somebody else.
    with pytest.raises(NotAllowed, match="Somebody who did not write"):
        services.approve(revision=ready, by=both)

    services.approve(revision=ready, by=third)
    with pytest.raises(NotAllowed, match="Somebody who did not write"):
        services.publish(revision=ready, by=both)


def test_the_author_with_every_right_still_needs_another(ready: ProtocolRevision, lead: User) -> None:
    lead.is_superuser = True
    lead.save()
    services.submit(revision=ready, by=lead)

    with pytest.raises(NotAllowed, match="Somebody who did not write"):
        services.approve(revision=ready, by=lead)


def test_each_step_needs_its_right(ready: ProtocolRevision, lead: User, person: People) -> None:
    nobody = person("nobody")
    for step in STEPS.values():
        with pytest.raises(NotAllowed, match="may not"):
            step(revision=ready, by=nobody)
    services.submit(revision=ready, by=lead)
    other = person("otto", "clinical")
    with pytest.raises(NotAllowed, match="may not"):
        services.approve(revision=ready, by=other)


def test_a_version_in_review_is_not_edited(ready: ProtocolRevision, lead: User) -> None:
    services.submit(revision=ready, by=lead)

    with pytest.raises(NotAllowed):
        reworded(ready, lead, "Too late.")
    with pytest.raises(NotAllowed):
        services.write_note(revision=ready, note="Too late.", by=lead)


def test_taking_it_back_voids_the_approval(ready: ProtocolRevision, lead: User, second: User) -> None:
    services.submit(revision=ready, by=lead)
    services.approve(revision=ready, by=second)
    services.withdraw(revision=ready, by=lead)

    fresh = ProtocolRevision.objects.get()
    assert (fresh.state, fresh.approver) == (State.DRAFT, None)


@pytest.mark.parametrize("lacking", ["note", "proofs", "change", "cases"])
def test_what_is_not_ready_is_not_sent_to_review(
    lacking: str, ready: ProtocolRevision, case: SignedCase, lead: User
) -> None:
    if lacking == "note":
        ProtocolRevision.objects.update(change_note="")
    elif lacking == "proofs":
        ProtocolRevision.objects.update(proofs={**ready.proofs, "digest": "0" * 64})
    elif lacking == "cases":
        SignedCase.objects.update(expected={**case.expected, "level": "residential"})
    else:
        save(ready, rows.get(LIVE, RULE), lead)
        services.prove(ProtocolRevision.objects.get(), everything=True)

    with pytest.raises(NotAllowed, match="Not ready"):
        services.submit(revision=ready, by=lead)


def test_a_case_that_moves_is_signed_by_name(
    ready: ProtocolRevision, case: SignedCase, lead: User, second: User
) -> None:
    SignedCase.objects.update(expected={**case.expected, "level": "residential"})
    with pytest.raises(NotAllowed, match="changed meanwhile"):
        services.sign_case(revision=ready, case=case, outcome={"level": "php"}, by=lead)

    services.sign_case(revision=ready, case=case, outcome=case.expected, by=lead)
    services.submit(revision=ready, by=lead)
    services.approve(revision=ready, by=second)
    services.publish(revision=ready, by=second)

    case.refresh_from_db()
    assert case.signed_for == "2026.2"
    assert CaseSignature.objects.get().who == lead


def test_what_was_published_stays_as_it_was(lead: User, second: User) -> None:
    revision = published("2026.7", LIVE, lead, second)

    for field, value in (
        ("document", {}),
        ("change_note", "other"),
        ("approver", lead),
        ("version", "2026.8"),
    ):
        fresh = ProtocolRevision.objects.get()
        setattr(fresh, field, value)
        with pytest.raises(Frozen):
            fresh.save()
    with pytest.raises(Frozen):
        revision.delete()


def test_the_record_is_only_added_to(draft: ProtocolRevision) -> None:
    change = RevisionChange.objects.get()
    change.note = "nothing happened"

    with pytest.raises(Frozen):
        change.save()
    with pytest.raises(Frozen):
        change.delete()


IMPOSSIBLE = {
    "two live": {"state": State.LIVE},
    "live without an approver": {"state": State.RETIRED, "approver": None},
    "approved by its author": {"state": State.RETIRED, "approver": "lead"},
    "published by its author": {"state": State.RETIRED, "publisher": "lead"},
    "retired and never published": {"state": State.RETIRED, "published_at": None},
    "a draft that is published": {"state": State.DRAFT, "approver": None},
    "in review without a note": {
        "state": State.IN_REVIEW,
        "approver": None,
        "publisher": None,
        "published_at": None,
        "change_note": "",
    },
    "a state there is not": {"state": "lost"},
    "a name that is taken": {"state": State.RETIRED, "version": "2026.7"},
}


@pytest.mark.parametrize("what", IMPOSSIBLE)
def test_the_database_refuses_impossible_rows(what: str, lead: User, second: User) -> None:
    published("2026.7", LIVE, lead, second)
    values: dict[str, object] = {
        "version": "2026.8",
        "parent": LIVE.version,
        "document": {},
        "digest": "0" * 64,
        "change_note": "x",
        "author": lead,
        "last_editor": lead,
        "approver": second,
        "publisher": second,
        "published_at": timezone.now(),
        **IMPOSSIBLE[what],
    }
    people = {"lead": lead}
    row = ProtocolRevision(**{k: people.get(v, v) if isinstance(v, str) else v for k, v in values.items()})

    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()
