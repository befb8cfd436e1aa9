"""Locks a person's answers with a key that only their browser holds.

The cookie holds a random token. From it, together with a server secret, come the
row's lookup value and the key of every answer. The database alone, the server's
secrets alone, or both without the cookie open nothing.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

TOKEN_BYTES = 32
NONCE_BYTES = 12
# Every sealed answer has this length before sealing, so that its size tells nothing.
PADDED_BYTES = 512


class SealBroken(Exception):
    """A sealed answer that this token does not open, or that was tampered with."""


@dataclass(frozen=True, slots=True)
class Seal:
    """The keys of one person's row under one server secret."""

    lookup: bytes
    _answer_key: bytes
    _place_key: bytes
    _words_key: bytes

    def place(self, question: str) -> bytes:
        """Return where the answer to this question is kept; it does not name the question."""
        return hmac.digest(self._place_key, question.encode(), hashlib.sha256)

    def number(self, nonce: bytes) -> int:
        """Return a large number that only this seal makes of this nonce: the four words to come back with."""
        return int.from_bytes(hmac.digest(self._words_key, nonce, hashlib.sha512))

    def close(self, question: str, chosen: tuple[str, ...]) -> bytes:
        """Return the answer, sealed."""
        text = json.dumps([question, list(chosen)]).encode()
        if len(text) > PADDED_BYTES:
            raise ValueError("an answer is longer than a sealed answer can be")
        nonce = secrets.token_bytes(NONCE_BYTES)
        sealed = AESGCM(self._answer_key).encrypt(nonce, text.ljust(PADDED_BYTES), self.place(question))
        return nonce + sealed

    def open(self, place: bytes, sealed: bytes) -> tuple[str, tuple[str, ...]]:
        """Return question and choices. Raises SealBroken when it was not sealed by this seal."""
        nonce, body = bytes(sealed[:NONCE_BYTES]), bytes(sealed[NONCE_BYTES:])
        try:
            text = AESGCM(self._answer_key).decrypt(nonce, body, bytes(place))
        except (InvalidTag, ValueError) as error:  # ValueError: cut too short to hold anything
            raise SealBroken from error
        question, chosen = json.loads(text)
        return question, tuple(chosen)


def new_token() -> str:
    """Return a fresh token for the cookie: 256 random bits."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def seals_for(token: str) -> list[Seal]:
    """Return this token's seal under each server secret, the current one first."""
    return [_derive(token, secret) for secret in settings.SCREENING_KEYS]


def _derive(token: str, secret: str) -> Seal:
    material = HKDF(
        algorithm=hashes.SHA256(), length=128, salt=secret.encode(), info=b"iopguide screening"
    ).derive(token.encode())
    return Seal(material[:32], material[32:64], material[64:96], material[96:])
