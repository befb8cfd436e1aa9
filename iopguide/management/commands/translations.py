"""Keep the translations whole: collect the words, compile them, or refuse if one is missing."""

import argparse
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from iopguide import catalog


class Command(BaseCommand):
    help = "Collect (--update), compile (--compile) or examine (--check) the translations in locale/."
    requires_system_checks = ()

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--update", action="store_true", help="bring the .po files in step with the code and templates"
        )
        parser.add_argument("--compile", action="store_true", help="write the .mo files the server reads")
        parser.add_argument(
            "--check", action="store_true", help="fail for a missing, fuzzy, unused or mismatched entry"
        )

    def handle(self, **options: Any) -> None:
        if not (options["update"] or options["compile"] or options["check"]):
            raise CommandError("Say what to do: --update, --compile, --check, or several.")
        found = catalog.find(settings.BASE_DIR) if options["update"] or options["check"] else {}
        faults = 0
        for code in catalog.codes():
            if options["update"]:
                added, removed = catalog.update(code, found)
                self.stdout.write(f"{code}: {len(found)} strings, {added} new, {removed} no longer used")
            if options["compile"]:
                catalog.compile_catalog(code)
            if options["check"]:
                problems = catalog.problems(code, found)
                faults += len(problems)
                for line in problems:
                    self.stderr.write(f"{code}: {line}")
                if not problems:
                    self.stdout.write(f"{code}: all {len(found)} strings are translated")
        if faults:
            raise CommandError(
                f"{faults} translation problems. `make messages` brings the files in step; then translate."
            )
