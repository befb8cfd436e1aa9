"""Pages and every revision of them: what stands where, what it said at each save, who did what to it."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from programs.models.facts import Dated, Source

PERSON = settings.AUTH_USER_MODEL


class Frozen(Exception):
    """A revision may never change what it says: a change is a new revision."""


class Kind(models.TextChoices):
    PROGRAM = "program", _("Kind of care")
    GUIDE = "guide", _("Guide")
    QUESTION = "question", _("Question")
    TERM = "term", _("Word")


class Page(models.Model):
    """One page (or one question, or one word) of the guide: where it stands, and which revision the public sees."""

    kind = models.CharField(max_length=10, choices=Kind.choices)
    key = models.SlugField(max_length=60, help_text="Links and code name the page by it. It never changes.")
    place = models.CharField(max_length=30, blank=True, help_text="The group it stands in.")
    order = models.PositiveSmallIntegerField(default=100)
    slug_en = models.SlugField("address in English", max_length=60, blank=True)
    slug_es = models.SlugField("address in Spanish", max_length=60, blank=True)
    live = models.ForeignKey("Revision", models.PROTECT, null=True, blank=True, related_name="+")
    archived = models.BooleanField(default=False)
    # When it leaves the public site by itself; it is archived then.
    ends_at = models.DateTimeField("ends at", null=True, blank=True)
    offered = models.BooleanField("offered here", default=False)
    sources = models.ManyToManyField(Source, blank=True, related_name="pages")
    owner = models.ForeignKey(PERSON, models.SET_NULL, null=True, blank=True, related_name="+")
    reviewed_by = models.CharField(
        "reviewed by",
        max_length=120,
        blank=True,
        help_text="The clinician's name and licence, as the public reads it.",
    )
    reviewed_on = models.DateField("reviewed on", null=True, blank=True)
    next_review = models.DateField("review again on", null=True, blank=True, db_index=True)
    # The words of the live revision without tags, for search.
    words_en = models.TextField(blank=True, editable=False)
    words_es = models.TextField(blank=True, editable=False)

    class Meta:
        ordering = ("kind", "order", "key")
        constraints = (
            models.UniqueConstraint(fields=["kind", "key"], name="programs_page_key_once"),
            models.UniqueConstraint(
                fields=["kind", "slug_en"], condition=~Q(slug_en=""), name="programs_page_address_en_once"
            ),
            models.UniqueConstraint(
                fields=["kind", "slug_es"], condition=~Q(slug_es=""), name="programs_page_address_es_once"
            ),
            models.CheckConstraint(
                condition=(Q(reviewed_by="") & Q(reviewed_on__isnull=True))
                | (~Q(reviewed_by="") & Q(reviewed_on__isnull=False)),
                name="programs_page_review_has_name_and_date",
            ),
            models.CheckConstraint(
                condition=Q(archived=False) | Q(ends_at__isnull=True), name="programs_page_ends_once"
            ),
        )
        indexes = (
            models.Index(fields=["kind", "place", "order"], name="programs_page_in_order"),
            models.Index(fields=["ends_at"], condition=Q(ends_at__isnull=False), name="programs_page_ends"),
        )
        permissions = (
            ("review_page", "Can send back or approve a revision"),
            ("publish_page", "Can publish, schedule, archive"),
        )

    def __str__(self) -> str:
        return self.key


class State(models.TextChoices):
    DRAFT = "draft", "Draft"
    IN_REVIEW = "in_review", "In review"
    APPROVED = "approved", "Approved"
    SCHEDULED = "scheduled", "Scheduled"
    LIVE = "live", "Live"
    REPLACED = "replaced", "Replaced"


# A page has at most one revision that is on its way.
OPEN = (State.DRAFT, State.IN_REVIEW, State.APPROVED, State.SCHEDULED)


class Revision(models.Model):
    """What a page said at one save, in both languages: {"en": {field: text}, "es": {...}}. It never changes."""

    page = models.ForeignKey(Page, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    note = models.CharField("what changes, and why", max_length=500, blank=True)
    # No reverse name: a person's revisions are found from the pages, and other packages use the name.
    author = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    created = models.DateTimeField(auto_now_add=True)
    publish_at = models.DateTimeField("goes live at", null=True, blank=True)

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=["page", "number"], name="programs_revision_number_once"),
            models.UniqueConstraint(
                fields=["page"], condition=Q(state__in=OPEN), name="programs_one_open_revision"
            ),
            models.UniqueConstraint(
                fields=["page"], condition=Q(state=State.LIVE), name="programs_one_live_revision"
            ),
            models.CheckConstraint(
                condition=Q(state=State.SCHEDULED, publish_at__isnull=False)
                | (~Q(state=State.SCHEDULED) & Q(publish_at__isnull=True)),
                name="programs_scheduled_has_a_time",
            ),
        )
        indexes = (
            models.Index(
                fields=["publish_at"], condition=Q(state=State.SCHEDULED), name="programs_revision_due"
            ),
        )

    def __str__(self) -> str:
        return f"{self.page_id}.{self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Refuse to change the words of a revision; only its state moves on."""
        if not self._state.adding:
            stored = type(self).objects.filter(pk=self.pk).values_list("content", flat=True).first()
            if stored != self.content:
                raise Frozen(f"revision {self} is kept as it was saved")
        super().save(*args, **kwargs)


