"""Made-up requests for a call, so that the desk and its figures have something to show. Where there is a desk."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module
from random import Random
from typing import Any

from django.apps import apps
from django.contrib.auth.models import User
from django.utils import timezone

REQUEST: str = "intake.CallRequest"
ATTEMPT: str = "intake.Attempt"
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
    if not apps.is_installed("screening.intake"):
        return []
    requests = apps.get_model(REQUEST)._default_manager
    if requests.exists():
        return ["There are requests for a call already: none were added."]
    ask = import_module("screening.intake.services").create_request
    staff = User.objects.filter(is_staff=True, groups__name="intake").first() or User.objects.first()
    now = timezone.now()
    for number in range(REQUESTS):
        asked = now - timedelta(days=chance.uniform(0, MOST_DAYS) ** 2 / MOST_DAYS)
        receipt = ask(
            name=chance.choice(NAMES),
            value=NUMBER.format(area=201 + number // 90, last=number % 100),
            about=chance.choice(["me", "me", "them"]),
            windows=tuple(one for one in WINDOWS if chance.random() < 0.5),
            language="es" if chance.random() < 0.25 else "en",
            allowed=tuple(one for one in ("voicemail", "text", "say_site") if chance.random() < 0.4),
            now=asked,
        )
        if now - asked > STILL_OPEN and staff:
            _called(requests.get(reference=receipt.reference), staff, chance)
    return [f"Requests for a call: {REQUESTS}."]


def _called(row: Any, staff: User, chance: Random) -> None:
    """Give an older request the calls it would have had. The desk's own writers know only the present."""
    at = row.created_at + timedelta(minutes=chance.lognormvariate(4.6, 1.1))
    outcomes = ["no_answer"] * (chance.random() < 0.4)
    for end, share in ENDS:
        if chance.random() > share:
            break
        outcomes.append(end)
    for outcome in outcomes or ["no_answer"]:
        apps.get_model(ATTEMPT)._default_manager.create(request=row, at=at, by=staff, outcome=outcome)
        at += timedelta(hours=chance.uniform(4, 60))
        row.last_outcome = outcome
    row.state, row.closed_at = "closed", at
    row.save(update_fields=["state", "closed_at", "last_outcome"])
