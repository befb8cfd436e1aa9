"""The server's keys for what the database may hold only locked: several at a time, the first one locks.

Each purpose has a key of its own, derived from the same secrets, so that one opens nothing of another.
"""

import base64
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class KeyMissing(Exception):
    """A stored text that none of IOPGUIDE_CONTACT_KEYS opens. Nothing is shown, nothing is guessed."""


@lru_cache(maxsize=16)
def _ring(secrets: tuple[str, ...], purpose: str) -> MultiFernet:
    return MultiFernet([Fernet(_derive(secret, purpose)) for secret in secrets])


def _derive(secret: str, purpose: str) -> bytes:
    info = f"iopguide {purpose}".encode()
    key = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=info).derive(secret.encode())
    return base64.urlsafe_b64encode(key)


def lock(text: str, purpose: str) -> str:
    """Return the text, locked with the first key."""
    return _ring(tuple(settings.CONTACT_KEYS), purpose).encrypt(text.encode()).decode()


def unlock(token: str, purpose: str) -> str:
    """Return the text of a token. Raises KeyMissing when no key opens it."""
    try:
        return _ring(tuple(settings.CONTACT_KEYS), purpose).decrypt(token.encode()).decode()
    except InvalidToken as error:
        raise KeyMissing from error
