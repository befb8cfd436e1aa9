"""The guide in the staff area: four kinds of page, the facts and sources they rest on, and what this center offers."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import flatten
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet
from django.forms import BaseInlineFormSet, ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from programs import fact_changes, services
from programs.editing import board, rights, usage
from programs.editing.facts import FactForm, FactPages
from programs.editing.lists import PageList
from programs.editing.pages import EditingPages
from programs.editing.rights import may
from programs.models import (
    Fact,
    FactChange,
    Guide,
    Kind,
    Page,
    Program,
    Question,
    Source,
    Term,
    Track,
    TrackSession,
)
from programs.services import NotPossible


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
class FactAdmin(FactPages, ShownAtOnce):
    """Numbers that change. The page of each says which pages name it; most changes take two people."""

    form = FactForm
    list_display = ("key", "label_en", "en", "kind", "waits", "source", "checked", "next_check")
    list_filter = ("kind", "next_check")
    list_select_related = ("source",)
    search_fields = ("key", "label_en", "label_es", "en", "es")
    shown = (
        "key",
        "kind",
        ("label_en", "label_es"),
        ("en", "es"),
        "dial",
        "source",
        ("checked", "next_check"),
    )
    change_form_template = "admin/guide/fact.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Fact]:
        waiting = FactChange.objects.filter(fact=OuterRef("pk"), state=FactChange.State.WAITING)
        return super().get_queryset(request).annotate(has_waiting=Exists(waiting))

    @admin.display(description="change")
    def waits(self, fact: Any) -> str:
        return "waits for a second person" if fact.has_waiting else "—"

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[Any, ...]:
        # While a change waits, the page shows what the public reads.
        return self.shown if obj is None or obj.waiting else (*self.shown, "why")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        if obj is not None and obj.waiting:
            return tuple(flatten(self.shown))
        # Texts name it by its key.
        return ("key",) if obj is not None else ()

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        fact = self.get_object(request, object_id)
        extra = {**(self.about(request, fact) if fact else {}), **(extra_context or {})}
        if fact and fact.waiting:
            hidden = ("show_save", "show_save_and_continue", "show_save_and_add_another")
            extra |= dict.fromkeys(hidden, False)
        return super().change_view(request, object_id, form_url, extra)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            super().save_model(request, obj, form, change)
            return
        try:
            obj.made = fact_changes.change(
                obj, form.said(), by=request.user, why=form.cleaned_data.get("why", "")  # type: ignore[arg-type]
            )  # fmt: skip
        except NotPossible as refused:
            obj.made = None
            messages.error(request, str(refused))
            return
        if obj.made is None:
            messages.info(request, "Nothing was changed.")

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        if obj.made is None:
            return None
        return super().log_change(request, obj, f"{obj.made.get_state_display()}. {obj.made.why}".strip())

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        if obj.made is None or obj.made.state == FactChange.State.WAITING:
            if obj.made:
                messages.success(
                    request, "Proposed. It waits for a second person; until then nothing changes."
                )
            return HttpResponseRedirect(reverse("admin:programs_fact_change", args=(obj.pk,)))
        return super().response_change(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # A text that names it would show its bare name; and what became of its changes is kept.
        if obj is not None and (usage.uses(obj.key) or obj.changes.exists()):
            return False
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
