"""Private by default: a page is neither stored by browsers nor listed by search engines unless it says so."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest

View = TypeVar("View", bound=Callable[..., Any])

_MARK = "is_public_page"


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
