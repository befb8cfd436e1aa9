"""Fill the site with made-up staff, figures and requests, to look at all of it. Each app brings its own part."""

import argparse
from importlib import import_module
from importlib.util import find_spec
from random import Random
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

SEED = 2026


class Command(BaseCommand):
    help = "Fill the site with made-up staff, figures and requests. Run again, it adds nothing twice."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--yes", action="store_true", help="on a server: yes, put made-up data in here")

    def handle(self, **options: Any) -> None:
        if not settings.LOCAL and not options["yes"]:
            raise CommandError(
                "This is a server. The demonstration makes accounts and people that do not exist; if that is what "
                "you want here, say so with --yes."
            )
        modules = [
            import_module(f"{config.name}.demo")
            for config in apps.get_app_configs()
            if find_spec(f"{config.name}.demo")
        ]
        for module in sorted(modules, key=lambda one: not getattr(one, "FIRST", False)):
            # Its own dice for each, so that one part never changes another. Nothing secret comes of them.
            dice = Random(f"{SEED} {module.__name__}")  # noqa: S311
            for line in module.fill(dice):
                self.stdout.write(line)
