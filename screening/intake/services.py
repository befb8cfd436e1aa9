"""The writers for visitors: ask for a call, and cancel it. The desk's own writers are in desk.py."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.utils import timezone

from iopguide import keyring
from screening.intake import access_log, codes, handoff, notices, office, retention
from screening.intake.choices import Language, Method, State, Zone
from screening.intake.digits import in_ascii
from screening.intake.models import CallRequest, CancelCode
from screening.intake.planning import first_due

# Who asks again and again is heard once; the rest is only counted.
MOST_TIMES_KEPT = 5
MOST_CODES = 20
# The purposes of the keys that make the hashes of a contact and of a code.
CONTACT = "intake contact"
CANCEL = "intake cancel"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a person is told once: the reference, the code that cancels, and when the call is due."""

    reference: str
    code: str
    due_at: datetime
    zone: str


def contact_key(method: str, value: str) -> str:
    """Return a phone number or address in the one form that tells whether two are the same."""
    if method == Method.EMAIL:
        return f"email {value.strip().lower()}"
    digits = re.sub(r"[^0-9]", "", in_ascii(value))
    return f"phone {digits.removeprefix('1') if len(digits) == 11 else digits}"


def create_request(
    *,
    name: str,
    method: str = Method.PHONE,
    value: str,
    about: str = "me",
    windows: tuple[str, ...] = (),
    zone: str = Zone.EASTERN,
    language: str = Language.ENGLISH,
    other_language: str = "",
    relay: bool = False,
    allowed: tuple[str, ...] = (),
    note: str = "",
    summary: dict[str, Any] | None = None,
    consents: list[dict[str, Any]] | None = None,
    form_token: str = "",
    state: str = State.OPEN,
    now: datetime | None = None,
) -> Receipt:
    """Save a request, once however often the form is sent; a second one for the same contact joins the first.

    `value` is the phone number or e-mail address. `now` is for starter content and tests.
    """
    now = now or timezone.now()
    code = codes.cancel_code(form_token or secrets.token_urlsafe(16))
    contact = {
        "name": name,
        "method": method,
        "value": value,
        "about": about,
        "windows": list(windows),
        "zone": zone,
        "language": language,
        "other_language": other_language,
        "relay": relay,
        "allowed": list(allowed),
        "note": note,
        "danger": bool(summary and summary.get("danger")),
        "again": [],
    }
    due = first_due(office.hours(), now, windows, ZoneInfo(zone))
    new = _Asked(contact, summary, consents or [], code, state, now, due)
    for _ in range(5):
        try:
            with transaction.atomic():
                reference = _save(new)
            return Receipt(reference, code, due, zone)
        except IntegrityError:
            continue  # the same form, contact or reference a moment earlier: look again
    raise RuntimeError("a request could not be saved")


@dataclass(slots=True)
class _Asked:
    contact: dict[str, Any]
    summary: dict[str, Any] | None
    consents: list[dict[str, Any]]
    code: str
    state: str
    now: datetime
    due: datetime


def _save(new: _Asked) -> str:
    """Add, join or recognise; return the reference."""
    sent_before = CancelCode.objects.filter(digest__in=_digests(new.code)).select_related("request").first()
    if sent_before:
        return sent_before.request.reference
    same = contact_key(new.contact["method"], new.contact["value"])
    earlier = (
        CallRequest.objects.select_for_update()
        .filter(contact_hash__in=keyring.keyed_hashes(CONTACT, same))
        .exclude(state=State.CLOSED)
        .first()
    )
    row = _join(earlier, new) if earlier else _add(new, same)
    if row.codes.count() < MOST_CODES:
        CancelCode.objects.create(request=row, digest=keyring.keyed_hash(CANCEL, new.code))
    if row.state == State.OPEN:
        notices.request_waits(new.now)
    return row.reference


def _add(new: _Asked, same: str) -> CallRequest:
    keep = retention.KEEP_HELD if new.state == State.HELD else retention.KEEP_OPEN
    return CallRequest.objects.create(
        reference=codes.random_code(codes.REFERENCE_SIGNS),
        state=new.state,
        contact=new.contact,
        summary=new.summary,
        contact_hash=keyring.keyed_hash(CONTACT, same),
        consents=new.consents,
        created_at=new.now,
        due_at=new.due,
        expires_at=new.now + keep,
    )


def _join(row: CallRequest, new: _Asked) -> CallRequest:
    """One request for each contact. Whoever knows the number can ask again, so only the stricter rules hold."""
    again = row.contact["again"]
    if len(again) < MOST_TIMES_KEPT:
        kept = ("name", "windows", "zone", "language", "other_language", "note", "about")
        again.append({"at": new.now.isoformat(), **{key: new.contact[key] for key in kept}})
        row.consents = [*row.consents, *new.consents]
    row.contact["allowed"] = [one for one in row.contact["allowed"] if one in new.contact["allowed"]]
    row.contact["relay"] = row.contact["relay"] or new.contact["relay"]
    if new.summary is not None and row.summary is None:
        row.summary = new.summary
        row.contact["danger"] = new.contact["danger"]
        row.contact["summary_came_later"] = True
    if row.state == State.WAITING or (row.state == State.HELD and new.state == State.OPEN):
        row.state, row.expires_at = State.OPEN, new.now + retention.KEEP_OPEN
    if new.state == State.OPEN:
        row.due_at = min(row.due_at, new.due)
    row.save()
    return row


def _digests(code: str) -> list[bytes]:
    return keyring.keyed_hashes(CANCEL, code)


def cancel(typed: str) -> bool:
    """Delete the request, or the hand-off code, that this code belongs to. Return whether there was one."""
    code = codes.read(typed)
    if len(code) == codes.HANDOFF_SIGNS:
        return handoff.revoke(code)
    if len(code) != codes.CANCEL_SIGNS:
        return False
    with transaction.atomic():
        mine = CallRequest.objects.filter(
            pk__in=CancelCode.objects.filter(digest__in=_digests(code)).values("request_id")
        )
        ids = retention.erase(mine)
        for pk in ids:
            access_log.log_access(None, "deleted by the person", "request", pk)
    return bool(ids)
