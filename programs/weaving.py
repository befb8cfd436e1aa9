"""Weaves the guide's own links into a text that was cleaned: phone numbers to tap, and the first use of a word.

It works on text between tags only, never on a tag, and never inside a link or a heading. What it adds is escaped.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from html.parser import HTMLParser

HARD_HYPHEN = "\N{NON-BREAKING HYPHEN}"
CLOSED = frozenset({"a", "h3"})
FACT = re.compile(r"\[\[(\w+)\]\]")
IN_BRACKETS = re.compile(r"^(.+?)\s*\((.+)\)$")


class Words:
    """The words of the glossary on one page: each becomes a link where it is first used."""

    def __init__(self, addresses: Mapping[str, str]) -> None:
        """`addresses` maps a word, as its title writes it, to the address of its meaning."""
        self._addresses = {form.casefold(): url for title, url in addresses.items() for form in forms(title)}
        self._linked: set[str] = set()
        longest_first = sorted(self._addresses, key=len, reverse=True)
        found = "|".join(re.escape(html.escape(form, quote=False)) for form in longest_first)
        self._pattern = re.compile(rf"(?<!\w)(?:{found})(?!\w)", re.IGNORECASE) if found else None

    def link(self, text: str) -> str:
        """Return escaped text with links around words not yet linked."""
        return self._pattern.sub(self._first, text) if self._pattern else text

    def _first(self, found: re.Match[str]) -> str:
        url = self._addresses.get(html.unescape(found[0]).casefold())
        if url is None or url in self._linked:
            return found[0]
        self._linked.add(url)
        return f'<a class="term" href="{html.escape(url)}">{found[0]}</a>'


def forms(title: str) -> Iterable[str]:
    """Return the ways a title is written in a text: with "(IOP)" behind it, the long and the short one apart."""
    both = IN_BRACKETS.match(title)
    return both.groups() if both else (title,)


class _Weaver(HTMLParser):
    """Copies HTML unchanged, but for text outside links and headings."""

    def __init__(self, facts: Mapping[str, str], hrefs: Mapping[str, str], words: Words | None) -> None:
        super().__init__(convert_charrefs=False)
        self.pieces: list[str] = []
        self._facts, self._hrefs, self._words = facts, hrefs, words
        self._closed = 0
        self._text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._flush()
        self._closed += tag in CLOSED
        self.pieces.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        self._flush()
        self._closed -= tag in CLOSED
        self.pieces.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self._text.append(data)

    def handle_entityref(self, name: str) -> None:
        self._text.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._text.append(f"&#{name};")

    def close(self) -> None:
        super().close()
        self._flush()

    def _flush(self) -> None:
        text, self._text = "".join(self._text), []
        if not text:
            return
        # The facts stand apart from the text around them: a number is never a word of the glossary.
        place = 0
        for found in FACT.finditer(text):
            self.pieces += [self._between(text[place : found.start()]), self._fact(found)]
            place = found.end()
        self.pieces.append(self._between(text[place:]))

    def _between(self, text: str) -> str:
        return self._words.link(text) if self._words and not self._closed else text

    def _fact(self, found: re.Match[str]) -> str:
        key = found[1]
        if key not in self._facts:
            return found[0]
        href = self._hrefs.get(key, "")
        value = self._facts[key]
        if href.startswith("tel:"):
            value = value.replace("-", HARD_HYPHEN)
        shown = html.escape(value)
        if not href or self._closed:
            return shown
        rel = "" if href.startswith("tel:") else ' rel="noreferrer"'
        return f'<a class="nowrap" href="{html.escape(href)}"{rel}>{shown}</a>'


def weave(text: str, facts: Mapping[str, str], hrefs: Mapping[str, str], words: Words | None = None) -> str:
    """Return cleaned HTML with facts filled in, phone numbers to tap, and words linked at their first use.

    `hrefs` maps the key of a fact that can be opened (a phone, an address) to where it leads.
    """
    weaver = _Weaver(facts, hrefs, words)
    weaver.feed(text)
    weaver.close()
    return "".join(weaver.pieces)
