"""A revision as the public would read it: the public pages' own templates, with the words of a draft."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import translation

from iopguide import visibility
from programs import rich_text
from programs.layout import FIELDS
from programs.models import Fact, Page, Revision

OPTIONS = {
    "language": {"en": "English", "es": "Spanish"},
    "width": {"phone": "Phone, 320 px", "desktop": "Desktop"},
    "theme": {"light": "Light", "dark": "Dark"},
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One link above the frame."""

    label: str
    query: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Look:
    """How the frame of a preview is set."""

    language: str = "en"
    width: str = "phone"
    theme: str = "light"

    @classmethod
    def chosen(cls, query: Mapping[str, str]) -> Look:
        """Return what an address asks for; what it asks for wrongly is as usual."""
        return cls(**{name: query[name] for name, known in OPTIONS.items() if query.get(name, "") in known})

    def choices(self, number: int) -> list[tuple[str, list[Choice]]]:
        """Return the links that change one thing and keep the others."""
        return [
            (
                name.capitalize(),
                [
                    Choice(
                        label,
                        urlencode({**_fields(replace(self, **{name: value})), "number": number}),
                        getattr(self, name) == value,
                    )
                    for value, label in known.items()
                ],
            )
            for name, known in OPTIONS.items()
        ]


def _fields(look: Look) -> dict[str, str]:
    return {name: getattr(look, name) for name in OPTIONS}


def _shown(request: HttpRequest, page: Page, revision: Revision, language: str, notice: str) -> HttpResponse:
    facts = dict(Fact.objects.values_list("key", language))
    texts = revision.content.get(language, {})
    with translation.override(language):
        parts = [
            (str(one.heading), rich_text.show(texts.get(one.key, ""), facts, lambda key: None))
            for one in FIELDS[page.kind]
        ]
        context = {"title": texts.get("title", ""), "parts": parts, "notice": notice}
        return TemplateResponse(request, "admin/guide/plain.html", context).render()


def framed(request: HttpRequest, page: Page, revision: Revision, language: str) -> HttpResponse:
    """Return a revision for the frame of a preview; our own pages may frame it."""
    return visibility.framed(_shown(request, page, revision, language, ""))


def shared(request: HttpRequest, page: Page, revision: Revision, language: str) -> HttpResponse:
    """Return a revision for who has the link to it; it says that it is not public."""
    return _shown(request, page, revision, language, "draft")
