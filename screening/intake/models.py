"""What the desk keeps. Whatever could tell who somebody is stands in locked columns; the rest says only when and what."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from screening.intake.choices import Outcome, State
from screening.intake.fields import EncryptedField

STAFF = settings.AUTH_USER_MODEL


class CallRequest(models.Model):
    """One person who asked for a call. `contact` and `summary` are locked; lists never read `summary`."""

    # Names the row in tombstones, so that a restored backup can be told what was deleted.
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField(max_length=12, unique=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    contact = EncryptedField()
    summary = EncryptedField(null=True)
    placement = EncryptedField(null=True)
    contact_hash = models.BinaryField("keyed hash of phone or e-mail", max_length=32)
    consents = models.JSONField(default=list)
    created_at = models.DateTimeField("asked")
    due_at = models.DateTimeField("due")
    closed_at = models.DateTimeField("closed", null=True)
    expires_at = models.DateTimeField("deleted after", db_index=True)
    owner = models.ForeignKey(STAFF, models.SET_NULL, null=True, related_name="+")
    claimed_until = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    last_outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    appointment_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "request for a call"
        verbose_name_plural = "requests for a call"
        ordering = ("due_at", "pk")
        default_permissions = ()
        permissions = (
            ("work_request", "Can see and work requests for a call"),
            ("open_handoff", "Can open a summary with a hand-off code"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["contact_hash"],
                condition=~Q(state="closed"),
                name="intake_one_open_request_per_contact",
            ),
        )
        indexes = (
            # The queue, by due time; with all that its counts look at, so that they never read the wide rows.
            models.Index(
                fields=["due_at", "id", "state", "owner"],
                condition=Q(state__in=["open", "waiting"]),
                name="intake_queue",
            ),
            models.Index(fields=["state", "-created_at"], name="intake_by_state"),
        )

    def __str__(self) -> str:
        return f"request {self.reference}"


class CancelCode(models.Model):
    """The keyed hash of a code that deletes a request. The code itself was shown once and is stored nowhere."""

    request = models.ForeignKey(CallRequest, models.CASCADE, related_name="codes")
    digest = models.BinaryField(max_length=32, unique=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"code {self.pk}"


class Attempt(models.Model):
    """One thing that happened with a request: who did it, when, how it ended."""

    request = models.ForeignKey(CallRequest, models.CASCADE, related_name="attempts")
    at = models.DateTimeField()
    by = models.ForeignKey(STAFF, models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=12, choices=Outcome.choices)

    class Meta:
        default_permissions = ()
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.outcome} {self.pk}"


class Note(models.Model):
    """What staff wrote about a request; locked."""

    request = models.ForeignKey(CallRequest, models.CASCADE, related_name="notes")
    at = models.DateTimeField()
    by = models.ForeignKey(STAFF, models.PROTECT, related_name="+")
    text = EncryptedField()

    class Meta:
        default_permissions = ()
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"note {self.pk}"


class DoneAction(models.Model):
    """A form of the desk that has been carried out; the same form sent again does nothing."""

    token = models.UUIDField(unique=True)
    at = models.DateTimeField(db_index=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"action {self.pk}"


class HandoffCode(models.Model):
    """A summary that only its code opens. Neither the code nor its owner stands here."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    lookup = models.BinaryField(max_length=32, unique=True)
    owner = models.BinaryField("keyed hash of the check it was made from", max_length=32, db_index=True)
    sealed = models.BinaryField()
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    uses = models.PositiveSmallIntegerField(default=0)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"hand-off {self.pk}"


class Notice(models.Model):
    """A mail to staff that waits to be sent. It holds no word about anybody: the text is made when it goes."""

    class Kind(models.TextChoices):
        WAITING = "waiting", "A request waits"
        OVERDUE = "overdue", "Requests are overdue"

    kind = models.CharField(max_length=8, choices=Kind.choices)
    created_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    fault = models.CharField("class of the last error", max_length=80, blank=True)

    class Meta:
        default_permissions = ()
        indexes = (models.Index(fields=["sent_at", "next_try_at"], name="intake_outbox"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Knock(models.Model):
    """How often one network, or one contact, or everybody, asked today. The name is a hash with a key of the day."""

    name = models.BinaryField(max_length=32)
    slot = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()
        constraints = (models.UniqueConstraint(fields=["name", "slot"], name="intake_one_knock_per_slot"),)

    def __str__(self) -> str:
        return f"knock {self.pk}"


class DayKey(models.Model):
    """A random key for the names of one day's knocks. When it goes, they mean nothing."""

    day = models.DateField(unique=True)
    key = models.BinaryField(max_length=32)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"key {self.day}"


class Tombstone(models.Model):
    """The keyed hash of a deleted row's id: after a restore, what people deleted is deleted again."""

    digest = models.BinaryField(max_length=32, unique=True)
    at = models.DateTimeField(db_index=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"tombstone {self.pk}"


class PurgeRun(models.Model):
    """When the purge last ran: silence for too long is an alarm."""

    at = models.DateTimeField(db_index=True)
    deleted = models.PositiveIntegerField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"purge {self.pk}"


class Frozen(Exception):
    """A row of the log was asked to change."""


class AddOnly(models.QuerySet["AccessEntry"]):
    """Rows are added, never changed or removed."""

    def update(self, **kwargs: Any) -> int:
        raise Frozen("the log is only added to")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise Frozen("the log is only added to")


class AccessEntry(models.Model):
    """Who looked at or changed which record, and when; never what stood in it. Each row holds the hash of the last."""

    sequence = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField()
    who = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    action = models.CharField(max_length=40)
    kind = models.CharField(max_length=40)
    record = models.CharField("record id", max_length=400, blank=True)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    objects = AddOnly.as_manager()

    class Meta:
        verbose_name = "entry of the access log"
        verbose_name_plural = "access log"
        ordering = ("-sequence",)
        # Few entries among many, and the front page of an auditor counts the newest of them.
        indexes = (
            models.Index(fields=["at"], condition=models.Q(kind="account"), name="intake_log_accounts"),
        )
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"entry {self.sequence}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise Frozen("the log is only added to")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise Frozen("the log is only added to")


class AccessHead(models.Model):
    """The last entry of the log, signed with a key outside the database, so that cutting off its end shows."""

    sequence = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    signature = models.BinaryField(max_length=32)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"head {self.sequence}"
