"""The one sanitizer: what an editor typed becomes HTML that can do nothing but be read.

It is cleaned when it is saved and again when it is shown, so that neither a row written by hand nor an older,
wider list of tags reaches a page. This is the only module that may mark text as safe.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Mapping
from html.parser import HTMLParser

import nh3
from django.utils.safestring import SafeString, mark_safe

TAGS = {"p", "ul", "ol", "li", "strong", "h3", "a", "blockquote", "br"}
ATTRIBUTES = {"a": {"href"}}
# `page:` names another page of this site by its key; it becomes an address only when the page is shown.
SCHEMES = {"https", "http", "mailto", "tel", "page"}
FACT = re.compile(r"\[\[(\w+)\]\]")
PAGE_LINK = re.compile(r'href="page:([\w-]+)"')
SITE_LINK = re.compile(r'<a href="(?=https?:)')

_cleaner = nh3.Cleaner(
    tags=TAGS,
    attributes=ATTRIBUTES,
    url_schemes=SCHEMES,
    link_rel=None,
    strip_comments=True,
    clean_content_tags={
        "script",
        "style",
        "svg",
        "math",
        "iframe",
        "object",
        "template",
        "noscript",
        "title",
    },
)


def clean(text: str) -> str:
    """Return the text with the allowed tags alone; everything else is gone, its harmless words stay."""
    return _cleaner.clean(text.replace("\0", "")).strip()


def facts_in(text: str) -> set[str]:
    """Return the keys of the facts that a text names."""
    return set(FACT.findall(text))


def pages_in(text: str) -> set[str]:
    """Return the keys of the pages that a text links to."""
    return set(PAGE_LINK.findall(text))


def plain(text: str) -> str:
    """Return the words of a rich text, each block as a sentence of its own."""
    reader = _Words()
    reader.feed(text)
    reader.close()
    return " ".join(" ".join(reader.pieces).split())


class _Words(HTMLParser):
    BLOCKS = frozenset({"p", "li", "h3", "blockquote", "br"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)

    def handle_endtag(self, tag: str) -> None:
        words = "".join(self.pieces).rstrip()
        if tag in self.BLOCKS and words and words[-1] not in ".?!:;…":
            self.pieces.append(".")
        if tag in self.BLOCKS:
            self.pieces.append(" ")


def fill(text: str, facts: Mapping[str, str]) -> str:
    """Return a plain text with each [[fact]] filled in. A fact that is unknown stays as it was typed."""
    return FACT.sub(lambda found: facts.get(found[1], found[0]), text)


def show(text: str, facts: Mapping[str, str], address: Callable[[str], str | None]) -> SafeString:
    """Return a rich text ready for a template.

    `facts` maps a fact's key to its value in this language; `address` gives the address of a page by its key,
    or None for a page that is not public, whose link then becomes plain words.
    """
    shown = _without_dead_links(clean(text), address)
    shown = PAGE_LINK.sub(lambda found: f'href="{html.escape(address(found[1]) or "")}"', shown)
    shown = SITE_LINK.sub('<a rel="noreferrer" href="', shown)
    escaped = {key: html.escape(value) for key, value in facts.items()}
    return mark_safe(fill(shown, escaped))  # noqa: S308  cleaned above; what is added is escaped


def _without_dead_links(text: str, address: Callable[[str], str | None]) -> str:
    for key in pages_in(text):
        if address(key) is None:
            text = re.sub(rf'<a href="page:{re.escape(key)}">(.*?)</a>', r"\1", text, flags=re.DOTALL)
    return text


def join(pieces: Iterable[str]) -> str:
    """Return several texts as one, for counting words and reading grades."""
    return " ".join(piece for piece in pieces if piece)
