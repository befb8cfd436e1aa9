"""What every template may use: the site's own words, and where this page is in the other languages."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import translate_url
from django.utils import translation
from django.utils.translation import get_language_info

from iopguide.visibility import is_public


def site(request: HttpRequest) -> dict[str, Any]:
    return {
        "site_name": settings.SITE_NAME,
        "site_operator": settings.SITE_OPERATOR,
        "exit_url": settings.EXIT_URL,
        "LANGUAGE_CODE": translation.get_language(),
        "other_languages": _other_languages(request),
        "found_at": _found_at(request) if is_public(request) else {},
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
    """This page's address in another language; for a page that is not there in it, the front page's."""
    front_page = "/" if code == settings.LANGUAGE_CODE else f"/{code}/"
    return _alternates(request).get(code, front_page)


def _alternates(request: HttpRequest) -> dict[str, str]:
    """This page's address in each language that has it. A view whose slugs are words says so itself."""
    said: dict[str, str] | None = getattr(request, "alternates", None)
    if said is not None:
        return said
    if request.resolver_match is None:
        return {}
    current = translation.get_language()
    found = {code: translate_url(request.path, code) for code, _ in settings.LANGUAGES if code != current}
    return {str(current): request.path, **{code: url for code, url in found.items() if url != request.path}}


def _found_at(request: HttpRequest) -> dict[str, Any]:
    """Where search engines find this page, and the same page in each language, as whole addresses."""
    alternates = {code: request.build_absolute_uri(path) for code, path in _alternates(request).items()}
    return {
        "canonical": alternates.get(str(translation.get_language()), ""),
        "alternates": alternates,
        "default": alternates.get(settings.LANGUAGE_CODE, ""),
        "picture": request.build_absolute_uri(static("img/share.png")),
    }
