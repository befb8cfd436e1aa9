"""The board: everything that waits for somebody, in one place. A fixed number of queries, whatever there is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet, Window
from django.urls import reverse
from django.utils import timezone

from programs import services
from programs.editing.lists import missing, stale, whole
from programs.editing.places import url
from programs.editing.standing import title_of
from programs.layout import LANGUAGES, PROGRAM_FACTS
from programs.models import OPEN, Fact, FactChange, Page, ProgramFact, Revision, State, Track
from programs.rechecking import basis, due_on
from programs.waiting import UNREVIEWED

SHOWN = 25
# A track says when it was last looked at; its places and dates are wrong sooner than a law.
TRACK_DAYS = 30


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that waits: what, why, and where to see to it."""

    words: str
    why: str
    url: str


@dataclass(frozen=True, slots=True)
class Section:
    """One kind of waiting, with the first few and how many there are."""

    key: str
    title: str
    empty: str
    count: int
    items: list[Item]

    @property
    def more(self) -> int:
        return self.count - len(self.items)


def board() -> list[Section]:
    """Return what waits, most pressing first."""
    services.current_version()  # what is due is applied first, as for a visitor
    today = timezone.localdate()
    return [
        _revisions("review", "Waiting for a second person", "Nothing is in review.", State.IN_REVIEW),
        _revisions("approved", "Approved, not yet public", "Nothing waits to be published.", State.APPROVED),
        _revisions("scheduled", "Scheduled", "Nothing is scheduled.", State.SCHEDULED),
        _pages(
            "ending", "Ending", "No page has an end.", Q(ends_at__isnull=False),
            lambda page: f"leaves the site {timezone.localtime(page.ends_at):%d %b %Y, %H:%M}",
            "ends_at",
        ),
        _revisions("drafts", "Drafts", "There are no open drafts.", State.DRAFT),
        _pages(
            "due", "Due for review", "No page is due.", Q(archived=False, next_review__lte=today),
            lambda page: f"was due on {page.next_review:%d %b %Y}",
        ),
        _pages(
            "unreviewed", "Not reviewed by a clinician", "Every page has been reviewed.", UNREVIEWED,
            lambda page: "nobody has put their name to it",
        ),
        _untranslated(),
        _proposed(),
        _facts(today),
        _typed_facts(today),
        _tracks(today),
    ]  # fmt: skip


def _revisions(key: str, title: str, empty: str, state: str) -> Section:
    rows: QuerySet[Revision] = Revision.objects.filter(state=state, page__archived=False)
    rows = rows.select_related("page", "author").order_by("publish_at", "created")
    found, count = _first(rows)
    items = [
        Item(title_of(row.content) or row.page.key, _when(row), url(row.page, "change")) for row in found
    ]
    return Section(key, title, empty, count, items)


def _first(rows: QuerySet[Any]) -> tuple[list[Any], int]:
    """Return the first few, and how many there are; the database counts while it reads."""
    found = list(rows.annotate(total=Window(Count("*")))[:SHOWN])
    return found, found[0].total if found else 0


def _when(row: Revision) -> str:
    if row.publish_at:
        return f"goes live {timezone.localtime(row.publish_at):%d %b %Y, %H:%M}"
    return f"{row.author or 'somebody'}, {timezone.localtime(row.created):%d %b %Y}: {row.note or 'no note'}"


def _pages(
    key: str, title: str, empty: str, condition: Q, why: Callable[[Page], str], first: str = "next_review"
) -> Section:
    rows = Page.objects.filter(condition).select_related("live").defer("words_en", "words_es")
    rows = rows.order_by(first, "kind", "order", "key")
    found, count = _first(rows)
    items = [
        Item(title_of(page.live.content) if page.live else page.key, why(page), url(page, "change"))
        for page in found
    ]
    return Section(key, title, empty, count, items)


def _untranslated() -> Section:
    rows = (
        Revision.objects.filter(state__in=(*OPEN, State.LIVE), page__archived=False)
        .exclude(whole("content", "page__kind"))
        .select_related("page")
        .order_by("page__kind", "page__order", "page__key", "number")
    )
    found, count = _first(rows)
    items = [
        Item(
            title_of(row.content) or row.page.key,
            f"{row.get_state_display()}: {_lacks(row)}",
            url(row.page, "change"),
        )
        for row in found
    ]
    return Section(
        "untranslated", "Not whole in both languages", "Everything is in both languages.", count, items
    )


def _lacks(row: Revision) -> str:
    lacks = {code.upper(): missing(row.page.kind, row, code) for code in LANGUAGES}
    return ", ".join(f"{code} lacks {count}" for code, count in lacks.items() if count)


def _proposed() -> Section:
    rows = FactChange.objects.filter(state=FactChange.State.WAITING).select_related("fact", "proposed_by")
    found, count = _first(rows.order_by("pk"))
    items = [
        Item(
            f"{row.fact} → {row.en}",
            f"{row.proposed_by or 'somebody'}, {timezone.localtime(row.proposed_at):%d %b %Y}: {row.why}",
            reverse("admin:programs_fact_change", args=(row.fact_id,)),
        )
        for row in found
    ]
    return Section("proposed", "Facts that wait for a second person", "No fact waits.", count, items)


def _facts(today: Any) -> Section:
    rows = Fact.objects.filter(stale(today)).order_by("next_check", "key")
    found, count = _first(rows)
    items = [
        Item(str(fact), _looked(fact), reverse("admin:programs_fact_change", args=(fact.pk,)))
        for fact in found
    ]
    return Section("facts", "Facts to check", "Every fact is checked.", count, items)


def _typed_facts(today: Any) -> Section:
    rows = ProgramFact.objects.filter(stale(today), program__archived=False).select_related("program")
    found, count = _first(rows.order_by("next_check", "program__key", "name"))
    items = [
        Item(
            f"{row.program.key}: {PROGRAM_FACTS.get(row.name, row.name)}",
            _looked(row),
            url(row.program, "facts_change"),
        )
        for row in found
    ]
    return Section("typed", "Facts of a kind of care to check", "Every one is checked.", count, items)


def _looked(row: Any) -> str:
    due = due_on(row)
    return f"was due on {due:%d %b %Y}" if due else basis(row).label


def _tracks(today: Any) -> Section:
    old = today - timedelta(days=TRACK_DAYS)
    worn = Q(checked__isnull=True) | Q(checked__lte=old) | Q(next_start__lt=today) | Q(places_left=0)
    found, count = _first(Track.objects.filter(worn, active=True))
    items = [
        Item(
            track.name_en, _track(track, today, old), reverse("admin:programs_track_change", args=(track.pk,))
        )
        for track in found
    ]
    return Section("tracks", "Tracks to look at", "Every track is up to date.", count, items)


def _track(track: Track, today: Any, old: Any) -> str:
    if track.next_start and track.next_start < today:
        return f"its next start was {track.next_start:%d %b %Y}"
    if track.checked is None or track.checked <= old:
        return f"not checked for {TRACK_DAYS} days"
    return "no places left"
