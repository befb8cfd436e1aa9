"""After a restore: deletes again what people had deleted since that backup was made."""

import re
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from screening import saving
from screening.intake import retention

LINE = re.compile(r"[0-9a-f]{64}")


class Command(BaseCommand):
    help = (
        "Delete the rows that these files of tombstones name. Run it after a restore, before the site opens."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "files", nargs="+", type=Path, metavar="FILE", help="written by purge_requests --tombstones"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        found: set[str] = set()
        for path in options["files"]:
            lines = path.read_text(encoding="ascii", errors="replace").split()
            if not all(LINE.fullmatch(line) for line in lines):
                raise CommandError(f"{path} is not a file of tombstones.")
            found.update(lines)
        self.stdout.write(f"{retention.bury_again(found) + saving.bury_again(found)} rows deleted again")
