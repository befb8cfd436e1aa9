"""Put in the guide's first content. Runs at every start; never overwrites what an editor changed."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from programs import starter_content


class Command(BaseCommand):
    help = "Add the pages, facts and sources that come with the software and are not there yet."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            added = starter_content.load()
        except starter_content.StarterError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(", ".join(f"{count} {what}" for what, count in added.items()) + " added")
