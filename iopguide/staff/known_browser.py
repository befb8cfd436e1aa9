"""A signed cookie that says: the owner of this account has signed in with this browser before.

It opens nothing. It only lets the owner try again while a stranger's guesses are being refused.
"""

import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.crypto import constant_time_compare, salted_hmac

SALT = "iopguide.known-browser"
KEEP = 90 * 24 * 60 * 60


def _owner(login: str) -> str:
    return salted_hmac(SALT, login.lower()).hexdigest()[:16]


def _read(request: HttpRequest) -> tuple[str, str] | None:
    cookie = request.COOKIES.get(settings.KNOWN_BROWSER_COOKIE_NAME)
    if not cookie:
        return None
    try:
        owner, name = signing.loads(cookie, salt=SALT, max_age=KEEP)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return owner, name


def name_of(request: HttpRequest) -> str:
    """Return the random name of this browser, or "" for one that nobody has signed in with."""
    found = _read(request)
    return found[1] if found else ""


def knows(request: HttpRequest, login: str) -> bool:
    """Return whether the owner of this account has signed in with this browser."""
    found = _read(request)
    return found is not None and constant_time_compare(found[0], _owner(login))


def remember(request: HttpRequest, response: HttpResponseBase, login: str) -> None:
    """Let the browser remember that this account's owner has signed in with it."""
    name = name_of(request) or secrets.token_urlsafe(12)
    response.set_cookie(
        settings.KNOWN_BROWSER_COOKIE_NAME,
        signing.dumps((_owner(login), name), salt=SALT),
        max_age=KEEP,
        secure=not settings.LOCAL,
        httponly=True,
        samesite="Strict",
    )
