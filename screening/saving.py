"""Save and come back later: four words that open a person's own check on any device, for seven days.

The words are stored nowhere. They come from the check's own seal (screening/sealing.py), so that the person's browser
can show them and the database cannot. Through a slow hash with a secret of the server they give the name and the key
of one row, which holds the check's token, locked. docs/adr/0024 counts what somebody would have to try.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from iopguide import keyring
from screening import words
from screening.intake import retention
from screening.models import SavedCheck, Screening
from screening.sealing import NONCE_BYTES
from screening.services import CheckGone, OpenCheck
from screening.words import Code

# About 0.15 seconds and 64 MB for each try: four times a code for staff, which has more bits and fewer days.
COST = 2**16
SHOWN_FOR = timedelta(minutes=10)


class NoSuchCode(Exception):
    """These words open nothing, or nothing any more."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What a person is told of their code: when it ends, and for some minutes the code itself."""

    ends: datetime
    code: Code | None
    # Tells these words from others of the same check, and says nothing of them.
    mark: str


def save(check: OpenCheck, token: str, *, present: str = "") -> None:
    """Keep this check for seven days and make the words that open it. Earlier words of it open nothing any more.

    `present` is the mark of the words that the person knows of. Others were made since, by a second press of the same
    button, say: those stay, or somebody would write down words that end a moment later.
    Raises CheckGone when it was cleared meanwhile.
    """
    for _ in range(3):
        made = _made(check, token)
        # An error here: somebody else's check has these very words. One in millions of millions, for each saved check.
        with suppress(IntegrityError), transaction.atomic():
            if _mark(_held(check)) == present:
                _give_until(check, timedelta(days=settings.SCREENING_SAVED_DAYS))
                _forget_words(check)
                made.save()
            return
    raise CheckGone


def stop(check: OpenCheck) -> None:
    """Let the words of this check, if any, open nothing any more; it is then kept as long as any other."""
    with transaction.atomic():
        if _held(check):
            _give_until(check, timedelta(hours=settings.SCREENING_KEEP_HOURS))
            _forget_words(check)


def saved(check: OpenCheck) -> Saved | None:
    """Return what to tell about this check's words, if it has any."""
    row = SavedCheck.objects.filter(screening=check.row).first()
    if row is None:
        return None
    ends = check.row.expires_at
    made = ends - timedelta(days=settings.SCREENING_SAVED_DAYS)
    # Either way: with fewer days in the settings than when they were made, `made` would be still to come for days.
    fresh = abs(timezone.now() - made) < SHOWN_FOR
    return Saved(ends, _code(check, bytes(row.sealed[:NONCE_BYTES])) if fresh else None, _mark(row))


def token_behind(code: Code) -> str:
    """Return the token of the check that these words open. Slow on purpose. Raises NoSuchCode."""
    keys = dict(_keys(code, secret) for secret in settings.SCREENING_KEYS)
    mine = SavedCheck.objects.filter(lookup__in=list(keys), screening__expires_at__gt=timezone.now())
    row = mine.first()
    if row is None:
        raise NoSuchCode
    lookup, sealed = bytes(row.lookup), bytes(row.sealed)
    try:
        return AESGCM(keys[lookup]).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], lookup).decode()
    except (InvalidTag, ValueError) as error:  # ValueError: cut too short to hold anything
        raise NoSuchCode from error


def bury_again(digests: Iterable[str]) -> int:
    """After a restore: delete the saved checks that these tombstones name; return how many."""
    named = retention.buried_words(SavedCheck.objects.all(), digests)
    Screening.objects.filter(saved__pk__in=named).delete()
    return len(named)


def _held(check: OpenCheck) -> SavedCheck | None:
    """Hold the row of a check, so that nobody clears it half-way; return its words, if it has any."""
    if not list(Screening.objects.select_for_update().filter(pk=check.row.pk).values_list("pk")):
        raise CheckGone
    return SavedCheck.objects.filter(screening=check.row).first()


def _mark(row: SavedCheck | None) -> str:
    return bytes(row.sealed[:NONCE_BYTES]).hex() if row else ""


def _give_until(check: OpenCheck, more: timedelta) -> None:
    Screening.objects.filter(pk=check.row.pk).update(expires_at=timezone.now() + more)


def _forget_words(check: OpenCheck) -> None:
    mine = SavedCheck.objects.filter(screening=check.row)
    retention.bury_words(mine)
    mine.delete()


def _made(check: OpenCheck, token: str) -> SavedCheck:
    nonce = secrets.token_bytes(NONCE_BYTES)
    lookup, key = _keys(_code(check, nonce), settings.SCREENING_KEYS[0])
    sealed = nonce + AESGCM(key).encrypt(nonce, token.encode(), lookup)
    return SavedCheck(screening=check.row, lookup=lookup, sealed=sealed)


def _code(check: OpenCheck, nonce: bytes) -> Code:
    """Return the words that this nonce gives this check. What seals the token makes the words too."""
    return words.code_of(check.seal.number(nonce))


def _keys(code: Code, secret: str) -> tuple[bytes, bytes]:
    salt = keyring.derive(secret, "screening words")
    written = " ".join(map(str, code)).encode()
    material = Scrypt(salt=salt, length=64, n=COST, r=8, p=1).derive(written)
    return material[:32], material[32:]
