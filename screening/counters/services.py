"""The only writer of counters: adds what one request has to count, in one statement, and never breaks a page."""

from __future__ import annotations

import json
import logging
from collections import Counter
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from datetime import date, timedelta

from django.db import Error, connection

from screening.counters.models import today

logger = logging.getLogger(__name__)

# Counted by the week, because by the day they could come too close to one person's answers.
BY_WEEK = {"answered", "not_sure", "rather_not_say", "changed", "safety", "lead", "level", "program"}

COLUMNS = ("day", "event", "subject", "version", "language", "voice")

# Adding in the statement itself (count = count + n) loses nothing however many add at once, and takes one query for
# any number of rows. Django's own bulk upsert can only replace. Rows are sorted, so that two of these never wait for
# each other in a circle.
ADD_ON_POSTGRESQL = """
INSERT INTO counters_count (day, event, subject, version, language, voice, count)
SELECT r.day, r.event, r.subject, r.version, r.language, r.voice, r.count
FROM jsonb_to_recordset(%s::jsonb)
  AS r(day date, event text, subject text, version text, language text, voice text, count bigint)
ON CONFLICT (event, day, subject, version, language, voice)
DO UPDATE SET count = counters_count.count + EXCLUDED.count
"""
ADD_ON_SQLITE = """
INSERT INTO counters_count (day, event, subject, version, language, voice, count)
SELECT json_extract(r.value, '$.day'), json_extract(r.value, '$.event'), json_extract(r.value, '$.subject'),
       json_extract(r.value, '$.version'), json_extract(r.value, '$.language'), json_extract(r.value, '$.voice'),
       json_extract(r.value, '$.count')
FROM json_each(%s) AS r WHERE true
ON CONFLICT (event, day, subject, version, language, voice)
DO UPDATE SET count = counters_count.count + excluded.count
"""


@dataclass(frozen=True, slots=True, order=True)
class Event:
    """One thing that happened, as far as it may be known."""

    name: str
    subject: str = ""
    version: str = ""
    language: str = ""
    voice: str = ""


def count(events: Iterable[Event]) -> None:
    """Count these. A number that cannot be written is lost, and the page goes on."""
    found = Counter(events)
    if not found:
        return
    try:
        add(found, today())
    except Error as error:
        logger.warning("numbers_lost", exc_info=error, extra={"count": found.total()})


def add(found: Counter[Event], day: date) -> None:
    """Add these numbers to the rows of a day, or of its week."""
    rows = [
        dict(zip((*COLUMNS, "count"), (_when(event, day).isoformat(), *astuple(event), number), strict=True))
        for event, number in sorted(found.items())
    ]
    statement = ADD_ON_POSTGRESQL if connection.vendor == "postgresql" else ADD_ON_SQLITE
    with connection.cursor() as cursor:
        cursor.execute(statement, [json.dumps(rows)])


def _when(event: Event, day: date) -> date:
    return day - timedelta(days=day.weekday()) if event.name in BY_WEEK else day
