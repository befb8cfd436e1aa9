"""What this center offers: programs at set times, in a place or by video."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programs.models.pages import Kind, Page

WEEKDAYS = (
    (0, _("Monday")),
    (1, _("Tuesday")),
    (2, _("Wednesday")),
    (3, _("Thursday")),
    (4, _("Friday")),
    (5, _("Saturday")),
    (6, _("Sunday")),
)


class Track(models.Model):
    """A real offer of this center: a program at set times, in one place or by video."""

    class Format(models.TextChoices):
        IN_PERSON = "in_person", _("In person")
        VIDEO = "video", _("By video")
        MIXED = "mixed", _("Some days by video")

    class Speaks(models.TextChoices):
        ENGLISH = "en", _("English")
        SPANISH = "es", _("Spanish")
        BOTH = "both", _("English and Spanish")

    program = models.ForeignKey(
        Page, models.PROTECT, related_name="tracks", limit_choices_to={"kind": Kind.PROGRAM}
    )
    name_en = models.CharField("name (English)", max_length=80)
    name_es = models.CharField("name (Spanish)", max_length=80)
    format = models.CharField(max_length=10, choices=Format.choices)
    place = models.CharField(
        max_length=120, blank=True, help_text="Street and town; empty when it is by video only."
    )
    language = models.CharField(max_length=4, choices=Speaks.choices, default=Speaks.ENGLISH)
    co_occurring = models.BooleanField("treats mental health too", default=False)
    childcare = models.BooleanField(default=False)
    transport = models.BooleanField("gives rides", default=False)
    next_start = models.DateField("next start", null=True, blank=True)
    places_left = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Empty: not known.")
    active = models.BooleanField(default=True)
    checked = models.DateField("checked on", null=True, blank=True)

    class Meta:
        ordering = ("program__order", "name_en")
        indexes = (models.Index(fields=["active", "program"], name="programs_track_active"),)

    def __str__(self) -> str:
        return self.name_en


class TrackSession(models.Model):
    """One weekly meeting of a track, in the center's own time zone."""

    track = models.ForeignKey(Track, models.CASCADE, related_name="sessions")
    weekday = models.PositiveSmallIntegerField(choices=WEEKDAYS)
    starts = models.TimeField()
    ends = models.TimeField()

    class Meta:
        ordering = ("weekday", "starts")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends__gt=models.F("starts")), name="programs_session_ends_later"
            ),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="programs_session_on_a_weekday"),
            models.UniqueConstraint(fields=["track", "weekday", "starts"], name="programs_session_once"),
        )

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.starts:%H:%M}"
