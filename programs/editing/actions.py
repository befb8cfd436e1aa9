"""The buttons beside a page. Who may press one is decided here, what it can do to a page by the services."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from programs import ending, services
from programs.editing import checks, known, needed, presence
from programs.editing.forms import (
    ArchiveForm,
    EndForm,
    NoteForm,
    OptionalNoteForm,
    ReviewForm,
    ScheduleForm,
    WhyForm,
)
from programs.editing.rights import PUBLISH, REVIEW, WRITE, may
from programs.editing.standing import Standing
from programs.models import OPEN, Revision, State, Step
from programs.services import NotPossible


def submit(request: HttpRequest, at: Standing, form: forms.Form) -> str:
    revision = _open(at)
    _pass_checks(request, at, revision, form)
    services.submit(revision, by=request.user, note=form.cleaned_data["note"])  # type: ignore[arg-type]  # signed in
    presence.left(at.page, request.user)  # type: ignore[arg-type]
    return "Sent to review. Somebody else must approve it now."


def send_back(request: HttpRequest, at: Standing, form: forms.Form) -> str:
    services.send_back(_open(at), by=request.user, note=form.cleaned_data["note"])  # type: ignore[arg-type]
    return "Back to draft, with your reason in the history."


def approve(request: HttpRequest, at: Standing, form: forms.Form) -> str:
    services.approve(_open(at), by=request.user, note=form.cleaned_data["note"])  # type: ignore[arg-type]
    return "Approved. It can be published now, or at a set time."


def schedule(request: HttpRequest, at: Standing, form: forms.Form) -> str:
    revision = _open(at)
    _pass_checks(request, at, revision, form)
    when, ends = form.cleaned_data["at"], form.cleaned_data["ends"]
    if ends:
        _pass_needs(request, at, form)
    services.schedule(revision, at=when, by=request.user, ends=ends)  # type: ignore[arg-type]
    return f"Scheduled for {_said(when)}." + (f" The page ends on {_said(ends)}." if ends else "")


def unschedule(request: HttpRequest, at: Standing, form: forms.Form) -> str:
    services.unschedule(_open(at), by=request.user)  # type: ignore[arg-type]
    return "Taken off the schedule. It is still approved."


def publish(request: HttpRequest, at: Standing, form: forms.Form) -> str:
    revision = _open(at)
    _pass_checks(request, at, revision, form)
    services.publish(revision, by=request.user, note=form.cleaned_data["note"])  # type: ignore[arg-type]
    return "Published. The public sees it from now on."


def archive(request: HttpRequest, at: Standing, form: forms.Form) -> str:
    if at.page.archived:
        raise NotPossible("This page is archived already.")
    _pass_needs(request, at, form)
    services.archive(at.page, by=request.user, note=form.cleaned_data["note"])  # type: ignore[arg-type]
    return "Archived. Nobody finds it on the site; its words stay here."


def end(request: HttpRequest, at: Standing, form: forms.Form) -> str:
    when = form.cleaned_data["at"]
    _pass_needs(request, at, form)
    ending.end(at.page, at=when, by=request.user, note=form.cleaned_data["note"])  # type: ignore[arg-type]
    return f"The page ends on {_said(when)}. Until then nothing changes for the public."


def keep_on(request: HttpRequest, at: Standing, form: forms.Form) -> str:
    ending.keep_on(at.page, by=request.user, note=form.cleaned_data["note"])  # type: ignore[arg-type]
    return "The page stays on the site."


def revive(request: HttpRequest, at: Standing, form: forms.Form) -> str:
    if not at.page.archived:
        raise NotPossible("This page is not archived.")
    services.revive(at.page, by=request.user)  # type: ignore[arg-type]
    return "Back on the site, with the words it had."


def record_review(request: HttpRequest, at: Standing, form: forms.Form) -> str:
    if at.live is None:
        raise NotPossible("Nothing is live, so there is nothing to review yet.")
    data = form.cleaned_data
    services.record_review(
        at.page, reviewer=data["reviewer"], on=data["on"], again=data["again"], by=request.user  # type: ignore[arg-type]
    )  # fmt: skip
    return "The review is recorded, and stands on the page."


def restore(request: HttpRequest, at: Standing, form: forms.Form) -> str:
    number = request.POST.get("number", "")
    old = (
        at.page.revisions.filter(number=int(number)).first()
        if number.isdecimal() and len(number) < 10
        else None
    )
    if old is None:
        raise NotPossible("There is no such revision.")
    services.restore(old, by=request.user)  # type: ignore[arg-type]
    return f"The words of revision {old.number} are a new draft now. Nothing changed for the public."


@dataclass(frozen=True, slots=True)
class Action:
    """One button: what it says, who may press it, in which states, and what it asks for."""

    name: str
    label: str
    rights: tuple[str, ...]
    states: tuple[str, ...]
    form: type[forms.Form]
    do: Callable[[HttpRequest, Standing, forms.Form], str]
    # Steps that the author of a revision may not take.
    second_person: bool = False
    # Steps that a check can stop.
    checked: bool = False
    # Steps on the usual way; the others are folded away.
    main: bool = True
    # Steps that take the page away, sooner or later, from what needs it.
    takes_away: bool = False
    # Steps that make sense for some pages alone.
    sensible: Callable[[Standing], bool] = lambda at: True

    def ask(self, data: Any = None, **initial: Any) -> forms.Form:
        """Return the form of this step, with ids of its own: several stand on one page."""
        return self.form(data, auto_id=f"{self.name}-%s", label_suffix="", initial=initial)


def _can_end(at: Standing) -> bool:
    return at.live is not None or at.state == State.SCHEDULED


def _ends(at: Standing) -> bool:
    return at.page.ends_at is not None


ANY = ("draft", "in_review", "approved", "scheduled", "live", "due", "new")
ENDING = ANY[:-1]
ACTIONS: dict[str, Action] = {
    action.name: action
    for action in (
        Action("submit", "Send to review", WRITE, (State.DRAFT,), NoteForm, submit, checked=True),
        Action("approve", "Approve", REVIEW, (State.IN_REVIEW,), OptionalNoteForm, approve, second_person=True),
        Action("schedule", "Schedule", PUBLISH, (State.APPROVED,), ScheduleForm, schedule, checked=True, takes_away=True),
        Action("publish", "Publish now", PUBLISH, (State.APPROVED,), OptionalNoteForm, publish, checked=True),
        Action("unschedule", "Take off the schedule", PUBLISH, (State.SCHEDULED,), OptionalNoteForm, unschedule),
        Action("send_back", "Send back", REVIEW, (State.IN_REVIEW, State.APPROVED), WhyForm, send_back, main=False),
        Action("record_review", "Record a review", PUBLISH, ("live", "due"), ReviewForm, record_review, main=False),
        Action("end", "Set when the page ends", PUBLISH, ENDING, EndForm, end, main=False, takes_away=True, sensible=_can_end),
        Action("keep_on", "Take the end off", PUBLISH, ENDING, OptionalNoteForm, keep_on, main=False, sensible=_ends),
        Action("archive", "Archive the page", PUBLISH, ANY, ArchiveForm, archive, main=False, takes_away=True),
        Action("revive", "Bring the page back", PUBLISH, ("archived",), OptionalNoteForm, revive),
        Action("restore", "Restore as a new draft", WRITE, (*ANY, "archived"), forms.Form, restore),
    )
}  # fmt: skip
# Restoring stands in the history, beside the words it brings back.
IN_HISTORY = ("restore",)


def offered(request: HttpRequest, at: Standing) -> list[Action]:
    """Return the buttons to show. Whether one may be pressed is decided again when it is."""
    return [
        action
        for action in ACTIONS.values()
        if action.name not in IN_HISTORY
        and at.state in action.states
        and may(request, *action.rights)
        and action.sensible(at)
        and not (action.second_person and at.open and at.open.author_id == request.user.pk)
    ]


def press(request: HttpRequest, action: Action, at: Standing) -> forms.Form | None:
    """Press one button; return the form when it has to be filled in again, with what is wrong."""
    if not may(request, *action.rights):
        raise PermissionDenied
    form = action.ask(request.POST)
    if not form.is_valid():
        return form
    if _read_another(request, action, at):
        form.add_error(
            None, "Somebody saved this text anew since you opened it. Open the page and read it first."
        )
        return form
    try:
        # Together or not at all: a reason to go past a check is not kept for a step that failed.
        with transaction.atomic():
            said = action.do(request, at, form)
    except NotPossible as refused:
        form.add_error(None, str(refused))
        return form
    messages.success(request, said)
    return None


def _read_another(request: HttpRequest, action: Action, at: Standing) -> bool:
    """Tell whether what is on its way is another text than the one whose button was pressed."""
    if at.open is None or not set(action.states) <= set(OPEN):
        return False
    return request.POST.get("read", "") not in ("", str(at.open.number))


def _open(at: Standing) -> Revision:
    if at.open is None:
        raise NotPossible("No draft of this page is on its way.")
    return at.open


def _pass_checks(request: HttpRequest, at: Standing, revision: Revision, form: forms.Form) -> None:
    """Stop at what a check blocks, unless a publisher says why not; the reason is kept for good."""
    stops = checks.blocking(known.findings(at))
    if not stops or revision.steps.filter(action=Step.Action.OVERRODE).exists():
        return
    reason = str(form.cleaned_data.get("reason", "")).strip()
    if not may(request, *PUBLISH):
        raise NotPossible(f"{_count(len(stops))} in the way. Mend what is marked, or ask a publisher.")
    if not reason:
        raise NotPossible(f"{_count(len(stops))} in the way. Mend what is marked, or say why it goes on.")
    services.note_override(revision, by=request.user, reason=reason)  # type: ignore[arg-type]


def _pass_needs(request: HttpRequest, at: Standing, form: forms.Form) -> None:
    """Stop where other pages need this one, unless the publisher says why it goes; the reason is kept for good."""
    if not needed.needed_by(at.page):
        return
    reason = str(form.cleaned_data.get("reason", "")).strip()
    if not reason:
        raise NotPossible("This page is needed. Change what needs it, or say why it goes all the same.")
    services.note_need(at.page, by=request.user, reason=reason)  # type: ignore[arg-type]


def _said(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%A %d %B %Y, %H:%M} ({timezone.get_current_timezone_name()})"


def _count(number: int) -> str:
    return "1 check stands" if number == 1 else f"{number} checks stand"


def waits_for_another(request: HttpRequest, at: Standing) -> bool:
    """Tell whether this person wrote what is in review, so that only somebody else can go on."""
    return at.state == State.IN_REVIEW and at.open is not None and at.open.author_id == request.user.pk
