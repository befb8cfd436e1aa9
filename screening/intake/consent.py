"""What a person agrees to when asking for a call, word for word, with a version.

A request keeps which text, in which version and language, and the hash of the words as they were shown. Change
a text: raise its version.
"""

from __future__ import annotations

import hashlib
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

VERSION = "2026-1"


def who_we_are() -> str:
    return settings.SITE_OPERATOR or settings.SITE_NAME


def text_of(key: str) -> str:
    """Return the words of one box, in this page's language."""
    words = {
        "call": _("Yes, %(who)s may contact me about treatment, in the way I chose above.")
        % {"who": who_we_are()},
        "answers": _("Send my answers with this request"),
        "voicemail": _("You may leave a voicemail"),
        "text": _("You may send a text"),
        "say_site": _("You may say the name of this site"),
    }
    return words[key]


def record(keys: list[str], language: str) -> list[dict[str, Any]]:
    """Return what to keep about the boxes that were ticked: key, version, language, hash, time."""
    now = timezone.now().isoformat(timespec="seconds")
    return [
        {
            "box": key,
            "version": VERSION,
            "language": language,
            "sha256": hashlib.sha256(text_of(key).encode()).hexdigest(),
            "at": now,
        }
        for key in keys
    ]
