"""Where things come from: sources, and the numbers that change and go stale."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import cached_property

if TYPE_CHECKING:
    from programs.models.fact_changes import FactChange

# How long after somebody looked a fact may be shown, unless another day is set.
RECHECK = timedelta(days=90)


class Source(models.Model):
    """A publication that a page or a fact rests on."""

    key = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=250)
    publisher = models.CharField(max_length=120)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    url = models.URLField("address", blank=True)

    class Meta:
        ordering = ("publisher", "title")

    def __str__(self) -> str:
        return f"{self.publisher}: {self.title}"


class Dated(models.Model):
    """Something that can go stale: where it comes from, when it was checked, when to look again."""

    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, related_name="+")
    checked = models.DateField("checked on", null=True, blank=True)
    next_check = models.DateField("check again on", null=True, blank=True, db_index=True)

    class Meta:
        abstract = True


class FactWords(Dated):
    """What a fact says, in both languages, and where it comes from."""

    class Sort(models.TextChoices):
        PHONE = "phone", "Phone"
        HOURS = "hours", "Hours"
        LAW = "law", "Law"
        NUMBER = "number", "Number"
        LINK = "link", "Link"

    kind = models.CharField(max_length=10, choices=Sort.choices)
    label_en = models.CharField("what it is (English)", max_length=120)
    label_es = models.CharField("what it is (Spanish)", max_length=120)
    en = models.CharField("value in English", max_length=120)
    es = models.CharField("value in Spanish", max_length=120)
    dial = models.CharField("digits to dial", max_length=20, blank=True)

    class Meta:
        abstract = True


class Fact(FactWords):
    """A number that changes (a phone line, a legal threshold). Texts name it as [[key]] and never copy it."""

    key = models.SlugField(max_length=60, unique=True)

    class Meta:
        ordering = ("kind", "key")

    def __str__(self) -> str:
        return f"{self.label_en}: {self.en}"

    def clean(self) -> None:
        """A wrong number or limit harms, so nobody can put off looking at it again."""
        strict = self.kind in (self.Sort.PHONE, self.Sort.LAW)
        if strict and self.checked and self.next_check and self.next_check > self.checked + RECHECK:
            raise ValidationError(
                {"next_check": f"Phone numbers and laws are looked up again within {RECHECK.days} days."}
            )

    @cached_property
    def waiting(self) -> FactChange | None:
        """The change of it that waits for a second person."""
        return self.changes.filter(state="waiting").select_related("proposed_by", "source").first()
