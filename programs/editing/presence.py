"""Who else has a page open. A warning, never a lock: a forgotten tab must not stop anybody."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.models import User
from django.utils import timezone

from programs.models import Editing, Page

# A tab that was opened longer ago than this is taken for forgotten.
STAYS = timedelta(hours=2)


def opened(page: Page, who: User) -> list[Editing]:
    """Note that somebody opened a page; return the others who have it open, first come first."""
    now = timezone.now()
    mine, created = Editing.objects.get_or_create(page_id=page.pk, who=who, defaults={"seen": now})
    if not created and mine.seen < now - STAYS:
        Editing.objects.filter(pk=mine.pk).update(seen=now)
    return list(
        Editing.objects.filter(page_id=page.pk, seen__gte=now - STAYS)
        .exclude(who=who)
        .select_related("who")
        .order_by("seen")
    )


def left(page: Page, who: User) -> None:
    """Note that somebody is done with a page."""
    Editing.objects.filter(page_id=page.pk, who=who).delete()
