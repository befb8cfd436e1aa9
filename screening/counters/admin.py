"""Figures in the admin: pages of tiles, and the same tables as files. The numbers themselves are never edited."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from screening.counters import dashboards, export
from screening.counters.models import Count

MAY_SEE, MAY_EXPORT = "counters.view_figures", "counters.export_figures"
FIRST = "check"


@admin.register(Count)
class FiguresAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # Django's takes none at run time
    """The list of the model is the first page of figures."""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm(MAY_SEE)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(MAY_SEE)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("page/<slug:name>/", view(self.page_view), name="counters_count_page"),
            path("file/<slug:name>/", view(self.file_view), name="counters_count_file"),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return self.page_view(request, FIRST)

    def page_view(self, request: HttpRequest, name: str) -> HttpResponse:
        """One page of tiles."""
        of, tiles = self._opened(request, name, MAY_SEE)
        pages = [(_address(key), title, key == name) for key, (title, _) in dashboards.PAGES.items()]
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": dashboards.PAGES[name][0],
            "name": name,
            "pages": pages,
            "window": of,
            "tiles": tiles,
            "may_export": request.user.has_perm(MAY_EXPORT),
        }
        return TemplateResponse(request, "admin/counters/page.html", context)

    def file_view(self, request: HttpRequest, name: str) -> HttpResponse:
        """The tables of a page, or what their names mean. Asked for by a button, because it is written down."""
        if not request.user.has_perm(MAY_EXPORT):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        of, tiles = self._opened(request, name, MAY_EXPORT)
        if "codebook" in request.POST:
            return _file(export.codebook(tiles), f"codebook-{name}")
        export.log_export(request.user, name)
        return _file(export.figures(of, tiles), f"figures-{name}-{of.end}")

    def _opened(self, request: HttpRequest, name: str, right: str) -> tuple[Any, list[Any]]:
        if not request.user.has_perm(right):
            raise PermissionDenied
        if name not in dashboards.PAGES:
            raise Http404
        return dashboards.page(name)


def _address(name: str) -> str:
    return reverse("admin:counters_count_page", args=[name])


def _file(text: str, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
