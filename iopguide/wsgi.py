"""The door a WSGI server uses."""

import os
from typing import Any

import django
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.urls import get_resolver
from django.utils.http import parse_header_parameters

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iopguide.settings")


class Request(WSGIRequest):
    """A request in UTF-8, whatever its Content-Type says; RequestGuard refuses any other encoding with a page.

    Django takes that encoding for the query too, and reads it before any middleware of ours: one that is none for
    text, such as hex, would end in the server's own page for failures, without headers and without help lines.
    """

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        self.content_type, self.content_params = parse_header_parameters(meta.get("CONTENT_TYPE", ""))


class Application(WSGIHandler):
    """Django's, with requests of ours."""

    request_class = Request


django.setup(set_prefix=False)
application = Application()

# Load every view now: a fault in one stops the start, where it is seen, rather than each request afterwards.
get_resolver().url_patterns  # noqa: B018
