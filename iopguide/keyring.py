"""The server's keys: kept outside the database, several at a time, the first one locks.

Each purpose has a key of its own, derived from the same secrets, so that what leaks for one opens nothing else.
Without any secret nothing is locked, opened or found.
"""

import base64
import hashlib
import hmac
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class KeyMissing(Exception):
    """Something stored that none of IOPGUIDE_CONTACT_KEYS opens. Nothing is shown, nothing is guessed."""


def secrets_in_use() -> tuple[str, ...]:
    """Return the secrets, the one that locks first. Raises KeyMissing when there is none."""
    if not settings.CONTACT_KEYS:
        raise KeyMissing
    return tuple(settings.CONTACT_KEYS)


@lru_cache(maxsize=64)
def derive(secret: str, purpose: str) -> bytes:
    """Return the 32 bytes that this secret gives for one purpose."""
    info = f"iopguide {purpose}".encode()
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=info).derive(secret.encode())


@lru_cache(maxsize=16)
def _ring(secrets: tuple[str, ...], purpose: str) -> MultiFernet:
    keys = [base64.urlsafe_b64encode(derive(secret, purpose)) for secret in secrets]
    return MultiFernet([Fernet(key) for key in keys])


def lock(purpose: str, plain: bytes) -> bytes:
    """Return this text, locked with the first key. Raises KeyMissing when there is none."""
    return _ring(secrets_in_use(), purpose).encrypt(plain)


def unlock(purpose: str, token: bytes) -> bytes:
    """Return the text of a token. Raises KeyMissing when no key opens it."""
    try:
        return _ring(secrets_in_use(), purpose).decrypt(token)
    except InvalidToken as error:
        raise KeyMissing from error


def keyed_hash(purpose: str, value: str) -> bytes:
    """Return a hash that only this server can make: to find a value again without storing it."""
    return _hash(secrets_in_use()[0], purpose, value)


def keyed_hashes(purpose: str, value: str) -> list[bytes]:
    """Return the hash under every key, the current one first: to find what an older key stored."""
    return [_hash(secret, purpose, value) for secret in secrets_in_use()]


def _hash(secret: str, purpose: str, value: str) -> bytes:
    return hmac.digest(derive(secret, purpose), value.encode(), hashlib.sha256)
