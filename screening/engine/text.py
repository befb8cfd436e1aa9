"""Words in every language and both voices, side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["en", "es"]
Voice = Literal["me", "them"]
LANGUAGES: tuple[Language, ...] = ("en", "es")
VOICES: tuple[Voice, ...] = ("me", "them")


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence or label in every language and both voices.

    `en` and `es` speak to the person; the `_them` forms speak to someone who
    answers about a person they love. A `_them` form left empty means the words
    are the same in both voices.
    """

    en: str
    es: str
    en_them: str = ""
    es_them: str = ""

    def read(self, language: str, voice: str = "me") -> str:
        """Return the words for a language ("en", "es") and a voice ("me", "them")."""
        spanish = language == "es"
        if voice == "them":
            them = self.es_them if spanish else self.en_them
            if them:
                return them
        return self.es if spanish else self.en
