"""The version that is live in the database must be one that this edition of the software reads and proves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DatabaseError

from screening.engine.document import DocumentError
from screening.engine.verify import verify
from screening.revisions.models import ProtocolRevision, State
from screening.revisions.registry import live_protocol


@register(Tags.database)
def live_version_is_proven(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Read the live version and prove it anew: the engine that reads it may have changed since it was approved."""
    if not databases:
        return []
    try:
        if not ProtocolRevision.objects.filter(state=State.LIVE).exists():
            return []
        protocol = live_protocol()
    except DatabaseError:
        return []  # before the first migration there is nothing to prove
    except DocumentError as error:
        hint = "Recall it in the staff area with the edition that wrote it, or go back to that edition."
        message = f"This edition can not read the live version of the rules: {error}"
        return [Error(message, hint=hint, id="revisions.E001")]
    return [
        Error(
            f"The live version {protocol.version} fails a proof ({problem.proof}): {problem.sentence}",
            hint=problem.person or "Recall it in the staff area.",
            id="revisions.E002",
        )
        for problem in verify(protocol, items=False).problems
    ]
