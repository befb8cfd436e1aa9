"""Nothing is kept longer than was promised; and what was deleted stays deleted, after a restore too."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from iopguide import keyring
from screening.intake import limits
from screening.intake.models import CallRequest, DoneAction, HandoffCode, Notice, PurgeRun, Tombstone

KEEP_OPEN = timedelta(days=90)
KEEP_CLOSED = timedelta(days=30)
KEEP_HELD = timedelta(days=14)
# Backups go after 35 days; a tombstone must outlive every backup that still holds its row.
KEEP_TOMBSTONES = timedelta(days=40)
KEEP_ACTIONS = timedelta(days=2)
KEEP_SENT = timedelta(days=14)
KEEP_RUNS = timedelta(days=30)
ALARM_AFTER = timedelta(hours=26)
AT_ONCE = 500
PURPOSE = "intake tombstone"


def erase(rows: QuerySet[CallRequest]) -> list[int]:
    """Delete requests with everything that hangs on them, and leave their tombstones; return their ids."""
    with transaction.atomic():
        found = list(rows.select_for_update().values_list("pk", "uid"))
        _bury(f"{uid}" for _, uid in found)
        ids = [pk for pk, _ in found]
        CallRequest.objects.filter(pk__in=ids).delete()
    return ids


def _bury(uids: Iterable[str]) -> None:
    now = timezone.now()
    Tombstone.objects.bulk_create(
        [Tombstone(digest=keyring.keyed_hash(PURPOSE, uid), at=now) for uid in uids], ignore_conflicts=True
    )


def erase_handoffs(rows: QuerySet[HandoffCode]) -> int:
    """Delete hand-off codes, and leave their tombstones; return how many."""
    with transaction.atomic():
        found = list(rows.select_for_update().values_list("pk", "uid"))
        _bury(f"{uid}" for _, uid in found)
        HandoffCode.objects.filter(pk__in=[pk for pk, _ in found]).delete()
    return len(found)


def bury_words(saved_checks: QuerySet[Any]) -> None:
    """Leave tombstones for words that open nothing any more. Without a key there are none: clearing goes on."""
    if settings.CONTACT_KEYS:
        _bury(_hex(lookup) for lookup in saved_checks.values_list("lookup", flat=True))


def _hex(lookup: bytes) -> str:
    return bytes(lookup).hex()


def purge(now: datetime | None = None, *, dry_run: bool = False) -> dict[str, int]:
    """Delete what is past its time; return counts by kind. Safe at any moment, interrupted, and again."""
    now = now or timezone.now()
    requests = CallRequest.objects.filter(expires_at__lte=now)
    handoffs = HandoffCode.objects.filter(expires_at__lte=now)
    if dry_run:
        return {"requests": requests.count(), "hand-off codes": handoffs.count()}
    counts = {"requests": 0, "hand-off codes": erase_handoffs(handoffs)}
    while ids := list(requests.values_list("pk", flat=True)[:AT_ONCE]):
        # The condition again, under the lock: a request that was given more time meanwhile stays.
        gone = len(erase(requests.filter(pk__in=ids)))
        counts["requests"] += gone
        if not gone:
            break
    _purge_traces(now)
    PurgeRun.objects.create(at=now, deleted=sum(counts.values()))
    return counts


def _purge_traces(now: datetime) -> None:
    limits.forget(now)
    DoneAction.objects.filter(at__lt=now - KEEP_ACTIONS).delete()
    Tombstone.objects.filter(at__lt=now - KEEP_TOMBSTONES).delete()
    Notice.objects.filter(sent_at__lt=now - KEEP_SENT).delete()
    PurgeRun.objects.filter(at__lt=now - KEEP_RUNS).delete()


def silent_since(now: datetime) -> datetime | None:
    """Return when the purge last ran, if that is too long ago; None while all is well.

    A desk that has never held anything needs no purge yet.
    """
    last = PurgeRun.objects.order_by("-at").values_list("at", flat=True).first()
    if last is None:
        last = CallRequest.objects.order_by("created_at").values_list("created_at", flat=True).first()
    return last if last is not None and now - last > ALARM_AFTER else None


def tombstones() -> list[str]:
    """Return every tombstone as text, to be kept beside the backups. They name nobody."""
    return [
        bytes(digest).hex() for digest in Tombstone.objects.order_by("pk").values_list("digest", flat=True)
    ]


def bury_again(digests: Iterable[str]) -> int:
    """After a restore: delete every row whose id these tombstones name; return how many."""
    dead = {bytes.fromhex(one) for one in digests}
    requests, envelopes = (
        _named(model.objects.values_list("pk", "uid"), str, dead) for model in (CallRequest, HandoffCode)
    )
    for start in range(0, len(requests), AT_ONCE):
        erase(CallRequest.objects.filter(pk__in=requests[start : start + AT_ONCE]))
    erase_handoffs(HandoffCode.objects.filter(pk__in=envelopes))
    return len(requests) + len(envelopes)


def buried_words(saved_checks: QuerySet[Any], digests: Iterable[str]) -> list[int]:
    """Return the ids of the saved checks that these tombstones name."""
    dead = {bytes.fromhex(one) for one in digests}
    return _named(saved_checks.values_list("pk", "lookup"), _hex, dead)


def _named(rows: QuerySet[Any, Any], written: Callable[[Any], str], dead: set[bytes]) -> list[int]:
    """Return the ids of the rows that these tombstones name, under whichever key they were made."""
    return [
        pk for pk, name in rows.iterator() if dead.intersection(keyring.keyed_hashes(PURPOSE, written(name)))
    ]
