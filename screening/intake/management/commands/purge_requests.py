"""Deletes requests and codes whose time is over. Run it by a timer; it prints counts only."""

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from screening.intake import retention


class Command(BaseCommand):
    help = "Delete requests for a call, and hand-off codes, that are past their time."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="count, and delete nothing")
        parser.add_argument(
            "--tombstones",
            type=Path,
            metavar="FILE",
            help="also write what was deleted to FILE, for a restore",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        counts = retention.purge(dry_run=options["dry_run"])
        verb = "would be deleted" if options["dry_run"] else "deleted"
        for what, count in counts.items():
            self.stdout.write(f"{count} {what} {verb}")
        if options["tombstones"] and not options["dry_run"]:
            self._write(options["tombstones"])

    def _write(self, path: Path) -> None:
        # Written aside and put in place whole: a reader never finds half a file.
        draft = path.with_name(f".{path.name}.{os.getpid()}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.writelines(f"{line}\n" for line in retention.tombstones())
        draft.replace(path)
