"""Public pages are rendered once and kept, in this process, until something the public can see changes.

A kept page costs one query: the number of the guide as it is now. That number is part of the key, so an edit shows
on the very next request, in every process, and nothing has to be thrown away.
"""

from __future__ import annotations

import gzip
import hashlib
import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from iopguide.errors import DATABASE_IS_DOWN
from iopguide.visibility import public
from programs import services

logger = logging.getLogger(__name__)

PAGES = "pages"  # the name of the cache in the settings
LAST = "last"  # in place of a number: where the newest page of this address is kept
View = Callable[..., HttpResponse]
# The page, the page packed, its type, its mark.
Kept = tuple[bytes, bytes, str, str]


def kept(view: View) -> View:
    """Make a public page of a view whose answer depends on the address, the language and the guide alone.

    What it reads of the query it names with `asking`.
    """
    asks: tuple[str, ...] = getattr(view, "asks", ())

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            version = services.current_version()
        except DATABASE_IS_DOWN:
            return _without_database(request, view, asks)
        key = _key(request, version, asks)
        found: Kept | None = caches[PAGES].get(key)
        if found is None:
            response = view(request, *args, **kwargs)
            if response.status_code != 200:
                return response
            found = _keep(key, response)
            caches[PAGES].set(_key(request, LAST, asks), key)
        return _answer(request, found)

    return public(require_safe(answered))


def _without_database(request: HttpRequest, view: View, asks: tuple[str, ...]) -> HttpResponse:
    """Whoever is in need still gets the page as it was a moment ago, or what the view can say without the guide."""
    found: Kept | None = caches[PAGES].get(caches[PAGES].get(_key(request, LAST, asks), ""))
    if found is None:
        bare: View | None = getattr(view, "bare", None)
        if bare is None:
            raise
        return bare(request)
    logger.warning("page_kept_from_before_the_outage")
    return _answer(request, found)


def bare(without: View) -> Callable[[View], View]:
    """Give a kept view another one that needs no database."""

    def marked(view: View) -> View:
        view.bare = without  # type: ignore[attr-defined]
        return view

    return marked


def asking(*names: str) -> Callable[[View], View]:
    """Say which parts of the query a kept view reads."""

    def marked(view: View) -> View:
        view.asks = names  # type: ignore[attr-defined]
        return view

    return marked


def _key(request: HttpRequest, version: int | str, asks: tuple[str, ...]) -> str:
    # Absolute addresses stand in the page, so the host is part of it; allowed hosts are few and named.
    parts = [str(version), str(get_language()), request.scheme or "", request.get_host(), request.path]
    parts += [request.GET.get(name, "") for name in asks]
    return hashlib.blake2b("\0".join(parts).encode(), digest_size=16).hexdigest()


def _keep(key: str, response: HttpResponse) -> Kept:
    body = response.content
    mark = hashlib.blake2b(body, digest_size=12).hexdigest()
    # Packed once: nothing secret is on a public page, so its length may tell what it is (cf. BREACH).
    found = (body, gzip.compress(body, mtime=0), response["Content-Type"], f'W/"{mark}"')
    caches[PAGES].set(key, found)
    return found


def _answer(request: HttpRequest, found: Kept) -> HttpResponse:
    body, packed, kind, mark = found
    takes_packed = "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")
    response = HttpResponse(packed if takes_packed else body, content_type=kind)
    if takes_packed:
        response["Content-Encoding"] = "gzip"
    # A browser may keep the page but must ask whether it still holds.
    response["Cache-Control"] = "no-cache"
    response["ETag"] = mark
    response["Vary"] = "Accept-Encoding"
    if "HTTP_IF_NONE_MATCH" not in request.META:
        return response
    return get_conditional_response(request, etag=mark, response=response)  # type: ignore[return-value]
