"""The proofs that were run for a published protocol, kept beside it, for people to read."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from screening import protocol as published
from screening.engine.document import digest
from screening.engine.spec import Protocol
from screening.engine.verify import Proofs

# The counts a reader is shown; the file has them all.
SHOWN = (
    "combinations of bands",
    "combinations of bands and flags",
    "single steps up checked",
)


def proofs_file(version: str) -> Path:
    """Return where the proofs of a repository version are kept."""
    return Path(published.__file__).parent / "proofs" / f"{version}.json"


def as_record(protocol: Protocol, proofs: Proofs, date: str) -> dict[str, Any]:
    """Return what is kept of a run: for which digest it holds, when, and every count."""
    return {
        "version": protocol.version,
        "digest": digest(protocol),
        "date": date,
        "hold": proofs.hold,
        "counts": proofs.counts,
    }


@lru_cache(maxsize=8)
def kept_proofs(protocol: Protocol) -> dict[str, Any] | None:
    """Return the kept proofs of exactly this protocol, or None when there are none."""
    path = proofs_file(protocol.version)
    if not path.exists():
        return None
    record: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return record if record["digest"] == digest(protocol) and record["hold"] else None
