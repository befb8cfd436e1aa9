"""The only writers of the guide. Every change is a row that stays, and says who made it.

draft -> in review -> approved -> (scheduled ->) live -> replaced; a page is archived as a whole, or ends at a set time.
"""

from __future__ import annotations

from datetime import date, datetime

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.db.models import Exists, F, Max, Min, OuterRef, Q
from django.utils import timezone

from programs import rich_text
from programs.layout import FIELDS, LANGUAGES
from programs.models import OPEN, GuideState, Page, Revision, State, Step

ON_SCHEDULE = "on schedule"
Content = dict[str, dict[str, str]]
Person = User | None


class NotPossible(Exception):
    """What was asked does not fit where the page is in its life; the message says why, for staff."""


class Stale(NotPossible):
    """Somebody else saved this page meanwhile."""


def cleaned(kind: str, content: Content) -> Content:
    """Return the content with known fields only, rich text cleaned, lines trimmed."""
    found: Content = {}
    for language in LANGUAGES:
        given = content.get(language, {})
        found[language] = {
            field.key: rich_text.clean(str(given[field.key]))
            if field.kind == "rich"
            else " ".join(str(given[field.key]).replace("\0", "").split())
            for field in FIELDS[kind]
            if given.get(field.key)
        }
    return found


@transaction.atomic
def save_draft(
    page: Page, content: Content, *, by: Person, note: str = "", base: int | None = None
) -> Revision:
    """Save the words of a page as a new draft; return it.

    `base` is the number of the revision the editor started from: raises Stale when another one came since.
    """
    page = Page.objects.select_for_update().get(pk=page.pk)
    newest = page.revisions.aggregate(newest=Max("number"))["newest"] or 0
    if base is not None and base != newest:
        raise Stale("Somebody else saved this page since you opened it.")
    if page.revisions.filter(state=State.SCHEDULED).exists():
        raise NotPossible("A revision of this page is scheduled. Take it off the schedule first.")
    page.revisions.filter(state__in=OPEN).update(state=State.REPLACED)
    revision = Revision.objects.create(
        page=page, number=newest + 1, content=cleaned(page.kind, content), note=note, author=by
    )
    _step(revision, Step.Action.SAVED, by, note)
    _set_next_due()
    return revision


@transaction.atomic
def submit(revision: Revision, *, by: Person, note: str) -> None:
    """Hand a draft to review. Raises NotPossible without a note or from another state."""
    if not note.strip():
        raise NotPossible("Say in a sentence what changes, and why.")
    revision = _locked(revision, State.DRAFT)
    revision.note = note
    _move(revision, State.IN_REVIEW, Step.Action.SUBMITTED, by, note)


@transaction.atomic
def send_back(revision: Revision, *, by: Person, note: str) -> None:
    """Give a revision back to its author, with the reason."""
    revision = _locked(revision, State.IN_REVIEW, State.APPROVED)
    _move(revision, State.DRAFT, Step.Action.RETURNED, by, note)


@transaction.atomic
def approve(revision: Revision, *, by: Person, note: str = "") -> None:
    """A second person says the words are right. Raises NotPossible for the author."""
    revision = _locked(revision, State.IN_REVIEW)
    if by is not None and revision.author_id == by.pk:
        raise NotPossible("A second person has to approve what you wrote.")
    _move(revision, State.APPROVED, Step.Action.APPROVED, by, note)


@transaction.atomic
def schedule(revision: Revision, *, at: datetime, by: Person, ends: datetime | None = None) -> None:
    """Publish an approved revision later, and perhaps end its page after that.

    Raises NotPossible for a time that has passed, or that is not before the end of the page.
    """
    if at <= timezone.now():
        raise NotPossible("Choose a time that is still to come.")
    revision = _locked(revision, State.APPROVED, State.SCHEDULED)
    last = ends or revision.page.ends_at
    if last is not None and last <= at:
        raise NotPossible("The page ends before that. Choose an earlier time, or a later end.")
    revision.publish_at = at
    _move(revision, State.SCHEDULED, Step.Action.SCHEDULED, by, at.isoformat(timespec="minutes"))
    if ends is not None:
        set_end(revision.page, ends, by=by)
    _set_next_due()


