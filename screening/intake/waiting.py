"""What of the desk needs somebody, for the front page of the staff area: how many, never who."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from iopguide.attention import Waiting
from screening.intake import queue
from screening.intake.models import CallRequest
from screening.intake.permissions import WORK


def waiting(user: Any) -> Iterator[Waiting]:
    """Requests that are overdue, and those due today, for whoever works the desk. One query."""
    if not user.has_perm(WORK):
        return
    wanted = {
        one.key: one.rows for one in queue.filters(timezone.now(), user) if one.key in ("now", "overdue")
    }
    found = CallRequest.objects.filter(queue.ACTIVE).aggregate(
        **{key: Count("pk", filter=rows) for key, rows in wanted.items()}
    )
    url = reverse("admin:intake_callrequest_changelist")
    yield Waiting(found["overdue"], "requests for a call are overdue", f"{url}?show=overdue", urgent=True)
    yield Waiting(found["now"] - found["overdue"], "more are due today", url)
