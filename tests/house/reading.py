"""How hard a text is to read: words, sentences, and the grade or ease of a block."""

import re
import sys
from types import ModuleType

# textstat 0.7.4 asks the old setuptools for one word list that no formula used here reads.
sys.modules.setdefault("pkg_resources", ModuleType("pkg_resources"))

from textstat.textstat import textstatistics  # noqa: E402

ENOUGH_FOR_A_GRADE = 30  # words: below this the formulas jump from line to line

_english, _spanish = textstatistics(), textstatistics()
_english.set_lang("en_US")
_spanish.set_lang("es")

DOT_INSIDE_A_WORD = re.compile(r"(?<=\w)\.(?=\w)")


def words(text: str) -> list[str]:
    return [word for word in text.split() if re.search(r"\w", word)]


def sentences(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.?!…])\s+", text.strip()) if part]


def block(*pieces: str) -> str:
    """One text of several pieces, each read as a sentence of its own."""
    return " ".join(piece if piece[-1:] in ".?!…:" else f"{piece}." for piece in pieces if piece)


def grade(text: str) -> float:
    """Flesch-Kincaid: the years of school an English text asks for."""
    return float(_english.flesch_kincaid_grade(DOT_INSIDE_A_WORD.sub("", text)))


def ease(text: str) -> float:
    """Szigriszt-Pazos: from 65 on a Spanish text is quite easy, from 80 on very easy."""
    return float(_spanish.szigriszt_pazos(DOT_INSIDE_A_WORD.sub("", text)))


def syllables(word: str, language: str) -> int:
    return int((_spanish if language == "es" else _english).syllable_count(word))
