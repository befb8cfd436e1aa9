"""What people are told about the versions of the rules: the one in use, its proofs, and the change log.

Also the one place where a command finds a version by its name, wherever it was published.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from screening.engine.spec import Protocol
from screening.proofs import kept_proofs
from screening.protocol import LIVE, PROTOCOLS
from screening.revisions.models import State
from screening.revisions.registry import NoSuchVersion, live_protocol, protocol_by_version, published

VERSION = re.compile(r"\d{4}\.\d{1,4}")


@dataclass(frozen=True, slots=True)
class LogLine:
    """One version in the change log. A note by staff is shown as they wrote it, in English."""

    version: str
    state: str
    note: str
    by_staff: bool


@dataclass(frozen=True, slots=True)
class InUse:
    """The version in use, its proofs, and all that were published, newest first.

    `certain` is false while the records can not be read: then it is the version the software came with.
    """

    protocol: Protocol
    proofs: dict[str, Any] | None
    log: tuple[LogLine, ...]
    certain: bool = True


def in_use(language: str) -> InUse:
    """Return what is in use now, from the records, or from the software itself while there are none."""
    try:
        protocol = live_protocol()
        rows = list(
            published()
            .order_by("-published_at", "-pk")
            .values_list("version", "state", "published_at", "change_note")
        )
        return InUse(
            protocol,
            kept_proofs(protocol) or _proofs_of(protocol.version),
            (*(_line(*row) for row in rows), *_came_with_it(protocol.version, language)),
        )
    except DatabaseError:
        return InUse(LIVE, kept_proofs(LIVE), _came_with_it(LIVE.version, language), certain=False)


def named(version: str) -> Protocol:
    """Return a published version by its name. Raises NoSuchVersion, also while the records can not be read."""
    if version not in PROTOCOLS and not VERSION.fullmatch(version):
        raise NoSuchVersion(version)
    try:
        return protocol_by_version(version)
    except DatabaseError:
        raise NoSuchVersion(version) from None


def _came_with_it(now: str, language: str) -> tuple[LogLine, ...]:
    """Return the versions that came with the software, newest first."""
    return tuple(
        LogLine(
            p.version, _("In use now") if p.version == now else "", p.reviewed.read(language), by_staff=False
        )
        for p in reversed(PROTOCOLS.values())
    )


def _line(version: str, state: str, at: Any, note: str) -> LogLine:
    said = {
        State.LIVE: _("In use now"),
        State.RETIRED: _("Replaced"),
        State.RECALLED: _("Recalled: no check uses it any more"),
    }[State(state)]
    return LogLine(version, f"{date_format(localdate(at))}. {said}", note, by_staff=True)


def _proofs_of(version: str) -> dict[str, Any] | None:
    """Return the proofs that a version published by staff went live with: they held, or it could not."""
    found = published().filter(version=version).values_list("proofs", "published_at").first()
    if not found or not found[0].get("hold") or not found[0].get("complete"):
        return None
    return {"date": localdate(found[1]).isoformat(), "counts": dict(found[0]["counts"])}
