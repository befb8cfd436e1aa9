"""The guide with the content that comes with the software, loaded once for a whole module; and whatever is logged."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction

from programs import starter_content


@pytest.fixture(scope="module")
def starter(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, int]]:
    """Every page of the starter content. A test's own changes are undone after it, as always."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield starter_content.load()
        transaction.set_rollback(True)


class Records(logging.Handler):
    """Every record of every logger, whatever its level."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture
def records() -> Iterator[list[logging.LogRecord]]:
    """What was logged, at DEBUG, with the SQL too."""
    handler = Records()
    loggers = [logging.getLogger(name) for name in ("", "django", "django.request", "django.db.backends")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
    loggers[0].addHandler(handler)
    connection.force_debug_cursor = True
    yield handler.records
    connection.force_debug_cursor = False
    loggers[0].removeHandler(handler)
    for logger, level in zip(loggers, levels, strict=True):
        logger.setLevel(level)
