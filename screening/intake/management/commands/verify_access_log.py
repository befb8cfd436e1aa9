"""Walks the access log and says whether anything was changed, moved, left out or cut off."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from screening.intake import access_log


class Command(BaseCommand):
    help = "Check the chain of the access log. Note the printed head somewhere else, and check against it next time."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--expect", metavar="NUMBER:DIGEST", help="a head noted earlier; it must still be there"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        verdict = access_log.verify()
        if verdict.fault:
            raise CommandError(f"The access log is broken: {verdict.fault}.")
        if options["expect"] and not access_log.holds(options["expect"]):
            raise CommandError("The access log is broken: it does not hold the head that was noted.")
        self.stdout.write(f"{verdict.entries} entries, unbroken. Head: {verdict.entries}:{verdict.head}")
