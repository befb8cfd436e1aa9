"""The buttons of an overview. What each may do, and who may press it, is decided by the services."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from screening.revisions import documents, rows, services
from screening.revisions.forms import NoteForm, RecallForm
from screening.revisions.models import ProtocolRevision, SignedCase

if TYPE_CHECKING:
    from screening.revisions.pages import DraftPages


def count(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}"


class Actions:
    """What an overview can do, by name; each method is one button."""

    def __init__(self, pages: DraftPages) -> None:
        self.may = pages.may

    def press(self, request: HttpRequest, revision: ProtocolRevision, name: str) -> None:
        """Press one button; tell the person how it went. Raises Http404 for a button there is not."""
        act = BUTTONS.get(name)
        if act is None:
            raise Http404
        try:
            act(self, request, revision)
        except (services.NotAllowed, documents.Refused) as refused:
            messages.error(request, str(refused))
        except services.Conflict:
            messages.error(request, "Somebody changed this version at the same moment. Nothing was done.")

    def prove(self, request: HttpRequest, revision: ProtocolRevision) -> None:
        if not self.may(request, "draft", "approve"):
            raise PermissionDenied
        services.prove(revision, everything=True)
        failed = len(revision.proofs["problems"])
        if failed:
            messages.warning(request, f"All proofs were run. {count(failed, 'one fails', 'of them fail')}.")
        else:
            messages.success(request, f"All proofs were run and hold ({revision.proofs['seconds']} seconds).")

    def note(self, request: HttpRequest, revision: ProtocolRevision) -> None:
        form = NoteForm(request.POST)
        if not form.is_valid():
            raise services.NotAllowed("Write what changes, and why.")
        services.write_note(revision=revision, note=form.cleaned_data["change_note"], by=request.user)
        messages.success(request, "The change note is saved.")

    def sign(self, request: HttpRequest, revision: ProtocolRevision) -> None:
        case = get_object_or_404(SignedCase, pk=request.POST.get("case") or 0)
        try:
            seen = json.loads(request.POST.get("outcome", ""))
        except ValueError:
            raise services.NotAllowed("Look at the case again, and sign it there.") from None
        services.sign_case(revision=revision, case=case, outcome=seen, by=request.user)
        messages.success(request, f"Signed: {case.name}.")

    def submit(self, request: HttpRequest, revision: ProtocolRevision) -> None:
        services.submit(revision=revision, by=request.user)
        messages.success(request, "Sent to review. Somebody else must approve it now.")

    def withdraw(self, request: HttpRequest, revision: ProtocolRevision) -> None:
        services.withdraw(revision=revision, by=request.user)
        messages.success(request, "Back to draft.")

    def approve(self, request: HttpRequest, revision: ProtocolRevision) -> None:
        services.approve(revision=revision, by=request.user)
        messages.success(request, "Approved. It can be made live.")

    def publish(self, request: HttpRequest, revision: ProtocolRevision) -> None:
        services.publish(revision=revision, by=request.user)
        messages.success(request, f"Version {revision.version} is live. New checks use it from now on.")

    def recall(self, request: HttpRequest, revision: ProtocolRevision) -> None:
        form = RecallForm(request.POST)
        if not form.is_valid():
            raise services.NotAllowed("Say why it is recalled.")
        services.recall(revision=revision, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, f"Version {revision.version} is recalled. The one before it is live again.")

    def drop(self, request: HttpRequest, revision: ProtocolRevision) -> None:
        if "sure" not in request.POST:
            raise services.NotAllowed("Tick the box to remove a row.")
        try:
            services.drop_row(revision=revision, address=request.POST.get("address", ""), by=request.user)
        except rows.NoSuchRow as error:
            raise Http404 from error
        messages.success(request, "Removed. It stays in the history.")


BUTTONS = {
    "prove": Actions.prove,
    "note": Actions.note,
    "sign": Actions.sign,
    "submit": Actions.submit,
    "withdraw": Actions.withdraw,
    "approve": Actions.approve,
    "publish": Actions.publish,
    "recall": Actions.recall,
    "drop": Actions.drop,
}
