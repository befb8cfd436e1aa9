"""What the checks have to know of the database: facts, keys of pages, sources, reviews, pictures. A few queries."""

from __future__ import annotations

import re
from datetime import date

from django.utils import timezone

from programs.editing import checks
from programs.editing.checks import FactKnown, Finding, Known, Report
from programs.editing.standing import Standing
from programs.layout import PROGRAM_FACTS
from programs.models import Fact, Kind, Page, ProgramFact
from programs.rechecking import is_past
from programs.services import Content

PICTURE_OF = re.compile(
    r"\.(?:jpe?g|png|webp)$|^(?:image|picture|photo|imagen|foto)\b|^img[_\d]", re.IGNORECASE
)


def is_stale(row: Fact | ProgramFact, today: date) -> bool:
    """Tell whether somebody has to look at the source: nobody has yet, or the day to look again has come."""
    return row.checked is None or is_past(row, today)


def known(page: Page) -> Known:
    """Return what stands around a page."""
    today = timezone.localdate()
    typed = list(ProgramFact.objects.filter(program_id=page.pk)) if page.kind == Kind.PROGRAM else []
    alts = [alt for row in page.pictures.values_list("alt_en", "alt_es") for alt in row]
    return Known(
        key=page.key,
        facts={
            fact.key: FactKnown(fact.label_en, {"en": fact.en, "es": fact.es}, is_stale(fact, today))
            for fact in Fact.objects.all()
        },
        pages={
            key: live is not None and not archived
            for key, live, archived in Page.objects.values_list("key", "live_id", "archived")
        },
        has_sources=page.sources.exists(),
        stale_typed_facts=tuple(
            str(PROGRAM_FACTS.get(row.name, row.name))
            for row in typed
            if row.checked and is_stale(row, today)
        ),
        unsourced_typed_facts=tuple(
            str(PROGRAM_FACTS.get(row.name, row.name)) for row in typed if row.source_id is None
        ),
        picture_words=tuple(alt for alt in alts if PICTURE_OF.search(alt)),
        reviewed=bool(page.reviewed_by),
        next_review=page.next_review,
        today=today,
    )


def report(at: Standing, content: Content) -> Report:
    """Return everything an editor can mend in these words of a page."""
    return checks.report(at.page.kind, content, at.live_content, known(at.page))


def findings(at: Standing) -> tuple[Finding, ...]:
    """Return what the checks say of the words that are on their way."""
    return report(at, at.content).findings
