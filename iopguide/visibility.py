"""Private by default: a page is neither stored by browsers nor listed by search engines unless it says so.

Nor shown inside another page, with one exception that has to be asked for: the frame of a preview, in our own pages.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

View = TypeVar("View", bound=Callable[..., Any])

_MARK = "is_public_page"
_FRAMED = "may_be_framed"


def public(view: View) -> View:
    """Mark a view whose page is the same for everyone and may be found: guides, home, help lines.

    Use it outermost, on the callable that the URL names: `public(ProgramPage.as_view())` or `@public` on top.
    """
    setattr(view, _MARK, True)
    return view


def mark(request: HttpRequest, view: Callable[..., Any]) -> None:
    setattr(request, _MARK, getattr(view, _MARK, False))


def is_public(request: HttpRequest) -> bool:
    return bool(getattr(request, _MARK, False))


def framed(response: HttpResponse) -> HttpResponse:
    """Let pages of this site, and of no other, show this answer in a frame."""
    setattr(response, _FRAMED, True)
    # As django-csp reads it: this page's own word in place of the site's.
    response._csp_replace = {"frame-ancestors": ["'self'"]}  # type: ignore[attr-defined]
    return response


def may_be_framed(response: HttpResponseBase) -> bool:
    return bool(getattr(response, _FRAMED, False))
