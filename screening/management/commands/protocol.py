"""The protocol as people read it, as proofs, as a document, beside another one, and other people's tables."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from screening import versions
from screening.engine import audit, compare_report
from screening.engine.audit_table import TableError, load_table
from screening.engine.compare import SheetMoves, compare
from screening.engine.document import DocumentError, ProtocolRefused, digest, load_text, to_document
from screening.engine.safe_json import LIMITS
from screening.engine.schema import schema
from screening.engine.spec import LANGUAGES, VOICES, Protocol
from screening.engine.verify import Problem, Proofs, verify
from screening.engine.wording import shown
from screening.protocol import LIVE, PROTOCOLS
from screening.replaying import BadLine, made_up, pieces_of, replay
from screening.revisions.registry import NoSuchVersion

FOUND_SOMETHING = 1
BAD_INPUT = 2
MOST_PEOPLE, MOST_PROCESSES = 100_000_000, 64


class Command(BaseCommand):
    help = "Show, prove, print or compare screening protocols, or audit another decision table."
    requires_system_checks = ()  # answers need no database and no settings

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        show = actions.add_parser("show", help="the questionnaire and its rules, to read")
        show.add_argument("--language", choices=LANGUAGES, default="en")
        show.add_argument("--voice", choices=VOICES, default="me")
        proofs = actions.add_parser(
            "verify", help="the proofs, with their counts; exit code 1 when one fails"
        )
        document = actions.add_parser("document", help="the JSON document, loss-free")
        document.add_argument("--schema", action="store_true", help="the JSON Schema of documents instead")
        for action in (show, proofs, document):
            action.add_argument(
                "--protocol", default=LIVE.version, help="a published version, or a document file"
            )
        table = actions.add_parser(
            "audit", help="what is wrong with a decision table; exit code 1 when something is"
        )
        table.add_argument("file", help="a JSON file, or - for standard input")
        diff = actions.add_parser(
            "diff", help="what two protocols decide differently; exit code 1 when they differ"
        )
        diff.add_argument("old", help="a published version, or a document file")
        diff.add_argument("new", help="a published version, or a document file")
        diff.add_argument(
            "--sheets", help="answer sheets to replay, one JSON object a line; - for standard input"
        )
        diff.add_argument("--people", type=between(1, MOST_PEOPLE), help="replay so many made-up people")
        diff.add_argument(
            "--seed", type=between(0, 10**9), default=1, help="the same people for the same seed"
        )
        diff.add_argument("--processes", type=between(1, MOST_PROCESSES), default=1, help="for a replay")
        for action in (proofs, table, diff):
            action.add_argument("--json", action="store_true", help="as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        getattr(self, f"_{options['action']}")(options)

    def _show(self, options: dict[str, Any]) -> None:
        protocol = named(options["protocol"])
        self.stdout.write("\n".join(shown(protocol, options["language"], options["voice"])))

    def _document(self, options: dict[str, Any]) -> None:
        document = schema() if options["schema"] else to_document(named(options["protocol"]))
        self._as_json(document)

    def _verify(self, options: dict[str, Any]) -> None:
        protocol = named(options["protocol"])
        proofs = verify(protocol)
        if options["json"]:
            self._as_json(proofs_as_json(protocol, proofs))
        else:
            self._lines(proofs_in_lines(protocol, proofs))
        if not proofs.hold:
            raise CommandError(f"{len(proofs.problems)} proofs failed", returncode=FOUND_SOMETHING)

    def _audit(self, options: dict[str, Any]) -> None:
        try:
            table = load_table(read_text(options["file"], LIMITS.characters))
        except TableError as error:
            raise CommandError(str(error), returncode=BAD_INPUT) from None
        found = audit.audit(table)
        if options["json"]:
            self._as_json(audit.as_json(found))
        else:
            self._lines(audit.in_lines(found))
        if not found.clean:
            raise CommandError("the table is not whole", returncode=FOUND_SOMETHING)

    def _diff(self, options: dict[str, Any]) -> None:
        old, new = named(options["old"]), named(options["new"])
        found = compare(old, new)
        people = replayed(old, new, options)
        if options["json"]:
            more = {"sheets": compare_report.sheets_as_json(people)} if people else {}
            self._as_json({**compare_report.as_json(found), **more})
        else:
            self._lines(compare_report.in_lines(found))
            self._lines(compare_report.sheets_in_lines(people) if people else iter(()))
        if not found.same:
            raise CommandError("the two protocols differ", returncode=FOUND_SOMETHING)

    def _as_json(self, values: Any) -> None:
        self.stdout.write(json.dumps(values, indent=1, ensure_ascii=False))

    def _lines(self, lines: Iterator[str]) -> None:
        for line in lines:
            self.stdout.write(line)


def named(name: str) -> Protocol:
    """Return a published protocol by its version, or the one in a document file. Exit code 2 for anything else."""
    if name in PROTOCOLS or not Path(name).exists():
        try:
            return versions.named(name)
        except NoSuchVersion:
            message = f"{name} is no published version (one is {LIVE.version}) and no file"
            raise CommandError(message, returncode=BAD_INPUT) from None
    try:
        return load_text(read_text(name, LIMITS.characters))
    except ProtocolRefused as error:
        said = "\n".join(f"{fault.place}: {fault.sentence}" for fault in error.faults)
        raise CommandError(f"{name} is no well-made protocol\n{said}", returncode=BAD_INPUT) from None
    except DocumentError as error:
        raise CommandError(f"{name}: {error}", returncode=BAD_INPUT) from None


def read_text(name: str, most: int) -> str:
    """Return the text of a file, or of standard input for "-", cut one character past `most`."""
    try:
        if name == "-":
            return sys.stdin.read(most + 1)
        with Path(name).open(encoding="utf-8-sig") as file:
            return file.read(most + 1)
    except OSError as error:
        raise CommandError(f"{name}: {error.strerror}", returncode=BAD_INPUT) from None
    except UnicodeDecodeError:
        raise CommandError(f"{name}: not UTF-8 text", returncode=BAD_INPUT) from None


def replayed(old: Protocol, new: Protocol, options: dict[str, Any]) -> SheetMoves | None:
    """Return what becomes of the people on answer sheets, or of made-up people, or None when neither is asked for."""
    name, people, processes = options["sheets"], options["people"], options["processes"]
    if name and people:
        raise CommandError("either --sheets or --people, not both", returncode=BAD_INPUT)
    if people:
        return replay(old, new, made_up(people, options["seed"]), processes)
    if not name:
        return None
    try:
        with nullcontext(sys.stdin) if name == "-" else Path(name).open(encoding="utf-8-sig") as file:
            return replay(old, new, pieces_of(file), processes)
    except BadLine as error:
        raise CommandError(str(error), returncode=BAD_INPUT) from None
    except OSError as error:
        raise CommandError(f"{name}: {error.strerror}", returncode=BAD_INPUT) from None
    except UnicodeDecodeError:
        raise CommandError(f"{name}: not UTF-8 text", returncode=BAD_INPUT) from None


def between(least: int, most: int) -> Callable[[str], int]:
    """Return a reader of whole numbers in a range, for arguments."""

    def read(text: str) -> int:
        if not text.isascii() or not text.isdigit() or len(text) > 12 or not least <= int(text) <= most:
            raise ArgumentTypeError(f"expected a whole number from {least:,} to {most:,}")
        return int(text)

    return read


def proofs_as_json(protocol: Protocol, proofs: Proofs) -> dict[str, Any]:
    """Return proofs as JSON values."""
    return {
        "protocol": {"version": protocol.version, "digest": digest(protocol)},
        "hold": proofs.hold,
        "counts": proofs.counts,
        "problems": [_problem(problem) for problem in proofs.problems],
        "remarks": [_problem(remark) for remark in proofs.remarks],
        "seconds": round(proofs.seconds, 2),
    }


def _problem(problem: Problem) -> dict[str, str]:
    return {
        "proof": problem.proof,
        "sentence": problem.sentence,
        "person": problem.person,
        "place": problem.place,
    }


def proofs_in_lines(protocol: Protocol, proofs: Proofs) -> Iterator[str]:
    """Yield proofs as lines to read: each count, then what failed and what is worth a look."""
    yield f"{protocol.name} {protocol.version}, digest {digest(protocol)}"
    for label, number in proofs.counts.items():
        yield f"{number:>14,}  {label}"
    for word, rows in (("REMARK", proofs.remarks), ("FAILED", proofs.problems)):
        for row in rows:
            yield f"{word}  {row.proof}: {row.sentence}{f' ({row.place})' if row.place else ''}"
            if row.person:
                yield f"        {row.person}"
    if proofs.hold:
        yield (
            "All hold: exactly one outcome each, more need never gives less care, danger wins, every rule, "
            "program, question and message reaches somebody, the schedule decides nothing."
        )
    yield f"{proofs.seconds:.1f} seconds"
