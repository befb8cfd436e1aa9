"""Answers in, assessment out, as JSON. For a look at one case, or for a stream of many."""

from __future__ import annotations

import gc
import json
import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from io import TextIOWrapper
from pathlib import Path
from typing import IO, Any

from django.core.management.base import BaseCommand, CommandError

from screening.engine import AnswerError, Assessment, Engine, engine_for
from screening.engine.receipt import ReceiptError, answers_in, version_of
from screening.engine.report import report, report_line
from screening.engine.safe_json import short
from screening.engine.spec import LANGUAGES
from screening.protocol import LIVE, PROTOCOLS
from screening.revisions.registry import NoSuchVersion
from screening.versions import named

# One sheet of answers is a few hundred bytes; anything near this is not a sheet.
MOST_CHARACTERS = 64 * 1024
BAD_INPUT = 2


class BadSheet(ValueError):
    """A sheet that can not be read; the message says what is wrong, never the whole content."""


def read_sheet(text: str) -> dict[str, Any]:
    """Return the answers in one JSON object. Raises BadSheet."""
    if len(text) > MOST_CHARACTERS:
        raise BadSheet(f"longer than {MOST_CHARACTERS} characters")
    try:
        text.encode()  # half a character is what is left of bytes that were not UTF-8
        sheet = json.loads(text, object_pairs_hook=_no_doubles, parse_int=_number)
    except UnicodeEncodeError:
        raise BadSheet("not UTF-8 text") from None
    except RecursionError:
        raise BadSheet("nested too deeply") from None
    except json.JSONDecodeError as error:
        raise BadSheet(f"not JSON: {error.msg} (character {error.pos})") from None
    if not isinstance(sheet, dict):
        raise BadSheet("expected an object of question: choice")
    return sheet


def _no_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    sheet = dict(pairs)
    if len(sheet) != len(pairs):
        twice = Counter(key for key, _ in pairs).most_common(1)[0][0]
        raise BadSheet(f"question {short(twice)} is answered twice")
    return sheet


def _number(digits: str) -> float:
    # No answer is a number; one of thousands of digits must not become one before it is refused.
    return int(digits) if len(digits) < 20 else float("inf")


class Command(BaseCommand):
    help = (
        "Assess answers: one JSON object of {question: choice} in, one JSON assessment out. "
        "Exit code 2 for answers that do not fit."
    )
    requires_system_checks = ()  # answers need no database, but for receipts of versions that staff made live

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", help="a JSON file, or - for standard input")
        parser.add_argument("--receipt", metavar="CODE", help="make again the result a person has a code for")
        parser.add_argument("--lines", action="store_true", help="one JSON object a line, streaming")
        parser.add_argument("--brief", action="store_true", help="leave the explanation out")
        parser.add_argument("--language", choices=LANGUAGES, default="en")
        parser.add_argument(
            "--protocol", choices=sorted(PROTOCOLS), default=LIVE.version, help="protocol version"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["receipt"]:
            if options["file"] or options["lines"]:
                raise CommandError("a receipt takes the place of a file", returncode=BAD_INPUT)
            self._again(options)
            return
        if not options["file"]:
            raise CommandError("name a file, - for standard input, or --receipt CODE", returncode=BAD_INPUT)
        engine = engine_for(PROTOCOLS[options["protocol"]])
        source = self._open(options["file"])
        try:
            if options["lines"]:
                self._stream(engine, source, options)
            else:
                self._one(engine, source, options)
        finally:
            gc.enable()
            if source is not sys.stdin:
                source.close()

    def _again(self, options: dict[str, Any]) -> None:
        """Print the assessment of the answers a receipt holds, by the version that it names."""
        try:
            version = version_of(options["receipt"])
        except ReceiptError as error:
            raise CommandError(str(error), returncode=BAD_INPUT) from None
        try:
            # Versions that staff made live are in the database; those that came with the software need none.
            engine = engine_for(named(version))
        except NoSuchVersion:
            message = f"there is no protocol version {version[:20]!a}"
            raise CommandError(message, returncode=BAD_INPUT) from None
        try:
            answers = answers_in(engine, options["receipt"])
        except ReceiptError as error:
            raise CommandError(str(error), returncode=BAD_INPUT) from None
        assessment = engine.assess_checked(answers, explain=not options["brief"])
        self._print(assessment, options["language"])

    def _print(self, assessment: Assessment, language: str) -> None:
        self.stdout.write(json.dumps(report(assessment, language), indent=2, ensure_ascii=False))

    def _open(self, name: str) -> IO[str]:
        if name == "-":
            if isinstance(sys.stdin, TextIOWrapper):
                sys.stdin.reconfigure(encoding="utf-8", errors="surrogateescape")
            return sys.stdin
        try:
            # A line that is not UTF-8 must not end the stream: it is refused in its place.
            return Path(name).open(encoding="utf-8", errors="surrogateescape")
        except OSError as error:
            raise CommandError(f"{name}: {error.strerror}", returncode=BAD_INPUT) from None

    def _one(self, engine: Engine, source: IO[str], options: dict[str, Any]) -> None:
        try:
            sheet = read_sheet(source.read(MOST_CHARACTERS + 1))
            assessment = engine.assess(sheet, explain=not options["brief"])
        except (BadSheet, AnswerError) as error:
            raise CommandError(str(error), returncode=BAD_INPUT) from None
        self._print(assessment, options["language"])

    def _stream(self, engine: Engine, source: IO[str], options: dict[str, Any]) -> None:
        """Write one line for each line read, in order; a bad line gets an error in its place."""
        bad = 0
        # What is made for one person is gone before the next: nothing is left for the collector.
        gc.disable()
        write, language, explain = sys.stdout.write, options["language"], not options["brief"]
        for number, text in enumerate(_lines(source), start=1):
            if not text.strip():
                continue
            try:
                assessment = engine.assess(read_sheet(text), explain=explain)
                write(report_line(assessment, language))
            except (BadSheet, AnswerError) as error:
                bad += 1
                write(json.dumps({"line": number, "error": str(error)}))
                self.stderr.write(f"line {number}: {error}")
            write("\n")
        sys.stdout.flush()
        if bad:
            raise CommandError(f"{bad} lines do not fit the protocol", returncode=BAD_INPUT)


def _lines(source: IO[str]) -> Iterator[str]:
    """Yield the lines of a stream, each cut where it is surely too long to be a sheet."""
    while text := source.readline(MOST_CHARACTERS + 2):
        yield text
        while not text.endswith("\n") and len(text) == MOST_CHARACTERS + 2:
            text = source.readline(MOST_CHARACTERS + 2)
