"""Accounts in the admin: whoever makes them cannot make themselves more than they are, and each change is logged."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from screening.intake.access_log import ACCOUNT, GAVE_RIGHTS, log_access
from screening.intake.permissions import OPEN_HANDOFF, WORK

# What only a superuser may give: they reach past every group.
BEYOND_GROUPS = ("is_superuser", "user_permissions")
# What nobody changes about their own account.
NOT_ONES_OWN = ("groups", "is_staff", "is_active")


class AccountAdmin(UserAdmin):  # type: ignore[type-arg]  # Django's takes none at run time
    """Django's page for accounts, without the ways to power that no group gives."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        accounts = super().get_queryset(request)
        return accounts if _is_superuser(request) else accounts.filter(is_superuser=False)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if _is_superuser(request) or obj is None:
            return fieldsets
        return [
            (title, {**options, "fields": tuple(f for f in options["fields"] if f not in BEYOND_GROUPS)})
            for title, options in fieldsets
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fields = tuple(super().get_readonly_fields(request, obj))
        if _is_superuser(request):
            return fields
        own = NOT_ONES_OWN if obj is not None and obj.pk == request.user.pk else ()
        return (*fields, *BEYOND_GROUPS, *own)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # The log names accounts for good: one that is over is switched off.
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        # Remembered until the groups are saved too, after this.
        form.could_see = change and _sees_contact(obj.pk)
        super().save_model(request, obj, form, change)
        log_access(request.user, "changed" if change else "made", ACCOUNT, obj.pk)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if _sees_contact(form.instance.pk) and not form.could_see:
            log_access(request.user, GAVE_RIGHTS, ACCOUNT, form.instance.pk)

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:  # noqa: A002  Django's name
        response = super().user_change_password(request, id, form_url)
        if request.method == "POST" and response.status_code == 302:
            log_access(request.user, "set a password", ACCOUNT, id)
        return response


def _sees_contact(pk: int) -> bool:
    """Tell whether an account, as it is saved now, can see who asked for a call, or what somebody answered."""
    account = User.objects.get(pk=pk)
    return account.has_perm(WORK) or account.has_perm(OPEN_HANDOFF)


def _is_superuser(request: HttpRequest) -> bool:
    return bool(getattr(request.user, "is_superuser", False))


admin.site.unregister(User)
admin.site.register(User, AccountAdmin)
