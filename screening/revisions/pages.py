"""The pages of a draft inside the admin: its sections, one row, and the buttons of its overview."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path

from screening.engine.spec import Protocol
from screening.revisions import differences, documents, rows, services, words
from screening.revisions.actions import Actions, count
from screening.revisions.forms import NewRowForm, NotThisForm, RowForm
from screening.revisions.models import ProtocolRevision
from screening.revisions.places import url
from screening.revisions.vocabulary import outcome

if TYPE_CHECKING:
    # At run time Django's class takes no type, and stands beside this one in the admin.
    from django.contrib.admin import ModelAdmin

    Base = ModelAdmin[ProtocolRevision]
else:
    Base = object


class DraftPages(Base):
    """What the admin of a version adds to Django's own pages."""

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        name = "revisions_protocolrevision"
        return [
            path("<int:pk>/section/<slug:key>/", wrap(self.section_view), name=f"{name}_section_change"),
            path("<int:pk>/edit/<path:address>/", wrap(self.row_view), name=f"{name}_row_change"),
            path("<int:pk>/do/<slug:action>/", wrap(self.do_view), name=f"{name}_do_change"),
            *super().get_urls(),
        ]

    def may(self, request: HttpRequest, *rights: str) -> bool:
        return any(request.user.has_perm(f"revisions.{one}_revision") for one in rights)

    def _opened(self, request: HttpRequest, pk: int) -> ProtocolRevision | HttpResponse:
        """Return the version to somebody who may see it; Django's own answer when there is none."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        found = (
            ProtocolRevision.objects.select_related("author", "last_editor", "approver").filter(pk=pk).first()
        )
        # Django's own way out, which its pages use too: to the index, with a message.
        return found or self._get_obj_does_not_exist_redirect(request, self.opts, str(pk))  # type: ignore[attr-defined]

    def page(
        self, request: HttpRequest, template: str, revision: ProtocolRevision, **more: Any
    ) -> HttpResponse:
        """Render a page in the admin's frame."""
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "revision": revision,
            "sections": rows.SECTIONS,
            "tab": template,
            "may_edit": revision.editable and self.may(request, "draft"),
            **more,
        }
        return TemplateResponse(request, f"admin/revisions/{template}.html", context)

    def section_view(self, request: HttpRequest, pk: int, key: str) -> HttpResponse:
        """The rows of one section: what they say, and which differ from the live version."""
        revision = self._opened(request, pk)
        if isinstance(revision, HttpResponse):
            return revision
        section = next((s for s in rows.SECTIONS if s.key == key), None)
        if section is None:
            raise Http404
        protocol = services.protocol_of(revision)
        form = None
        table = request.POST.get("table", "")
        if request.method == "POST" and table in rows.TABLES and rows.TABLES[table].grows:
            form = NewRowForm(protocol, table, request.POST)
            if form.is_valid() and revision.editable and self.may(request, "draft"):
                like, new = form.cleaned_data["like"], form.cleaned_data["key"]
                target = url("row_change", pk, f"{table}/{new}")
                return HttpResponseRedirect(f"{target}?like={like}")
        changed = {c.address for c in differences.changes(services.base_of(revision), protocol)}
        tables = [
            {
                "table": one,
                "rows": [
                    _summary(protocol, address, changed) for address in rows.addresses(one.name, protocol)
                ],
                "form": form if table == one.name else NewRowForm(protocol, one.name) if one.grows else None,
            }
            for one in section.tables
        ]
        status = 422 if form is not None and form.errors else 200
        response = self.page(
            request, "section", revision, section=section, tables=tables, title=section.title
        )
        response.status_code = status
        return response

    def row_view(self, request: HttpRequest, pk: int, address: str) -> HttpResponse:
        """One row in a form; the buttons inside it add and remove parts without saving."""
        revision = self._opened(request, pk)
        if isinstance(revision, HttpResponse):
            return revision
        protocol = services.protocol_of(revision)
        try:
            row, opened = self._row(request, protocol, address)
        except rows.NoSuchRow as error:
            raise Http404 from error
        if request.method != "POST":
            return self._row_page(request, revision, RowForm(protocol, address, row, opened))
        if not self.may(request, "draft"):
            raise PermissionDenied
        try:
            form = RowForm.sent(protocol, address, request.POST)
            op = request.POST.get("op", "")
            if op and form.is_valid():
                return self._row_page(request, revision, form.rearranged(op), unsaved=True)
        except NotThisForm:
            messages.error(request, "That page was too old to be saved. Here it is as it stands now.")
            return HttpResponseRedirect(request.path)
        if op or not form.is_valid():
            return self._row_page(request, revision, form, status=422)
        return self._save(request, revision, form)

    def _row(self, request: HttpRequest, protocol: Protocol, address: str) -> tuple[Any, str]:
        row = rows.find(protocol, address)
        if row is not None:
            return row, documents.row_digest(row)
        table, key = rows.split(address)
        if request.method == "POST":
            return None, ""
        like = rows.get(protocol, f"{table}/{request.GET.get('like', '')}")
        return replace(like, key=key), ""

    def _row_page(
        self,
        request: HttpRequest,
        revision: ProtocolRevision,
        form: RowForm,
        *,
        status: int = 200,
        **more: Any,
    ) -> HttpResponse:
        table, key = rows.split(form.address)
        protocol = form.protocol
        base = services.base_of(revision)
        change = next((c for c in differences.changes(base, protocol) if c.address == form.address), None)
        response = self.page(
            request,
            "row",
            revision,
            form=form,
            table=rows.TABLES[table],
            section=rows.SECTION_OF[table],
            title=rows.title(form.drawn),
            summary=_words_of(protocol, form.drawn),
            change=change,
            is_new=not form.opened,
            base=base,
            may_drop=bool(key and form.opened and rows.TABLES[table].grows),
            **more,
        )
        response.status_code = status
        return response

    def _save(self, request: HttpRequest, revision: ProtocolRevision, form: RowForm) -> HttpResponse:
        row = form.row()
        try:
            revision = services.save_row(
                revision=revision, address=form.address, opened=form.opened, row=row, by=request.user
            )
        except services.Conflict as conflict:
            return self._conflict(request, revision, form, conflict)
        except documents.Refused as refused:
            form.blame(refused.faults, rows.put(form.protocol, form.address, row))
            return self._row_page(request, revision, form, status=422)
        except services.NotAllowed as refused:
            form.add_error(None, str(refused))
            return self._row_page(request, revision, form, status=422)
        self._say_proofs(request, revision)
        target = (
            ("row_change", revision.pk, form.address) if "stay" in request.POST else ("change", revision.pk)
        )
        return HttpResponseRedirect(url(*target))

    def _conflict(
        self, request: HttpRequest, revision: ProtocolRevision, form: RowForm, conflict: services.Conflict
    ) -> HttpResponse:
        """Keep what this person wrote, show what the other wrote, and let the next save decide."""
        fresh = ProtocolRevision.objects.get(pk=revision.pk)
        theirs = rows.find(services.protocol_of(fresh), form.address)
        form.opened = documents.row_digest(theirs)
        mine = form.protocol if theirs is None else rows.put(form.protocol, form.address, form.row())
        changed = differences.changes(services.protocol_of(fresh), mine) if theirs is not None else []
        ours = next((c for c in changed if c.address == form.address), None)
        return self._row_page(
            request, fresh, form, status=409, conflict=conflict.change, clash=ours, gone=theirs is None
        )

    def do_view(self, request: HttpRequest, pk: int, action: str) -> HttpResponse:
        """A button of the overview."""
        revision = self._opened(request, pk)
        if isinstance(revision, HttpResponse):
            return revision
        if request.method == "POST":
            Actions(self).press(request, revision, action)
        return HttpResponseRedirect(url("change", pk))

    def _say_proofs(self, request: HttpRequest, revision: ProtocolRevision) -> None:
        failed = len(revision.proofs.get("problems", []))
        if failed:
            messages.warning(
                request, f"Saved. {count(failed, 'proof fails', 'proofs fail')}: see who shows it."
            )
        else:
            messages.success(request, "Saved. The proofs over the rules hold.")


def _words_of(protocol: Protocol, row: Any) -> str:
    """Return the heart of a row in one sentence, where it has one."""
    when = getattr(row, "when", None)
    if when is None or not hasattr(row, "outcome"):
        return words.said(protocol, when) if when is not None else ""
    return f"At least {outcome(row.outcome)}, when {words.said(protocol, when)}."


def _summary(protocol: Protocol, address: str, changed: set[str]) -> dict[str, Any]:
    row = rows.get(protocol, address)
    return {
        "address": address,
        "title": rows.title(row),
        "words": _words_of(protocol, row),
        "changed": address in changed,
    }
