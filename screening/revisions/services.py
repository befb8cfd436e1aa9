"""The only writers of drafts and versions. Each one checks who may, does it whole or not at all, and leaves a record."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils import timezone

from screening.engine.document import digest
from screening.engine.spec import Protocol
from screening.revisions import cases, documents, proving, rows
from screening.revisions.models import (
    CaseSignature,
    ProtocolRevision,
    RevisionChange,
    SignedCase,
    State,
)
from screening.revisions.readiness import readiness
from screening.revisions.registry import known_versions, live_protocol, protocol_by_version

__all__ = [
    "Conflict",
    "NotAllowed",
    "drop_row",
    "live_protocol",
    "protocol_by_version",
    "save_row",
    "start_draft",
]

Action = RevisionChange.Action


class NotAllowed(Exception):
    """This may not be done now, or not by this person. The message says why, to them."""


class Conflict(Exception):
    """Somebody else changed the same row since it was opened. Carries what they did."""

    def __init__(self, change: RevisionChange | None) -> None:
        self.change = change
        super().__init__("the row was changed meanwhile")


def protocol_of(revision: ProtocolRevision) -> Protocol:
    """Return the protocol of a version, from memory when this text was read before."""
    return documents.load(revision.digest, revision.document)


def base_of(revision: ProtocolRevision) -> Protocol:
    """Return what a version is compared with: the live one for a draft, its parent once published."""
    if revision.state in (State.DRAFT, State.IN_REVIEW, State.APPROVED):
        return live_protocol()
    return protocol_by_version(revision.parent)


def start_draft(*, version: str, by: Any) -> ProtocolRevision:
    """Copy the live version into a draft of this name."""
    _must(by, "draft_revision")
    if version in known_versions():
        raise NotAllowed(f"There is a version {version} already.")
    parent = live_protocol()
    document, protocol = documents.checked(replace(parent, version=version))
    known = digest(protocol)
    cases.load_if_none()
    with transaction.atomic():
        revision = ProtocolRevision.objects.create(
            version=version,
            parent=parent.version,
            document=document,
            digest=known,
            author=by,
            last_editor=by,
        )
        _record(revision, Action.CREATED, by, note=f"From version {parent.version}.")
    documents.keep(protocol, known)
    return prove(revision)


def save_row(*, revision: ProtocolRevision, address: str, opened: str, row: Any, by: Any) -> ProtocolRevision:
    """Put one row into a draft, unless it was changed since it was opened (`opened` is its digest then).

    Raises Conflict, or documents.Refused when the draft would no longer be well made. Other
    rows that others saved meanwhile are kept: only the same row can be in conflict.
    """
    with transaction.atomic():
        fresh = _locked(revision, by)
        protocol = protocol_of(fresh)
        before = documents.row_document(protocol, address)
        if documents.row_digest(rows.find(protocol, address)) != opened:
            raise Conflict(fresh.changes.filter(place=address).select_related("who").first())
        changed = rows.put(protocol, address, row)
        after = documents.row_document(changed, address)
        if after == before:
            return fresh
        _write(fresh, changed, by, address, before, after)
    return prove(fresh)


def drop_row(*, revision: ProtocolRevision, address: str, by: Any) -> ProtocolRevision:
    """Take one row out of a draft. Raises documents.Refused when something still needs it."""
    table, _ = rows.split(address)
    if not rows.TABLES[table].grows:
        raise NotAllowed("This row is part of the frame and stays.")
    with transaction.atomic():
        fresh = _locked(revision, by)
        protocol = protocol_of(fresh)
        before = documents.row_document(protocol, address)
        _write(fresh, rows.drop(protocol, address), by, address, before, None)
    return prove(fresh)


def _write(
    revision: ProtocolRevision, protocol: Protocol, by: Any, address: str, before: Any, after: Any
) -> None:
    revision.document, read_back = documents.checked(protocol)
    revision.digest = digest(read_back)
    revision.last_editor = by
    _save(revision)
    _record(revision, Action.EDITED, by, place=address, before=before, after=after)
    documents.keep(read_back, revision.digest)


def write_note(*, revision: ProtocolRevision, note: str, by: Any) -> ProtocolRevision:
    """Say what changes, and why."""
    with transaction.atomic():
        fresh = _locked(revision, by)
        if fresh.change_note == note:
            return fresh
        before, fresh.change_note = fresh.change_note, note
        _save(fresh)
        _record(fresh, Action.NOTED, by, before=before, after=note)
    return fresh


def prove(revision: ProtocolRevision, *, everything: bool = False) -> ProtocolRevision:
    """Run the proofs and keep them with the draft, unless its text has changed meanwhile."""
    proofs = proving.prove(protocol_of(revision), revision.proofs, everything=everything)
    same = ProtocolRevision.objects.filter(pk=revision.pk, digest=revision.digest, published_at=None)
    if same.update(proofs=proofs):
        revision.proofs = proofs
    return revision


def sign_case(*, revision: ProtocolRevision, case: SignedCase, outcome: dict[str, str], by: Any) -> None:
    """Sign, by name, that this person's new outcome is right. `outcome` is what the signer saw."""
    _must(by, "draft_revision", "approve_revision")
    with transaction.atomic():
        fresh = _fresh(revision)
        if fresh.state not in (State.DRAFT, State.IN_REVIEW):
            raise NotAllowed("Only a draft or a version in review can be signed for.")
        if cases.outcome_of(protocol_of(fresh), case) != outcome:
            raise NotAllowed("The draft has changed meanwhile: look at the new outcome first.")
        CaseSignature.objects.create(revision=fresh, case=case, who=by, outcome=outcome, digest=fresh.digest)
        _record(fresh, Action.SIGNED, by, place=case.name, before=case.expected, after=outcome)


