"""Says which facts on live pages have to be looked up again; with --check, fails when one is past its day."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from programs.models.facts import RECHECK
from programs.rechecking import Basis, Shown, shown


class Command(BaseCommand):
    help = (
        f"List the facts that the public can read, what each rests on, and when to look again: {RECHECK.days} days after "
        "somebody looked, or on the day that was set."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="print only what is past its day, and fail if anything is"
        )
        parser.add_argument(
            "--on", type=date.fromisoformat, metavar="DAY", help="as if it were this day, like 2027-01-31"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        today = options["on"] or timezone.localdate()
        facts = list(shown())
        late = [fact for fact in facts if fact.fails(today)]
        for fact in late if options["check"] else facts:
            self.stdout.write(_line(fact, today))
        typical = sum(fact.basis == Basis.TYPICAL for fact in facts)
        self.stdout.write(f"{len(facts)} facts are shown; {typical} of them are {Basis.TYPICAL.label}.")
        if options["check"] and late:
            raise CommandError(f"{len(late)} facts are shown that somebody has to look up.")


def _line(fact: Shown, today: date) -> str:
    when = f"; look again on {fact.due}" if fact.due else ""
    return f"{'LATE  ' if fact.fails(today) else 'ok    '}{fact.name}: {fact.basis.label}{when}"
