"""Signed cases: invented people with a name, and the outcome that the clinical lead stands behind."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from screening.engine import engine_for
from screening.engine.answers import AnswerError
from screening.engine.spec import Protocol
from screening.revisions.effects import Outcome, decided
from screening.revisions.models import CaseSignature, ProtocolRevision, SignedCase
from screening.revisions.registry import live_protocol
from screening.revisions.words import outcome_of as in_words

# Beside the protocol they sign, or, until they move there, where the tests read them.
FOLDERS = ("screening/protocol/cases", "tests/cases")
SIGNED = ("lead", "level", "co_occurring", "program")
UNREADABLE: Outcome = {"lead": "none", "level": "undetermined", "co_occurring": "none", "program": "none"}


@dataclass(frozen=True, slots=True)
class Checked:
    """One signed case read by a draft."""

    case: SignedCase
    before: str
    after: str
    outcome: Outcome
    moved: bool
    signed_by: Any

    @property
    def settled(self) -> bool:
        return not self.moved or self.signed_by is not None


def default_folder() -> Path | None:
    """Return the folder of case files that is there."""
    return next((path for name in FOLDERS if (path := Path(settings.BASE_DIR) / name).is_dir()), None)


def read_folder(folder: Path) -> Iterator[dict[str, Any]]:
    """Yield every case of a folder of TOML files, as written."""
    for path in sorted(folder.glob("*.toml")):
        yield from tomllib.loads(path.read_text(encoding="utf-8")).get("case", [])


def load(folder: Path) -> int:
    """Load the cases of a folder; return how many are new. Ones that are there keep what was signed."""
    version = live_protocol().version
    known = set(SignedCase.objects.values_list("name", flat=True))
    fresh = []
    for case in read_folder(folder):
        if case["name"] in known:
            continue
        known.add(case["name"])
        answers = {**case["answers"], "who": case["answers"].get("who", case.get("voice", "me"))}
        expected = {key: case["expect"][key] for key in SIGNED}
        fresh.append(
            SignedCase(
                name=case["name"],
                why=case["why"],
                answers=answers,
                expected=expected,
                signed_for=version,
            )
        )
    SignedCase.objects.bulk_create(fresh)
    return len(fresh)


def load_if_none() -> None:
    """Load the cases that come with the project, the first time they are needed."""
    folder = default_folder()
    if folder is not None and not SignedCase.objects.exists():
        load(folder)


def outcome_of(protocol: Protocol, case: SignedCase) -> Outcome:
    """Return what a protocol decides over a case; answers it does not know are left out."""
    door = engine_for(protocol).door
    fitting = {}
    for question, answer in case.answers.items():
        try:
            door.parse({question: answer})
        except AnswerError:
            continue
        fitting[question] = answer
    return decided(protocol, fitting)


def check(revision: ProtocolRevision, protocol: Protocol) -> list[Checked]:
    """Return every signed case as this draft decides it, moved ones first."""
    signatures: dict[int, list[CaseSignature]] = {}
    for one in CaseSignature.objects.filter(revision=revision).select_related("who"):
        signatures.setdefault(one.case_id, []).append(one)
    found = []
    for case in SignedCase.objects.all():
        outcome = outcome_of(protocol, case)
        signed = next((s for s in signatures.get(case.pk, []) if s.outcome == outcome), None)
        found.append(
            Checked(
                case,
                in_words(case.expected),
                in_words(outcome),
                outcome,
                outcome != case.expected,
                signed.who if signed else None,
            )
        )
    return sorted(found, key=lambda one: not one.moved)


def settle(revision: ProtocolRevision) -> None:
    """Make what was signed for a version that is now live the outcome its cases stand for."""
    latest: dict[int, CaseSignature] = {}
    for one in CaseSignature.objects.filter(revision=revision).select_related("case").order_by("pk"):
        latest[one.case_id] = one
    for one in latest.values():
        case = one.case
        case.expected, case.signed_for = one.outcome, revision.version
        case.save(update_fields=["expected", "signed_for"])
