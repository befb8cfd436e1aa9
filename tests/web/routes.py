"""Every address the site answers, read from the resolver itself, so that none can be forgotten."""

import fnmatch
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern, RoutePattern
from django.utils import translation

from tests.web.access import Row

# A value for each kind of part of a path, naming nothing that exists.
SAMPLES = {"int": "1", "str": "x", "slug": "x", "path": "x", "uuid": "00000000-0000-4000-8000-000000000000"}
PART = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>")
GROUP = re.compile(r"\(\?P<(?P<name>\w+)>(?:[^()]|\([^()]*\))*\)")


@dataclass(frozen=True)
class Route:
    """One address in one language: its full name, and its path with <name> for each part that varies."""

    name: str
    path: str
    language: str

    def url(self, values: dict[str, Any]) -> str:
        def fill(match: re.Match[str]) -> str:
            kind = match.groupdict().get("kind") or "str"
            return str(values.get(match["name"], SAMPLES.get(kind, "x")))

        return "/" + PART.sub(fill, self.path)


def routes() -> list[Route]:
    found: set[Route] = set()
    for code, _ in settings.LANGUAGES:
        with translation.override(code):
            found |= set(_walk(get_resolver(), "", "", ""))
    return sorted(found, key=lambda route: (route.name, route.path, route.language))


def _walk(resolver: URLResolver, prefix: str, namespace: str, language: str) -> Iterator[Route]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            spoken = (
                translation.get_language() if isinstance(pattern.pattern, LocalePrefixPattern) else language
            )
            yield from _walk(pattern, prefix + _text(pattern), inner, str(spoken))
        else:
            yield Route(namespace + _name(pattern), prefix + _text(pattern), language)


def _text(pattern: URLPattern | URLResolver) -> str:
    text = str(pattern.pattern)
    if isinstance(pattern.pattern, LocalePrefixPattern | RoutePattern):
        return text
    return GROUP.sub(r"<\g<name>>", text).strip("^$").removesuffix("\\Z").replace("\\", "").rstrip("$")


def _name(pattern: URLPattern) -> str:
    if pattern.name:
        return pattern.name
    view = getattr(pattern.callback, "view_class", pattern.callback)
    return {"catch_all_view": "(catch-all)", "RedirectView": "(redirect)"}.get(
        view.__name__, f"({view.__name__})"
    )


def row_for(route: Route, rows: list[Row]) -> Row | None:
    """The row of this very name, or else the first whose pattern fits."""
    exact = [row for row in rows if row.route == route.name]
    fitting = [row for row in rows if "*" in row.route and fnmatch.fnmatchcase(route.name, row.route)]
    return next(iter(exact + fitting), None)
