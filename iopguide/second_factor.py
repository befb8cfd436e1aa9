"""Nobody who could see contact data or publish goes further into the staff area with a password alone.

Everything for staff lies under /staff/, so this looks at requests there and at no others.
"""

from typing import Any

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, User
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import urlencode

from iopguide.middleware import Handler, is_staff_page
from screening.intake.permissions import requires_second_factor

# Recovery codes stand in for one of these that was lost: shown, they open a session as it would have. Alone they are
# none, so an account that has nothing but codes adds a factor first, and codes go with the last factor they stood in for:
# else those of a lost phone would go on opening the account beside its new one, and no new ones would be shown.
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)

ALWAYS = {"account_logout", "admin:logout", "admin:jsi18n", "account_login", "admin:login"}
# Until there is a second factor: where it is added.
TO_ADD = ALWAYS | {
    "account_reauthenticate",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_list_webauthn",
}
# There is one, and this session has not shown it.
TO_SHOW = ALWAYS | {"mfa_reauthenticate", "mfa_reauthenticate_webauthn"}


def needs_second_factor(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Return whether what this account may do asks for a second factor."""
    if not isinstance(user, User) or not (user.is_active and user.is_staff):
        return False
    return requires_second_factor(user) or any(
        name.partition(".")[2].startswith("publish") for name in user.get_all_permissions()
    )


class SecondFactor:
    """Sends staff who need a second factor to add it, or to show it. Stands behind AuthenticationMiddleware."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        match = request.resolver_match
        if match is None or not is_staff_page(request) or not request.user.is_authenticated:
            return None
        if match.view_name in ALWAYS or not needs_second_factor(request.user):
            return None
        if not Authenticator.objects.filter(user=request.user, type__in=FACTORS).exists():
            return None if match.view_name in TO_ADD else HttpResponseRedirect(reverse("mfa_index"))
        if has_shown(request) or match.view_name in TO_SHOW:
            return None
        back = urlencode({REDIRECT_FIELD_NAME: request.get_full_path()})
        return HttpResponseRedirect(f"{reverse('mfa_reauthenticate')}?{back}")

    def process_template_response(self, request: HttpRequest, response: Any) -> Any:
        """A form sent back with faults is 422, as everywhere in the house; allauth says 200."""
        form = (getattr(response, "context_data", None) or {}).get("form")
        refused = request.method == "POST" and response.status_code == 200 and getattr(form, "errors", None)
        if refused and is_staff_page(request):
            response.status_code = 422
        return response


def has_shown(request: HttpRequest) -> bool:
    """Return whether the second factor was shown in this session."""
    return any(record["method"] == "mfa" for record in get_authentication_records(request, request.user))


def shown(request: HttpRequest, authenticator: Authenticator) -> None:
    """Note that the second factor was shown in this session."""
    record_authentication(
        request, authenticator.user, "mfa", id=authenticator.pk, type=str(authenticator.type)
    )


@receiver(authenticator_added)
def adding_a_key_shows_it(request: HttpRequest, authenticator: Authenticator, **more: Any) -> None:
    """Whoever adds a key has just used it. For an app, the view says so, with the code in hand."""
    if authenticator.type == Authenticator.Type.WEBAUTHN:
        shown(request, authenticator)


@receiver(post_delete, sender=Authenticator)
def codes_go_with_the_last_factor(instance: Authenticator, **more: Any) -> None:
    """Whoever takes a factor away, by whatever way, takes away what stood in for it."""
    left = Authenticator.objects.filter(user_id=instance.user_id)
    if instance.type in FACTORS and not left.filter(type__in=FACTORS).exists():
        left.delete()
