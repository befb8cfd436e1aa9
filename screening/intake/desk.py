"""The writers for staff. Each runs once for each form, holds the row while it works, and leaves an entry in the log."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from screening.intake import office, retention
from screening.intake.access_log import log_access
from screening.intake.choices import TRIES, Allowed, Outcome, State
from screening.intake.clock import next_open
from screening.intake.models import Attempt, CallRequest, DoneAction, Note
from screening.intake.planning import MOST_TRIES, next_try

CLAIM = timedelta(minutes=20)
# After somebody was reached, a first appointment is offered within a day.
OFFER_WITHIN = timedelta(hours=24)
# The day after an appointment somebody asks whether it was kept.
ASK_AFTER = timedelta(hours=20)
KIND = "request"


class DeskError(Exception):
    """Nothing was done; the message says why, in words for staff."""


class RequestGone(DeskError):
    """The request was deleted, by the person or by somebody at the desk."""


class AlreadyDone(Exception):
    """This very form was sent before and has been carried out."""


@contextmanager
def acting(pk: int, by: Any, token: UUID, action: str, *, hold: bool = True) -> Iterator[CallRequest]:
    """Lock a request for one action. Raises AlreadyDone, RequestGone, or DeskError when another has it."""
    with transaction.atomic():
        _once(token)
        row = CallRequest.objects.select_for_update(of=("self",)).filter(pk=pk).first()
        if row is None:
            raise RequestGone("This request is gone: the person cancelled it, or its time was over.")
        now = timezone.now()
        if hold:
            _hold(row, by, now)
        yield row
        log_access(by, action, KIND, pk)


def _once(token: UUID) -> None:
    try:
        with transaction.atomic():
            DoneAction.objects.create(token=token, at=timezone.now())
    except IntegrityError as error:
        raise AlreadyDone from error


def _hold(row: CallRequest, by: Any, now: datetime) -> None:
    if row.owner_id != by.pk and row.claimed_until and row.claimed_until > now:
        raise DeskError("Somebody else has this request. Take it over first, if they agree.")
    row.owner, row.claimed_until = by, now + CLAIM


def claim(pk: int, by: Any, *, take_over: bool = False) -> bool:
    """Take a request for 20 minutes. Of two at once exactly one gets it; return whether it was this one."""
    now = timezone.now()
    with transaction.atomic():
        free = CallRequest.objects.filter(pk=pk)
        if not take_over:
            free = free.filter(Q(claimed_until=None) | Q(claimed_until__lte=now) | Q(owner=by))
        # One statement that looks and writes: the second of two waits, looks again, and finds it taken.
        won = free.update(owner=by, claimed_until=now + CLAIM) == 1
        if won:
            log_access(by, "took over" if take_over else "claimed", KIND, pk)
    return won


def release(pk: int, by: Any, token: UUID) -> None:
    """Give a request back to everybody."""
    with acting(pk, by, token, "released") as row:
        row.owner, row.claimed_until = None, None
        row.save(update_fields=["owner", "claimed_until"])


def log_outcome(
    pk: int, by: Any, token: UUID, outcome: str, *, appointment_at: datetime | None = None
) -> CallRequest:
    """Note how a call ended and plan what comes next. Raises DeskError when the outcome cannot be."""
    with acting(pk, by, token, f"logged {outcome}") as row:
        if row.state == State.CLOSED:
            raise DeskError("This request is closed. Reopen it first.")
        if outcome == Outcome.VOICEMAIL and Allowed.VOICEMAIL not in row.contact["allowed"]:
            raise DeskError(
                "They did not allow a voicemail. If one was left, write a note and tell your lead."
            )
        if outcome in (Outcome.OFFERED, Outcome.BOOKED) and appointment_at is None:
            raise DeskError("Write the day and time of the appointment.")
        now = timezone.now()
        Attempt.objects.create(request=row, at=now, by=by, outcome=outcome)
        row.last_outcome = outcome
        _plan(row, outcome, now, appointment_at)
        # The call is over, so the lock is too; whose it is stays in sight.
        row.claimed_until = None
        row.save()
    return row


def _plan(row: CallRequest, outcome: str, now: datetime, appointment_at: datetime | None) -> None:
    hours = office.hours()
    row.state = State.OPEN
    if outcome in TRIES or outcome == Outcome.MISSED:
        row.tries = row.tries + 1 if outcome in TRIES else 0
        if row.tries >= MOST_TRIES:
            _close(row, now)
            return
        row.due_at = next_try(hours, now, row.contact["windows"], ZoneInfo(row.contact["zone"]))
    elif outcome in (Outcome.OFFERED, Outcome.BOOKED) and appointment_at is not None:
        row.state, row.appointment_at = State.WAITING, appointment_at
        row.due_at = next_open(hours, max(appointment_at, now) + ASK_AFTER)
    elif outcome == Outcome.WRONG_NUMBER:
        # The number is a stranger's: it goes at once.
        row.contact = {**row.contact, "value": "", "name": "", "note": "", "again": [], "allowed": []}
        row.summary = None
        _close(row, now)
    elif outcome in (Outcome.KEPT, Outcome.CLOSED):
        _close(row, now)
    else:  # reached, or handed to emergency help: somebody looks again within a day
        row.tries = 0
        row.due_at = next_open(hours, now + OFFER_WITHIN)
    if row.state != State.CLOSED:
        # Something happened, so the days without news begin again.
        row.expires_at = now + retention.KEEP_OPEN


def _close(row: CallRequest, now: datetime) -> None:
    row.state, row.closed_at = State.CLOSED, now
    row.expires_at = now + retention.KEEP_CLOSED


def reopen(pk: int, by: Any, token: UUID) -> None:
    """Put a closed or held request (back) into the queue, due now."""
    try:
        with acting(pk, by, token, "put into the queue") as row:
            now = timezone.now()
            if not row.contact["value"]:
                raise DeskError("There is no number or address left to reach this person.")
            row.state, row.closed_at, row.tries = State.OPEN, None, 0
            row.due_at = next_open(office.hours(), now)
            row.expires_at = now + retention.KEEP_OPEN
            row.save()
    except IntegrityError as error:
        raise DeskError("The same person has another open request. Work that one.") from error


def add_note(pk: int, by: Any, token: UUID, text: str) -> None:
    """Add a note; notes are locked like the contact, and go with the request."""
    with acting(pk, by, token, "wrote a note", hold=False) as row:
        Note.objects.create(request=row, at=timezone.now(), by=by, text=text)


def hand_over(pk: int, by: Any, token: UUID, to: Any) -> None:
    """Give a request to somebody else; it is theirs by name, and free for whoever is quicker."""
    with acting(pk, by, token, "handed over") as row:
        row.owner, row.claimed_until = to, None
        row.save(update_fields=["owner", "claimed_until"])


def place(pk: int, by: Any, token: UUID, level: str, differs: str) -> None:
    """Note which level of care the person really got and, when it differs, why."""
    with acting(pk, by, token, "noted the level of care", hold=False) as row:
        row.placement = {"level": level, "differs": differs}
        row.save(update_fields=["placement"])


def merge(pk: int, by: Any, token: UUID, reference: str) -> None:
    """Move everything of another request into this one, and delete the other. The stricter rules hold."""
    with acting(pk, by, token, "merged") as row:
        other = CallRequest.objects.select_for_update(of=("self",)).filter(reference=reference).first()
        if other is None or other.pk == row.pk:
            raise DeskError("There is no other request with this reference.")
        theirs = other.contact
        row.contact["again"] = [
            *row.contact["again"],
            {"at": other.created_at.isoformat(), **{key: theirs[key] for key in theirs if key != "again"}},
            *theirs["again"],
        ][:12]
        row.contact["allowed"] = [one for one in row.contact["allowed"] if one in theirs["allowed"]]
        row.contact["danger"] = row.contact["danger"] or theirs["danger"]
        row.summary = row.summary or other.summary
        row.consents = [*row.consents, *other.consents]
        row.due_at = min(row.due_at, other.due_at) if other.state != State.CLOSED else row.due_at
        row.save()
        for related in (other.attempts, other.notes, other.codes):
            related.update(request=row)
        retention.erase(CallRequest.objects.filter(pk=other.pk))
        log_access(by, "merged into another", KIND, other.pk)


def stop(pk: int, by: Any, token: UUID) -> None:
    """They asked us to stop: everything about them is deleted now. Raises RequestGone when it was already."""
    with acting(pk, by, token, "deleted: asked us to stop", hold=False):
        retention.erase(CallRequest.objects.filter(pk=pk))


def emergency(pk: int, by: Any, token: UUID) -> None:
    """Note that the emergency steps were opened during a call."""
    with acting(pk, by, token, "opened the emergency steps", hold=False):
        pass
