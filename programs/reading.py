"""A page of the guide as it is read: everything the template needs, in one language, with nothing left to look up.

database -> reading -> template. Facts are filled in, links are addresses, the first use of a word leads to the
glossary, and only what is live is here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.text import capfirst

from programs import rich_text
from programs.drawings import drawing_of
from programs.layout import FIELDS, GUIDE_PARTS, PROGRAM_FACTS
from programs.models import Fact, Kind, Page, ProgramFact, Source
from programs.rich_text import Html
from programs.shelf import SITE, Shelf
from programs.track_rows import TrackRow, track_rows
from programs.weaving import HARD_HYPHEN, Words

# The four kinds of care that the check can recommend, as the comparison shows them first.
MAIN = ("iop", "php", "dual_diagnosis", "residential")
WEB = ("https://", "http://")


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts table in one language: values by key, and where those that can be opened lead."""

    values: dict[str, str]
    hrefs: dict[str, str]

    def line(self, text: str) -> str:
        """Return a plain text with its facts filled in; phone numbers do not break at the end of a line."""
        unbroken = {
            key: self.values[key].replace("-", HARD_HYPHEN)
            for key, href in self.hrefs.items()
            if href.startswith("tel:")
        }
        return rich_text.fill(text, {**self.values, **unbroken})


def facts(language: str) -> Facts:
    """Return the facts table in one language. One query."""
    rows = list(Fact.objects.values_list("key", "kind", language, "dial"))
    hrefs = {key: f"tel:{dial}" for key, _, _, dial in rows if dial}
    hrefs |= {key: f"https://{value}" for key, kind, value, _ in rows if kind == Fact.Sort.LINK}
    return Facts({key: value for key, _, value, _ in rows}, hrefs)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it. The anchor is the same in every language."""

    anchor: str
    heading: str
    body: Html


@dataclass(frozen=True, slots=True)
class FactShown:
    """One typed fact of a kind of care."""

    key: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Review:
    """Who read these words and when. Without a name nobody has, and the page says so."""

    by: str
    on: date | None
    again: date | None


@dataclass(frozen=True, slots=True)
class SourceShown:
    """A publication the page rests on; with an address, if it is one a browser may open."""

    title: str
    publisher: str
    year: int | None
    url: str


@dataclass(frozen=True, slots=True)
class PictureShown:
    """A picture of the page, with its words; decoration has none, and is passed over by who has the page read out."""

    address: str
    alt: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class PageShown:
    """One program or guide, as the public reads it."""

    key: str
    kind: str
    place: str
    title: str
    menu: str
    description: str
    summary: Html
    sections: tuple[Section, ...]
    review: Review
    changed: date
    clinical: bool
    offered: bool
    facts: tuple[FactShown, ...] = ()
    tracks: tuple[TrackRow, ...] = ()
    sources: tuple[SourceShown, ...] = ()
    pictures: tuple[PictureShown, ...] = ()
    drawing: str = ""  # its template, or none


def page(shelf: Shelf, kind: str, key: str) -> PageShown | None:
    """Return a page in the language of the shelf, or None when the public cannot read it."""
    entry = shelf.find(kind, key)
    if entry is None:
        return None
    row = Page.objects.select_related("live").prefetch_related("sources", "pictures").get(pk=entry.pk)
    typed = list(ProgramFact.objects.filter(program=row).select_related("source")) if _is_program(row) else []
    return shown(row, row.live.content if row.live else {}, shelf, typed)


def shown(row: Page, content: dict[str, dict[str, str]], shelf: Shelf, typed: list[ProgramFact]) -> PageShown:
    """Return these words of a page as the public would read them; a preview passes the words of a draft."""
    language = shelf.language
    texts = content.get(language, {})
    table = facts(language)
    words = glossary_words(shelf, but=row.key)
    return PageShown(
        key=row.key,
        kind=row.kind,
        place=row.place,
        title=table.line(texts.get("title", "")),
        menu=texts.get("menu", ""),
        description=table.line(texts.get("description", "")),
        summary=rich_text.show(texts.get("summary", ""), table.values, shelf.addresses, hrefs=table.hrefs),
        sections=tuple(_sections(row.kind, texts, table, shelf, words)),
        review=Review(row.reviewed_by, row.reviewed_on, row.next_review),
        changed=timezone.localdate(row.live.created) if row.live else timezone.localdate(),
        clinical=row.place != SITE,
        offered=row.offered,
        facts=tuple(_facts(typed, language, table)),
        tracks=track_rows(row.pk, language) if _is_program(row) else (),
        sources=_sources(row, typed),
        pictures=tuple(_pictures(row, language)),
        drawing=drawing_of(row.key),
    )


def _is_program(row: Page) -> bool:
    return row.kind == Kind.PROGRAM


def glossary_words(shelf: Shelf, *, but: str = "") -> Words:
    """Return the words to link on a page; not those to avoid, nor the one the page itself explains."""
    terms = [term for term in shelf.all(Kind.TERM) if not term.avoided and term.key != but]
    return Words({term.title: term.path(shelf.language) for term in terms})


def _sections(
    kind: str, texts: dict[str, str], table: Facts, shelf: Shelf, words: Words
) -> Iterable[Section]:
    for anchor, heading, text in _parts(kind, texts):
        if text.strip():
            body = rich_text.show(text, table.values, shelf.addresses, hrefs=table.hrefs, words=words)
            yield Section(anchor, table.line(heading), body)


def _parts(kind: str, texts: dict[str, str]) -> Iterable[tuple[str, str, str]]:
    """Give (anchor, heading, text) for every section, in reading order."""
    if kind == Kind.PROGRAM:
        for box in FIELDS[Kind.PROGRAM]:
            if box.heading:
                yield box.key.replace("_", "-"), str(box.heading), texts.get(box.key, "")
        return
    for number in range(1, GUIDE_PARTS + 1):
        yield f"part-{number}", texts.get(f"part_{number}_heading", ""), texts.get(f"part_{number}", "")


def _facts(typed: Iterable[ProgramFact], language: str, table: Facts) -> Iterable[FactShown]:
    by_name = {fact.name: fact for fact in typed}
    for name, label in PROGRAM_FACTS.items():
        value = getattr(by_name[name], language) if name in by_name else ""
        if value:
            yield FactShown(name, str(label), capfirst(table.line(value)))


def _pictures(row: Page, language: str) -> Iterable[PictureShown]:
    for one in sorted(row.pictures.all(), key=lambda picture: picture.pk):
        alt = {"en": one.alt_en, "es": one.alt_es}[language]
        yield PictureShown(one.get_absolute_url(), alt, one.width, one.height)


def _sources(row: Page, typed: Iterable[ProgramFact]) -> tuple[SourceShown, ...]:
    """Return what the page and its facts rest on, each once."""
    found: dict[Any, Source] = {source.pk: source for source in row.sources.all()}
    found |= {fact.source.pk: fact.source for fact in typed if fact.source}
    return tuple(
        SourceShown(one.title, one.publisher, one.year, one.url if one.url.startswith(WEB) else "")
        for one in sorted(found.values(), key=lambda source: (source.publisher, source.title))
    )
