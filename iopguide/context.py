"""What every template may use: the site's own words, and where this page is in the other languages."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils import translation
from django.utils.translation import get_language_info


def site(request: HttpRequest) -> dict[str, Any]:
    return {
        "site_name": settings.SITE_NAME,
        "site_operator": settings.SITE_OPERATOR,
        "exit_url": settings.EXIT_URL,
        "LANGUAGE_CODE": translation.get_language(),
        "other_languages": _other_languages(request),
    }


def _other_languages(request: HttpRequest) -> list[dict[str, str]]:
    """The same page in each other language, named in that language: [{"code", "name", "url"}]."""
    current = translation.get_language()
    return [
        {"code": code, "name": str(get_language_info(code)["name_local"]), "url": _in_language(request, code)}
        for code, _ in settings.LANGUAGES
        if code != current
    ]


def _in_language(request: HttpRequest, code: str) -> str:
    """This page's address in another language; for a page that does not exist (an error), the front page's."""
    front_page = "/" if code == settings.LANGUAGE_CODE else f"/{code}/"
    if request.resolver_match is None:
        return front_page
    translated = translate_url(request.path, code)
    return front_page if translated == request.path else translated
