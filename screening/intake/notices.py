"""Mail to staff that a request waits, and nothing else about it. It waits in a table until it has really gone."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone

from screening.intake import office
from screening.intake.choices import State
from screening.intake.clock import is_open
from screening.intake.models import CallRequest, Notice

logger = logging.getLogger(__name__)

WAITING, OVERDUE = Notice.Kind.WAITING, Notice.Kind.OVERDUE
# After each failure twice as long, from a minute up to half an hour; for as long as it takes.
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(minutes=30)
DIGEST_EVERY = timedelta(hours=1)
# In 7-bit text and with lines kept, so that nothing between us and them re-wraps it.
SUBJECTS = {
    "en": {WAITING: "Requests wait at the desk: {count}", OVERDUE: "Requests are overdue: {count}"},
    "es": {WAITING: "Solicitudes en espera: {count}", OVERDUE: "Solicitudes atrasadas: {count}"},
}


def request_waits(now: datetime) -> None:
    """Note that staff must be told. One unsent notice is enough for any number of requests."""
    if not Notice.objects.filter(kind=WAITING, sent_at=None).exists():
        Notice.objects.create(kind=WAITING, created_at=now, next_try_at=now)


def overdue_digest(now: datetime) -> None:
    """During business hours, at most hourly: note that overdue requests must be told of."""
    if not is_open(office.hours(), now):
        return
    # One that could not be sent yet speaks for the later hours too.
    lately = Notice.objects.filter(Q(created_at__gt=now - DIGEST_EVERY) | Q(sent_at=None), kind=OVERDUE)
    if not lately.exists() and _count(OVERDUE, now):
        Notice.objects.create(kind=OVERDUE, created_at=now, next_try_at=now)


def send_due(now: datetime | None = None) -> dict[str, int]:
    """Send what is due; return counts of sent and failed. A failure waits and is tried again."""
    now = now or timezone.now()
    overdue_digest(now)
    counts = {"sent": 0, "failed": 0}
    due = (
        Notice.objects.filter(sent_at=None, next_try_at__lte=now).order_by("pk").values_list("pk", flat=True)
    )
    for pk in list(due):
        with transaction.atomic():
            # Two senders at once: the second passes over what the first holds.
            notice = _lock(pk)
            if notice is not None:
                counts["sent" if _send(notice, now) else "failed"] += 1
    return counts


def _lock(pk: int) -> Notice | None:
    waiting = Notice.objects.filter(pk=pk, sent_at=None)
    return waiting.select_for_update(skip_locked=True).first() if _can_skip() else waiting.first()


def _can_skip() -> bool:
    return bool(transaction.get_connection().features.has_select_for_update_skip_locked)


def _send(notice: Notice, now: datetime) -> bool:
    count = _count(notice.kind, now)
    try:
        if count and settings.DESK_MAIL:
            message_for(notice.kind, count).send()
    except Exception as error:  # noqa: BLE001  whatever is wrong with the mail server, the notice stays
        notice.tries += 1
        notice.next_try_at = now + min(FIRST_WAIT * 2 ** min(notice.tries - 1, 10), LONGEST_WAIT)
        notice.fault = type(error).__name__[:80]
        notice.save(update_fields=["tries", "next_try_at", "fault"])
        logger.warning("notice_not_sent", extra={"count": notice.tries})
        return False
    notice.sent_at, notice.fault = now, ""
    notice.save(update_fields=["sent_at", "fault"])
    return True


def message_for(kind: str, count: int) -> EmailMessage:
    """Return the mail: the same words every time, but for the count."""
    language = settings.DESK_LANGUAGE if settings.DESK_LANGUAGE in SUBJECTS else "en"
    host = settings.ALLOWED_HOSTS[0]
    address = f"{'http' if settings.LOCAL else 'https'}://{host}/{settings.STAFF_PATH}"
    body = render_to_string(f"emails/{kind}.{language}.txt", {"count": count, "address": address})
    subject = SUBJECTS[language][Notice.Kind(kind)].format(count=count)
    return EmailMessage(subject, body, to=[settings.DEFAULT_FROM_EMAIL], bcc=settings.DESK_MAIL)


def _count(kind: str, now: datetime) -> int:
    if kind == OVERDUE:
        return CallRequest.objects.filter(state__in=[State.OPEN, State.WAITING], due_at__lt=now).count()
    return CallRequest.objects.filter(state=State.OPEN, last_outcome="").count()
