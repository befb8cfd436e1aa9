"""What two revisions of a page say differently, field by field and word by word. Pure functions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from html.parser import HTMLParser
from typing import ClassVar

from django.utils.functional import Promise

from programs.editing.boxes import NAMES
from programs.layout import FIELDS, LANGUAGES
from programs.services import Content

TOKEN = re.compile(r"\n|[^\s]+")
# Beyond this many words a field is shown as one removed and one added text: comparing would take seconds.
MOST_WORDS = 6_000


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words: kept, added or removed."""

    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that differs, in one language."""

    language: str
    language_name: str
    label: str | Promise
    pieces: tuple[Piece, ...]

    @property
    def only_form(self) -> bool:
        """Whether the words are the same, and only bold type or paragraphs changed."""
        return all(piece.kind == "same" for piece in self.pieces)


def differences(kind: str, before: Content, after: Content) -> list[Difference]:
    """Return every field that differs, in the order of the page."""
    found = []
    for field in FIELDS[kind]:
        for language in LANGUAGES:
            was, now = (one.get(language, {}).get(field.key, "") for one in (before, after))
            if was == now:
                continue
            if field.kind == "rich":
                was, now = readable(was), readable(now)
            found.append(Difference(language, NAMES[language], field.label, tuple(pieces(was, now))))
    return found


def same(kind: str, one: Content, other: Content) -> bool:
    """Tell whether a reader could see no difference; spaces between tags are none."""

    def flat(content: Content, language: str, key: str) -> str:
        return re.sub(r">\s+|\s+<", lambda m: m[0].strip(), content.get(language, {}).get(key, "")).strip()

    return all(
        flat(one, language, field.key) == flat(other, language, field.key)
        for field in FIELDS[kind]
        for language in LANGUAGES
    )


def pieces(before: str, after: str) -> list[Piece]:
    """Return the words of both texts, marked as kept, removed or added."""
    old, new = TOKEN.findall(before), TOKEN.findall(after)
    if max(len(old), len(new)) > MOST_WORDS:
        return [Piece("removed", before), Piece("added", after)]
    found = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(Piece("same", _joined(old[a:b])))
            continue
        if a != b:
            found.append(Piece("removed", _joined(old[a:b])))
        if c != d:
            found.append(Piece("added", _joined(new[c:d])))
    return found


def _joined(tokens: list[str]) -> str:
    return " ".join(tokens).replace(" \n ", "\n").replace("\n ", "\n").replace(" \n", "\n")


def readable(text: str) -> str:
    """Return rich text as lines of words. Where a link leads is a part of the words, so a changed one is seen."""
    reader = _Lines()
    reader.feed(text)
    reader.close()
    return "\n".join(
        line for line in (" ".join(line.split()) for line in "".join(reader.out).split("\n")) if line
    )


class _Lines(HTMLParser):
    STARTS: ClassVar = {"li": "\n• ", "h3": "\n# ", "p": "\n", "blockquote": "\n> ", "br": "\n"}

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self.link = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        start = self.STARTS.get(tag, "")
        # A paragraph that begins an item stands on the item's line.
        if tag == "p" and self.out and self.out[-1] in ("\n• ", "\n> "):
            start = ""
        self.out.append(start)
        if tag == "a":
            self.link = dict(attrs).get("href") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self.link:
            self.out.append(f" ({self.link})")
            self.link = ""
        elif tag in self.STARTS:
            self.out.append("\n")

    def handle_data(self, data: str) -> None:
        if data.strip() or (self.out and self.out[-1] not in self.STARTS.values()):
            self.out.append(data.replace("\n", " "))
