"""What can be said of one text by itself: words that hurt, long sentences, vague links, headings, shouting, digits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise

from programs import rich_text
from programs.editing import reading
from programs.editing.word_lists import BLOCK, FINE, LISTS, VAGUE, WARN

Found = tuple[str, str, str]
LONGEST_SENTENCE = 20
SHOWN = 90

QUOTED = re.compile(r"“[^”]*”|«[^»]*»|\"[^\"]*\"|‘[^’]*’")
PHONE = re.compile(
    r"(?<![\w.\-])(?:\+?1[\s.\-])?(?:\(\d{3}\)\s?|\d{3}[\s.\-])\d{3}[\s.\-]\d{4}(?!\d)"
    r"|(?<![\d.,\-])\b1?8(?:00|33|44|55|66|77|88)\d{7}\b|(?<![\d.,$\-])\b(?:911|988)\b(?![\d,.]\d)"
)
UPPER = "[A-ZÁÉÍÓÚÑÜ]"
# Three words, two of which the first is long, or one that is longer than any abbreviation we use.
SHOUTED = re.compile(
    rf"\b{UPPER}{{2,}}(?:\s+{UPPER}{{2,}}){{2,}}\b|\b{UPPER}{{4,}}\s+{UPPER}{{2,}}\b|\b{UPPER}{{9,}}\b"
)


def text_findings(text: str, language: str, *, rich: bool, named: bool) -> Iterator[Found]:
    """Yield what there is to mend in one text. `named`: the text is the name of a word to avoid."""
    plain = rich_text.plain(text)
    if not named:
        yield from _words(plain, language)
    for sentence in reading.sentences(plain):
        count = len(reading.words(sentence))
        if count > LONGEST_SENTENCE:
            start = sentence if len(sentence) <= SHOWN else f"{sentence[:SHOWN]}…"
            yield WARN, f"A sentence of {count} words: “{start}”", "Make two of it. At most 20 words each."
    for found in SHOUTED.finditer(plain):
        yield (
            WARN,
            f"Capital letters shout: {found[0]}",
            "Write it in small letters; use bold for one word that counts.",
        )
    if language == "es" and plain.count("¿") != plain.count("?"):
        yield WARN, "The question marks do not pair.", "Every question begins with ¿ and ends with ?"
    if rich:
        yield from _shape(text, language)


def _words(plain: str, language: str) -> Iterator[Found]:
    # What is quoted is named, not said. A phrase that means something else is no hit.
    said = QUOTED.sub(" ", plain)
    for phrase in FINE[language]:
        said = re.sub(re.escape(phrase), " ", said, flags=re.IGNORECASE)
    for row in LISTS[language]:
        hits = sorted({found.lower() for found in _pattern(row.forms).findall(said)})
        if hits:
            yield row.severity, f"It says “{'”, “'.join(hits)}”.", f"Say instead: {row.instead}."


@cache
def _pattern(forms: str) -> re.Pattern[str]:
    longest_first = sorted(forms.split("|"), key=len, reverse=True)
    return re.compile(rf"(?<![\w\-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w\-])", re.IGNORECASE)


def phrases(text: str, wanted: Iterable[str]) -> list[str]:
    """Return those of the phrases that a text holds as whole words."""
    return [one for one in wanted if _pattern(one).search(text)]


def phone_numbers(plain: str) -> list[str]:
    """Return what looks like a phone number, each once."""
    return sorted({found[0].strip() for found in PHONE.finditer(plain)})


def _shape(text: str, language: str) -> Iterator[Found]:
    shape = _Shape()
    shape.feed(text)
    shape.close()
    for words in shape.links:
        if not words:
            yield BLOCK, "A link has no words.", "Write where it leads."
        elif words.lower().strip(" .:→") in VAGUE[language]:
            yield (
                WARN,
                f"The link “{words}” does not say where it leads.",
                "Name the page or the place it leads to.",
            )
    # Without a script, words may stand in no block at all.
    for before, after in pairwise([*shape.blocks, ("", "")]):
        if before[0] == "h3" and not before[1]:
            yield WARN, "A heading is empty.", "Write it, or take it out."
        elif before[0] == "h3" and after[0] in ("h3", ""):
            yield (
                WARN,
                f"Nothing stands under the heading “{before[1]}”.",
                "Write a text under it, or take it out.",
            )


class _Shape(HTMLParser):
    """The blocks of a rich text in order, as (tag, words), and the words of its links."""

    BLOCKS = frozenset({"p", "li", "h3", "blockquote"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[tuple[str, str]] = []
        self.links: list[str] = []
        self._block = self._link = ""
        self._in_link = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.BLOCKS:
            self._block = ""
        if tag == "a":
            self._in_link, self._link = True, ""

    def handle_endtag(self, tag: str) -> None:
        if tag in self.BLOCKS:
            self.blocks.append((tag, " ".join(self._block.split())))
        if tag == "a" and self._in_link:
            self._in_link = False
            self.links.append(" ".join(self._link.split()))

    def handle_data(self, data: str) -> None:
        self._block += data
        if self._in_link:
            self._link += data