class Step(models.Model):
    """One thing that happened to a page: who did what to which revision, when, and why."""

    class Action(models.TextChoices):
        SAVED = "saved", "Saved a draft"
        SUBMITTED = "submitted", "Sent to review"
        RETURNED = "returned", "Sent back"
        APPROVED = "approved", "Approved"
        SCHEDULED = "scheduled", "Scheduled"
        UNSCHEDULED = "unscheduled", "Took off the schedule"
        PUBLISHED = "published", "Published"
        RESTORED = "restored", "Restored as a new draft"
        ARCHIVED = "archived", "Archived"
        ENDING = "ending", "Set when it ends"
        UNENDED = "unended", "Took its end off"
        REVIVED = "revived", "Brought back"
        REVIEWED = "reviewed", "Recorded a review"
        OVERRODE = "overrode", "Went past a check"
        ADDED = "added", "Added the page"
        DETAILS = "details", "Changed its details"
        FACTS = "facts", "Changed its facts"
        PICTURES = "pictures", "Changed its pictures"

    page = models.ForeignKey(Page, models.CASCADE, related_name="steps")
    revision = models.ForeignKey(Revision, models.CASCADE, null=True, related_name="steps")
    action = models.CharField(max_length=12, choices=Action.choices)
    who = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.get_action_display()


class Editing(models.Model):
    """Somebody has a page open for editing, so that a second person is warned."""

    page = models.ForeignKey(Page, models.CASCADE, related_name="+")
    who = models.ForeignKey(PERSON, models.CASCADE, related_name="+")
    seen = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["page", "who"], name="programs_editing_once"),)

    def __str__(self) -> str:
        return f"{self.who} edits {self.page}"


class ProgramFact(Dated):
    """One typed fact of a kind of care. The page, the comparison and the result all read this row."""

    program = models.ForeignKey(
        Page, models.CASCADE, related_name="facts", limit_choices_to={"kind": Kind.PROGRAM}
    )
    name = models.CharField(max_length=20)
    en = models.CharField("in English", max_length=160)
    es = models.CharField("in Spanish", max_length=160)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["program", "name"], name="programs_fact_once"),)

    def __str__(self) -> str:
        return self.name


class Picture(models.Model):
    """A picture for a page, read anew on upload: bounded in size, without anything its file said about its maker."""

    file = models.ImageField(upload_to="pictures/", width_field="width", height_field="height")
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    decorative = models.BooleanField("only decoration", default=False)
    alt_en = models.CharField("in words (English)", max_length=200, blank=True)
    alt_es = models.CharField("in words (Spanish)", max_length=200, blank=True)
    page = models.ForeignKey(Page, models.CASCADE, related_name="pictures")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(decorative=True, alt_en="", alt_es="")
                | (Q(decorative=False) & ~Q(alt_en="") & ~Q(alt_es="")),
                name="programs_picture_has_words_or_none",
            ),
        )

    def __str__(self) -> str:
        return self.alt_en or "decoration"

    def get_absolute_url(self) -> str:
        """Where it is served: by its random name, never by its path."""
        return reverse("drafts:picture", args=(PurePosixPath(str(self.file)).stem,))


class GuideState(models.Model):
    """One row: counts every change the public can see, and knows when the next scheduled one (or end) is due."""

    version = models.PositiveBigIntegerField(default=1)
    next_due = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(pk=1), name="programs_one_state"),)

    def __str__(self) -> str:
        return f"version {self.version}"
