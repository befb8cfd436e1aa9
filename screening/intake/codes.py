"""Codes that people write down or read aloud: no letter that looks or sounds like another, any case, any spaces."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from iopguide import keyring

# Crockford's alphabet: 32 signs, 5 bits each, without I, L, O and U.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
READ_AS = str.maketrans("OIL", "011")
CANCEL_SIGNS = 20  # 100 bits: it deletes a request
HANDOFF_SIGNS = 12  # 60 bits, behind a slow hash, for two days
REFERENCE_SIGNS = 6  # opens nothing


def random_code(signs: int) -> str:
    """Return so many random signs."""
    return "".join(secrets.choice(ALPHABET) for _ in range(signs))


def cancel_code(form_token: str) -> str:
    """Return the code for the request that a form makes: the same form sent twice gives the same code.

    It needs the server's key and the token that only this form held; the token is stored nowhere.
    """
    digest = int.from_bytes(
        hmac.digest(keyring.keyed_hash("intake cancel code", form_token), b"1", hashlib.sha256)
    )
    return "".join(ALPHABET[digest >> (5 * place) & 31] for place in range(CANCEL_SIGNS))


def shown(code: str) -> str:
    """Return a code in groups of four, as it is shown."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def read(typed: str) -> str:
    """Return what somebody typed as a code, or "" when it cannot be one."""
    signs = "".join(sign for sign in typed.upper() if sign.isascii() and sign.isalnum()).translate(READ_AS)
    return signs if set(signs) <= set(ALPHABET) else ""
