"""Lists the records that one account opened between two moments: where a breach notice begins."""

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from screening.intake import access_log, office


class Command(BaseCommand):
    help = "List what an account opened between two moments (the desk's time zone), by record id."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("start", metavar="FROM", help="like 2026-03-04T09:00")
        parser.add_argument("end", metavar="TO")

    def handle(self, *args: Any, **options: Any) -> None:
        who = get_user_model().objects.filter(username=options["username"]).first()
        if who is None:
            raise CommandError("There is no such account.")
        try:
            start, end = (
                datetime.fromisoformat(options[name]).replace(tzinfo=office.desk_zone())
                for name in ("start", "end")
            )
        except ValueError as error:
            raise CommandError("Write moments like 2026-03-04T09:00.") from error
        entries = access_log.opened_by(who, start, end)
        for entry in entries:
            at = f"{entry.at.astimezone(office.desk_zone()):%Y-%m-%d %H:%M:%S}"
            self.stdout.write(f"{at}  {entry.action:<28} {entry.kind} {entry.record}")
        requests = {one for entry in entries if entry.kind == "request" for one in entry.record.split()}
        self.stdout.write(f"{len(entries)} entries, {len(requests)} requests")
