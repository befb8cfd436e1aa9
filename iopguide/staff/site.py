"""The admin as staff see it: one way to sign in, and a front page that says what needs somebody."""

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from iopguide.attention import waiting_for

# The rooms in the order of a day's work: people who wait first, accounts last. Django would sort by the alphabet.
ROOMS = ("intake", "programs", "revisions", "counters", "auth", "mfa")
# Names that a person at a clinic knows, for two rooms that come with Django and allauth.
NAMES = {"auth": "Accounts", "mfa": "Second factors"}


class StaffSite(admin.AdminSite):
    """Django's admin, with sign-in and passwords handed to allauth."""

    site_header = "Staff"
    site_title = "Staff"
    index_title = "What needs you"

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        view = secure_admin_login(lambda request: HttpResponseRedirect(reverse("admin:index")))
        answer: HttpResponse = view(request)
        return answer

    def password_change(  # type: ignore[override]  # a page of allauth's, not of the admin
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return HttpResponseRedirect(reverse("account_change_password"))

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        found = super().get_app_list(request, app_label)
        for app in found:
            app["name"] = NAMES.get(app["app_label"], app["name"])
        last = len(ROOMS)
        places = {room: place for place, room in enumerate(ROOMS)}
        return sorted(found, key=lambda app: places.get(app["app_label"], last))

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        extra = {"waiting": waiting_for(request.user), **(extra_context or {})}
        return super().index(request, extra)
