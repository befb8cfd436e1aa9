"""The page of a fact in the staff area: its form, the change that waits for a second person, and what became of others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from programs import fact_changes
from programs.editing import rights, usage
from programs.editing.forms import WhyForm, not_yet_to_come
from programs.editing.rights import may
from programs.models import Fact, FactChange, Source
from programs.models.fact_changes import WORDS
from programs.services import NotPossible

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin

    Base = ModelAdmin[Fact]
else:
    Base = object

NAMES = {
    "kind": "Kind", "label_en": "What it is (English)", "label_es": "What it is (Spanish)", "en": "Value in English",
    "es": "Value in Spanish", "dial": "Digits to dial", "source_id": "Source",
}  # fmt: skip
CHANGES_SHOWN = 50


class FactForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's takes none at run time
    """A fact, and why it changes."""

    why = forms.CharField(
        label="Why it changes",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "cols": 60}),
        help_text="Needed for phone lines, law, hours and numbers: somebody else reads it before they confirm.",
    )

    class Meta:
        model = Fact
        fields: ClassVar = (
            "key",
            "kind",
            "label_en",
            "label_es",
            "en",
            "es",
            "dial",
            "source",
            *fact_changes.DATES,
        )

    def said(self) -> dict[str, Any]:
        """What the fact shall say, by the names of its columns."""
        data = {
            name: self.cleaned_data[name]
            for name in (*WORDS, *fact_changes.DATES)
            if name in self.cleaned_data
        }
        if "source" in self.cleaned_data:
            source = self.cleaned_data["source"]
            data["source_id"] = source.pk if source else None
        return data

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        checked, again = cleaned.get("checked"), cleaned.get("next_check")
        not_yet_to_come(self)
        if checked and again and again <= checked:
            self.add_error("next_check", "After the day it was checked.")
        if self.errors:
            return cleaned
        if self.instance.pk is None:
            if cleaned.get("key") and usage.uses(cleaned["key"]):
                self.add_error(
                    "key", "Pages name this already, so its value would show before anybody else saw it."
                )
            return cleaned
        stored = Fact.objects.get(pk=self.instance.pk)
        if fact_changes.takes_two(stored, self.said()) and not cleaned.get("why", "").strip():
            self.add_error("why", "Say why, in a sentence. Whoever confirms it reads it.")
        return cleaned


@dataclass(frozen=True, slots=True)
class Word:
    """One thing that a change makes different."""

    name: str
    was: str
    now: str


def words(change: FactChange, sources: dict[Any, str]) -> list[Word]:
    """Return what a change makes different, for people."""

    def said(name: str, value: Any) -> str:
        if name == "source_id":
            return sources.get(value, "") or "—"
        return dict(Fact.Sort.choices).get(value, value) if name == "kind" else str(value or "—")

    return [
        Word(label, said(name, change.before.get(name)), said(name, getattr(change, name)))
        for name, label in NAMES.items()
        if change.before.get(name) != getattr(change, name)
    ]


class DecisionForm(forms.Form):
    """A word with the decision, if one likes."""

    note = forms.CharField(label="A note, if you like", max_length=500, required=False)


# What is pressed: the form it asks for, what does it, and what is said afterwards.
DECISIONS: dict[str, tuple[type[forms.Form], Callable[..., None], str]] = {
    "confirm": (DecisionForm, fact_changes.confirm, "Confirmed. The public reads it from now on."),
    "refuse": (WhyForm, fact_changes.refuse, "Refused. The fact stays as it is."),
    "withdraw": (DecisionForm, fact_changes.withdraw, "Withdrawn. The fact stays as it is."),
}


class FactPages(Base):
    """What the admin of facts adds to Django's own page."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.decide_view)
        place = "<int:pk>/changes/<int:number>/<slug:what>/"
        return [path(place, view, name="programs_fact_decide_change"), *super().get_urls()]

    def about(self, request: HttpRequest, fact: Fact) -> dict[str, Any]:
        """Everything that stands around the form of a fact: its uses, what waits, and what became of other changes."""
        waiting = fact.waiting
        past = fact.changes.exclude(state=FactChange.State.WAITING)
        past = past.select_related("proposed_by", "decided_by")[:CHANGES_SHOWN]
        sources = {source.pk: str(source) for source in Source.objects.all()} if waiting or past else {}
        mine = waiting is not None and waiting.proposed_by_id == request.user.pk
        offered = (
            ()
            if not (waiting and may(request, *rights.PUBLISH))
            else ("withdraw",)
            if mine
            else ("confirm", "refuse")
        )
        return {
            "fact": fact,
            "uses": usage.uses(fact.key),
            "waiting": waiting,
            "waiting_words": words(waiting, sources) if waiting else [],
            "mine": mine,
            "decisions": [
                (name, DECISIONS[name][0](auto_id=f"{name}-%s", label_suffix="")) for name in offered
            ],
            "past": [(one, words(one, sources)) for one in past],
        }

    def decide_view(self, request: HttpRequest, pk: int, number: int, what: str) -> HttpResponse:
        """Confirm, refuse or withdraw the change that waits."""
        if not may(request, *rights.PUBLISH):
            raise PermissionDenied
        most = 2**63 - 1
        waiting = (
            FactChange.objects.filter(pk=min(number, most), fact=min(pk, most)).select_related("fact").first()
        )
        if request.method != "POST":
            return HttpResponseRedirect(reverse("admin:programs_fact_change", args=(pk,)))
        if waiting is None or what not in DECISIONS:
            raise Http404
        kind, decide, done = DECISIONS[what]
        form = kind(request.POST, auto_id=f"{what}-%s", label_suffix="")
        if form.is_valid():
            try:
                decide(waiting, by=request.user, note=form.cleaned_data["note"])
            except NotPossible as refused:
                form.add_error(None, str(refused))
            else:
                messages.success(request, done)
                return HttpResponseRedirect(reverse("admin:programs_fact_change", args=(pk,)))
        context = {
            **self.admin_site.each_context(request), "opts": self.opts, "title": str(waiting.fact),
            **self.about(request, waiting.fact), "decisions": [(what, form)], "refused": True, "asked": waiting,
        }  # fmt: skip
        return TemplateResponse(request, "admin/guide/decide.html", context, status=422)
