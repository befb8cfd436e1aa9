"""The only writer of unsaved words: kept while somebody types, offered back to them, gone when they save or say so.

They never become a revision by themselves, so the history holds what people chose to save.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from programs.editing import compare
from programs.editing.standing import standing
from programs.models import Page, WorkingCopy
from programs.services import Content, NotPossible, cleaned

# A draft that nobody came back to for this long is taken for forgotten.
KEPT = timedelta(days=30)


class Elsewhere(NotPossible):
    """The same person has other unsaved words of this page, from another window."""


def new_mark() -> str:
    """Return a name for one opened page, so that its words are told from those of another window."""
    return secrets.token_urlsafe(9)


@transaction.atomic
def keep(page: Page, content: Content, *, by: User, opened: str, base: int, note: str) -> WorkingCopy | None:
    """Keep what somebody typed, over what they typed before; None when it says what is saved already.

    Raises Elsewhere rather than write over words that another window kept.
    """
    content = cleaned(page.kind, content)
    # The row of the page first, as a save takes it: what is typed and what is saved at the same moment wait in line.
    at = standing(Page.objects.select_for_update().get(pk=page.pk))
    there = of(page, by)
    if there and there.opened != opened and (there.content, there.note) != (content, note):
        raise Elsewhere(
            f"You have other unsaved words of this page, from {clock(there.saved)}. Open the page anew to see them."
        )
    if compare.same(at.page.kind, at.content, content) and note in ("", at.open.note if at.open else ""):
        if there:
            there.delete()
        return None
    values = {"opened": opened, "base": base, "content": content, "note": note, "saved": timezone.now()}
    found, _ = WorkingCopy.objects.update_or_create(page_id=page.pk, who=by, defaults=values)
    return found


def of(page: Page, who: User) -> WorkingCopy | None:
    """Return the unsaved words that somebody has of a page."""
    return WorkingCopy.objects.filter(page_id=page.pk, who=who).first()


def take_back(page: Page, who: User) -> bool:
    """Let the page that is opened next go on with the unsaved words; tell whether there are any."""
    return bool(WorkingCopy.objects.filter(page_id=page.pk, who=who).update(opened=new_mark()))


def throw_away(page: Page, who: User, *, opened: str | None = None) -> None:
    """Delete the unsaved words of somebody: all of them, or those that one opened page kept."""
    found = WorkingCopy.objects.filter(page_id=page.pk, who=who)
    (found if opened is None else found.filter(opened=opened)).delete()


def purge(now: datetime | None = None, *, dry_run: bool = False) -> int:
    """Delete unsaved words that nobody came back to; return how many."""
    old = WorkingCopy.objects.filter(saved__lte=(now or timezone.now()) - KEPT)
    return old.count() if dry_run else old.delete()[0]


def clock(moment: datetime) -> str:
    """Return the time of day, and the day when it was not today."""
    local = timezone.localtime(moment)
    return f"{local:%H:%M}" if local.date() == timezone.localdate() else f"{local:%d %B, %H:%M}"
