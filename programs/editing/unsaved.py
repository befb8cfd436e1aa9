"""What the page of words asks of the server while somebody types: to keep it, to give it back, to throw it away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
    JsonResponse,
)
from django.urls import URLPattern, path

from programs.editing import copies, rights
from programs.editing.boxes import WordsForm
from programs.editing.places import url
from programs.editing.rights import may
from programs.editing.standing import Standing

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin

    from programs.models import Page

    Base = ModelAdmin[Page]
else:
    Base = object

# In the address of a page that shows what somebody took back.
TAKEN = "mine"


class UnsavedPages(Base):
    """Doors for what is typed and not saved. The Save button needs none of them."""

    if TYPE_CHECKING:

        def _opened(self, request: HttpRequest, pk: int | str) -> Standing | HttpResponse: ...

    def unsaved_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        name = f"programs_{self.opts.model_name}"
        return [
            path("<int:pk>/keep/", wrap(self.keep_view), name=f"{name}_keep_change"),
            path("<int:pk>/unsaved/<slug:what>/", wrap(self.unsaved_view), name=f"{name}_unsaved_change"),
        ]

    def _asked(self, request: HttpRequest, pk: int) -> Standing | HttpResponse:
        """Return where the page stands, to somebody who may write it and pressed (or typed) something."""
        if not may(request, *rights.WRITE):
            raise PermissionDenied
        return self._opened(request, pk) if request.method == "POST" else HttpResponseNotAllowed(["POST"])

    def keep_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Keep what was typed until now. It says so in words; the script of the page shows them."""
        at = self._asked(request, pk)
        if isinstance(at, HttpResponse):
            return at
        # Why one text goes in place of another is asked when it does, not while it is written.
        form = WordsForm(at.page.kind, {**request.POST.dict(), "take_over": ""})
        if not form.is_valid():
            return JsonResponse({"why": _first_fault(form)}, status=422)
        data = form.cleaned_data
        try:
            copy = copies.keep(
                at.page, form.content(), by=request.user, opened=data["opened"], base=data["base"], note=data["note"]  # type: ignore[arg-type]
            )  # fmt: skip
        except copies.Elsewhere as refused:
            return JsonResponse({"why": str(refused)}, status=409)
        said = {"saved": copies.clock(copy.saved) if copy else ""}
        if data["base"] != at.newest:
            said["also"] = "Somebody saved this page meanwhile. When you save, you see both texts."
        return JsonResponse(said)

    def unsaved_view(self, request: HttpRequest, pk: int, what: str) -> HttpResponse:
        """Take the unsaved words back into the boxes, or throw them away."""
        at = self._asked(request, pk)
        if isinstance(at, HttpResponse):
            return at
        place = url(at.page, "change")
        if what == "take":
            if copies.take_back(at.page, request.user):  # type: ignore[arg-type]  # signed in
                return HttpResponseRedirect(f"{place}?words={TAKEN}")
            messages.info(request, "There are no unsaved words any more.")
        elif what == "drop":
            copies.throw_away(at.page, request.user)  # type: ignore[arg-type]
            messages.success(request, "Your unsaved words are thrown away.")
        else:
            raise Http404
        return HttpResponseRedirect(place)


def _first_fault(form: WordsForm) -> str:
    name, faults = next(iter(form.errors.items()))
    label: Any = form.fields[name].label if name in form.fields else None
    return f"{label}: {faults[0]}" if label else str(faults[0])
