"""A link to one draft for a reviewer without an account: signed, for seven days, and only while the draft is one."""

from __future__ import annotations

from datetime import timedelta

from django.core import signing
from django.urls import reverse

from programs.models import OPEN, Revision, State

SALT = "programs.preview"
LASTS = timedelta(days=7)


def link_to(revision: Revision, language: str) -> str:
    """Return the path that shows a revision in one language to whoever has it."""
    token = signing.dumps([revision.page_id, revision.number], salt=SALT)
    return reverse("drafts:shared", args=(token, language))


def shared(token: str) -> Revision | None:
    """Return the revision that a link names; None for a link that is forged, too old, or whose draft was replaced."""
    try:
        page, number = signing.loads(token, salt=SALT, max_age=LASTS)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return (
        Revision.objects.select_related("page")
        .filter(page_id=page, number=number, state__in=(*OPEN, State.LIVE))
        .first()
    )
