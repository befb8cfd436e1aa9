"""Locks every contact anew with the first of IOPGUIDE_CONTACT_KEYS, so that an old key can be dropped."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from screening.intake import rotation
from screening.intake.keyring import KeyMissing


class Command(BaseCommand):
    help = (
        "Lock contact data anew with the first key. Put the new key first, run this, then drop the old key."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            counts = rotation.rotate()
        except KeyMissing as error:
            raise CommandError(
                "A row opens with none of IOPGUIDE_CONTACT_KEYS. Put the former key back; nothing is lost."
            ) from error
        for what, count in counts.items():
            self.stdout.write(f"{count} {what} locked with the first key")
