"""Prints everything this site holds about people: each column, how many rows have it, how old the oldest is."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from screening.intake import holdings


class Command(BaseCommand):
    help = "Print every column that is held, with counts and ages; never a value."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--reference", help="only what belongs to this request for a call")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["reference"]:
            found = holdings.of_request(options["reference"].strip().upper())
            if not found:
                raise CommandError("There is no request with this reference; nothing is held.")
        else:
            found = holdings.of_site()
        for table in found:
            self.stdout.write(f"\n{table.name}: {table.rows} rows{table.age}")
            for column in table.columns:
                self.stdout.write(f"  {column.name:<24} {column.filled:>8}  {column.form}")
