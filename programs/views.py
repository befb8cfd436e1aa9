"""The public pages of the guide. Each is rendered once and kept until something it shows changes."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from programs import gathering, reading, search, structured_data
from programs.frame import frame, named, ways
from programs.keeping import asking, kept
from programs.layout import LANGUAGES
from programs.models import Kind
from programs.shelf import FAMILY, HUB, OVERVIEW, Entry, Shelf, shelf


def language() -> str:
    """Return the language of this page, "en" or "es"."""
    return (get_language() or "en")[:2]


@kept
def overview(request: HttpRequest) -> HttpResponse:
    """All kinds of care: the ladder, and a line on each."""
    books = shelf(language())
    shown = reading.page(books, Kind.GUIDE, OVERVIEW)
    title = shown.title if shown else _("Kinds of care")
    described = (
        shown.description if shown else _("From weekly visits to living in: what each kind of care is.")
    )
    context: dict[str, Any] = frame(
        request,
        books,
        title=title,
        description=described,
        alternates=named("programs:overview"),
        blocks=_blocks(request, shown, named("programs:overview")) if shown else (),
    )
    context |= {"page": shown, "ladder": gathering.ladder(books)}
    return render(request, "programs/overview.html", context)


@kept
def program(request: HttpRequest, slug: str) -> HttpResponse:
    """One kind of care."""
    return _page(request, Kind.PROGRAM, slug)


@kept
def families(request: HttpRequest) -> HttpResponse:
    """What is happening at home? The way to each guide for families."""
    return _keyed(request, HUB)


@kept
def family_guide(request: HttpRequest, slug: str) -> HttpResponse:
    """One guide for families."""
    return _page(request, Kind.GUIDE, slug)


@kept
def guide(request: HttpRequest, key: str) -> HttpResponse:
    """A guide with an address of its own: paying, work, privacy, choosing, and the pages about this site."""
    return _keyed(request, key)


@kept
def moved(request: HttpRequest, key: str) -> HttpResponse:
    """The words of the other language: the page in this one."""
    books = shelf(language())
    entry = books.find(Kind.GUIDE, key)
    if entry is None:
        raise Http404
    return HttpResponsePermanentRedirect(entry.path(books.language))


@kept
def more(request: HttpRequest, slug: str) -> HttpResponse:
    """A guide that was added later."""
    return _page(request, Kind.GUIDE, slug)


def _keyed(request: HttpRequest, key: str) -> HttpResponse:
    books = shelf(language())
    entry = books.find(Kind.GUIDE, key)
    if entry is None:
        raise Http404
    return _show(request, books, entry)


def _page(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    books = shelf(language())
    entry = next((one for one in books.all(kind) if one.slugs[books.language] == slug), None)
    if entry is None:
        return _moved(kind, slug, books)
    # A guide stands at one address: not both among those for families and beside them.
    if entry.path(books.language) != request.path:
        return HttpResponsePermanentRedirect(entry.path(books.language))
    return _show(request, books, entry)


def _moved(kind: str, slug: str, books: Shelf) -> HttpResponse:
    """A slug of the other language leads to the page in this one."""
    other = next(code for code in LANGUAGES if code != books.language)
    entry = next((one for one in books.all(kind) if one.slugs[other] == slug), None)
    if entry is None:
        raise Http404
    return HttpResponsePermanentRedirect(entry.path(books.language))


def _show(request: HttpRequest, books: Shelf, entry: Entry) -> HttpResponse:
    shown = reading.page(books, entry.kind, entry.key)
    if shown is None:
        raise Http404
    alternates = {code: entry.path(code) for code in entry.languages}
    context = frame(
        request,
        books,
        title=shown.title,
        description=shown.description,
        alternates=alternates,
        crumbs=_crumbs(books, entry),
        blocks=_blocks(request, shown, alternates),
    )
    context |= {"page": shown, "beside": _beside(books, entry), "worksheet": gathering.WORKSHEET}
    return render(request, "programs/page.html", context)


def _crumbs(books: Shelf, entry: Entry) -> tuple[tuple[str, str], ...]:
    if entry.kind == Kind.PROGRAM:
        above = books.find(Kind.GUIDE, OVERVIEW)
        return ((above.menu if above else _("Kinds of care"), reverse("programs:overview")),)
    hub = books.find(Kind.GUIDE, HUB)
    if entry.place == FAMILY and hub and entry.key != HUB:
        return ((hub.menu, reverse("programs:families")),)
    return ()


def _blocks(
    request: HttpRequest, shown: reading.PageShown, alternates: dict[str, str]
) -> tuple[structured_data.Block, ...]:
    here = language()
    return (structured_data.web_page(shown, request.build_absolute_uri(alternates[here]), here),)


def _beside(books: Shelf, entry: Entry) -> list[dict[str, str]]:
    """The pages of the same group, for the end of the page."""
    if entry.kind == Kind.PROGRAM:
        same = books.all(Kind.PROGRAM)
    else:
        same = [one for one in books.all(Kind.GUIDE, place=entry.place) if one.key not in (HUB, OVERVIEW)]
    return [
        {"name": one.title, "url": one.path(books.language), "line": one.description}
        for one in same
        if one.key != entry.key
    ]


@kept
@asking("a", "b")
def compare(request: HttpRequest) -> HttpResponse:
    """The kinds of care side by side: two as cards, the main ones as a table."""
    books = shelf(language())
    asked = {name: request.GET.get(name, "") for name in ("a", "b")}
    keys = {entry.key for entry in books.all(Kind.PROGRAM)}
    if not set(asked.values()) - {""} <= keys:
        return redirect("programs:compare")
    context: dict[str, Any] = frame(
        request,
        books,
        title=_("Compare the kinds of care"),
        description=_(
            "Hours, length, who it fits, medical care, family and cost: kinds of care side by side."
        ),
        alternates=named("programs:compare"),
        crumbs=((_("Kinds of care"), reverse("programs:overview")),),
    )
    context |= gathering.comparison(books, asked["a"], asked["b"])
    return render(request, "programs/compare.html", context)


@kept
def faq(request: HttpRequest) -> HttpResponse:
    """Questions people ask, by group."""
    books = shelf(language())
    groups = gathering.questions(books)
    address = named("programs:faq")
    pairs = [(one.title, one.words) for group in groups for one in group.questions]
    url = request.build_absolute_uri(address[books.language])
    context: dict[str, Any] = frame(
        request,
        books,
        title=_("Questions people ask"),
        description=_("Short answers about treatment, cost, work, family life, visits and privacy."),
        alternates=address,
        blocks=(structured_data.questions(pairs, url, books.language),) if pairs else (),
    )
    return render(request, "programs/faq.html", {**context, "groups": groups})


@kept
def glossary(request: HttpRequest) -> HttpResponse:
    """Words that come up, and words better left aside."""
    books = shelf(language())
    context: dict[str, Any] = frame(
        request,
        books,
        title=_("Words that come up"),
        description=_("Plain meanings of words you hear about treatment, and words that hurt."),
        alternates=named("programs:glossary"),
    )
    return render(request, "programs/glossary.html", {**context, **gathering.terms(books)})


@kept
def reviewers(request: HttpRequest) -> HttpResponse:
    """Who has read which page, and when; or, honestly, that nobody has yet."""
    books = shelf(language())
    context: dict[str, Any] = frame(
        request,
        books,
        title=_("Who reviews these pages"),
        description=_("Which pages a named clinician has read, when, and when they will be read again."),
        alternates=named("programs:reviewers"),
    )
    return render(request, "programs/reviewers.html", {**context, **gathering.reviews(books)})


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """Look for words in the guide. What was typed is neither kept nor logged, so the page is private."""
    books = shelf(language())
    query = search.tidy(request.GET.get("q", ""))
    context = {
        **ways(books),
        "page_title": _("Search the guide"),
        "query": query,
        "found": search.search(query, books) if query else [],
    }
    return render(request, "programs/search.html", context)
