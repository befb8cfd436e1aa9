"""The guide in the staff area: four kinds of page, the facts and sources they rest on, and what this center offers."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms import BaseInlineFormSet, ModelForm
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path

from programs import services
from programs.editing import board, rights, usage
from programs.editing.lists import PageList
from programs.editing.pages import EditingPages
from programs.editing.rights import may
from programs.models import Fact, Guide, Kind, Page, Program, Question, Source, Term, Track, TrackSession


class PageAdmin(PageList, EditingPages, admin.ModelAdmin):  # type: ignore[type-arg]  # Django's takes none at run time
    """A page is added, written, reviewed and archived; never deleted."""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may(request, *rights.SEE)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return may(request, *rights.ADD)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # Whoever may see a page may open it; what can be done there has rights of its own.
        return self.has_view_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        return {}


@admin.register(Program)
class ProgramAdmin(PageAdmin):
    """The kinds of care; and, because they come first, the board."""

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        return (*self.list_display, "offered")

    def get_list_filter(self, request: HttpRequest) -> tuple[Any, ...]:
        return (*self.list_filter[:2], "offered")

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("board/", wrap(self.board_view), name="programs_program_board_changelist"),
            *super().get_urls(),
        ]

    def board_view(self, request: HttpRequest) -> HttpResponse:
        """Everything that waits for somebody."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "What waits for somebody",
            "sections": board.board(),
        }
        return TemplateResponse(request, "admin/guide/board.html", context)


@admin.register(Guide, Question)
class PlacedPageAdmin(PageAdmin):
    """Pages that stand in groups."""

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        return (*self.list_display, "place")


@admin.register(Term)
class TermAdmin(PageAdmin):
    """The words of the glossary."""

    def get_list_filter(self, request: HttpRequest) -> tuple[Any, ...]:
        return self.list_filter[:2]


class ShownAtOnce(admin.ModelAdmin):  # type: ignore[type-arg]  # as above
    """Rows that public pages read: a change shows on the next request."""

    change_form_template = "admin/guide/beside.html"

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        services.changed()

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        super().delete_model(request, obj)
        services.changed()

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        return {}


@admin.register(Fact)
class FactAdmin(ShownAtOnce):
    """Numbers that change. The page of each says which pages name it."""

    list_display = ("key", "label_en", "en", "kind", "source", "checked", "next_check")
    list_filter = ("kind", "next_check")
    list_select_related = ("source",)
    search_fields = ("key", "label_en", "label_es", "en", "es")
    fields = (
        "key",
        "kind",
        ("label_en", "label_es"),
        ("en", "es"),
        "dial",
        "source",
        ("checked", "next_check"),
    )
    change_form_template = "admin/guide/fact.html"

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        # Texts name it by its key.
        return ("key",) if obj is not None else ()

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        fact = self.get_object(request, object_id)
        extra = {"uses": usage.uses(fact.key) if fact else [], **(extra_context or {})}
        return super().change_view(request, object_id, form_url, extra)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if obj is not None and usage.uses(obj.key):
            return False  # a text that names it would show its bare name
        return super().has_delete_permission(request, obj)


@admin.register(Source)
class SourceAdmin(ShownAtOnce):
    """Publications that pages and facts rest on."""

    list_display = ("key", "publisher", "title", "year", "url")
    list_filter = ("publisher",)
    search_fields = ("key", "publisher", "title")
    fields = ("key", "publisher", "title", "year", "url")

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        if db_field.name == "url":
            options["assume_scheme"] = "https"
        return super().formfield_for_dbfield(db_field, request, **options)


class SessionInline(admin.StackedInline):  # type: ignore[type-arg]  # as above
    """The weekly meetings of a track. Not as a table: Django gives the boxes of a table no names."""

    model = TrackSession
    extra = 2
    fields = (("weekday", "starts", "ends"),)


@admin.register(Track)
class TrackAdmin(ShownAtOnce):
    """What this center offers, as the week picture on the program's page shows it."""

    list_display = (
        "name_en",
        "program",
        "format",
        "language",
        "next_start",
        "places_left",
        "checked",
        "active",
    )
    list_filter = ("active", "program", "format", "language")
    list_select_related = ("program",)
    search_fields = ("name_en", "name_es", "place")
    fields = (
        "program",
        ("name_en", "name_es"),
        ("format", "language"),
        "place",
        ("next_start", "places_left"),
        ("co_occurring", "childcare", "transport"),
        ("checked", "active"),
    )
    inlines = (SessionInline,)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        if db_field.name == "program":
            options["queryset"] = _programs()
        return super().formfield_for_foreignkey(db_field, request, **options)

    def save_formset(
        self,
        request: HttpRequest,
        form: ModelForm[Any],
        formset: BaseInlineFormSet[Any, Any, Any],
        change: bool,
    ) -> None:
        super().save_formset(request, form, formset, change)
        services.changed()


def _programs() -> QuerySet[Page]:
    return Page.objects.filter(kind=Kind.PROGRAM)
