"""The list of every page that may be found, in each language that has it: what is public, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps import views as django_views
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language

from programs.keeping import kept
from programs.layout import LANGUAGES
from programs.models import Kind
from programs.shelf import OVERVIEW, Entry, shelf

# Pages that exist in both languages whatever the database holds.
FIXED = (
    "screening:home",
    "screening:help_now",
    "screening:how_it_works",
    "programs:overview",
    "programs:compare",
    "programs:faq",
    "programs:glossary",
    "programs:reviewers",
)


class Pages(Sitemap):  # type: ignore[type-arg]  # generic in the stubs alone
    """One item is the name of a fixed page, or an entry of the shelf."""

    i18n = True
    alternates = True
    x_default = True

    def __init__(self) -> None:
        found = {entry.pk: entry for code in LANGUAGES for entry in shelf(code).entries}
        self._entries = [
            entry
            for entry in found.values()
            if entry.kind in (Kind.PROGRAM, Kind.GUIDE) and entry.key != OVERVIEW
        ]

    def items(self) -> Sequence[str | Entry]:
        return [*FIXED, *self._entries]

    def get_languages_for_item(self, item: str | Entry) -> list[str]:
        return list(LANGUAGES if isinstance(item, str) else item.languages)

    def location(self, item: str | Entry) -> str:
        return reverse(item) if isinstance(item, str) else item.path(str(get_language()))


@kept
def sitemap(request: HttpRequest) -> HttpResponse:
    """The sitemap."""
    return django_views.sitemap(request, {"pages": Pages()}).render()
