"""The admin as staff see it: one way to sign in, and a front page that says what needs somebody."""

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from iopguide.attention import waiting_for


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

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        extra = {"waiting": waiting_for(request.user), **(extra_context or {})}
        return super().index(request, extra)
