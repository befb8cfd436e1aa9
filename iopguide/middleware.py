"""What every request passes on its way in and every answer on its way out."""

import logging
import re
import secrets
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.response import HttpResponseBase
from django.utils import translation

from iopguide import errors, logs, visibility

logger = logging.getLogger(__name__)

Handler = Callable[[HttpRequest], HttpResponseBase]

METHODS = {"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"}
FORM_TYPES = {"application/x-www-form-urlencoded", "multipart/form-data"}

DENIED_FEATURES = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media", "fullscreen",
    "geolocation", "gyroscope", "hid", "idle-detection", "interest-cohort", "local-fonts", "magnetometer", "microphone",
    "midi", "payment", "picture-in-picture", "publickey-credentials-get", "screen-wake-lock", "serial", "usb",
    "xr-spatial-tracking",
)  # fmt: skip

# More than the database can count to, or a year no calendar has. The admin's own filters would end in a failure.
TOO_LONG_A_NUMBER = re.compile(rb"\d{19}|__year=[^&]*\d{5}")

FIXED_HEADERS = {
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in DENIED_FEATURES),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-DNS-Prefetch-Control": "off",
    "X-Frame-Options": "DENY",
}

# Staff sign in with passkeys.
STAFF_FEATURES = FIXED_HEADERS["Permissions-Policy"].replace(
    "publickey-credentials-get=()", "publickey-credentials-get=(self)"
)


class RequestLog:
    """One line per request: method, name of the route, status, time taken. No path, no address, no browser."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        token = logs.request_id.set(secrets.token_hex(6))
        start = time.perf_counter()
        request.begun = start  # type: ignore[attr-defined]  # screening/counting.py
        try:
            response = self.get_response(request)
            if not request.path_info.startswith(settings.STATIC_URL):
                self._write(request, response.status_code, start)
        finally:
            logs.request_id.reset(token)
        return response

    def _write(self, request: HttpRequest, status: int, start: float) -> None:
        fields = {
            "method": request.method if request.method in METHODS else "OTHER",
            "route": request.resolver_match.view_name if request.resolver_match else "none",
            "status": status,
            "ms": round((time.perf_counter() - start) * 1000),
        }
        logger.log(logging.WARNING if status >= 500 else logging.INFO, "request", extra=fields)


class SecurityHeaders:
    """The headers every answer carries, errors and static files too; and private unless a view says otherwise."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        for name, value in FIXED_HEADERS.items():
            response[name] = value
        if visibility.may_be_framed(response):
            response["X-Frame-Options"] = "SAMEORIGIN"
        if is_staff_page(request):
            response["Permissions-Policy"] = STAFF_FEATURES
        if not self._may_be_kept(request, response):
            response["Cache-Control"] = "no-store"
            response["X-Robots-Tag"] = "noindex"
        return response

    def _may_be_kept(self, request: HttpRequest, response: HttpResponseBase) -> bool:
        if response.status_code >= 400:
            return False
        if request.path_info.startswith(settings.STATIC_URL):
            return True
        return visibility.is_public(request) and not response.cookies

    def process_view(self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any) -> None:
        visibility.mark(request, view)


class RequestGuard:
    """Refuses what no page of ours can mean, before anything reads it, with a page instead of a failure.

    Too large: 413, unread. NUL, broken UTF-8, another encoding, too many fields, a query string on a screening page:
    400.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        staff = is_staff_page(request)
        if _content_length(request) > _most_bytes(request, staff=staff):
            return errors.too_large(request)
        if (
            not _in_utf8(request)
            or not _clean_address(request, staff=staff)
            or not self._clean_body(request, staff=staff)
        ):
            return errors.bad_request(request)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        match = request.resolver_match
        private_screening = (
            match and match.namespaces in (["screening"], ["intake"]) and not visibility.is_public(request)
        )
        if private_screening and request.META.get("QUERY_STRING"):
            return errors.bad_request(request)
        return None

    def _clean_body(self, request: HttpRequest, *, staff: bool) -> bool:
        if request.method != "POST" or request.content_type not in FORM_TYPES:
            return True
        try:
            if not staff and not _clean_bytes(request):
                return False
            fields = [text for name, values in request.POST.lists() for text in (name, *map(str, values))]
        except UnreadablePostError:
            return False
        return not any("\0" in text for text in fields) and (
            staff or len(fields) <= 2 * settings.PUBLIC_BODY_FIELDS
        )


def _most_bytes(request: HttpRequest, *, staff: bool) -> int:
    if not staff:
        return int(settings.PUBLIC_BODY_BYTES)
    most = int(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
    # Who signed in is not known here; a visitor without any staff cookie has no picture to send.
    if request.path_info.endswith(settings.PICTURES_PATH) and settings.SESSION_COOKIE_NAME in request.COOKIES:
        return most + int(settings.PICTURE_BYTES)
    return most


def is_staff_page(request: HttpRequest) -> bool:
    path = request.path_info
    language = translation.get_language_from_path(path)
    if language:
        path = path.removeprefix(f"/{language}")
    return path.startswith(f"/{settings.STAFF_PATH}")


def _content_length(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0  # Django reads it as none, and so reads no body


def _in_utf8(request: HttpRequest) -> bool:
    """Django reads even the query of a GET in the encoding that the Content-Type names, and Python knows some that
    are none for text (hex, zlib). No browser sends ours in another one.
    """
    return (request.content_params or {}).get("charset", "utf-8").lower() in ("utf-8", "utf8")


def _clean_address(request: HttpRequest, *, staff: bool) -> bool:
    # Django has decoded the path and put the percent signs back before bytes that were not UTF-8. No address of
    # ours has one, nor a control character.
    path_is_clean = "%" not in request.path_info and min(request.path_info) >= " "
    query = unquote_to_bytes(request.META.get("QUERY_STRING", ""))
    if staff and TOO_LONG_A_NUMBER.search(query):
        return False
    return path_is_clean and b"\0" not in query and _is_utf8(query)


def _clean_bytes(request: HttpRequest) -> bool:
    """Django decodes with replacement characters and goes on; a broken answer should be refused, not changed."""
    body = request.body
    if request.content_type == "application/x-www-form-urlencoded":
        body = unquote_to_bytes(body)
    return b"\0" not in body and _is_utf8(body)


def _is_utf8(value: bytes) -> bool:
    try:
        value.decode()
    except UnicodeDecodeError:
        return False
    return True


class DatabaseDown:
    """The database cannot be reached: say so, with help lines and the person's own answers, and log only the kind."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, errors.DATABASE_IS_DOWN):
            return None
        logger.error("database_unavailable", exc_info=error)
        return errors.unavailable(request)
