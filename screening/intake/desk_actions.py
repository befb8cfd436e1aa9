"""The buttons of the desk: each reads its form, calls one service, and says what happened."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest

from screening.intake import desk
from screening.intake.choices import TRIES, Outcome, State
from screening.intake.desk_forms import (
    ActionForm,
    HandOverForm,
    MergeForm,
    NoteForm,
    OutcomeForm,
    PlacementForm,
)

# Where to go afterwards.
CASE, QUEUE, EMERGENCY = "case", "queue", "emergency"


def press(request: HttpRequest, pk: int, action: str) -> str:
    """Carry out a button; return where to go. A form sent twice says so and does nothing."""
    button = BUTTONS.get(action)
    if button is None:
        return CASE
    form_class, run = button
    form = form_class(request.POST)
    if not form.is_valid():
        for problems in form.errors.values():
            messages.error(request, "Not saved. " + " ".join(str(problem) for problem in problems))
        return CASE
    try:
        return run(request, pk, form)
    except desk.AlreadyDone:
        messages.info(request, "That was saved already.")
        return QUEUE if action == "stop" else CASE
    except desk.RequestGone as gone:
        messages.warning(request, str(gone))
        return QUEUE
    except desk.DeskError as refused:
        messages.error(request, str(refused))
        return CASE


def _outcome(request: HttpRequest, pk: int, form: Any) -> str:
    outcome = Outcome(form.cleaned_data["outcome"])
    row = desk.log_outcome(
        pk, request.user, form.cleaned_data["token"], outcome, appointment_at=form.cleaned_data["appointment"]
    )
    if row.state != State.CLOSED:
        said = f"Logged: {outcome.label}. What comes next is planned below."
    elif outcome in TRIES:
        said = f"Logged: {outcome.label}. That was the last try, so the request is closed, kindly."
    elif outcome == Outcome.WRONG_NUMBER:
        said = "Logged: wrong number. The number is deleted, and the request is closed."
    else:
        said = f"Logged: {outcome.label}. The request is closed."
    messages.success(request, said)
    return CASE


def _note(request: HttpRequest, pk: int, form: Any) -> str:
    desk.add_note(pk, request.user, form.cleaned_data["token"], form.cleaned_data["text"])
    messages.success(request, "The note is saved.")
    return CASE


def _release(request: HttpRequest, pk: int, form: Any) -> str:
    desk.release(pk, request.user, form.cleaned_data["token"])
    messages.success(request, "Given back to everybody.")
    return QUEUE


def _reopen(request: HttpRequest, pk: int, form: Any) -> str:
    desk.reopen(pk, request.user, form.cleaned_data["token"])
    messages.success(request, "It is in the queue.")
    return CASE


def _hand_over(request: HttpRequest, pk: int, form: Any) -> str:
    desk.hand_over(pk, request.user, form.cleaned_data["token"], form.cleaned_data["to"])
    messages.success(request, "Handed over.")
    return QUEUE


def _merge(request: HttpRequest, pk: int, form: Any) -> str:
    desk.merge(pk, request.user, form.cleaned_data["token"], form.cleaned_data["reference"].strip().upper())
    messages.success(request, "Both requests are one now. The stricter rules hold.")
    return CASE


def _place(request: HttpRequest, pk: int, form: Any) -> str:
    data = form.cleaned_data
    desk.place(pk, request.user, data["token"], data["level"], data["differs"])
    messages.success(request, "The level of care is noted.")
    return CASE


def _stop(request: HttpRequest, pk: int, form: Any) -> str:
    desk.stop(pk, request.user, form.cleaned_data["token"])
    messages.success(
        request, "Everything about this person is deleted. It leaves the backups within 35 days."
    )
    return QUEUE


def _emergency(request: HttpRequest, pk: int, form: Any) -> str:
    desk.emergency(pk, request.user, form.cleaned_data["token"])
    return EMERGENCY


Run = Callable[[HttpRequest, int, Any], str]

BUTTONS: dict[str, tuple[type[forms.Form], Run]] = {
    "outcome": (OutcomeForm, _outcome),
    "note": (NoteForm, _note),
    "release": (ActionForm, _release),
    "reopen": (ActionForm, _reopen),
    "hand-over": (HandOverForm, _hand_over),
    "merge": (MergeForm, _merge),
    "place": (PlacementForm, _place),
    "stop": (ActionForm, _stop),
    "emergency": (ActionForm, _emergency),
}
