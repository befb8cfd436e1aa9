"""The rules in the admin: every version, what a draft does, and who stands behind it."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from screening.engine.document import DocumentError
from screening.engine.spec import Protocol
from screening.protocol import PROTOCOLS
from screening.revisions import (
    cases,
    differences,
    documents,
    effects,
    proving,
    readiness,
    registry,
    rows,
    services,
)
from screening.revisions.forms import NoteForm, RecallForm, StartForm
from screening.revisions.models import ProtocolRevision, RevisionChange, SignedCase, State
from screening.revisions.pages import DraftPages
from screening.revisions.places import url
from screening.revisions.words import outcome_of

MOST_CHANGES = 500


@admin.register(ProtocolRevision)
class ProtocolRevisionAdmin(DraftPages, admin.ModelAdmin):  # type: ignore[type-arg]  # Django's takes none at run time
    """A version is started from the live one, never added empty, and never deleted."""

    list_display = (
        "version",
        "state",
        "parent",
        "author",
        "approver",
        "publisher",
        "changed_at",
        "published_at",
    )
    list_select_related = ("author", "approver", "publisher")
    change_list_template = "admin/revisions/list.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[ProtocolRevision]:
        return super().get_queryset(request).defer("document", "proofs")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.may(request, "draft")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # Whoever may see a version may open its overview; what can be done there has rights of its own.
        return self.has_view_permission(request, obj)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may(request, "draft", "approve", "publish", "recall") or request.user.has_perm(
            "revisions.view_protocolrevision"
        )

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        return {}

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The list, with what is live now: it may be the version that comes with the software."""
        live = registry.live_protocol()
        extra = {
            "live": live,
            "live_is_shipped": live.version in PROTOCOLS,
            "title": "Versions of the rules",
            **(extra_context or {}),
        }
        return super().changelist_view(request, extra)

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Start a draft as a copy of the live version."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        live = registry.live_protocol()
        form = StartForm(request.POST if request.method == "POST" else None, initial={"version": _next(live)})
        if form.is_valid():
            revision = services.start_draft(version=form.cleaned_data["version"], by=request.user)
            messages.success(
                request, f"Draft {revision.version} is a copy of {live.version}. Nothing is live yet."
            )
            return HttpResponseRedirect(url("change", revision.pk))
        context = {**self.admin_site.each_context(request), "opts": self.opts, "form": form, "live": live,
                   "title": "Start a draft"}  # fmt: skip
        response = TemplateResponse(request, "admin/revisions/start.html", context)
        response.status_code = 422 if form.errors else 200
        return response

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The overview: what changes, what the proofs say, who moves, and what is still missing."""
        pk = int(object_id) if object_id.isdigit() else 0
        revision = self._opened(request, pk)
        if isinstance(revision, HttpResponse):
            return revision
        protocol, base = services.protocol_of(revision), services.base_of(revision)
        checked = cases.check(revision, protocol)
        moves = effects.effects(base, protocol)
        lost = sum(m.count or 0 for m in moves.bands if m.what == effects.FIRST and not m.more)
        return self.page(
            request,
            "overview",
            revision,
            title=f"Version {revision.version}",
            base=base,
            changes=differences.changes(base, protocol)[:MOST_CHANGES],
            effects=moves,
            combinations=f"{moves.combinations:,}",
            lost=f"{lost:,} combinations" if lost else "",
            counts=[(label, f"{count:,}") for label, count in revision.proofs.get("counts", [])],
            problems=proving.shown(protocol, revision.proofs),
            proven=revision.proofs.get("digest") == revision.digest,
            cases=checked,
            moved_cases=[_moved(one) for one in checked if one.moved],
            needs=readiness.needs(revision, protocol, base, checked) if not revision.published_at else [],
            note_form=NoteForm(initial={"change_note": revision.change_note}),
            recall_form=RecallForm(),
            buttons=self._buttons(request, revision),
        )

    def _buttons(self, request: HttpRequest, revision: ProtocolRevision) -> dict[str, bool]:
        """Return which buttons to show. The services decide again when one is pressed."""
        state = revision.state
        wrote = request.user.pk in (revision.author_id, revision.last_editor_id)
        return {
            "submit": state == State.DRAFT and self.may(request, "draft"),
            "withdraw": state in (State.IN_REVIEW, State.APPROVED) and self.may(request, "draft", "approve"),
            "approve": state == State.IN_REVIEW and self.may(request, "approve") and not wrote,
            "publish": state == State.APPROVED and self.may(request, "publish") and not wrote,
            "recall": state == State.LIVE and self.may(request, "recall"),
            "prove": not revision.published_at and self.may(request, "draft", "approve"),
            "sign": state in (State.DRAFT, State.IN_REVIEW) and self.may(request, "draft", "approve"),
            "wait": wrote and state in (State.IN_REVIEW, State.APPROVED),
        }

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Everything ever done to a version, newest first, with the words before and after."""
        revision = self._opened(request, int(object_id) if object_id.isdigit() else 0)
        if isinstance(revision, HttpResponse):
            return revision
        done = revision.changes.select_related("who")[:MOST_CHANGES]
        protocol = services.protocol_of(revision)
        return self.page(
            request,
            "history",
            revision,
            title=f"History of {revision.version}",
            changes=[_history_row(protocol, one) for one in done],
        )


def _next(live: Protocol) -> str:
    year, _, number = live.version.partition(".")
    taken = registry.known_versions()
    count = int(number)
    while f"{year}.{count}" in taken:
        count += 1
    return f"{year}.{count}"


def _moved(one: cases.Checked) -> dict[str, Any]:
    return {"checked": one, "outcome": json.dumps(one.outcome, sort_keys=True)}


def _history_row(protocol: Protocol, one: RevisionChange) -> dict[str, Any]:
    place = one.place
    if one.action == RevisionChange.Action.EDITED:
        place = rows.place(protocol, place)
        details = _edited(protocol, one)
    elif one.action == RevisionChange.Action.SIGNED:
        details = [
            differences.Difference("Outcome", outcome_of(one.before or {}), outcome_of(one.after or {}))
        ]
    elif one.action == RevisionChange.Action.NOTED:
        details = [differences.Difference("Note", one.before or "", one.after or "")]
    else:
        details = []
    return {"change": one, "place": place, "details": details}


def _edited(protocol: Protocol, one: RevisionChange) -> list[differences.Difference]:
    try:
        before, after = (
            None if stored is None else documents.row_from(protocol, one.place, stored)
            for stored in (one.before, one.after)
        )
    except DocumentError:
        # Written by an older edition, whose rows this one reads no more: as it was stored.
        return list(differences.of_documents(one.before, one.after))
    if before is None or after is None:
        word = "Added" if before is None else "Removed"
        said = [rows.title(row) if row is not None else "" for row in (before, after)]
        return [differences.Difference(word, *said)]
    return list(differences.between(protocol, before, after))


@admin.register(SignedCase)
class SignedCaseAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # as above
    """Read only: a case is signed on the page of a draft, where its new outcome can be seen."""

    list_display = ("name", "outcome", "signed_for")
    search_fields = ("name", "why")
    fields = ("name", "why", "outcome", "signed_for")
    readonly_fields = fields

    @admin.display(description="signed outcome")
    def outcome(self, case: SignedCase) -> str:
        return outcome_of(case.expected)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
