"""Made-up requests for a call, so that the desk and its figures have something to show."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from django.contrib.auth.models import User
from django.utils import timezone

from screening.intake.models import Attempt, CallRequest
from screening.intake.services import create_request

MOST_DAYS, REQUESTS = 80, 90
# Nobody's numbers: 555-0100 to 555-0199 are kept free for stories.
NUMBER = "+1 {area} 555 01{last:02}"
NAMES = (
    "Sam",
    "Maria",
    "Chris",
    "Rosa",
    "Lee",
    "Ana",
    "Jo",
    "Luis",
    "Pat",
    "Elena",
    "Max",
    "Dana",
    "Kim",
    "Alex",
)
WINDOWS = ("morning", "afternoon", "evening")
# How calls ended, in the order they do, and how many requests come so far.
ENDS = (("reached", 0.74), ("booked", 0.7), ("kept", 0.68))
STILL_OPEN = timedelta(days=2)


def fill(chance: Random) -> list[str]:
    """Add the requests, once."""
    if CallRequest.objects.exists():
        return ["There are requests for a call already: none were added."]
    staff = User.objects.filter(is_staff=True, groups__name="intake").first() or User.objects.first()
    now = timezone.now()
    for number in range(REQUESTS):
        asked = now - timedelta(days=chance.uniform(0, MOST_DAYS) ** 2 / MOST_DAYS)
        receipt = create_request(
            name=chance.choice(NAMES),
            value=NUMBER.format(area=201 + number // 90, last=number % 100),
            about=chance.choice(["me", "me", "them"]),
            windows=tuple(one for one in WINDOWS if chance.random() < 0.5),
            language="es" if chance.random() < 0.25 else "en",
            allowed=tuple(one for one in ("voicemail", "text", "say_site") if chance.random() < 0.4),
            now=asked,
        )
        if now - asked > STILL_OPEN and staff:
            _called(CallRequest.objects.get(reference=receipt.reference), staff, chance)
    return [f"Requests for a call: {REQUESTS}."]


def _called(row: CallRequest, staff: User, chance: Random) -> None:
    """Give an older request the calls it would have had. The desk's own writers know only the present."""
    at = row.created_at + timedelta(minutes=chance.lognormvariate(4.6, 1.1))
    outcomes = ["no_answer"] * (chance.random() < 0.4)
    for end, share in ENDS:
        if chance.random() > share:
            break
        outcomes.append(end)
    for outcome in outcomes or ["no_answer"]:
        Attempt.objects.create(request=row, at=at, by=staff, outcome=outcome)
        at += timedelta(hours=chance.uniform(4, 60))
        row.last_outcome = outcome
    row.state, row.closed_at = "closed", at
    row.save(update_fields=["state", "closed_at", "last_outcome"])
