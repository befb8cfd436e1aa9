"""Which protocol decides: the repository's own, or a version published in the database.

A published version never changes, so each process reads it once and knows it by its digest.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Subquery

from screening.engine.spec import Protocol
from screening.protocol import LIVE, PROTOCOLS
from screening.revisions import documents
from screening.revisions.models import PUBLISHED, ProtocolRevision, State


class NoSuchVersion(LookupError):
    """No published version has this name."""


@dataclass(frozen=True, slots=True)
class Pinned:
    """The protocol for an open check. `updated`: its own version was recalled, and this is the live one."""

    protocol: Protocol
    updated: bool = False


def live_protocol() -> Protocol:
    """Return the protocol that new checks start with. One small query."""
    found = ProtocolRevision.objects.filter(state=State.LIVE).values_list("digest", flat=True).first()
    return _by_digest(found) if found else LIVE


def protocol_by_version(version: str) -> Protocol:
    """Return a published protocol, recalled or not: the repository's without a query. Raises NoSuchVersion."""
    if version in PROTOCOLS:
        return PROTOCOLS[version]
    found = published().filter(version=version).values_list("digest", flat=True).first()
    if not found:
        raise NoSuchVersion(version)
    return _by_digest(found)


def pins(version_field: str = "protocol_version") -> dict[str, Any]:
    """Return annotations that fetch, in the query for a check, what is known of its version."""
    same = published().filter(version=OuterRef(version_field))
    return {
        "rules_state": Subquery(same.values("state")[:1]),
        "rules_digest": Subquery(same.values("digest")[:1]),
    }


def pinned(row: Any) -> Pinned:
    """Return the protocol for a check fetched with `pins()`. Raises NoSuchVersion.

    A recalled version decides over nobody any more: its open checks are read with the live one.
    """
    if row.protocol_version in PROTOCOLS:
        return Pinned(PROTOCOLS[row.protocol_version])
    if row.rules_state is None:
        raise NoSuchVersion(row.protocol_version)
    if row.rules_state == State.RECALLED:
        return Pinned(live_protocol(), updated=True)
    return Pinned(_by_digest(row.rules_digest))


def published() -> Any:
    """Return the versions that decide or decided over people."""
    return ProtocolRevision.objects.filter(state__in=PUBLISHED)


def known_versions() -> set[str]:
    """Return every name that a version has, drafts too."""
    return {*PROTOCOLS, *ProtocolRevision.objects.values_list("version", flat=True)}


def _by_digest(digest: str) -> Protocol:
    found = documents.kept(digest)
    if found is None:
        document = published().filter(digest=digest).values_list("document", flat=True).first()
        found = documents.load(digest, document)
    return found
