"""Codes of an authenticator app, each taken once: a code seen over a shoulder opens nothing."""

from typing import Any

from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as base
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal import auth
from django import forms
from django.db import transaction

PENDING = "second_factor.pending"
LAST_TIME_STEP = "last_time_step"


def time_step(secret: str, code: str) -> int | None:
    """Return the time step this code belongs to, or None when it is not a code of this moment."""
    for step in auth.yield_hotp_counters_from_time():
        expected = auth.format_hotp_value(auth.hotp_value(secret, step))
        if auth.compare_user_code(actual=code, expected=expected):
            return int(step)
    return None


def spend(authenticator: Authenticator, code: str) -> bool:
    """Return whether the code is newer than every one taken before; then no older one is taken any more."""
    with transaction.atomic():
        row = Authenticator.objects.select_for_update().get(pk=authenticator.pk)
        step = time_step(get_adapter().decrypt(row.data["secret"]), code)
        if step is None or step <= row.data.get(LAST_TIME_STEP, -1):
            return False
        row.data[LAST_TIME_STEP] = step
        row.save(update_fields=["data"])
    return True


class _EachCodeOnce(base.BaseAuthenticateForm):
    def clean_code(self) -> str:
        code: str = super().clean_code()
        used: Authenticator = self.authenticator
        if used.type == Authenticator.Type.TOTP and not spend(used, code):
            raise get_adapter().validation_error("incorrect_code")
        return code


class CodeForm(_EachCodeOnce, base.AuthenticateForm):
    """The code after the password."""


class ConfirmForm(_EachCodeOnce, base.ReauthenticateForm):
    """The code before something that matters."""


class ActivateForm(ActivateTOTPForm):
    """The first code of a new app. Until it is given, its secret waits in the session, locked."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.user = kwargs.pop("user")
        forms.Form.__init__(self, *args, **kwargs)
        session = context.request.session
        if not self.is_bound or PENDING not in session:
            session[PENDING] = get_adapter().encrypt(auth.generate_totp_secret())
        self.secret = get_adapter().decrypt(session[PENDING])

    def clean_code(self) -> str:
        code: str = super().clean_code()
        self.step = time_step(self.secret, code)
        return code
