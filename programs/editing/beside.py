"""What stands beside the words of a page: its details, its typed facts, its pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path

from programs.editing import pictures, rights, writing
from programs.editing.forms import AddForm, DetailsForm, TypedFactForm
from programs.editing.places import url
from programs.editing.rights import may
from programs.editing.standing import Standing
from programs.layout import PROGRAM_FACTS
from programs.models import Kind, ProgramFact, Source

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin

    from programs.models import Page

    Base = ModelAdmin[Page]
else:
    Base = object


class BesidePages(Base):
    """Pages that change at once what the public sees, so that each takes a publisher."""

    if TYPE_CHECKING:

        def _opened(self, request: HttpRequest, pk: int | str) -> Standing | HttpResponse: ...
        def page(self, request: HttpRequest, template: str, at: Standing, **more: Any) -> HttpResponse: ...

    def beside_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        name = f"programs_{self.opts.model_name}"
        found = [
            path("<int:pk>/details/", wrap(self.details_view), name=f"{name}_details_change"),
            path("<int:pk>/pictures/", wrap(self.pictures_view), name=f"{name}_pictures_change"),
        ]
        if self.opts.model_name == Kind.PROGRAM:
            found.append(path("<int:pk>/facts/", wrap(self.facts_view), name=f"{name}_facts_change"))
        return found

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """A new page: its key and its address; the words come next."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        page = self.model(kind=str(self.opts.model_name))
        form = AddForm(request.POST if request.method == "POST" else None, instance=page)
        if request.method == "POST" and form.is_valid():
            page = writing.add_page(form, by=request.user)  # type: ignore[arg-type]  # signed in
            messages.success(request, "Added. Nobody sees it before its words are published.")
            return HttpResponseRedirect(url(page, "change"))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "form": form,
            "title": f"Add a {self.opts.verbose_name}",
        }
        status = 422 if form.errors else 200
        return TemplateResponse(request, "admin/guide/add.html", context, status=status)

    def details_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Where the page stands, at which address, and what it rests on."""
        at = self._opened(request, pk)
        if isinstance(at, HttpResponse):
            return at
        form = DetailsForm(self._sent(request), instance=at.page)
        if request.method == "POST" and form.is_valid():
            writing.change_details(form, by=request.user)  # type: ignore[arg-type]
            messages.success(request, "Saved. The public sees it from now on.")
            return HttpResponseRedirect(request.path)
        return self.page(request, "details", at, form=form, status=422 if form.errors else 200)

    def facts_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The typed facts of a kind of care: the page, the comparison and the result all read them."""
        at = self._opened(request, pk)
        if isinstance(at, HttpResponse):
            return at
        there = {fact.name: fact for fact in ProgramFact.objects.filter(program_id=at.page.pk)}
        sources = [("", "—"), *((source.pk, str(source)) for source in Source.objects.all())]
        data = self._sent(request)
        forms = [
            TypedFactForm(
                data,
                name=name,
                instance=there.get(name) or ProgramFact(program_id=at.page.pk, name=name),
                sources=sources,
            )
            for name in PROGRAM_FACTS
        ]
        if data is not None and all(form.is_valid() for form in forms if form.has_changed()):
            count = writing.change_facts(at.page, forms, by=request.user)  # type: ignore[arg-type]
            messages.success(request, f"Saved. Changed: {count}. The public sees it from now on.")
            return HttpResponseRedirect(request.path)
        status = 422 if data is not None else 200
        return self.page(request, "facts", at, forms=forms, status=status)

    def pictures_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The pictures of a page, and one more."""
        at = self._opened(request, pk)
        if isinstance(at, HttpResponse):
            return at
        form = pictures.PictureForm()
        if data := self._sent(request):
            if "drop" in data:
                pictures.drop(at.page, data["drop"], by=request.user)  # type: ignore[arg-type]
                return HttpResponseRedirect(request.path)
            form = pictures.PictureForm(data, request.FILES)
            if form.is_valid():
                pictures.keep(at.page, form, by=request.user)  # type: ignore[arg-type]
                messages.success(request, "The picture is kept, read anew and without its file's own notes.")
                return HttpResponseRedirect(request.path)
        found = at.page.pictures.order_by("pk")
        return self.page(
            request, "pictures", at, form=form, pictures=found, status=422 if form.errors else 200
        )

    def _sent(self, request: HttpRequest) -> Any:
        """Return what was sent by somebody who may change what the public sees at once; None for a visit."""
        if request.method != "POST":
            return None
        if not may(request, *rights.PUBLISH):
            raise PermissionDenied
        return request.POST
