"""What the public can find in one language, and at which address: one query, however many pages there are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.urls import reverse
from django.utils import timezone, translation

from programs.layout import LANGUAGES
from programs.models import Kind, Page

# Pages with an address of their own whose key code knows.
OVERVIEW, HUB = "programs_overview", "families"
FAMILY, SITE = "families", "site"
# Guides with an address beside the front page, in English and in Spanish. Any other guide stands among its group.
DOORS = {
    "paying": ("paying", "como-pagar"),
    "work_and_leave": ("work-and-leave", "trabajo-y-licencia"),
    "privacy_in_treatment": ("privacy-in-treatment", "privacidad-en-el-tratamiento"),
    "choosing_a_program": ("choosing-a-program", "como-elegir-un-programa"),
    "first_day": ("first-day", "primer-dia"),
    "about": ("about", "sobre-este-sitio"),
    "privacy": ("privacy", "aviso-de-privacidad"),
    "accessibility": ("accessibility", "accesibilidad"),
    "contact": ("contact", "contacto"),
}
# Addresses that a text may name by key although no page of the guide stands behind them.
OTHER_DOORS = {
    "help_now": "screening:help_now",
    "check": "screening:start",
    "how_it_works": "screening:how_it_works",
    "faq": "programs:faq",
    "glossary": "programs:glossary",
    "compare": "programs:compare",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One page as a link to it needs it. `languages` are those in which the public can read it."""

    pk: int
    kind: str
    key: str
    place: str
    order: int
    title: str
    menu: str
    description: str
    avoided: bool
    slugs: dict[str, str]
    languages: tuple[str, ...]

    def path(self, language: str) -> str:
        """Return the address in a language; a question and a word are places on a page they share."""
        with translation.override(language):
            return _path(self.kind, self.key, self.place, self.slugs.get(language, ""))


def _path(kind: str, key: str, place: str, slug: str) -> str:
    if kind == Kind.QUESTION:
        return f"{reverse('programs:faq')}#{key}"
    if kind == Kind.TERM:
        return f"{reverse('programs:glossary')}#{key}"
    if kind == Kind.PROGRAM:
        return reverse("programs:program", args=[slug])
    if key == OVERVIEW:
        return reverse("programs:overview")
    if key == HUB:
        return reverse("programs:families")
    if key in DOORS:
        return reverse("programs:guide", kwargs={"key": key})
    return reverse("programs:family_guide" if place == FAMILY else "programs:more", args=[slug])


@dataclass(frozen=True)
class Shelf:
    """Every page the public can read in one language, in order."""

    language: str
    entries: tuple[Entry, ...]

    @cached_property
    def _by_key(self) -> dict[tuple[str, str], Entry]:
        return {(entry.kind, entry.key): entry for entry in self.entries}

    @cached_property
    def addresses(self) -> Callable[[str], str | None]:
        """A function from the key in a `page:` link to an address, or None for a page that is not public."""
        known: dict[str, str | None] = {}

        def address(key: str) -> str | None:
            if key not in known:
                known[key] = self._address(key)
            return known[key]

        return address

    def _address(self, key: str) -> str | None:
        for kind in (Kind.PROGRAM, Kind.GUIDE, Kind.QUESTION, Kind.TERM):
            entry = self._by_key.get((kind, key))
            if entry is not None:
                return entry.path(self.language)
        if key not in OTHER_DOORS and key != OVERVIEW:
            return None
        with translation.override(self.language):
            return reverse(OTHER_DOORS.get(key, "programs:overview"))

    def find(self, kind: str, key: str) -> Entry | None:
        """Return the page with this key, or None."""
        return self._by_key.get((kind, key))

    def all(self, kind: str, *, place: str | None = None) -> list[Entry]:
        """Return the pages of a kind, in order."""
        return [e for e in self.entries if e.kind == kind and place in (None, e.place)]

    def by_keys(self, kind: str, keys: Iterable[str]) -> list[Entry]:
        """Return the pages with these keys that are public, in the order of the keys."""
        return [entry for key in keys if (entry := self.find(kind, key))]


def shelf(language: str) -> Shelf:
    """Return what the public can read in a language now. One query."""
    other = next(code for code in LANGUAGES if code != language)
    rows = (
        Page.objects.filter(archived=False, live__isnull=False)
        .annotate(
            said_title=_live(language, "title"),
            said_menu=_live(language, "menu"),
            said_description=_live(language, "description"),
            said_instead=_live(language, "say_instead"),
            other_title=_live(other, "title"),
        )
        .values(
            "pk", "kind", "key", "place", "order", "slug_en", "slug_es",
            "said_title", "said_menu", "said_description", "said_instead", "other_title",
        )
    )  # fmt: skip
    found = (_entry(row, language, other) for row in rows)
    return Shelf(language, tuple(entry for entry in found if entry is not None))


def _live(language: str, name: str) -> KeyTextTransform:
    """The live words of one field."""
    return KeyTextTransform(name, KeyTransform(language, "live__content"))


def _entry(row: Mapping[str, Any], language: str, other: str) -> Entry | None:
    slugs = {"en": row["slug_en"], "es": row["slug_es"]}
    paged = row["kind"] in (Kind.PROGRAM, Kind.GUIDE) and row["key"] not in (*DOORS, OVERVIEW, HUB)
    languages = tuple(
        code
        for code, title in ((language, row["said_title"]), (other, row["other_title"]))
        if title and (slugs[code] or not paged)
    )
    if language not in languages:
        return None
    title = str(row["said_title"])
    return Entry(
        pk=row["pk"],
        kind=row["kind"],
        key=row["key"],
        place=row["place"],
        order=row["order"],
        title=title,
        menu=str(row["said_menu"] or title),
        description=str(row["said_description"] or ""),
        avoided=bool(row["said_instead"]),
        slugs=slugs,
        languages=languages,
    )


def program_paths(keys: Iterable[str], language: str) -> dict[str, str]:
    """Return where the public finds these kinds of care, by key. One query, for pages that need no more."""
    slug = f"slug_{language}"
    rows = (
        Page.objects.filter(kind=Kind.PROGRAM, key__in=list(keys), archived=False, live__isnull=False)
        .exclude(**{slug: ""})
        # Asked for by pages that do not apply what is due.
        .exclude(ends_at__lte=timezone.now())
        .annotate(said=_live(language, "title"))
        .exclude(said__isnull=True)
    )
    with translation.override(language):
        return {key: reverse("programs:program", args=[word]) for key, word in rows.values_list("key", slug)}
