"""The pages people see when something went wrong. Each carries help lines; none needs the database."""

import logging
import sys
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation

from iopguide import logs

logger = logging.getLogger(__name__)

DATABASE_IS_DOWN = (OperationalError, InterfaceError)

# Shown when even the error template fails, so it may depend on nothing: no template, no file, no translation.
LAST_RESORT = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Not working right now</title></head><body><main>
<h1>This page is not working right now</h1>
<p>In danger, or someone is? Call <a href="tel:911">911</a>.
In crisis? Call or text <a href="tel:988">988</a>, any time, free.</p>
<p>Treatment help, any time, free: <a href="tel:18006624357">1-800-662-4357</a>.</p>
<div lang="es"><p>¿Peligro? Llame al <a href="tel:911">911</a>.
¿Crisis? Llame al <a href="tel:988">988</a> y oprima 2; gratis, a cualquier hora.</p></div>
</main></body></html>"""


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, 404)


def too_large(request: HttpRequest) -> HttpResponse:
    return page(request, 413)


def server_error(request: HttpRequest) -> HttpResponse:
    # Django calls this while the exception is being handled. One from the database may have come from a
    # middleware, where DatabaseDown cannot see it; it deserves the same page.
    if isinstance(sys.exc_info()[1], DATABASE_IS_DOWN):
        return unavailable(request)
    return page(request, 500)


def unavailable(request: HttpRequest) -> HttpResponse:
    """The database cannot be reached. What the person sent comes back in the page, so nothing is typed twice."""
    response = page(request, 503, {"posted": _posted(request), "retry_path": request.path})
    response["Retry-After"] = "30"
    return response


def page(request: HttpRequest, status: int, context: dict[str, Any] | None = None) -> HttpResponse:
    """Render templates/errors/<status>.html in the person's language; with a plain page in reserve."""
    language = translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
    values = {"status": status, "reference": logs.request_id.get(), **(context or {})}
    try:
        with translation.override(language):
            body: str = render_to_string(f"errors/{status}.html", values, request)
    except Exception:  # whatever is wrong with the template, a person in crisis gets an answer
        logger.exception("error_page_failed")
        body = LAST_RESORT
    return HttpResponse(body, status=status, headers={"Content-Language": language})


def _posted(request: HttpRequest) -> list[tuple[str, str]]:
    """The fields of a visitor's form, to be sent again. Never those of another form: staff type passwords."""
    match = request.resolver_match
    if request.method != "POST" or match is None or match.namespaces not in (["screening"], ["intake"]):
        return []
    return [
        (name, value)
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken"
        for value in values
        if isinstance(value, str)
    ]
