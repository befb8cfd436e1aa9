"""Deletes unsaved words of editors that nobody came back to. Run it by a timer; it prints a count only."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from programs.editing import copies


class Command(BaseCommand):
    help = "Delete what editors typed, did not save, and did not come back to."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="count, and delete nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        count = copies.purge(dry_run=options["dry_run"])
        verb = "would be deleted" if options["dry_run"] else "deleted"
        self.stdout.write(f"{count} unsaved texts {verb}")
