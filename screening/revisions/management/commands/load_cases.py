"""The signed cases, from the files a clinical lead reads into the pages where drafts are held against them."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from screening.revisions import cases


class Command(BaseCommand):
    help = "Load the signed cases of a folder of TOML files. Cases that are there keep what was signed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, help="default: the project's own cases")

    def handle(self, *args: Any, **options: Any) -> None:
        folder = options["folder"] or cases.default_folder()
        if folder is None or not folder.is_dir():
            raise CommandError("There is no folder of cases. Name one.")
        self.stdout.write(f"{cases.load(folder)} new cases.")
