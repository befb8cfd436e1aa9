"""How often something happened on a day or in a week: numbers only, and nothing that belongs to one visit."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils import timezone


class Count(models.Model):
    """One number. No person, no check, no request; no time finer than a day.

    `day` is the day itself for steps, and the Monday of its week for what comes closer to an answer (questions,
    safety screens, outcomes): on a quiet day a single visitor would be the whole number. Outcomes are split by
    nothing but the version of the rules; the rest by language and by whom the check is about, and no further.
    """

    day = models.DateField()
    event = models.CharField(max_length=16)
    subject = models.CharField(max_length=40, blank=True, default="")
    version = models.CharField(max_length=20, blank=True, default="")
    language = models.CharField(max_length=2, blank=True, default="")
    voice = models.CharField(max_length=6, blank=True, default="")
    count = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = "number"
        verbose_name_plural = "figures"
        default_permissions = ()
        permissions = (
            ("view_figures", "Can see how the check and the desk are doing"),
            ("export_figures", "Can take the figures out as a file"),
        )
        constraints = (
            models.UniqueConstraint(
                # Event first: the unique index is also the one every dashboard reads.
                fields=["event", "day", "subject", "version", "language", "voice"],
                name="counters_one_row_a_number",
            ),
        )

    def __str__(self) -> str:
        return f"{self.day} {self.event} {self.subject}".strip()

    @classmethod
    def of(cls, event: str, **more: Any) -> int:
        """Return the sum of an event, for tests and for a first look."""
        found = cls.objects.filter(event=event, **more).aggregate(total=models.Sum("count"))
        return int(found["total"] or 0)


def today() -> Any:
    """Return the day it is where the desk is."""
    return timezone.localdate()
