"""The lists of pages in the staff area: where each page stands, what it lacks, and filters for both.

A list asks the same few queries whatever it holds: pages, their current revisions, stale facts.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html

from programs import rich_text, services
from programs.editing.standing import STATES, is_due, state_of, title_of
from programs.layout import FIELDS, LANGUAGES
from programs.models import OPEN, Fact, Page, ProgramFact, Revision, State
from programs.rechecking import past

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin

    Base = ModelAdmin[Page]
else:
    Base = object

Choices = list[tuple[str, str]]


def stale(today: Any) -> Q:
    """Facts that somebody has to look at: nobody has yet, or the day to look again has come."""
    return Q(checked__isnull=True) | past(today)


def with_current(pages: QuerySet[Page]) -> QuerySet[Page]:
    """Fetch with each page the revision that is live and the one on its way, as `current`."""
    revisions = Revision.objects.filter(state__in=(*OPEN, State.LIVE)).select_related("author")
    return pages.prefetch_related(Prefetch("revisions", queryset=revisions, to_attr="current"))


def missing(kind: str, revision: Revision, language: str) -> int:
    """Return how many fields of a revision are not written in a language."""
    texts, others = (
        revision.content.get(code, {}) for code in (language, *(c for c in LANGUAGES if c != language))
    )
    return sum(1 for one in FIELDS[kind] if not texts.get(one.key) and (one.required or others.get(one.key)))


def whole(content: str, kind: str, languages: tuple[str, ...] = LANGUAGES) -> Q:
    """Return a condition for contents that have every field they need; an empty field is never stored."""
    found = Q()
    for name, fields in FIELDS.items():
        keys = [one.key for one in fields if one.required]
        found |= Q(**{kind: name}, **{f"{content}__{code}__has_keys": keys for code in languages})
    return found


class StateFilter(admin.SimpleListFilter):
    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return list(STATES.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Page]) -> QuerySet[Page]:
        value = self.value()
        if value not in STATES:
            return queryset
        if value == "archived":
            return queryset.filter(archived=True)
        coming = Exists(Revision.objects.filter(page=OuterRef("pk"), state__in=OPEN))
        found = queryset.filter(archived=False)
        if value == "new":
            return found.filter(~coming, live__isnull=True)
        if value in ("live", "due"):
            due = Q(next_review__lte=timezone.localdate())
            return found.filter(
                ~coming, due if value == "due" else ~due | Q(next_review=None), live__isnull=False
            )
        return found.filter(Exists(Revision.objects.filter(page=OuterRef("pk"), state=value)))


class LacksFilter(admin.SimpleListFilter):
    title = "what it lacks"
    parameter_name = "lacks"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [
            ("en", "English"),
            ("es", "Spanish"),
            ("review", "A clinician's review"),
            ("facts", "Checked facts"),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Page]) -> QuerySet[Page]:
        value = self.value()
        if value in LANGUAGES:
            return queryset.exclude(whole("live__content", "kind", (value,)))
        if value == "review":
            return queryset.filter(reviewed_by="")
        if value == "facts":
            return queryset.filter(Exists(_stale_typed()))
        return queryset


def _stale_typed() -> QuerySet[ProgramFact]:
    return ProgramFact.objects.filter(stale(timezone.localdate()), program=OuterRef("pk"))


class PageList(Base):
    """The columns and filters of a list of pages."""

    list_display = ("key", "named", "stands", "languages", "worn", "reviewed", "next_review")
    list_display_links = ("key", "named")
    list_filter = (StateFilter, LacksFilter, "place")
    list_per_page = 50
    search_fields = ("key", "words_en", "words_es", "slug_en", "slug_es")
    ordering = ("order", "key")
    show_full_result_count = False
    change_list_template = "admin/guide/list.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Page]:
        found = super().get_queryset(request).filter(kind=self.opts.model_name)
        found = found.defer("words_en", "words_es").annotate(has_stale=Exists(_stale_typed()))
        return with_current(found)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        services.current_version()  # what is due is applied first, as for a visitor
        # Read once for the whole list.
        today = timezone.localdate()
        self.stale_keys = set(Fact.objects.filter(stale(today)).values_list("key", flat=True))
        return super().changelist_view(request, extra_context)

    @admin.display(description="title")
    def named(self, page: Any) -> str:
        shown = _shown(page)
        return title_of(shown.content) if shown else "—"

    @admin.display(description="state")
    def stands(self, page: Any) -> str:
        live, coming = _pair(page)
        state = state_of(page, live, coming)
        also = " over live words" if coming and live else ""
        if page.ends_at:
            also += f", ends {timezone.localtime(page.ends_at):%d %b %Y, %H:%M}"
        return format_html('<span class="rv-state rv-state-{}">{}</span>{}', state, STATES[state], also)

    @admin.display(description="languages")
    def languages(self, page: Any) -> str:
        shown = _shown(page)
        if shown is None:
            return "—"
        lacks = {code.upper(): missing(page.kind, shown, code) for code in LANGUAGES}
        return " · ".join(f"{code} lacks {count}" if count else f"{code} ✓" for code, count in lacks.items())

    @admin.display(description="facts")
    def worn(self, page: Any) -> str:
        shown = _shown(page)
        named = set() if shown is None else set(_named(shown))
        return "due to be checked" if page.has_stale or named & self.stale_keys else "✓"

    @admin.display(description="reviewed", ordering="reviewed_on")
    def reviewed(self, page: Any) -> str:
        if not page.reviewed_by:
            return "not yet"
        return (
            "due"
            if is_due(page, timezone.localdate())
            else f"{page.reviewed_by}, {page.reviewed_on:%d %b %Y}"
        )


def _named(revision: Revision) -> Iterator[str]:
    for texts in revision.content.values():
        for text in texts.values():
            yield from rich_text.facts_in(text)


def _pair(page: Any) -> tuple[Revision | None, Revision | None]:
    by_state = {row.state == State.LIVE: row for row in page.current}
    return by_state.get(True), by_state.get(False)


def _shown(page: Any) -> Revision | None:
    live, coming = _pair(page)
    return coming or live
