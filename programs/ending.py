"""When a page leaves the public site by itself, and which pages may not leave without somebody saying why."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from programs import services
from programs.models import Page, State
from programs.services import NotPossible, Person


@transaction.atomic
def end(page: Page, *, at: datetime, by: Person, note: str) -> None:
    """Let a public or scheduled page end at a set time: the next request after it finds the page archived."""
    if at <= timezone.now():
        raise NotPossible("Choose a time that is still to come.")
    page = _locked(page)
    coming = page.revisions.filter(state=State.SCHEDULED).first()
    if page.live_id is None and coming is None:
        raise NotPossible("Nothing of this page is public or scheduled, so there is nothing to end.")
    if coming is not None and coming.publish_at is not None and coming.publish_at >= at:
        raise NotPossible(
            "A text goes live after that. Choose a later end, or take the text off the schedule."
        )
    services.set_end(page, at, by=by, note=note)


@transaction.atomic
def keep_on(page: Page, *, by: Person, note: str = "") -> None:
    """Take the end of a page off again."""
    page = _locked(page)
    if page.ends_at is None:
        raise NotPossible("This page has no end.")
    services.set_end(page, None, by=by, note=note)


def _locked(page: Page) -> Page:
    found = Page.objects.select_for_update().get(pk=page.pk)
    if found.archived:
        raise NotPossible("This page is archived.")
    return found
