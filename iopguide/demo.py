"""Accounts for a demonstration: one for each role there is, and one that may do everything."""

import base64
import hashlib
import hmac
from random import Random

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import Group, User

# Who they are; a role without a name here goes by its own.
NAMES = {
    "intake": ("ana", "Ana", "Reyes"),
    "editor": ("ed", "Ed", "Novak"),
    "publisher": ("paula", "Paula", "Okafor"),
    "clinical": ("lena", "Lena", "Fischer"),
    "clinical publisher": ("marco", "Marco", "Silva"),
    "auditor": ("audrey", "Audrey", "Chen"),
    "figures": ("fiona", "Fiona", "Berg"),
    "administrator": ("adam", "Adam", "Kowalski"),
}
EVERYTHING = ("owner", "Olive", "Owens")
FIRST = True  # the other apps' examples need people


def fill(chance: Random) -> list[str]:
    """Make the accounts and say how to sign in. Run again, they are as they were."""
    lines = [f"Sign in at /{settings.STAFF_PATH}; the secret goes into any authenticator app."]
    lines.append(_account(EVERYTHING, None))
    for group in Group.objects.order_by("name"):
        short = group.name.replace(" ", "-")
        lines.append(_account(NAMES.get(group.name, (short, short.title(), "")), group))
    return lines


def _account(name: tuple[str, str, str], group: Group | None) -> str:
    login, first, last = name
    user, new = User.objects.get_or_create(
        username=login,
        defaults={"first_name": first, "last_name": last, "is_staff": True, "is_superuser": group is None},
    )
    if not new and not user.check_password(_password(login)):
        return f"  {login:<12} is somebody's own account and was left alone."
    if new:
        user.set_password(_password(login))
        user.save()
    if group:
        user.groups.add(group)
    secret = _secret(login)
    if not Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists():
        data = {"secret": get_adapter().encrypt(secret)}
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data=data)
    role = group.name if group else "everything"
    return f"  {login:<12} {_password(login)}   {secret}   {role}"


def _password(login: str) -> str:
    """A password that is the same at every run here, and another on every other installation."""
    return base64.b32encode(_derived(f"password {login}"))[:20].decode().lower()


def _secret(login: str) -> str:
    return base64.b32encode(_derived(f"second factor {login}")[:20]).decode()


def _derived(what: str) -> bytes:
    return hmac.digest(settings.SECRET_KEY.encode(), f"iopguide demo {what}".encode(), hashlib.sha256)
