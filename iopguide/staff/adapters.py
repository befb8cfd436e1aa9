"""What allauth asks of the house: who may have an account, what a stranger may try, how secrets are kept."""

import hashlib
import hmac
import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.core.internal import ratelimit
from allauth.core.internal.httpkit import get_client_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from iopguide import keyring
from iopguide.second_factor import FACTORS, needs_second_factor
from iopguide.staff import known_browser

# The purpose of the key that locks what a second factor rests on.
PURPOSE = "second factor"
# Whoever has just signed in is not asked for the password again before adding a second factor.
JUST_NOW = 5 * 60


class StaffAdapter(DefaultAccountAdapter):
    """Nobody signs up. Guesses are counted apart for each place they come from.

    A stranger may try five times in five minutes from one place, and from all places together a hundred times an
    hour. A browser that the owner has signed in with before is counted for itself, and a passkey is not counted at
    all, so that no number of guesses keeps the owner out.
    """

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return a name for where this comes from. The address itself is stored nowhere."""
        browser = known_browser.name_of(request)
        return f"browser-{browser}" if browser else _place(get_client_ip(request) or "")

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        super().pre_authenticate(request, **credentials)
        self._everywhere = None
        login = _login(credentials)
        if not known_browser.knows(request, login):
            self._everywhere = ratelimit.consume(
                request, app="allauth.account", action="login_everywhere", key=login
            )
            if not self._everywhere:
                raise self.validation_error("too_many_login_attempts")

    def _rollback_login_failed_rl_usage(self) -> None:
        super()._rollback_login_failed_rl_usage()
        if self._everywhere:
            self._everywhere.rollback()

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        return f"{_login(credentials)} from {self.get_client_ip(request)}"

    def post_login(self, request: HttpRequest, user: User, **more: Any) -> HttpResponseBase:
        response: HttpResponseBase = super().post_login(request, user, **more)
        known_browser.remember(request, response, user.get_username())
        return response

    def is_reauthentication_required(self, app: str) -> bool:
        request = context.request
        records = get_authentication_records(request, request.user)
        if any(time.time() - record["at"] < JUST_NOW for record in records):
            return False
        return bool(super().is_reauthentication_required(app=app))


def _login(credentials: dict[str, Any]) -> str:
    return str(credentials.get("username", "")).lower()


def _place(address: str) -> str:
    """An address as a name that changes every day and tells nothing without the server's secret."""
    said = f"{timezone.now():%Y-%m-%d} {address}"
    return "place-" + hmac.digest(settings.SECRET_KEY.encode(), said.encode(), hashlib.sha256).hex()[:24]


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets are locked with the server's keys; the last second factor stays while the work asks for one."""

    def encrypt(self, text: str) -> str:
        return keyring.lock(PURPOSE, text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return keyring.unlock(PURPOSE, encrypted_text.encode()).decode()

    def get_totp_issuer(self) -> str:
        return str(settings.SITE_NAME)

    def get_totp_label(self, user: User) -> str:
        return user.get_username()

    def build_totp_svg(self, url: str) -> str:
        return ""  # drawn in the page itself: see views.py

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        if not needs_second_factor(authenticator.user):
            return True
        left = Authenticator.objects.filter(user=authenticator.user, type__in=FACTORS)
        return bool(left.count() > 1)
