"""A summary in an envelope: the person makes a code, staff open the envelope with it, and nobody else can.

The code is stored nowhere. From it, through a slow hash with a secret of the server, come the envelope's name
and its key: the database alone opens nothing, and trying codes is slow for whoever has the server as well.
"""

from __future__ import annotations

import json
import secrets
from datetime import datetime, timedelta
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from iopguide import keyring
from screening.intake import access_log, codes, retention
from screening.intake.limits import count_wrong_code
from screening.intake.models import HandoffCode

# About 40 ms and 16 MB for each try.
COST = 2**14
NONCE_BYTES = 12
OWNER = "intake hand-off owner"


class TooManyTries(Exception):
    """This account has typed too many codes that do not exist."""


def make(summary: dict[str, Any], token: str) -> tuple[str, datetime]:
    """Seal a summary; return its code and when it ends. An earlier code of the same check stops working."""
    code = codes.random_code(codes.HANDOFF_SIGNS)
    lookup, key = _keys(code, keyring.secrets_in_use()[0])
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = nonce + AESGCM(key).encrypt(nonce, json.dumps(summary).encode(), lookup)
    now = timezone.now()
    ends = now + timedelta(hours=settings.HANDOFF_HOURS)
    with transaction.atomic():
        revoke_for(token)
        HandoffCode.objects.create(
            lookup=lookup, owner=_owner(token), sealed=sealed, created_at=now, expires_at=ends
        )
    return code, ends


def open_code(typed: str, by: Any) -> dict[str, Any] | None:
    """Return the summary a code opens, for staff; None when there is none (any more). Each try is logged.

    Raises TooManyTries.
    """
    code = codes.read(typed)
    found = _find(code) if len(code) == codes.HANDOFF_SIGNS else None
    if found is None:
        if count_wrong_code(by.pk):
            raise TooManyTries
        access_log.log_access(by, "typed a wrong code", "hand-off")
        return None
    row, key = found
    sealed = bytes(row.sealed)
    try:
        text = AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], bytes(row.lookup))
    except InvalidTag:
        return None
    with transaction.atomic():
        HandoffCode.objects.filter(pk=row.pk).update(uses=F("uses") + 1)
        access_log.log_access(by, "opened", "hand-off", row.pk)
    summary: dict[str, Any] = json.loads(text)
    return summary


def current(token: str | None) -> HandoffCode | None:
    """Return the code that was made from this check and still works."""
    if not token:
        return None
    mine = HandoffCode.objects.filter(owner__in=keyring.keyed_hashes(OWNER, token))
    return mine.filter(expires_at__gt=timezone.now()).first()


def revoke_for(token: str | None) -> int:
    """Delete the codes made from this check; return how many.

    Without a key no code opens anything, and none can be found: clearing a check goes on all the same.
    """
    if not token or not settings.CONTACT_KEYS:
        return 0
    mine = HandoffCode.objects.filter(owner__in=keyring.keyed_hashes(OWNER, token))
    return retention.erase_handoffs(mine) if mine.exists() else 0


def revoke(code: str) -> bool:
    """Delete the envelope that this code opens; return whether there was one."""
    lookups = [_keys(code, secret)[0] for secret in keyring.secrets_in_use()]
    return bool(retention.erase_handoffs(HandoffCode.objects.filter(lookup__in=lookups)))


def _find(code: str) -> tuple[HandoffCode, bytes] | None:
    keys = dict(_keys(code, secret) for secret in keyring.secrets_in_use())
    row = HandoffCode.objects.filter(lookup__in=list(keys), expires_at__gt=timezone.now()).first()
    return (row, keys[bytes(row.lookup)]) if row else None


def _owner(token: str) -> bytes:
    return keyring.keyed_hash(OWNER, token)


def _keys(code: str, secret: str) -> tuple[bytes, bytes]:
    salt = keyring.derive(secret, "intake hand-off")
    material = Scrypt(salt=salt, length=64, n=COST, r=8, p=1).derive(code.encode())
    return material[:32], material[32:]
