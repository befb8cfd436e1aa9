"""The desk in the admin: the queue, one case, a summary opened by code, and the log for auditors."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from iopguide.keyring import KeyMissing
from screening.intake import (
    access_log,
    accounts,  # noqa: F401  registers the page of accounts
    desk,
    desk_actions,
    handoff,
    office,
    queue,
)
from screening.intake.case import case_of
from screening.intake.clock import is_open, next_open
from screening.intake.desk_forms import CodeForm
from screening.intake.models import AccessEntry, CallRequest
from screening.intake.permissions import OPEN_HANDOFF, SEE_LOG, WORK

NAME = "intake_callrequest"
MOST_PAGES = 10_000


class SeeOther(HttpResponseRedirect):
    """After a button the browser GETs the next page, so that reload presses nothing."""

    status_code = 303


@admin.register(CallRequest)
class DeskAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # Django's takes none at run time
    """Not Django's own list and form: nothing here is edited freely, and everything seen is logged."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request) or request.user.has_perm(OPEN_HANDOFF)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm(WORK)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm(WORK)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("code/", wrap(self.code_view), name=f"{NAME}_code"),
            path("<int:pk>/do/<slug:action>/", wrap(self.do_view), name=f"{NAME}_do_change"),
            path("<int:pk>/emergency/", wrap(self.emergency_view), name=f"{NAME}_emergency_change"),
            *super().get_urls(),
        ]

    def _check(self, request: HttpRequest, right: str = WORK) -> None:
        if not request.user.has_perm(right):
            raise PermissionDenied

    def _page(self, request: HttpRequest, template: str, status: int = 200, **more: Any) -> HttpResponse:
        # The menu of the whole admin would take a quarter of the width from the people who wait.
        context = {
            **self.admin_site.each_context(request),
            "is_nav_sidebar_enabled": False,
            "opts": self.opts,
        }
        response = TemplateResponse(
            request, f"admin/intake/{template}.html", {**context, **more}, status=status
        )
        try:
            with timezone.override(office.desk_zone()):
                return response.render()
        except KeyMissing:
            return self._no_key(request)

    def _no_key(self, request: HttpRequest) -> HttpResponse:
        """Contact data that no key opens: say so, show nothing, and leave the rest of the site alone."""
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "Contact data is locked",
        }
        return TemplateResponse(request, "admin/intake/locked.html", context, status=503)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The queue: what needs action now, the most urgent first."""
        self._check(request)
        written = request.GET.get("page", "1")
        number = (
            min(int(written), MOST_PAGES)
            if written.isascii() and written.isdigit() and len(written) < 9
            else 1
        )
        try:
            page = queue.page(request.GET.get("show", "now"), max(number, 1), request.user)
        except KeyMissing:
            return self._no_key(request)
        access_log.log_seen(request.user, desk.KIND, page.ids)
        now, hours = timezone.now(), office.hours()
        return self._page(
            request,
            "queue",
            title=page.chosen.label,
            page=page,
            now=f"{now.astimezone(hours.zone):%a %b %d, %H:%M %Z}",
            desk_open=is_open(hours, now),
            opens=f"{next_open(hours, now).astimezone(hours.zone):%a %H:%M}",
            may_open_codes=request.user.has_perm(OPEN_HANDOFF),
        )

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """One case: what is safe first, then the call, then everything else."""
        self._check(request)
        pk = int(object_id) if object_id.isascii() and object_id.isdigit() and len(object_id) < 18 else 0
        return self._case(request, pk, "case")

    def emergency_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What to do when somebody is in danger during the call."""
        self._check(request)
        return self._case(request, pk, "emergency")

    def _case(self, request: HttpRequest, pk: int, template: str) -> HttpResponse:
        try:
            found = case_of(pk, request.user)
        except KeyMissing:
            return self._no_key(request)
        if found is None:
            messages.warning(request, "This request is gone: it was cancelled, or its time was over.")
            return HttpResponseRedirect(reverse(f"admin:{NAME}_changelist"))
        access_log.log_access(request.user, "viewed", desk.KIND, pk)
        title = f"Request {found.row.request.reference}"
        return self._page(request, template, title=title, case=found, row=found.row)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Django's own history holds nothing about a request; its page has it all."""
        self._check(request)
        return HttpResponseRedirect(reverse(f"admin:{NAME}_changelist"))

    def do_view(self, request: HttpRequest, pk: int, action: str) -> HttpResponse:
        """A button of the desk."""
        self._check(request)
        if request.method != "POST":
            return HttpResponseRedirect(reverse(f"admin:{NAME}_change", args=[pk]))
        try:
            if action in ("claim", "take-over"):
                target = self._claim(request, pk, take_over=action == "take-over")
            else:
                target = desk_actions.press(request, pk, action)
        except KeyMissing:
            return self._no_key(request)
        if target == desk_actions.QUEUE:
            return SeeOther(reverse(f"admin:{NAME}_changelist"))
        name = f"{NAME}_emergency_change" if target == desk_actions.EMERGENCY else f"{NAME}_change"
        return SeeOther(reverse(f"admin:{name}", args=[pk]))

    def _claim(self, request: HttpRequest, pk: int, *, take_over: bool) -> str:
        if not desk.claim(pk, request.user, take_over=take_over):
            messages.warning(request, "Somebody else was quicker, and has this request now.")
        return desk_actions.CASE

    def code_view(self, request: HttpRequest) -> HttpResponse:
        """Open a summary with the code a person gives. The code is in the body, never in the address."""
        self._check(request, OPEN_HANDOFF)
        form, summary, status = CodeForm(request.POST if request.method == "POST" else None), None, 200
        if form.is_valid():
            try:
                summary = handoff.open_code(form.cleaned_data["code"], request.user)
            except handoff.TooManyTries:
                form.add_error("code", "Too many codes that do not exist. Wait an hour, and check the code.")
                status = 429
            else:
                if summary is None:
                    form.add_error(
                        "code", "No summary opens with this code. It may have ended or been stopped."
                    )
        if form.errors and status == 200:
            status = 422
        return self._page(request, "code", status, title="Open a summary by code", form=form, summary=summary)


@admin.register(AccessEntry)
class AccessEntryAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # as above
    """Read only, for auditors: it names records and people of the desk, and no contact data."""

    list_display = ("sequence", "at", "who", "action", "kind", "record")
    list_select_related = ("who",)
    list_filter = ("action", "kind")
    fields = ("sequence", "at", "who", "action", "kind", "record", "previous", "digest")
    readonly_fields = fields
    show_full_result_count = False
    list_per_page = 50

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm(SEE_LOG)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        return {}