def submit(*, revision: ProtocolRevision, by: Any) -> ProtocolRevision:
    """Send a draft to review. It must be ready, and from now on nobody edits it."""
    with transaction.atomic():
        fresh = _locked(revision, by)
        _must_be_ready(fresh)
        return _move(fresh, State.IN_REVIEW, Action.SUBMITTED, by)


def withdraw(*, revision: ProtocolRevision, by: Any) -> ProtocolRevision:
    """Take a version that is not yet live back to draft; an approval it had is void."""
    _must(by, "draft_revision", "approve_revision")
    with transaction.atomic():
        fresh = _fresh(revision)
        if fresh.state not in (State.IN_REVIEW, State.APPROVED):
            raise NotAllowed("Only a version in review or approved can go back to draft.")
        fresh.approver = None
        return _move(fresh, State.DRAFT, Action.WITHDRAWN, by)


def approve(*, revision: ProtocolRevision, by: Any) -> ProtocolRevision:
    """Approve what somebody else wrote."""
    _must(by, "approve_revision")
    with transaction.atomic():
        fresh = _fresh(revision)
        if fresh.state != State.IN_REVIEW:
            raise NotAllowed("Only a version in review can be approved.")
        _must_be_second(fresh, by)
        _must_be_ready(fresh)
        fresh.approver = by
        return _move(fresh, State.APPROVED, Action.APPROVED, by)


def publish(*, revision: ProtocolRevision, by: Any) -> ProtocolRevision:
    """Make an approved version live and retire the one before it, at once."""
    _must(by, "publish_revision")
    with transaction.atomic():
        # Everybody who publishes locks the same rows in the same order, so two can not both be live.
        list(ProtocolRevision.objects.select_for_update().order_by("pk").values_list("pk"))
        fresh = _fresh(revision)
        if fresh.state != State.APPROVED:
            raise NotAllowed("Only an approved version can be made live.")
        _must_be_second(fresh, by)
        _must_be_ready(fresh)
        for live in ProtocolRevision.objects.filter(state=State.LIVE):
            _move(live, State.RETIRED, Action.RETIRED, by)
        fresh.publisher, fresh.published_at = by, timezone.now()
        _move(fresh, State.LIVE, Action.PUBLISHED, by)
        cases.settle(fresh)
    return fresh


def recall(*, revision: ProtocolRevision, reason: str, by: Any) -> ProtocolRevision:
    """Take the live version away from everybody, and bring back the one before it."""
    _must(by, "recall_revision")
    with transaction.atomic():
        list(ProtocolRevision.objects.select_for_update().order_by("pk").values_list("pk"))
        fresh = _fresh(revision)
        if fresh.state != State.LIVE:
            raise NotAllowed("Only the live version can be recalled.")
        _move(fresh, State.RECALLED, Action.RECALLED, by, note=reason)
        earlier = ProtocolRevision.objects.filter(state=State.RETIRED).order_by("-published_at").first()
        if earlier is not None:
            _move(earlier, State.LIVE, Action.RESTORED, by, note=f"Version {fresh.version} was recalled.")
    return fresh


def _must(by: Any, *permissions: str) -> None:
    if not by.is_active or not any(by.has_perm(f"revisions.{one}") for one in permissions):
        raise NotAllowed("You may not do this. Ask somebody who has the right to.")


def _must_be_ready(revision: ProtocolRevision) -> None:
    missing = [
        need.words for need in readiness(revision, protocol_of(revision), live_protocol()) if not need.met
    ]
    if missing:
        raise NotAllowed("Not ready: " + " ".join(missing))


def _must_be_second(revision: ProtocolRevision, by: Any) -> None:
    """Nobody approves or publishes what they had a hand in, even when another edited it last."""
    wrote = RevisionChange.objects.filter(
        revision=revision, who=by, action__in=[Action.CREATED, Action.EDITED, Action.NOTED]
    )
    if by.pk in (revision.author_id, revision.last_editor_id) or wrote.exists():
        raise NotAllowed(
            "Somebody who did not write this version must do that: two people stand behind each one."
        )


def _fresh(revision: ProtocolRevision) -> ProtocolRevision:
    return ProtocolRevision.objects.select_for_update().get(pk=revision.pk)


def _locked(revision: ProtocolRevision, by: Any) -> ProtocolRevision:
    _must(by, "draft_revision")
    fresh = _fresh(revision)
    if not fresh.editable:
        raise NotAllowed("This version is not a draft any more, so it can not be changed.")
    return fresh


def _save(revision: ProtocolRevision) -> None:
    """Count the save, and refuse one that did not see the save before it (SQLite has no row locks)."""
    seen = revision.revision_number
    revision.revision_number = seen + 1
    fields = {
        f.attname: getattr(revision, f.attname)
        for f in ProtocolRevision._meta.concrete_fields
        if f.name not in ("id", "created_at")
    }
    fields["changed_at"] = timezone.now()
    saved = ProtocolRevision.objects.filter(pk=revision.pk, revision_number=seen).update(**fields)
    if not saved:
        raise Conflict(revision.changes.first())


def _move(
    revision: ProtocolRevision, state: State, action: RevisionChange.Action, by: Any, note: str = ""
) -> ProtocolRevision:
    before, revision.state = revision.state, state
    changed = ["state", "approver", "publisher", "published_at", "changed_at"]
    revision.save(update_fields=changed)
    _record(revision, action, by, before=before, after=str(state), note=note)
    return revision


def _record(revision: ProtocolRevision, action: RevisionChange.Action, by: Any, **what: Any) -> None:
    RevisionChange.objects.create(
        revision=revision, action=action, who=by, number=revision.revision_number, **what
    )
