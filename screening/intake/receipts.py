"""What a person is shown once after a form: in a locked cookie, for ten minutes, on one page."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from iopguide import keyring

MINUTES = 10
PURPOSE = "intake receipt"


def give(response: HttpResponse, kind: str, **said: str) -> None:
    """Put what was said into the cookie, locked."""
    until = (timezone.now() + timedelta(minutes=MINUTES)).isoformat()
    token = keyring.lock(PURPOSE, json.dumps({"kind": kind, "until": until, **said}).encode())
    response.set_cookie(
        settings.RECEIPT_COOKIE_NAME,
        token.decode(),
        max_age=MINUTES * 60,
        secure=not settings.LOCAL,
        httponly=True,
        samesite="Strict",
    )


def read(request: HttpRequest, kind: str) -> dict[str, Any] | None:
    """Return what the cookie says, while it is this kind and its ten minutes last."""
    token = request.COOKIES.get(settings.RECEIPT_COOKIE_NAME)
    if not token:
        return None
    try:
        said: dict[str, Any] = json.loads(keyring.unlock(PURPOSE, token.encode()))
    except keyring.KeyMissing:
        return None
    fresh = datetime.fromisoformat(said["until"]) > timezone.now()
    return said if said["kind"] == kind and fresh else None
