"""The content that comes with the software: read from programs/starter/, checked, and put in where nothing is yet."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction

from programs import services
from programs.layout import FIELDS, LANGUAGES, PROGRAM_FACTS
from programs.models import Fact, Kind, Page, ProgramFact, Source

FOLDER = Path(__file__).parent / "starter"
NOTE = "Comes with the software. Not yet reviewed by a clinician."
# Files with one page each, and files with many short ones.
FOLDERS = {"programs": Kind.PROGRAM, "guides": Kind.GUIDE}
LISTS = {"questions.toml": ("question", Kind.QUESTION), "terms.toml": ("term", Kind.TERM)}


class StarterError(Exception):
    """A file of the starter content is not whole; the message names the file and the place."""


@dataclass(frozen=True, slots=True)
class StarterPage:
    """One page as its file gives it."""

    kind: str
    key: str
    row: dict[str, Any]

    @property
    def content(self) -> services.Content:
        return {language: _texts(self.row[language]) for language in LANGUAGES}


def _texts(given: dict[str, str]) -> dict[str, str]:
    return {key: text for key, text in given.items() if key != "slug"}


def pages(folder: Path = FOLDER) -> list[StarterPage]:
    """Return every page of the starter content. Raises StarterError for a field too many or too few."""
    found = [
        StarterPage(kind, row["key"], row)
        for name, kind in FOLDERS.items()
        for path in sorted((folder / name).glob("*.toml"))
        for row in [_read(path)]
    ]
    for name, (table, kind) in LISTS.items():
        found += [
            StarterPage(kind, row["key"], {**row, "order": 10 * number})
            for number, row in enumerate(_read(folder / name)[table], start=1)
        ]
    for page in found:
        _check(page)
    return found


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise StarterError(f"{path.name}: {error}") from error


def _check(page: StarterPage) -> None:
    known = {field.key for field in FIELDS[page.kind]}
    needed = {field.key for field in FIELDS[page.kind] if field.required}
    for language in LANGUAGES:
        given = set(page.content[language])
        if given - known or needed - given:
            raise StarterError(f"{page.key} ({language}): {sorted(given - known)} {sorted(needed - given)}")
    if page.kind == Kind.PROGRAM and set(page.row["facts"]) != set(PROGRAM_FACTS):
        raise StarterError(f"{page.key}: facts {sorted(set(page.row['facts']) ^ set(PROGRAM_FACTS))}")


@transaction.atomic
def load(folder: Path = FOLDER) -> dict[str, int]:
    """Add what is missing; never touch a row that is there, whatever it says. Return what was added."""
    added = {"sources": 0, "facts": 0, "pages": 0}
    for row in _read(folder / "sources.toml")["source"]:
        added["sources"] += Source.objects.get_or_create(key=row["key"], defaults=_rest(row))[1]
    sources = {source.key: source for source in Source.objects.all()}
    for row in _read(folder / "facts.toml")["fact"]:
        row["source"] = sources[row["source"]] if row.get("source") else None
        added["facts"] += Fact.objects.get_or_create(key=row["key"], defaults=_rest(row))[1]
    there = set(Page.objects.values_list("kind", "key"))
    for page in pages(folder):
        if (page.kind, page.key) not in there:
            _add(page, sources)
            added["pages"] += 1
    if any(added.values()):
        services.changed()
    return added


def _rest(row: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key != "key"}


def _add(starter: StarterPage, sources: dict[str, Source]) -> None:
    row = starter.row
    page = Page.objects.create(
        kind=starter.kind,
        key=starter.key,
        place=row.get("place") or row.get("group", ""),
        order=row.get("order", 100),
        slug_en=row["en"].get("slug", ""),
        slug_es=row["es"].get("slug", ""),
    )
    page.sources.set(sources[key] for key in row.get("sources", ()))
    ProgramFact.objects.bulk_create(
        ProgramFact(
            program=page,
            name=name,
            en=fact["en"],
            es=fact["es"],
            source=sources.get(fact.get("source", "")),
            checked=fact.get("checked"),
            next_check=fact.get("next_check"),
        )
        for name, fact in row.get("facts", {}).items()
    )
    services.start_with(page, starter.content, note=NOTE)
