"""Floods must not drown the real ones: what comes too fast is put aside for staff to look through, not lost.

An address is never stored. A part of it is hashed with a key of the day, and that key goes the day after.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone

from iopguide import keyring
from screening.intake.choices import State
from screening.intake.models import CallRequest, DayKey, Knock

# A shelter or a library is one network too: more than this an hour is looked through first, not refused.
NETWORK_AN_HOUR = 5
NETWORK_A_DAY = 12
CONTACT_A_DAY = 3
# Everybody together; a desk that really gets more than this has staff who see the banner.
EVERYBODY_AN_HOUR = 40
MOST_HELD = 10_000
# Nobody fills in the form faster.
FASTEST = timedelta(seconds=3)

REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Arrival:
    """What is known about how a form came: nothing of it is stored."""

    network: str
    trap: bool  # filled in the field that no person sees
    age: timedelta | None  # since the form was shown; None when its token was not ours
    finished_check: bool


def network_of(request: HttpRequest) -> str:
    """Return the visitor's network (/24, /56), or "" when it is not known."""
    told = request.headers.get("X-Network", "") if settings.TRUST_NETWORK_HEADER else ""
    try:
        address = ipaddress.ip_address(told or request.META.get("REMOTE_ADDR") or "")
    except ValueError:
        return ""
    # As a server that listens to both kinds of address names the older kind; or they were all one network.
    address = getattr(address, "ipv4_mapped", None) or address
    if address.is_loopback and not (told or settings.LOCAL):
        return (
            ""  # the proxy on this machine, which says nothing of the visitor: they are not all one network
        )
    length = 24 if address.version == 4 else 56
    return str(ipaddress.ip_network((address, length), strict=False))


def judge(arrival: Arrival, contact: str) -> str:
    """Count this form and return where it goes: the queue (open), aside (held), or nowhere (refused)."""
    hour = timezone.now().replace(minute=0, second=0, microsecond=0)
    day = hour.replace(hour=0)
    held = arrival.trap or arrival.age is None or arrival.age < FASTEST
    if arrival.network:
        if _knock(f"network day {arrival.network}", day) > NETWORK_A_DAY:
            return REFUSED
        held |= _knock(f"network hour {arrival.network}", hour) > NETWORK_AN_HOUR
    held |= _knock(f"contact {contact}", day) > CONTACT_A_DAY
    # A finished check is twenty answers: whoever gave them is let past when everybody comes at once.
    if not held and _knock("everybody", hour) > EVERYBODY_AN_HOUR and not arrival.finished_check:
        held = True
    if not held:
        return State.OPEN
    return REFUSED if CallRequest.objects.filter(state=State.HELD).count() >= MOST_HELD else State.HELD


def _knock(name: str, slot: datetime) -> int:
    """Count once more, and return the count."""
    digest = hmac.digest(_day_key(slot), name.encode(), hashlib.sha256)
    Knock.objects.bulk_create([Knock(name=digest, slot=slot)], ignore_conflicts=True)
    mine = Knock.objects.filter(name=digest, slot=slot)
    mine.update(count=F("count") + 1)
    return mine.values_list("count", flat=True).get()


def _day_key(slot: datetime) -> bytes:
    day = slot.date()
    found = DayKey.objects.filter(day=day).first()
    if found is None:
        DayKey.objects.bulk_create([DayKey(day=day, key=secrets.token_bytes(32))], ignore_conflicts=True)
        found = DayKey.objects.get(day=day)
    # The server's own key as well: the database alone cannot try out every address.
    return keyring.keyed_hash("intake day", bytes(found.key).hex())


def forget(now: datetime) -> int:
    """Delete counts and keys of days that are over; return how many rows went."""
    gone = Knock.objects.filter(slot__lt=now - timedelta(hours=24)).delete()[0]
    return gone + DayKey.objects.filter(day__lt=(now - timedelta(hours=24)).date()).delete()[0]


# Four words, made or typed: each costs a slow hash. Everybody together: a sixth of one processor at most.
WORDS_A_MINUTE = 5
EVERYBODYS_WORDS_A_MINUTE = 60
WRONG_CODES_AN_HOUR = 20
# Each costs a slow hash, so nobody may type them by the thousand. Without a known network: everybody together.
TYPED_CODES_AN_HOUR = {True: 30, False: 600}


def too_many_typed(network: str) -> bool:
    """Count a code typed on the page to cancel; return whether too many came from there this hour."""
    hour = timezone.now().replace(minute=0, second=0, microsecond=0)
    return _knock(f"typed {network}", hour) > TYPED_CODES_AN_HOUR[bool(network)]


def too_many_words(network: str) -> bool:
    """Count four words made or typed; return whether too many came from there, or from everybody, this minute.

    What one network sends too much does not count for everybody, so that it locks out nobody else.
    """
    minute = timezone.now().replace(second=0, microsecond=0)
    if network and _knock(f"words {network}", minute) > WORDS_A_MINUTE:
        return True
    return _knock("words everybody", minute) > EVERYBODYS_WORDS_A_MINUTE


def count_wrong_code(account: int) -> bool:
    """Count a hand-off code that does not exist; return whether this account has typed too many this hour."""
    hour = timezone.now().replace(minute=0, second=0, microsecond=0)
    return _knock(f"code {account}", hour) > WRONG_CODES_AN_HOUR
