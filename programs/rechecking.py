"""When a fact has to be looked up again. Said once, for the lists of staff, the checks of a page, and `manage.py facts`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, TextChoices

from programs import rich_text
from programs.models import Fact, ProgramFact, Revision, State
from programs.models.facts import RECHECK


class Basis(TextChoices):
    """What a fact rests on."""

    LOOKED_UP = "looked-up", "looked up in its source"
    TYPICAL = "typical", "typical practice, no check date"
    NEVER = "never", "nobody has looked it up yet"


def basis(row: Fact | ProgramFact) -> Basis:
    """Return what a fact rests on. How programs commonly work is in no source to look up; a number or a law is."""
    if row.checked:
        return Basis.LOOKED_UP
    typical = isinstance(row, ProgramFact) or row.kind == Fact.Sort.HOURS
    return Basis.TYPICAL if typical else Basis.NEVER


def due_on(row: Fact | ProgramFact) -> date | None:
    """Return the day to look again; None without a day on which anybody looked."""
    if row.checked is None:
        return None
    return row.next_check or row.checked + RECHECK


def is_past(row: Fact | ProgramFact, today: date) -> bool:
    """Tell whether the day to look again has come."""
    due = due_on(row)
    return due is not None and due <= today


def past(today: date) -> Q:
    """Return the rows for which `is_past` holds, for a query."""
    late = Q(next_check__isnull=True, checked__lte=today - RECHECK)
    return Q(checked__isnull=False, next_check__lte=today) | late


@dataclass(frozen=True, slots=True)
class Shown:
    """One fact that the public can read."""

    name: str
    basis: Basis
    due: date | None

    def fails(self, today: date) -> bool:
        """Tell whether it may no longer be shown as it is: too old, or never looked up though it could be."""
        return self.basis == Basis.NEVER or (self.due is not None and self.due <= today)


def shown() -> Iterator[Shown]:
    """Every fact that stands on a live page, those of the kinds of care included. Three queries."""
    live = Q(program__archived=False, program__live__isnull=False)
    typed = list(ProgramFact.objects.filter(live).select_related("program").order_by("program__key", "name"))
    texts = [text for row in typed for text in (row.en, row.es)]
    for content in Revision.objects.filter(state=State.LIVE, page__archived=False).values_list(
        "content", flat=True
    ):
        texts += [text for words in content.values() for text in words.values()]
    named = {key for text in texts for key in rich_text.facts_in(str(text))}
    for fact in Fact.objects.filter(key__in=named).order_by("key"):
        yield Shown(fact.key, basis(fact), due_on(fact))
    for row in typed:
        yield Shown(f"{row.program.key}: {row.name}", basis(row), due_on(row))
