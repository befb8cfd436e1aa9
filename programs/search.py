"""Search over the guide: one door, two ways behind it. PostgreSQL looks in an index; SQLite reads every page.

Both ignore accents and case, and both give the pages that fit most first. What was typed is kept nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector
from django.db import connection
from django.db.models import F

from programs import reading
from programs.folding import fold
from programs.models import Page
from programs.shelf import Entry, Shelf

MOST_LETTERS = 100
MOST_WORDS = 8
MOST_FOUND = 20
AROUND = 90  # letters of text on each side of the first hit
CONFIG = {"en": "english", "es": "spanish"}
TITLE_COUNTS = 10.0
WORD = re.compile(r"\w+")
# Words that are on every page say nothing about which one is meant.
SMALL_EN = "a an and are at can do does for how i in is it my of on or the to what when who will with"
SMALL_ES = "a al como con de del el en es la las lo los mi o para por que se si su un una y"
SMALL = {"en": frozenset(SMALL_EN.split()), "es": frozenset(SMALL_ES.split())}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, and whether it is what was looked for."""

    text: str
    hit: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """One page that fits, with the place in it that does."""

    title: tuple[Piece, ...]
    url: str
    excerpt: tuple[Piece, ...]


def tidy(typed: str) -> str:
    """Return what was typed, cut to a length that makes sense, on one line, of letters one can see."""
    seen = "".join(letter if letter.isprintable() else " " for letter in typed[: 4 * MOST_LETTERS])
    return " ".join(seen.split())[:MOST_LETTERS]


def search(query: str, shelf: Shelf) -> list[Found]:
    """Return the pages that fit, those that fit most first. Two queries."""
    stems = _stems(query, shelf.language)
    if not stems:
        return []
    rows = (
        _by_index(query, shelf.language) if connection.vendor == "postgresql" else _by_reading(shelf.language)
    )
    entries = {entry.pk: entry for entry in shelf.entries}
    pattern = _pattern(stems)
    ranked = []
    for pk, words, given in rows:
        entry = entries.get(pk)
        rank = given if given is not None else _rank(words, stems)
        if entry is None or not rank:
            continue
        ranked.append((rank + TITLE_COUNTS * _rank(entry.title, stems), entry, words))
    ranked.sort(key=lambda one: (-one[0], one[1].title))
    if not ranked:
        return []
    table = reading.facts(shelf.language)
    return [_found(entry, words, pattern, shelf, table) for _, entry, words in ranked[:MOST_FOUND]]


Row = tuple[int, str, float | None]


def _by_index(query: str, language: str) -> Iterable[Row]:
    vector = SearchVector(f"words_{language}", config=CONFIG[language])
    # In small letters: a server without a locale knows only those of English.
    asked = SearchQuery(
        " or ".join(WORD.findall(query.lower())), config=CONFIG[language], search_type="websearch"
    )
    rows = (
        Page.objects.annotate(vector=vector)
        .filter(vector=asked)
        .annotate(rank=SearchRank(F("vector"), asked))
        .order_by("-rank")
    )
    return list(rows.values_list("pk", f"words_{language}", "rank")[: 5 * MOST_FOUND])


def _by_reading(language: str) -> Iterable[Row]:
    rows = Page.objects.exclude(**{f"words_{language}": ""}).order_by()
    return [(pk, words, None) for pk, words in rows.values_list("pk", f"words_{language}")]


def _stems(query: str, language: str) -> list[str]:
    """Return the words to look for, folded, without their plural endings; without the small ones, if others remain."""
    words = list(dict.fromkeys(WORD.findall(fold(query))))
    telling = [word for word in words if word not in SMALL[language]] or words
    return [re.sub(r"(?<=\w{3})(?:es|s)$", "", word) for word in telling[:MOST_WORDS]]


def _pattern(stems: list[str]) -> re.Pattern[str]:
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, stems)) + r")\w*")


def _rank(text: str, stems: list[str]) -> float:
    """Return how well a text fits: each word that is there counts, more often counts a little more."""
    folded = fold(text)
    counts = [len(re.findall(rf"(?<!\w){re.escape(stem)}", folded)) for stem in stems]
    return sum(1 + min(count, 20) / 20 for count in counts if count) / len(stems)


def _found(entry: Entry, words: str, pattern: re.Pattern[str], shelf: Shelf, table: reading.Facts) -> Found:
    return Found(
        title=tuple(_pieces(table.line(entry.title), pattern)),
        url=entry.path(shelf.language),
        excerpt=tuple(_pieces(_around(table.line(_body(entry, words)), pattern), pattern)),
    )


def _body(entry: Entry, words: str) -> str:
    """Return the words of a page after those that every link to it shows."""
    for shown in (entry.title, entry.menu, entry.description):
        words = words.removeprefix(shown).lstrip(" .")
    return words


def _around(text: str, pattern: re.Pattern[str]) -> str:
    hit = pattern.search(fold(text))
    start, end = hit.span() if hit else (0, 0)
    start, end = max(0, start - AROUND), end + AROUND
    cut = text[start:end]
    if start:
        cut = "… " + cut.split(" ", 1)[-1]
    return cut.rsplit(" ", 1)[0] + " …" if end < len(text) else cut


def _pieces(text: str, pattern: re.Pattern[str]) -> Iterable[Piece]:
    place = 0
    for hit in pattern.finditer(fold(text)):
        yield Piece(text[place : hit.start()])
        yield Piece(text[hit.start() : hit.end()], hit=True)
        place = hit.end()
    yield Piece(text[place:])
