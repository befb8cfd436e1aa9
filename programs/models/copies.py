"""What somebody typed and has not saved: kept for this one person, overwritten as they type on, never shown to others."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from programs.models.pages import Page


class WorkingCopy(models.Model):
    """The unsaved words of one person in one page. Not a revision: it has no number, no history, and it ends."""

    page = models.ForeignKey(Page, models.CASCADE, related_name="+")
    who = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    # Which opened page wrote it. Another one, opened beside it, may not write over it unasked.
    opened = models.CharField(max_length=24)
    # The revision that the words started from.
    base = models.PositiveIntegerField()
    content = models.JSONField()
    note = models.CharField(max_length=500, blank=True)
    saved = models.DateTimeField(db_index=True)

    class Meta:
        default_permissions = ()
        constraints = (models.UniqueConstraint(fields=["page", "who"], name="programs_copy_once"),)

    def __str__(self) -> str:
        return f"unsaved words of page {self.page_id}"
