"""Deletes checks whose time is over. Run it by a timer, hourly; it prints counts only."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from screening import services


class Command(BaseCommand):
    help = "Delete checks, with their answers, that are past their time."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="count, and delete nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        count = services.purge(dry_run=options["dry_run"])
        verb = "would be deleted" if options["dry_run"] else "deleted"
        self.stdout.write(f"{count} checks {verb}")
