"""Pages made of many rows: the ladder, the comparison, questions by group, the glossary, who reviewed what."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Any

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from programs import rich_text
from programs.drawings import drawing_of
from programs.folding import fold
from programs.layout import PROGRAM_FACTS
from programs.models import Kind, Page, ProgramFact
from programs.reading import MAIN, Facts, FactShown, facts, glossary_words
from programs.rich_text import Html
from programs.shelf import SITE, Entry, Shelf

# From the least hours to the most. Dual diagnosis is no rung: it comes at each of them.
RUNGS = ("outpatient", "iop", "php", "residential")
ON_A_CARD = ("hours_a_week", "where_you_sleep", "usual_length")
GROUPS: dict[str, str | Promise] = {
    "deciding": _("Deciding"),
    "detox_and_medicine": _("Detox and medicines"),
    "cost": _("Cost"),
    "work_school_law": _("Work, school and the law"),
    "family_life": _("Children, pregnancy and pets"),
    "visits_and_phones": _("Visits and phones"),
    "length": _("How long it takes"),
    "quality": _("Telling good from bad"),
    "return_to_use": _("If they use again"),
    "this_site": _("About this site"),
}
# The lines to fill in on paper, one column for each program that was called.
WORKSHEET: tuple[str | Promise, ...] = (
    _("Name and phone"),
    _("Day, and who I spoke with"),
    _("First free place"),
    _("Days and hours"),
    _("Medicines: offered or allowed?"),
    _("Mental health: who treats it?"),
    _("Part for the family"),
    _("What I would pay"),
    _("What comes after"),
)


@dataclass(frozen=True, slots=True)
class Care:
    """One kind of care as a card: its name, where to read on, and its facts."""

    key: str
    name: str
    title: str
    url: str
    line: str
    facts: tuple[FactShown, ...]
    drawing: str = ""

    def fact(self, name: str) -> str:
        return next((fact.value for fact in self.facts if fact.key == name), "")


def _all_care(shelf: Shelf) -> list[Care]:
    """Return every kind of care, in order, with every fact. Two queries."""
    table = facts(shelf.language)
    rows = ProgramFact.objects.filter(program__kind=Kind.PROGRAM, program__archived=False)
    values = {
        (pk, name): value for pk, name, value in rows.values_list("program", "name", shelf.language) if value
    }
    return [_care(entry, shelf, table, values) for entry in shelf.all(Kind.PROGRAM)]


def _care(entry: Entry, shelf: Shelf, table: Facts, values: dict[tuple[int, str], str]) -> Care:
    return Care(
        key=entry.key,
        name=entry.menu,
        title=entry.title,
        url=entry.path(shelf.language),
        line=table.line(entry.description),
        facts=tuple(
            FactShown(name, str(label), capfirst(table.line(values[entry.pk, name])))
            for name, label in PROGRAM_FACTS.items()
            if (entry.pk, name) in values
        ),
        drawing=drawing_of(entry.key),
    )


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the picture: its name, its hours, and where it is drawn."""

    name: str
    hours: str
    y: int
    width: int


@dataclass(frozen=True, slots=True)
class Ladder:
    """Every kind of care, and the picture of those that differ by their hours; the most hours stand on top."""

    care: tuple[Care, ...]
    rungs: tuple[Rung, ...]
    height: int


RUNG_HEIGHT, RUNG_GAP = 72, 12


def ladder(shelf: Shelf) -> Ladder:
    """Return what the overview shows. Two queries."""
    found = _all_care(shelf)
    steps = [one for key in reversed(RUNGS) for one in found if one.key == key]
    rungs = tuple(
        # A drawn line does not break: what follows a semicolon stands in the list below.
        Rung(
            one.name,
            one.fact("hours_a_week").split(";")[0],
            place * (RUNG_HEIGHT + RUNG_GAP),
            304 - 20 * place,
        )
        for place, one in enumerate(steps)
    )
    short = tuple(
        replace(one, facts=tuple(fact for fact in one.facts if fact.key in ON_A_CARD)) for one in found
    )
    return Ladder(short, rungs, max(1, len(rungs)) * (RUNG_HEIGHT + RUNG_GAP) - RUNG_GAP)


