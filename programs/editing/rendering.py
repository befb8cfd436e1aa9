"""A revision as the public would read it: the public pages' own templates, with the words of a draft."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import translation
from django.utils.translation import gettext as _

from iopguide import visibility
from programs import gathering, reading, rich_text
from programs.editing import sharing
from programs.editing.places import url
from programs.frame import frame
from programs.layout import LANGUAGES
from programs.models import Kind, Page, ProgramFact, Revision
from programs.shelf import OVERVIEW, Shelf, shelf

OPTIONS = {
    "language": {"en": "English", "es": "Spanish"},
    "width": {"phone": "Phone, 320 px", "desktop": "Desktop"},
    "theme": {"light": "Light", "dark": "Dark", "print": "On paper"},
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


def framed(request: HttpRequest, page: Page, revision: Revision, language: str) -> HttpResponse:
    """Return a revision for the frame of a preview; our own pages may frame it."""
    places = {code: url(page, "frame_change", revision.number, code) for code in LANGUAGES}
    return visibility.framed(_shown(request, page, revision, language, places))


def shared(request: HttpRequest, page: Page, revision: Revision, language: str) -> HttpResponse:
    """Return a revision for who has the link to it; it says that it is not public."""
    places = {code: sharing.link_to(revision, code) for code in LANGUAGES}
    return _shown(request, page, revision, language, places, is_draft=True)


def _shown(
    request: HttpRequest,
    page: Page,
    revision: Revision,
    language: str,
    places: dict[str, str],
    *,
    is_draft: bool = False,
) -> HttpResponse:
    """Render a revision with the templates of the public pages; links to its languages stay in the preview."""
    with translation.override(language):
        books = shelf(language)
        draw = {Kind.QUESTION: _question, Kind.TERM: _term}.get(Kind(page.kind), _page)
        template, title, own = draw(page, revision, books)
        context = frame(request, books, title=title, description="", alternates=places)
        # Machines are told about public pages alone.
        context |= {**own, "data": "", "is_draft": is_draft}
        return TemplateResponse(request, template, context).render()


Drawn = tuple[str, str, dict[str, Any]]


def _page(page: Page, revision: Revision, books: Shelf) -> Drawn:
    typed = list(ProgramFact.objects.filter(program_id=page.pk).select_related("source"))
    shown = reading.shown(page, revision.content, books, typed)
    own: dict[str, Any] = {"page": shown, "worksheet": gathering.WORKSHEET}
    if page.key == OVERVIEW:
        return "programs/overview.html", shown.title, {**own, "ladder": gathering.ladder(books)}
    return "programs/page.html", shown.title, own


def _question(page: Page, revision: Revision, books: Shelf) -> Drawn:
    texts, table = _texts(revision, books), reading.facts(books.language)
    words = reading.glossary_words(books)
    answer = rich_text.show(
        texts.get("answer", ""), table.values, books.addresses, hrefs=table.hrefs, words=words
    )
    question = gathering.Question(page.key, table.line(texts.get("title", "")), answer, "")
    group = gathering.Group(page.place or "other", str(gathering.GROUPS.get(page.place, "")), (question,))
    return "programs/faq.html", _("Questions people ask"), {"groups": [group]}


def _term(page: Page, revision: Revision, books: Shelf) -> Drawn:
    texts, table = _texts(revision, books), reading.facts(books.language)
    term = gathering.Term(
        page.key, texts.get("title", ""), table.line(texts.get("meaning", "")), texts.get("say_instead", "")
    )
    kind = "avoided" if term.say_instead else "words"
    return "programs/glossary.html", _("Words that come up"), {kind: [term]}


def _texts(revision: Revision, books: Shelf) -> dict[str, str]:
    texts: dict[str, str] = revision.content.get(books.language, {})
    return texts
