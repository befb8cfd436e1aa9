"""The guide with the content that comes with the software: loaded once for a whole module, then rolled back."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from programs import starter_content


@pytest.fixture(scope="module")
def starter(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, int]]:
    """Every page of the starter content. A test's own changes are undone after it, as always."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield starter_content.load()
        transaction.set_rollback(True)