def comparison(shelf: Shelf, first: str, second: str) -> dict[str, Any]:
    """Return the two chosen kinds of care as pairs of facts, and the main ones as a table."""
    programs = _all_care(shelf)
    by_key = {one.key: one for one in programs}
    main = [by_key[key] for key in MAIN if key in by_key] or programs[:4]
    chosen = [by_key[key] for key in dict.fromkeys((first, second)) if key in by_key]
    return {
        "choices": programs,
        "first": first or (main[0].key if main else ""),
        "second": second or (main[1].key if len(main) > 1 else ""),
        "chosen": chosen,
        "pairs": _rows(chosen),
        "main": main,
        "rows": _rows(main),
    }


def _rows(columns: list[Care]) -> list[dict[str, Any]]:
    return [
        {"label": label, "cells": [{"name": one.name, "value": one.fact(name)} for one in columns]}
        for name, label in PROGRAM_FACTS.items()
        if any(one.fact(name) for one in columns)
    ]


@dataclass(frozen=True, slots=True)
class Question:
    """One question with its answer: for reading, and in words alone for machines."""

    key: str
    title: str
    answer: Html
    words: str


@dataclass(frozen=True, slots=True)
class Group:
    """The questions of one group."""

    key: str
    title: str
    questions: tuple[Question, ...]


def questions(shelf: Shelf) -> list[Group]:
    """Return every public question, by group. Two queries."""
    table = facts(shelf.language)
    words = glossary_words(shelf)
    texts = _contents(Kind.QUESTION, shelf.language)
    order = {key: number for number, key in enumerate(GROUPS)}
    entries = sorted(
        shelf.all(Kind.QUESTION), key=lambda e: (order.get(e.place, len(order)), e.place, e.order)
    )
    groups = []
    for place, same in groupby(entries, key=lambda entry: entry.place):
        shown = []
        for entry in same:
            answer = texts[entry.pk].get("answer", "")
            html = rich_text.show(answer, table.values, shelf.addresses, hrefs=table.hrefs, words=words)
            shown.append(
                Question(
                    entry.key,
                    table.line(entry.title),
                    html,
                    table.line(rich_text.plain(rich_text.clean(answer))),
                )
            )
        groups.append(Group(place or "other", str(GROUPS.get(place, _("More"))), tuple(shown)))
    return groups


def _contents(kind: str, language: str) -> dict[int, dict[str, str]]:
    rows = Page.objects.filter(kind=kind, archived=False).values_list("pk", "live__content")
    return {pk: content.get(language, {}) for pk, content in rows if content}


@dataclass(frozen=True, slots=True)
class Term:
    """One word, what it means, and for a word to avoid, what to say."""

    key: str
    title: str
    meaning: str
    say_instead: str


def terms(shelf: Shelf) -> dict[str, list[Term]]:
    """Return the glossary: the words, and those to avoid. Two queries."""
    table = facts(shelf.language)
    texts = _contents(Kind.TERM, shelf.language)
    found = [
        Term(
            entry.key,
            entry.title,
            table.line(texts[entry.pk].get("meaning", "")),
            texts[entry.pk].get("say_instead", ""),
        )
        for entry in shelf.all(Kind.TERM)
    ]
    found.sort(key=lambda term: fold(term.title))
    return {
        "words": [term for term in found if not term.say_instead],
        "avoided": [term for term in found if term.say_instead],
    }


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One page that a named person read."""

    title: str
    url: str
    by: str
    on: date
    again: date | None


def reviews(shelf: Shelf) -> dict[str, Any]:
    """Return who read which page, newest first, and how many pages nobody named has read. One query."""
    entries = {entry.pk: entry for entry in shelf.entries if entry.kind in (Kind.PROGRAM, Kind.GUIDE)}
    rows = Page.objects.filter(reviewed_on__isnull=False).order_by("-reviewed_on", "pk")
    found = [
        Reviewed(entry.title, entry.path(shelf.language), row.reviewed_by, row.reviewed_on, row.next_review)
        for row in rows
        if row.reviewed_on and (entry := entries.get(row.pk))
    ]
    clinical = sum(entry.place != SITE for entry in entries.values())
    return {"reviewed": found, "unread": max(0, clinical - len(found))}
