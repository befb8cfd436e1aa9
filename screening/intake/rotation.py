"""Locking everything anew with the first key, while the desk goes on working."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import models, transaction

from screening.intake import keyring
from screening.intake.access_log import log_access
from screening.intake.choices import State
from screening.intake.models import CallRequest, Note
from screening.intake.services import contact_key


def rotate() -> dict[str, int]:
    """Lock each row with the first key; return counts. Raises KeyMissing for a row that no key opens.

    Each row is held while it is read and written, so no change of the desk is lost. Cancel codes, hand-off codes
    and tombstones are made from what is not stored: they go on under the key they were made with, for as long
    as it stays in the list.
    """
    counts = {"requests": _each(CallRequest, _request), "notes": _each(Note, _note)}
    log_access(None, "locked anew", "keys")  # which signs the head of the log with the first key, too
    return counts


def _each(model: type[models.Model], lock: Callable[[Any], None]) -> int:
    count = 0
    for pk in list(model._default_manager.order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            row = model._default_manager.select_for_update().filter(pk=pk).first()
            if row is not None:
                lock(row)
                count += 1
    return count


def _request(row: CallRequest) -> None:
    value = row.contact["value"]
    if value and row.state != State.CLOSED:
        row.contact_hash = keyring.keyed_hash("contact", contact_key(row.contact["method"], value))
    row.save(update_fields=["contact", "summary", "placement", "contact_hash"])


def _note(row: Note) -> None:
    row.save(update_fields=["text"])
