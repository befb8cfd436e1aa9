"""The board: everything that waits for somebody, in one place. A fixed number of queries, whatever there is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from programs.editing.lists import missing, whole
from programs.editing.places import url
from programs.editing.standing import title_of
from programs.layout import LANGUAGES, PROGRAM_FACTS
from programs.models import OPEN, Fact, Page, ProgramFact, Revision, State, Track
from programs.waiting import UNREVIEWED, stale

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
    today = timezone.localdate()
    return [
        _revisions("review", "Waiting for a second person", "Nothing is in review.", State.IN_REVIEW),
        _revisions("approved", "Approved, not yet public", "Nothing waits to be published.", State.APPROVED),
        _revisions("scheduled", "Scheduled", "Nothing is scheduled.", State.SCHEDULED),
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
        _facts(today),
        _typed_facts(today),
        _tracks(today),
    ]  # fmt: skip


def _revisions(key: str, title: str, empty: str, state: str) -> Section:
    rows: QuerySet[Revision] = Revision.objects.filter(state=state, page__archived=False)
    rows = rows.select_related("page", "author").order_by("publish_at", "created")
    items = [
        Item(title_of(row.content) or row.page.key, _when(row), url(row.page, "change"))
        for row in rows[:SHOWN]
    ]
    return Section(key, title, empty, rows.count(), items)


def _when(row: Revision) -> str:
    if row.publish_at:
        return f"goes live {timezone.localtime(row.publish_at):%d %b %Y, %H:%M}"
    return f"{row.author or 'somebody'}, {timezone.localtime(row.created):%d %b %Y}: {row.note or 'no note'}"


def _pages(key: str, title: str, empty: str, condition: Q, why: Callable[[Page], str]) -> Section:
    rows = Page.objects.filter(condition).select_related("live").defer("words_en", "words_es")
    rows = rows.order_by("next_review", "kind", "order", "key")
    items = [
        Item(title_of(page.live.content) if page.live else page.key, why(page), url(page, "change"))
        for page in rows[:SHOWN]
    ]
    return Section(key, title, empty, rows.count(), items)


def _untranslated() -> Section:
    rows = (
        Revision.objects.filter(state__in=(*OPEN, State.LIVE), page__archived=False)
        .exclude(whole("content", "page__kind"))
        .select_related("page")
        .order_by("page__kind", "page__order", "page__key", "number")
    )
    items = [
        Item(
            title_of(row.content) or row.page.key,
            f"{row.get_state_display()}: {_lacks(row)}",
            url(row.page, "change"),
        )
        for row in rows[:SHOWN]
    ]
    return Section(
        "untranslated", "Not whole in both languages", "Everything is in both languages.", rows.count(), items
    )


def _lacks(row: Revision) -> str:
    lacks = {code.upper(): missing(row.page.kind, row, code) for code in LANGUAGES}
    return ", ".join(f"{code} lacks {count}" for code, count in lacks.items() if count)


def _facts(today: Any) -> Section:
    rows = Fact.objects.filter(stale(today)).order_by("next_check", "key")
    items = [
        Item(str(fact), _looked(fact), reverse("admin:programs_fact_change", args=(fact.pk,)))
        for fact in rows[:SHOWN]
    ]
    return Section("facts", "Facts to check", "Every fact is checked.", rows.count(), items)


def _typed_facts(today: Any) -> Section:
    rows = ProgramFact.objects.filter(stale(today), program__archived=False).select_related("program")
    items = [
        Item(
            f"{row.program.key}: {PROGRAM_FACTS.get(row.name, row.name)}",
            _looked(row),
            url(row.program, "facts_change"),
        )
        for row in rows.order_by("next_check", "program__key", "name")[:SHOWN]
    ]
    return Section("typed", "Facts of a kind of care to check", "Every one is checked.", rows.count(), items)


def _looked(row: Any) -> str:
    return f"was due on {row.next_check:%d %b %Y}" if row.checked else "nobody has checked it yet"


def _tracks(today: Any) -> Section:
    old = today - timedelta(days=TRACK_DAYS)
    worn = Q(checked__isnull=True) | Q(checked__lte=old) | Q(next_start__lt=today) | Q(places_left=0)
    rows = Track.objects.filter(worn, active=True)
    items = [
        Item(
            track.name_en, _track(track, today, old), reverse("admin:programs_track_change", args=(track.pk,))
        )
        for track in rows[:SHOWN]
    ]
    return Section("tracks", "Tracks to look at", "Every track is up to date.", rows.count(), items)


def _track(track: Track, today: Any, old: Any) -> str:
    if track.next_start and track.next_start < today:
        return f"its next start was {track.next_start:%d %b %Y}"
    if track.checked is None or track.checked <= old:
        return f"not checked for {TRACK_DAYS} days"
    return "no places left"
