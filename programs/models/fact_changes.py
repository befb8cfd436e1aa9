"""Every change of a fact that is there: who wanted it, why, and who confirmed or refused it. The words never change."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from programs.models.facts import Fact, FactWords
from programs.models.pages import Frozen

# What a fact says. Its dates say only when somebody looked.
WORDS = ("kind", "label_en", "label_es", "en", "es", "dial", "source_id")
PERSON = settings.AUTH_USER_MODEL


class FactChange(FactWords):
    """What a fact shall say, as somebody proposed it. While it waits, the public reads what the fact said before."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waits for a second person"
        CONFIRMED = "confirmed", "Confirmed"
        REFUSED = "refused", "Refused"
        WITHDRAWN = "withdrawn", "Withdrawn"
        AT_ONCE = "at_once", "Changed at once"

    fact = models.ForeignKey(Fact, models.PROTECT, related_name="changes")
    before = models.JSONField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    why = models.CharField(max_length=500, blank=True)
    proposed_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    proposed_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=500, blank=True)

    class Meta:
        default_permissions = ()
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["fact"], condition=Q(state="waiting"), name="programs_one_waiting_change"
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_at__isnull=True)
                | (~Q(state="waiting") & Q(decided_at__isnull=False)),
                name="programs_change_waits_or_is_decided",
            ),
        )

    def __str__(self) -> str:
        return f"{self.label_en}: {self.en}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Refuse to change what was proposed; only what became of it moves on."""
        if not self._state.adding:
            names = (*WORDS, "checked", "next_check", "before", "why", "fact_id")
            stored = type(self).objects.filter(pk=self.pk).values(*names).first()
            if stored != {name: getattr(self, name) for name in names}:
                raise Frozen(f"change {self.pk} of a fact is kept as it was proposed")
        super().save(*args, **kwargs)
