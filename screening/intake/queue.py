"""What the desk sees in its list: who is due, by filter, a page at a time. Reads only."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from screening.intake import office
from screening.intake.choices import About, Allowed, Language, Method, State, Window
from screening.intake.clock import open_minutes_between
from screening.intake.models import CallRequest
from screening.intake.planning import in_window

ROWS = 25
ACTIVE = Q(state__in=[State.OPEN, State.WAITING])


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter of the queue, with how many it holds."""

    key: str
    label: str
    rows: Q
    order: tuple[str, ...] = ("due_at", "pk")
    counted: bool = True
    count: int = 0


def filters(now: datetime, by: Any) -> list[Filter]:
    """Return the filters, in the order they are shown; the first is where everybody starts."""
    zone = office.desk_zone()
    tomorrow = datetime.combine(
        now.astimezone(zone).date() + timedelta(days=1), time(), tzinfo=zone
    ).astimezone(UTC)
    hour = now + timedelta(hours=1)
    return [
        Filter("now", "Needs action now", ACTIVE & Q(due_at__lt=tomorrow)),
        Filter("overdue", "Overdue", ACTIVE & Q(due_at__lt=now)),
        Filter("hour", "Due within an hour", ACTIVE & Q(due_at__gte=now, due_at__lt=hour)),
        Filter("today", "Due later today", ACTIVE & Q(due_at__gte=hour, due_at__lt=tomorrow)),
        Filter("scheduled", "Scheduled", Q(state=State.OPEN, due_at__gte=tomorrow)),
        Filter("waiting", "Waiting on them", Q(state=State.WAITING, due_at__gte=tomorrow)),
        Filter("mine", "Mine", ACTIVE & Q(owner=by)),
        Filter("held", "Held", Q(state=State.HELD), ("created_at", "pk"), counted=False),
        Filter("closed", "Closed", Q(state=State.CLOSED), ("-created_at",), counted=False),
    ]


@dataclass(slots=True)
class Row:
    """One request as the list and the top of its page show it."""

    request: CallRequest
    contact: dict[str, Any]
    due: str
    due_kind: str
    due_title: str
    their_time: str
    in_window: bool
    windows: str
    language: str
    about: str
    safe: list[tuple[bool, str]]
    owner: str
    locked: bool
    mine: bool


@dataclass(slots=True)
class Page:
    """A page of the queue."""

    rows: list[Row]
    filters: list[Filter]
    chosen: Filter
    number: int
    more: bool
    held: int
    ids: list[int] = field(default_factory=list)


def page(key: str, number: int, by: Any) -> Page:
    """Return one page of the queue: two queries, however many requests there are."""
    now = timezone.now()
    known = filters(now, by)
    counts = CallRequest.objects.filter(ACTIVE).aggregate(
        **{one.key: Count("pk", filter=one.rows) for one in known if one.counted}
    )
    known = [Filter(f.key, f.label, f.rows, f.order, f.counted, counts.get(f.key, 0)) for f in known]
    chosen = next((one for one in known if one.key == key), known[0])
    found = list(_rows(chosen)[(number - 1) * ROWS : number * ROWS + 1])
    rows = [row_of(request, now, by) for request in found[:ROWS]]
    held = CallRequest.objects.filter(state=State.HELD).order_by()[:1000].count()
    return Page(rows, known, chosen, number, len(found) > ROWS, held, [row.request.pk for row in rows])


def _rows(chosen: Filter) -> QuerySet[CallRequest]:
    return (
        CallRequest.objects.filter(chosen.rows)
        .select_related("owner")
        .defer("summary", "placement", "consents", "contact_hash")
        .order_by(*chosen.order)
    )


def row_of(request: CallRequest, now: datetime, by: Any) -> Row:
    """Return a request in the words of the list."""
    contact = request.contact
    zone = ZoneInfo(contact["zone"])
    kind, due = _due(request, now)
    locked = bool(request.claimed_until and request.claimed_until > now)
    return Row(
        request=request,
        contact=contact,
        due=due,
        due_kind=kind,
        due_title=f"{request.due_at.astimezone(office.desk_zone()):%a %b %d, %H:%M %Z}",
        their_time=f"{now.astimezone(zone):%a %H:%M}",
        in_window=in_window(now, contact["windows"], zone),
        windows=", ".join(Window(one).name.lower() for one in contact["windows"]) or "any time",
        language=_language(contact),
        about="for themselves" if contact["about"] == About.ME else "for somebody else",
        safe=_safe(contact),
        owner=str(request.owner.get_full_name() or request.owner) if request.owner else "",
        locked=locked,
        mine=request.owner_id == by.pk,
    )


def _language(contact: dict[str, Any]) -> str:
    if contact["language"] == Language.OTHER:
        return f"{contact['other_language'] or 'Other language'} (interpreter)"
    return "Spanish" if contact["language"] == Language.SPANISH else "English"


def _safe(contact: dict[str, Any]) -> list[tuple[bool, str]]:
    """Return each rule in words, whether it allows or forbids: never by colour or sign alone."""
    words = {
        Allowed.VOICEMAIL: ("Voicemail allowed", "No voicemail"),
        Allowed.TEXT: ("Text allowed", "No text"),
        Allowed.SAY_SITE: ("May say the site's name", "Do not say the site's name"),
    }
    rules = [
        (one in contact["allowed"], said[0 if one in contact["allowed"] else 1])
        for one, said in words.items()
    ]
    if contact["method"] == Method.EMAIL:
        rules = [(False, "Do not call: e-mail only"), rules[2]]
    return rules


def _due(request: CallRequest, now: datetime) -> tuple[str, str]:
    """Return how urgent it is, and the words: business minutes while it is late or soon, else the day."""
    if request.state == State.CLOSED:
        return "closed", "closed"
    if request.state == State.HELD:
        return "held", "held"
    hours = office.hours()
    if request.due_at < now:
        return "overdue", f"overdue by {_span(open_minutes_between(hours, request.due_at, now))}"
    minutes = (
        open_minutes_between(hours, now, request.due_at)
        if request.due_at - now < timedelta(days=2)
        else 10**6
    )
    local = request.due_at.astimezone(hours.zone)
    if local.date() == now.astimezone(hours.zone).date():
        return ("soon" if minutes <= 60 else "today"), f"in {_span(minutes)} ({local:%H:%M})"
    return "later", f"{local:%a %b %d, %H:%M}"


def _span(minutes: int) -> str:
    if minutes < 1:
        return "less than a minute"
    if minutes < 120:
        return f"{minutes} min"
    return f"{minutes // 60} business hours"
