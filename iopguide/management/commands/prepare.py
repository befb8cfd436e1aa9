"""What `make run` needs before it can serve: secrets, translations, tables, static files. Done once, skipped after."""

import argparse
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor

from iopguide import catalog
from programs import starter_content
from programs.models import Page


class Command(BaseCommand):
    help = "Make this checkout ready to serve. Quick when there is nothing to do."
    requires_system_checks = ()

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--skip-static", action="store_true", help="leave the static files alone (runserver finds them)"
        )

    def handle(self, **options: Any) -> None:
        settings.VAR_DIR.mkdir(mode=0o700, exist_ok=True)
        if settings.LOCAL:
            (settings.VAR_DIR / "local").touch(mode=0o600)  # manage.py reads this mark
        for code in catalog.codes():
            if catalog.compile_catalog(code):
                self.stdout.write(f"Compiled the translations for '{code}'.")
        if self._has_pending_migrations():
            self.stdout.write("Bringing the database up to date ...")
            call_command("migrate", interactive=False, verbosity=0)
        if self._starter_is_stale():
            self.stdout.write("Adding the content that comes with the software ...")
            call_command("load_starter_content", verbosity=0)
            self._loaded.touch()
        if not options["skip_static"] and self._static_is_stale():
            self.stdout.write("Collecting the static files ...")
            call_command("collectstatic", interactive=False, verbosity=0)
            self._stamp.touch()

    @property
    def _loaded(self) -> Path:
        return settings.VAR_DIR / "starter_content"

    def _starter_is_stale(self) -> bool:
        if not self._loaded.exists() or not Page.objects.exists():
            return True
        loaded = self._loaded.stat().st_mtime
        return any(path.stat().st_mtime > loaded for path in starter_content.FOLDER.rglob("*.toml"))

    @property
    def _stamp(self) -> Path:
        return Path(settings.STATIC_ROOT) / ".collected"

    def _has_pending_migrations(self) -> bool:
        executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
        return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))

    def _static_is_stale(self) -> bool:
        if not self._stamp.exists():
            return True
        collected = self._stamp.stat().st_mtime
        # The lock file stands for the static files that packages bring (the admin's).
        watched = [settings.BASE_DIR / "requirements.txt", *settings.STATICFILES_DIRS]
        return any(
            path.stat().st_mtime > collected for top in watched for path in [Path(top), *Path(top).rglob("*")]
        )
