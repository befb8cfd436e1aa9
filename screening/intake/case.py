"""One request as its page shows it: safe rules, the words to say, what happened, what can be done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from screening.intake import office
from screening.intake.choices import Allowed, Differs, Level, Method, Outcome, State
from screening.intake.desk_forms import (
    ActionForm,
    HandOverForm,
    MergeForm,
    NoteForm,
    OutcomeForm,
    PlacementForm,
    fresh,
)
from screening.intake.digits import in_ascii
from screening.intake.models import CallRequest
from screening.intake.queue import Row, row_of
from screening.intake.scripts import Script, script_for

MOST_LINES = 100
CALL_OUTCOMES = (Outcome.REACHED, Outcome.NO_ANSWER, Outcome.VOICEMAIL, Outcome.WRONG_NUMBER)


@dataclass(slots=True)
class Case:
    """Everything the page of one request needs."""

    row: Row
    script: Script
    asked_where: str
    link: str
    link_words: str
    again: list[dict[str, Any]]
    history: list[dict[str, Any]]
    notes: list[Any]
    outcomes: list[tuple[str, str]]
    placement: str
    deleted_on: str
    appointment: str
    forms: dict[str, Any]

    @property
    def closed(self) -> bool:
        return self.row.request.state == State.CLOSED


def case_of(pk: int, by: Any) -> Case | None:
    """Return a case, or None when the request is gone."""
    request = CallRequest.objects.select_related("owner").filter(pk=pk).first()
    if request is None:
        return None
    now, zone = timezone.now(), office.desk_zone()
    row = row_of(request, now, by)
    script, asked_where = script_for(request.contact, by.get_short_name() or by.get_username())
    link, link_words = _link(request.contact)
    appointment = request.appointment_at
    return Case(
        row=row,
        script=script,
        asked_where=asked_where,
        link=link,
        link_words=link_words,
        again=request.contact["again"],
        history=[
            {
                "at": f"{one.at.astimezone(zone):%a %b %d, %H:%M}",
                "what": one.get_outcome_display(),
                "by": one.by,
            }
            for one in request.attempts.select_related("by")[:MOST_LINES]
        ],
        notes=[
            {"at": f"{one.at.astimezone(zone):%a %b %d, %H:%M}", "text": one.text, "by": one.by}
            for one in request.notes.select_related("by")[:MOST_LINES]
        ],
        outcomes=_outcomes(request),
        placement=_placement(request.placement),
        deleted_on=f"{request.expires_at.astimezone(zone):%b %d, %Y}",
        appointment=f"{appointment.astimezone(zone):%a %b %d, %H:%M %Z}" if appointment else "",
        forms=_forms(request),
    )


def _link(contact: dict[str, Any]) -> tuple[str, str]:
    """Return the link that dials or writes, and its words."""
    value = contact["value"]
    if not value:
        return "", ""
    if contact["method"] == Method.EMAIL:
        return f"mailto:{value}", f"Write to {value}"
    # A dialler wants signs it knows; what is shown stays as it was typed.
    number, _, extension = in_ascii(value).lower().partition("x")
    dial = "".join(sign for sign in number if sign in "0123456789+*#")
    inner = "".join(sign for sign in extension if sign in "0123456789")
    return f"tel:{dial}{f';ext={inner}' if inner else ''}", f"Call {value}"


def _outcomes(request: CallRequest) -> list[tuple[str, str]]:
    """Return the buttons after a call. No voicemail button where none is allowed."""
    shown = [
        one
        for one in CALL_OUTCOMES
        if one != Outcome.VOICEMAIL or Allowed.VOICEMAIL in request.contact["allowed"]
    ]
    if request.contact["method"] == Method.EMAIL:
        words = {
            Outcome.REACHED: "They answered",
            Outcome.NO_ANSWER: "No reply",
            Outcome.WRONG_NUMBER: "Wrong address",
        }
        return [(one.value, words[one]) for one in shown if one in words]
    return [(one.value, str(one.label)) for one in shown]


def _placement(stored: dict[str, str] | None) -> str:
    if not stored:
        return ""
    level = str(Level(stored["level"]).label)
    return f"{level}. {Differs(stored['differs']).label}" if stored["differs"] else level


def _forms(request: CallRequest) -> dict[str, Any]:
    placed = request.placement or {}
    return {
        "outcome": fresh(OutcomeForm),
        "note": fresh(NoteForm),
        "emergency": fresh(ActionForm),
        "release": fresh(ActionForm),
        "reopen": fresh(ActionForm),
        "stop": fresh(ActionForm),
        "hand_over": fresh(HandOverForm),
        "merge": fresh(MergeForm),
        "place": fresh(PlacementForm, **placed),
    }
