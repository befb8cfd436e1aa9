"""What became of a page: every revision and every step, and what two revisions say differently."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from programs.editing import compare, rights
from programs.editing.places import url
from programs.editing.rights import may
from programs.editing.standing import Standing
from programs.models import State

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin

    from programs.models import Page

    Base = ModelAdmin[Page]
else:
    Base = object

REVISIONS_A_PAGE = 50
STEPS_SHOWN = 200


class PastPages(Base):
    """The history of a page, newest first."""

    if TYPE_CHECKING:

        def _opened(self, request: HttpRequest, pk: int | str) -> Standing | HttpResponse: ...
        def page(self, request: HttpRequest, template: str, at: Standing, **more: Any) -> HttpResponse: ...

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Every revision and every step, newest first."""
        at = self._opened(request, object_id)
        if isinstance(at, HttpResponse):
            return at
        revisions = at.page.revisions.defer("content").select_related("author")
        return self.page(
            request,
            "history",
            at,
            may_restore=may(request, *rights.WRITE) and at.state != State.SCHEDULED,
            revisions=Paginator(revisions, REVISIONS_A_PAGE).get_page(request.GET.get("p")),
            steps=at.page.steps.select_related("who", "revision").defer("revision__content")[:STEPS_SHOWN],
        )

    def compare_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Any two revisions, field by field and word by word."""
        at = self._opened(request, pk)
        if isinstance(at, HttpResponse):
            return at
        picked = sorted(
            {
                int(n)
                for n in (request.GET.get("a", ""), request.GET.get("b", ""))
                if n.isdecimal() and len(n) < 10
            }
        )
        found = list(at.page.revisions.filter(number__in=picked).select_related("author").order_by("number"))
        if len(found) != 2:
            messages.info(request, "Choose two revisions to compare.")
            return HttpResponseRedirect(url(at.page, "history"))
        before, after = found
        return self.page(
            request,
            "compare",
            at,
            before=before,
            after=after,
            differences=compare.differences(at.page.kind, before.content, after.content),
        )
