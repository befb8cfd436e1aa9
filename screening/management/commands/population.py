"""Made-up people as JSON lines, for replays, demonstrations and measurements; they describe nobody."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand

from screening.management.commands.protocol import MOST_PEOPLE, between, named
from screening.population import stream
from screening.population.people import FACT_SHARES, SHARES, SIGNS
from screening.population.sources import SOURCES
from screening.population.tables import FACTS, Row
from screening.protocol import LIVE


class Command(BaseCommand):
    help = (
        "Write made-up people, one JSON object of answers a line: the same people for the same seed. "
        "They describe nobody and are no forecast."
    )
    requires_system_checks = ()  # made-up answers need no database and no settings

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("count", nargs="?", type=between(1, MOST_PEOPLE), default=1_000)
        parser.add_argument("--seed", type=between(0, 10**9), default=1)
        parser.add_argument(
            "--protocol", default=LIVE.version, help="a published version, or a document file"
        )
        parser.add_argument(
            "--whole", action="store_true", help="an answer to every question, on a person's path or not"
        )
        parser.add_argument(
            "--about", action="store_true", help="instead: the shares behind them, with sources"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["about"]:
            self.stdout.write("\n".join(about()))
            return
        protocol = named(options["protocol"])
        write = sys.stdout.write
        for sheet in stream(protocol, options["count"], options["seed"], whole=options["whole"]):
            write(json.dumps(sheet) + "\n")
        sys.stdout.flush()


def about() -> Iterator[str]:
    """Yield every table of shares as lines to read, then the sources and how well each was read."""
    yield "MADE-UP PEOPLE. They describe nobody; a count over them is no forecast of who will come."
    yield "Shares are in per cent, one column for each value of the fact they hang on."
    for facts in FACT_SHARES:
        yield from _table(f"FACT {facts.fact}", facts.by, facts.rows, facts.sources, facts.note)
    counts = ", ".join(
        f"{fact}: {few} to {most}" for fact, (few, most) in zip(FACTS["signs"], SIGNS.counts, strict=True)
    )
    yield f"\nSIGNS TICKED  ({counts}; {', '.join(SIGNS.sources)}) {SIGNS.note}"
    yield from (f"  {question} {key:<24}{weight:>8g}" for question, key, weight in SIGNS.weights)
    for table in SHARES:
        given = f", given {table.given[0]} {table.given[1]}" if table.given else ""
        title = f"{table.question}{' (each may be ticked)' if table.kind == 'many' else ''}{given}"
        yield from _table(title, table.by, table.rows, table.sources, table.note)
    yield "\nSOURCES"
    yield from (f"  {source.key} ({source.strength}): {source.citation}" for source in SOURCES)


def _table(title: str, by: str, rows: tuple[Row, ...], sources: tuple[str, ...], note: str) -> Iterator[str]:
    yield f"\n{title}  ({', '.join(sources)}){f' {note}' if note else ''}"
    yield "  " + f"by {by}".ljust(26) + "".join(f"{value:>11}" for value in FACTS[by])
    for key, shares in rows:
        yield "  " + key.ljust(26) + "".join(f"{share:>11g}" for share in shares)
