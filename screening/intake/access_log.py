"""The log of who looked: each entry holds the hash of the one before it, and the last one is signed.

A changed, missing or moved entry breaks the chain; a cut-off end does not fit the signed head. Whoever holds
both the database and the keys could write a new chain: note the printed head elsewhere, and that shows too.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from iopguide import keyring
from screening.intake.models import AccessEntry, AccessHead

START = "0" * 64
PURPOSE = "intake access log head"
# An account that could not see contact data can from now on. Auditors are told how many.
ACCOUNT, GAVE_RIGHTS = "account", "gave contact rights"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check of the log found: how many entries, the last digest, and the first fault, if any."""

    entries: int
    head: str
    fault: str = ""


def log_access(who: Any, action: str, kind: str, record: object = "") -> AccessEntry:
    """Add an entry: who did what to which record. Never pass a value of the record, only its id.

    Entries are written one after another; the lock is held until the caller's transaction ends.
    """
    with transaction.atomic():
        head = _locked_head()
        entry = AccessEntry(
            sequence=head.sequence + 1,
            at=timezone.now(),
            who=who if getattr(who, "pk", None) else None,
            action=action,
            kind=kind,
            record=str(record)[:400],
            previous=head.digest,
        )
        entry.digest = digest_of(entry)
        entry.save(force_insert=True)
        head.sequence, head.digest = entry.sequence, entry.digest
        head.signature = keyring.keyed_hash(PURPOSE, _head_text(head))
        head.save(update_fields=["sequence", "digest", "signature"])
    return entry


def _locked_head() -> AccessHead:
    found = AccessHead.objects.select_for_update().filter(pk=1).first()
    if found is None:
        # The very first entry; two at once make one row, and then wait for each other.
        AccessHead.objects.bulk_create(
            [AccessHead(pk=1, sequence=0, digest=START, signature=b"")], ignore_conflicts=True
        )
        found = AccessHead.objects.select_for_update().get(pk=1)
    return found


def log_seen(who: Any, kind: str, ids: Iterable[int], action: str = "listed") -> None:
    """Add one entry for a page that shows several records."""
    numbers = " ".join(map(str, ids))
    if numbers:
        log_access(who, action, kind, numbers)


def digest_of(entry: AccessEntry) -> str:
    """Return the SHA-256 of everything an entry says, the digest of the one before it included."""
    at = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    said = [entry.sequence, at, entry.who_id, entry.action, entry.kind, entry.record, entry.previous]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def _head_text(head: AccessHead) -> str:
    return f"{head.sequence}:{head.digest}"


def _entries() -> Iterator[AccessEntry]:
    return AccessEntry.objects.order_by("sequence").iterator(chunk_size=2000)


def verify() -> Verdict:
    """Walk the whole log. The verdict's fault is empty when nothing was changed, moved, added or cut off."""
    previous, count = START, 0
    for entry in _entries():
        count += 1
        if entry.sequence != count:
            return Verdict(count, previous, f"entry {count} is missing")
        if entry.previous != previous or entry.digest != digest_of(entry):
            return Verdict(count, previous, f"entry {count} was changed")
        previous = entry.digest
    return Verdict(count, previous, _fault_of_head(count, previous))


def _fault_of_head(count: int, digest: str) -> str:
    head = AccessHead.objects.filter(pk=1).first()
    if head is None:
        return "the head of the log is missing" if count else ""
    if (head.sequence, head.digest) != (count, digest):
        return f"the log ends at entry {count}, and its head says {head.sequence}"
    signature = bytes(head.signature)
    known = keyring.keyed_hashes(PURPOSE, _head_text(head))
    if not any(hmac.compare_digest(signature, one) for one in known):
        return "the head of the log was signed with another key"
    return ""


def holds(head: str) -> bool:
    """Return whether the log still holds a head noted earlier, written as number:digest."""
    number, _, digest = head.partition(":")
    if not number.isascii() or not number.isdigit() or len(number) > 18:
        return False
    return AccessEntry.objects.filter(sequence=int(number), digest=digest).exists()


def opened_by(who: Any, start: datetime, end: datetime) -> list[AccessEntry]:
    """Return what an account did between two moments: what a breach report begins with."""
    return list(AccessEntry.objects.filter(who=who, at__gte=start, at__lt=end).order_by("sequence"))
