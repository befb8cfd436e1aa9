"""The pages of a page inside the staff area: its words, how it looks, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone

from programs import services
from programs.editing import actions, compare, copies, known, needed, presence, rendering, rights, sharing
from programs.editing.beside import BesidePages
from programs.editing.boxes import EDITOR_STYLE, WordsForm
from programs.editing.past import PastPages
from programs.editing.places import url
from programs.editing.rights import may
from programs.editing.standing import Standing, standing
from programs.editing.unsaved import TAKEN, UnsavedPages
from programs.editing.usage import Use
from programs.layout import LANGUAGES
from programs.models import Page, Revision, State

if TYPE_CHECKING:
    # At run time Django's class takes no type, and stands beside this one in the admin.
    from django.contrib.admin import ModelAdmin

    Base = ModelAdmin[Page]
else:
    Base = object

VIEWS = {"both": "Both languages", "en": "English with preview", "es": "Spanish with preview"}


class EditingPages(BesidePages, UnsavedPages, PastPages, Base):
    """What the admin of each kind of page adds to Django's own pages."""

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        name = f"programs_{self.opts.model_name}"
        return [
            path("<int:pk>/preview/", wrap(self.preview_view), name=f"{name}_preview_change"),
            path(
                "<int:pk>/frame/<int:number>/<slug:language>/",
                wrap(self.frame_view),
                name=f"{name}_frame_change",
            ),
            path("<int:pk>/compare/", wrap(self.compare_view), name=f"{name}_compare_change"),
            path("<int:pk>/do/<slug:action>/", wrap(self.do_view), name=f"{name}_do_change"),
            *self.beside_urls(),
            *self.unsaved_urls(),
            *super().get_urls(),
        ]

    def _opened(self, request: HttpRequest, pk: int | str) -> Standing | HttpResponse:
        """Return where a page stands to somebody who may see it; Django's own answer when there is none."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        services.current_version()  # whoever works on a page sees it as it is by now
        number = int(pk) if str(pk).isdecimal() and len(str(pk)) < 19 else 0
        page = Page.objects.select_related("owner").filter(pk=number, kind=self.opts.model_name).first()
        if page is None:
            # Django's own way out, which its pages use too: to the index, with a message.
            return self._get_obj_does_not_exist_redirect(request, self.opts, str(pk))  # type: ignore[attr-defined,no-any-return]
        return standing(page)

    def page(self, request: HttpRequest, template: str, at: Standing, **more: Any) -> HttpResponse:
        """Render a page in the admin's frame."""
        status = more.pop("status", 200)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "at": at,
            "page": at.page,
            "tab": template,
            "title": at.title,
            # The boxes take the whole width.
            "is_nav_sidebar_enabled": False,
            "may_write": may(request, *rights.WRITE),
            "may_publish": may(request, *rights.PUBLISH),
            "zone": timezone.get_current_timezone_name(),
            **more,
        }
        return TemplateResponse(request, f"admin/guide/{template}.html", context, status=status)

    # --- Words ---------------------------------------------------------------------------------------------------

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The boxes of a page, what the checks say about them, and the next step."""
        at = self._opened(request, object_id)
        if isinstance(at, HttpResponse):
            return at
        if request.method != "POST":
            return self._first(request, at)
        if not may(request, *rights.WRITE):
            raise PermissionDenied
        form = WordsForm(at.page.kind, request.POST)
        if not form.is_valid():
            return self._edit_page(request, at, form, status=422)
        return self._save(request, at, form)

    def _first(self, request: HttpRequest, at: Standing) -> HttpResponse:
        """Show what is saved; or what this person typed and did not save, once they asked for it."""
        copy = copies.of(at.page, request.user) if may(request, *rights.WRITE) else None  # type: ignore[arg-type]
        if copy and request.GET.get("words") == TAKEN:
            form = WordsForm.taken_back(at.page.kind, copy)
            if copy.base != at.newest:
                return self._conflict(request, at, form, status=200, copy=copy, taken=True)
            return self._edit_page(request, at, form, copy=copy, taken=True)
        note = at.open.note if at.open and at.open.state == State.DRAFT else ""
        form = WordsForm(
            at.page.kind, content=at.content, base=at.newest, note=note, opened=copies.new_mark()
        )
        return self._edit_page(request, at, form, copy=copy)

    def _save(self, request: HttpRequest, at: Standing, form: WordsForm) -> HttpResponse:
        content, data = form.content(), form.cleaned_data
        if at.shown and data["base"] == at.newest and compare.same(at.page.kind, at.content, content):
            copies.throw_away(at.page, request.user, opened=data["opened"])  # type: ignore[arg-type]
            messages.info(request, "Nothing was changed, so nothing was saved.")
            return HttpResponseRedirect(request.get_full_path())
        try:
            services.save_draft(
                at.page, content, by=request.user, note=data["note"], base=data["base"]  # type: ignore[arg-type]
            )  # fmt: skip
        except services.Stale:
            return self._conflict(request, standing(at.page), form)
        except services.NotPossible as refused:
            form.add_error(None, str(refused))
            return self._edit_page(request, at, form, status=422)
        copies.throw_away(at.page, request.user, opened=data["opened"])  # type: ignore[arg-type]
        now = timezone.localtime()
        messages.success(request, f"Saved as a draft at {now:%H:%M}. The public still sees what it saw.")
        return HttpResponseRedirect(request.get_full_path())

    def _conflict(
        self, request: HttpRequest, at: Standing, form: WordsForm, *, status: int = 409, **more: Any
    ) -> HttpResponse:
        """Keep what this person typed, show what the other saved, and let the next save decide."""
        newest = at.page.revisions.select_related("author").filter(number=at.newest).first()
        if (
            newest is None
        ):  # a number that no page of ours gives: there is no other text to set beside this one
            form.add_error(None, "This page has no words yet. Open it anew.")
            return self._edit_page(request, at, form, **{**more, "status": 422})
        clash = compare.differences(at.page.kind, newest.content, form.content())
        form.start_from(at.newest)
        return self._edit_page(request, at, form, status=status, conflict=newest, clash=clash, **more)

    def _edit_page(self, request: HttpRequest, at: Standing, form: WordsForm, **more: Any) -> HttpResponse:
        may_write = may(request, *rights.WRITE)
        locked = at.state == State.SCHEDULED
        content = form.content() if form.is_bound and hasattr(form, "cleaned_data") else at.content
        report = known.report(at, content)
        view = request.GET.get("view", "")
        shown = at.open or at.live
        response = self.page(
            request,
            "edit",
            at,
            form=form,
            rows=[
                (row, [(box, report.at(box.key, box.language)) for box in row.boxes]) for row in form.rows()
            ],
            report=report,
            others=presence.opened(at.page, request.user) if may_write else [],  # type: ignore[arg-type]
            may_edit=may_write and not locked,
            locked=locked,
            views=VIEWS,
            view=view if view in VIEWS else "both",
            frame=url(at.page, "frame_change", shown.number, view) if shown and view in LANGUAGES else "",
            media=form.scripts(str(request.csp_nonce)),  # type: ignore[attr-defined]  # put there by django-csp
            # Two people's words lie side by side: first those are settled.
            buttons=[] if "clash" in more else self._buttons(request, at),
            waits=actions.waits_for_another(request, at),
            needed=self._needed(request, at),
            **more,
        )
        response._csp_update = {"style-src": [EDITOR_STYLE], "frame-src": ["'self'"]}  # type: ignore[attr-defined]
        return response

    def _buttons(self, request: HttpRequest, at: Standing) -> list[tuple[actions.Action, forms.Form]]:
        note = at.open.note if at.open else ""
        offered = actions.offered(request, at)
        return [(one, one.ask(note=note) if one.name == "submit" else one.ask()) for one in offered]

    def _needed(self, request: HttpRequest, at: Standing) -> list[Use]:
        """What somebody who could take the page away should know."""
        return needed.needed_by(at.page) if may(request, *rights.PUBLISH) and not at.page.archived else []

    # --- How it looks --------------------------------------------------------------------------------------------

    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The page as the public would see it: both languages, phone and desktop, light and dark."""
        at = self._opened(request, pk)
        if isinstance(at, HttpResponse):
            return at
        number = request.GET.get("number", "")
        revision = at.shown
        if number.isdecimal() and len(number) < 10:
            revision = at.page.revisions.filter(number=int(number)).first()
        if revision is None:
            messages.info(request, "There are no words to look at yet.")
            return HttpResponseRedirect(url(at.page, "change"))
        chosen = rendering.Look.chosen(request.GET)
        may_share = may(request, *rights.WRITE) and revision.state != State.REPLACED
        response = self.page(
            request,
            "preview",
            at,
            revision=revision,
            look=chosen,
            choices=chosen.choices(revision.number),
            frame=url(at.page, "frame_change", revision.number, chosen.language),
            share=request.build_absolute_uri(sharing.link_to(revision, chosen.language)) if may_share else "",
            share_days=sharing.LASTS.days,
        )
        response._csp_update = {"frame-src": ["'self'"]}  # type: ignore[attr-defined]
        return response

    def frame_view(self, request: HttpRequest, pk: int, number: int, language: str) -> HttpResponse:
        """One revision in one language, for the frame of a preview."""
        at = self._opened(request, pk)
        if isinstance(at, HttpResponse):
            return at
        revision = self._revision(at, number)
        if language not in LANGUAGES:
            raise Http404
        return rendering.framed(request, at.page, revision, language)

    def _revision(self, at: Standing, number: int) -> Revision:
        if number > 2**31 - 1:
            raise Http404
        revision = at.page.revisions.select_related("author").filter(number=number).first()
        if revision is None:
            raise Http404
        return revision

    def do_view(self, request: HttpRequest, pk: int, action: str) -> HttpResponse:
        """A button beside a page."""
        at = self._opened(request, pk)
        if isinstance(at, HttpResponse):
            return at
        if action not in actions.ACTIONS:
            raise Http404
        one = actions.ACTIONS[action]
        if request.method == "POST":
            form = actions.press(request, one, at)
            if form is not None:
                return self.page(
                    request,
                    "step",
                    at,
                    action=one,
                    form=form,
                    report=known.report(at, at.content),
                    needed=self._needed(request, at),
                    status=422,
                )
        return HttpResponseRedirect(url(at.page, "change"))
