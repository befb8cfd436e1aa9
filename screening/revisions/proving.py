"""Proofs of a draft, kept with the draft and true for exactly one text of it.

The proofs over answers take some seconds and look only at questions, cut-offs and paths.
While none of those changes they still hold, so a changed rule or word need not wait for them.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any

from screening.engine.document import digest, to_document
from screening.engine.spec import LEADS, Protocol
from screening.engine.verify import Problem, verify
from screening.revisions import rows, vocabulary
from screening.revisions.words import shorter

# What the proofs over answers count, so that carried-over counts can be told from fresh ones.
ITEMS = "answers behind "
ITEM_PROOFS = {"band", "items"}


@dataclass(frozen=True, slots=True)
class Shown:
    """One failed proof as the clinical lead reads it."""

    proof: str
    meaning: str
    sentence: str
    person: str
    mend: str
    address: str


def behind_the_bands(protocol: Protocol) -> str:
    """Return a digest of all that the proofs over answers look at, and of nothing else."""
    seen = {
        "domains": [(d.key, to_document(d.steps), to_document(d.caps)) for d in protocol.domains],
        "parts": [(p.key, to_document(p.ask_if)) for p in protocol.parts],
        "questions": [
            (
                q.key,
                q.part,
                q.kind,
                to_document(q.ask_if),
                q.if_unknown,
                [(c.key, c.points, c.unknown) for c in q.choices],
            )
            for q in protocol.questions
        ],
    }
    text = json.dumps(seen, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def prove(protocol: Protocol, before: dict[str, Any], *, everything: bool = False) -> dict[str, Any]:
    """Return the proofs of a protocol as they are stored; `before` are those of its last text.

    Without `everything` the proofs over answers are carried over if they still apply, or left out.
    """
    behind = behind_the_bands(protocol)
    carried = {} if everything or before.get("behind") != behind else before.get("items", {})
    found = verify(protocol, items=everything)
    problems = [asdict(problem) for problem in found.problems]
    if everything and not _malformed(found.counts):
        items: dict[str, Any] = {
            "counts": [(label, n) for label, n in found.counts.items() if label.startswith(ITEMS)],
            "problems": [p for p in problems if p["proof"] in ITEM_PROOFS],
        }
    else:
        items = carried
        problems += carried.get("problems", [])
    return {
        "digest": digest(protocol),
        # Pairs, because a database may sort the keys of an object.
        "counts": list({**found.counts, **dict(items.get("counts", []))}.items()),
        "problems": problems,
        "items": items,
        "behind": behind if items else "",
        "complete": bool(items),
        "hold": not problems,
        "seconds": round(found.seconds, 1),
    }


def _malformed(counts: dict[str, int]) -> bool:
    return not any(label.startswith(ITEMS) for label in counts)


def holds_for(proofs: dict[str, Any], known_digest: str) -> bool:
    """Say whether all proofs, those over answers too, hold for exactly this text."""
    return bool(proofs.get("hold") and proofs.get("complete") and proofs.get("digest") == known_digest)


def _where(protocol: Protocol, problem: Problem) -> str:
    """Return the row to look at first: the emergency rule when danger is missed, else what is named."""
    if problem.proof == "danger":
        emergency = (rule.key for rule in protocol.gates if rule.outcome == LEADS[-1])
        return next((f"gates/{key}" for key in emergency), "")
    return rows.address_in(protocol, problem.sentence)


def shown(protocol: Protocol, proofs: dict[str, Any]) -> list[Shown]:
    """Return the failed proofs in words, each with a person, what it means and where to look."""
    found = []
    for one in proofs.get("problems", []):
        problem = Problem(**one)
        meaning, mend = vocabulary.PROOFS.get(problem.proof, ("The rules must be well made.", ""))
        sentence = problem.sentence
        for domain in protocol.domains:
            sentence = sentence.replace(f"{domain.key} at the top", f"“{domain.title.en}” at the top")
        address = _where(protocol, problem)
        person = shorter(protocol, problem.person) if problem.person else ""
        found.append(
            Shown(problem.proof, meaning, f"{sentence[:1].upper()}{sentence[1:]}.", person, mend, address)
        )
    return found
