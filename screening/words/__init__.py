"""Four words to come back with: a list for each language, and a reader that forgives how they are typed.

A code is four numbers below 1,296 (6 to the power of 4), about 41 bits. Each language has a word of its own for each
number and no word is in both, so a code may be shown in either language, and both open the same check.

In each list no slip of one letter (wrong, missing, one too many, two swapped) makes another word of it, and no word
begins another. So words can be told apart even when the spaces between them are lost. The order of a list is part of
every code in use: lines may be added to no list, nor moved in it, while a code works (`tests/engine/test_saved_words.py`).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from screening.engine.spec import LANGUAGES

WORDS_A_CODE = 4
WORDS_A_LIST = 6**4
CODES = WORDS_A_LIST**WORDS_A_CODE
SHORTEST, LONGEST = 3, 7

Code = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What somebody typed: its words, those that are on no list, and the code if it is one."""

    words: tuple[str, ...]
    unknown: tuple[str, ...] = ()
    code: Code | None = None


@cache
def words_of(language: str) -> tuple[str, ...]:
    """Return the list of a language; a word's place in it is its number."""
    return tuple((Path(__file__).parent / f"{language}.txt").read_text(encoding="ascii").split())


@cache
def _numbers(language: str) -> dict[str, int]:
    return {word: number for number, word in enumerate(words_of(language))}


def code_of(number: int) -> Code:
    """Return the code that a large random number gives."""
    return tuple(number // WORDS_A_LIST**place % WORDS_A_LIST for place in range(WORDS_A_CODE))


def spelled(code: Code, language: str) -> str:
    """Return a code as it is shown."""
    return " ".join(words_of(language)[number] for number in code)


def read(typed: str, language: str) -> Reading:
    """Read what was typed or pasted: in any case, with or without accents, with anything or nothing in between.

    The words of one code are of one language, whichever; `language` is the page's own and is tried first.
    """
    plain = "".join(
        sign for sign in unicodedata.normalize("NFKD", typed) if not unicodedata.combining(sign)
    ).casefold()
    words = tuple(re.findall("[a-z]+", plain))
    lists = [_numbers(spoken) for spoken in sorted(LANGUAGES, key=lambda one: one != language)]
    for numbers in lists:
        code = _told_apart("".join(words), numbers)
        if len(code) == WORDS_A_CODE:
            return Reading(words, code=code)
    nearest = max(lists, key=lambda numbers: sum(word in numbers for word in words))
    return Reading(words, unknown=tuple(word for word in words if word not in nearest))


def _told_apart(joined: str, numbers: dict[str, int]) -> Code:
    """Return the numbers of words written without spaces; none when something is left over.

    No word begins another, so at each place at most one fits.
    """
    found: list[int] = []
    start = 0
    while start < len(joined) and len(found) <= WORDS_A_CODE:
        sizes = (size for size in range(SHORTEST, LONGEST + 1) if joined[start : start + size] in numbers)
        size = next(sizes, 0)
        if not size:
            return ()
        found.append(numbers[joined[start : start + size]])
        start += size
    return tuple(found)