@transaction.atomic
def unschedule(revision: Revision, *, by: Person) -> None:
    """Take a revision off the schedule; it stays approved. A page that was never public has no end then either."""
    revision = _locked(revision, State.SCHEDULED)
    revision.publish_at = None
    _move(revision, State.APPROVED, Step.Action.UNSCHEDULED, by)
    if revision.page.live_id is None and revision.page.ends_at is not None:
        set_end(revision.page, None, by=by)
    _set_next_due()


@transaction.atomic
def publish(revision: Revision, *, by: Person, note: str = "") -> None:
    """Make an approved (or due) revision what the public sees, from the next request on."""
    revision = _locked(revision, State.APPROVED, State.SCHEDULED)
    _make_live(revision, by, note)


@transaction.atomic
def start_with(page: Page, content: Content, *, note: str) -> Revision:
    """Publish the first words of a page that comes with the software; nobody's approval is claimed."""
    if page.revisions.exists():
        raise NotPossible("This page has words already.")
    revision = Revision.objects.create(page=page, number=1, content=cleaned(page.kind, content), note=note)
    _make_live(revision, None, note)
    return revision


def apply_due(now: datetime | None = None) -> int:
    """Publish every revision, and end every page, whose time has come; return how many. Safe to run at any moment.

    Whenever it runs, it does what would have happened at the times themselves: a page that ended gets no new words.
    """
    now = now or timezone.now()
    in_time = Q(page__ends_at__isnull=True) | Q(page__ends_at__gt=F("publish_at"))
    coming = Revision.objects.filter(state=State.SCHEDULED, publish_at__lte=now)
    with transaction.atomic():
        pages = Page.objects.select_for_update().filter(archived=False)
        pages = pages.filter(Q(ends_at__lte=now) | Exists(coming.filter(page=OuterRef("pk")))).order_by("pk")
        locked = {page.pk: page for page in pages}
        published = list(coming.filter(in_time, page__in=locked).order_by("publish_at", "pk"))
        for revision in published:
            _make_live(revision, None, ON_SCHEDULE)
        ended = [page for page in locked.values() if page.ends_at is not None and page.ends_at <= now]
        for page in ended:
            _archive(page, None, ON_SCHEDULE)
        _set_next_due()
    return len(published) + len(ended)


def _make_live(revision: Revision, by: Person, note: str) -> None:
    page = Page.objects.select_for_update().get(pk=revision.page_id)
    page.revisions.filter(state=State.LIVE).update(state=State.REPLACED)
    revision.publish_at = None
    _move(revision, State.LIVE, Step.Action.PUBLISHED, by, note)
    page.live = revision
    page.words_en, page.words_es = (
        searchable(page.kind, revision.content, language) for language in LANGUAGES
    )
    page.save(update_fields=["live", "words_en", "words_es"])
    changed()
    _set_next_due()


@transaction.atomic
def restore(revision: Revision, *, by: Person) -> Revision:
    """Bring back an old revision's words, as a new draft."""
    draft = save_draft(revision.page, revision.content, by=by, note=f"Words of revision {revision.number}")
    _step(draft, Step.Action.RESTORED, by, f"revision {revision.number}")
    return draft


@transaction.atomic
def archive(page: Page, *, by: Person, note: str) -> None:
    """Take a page off the site. Its words stay."""
    _archive(page, by, note)
    _set_next_due()


def _archive(page: Page, by: Person, note: str) -> None:
    Page.objects.filter(pk=page.pk).update(archived=True, ends_at=None)
    Step.objects.create(page=page, action=Step.Action.ARCHIVED, who=by, note=note[:500])
    changed()


