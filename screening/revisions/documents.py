"""Documents as they are stored, and the protocols they are. Each text is read once a process."""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from threading import Lock
from typing import Any

from screening.engine.document import DocumentError, from_document, to_document
from screening.engine.places import Fault
from screening.engine.spec import Protocol
from screening.engine.structure import flaws
from screening.revisions import rows

# Drafts change their digest with every save, so only the last few are kept.
MOST_KEPT = 24
# A draft on its way may have these for a while; a proof says so, and it can not be published.
WORK_IN_PROGRESS = {"orphan"}

_kept: OrderedDict[str, Protocol] = OrderedDict()
_lock = Lock()


class Refused(ValueError):
    """A draft that is no protocol. Each of its `faults` says what is wrong, and where."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = faults
        super().__init__("; ".join(fault.sentence for fault in faults))


def load(known_digest: str, document: Any) -> Protocol:
    """Return the protocol of a stored document, from memory when this very text was read before."""
    return kept(known_digest) or keep(from_document(document), known_digest)


def kept(known_digest: str) -> Protocol | None:
    """Return the protocol with this digest if this process has read it."""
    with _lock:
        found = _kept.get(known_digest)
        if found is not None:
            _kept.move_to_end(known_digest)
        return found


def keep(protocol: Protocol, known_digest: str) -> Protocol:
    """Remember a protocol by the digest it is stored with; return the one known before, if there was."""
    with _lock:
        found = _kept.setdefault(known_digest, protocol)
        _kept.move_to_end(known_digest)
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
        return found


def checked(protocol: Protocol) -> tuple[Any, Protocol]:
    """Return (document, protocol) as they will be stored. Raises Refused when it is not well made."""
    document = to_document(protocol)
    try:
        again = from_document(document)
    except DocumentError as error:
        raise Refused((Fault("document", error.problem, error.place),)) from error
    wrong = tuple(fault for fault in flaws(again) if fault.kind not in WORK_IN_PROGRESS)
    if wrong:
        raise Refused(wrong)
    return document, again


def row_document(protocol: Protocol, address: str) -> Any:
    """Return the document of one row, or None when there is no such row."""
    row = rows.find(protocol, address)
    return None if row is None else to_document(row)


def row_digest(row: Any) -> str:
    """Return what tells whether a row is still as it was; nothing for a row that is not there."""
    if row is None:
        return ""
    text = json.dumps(to_document(row), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def row_from(protocol: Protocol, address: str, document: Any) -> Any:
    """Return the row a document describes, read as strictly as a whole protocol. Raises DocumentError."""
    table, _ = rows.split(address)
    # A protocol of this one row: as strict as reading the whole, and a hundred times as fast.
    frame = to_document(rows.only(protocol, table))
    frame[table] = [document] if rows.is_keyed(table) else document
    found = getattr(from_document(frame), table)
    return found[0] if rows.is_keyed(table) else found
