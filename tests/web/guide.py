"""Helpers for tests of the guide: small pages made by hand, and a reader that takes a rendered page apart."""

import json
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.core.cache import caches
from django.test import Client

from programs import services
from programs.layout import FIELDS
from programs.models import Kind, Page

LANGUAGES = ("en", "es")
HOST = "http://testserver"


def words(kind: str, name: str, /, **more: str) -> dict[str, str]:
    """A text for every required field of a kind of page."""
    made = {
        box.key: f"<p>{name} {box.key}.</p>" if box.kind == "rich" else f"{name} {box.key}"
        for box in FIELDS[kind]
        if box.required
    }
    return {**made, "title": name, "menu": name[:24], **more}


def make(
    kind: str, key: str, *, both: bool = True, english: dict[str, str] | None = None, **row: Any
) -> Page:
    """A page that is live, in English and (unless told otherwise) in Spanish."""
    row = {"slug_en": key.replace("_", "-"), "slug_es": f"{key.replace('_', '-')}-es", **row}
    if kind in (Kind.QUESTION, Kind.TERM):
        row |= {"slug_en": "", "slug_es": ""}
    page = Page.objects.create(kind=kind, key=key, **row)
    content = {"en": words(kind, key.replace("_", " ").capitalize(), **(english or {}))}
    if both:
        content["es"] = words(kind, f"{key.replace('_', ' ').capitalize()} en español")
    services.start_with(page, content, note="made for a test")
    page.refresh_from_db()
    return page


def rewrite(page: Page, **english: str) -> None:
    """Publish a new revision of the English words, as an editor's words go live."""
    content = {**page.live.content, "en": {**page.live.content["en"], **english}}  # type: ignore[union-attr]
    draft = services.save_draft(page, content, by=None)
    services.submit(draft, by=None, note="for a test")
    services.approve(draft, by=None)
    services.publish(draft, by=None)
    page.refresh_from_db()


def forget() -> None:
    """Empty what this process keeps."""
    caches["pages"].clear()


@dataclass
class Seen(HTMLParser):
    """A page as a browser and a search engine see it."""

    html: str
    head: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)
    links: list[dict[str, str]] = field(default_factory=list)
    in_main: list[dict[str, str]] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    tags: set[str] = field(default_factory=set)
    attributes: set[str] = field(default_factory=set)
    title: str = ""
    language: str = ""
    text: str = ""
    data: Any = None

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[str] = []
        self._words: list[str] = []
        self._script = ""
        self.feed(self.html)
        self.text = " ".join("".join(self._words).split())
        self.data = json.loads(self._script) if self._script else None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.add(tag)
        self.attributes |= set(given)
        if tag == "html":
            self.language = given.get("lang", "")
        if tag in ("link", "meta"):
            self.head.append((tag, given))
        if "id" in given:
            self.anchors.add(given["id"])
        if tag == "a":
            self.links.append(given)
            if "main" in self._open:
                self.in_main.append(given)
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(tag)
        if tag not in ("meta", "link", "br", "hr", "input", "path", "rect", "circle", "img", "ellipse"):
            self._open.append(tag)
        if tag in ("p", "li", "div", "h1", "h2", "h3", "dt", "dd", "td", "th", "summary"):
            self._words.append(" ")

    def handle_endtag(self, tag: str) -> None:
        while tag in self._open and self._open.pop() != tag:
            pass
        if tag in ("p", "li", "div", "h1", "h2", "h3", "dt", "dd", "td", "th", "summary"):
            self._words.append(" ")

    def handle_data(self, data: str) -> None:
        if "script" in self._open:
            self._script += data
        elif "title" in self._open and "svg" not in self._open:
            self.title += data
        elif "style" not in self._open:
            self._words.append(data)

    def rel(self, kind: str) -> list[dict[str, str]]:
        return [given for tag, given in self.head if tag == "link" and given.get("rel") == kind]

    @property
    def canonical(self) -> str:
        return self.rel("canonical")[0]["href"]

    @property
    def alternates(self) -> dict[str, str]:
        return {given["hreflang"]: given["href"] for given in self.rel("alternate")}

    def block(self, kind: str) -> dict[str, Any] | None:
        return next((one for one in self.data["@graph"] if one["@type"] == kind), None)


def see(path: str, status: int = 200) -> Seen:
    """Fetch a page and take it apart."""
    response = Client().get(path)
    assert response.status_code == status, f"{path}: {response.status_code}"
    return Seen(response.content.decode())


def inside(path: str, seen: Seen) -> list[tuple[str, str]]:
    """(path with query, anchor) of every link of a page that leads to this site."""
    found = []
    for given in seen.links:
        parts = urlsplit(urljoin(HOST + path, given.get("href", "")))
        if parts.scheme in ("http", "https") and parts.netloc == urlsplit(HOST).netloc:
            found.append((parts.path + (f"?{parts.query}" if parts.query else ""), parts.fragment))
    return found
