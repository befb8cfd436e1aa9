"""Digits of every script as the ten that are dialled: Arabic, full-width, in circles. Pure."""

import unicodedata


def in_ascii(text: str) -> str:
    """Return a text with each digit as 0 to 9, and signs that only look wider or rounder as their plain forms."""
    signs = unicodedata.normalize("NFKC", text)
    return "".join(sign if (digit := unicodedata.digit(sign, None)) is None else str(digit) for sign in signs)
