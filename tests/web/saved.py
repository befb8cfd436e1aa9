"""What tests of saved checks share: a clock, somebody saves, somebody types words."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.web.walk import Visitor

Clock = Callable[[timedelta], None]


def standing_clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Stop the clock, so that no minute turns between two tries; what is returned moves it."""
    moment = datetime(2026, 3, 4, 15, 30, 20, tzinfo=UTC)

    def move(by: timedelta) -> None:
        nonlocal moment
        moment += by

    monkeypatch.setattr(timezone, "now", lambda: moment)
    return move


def shown(visitor: Visitor) -> str:
    """The words on this page, or nothing."""
    found = re.search(r'class="code words"[^>]*>([^<]+)<', visitor.page.html)
    return found[1] if found else ""


def save(visitor: Visitor) -> str:
    """Press the button, and return the words."""
    visitor.go("save")
    form = visitor.page.forms[0]
    visitor.post(visitor.url("save"), {**form.hidden(), "make": "1"})
    visitor.follow()
    assert shown(visitor)
    return shown(visitor)


def come_back(visitor: Visitor, typed: str, **more: str) -> Any:
    """Type these words on the page to come back."""
    visitor.go("resume")
    form = visitor.page.forms[0]
    return visitor.post(visitor.url("resume"), {**form.hidden(), "words": typed, **more})
