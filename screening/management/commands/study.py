"""The study kit's last step: compare recommendations with clinicians' placements.

Reads a CSV with the columns of docs/study/form.csv, prints agreement with intervals.
Nothing is stored and nobody is named.
"""

from __future__ import annotations

import csv
import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from screening.agreement import Agreement, Pair, Share, agreement, by_group, rung
from screening.engine import engine_for
from screening.engine.receipt import ReceiptError, answers_in, version_of
from screening.engine.spec import LADDER
from screening.revisions.registry import NoSuchVersion
from screening.versions import named

COLUMNS = ("receipt", "placed", "group")
BAD_INPUT = 2


class BadRow(ValueError):
    """A row that can not be read; the message names the row, never its receipt."""


def read_pairs(path: Path) -> tuple[list[Pair], int]:
    """Return the pairs of a study file, and how many receipts gave no single level.

    Raises BadRow naming the first row that does not fit.
    """
    pairs, undetermined = [], 0
    with path.open(encoding="utf-8", newline="") as source:
        reader = csv.DictReader(source)
        if tuple(reader.fieldnames or ()) != COLUMNS:
            raise BadRow(f"the first line must be {','.join(COLUMNS)}")
        for number, row in enumerate(reader, start=2):
            level = _recommended(number, row["receipt"] or "")
            try:
                rung(row["placed"] or "")
            except ValueError as error:
                raise BadRow(f"row {number}, placed: {error}") from None
            if level not in LADDER:
                undetermined += 1
                continue
            pairs.append(Pair(level, row["placed"], (row["group"] or "").strip()))
    return pairs, undetermined


def _recommended(number: int, code: str) -> str:
    try:
        version = version_of(code)
        engine = engine_for(named(version))
        answers = answers_in(engine, code)
    except NoSuchVersion:
        raise BadRow(f"row {number}: there is no protocol version {version[:20]!a}") from None
    except ReceiptError as error:
        raise BadRow(f"row {number}, receipt: {error}") from None
    return engine.assess_checked(answers, explain=False).decision.level


class Command(BaseCommand):
    help = "Compare recommendations with clinicians' placements: a CSV in, agreement out."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help=f"a CSV with the columns {','.join(COLUMNS)}")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            pairs, undetermined = read_pairs(options["file"])
            whole = agreement(pairs)
        except OSError as error:
            raise CommandError(str(error.strerror), returncode=BAD_INPUT) from None
        except (ValueError, csv.Error) as error:
            raise CommandError(str(error), returncode=BAD_INPUT) from None
        groups = by_group(pairs)
        if options["json"]:
            shown = {
                "undetermined": undetermined,
                "all": asdict(whole),
                "groups": {name: asdict(g) if g else None for name, g in groups.items()},
            }
            self.stdout.write(json.dumps(shown, indent=2))
            return
        self._print("All", whole)
        self.stdout.write(f"Not counted, because no single level was recommended: {undetermined}")
        for name, group in groups.items():
            if group is None:
                self.stdout.write(f"\n{name}: too few people to show")
            else:
                self._print(name, group)

    def _print(self, name: str, found: Agreement) -> None:
        self.stdout.write(f"\n{name}: {found.people} people")
        for label, value in (
            ("same level", found.exact),
            ("within one level", found.within_one),
            ("less care than the clinician", found.under),
            ("more care than the clinician", found.over),
        ):
            self.stdout.write(f"  {label}: {_percent(value)}")
        kappa = found.kappa
        if kappa.value is None:
            self.stdout.write("  weighted kappa: not defined, everyone is in one cell")
        else:
            self.stdout.write(
                f"  weighted kappa: {kappa.value:.2f} (95 % interval {kappa.low:.2f} to {kappa.high:.2f})"
            )
        self.stdout.write("  rows recommended, columns placed: " + ", ".join(LADDER))
        for level, row in found.table.items():
            self.stdout.write(f"    {level:>12} " + " ".join(f"{row[c]:>6}" for c in LADDER))


def _percent(value: Share) -> str:
    return (
        f"{value.count} of {value.of}, {value.value:.0%} (95 % interval {value.low:.0%} to {value.high:.0%})"
    )
