"""Locks contact data and second factors anew with the first of IOPGUIDE_CONTACT_KEYS: an old key can then go."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from iopguide.keyring import KeyMissing
from screening.intake import rotation


class Command(BaseCommand):
    help = (
        "Lock contact data and staff's second factors anew with the first key. "
        "Put the new key first, reload, run this, then drop the old key."
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
