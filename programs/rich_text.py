"""The one sanitizer: what an editor typed becomes HTML that can do nothing but be read.

It is cleaned when it is saved and again when it is shown, so that neither a row written by hand nor an older,
wider list of tags reaches a page. This is the only module that may mark text as safe.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterable, Mapping
from html.parser import HTMLParser
from typing import Any

import nh3
from django.utils.safestring import SafeString, mark_safe

from programs.weaving import Words, weave

# What a template may show as it is. Only this module makes it.
Html = SafeString

TAGS = {"p", "ul", "ol", "li", "strong", "h3", "a", "blockquote", "br"}
# The star: without it nh3 lets `title` and `lang` through on every tag.
ATTRIBUTES: dict[str, set[str]] = {"*": set(), "a": {"href"}}
# `page:` names another page of this site by its key; it becomes an address only when the page is shown.
SCHEMES = {"https", "http", "mailto", "tel", "page"}
FACT = re.compile(r"\[\[(\w+)\]\]")
PAGE_LINK = re.compile(r'href="page:([\w-]+)"')
SITE_LINK = re.compile(r'<a href="(?=https?:|//)')

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
    return " ".join("".join(reader.pieces).split())


class _Words(HTMLParser):
    BLOCKS = frozenset({"p", "li", "h3", "blockquote"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.pieces.append(" ")

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


def show(
    text: str,
    facts: Mapping[str, str],
    address: Callable[[str], str | None],
    *,
    hrefs: Mapping[str, str] | None = None,
    words: Words | None = None,
) -> SafeString:
    """Return a rich text ready for a template.

    `facts` maps a fact's key to its value in this language; `address` gives the address of a page by its key,
    or None for a page that is not public, whose link then becomes plain words. With `hrefs`, phone numbers can be
    tapped; with `words`, the first use of a word leads to its meaning.
    """
    shown = _PAGE_ANCHOR.sub(lambda found: _page_link(found, address), clean(text))
    shown = SITE_LINK.sub('<a rel="noreferrer" href="', shown)
    return mark_safe(weave(shown, facts, hrefs or {}, words))  # noqa: S308  cleaned; what was added is escaped


_PAGE_ANCHOR = re.compile(r'<a href="page:([^"]*)">(.*?)</a>', re.DOTALL)


def _page_link(found: re.Match[str], address: Callable[[str], str | None]) -> str:
    url = address(found[1])
    return f'<a href="{html.escape(url)}">{found[2]}</a>' if url else found[2]


# A data block is not run, but "</script>" in it would end it, and "<!--" would hide its end.
_IN_DATA = str.maketrans({"<": "\\u003C", ">": "\\u003E", "&": "\\u0026"})


def data_block(value: Any) -> SafeString:
    """Return JSON that can do nothing inside <script type="application/ld+json">."""
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(written.translate(_IN_DATA))  # noqa: S308  no "<" is left


def join(pieces: Iterable[str]) -> str:
    """Return several texts as one, for counting words and reading grades."""
    return " ".join(piece for piece in pieces if piece)
