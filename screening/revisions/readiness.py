"""What a version still needs before anybody may approve it or make it live."""

from __future__ import annotations

from dataclasses import dataclass

from screening.engine.spec import Protocol
from screening.revisions import cases, differences, proving
from screening.revisions.models import ProtocolRevision


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that must be so, whether it is, and what to do if it is not."""

    title: str
    met: bool
    words: str


def readiness(revision: ProtocolRevision, protocol: Protocol, live: Protocol) -> list[Need]:
    """Return every need, met or not."""
    return needs(revision, protocol, live, cases.check(revision, protocol))


def needs(
    revision: ProtocolRevision, protocol: Protocol, live: Protocol, checked: list[cases.Checked]
) -> list[Need]:
    """Return every need, for cases that were checked already."""
    open_cases = [one for one in checked if not one.settled]
    proofs = revision.proofs
    return [
        Need(
            "Something changes",
            bool(differences.changes(live, protocol)),
            "Nothing differs from the live version.",
        ),
        Need("Says what and why", bool(revision.change_note.strip()), "Write the change note."),
        Need(
            "Made from the live version",
            revision.parent == live.version,
            f"It was made from {revision.parent}, but {live.version} is live: start a new draft.",
        ),
        Need("All proofs hold", proving.holds_for(proofs, revision.digest), _proofs_missing(revision)),
        Need(
            "Signed cases stand",
            bool(checked) and not open_cases,
            f"{len(open_cases)} of {len(checked)} come out differently: look at each, then sign it or change the draft."
            if checked
            else "No signed cases are loaded: run `manage.py load_cases`.",
        ),
    ]


def _proofs_missing(revision: ProtocolRevision) -> str:
    proofs = revision.proofs
    if proofs.get("digest") != revision.digest:
        return "The proofs were not run for this text: run all proofs."
    if proofs.get("problems"):
        return "A proof fails: mend what it shows."
    return "The proofs over answers were not run for these cut-offs: run all proofs."
