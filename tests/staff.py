"""Staff for tests: signing in with the second factor that the site asks for, without the pages of it."""

import time
from typing import Any

import pytest
from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY as OF_USER,
)
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY as METHODS
from allauth.account.internal.userkit import user_id_to_str
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from django.contrib.auth.models import User
from django.test import Client

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def add_app(user: User, secret: str = SECRET) -> Authenticator:
    """Give the account an authenticator app with this secret."""
    data = {"secret": get_adapter().encrypt(secret)}
    return Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data=data)


def code(secret: str = SECRET, steps: int = 0) -> str:
    """Return what the app shows now, or so many half minutes from now."""
    step = int(time.time()) // 30 + steps
    return auth.format_hotp_value(auth.hotp_value(secret, step))


def show_second_factor(client: Client, user: User) -> None:
    """Let the session of this client have shown a second factor, and the account have one."""
    if not Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists():
        add_app(user)
    session = client.session
    session[METHODS] = [{"method": "mfa", "at": time.time(), "type": "totp"}]
    session[OF_USER] = user_id_to_str(user)
    session.save()


def sign_in(page: Any, base: str, login: str, password: str) -> None:
    """Sign in in a browser, with the app of `add_app`."""
    page.goto(f"{base}/staff/")
    page.fill("#id_login", login)
    page.fill("#id_password", password)
    page.get_by_role("button", name="Sign In", exact=True).click()
    page.fill("#id_code", code())
    page.get_by_role("button", name="Sign In", exact=True).click()
    page.wait_for_url(f"{base}/staff/")


def with_second_factor(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let `Client.force_login` sign in as people must: with a second factor. Tests of sign-in itself go without."""
    plain = Client.force_login

    def force_login(self: Client, user: User, backend: Any = None) -> None:
        plain(self, user, backend)
        show_second_factor(self, user)

    monkeypatch.setattr(Client, "force_login", force_login)
