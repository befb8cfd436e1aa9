"""The keys to contact data: kept outside the database, several at a time, the first one locks.

Every purpose has its own key, derived from the same secrets, so that what leaks for one opens nothing else.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class KeyMissing(Exception):
    """Stored contact data that none of IOPGUIDE_CONTACT_KEYS opens. Nothing is shown, nothing is guessed."""


@lru_cache(maxsize=64)
def derive(secret: str, purpose: str) -> bytes:
    """Return the 32 bytes that this secret gives for one purpose."""
    info = f"iopguide intake {purpose}".encode()
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=info).derive(secret.encode())


@lru_cache(maxsize=8)
def _ring(secrets: tuple[str, ...]) -> MultiFernet:
    keys = [base64.urlsafe_b64encode(derive(secret, "fields")) for secret in secrets]
    return MultiFernet([Fernet(key) for key in keys])


def _fernet() -> MultiFernet:
    if not settings.CONTACT_KEYS:
        raise KeyMissing
    return _ring(tuple(settings.CONTACT_KEYS))


def lock(plain: bytes) -> bytes:
    """Return this text, locked with the first key."""
    return _fernet().encrypt(plain)


def unlock(token: bytes) -> bytes:
    """Return the text of a token. Raises KeyMissing when no key opens it."""
    try:
        return _fernet().decrypt(token)
    except InvalidToken as error:
        raise KeyMissing from error


def keyed_hash(purpose: str, value: str) -> bytes:
    """Return a hash that only this server can make: to find a value again without storing it."""
    if not settings.CONTACT_KEYS:
        raise KeyMissing
    return _hash(settings.CONTACT_KEYS[0], purpose, value)


def keyed_hashes(purpose: str, value: str) -> list[bytes]:
    """Return the hash under every key, the current one first: to find what an older key stored."""
    return [_hash(secret, purpose, value) for secret in settings.CONTACT_KEYS]


def _hash(secret: str, purpose: str, value: str) -> bytes:
    return hmac.digest(derive(secret, purpose), value.encode(), hashlib.sha256)
