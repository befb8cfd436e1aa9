"""What is kept about the rules: every version ever written, every change to it, and the people who signed."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q


class Frozen(Exception):
    """A row that may never change was asked to change."""


class State(models.TextChoices):
    DRAFT = "draft", "Draft"
    IN_REVIEW = "in_review", "In review"
    APPROVED = "approved", "Approved"
    LIVE = "live", "Live"
    RETIRED = "retired", "Retired"
    RECALLED = "recalled", "Recalled"


# These decided over people, so they stay as they were for good.
PUBLISHED = (State.LIVE, State.RETIRED, State.RECALLED)
AFTER_APPROVAL = (State.APPROVED, *PUBLISHED)
PERSON = settings.AUTH_USER_MODEL


class ProtocolRevision(models.Model):
    """One version of the protocol, whole, as the loss-free document of the engine.

    `revision_number` counts its saves: a save that did not see the one before it is refused.
    """

    version = models.CharField(
        max_length=20,
        unique=True,
        validators=[RegexValidator(r"^\d{4}\.\d{1,4}$", "Write the year, a dot and a number, like 2026.2.")],
    )
    parent = models.CharField("starts from", max_length=20, help_text="The version this one was copied from.")
    document = models.JSONField()
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    change_note = models.TextField("what changes, and why", blank=True, max_length=4000)
    author = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    last_editor = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    approver = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    publisher = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    revision_number = models.PositiveIntegerField("saves", default=1)
    proofs = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField("created", auto_now_add=True)
    changed_at = models.DateTimeField("changed", auto_now=True)
    published_at = models.DateTimeField("published", null=True, blank=True)

    class Meta:
        verbose_name = "version of the rules"
        verbose_name_plural = "versions of the rules"
        ordering = ("-created_at", "-pk")
        default_permissions = ("view",)
        permissions = (
            ("draft_revision", "Can draft a new version of the rules"),
            ("approve_revision", "Can approve a version that somebody else wrote"),
            ("publish_revision", "Can make an approved version live"),
            ("recall_revision", "Can recall the live version"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["state"], condition=Q(state=State.LIVE), name="revisions_one_live_version"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[State.DRAFT, State.IN_REVIEW], approver__isnull=True)
                | Q(state__in=AFTER_APPROVAL, approver__isnull=False),
                name="revisions_approved_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(approver__isnull=True)
                | (~Q(approver=F("author")) & ~Q(approver=F("last_editor"))),
                name="revisions_approved_by_another",
            ),
            models.CheckConstraint(
                condition=Q(state__in=PUBLISHED, published_at__isnull=False, publisher__isnull=False)
                | Q(~Q(state__in=PUBLISHED), published_at__isnull=True, publisher__isnull=True),
                name="revisions_published_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(publisher__isnull=True)
                | (~Q(publisher=F("author")) & ~Q(publisher=F("last_editor"))),
                name="revisions_published_by_another",
            ),
            models.CheckConstraint(
                condition=Q(state=State.DRAFT) | ~Q(change_note=""), name="revisions_say_what_changes"
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="revisions_known_state"),
        )

    def __str__(self) -> str:
        return f"{self.version} ({self.get_state_display().lower()})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Refuse to touch what a published version says; only its state may move on."""
        if self.pk and not self._state.adding:
            stored = type(self).objects.filter(pk=self.pk, state__in=PUBLISHED).first()
            if stored and any(getattr(stored, name) != getattr(self, name) for name in SEALED):
                raise Frozen(f"version {self.version} is published and stays as it is")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refuse: a version that may have decided over someone is kept for good."""
        raise Frozen("versions of the rules are never deleted")

    @property
    def editable(self) -> bool:
        return self.state == State.DRAFT


# What a published row may never change.
SEALED = (
    "version", "parent", "document", "digest", "change_note", "author_id", "last_editor_id",
    "approver_id", "publisher_id", "revision_number", "proofs", "published_at",
)  # fmt: skip


class WrittenOnce(models.Model):
    """A row of the record: it is added and never changed."""

    at = models.DateTimeField(auto_now_add=True)
    who = models.ForeignKey(PERSON, models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise Frozen("the record is only added to")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise Frozen("the record is only added to")


class RevisionChange(WrittenOnce):
    """One thing done to a version: who, when, where, and the words before and after."""

    class Action(models.TextChoices):
        CREATED = "created", "Started"
        EDITED = "edited", "Changed"
        NOTED = "noted", "Wrote the change note"
        SIGNED = "signed", "Signed a case"
        SUBMITTED = "submitted", "Sent to review"
        WITHDRAWN = "withdrawn", "Took back to draft"
        APPROVED = "approved", "Approved"
        PUBLISHED = "published", "Made live"
        RETIRED = "retired", "Retired"
        RECALLED = "recalled", "Recalled"
        RESTORED = "restored", "Made live again"

    revision = models.ForeignKey(ProtocolRevision, models.PROTECT, related_name="changes")
    action = models.CharField(max_length=10, choices=Action.choices)
    number = models.PositiveIntegerField("save")
    place = models.CharField(max_length=120, blank=True)
    before = models.JSONField(null=True, blank=True)
    after = models.JSONField(null=True, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        verbose_name = "change"
        default_permissions = ()
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.get_action_display()} {self.place}".strip()


class SignedCase(models.Model):
    """A named person, invented, with the outcome that the clinical lead has signed for them."""

    name = models.CharField(max_length=120, unique=True)
    why = models.TextField()
    answers = models.JSONField()
    expected = models.JSONField()
    signed_for = models.CharField("signed for version", max_length=20)

    class Meta:
        verbose_name = "signed case"
        ordering = ("pk",)
        default_permissions = ("view",)

    def __str__(self) -> str:
        return self.name


class CaseSignature(WrittenOnce):
    """Somebody says, for one draft: this person's new outcome is right."""

    revision = models.ForeignKey(ProtocolRevision, models.PROTECT, related_name="signatures")
    case = models.ForeignKey(SignedCase, models.PROTECT, related_name="signatures")
    outcome = models.JSONField()
    digest = models.CharField("signed for digest", max_length=64)

    class Meta:
        verbose_name = "signature of a case"
        default_permissions = ()
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.case} for {self.revision_id}"
