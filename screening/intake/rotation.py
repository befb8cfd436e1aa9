"""Locking everything anew with the first key, while the desk goes on working."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.db import models, transaction

from iopguide import keyring
from screening.intake.access_log import log_access
from screening.intake.choices import State
from screening.intake.models import CallRequest, Note
from screening.intake.services import CONTACT, contact_key

# What the adapter of second factors locks: the secret of an app, and the seed that recovery codes are made from.
LOCKED = ("secret", "seed")


def rotate() -> dict[str, int]:
    """Lock each row with the first key; return counts. Raises KeyMissing for a row that no key opens.

    Each row is held while it is read and written, so no change of the desk is lost. Cancel codes, hand-off codes
    and tombstones are made from what is not stored: they go on under the key they were made with, for as long
    as it stays in the list. A passkey rests on no key of the server.
    """
    counts = {
        "requests": _each(CallRequest.objects.all(), _request),
        "notes": _each(Note.objects.all(), _note),
        "second factors": _each(
            Authenticator.objects.exclude(type=Authenticator.Type.WEBAUTHN), _second_factor
        ),
    }
    log_access(None, "locked anew", "keys")  # which signs the head of the log with the first key, too
    return counts


def _each(rows: models.QuerySet[Any], lock: Callable[[Any], None]) -> int:
    count = 0
    for pk in list(rows.order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            row = rows.select_for_update().filter(pk=pk).first()
            if row is not None:
                lock(row)
                count += 1
    return count


def _request(row: CallRequest) -> None:
    value = row.contact["value"]
    if value and row.state != State.CLOSED:
        row.contact_hash = keyring.keyed_hash(CONTACT, contact_key(row.contact["method"], value))
    row.save(update_fields=["contact", "summary", "placement", "contact_hash"])


def _note(row: Note) -> None:
    row.save(update_fields=["text"])


def _second_factor(row: Authenticator) -> None:
    adapter = get_adapter()
    for name in LOCKED:
        if name in row.data:
            row.data[name] = adapter.encrypt(adapter.decrypt(row.data[name]))
    row.save(update_fields=["data"])