def set_end(page: Page, at: datetime | None, *, by: Person, note: str = "") -> None:
    """Write down when a page ends, or that it does not; `programs/ending.py` says whether it may."""
    Page.objects.filter(pk=page.pk).update(ends_at=at)
    said = f"{at.isoformat(timespec='minutes')} {note}".strip() if at else note
    action = Step.Action.ENDING if at else Step.Action.UNENDED
    Step.objects.create(page_id=page.pk, action=action, who=by, note=said[:500])
    _set_next_due()


@transaction.atomic
def revive(page: Page, *, by: Person) -> None:
    """Put an archived page back on the site."""
    Page.objects.filter(pk=page.pk).update(archived=False)
    Step.objects.create(page=page, action=Step.Action.REVIVED, who=by)
    changed()
    _set_next_due()


@transaction.atomic
def record_review(page: Page, *, reviewer: str, on: date, again: date, by: Person) -> None:
    """Record that a named clinician has read the live words, and when to read them again."""
    if not reviewer.strip() or again <= on:
        raise NotPossible("Give the reviewer's name, and a next review after this one.")
    Page.objects.filter(pk=page.pk).update(reviewed_by=reviewer.strip(), reviewed_on=on, next_review=again)
    Step.objects.create(
        page=page, revision=page.live, action=Step.Action.REVIEWED, who=by, note=reviewer.strip()
    )
    changed()


def note_override(revision: Revision, *, by: Person, reason: str) -> None:
    """Record that a publisher went past a check, and why."""
    _step(revision, Step.Action.OVERRODE, by, reason)


def note_need(page: Page, *, by: Person, reason: str) -> None:
    """Record that a publisher takes away a page that others need, and why."""
    Step.objects.create(page_id=page.pk, action=Step.Action.OVERRODE, who=by, note=reason[:500])


def changed() -> None:
    """Count a change that the public can see, so that no kept page outlives it."""
    GuideState.objects.get_or_create(pk=1)
    GuideState.objects.filter(pk=1).update(version=F("version") + 1)


def _set_next_due() -> None:
    # An archived page gets no new words, so nothing of it is due.
    coming = Revision.objects.filter(state=State.SCHEDULED, page__archived=False)
    times = (coming.aggregate(first=Min("publish_at")), Page.objects.aggregate(first=Min("ends_at")))
    GuideState.objects.get_or_create(pk=1)
    GuideState.objects.filter(pk=1).update(
        next_due=min(filter(None, (t["first"] for t in times)), default=None)
    )


# By hand, because every public page asks it, and building it anew each time costs more than all the rest of a kept
# page. Both databases read a time of UTC written like this.
STATE = "SELECT version, next_due <= %s FROM programs_guidestate WHERE id = 1"


def current_version() -> int:
    """Return the number of the guide as the public sees it now; what is due is published first. One query."""
    with connection.cursor() as cursor:
        cursor.execute(STATE, [timezone.now().strftime("%Y-%m-%d %H:%M:%S.%f")])
        state = cursor.fetchone()
    if state is None:
        return 0
    version, is_due = state
    if is_due:
        apply_due()
        version = GuideState.objects.values_list("version", flat=True).get(pk=1)
    return int(version)


def searchable(kind: str, content: Content, language: str) -> str:
    """Return the words of a page in one language, without tags."""
    texts = content.get(language, {})
    return " ".join(rich_text.plain(texts[field.key]) for field in FIELDS[kind] if texts.get(field.key))


def _locked(revision: Revision, *states: str) -> Revision:
    # The page first, as whoever saves a draft does: two who wait for each other would both fail.
    page = Page.objects.select_for_update().get(pk=revision.page_id)
    found = Revision.objects.select_for_update().get(pk=revision.pk)
    found.page = page
    if found.state not in states:
        raise NotPossible(f"This revision is {found.get_state_display().lower()} by now.")
    return found


def _move(revision: Revision, state: str, action: str, by: Person, note: str = "") -> None:
    revision.state = state
    revision.save(update_fields=["state", "note", "publish_at"])
    _step(revision, action, by, note)


def _step(revision: Revision, action: str, by: Person, note: str = "") -> None:
    Step.objects.create(page_id=revision.page_id, revision=revision, action=action, who=by, note=note[:500])
