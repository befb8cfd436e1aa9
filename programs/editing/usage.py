"""Where a fact is used: every page whose live or coming words name it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, TextField
from django.db.models.functions import Cast

from programs.editing.places import url
from programs.editing.standing import title_of
from programs.models import OPEN, ProgramFact, Revision, State


@dataclass(frozen=True, slots=True)
class Use:
    """One page that names a fact, and in which of its words."""

    title: str
    where: str
    url: str


def uses(key: str) -> list[Use]:
    """Return every page that names a fact: in what the public reads, in what is on its way, in its typed facts."""
    name = f"[[{key}]]"
    rows = (
        Revision.objects.filter(state__in=(*OPEN, State.LIVE))
        .annotate(text=Cast("content", TextField()))
        .filter(text__contains=name)
        .select_related("page")
        .order_by("page__kind", "page__order", "page__key", "number")
    )
    found = [
        Use(title_of(row.content) or row.page.key, row.get_state_display(), url(row.page, "change"))
        for row in rows
    ]
    typed = ProgramFact.objects.filter(Q(en__contains=name) | Q(es__contains=name)).select_related("program")
    return found + [
        Use(fact.program.key, "Fact of a kind of care", url(fact.program, "facts_change"))
        for fact in typed.order_by("program__order", "name")
    ]
