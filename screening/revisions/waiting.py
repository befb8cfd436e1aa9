"""What of the rules needs somebody, for the front page of the staff area."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Q

from iopguide.attention import Waiting
from screening.revisions.models import ProtocolRevision, State
from screening.revisions.places import url


def waiting(user: Any) -> Iterator[Waiting]:
    """Drafts that this user could approve or make live: others wrote them. One query."""
    may_approve = user.has_perm("revisions.approve_revision")
    may_publish = user.has_perm("revisions.publish_revision")
    if not (may_approve or may_publish):
        return
    others = ProtocolRevision.objects.exclude(Q(author=user) | Q(last_editor=user))
    found = others.aggregate(
        review=Count("pk", filter=Q(state=State.IN_REVIEW)),
        approved=Count("pk", filter=Q(state=State.APPROVED)),
    )
    if may_approve:
        yield Waiting(found["review"], "versions of the rules wait for your review", url("changelist"))
    if may_publish:
        yield Waiting(found["approved"], "approved versions of the rules wait to go live", url("changelist"))
