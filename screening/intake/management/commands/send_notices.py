"""Sends the mails to staff that wait. Run it by a timer, each minute; what fails is tried again later."""

from typing import Any

from django.core.management.base import BaseCommand

from screening.intake import notices


class Command(BaseCommand):
    help = "Tell staff that requests wait, or are overdue; the mail says nothing else."

    def handle(self, *args: Any, **options: Any) -> None:
        counts = notices.send_due()
        self.stdout.write(f"{counts['sent']} sent, {counts['failed']} failed and will be tried again")
