"""What of the desk needs somebody, for the front page of the staff area: how many, never who."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from iopguide.attention import Waiting
from screening.intake import queue
from screening.intake.access_log import ACCOUNT, GAVE_RIGHTS
from screening.intake.models import AccessEntry, CallRequest
from screening.intake.permissions import SEE_LOG, WORK

LATELY = timedelta(days=30)


def waiting(user: Any) -> Iterator[Waiting]:
    """Requests that are due, for whoever works the desk; accounts that can see them since lately, for auditors."""
    if user.has_perm(WORK):
        yield from _due(user)
    if user.has_perm(SEE_LOG):
        yield _new_rights()


def _due(user: Any) -> Iterator[Waiting]:
    wanted = {
        one.key: one.rows for one in queue.filters(timezone.now(), user) if one.key in ("now", "overdue")
    }
    found = CallRequest.objects.filter(queue.ACTIVE).aggregate(
        **{key: Count("pk", filter=rows) for key, rows in wanted.items()}
    )
    url = reverse("admin:intake_callrequest_changelist")
    yield Waiting(found["overdue"], "requests for a call are overdue", f"{url}?show=overdue", urgent=True)
    yield Waiting(found["now"] - found["overdue"], "more are due today", url)


def _new_rights() -> Waiting:
    """An administrator can make a second account and give it the desk: somebody else sees that it was done."""
    given = AccessEntry.objects.filter(action=GAVE_RIGHTS, kind=ACCOUNT, at__gte=timezone.now() - LATELY)
    return Waiting(
        given.values("record").distinct().count(),
        f"accounts were given contact rights in the last {LATELY.days} days",
        f"{reverse('admin:intake_accessentry_changelist')}?{urlencode({'action': GAVE_RIGHTS})}",
    )
