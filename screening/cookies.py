"""The one cookie of a check: the half of its key that only the person's browser holds."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse


def token_in(request: HttpRequest) -> str | None:
    """Return the token this browser holds, if it holds one."""
    return request.COOKIES.get(settings.SCREENING_COOKIE_NAME)


def remember(response: HttpResponse, token: str) -> None:
    """Give the browser the key, until it is closed."""
    response.set_cookie(
        settings.SCREENING_COOKIE_NAME,
        token,
        secure=not settings.LOCAL,
        httponly=True,
        samesite="Lax",  # a link back from another site must still find the answers
    )


def forget(response: HttpResponse, *, forms: bool = False) -> None:
    """Delete the cookies. Browsers drop a page kept for Back when an HttpOnly cookie changes.

    `forms`: the one that lets forms be sent as well, for who leaves: a browser can send those of its history again.
    """
    names = [settings.SCREENING_COOKIE_NAME, settings.RECEIPT_COOKIE_NAME]
    for name in [*names, settings.CSRF_COOKIE_NAME] if forms else names:
        response.delete_cookie(name, samesite="Lax")
        if not settings.LOCAL:
            response.cookies[name]["secure"] = True
