"""The small forms around a page: steps of its life, its details, its typed facts."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from programs.gathering import GROUPS
from programs.layout import PROGRAM_FACTS
from programs.models import Kind, Page, ProgramFact, Source
from programs.shelf import DOORS, FAMILY, HUB, OVERVIEW, SITE

YEARS_AHEAD = 2
# The groups that pages stand in. Those of questions have their headings where the public page has them.
GUIDE_PLACES = (FAMILY, "paying", "work", "privacy", "choosing", "programs", SITE)
PLACES: dict[str, list[tuple[str, str]]] = {
    Kind.GUIDE: [(one, one.capitalize()) for one in GUIDE_PLACES],
    Kind.QUESTION: [(one, one.replace("_", " ").capitalize()) for one in GROUPS],
}
NO_PLACE = [("", "—")]


class DateInput(forms.DateInput):
    """The browser's own date picker; a plain box where it has none."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


REASON_LABEL = "Why it goes on in spite of the checks"


class NoteForm(forms.Form):
    """What changes. `reason` is for a publisher who goes past a check."""

    note = forms.CharField(
        label="What changes, and why",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say in a sentence what changes, and why."},
    )
    reason = forms.CharField(label=REASON_LABEL, max_length=500, required=False)


class WhyForm(forms.Form):
    """Why. There is no step without a reason."""

    note = forms.CharField(
        label="Why",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say why in a sentence."},
    )


class OptionalNoteForm(forms.Form):
    """A step that needs no reason may still have one."""

    note = forms.CharField(label="A note, if you like", max_length=500, required=False)
    reason = forms.CharField(label=REASON_LABEL, max_length=500, required=False)


class MomentField(forms.DateTimeField):
    """A time to come, in the time zone of the site."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, **options)

    def validate(self, value: Any) -> None:
        super().validate(value)
        now = timezone.now()
        # The year first: a time at the edge of the calendar can not be counted in another zone.
        if value and (not now.year <= value.year <= now.year + YEARS_AHEAD or value <= now):
            raise forms.ValidationError(f"Choose a time to come, at most {YEARS_AHEAD} years away.")


class ScheduleForm(OptionalNoteForm):
    """When to publish, and perhaps when the page ends."""

    at = MomentField(label="Date and time")
    ends = MomentField(label="The page ends at, if it does", required=False)
    field_order = ("at", "ends", "note", "reason")


class ArchiveForm(WhyForm):
    """Why a page goes; and why all the same, when others need it."""

    reason = forms.CharField(label="Why it goes although it is needed", max_length=500, required=False)


class EndForm(ArchiveForm):
    """When a page leaves the site by itself."""

    at = MomentField(label="The page ends at")
    field_order = ("at", "note", "reason")


class ReviewForm(forms.Form):
    """A named clinician has read the live words."""

    reviewer = forms.CharField(
        label="Name and licence", max_length=120, help_text="As the public reads it: Ana Ruiz, LCSW."
    )
    on = forms.DateField(label="Read on", widget=DateInput())
    again = forms.DateField(label="Read again by", widget=DateInput())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        on, again = cleaned.get("on"), cleaned.get("again")
        if on and on > timezone.localdate():
            self.add_error("on", "This day is still to come.")
        if on and again and again <= on:
            self.add_error("again", "The next review is after this one.")
        return cleaned


def not_yet_to_come(form: forms.ModelForm[Any]) -> None:
    """Refuse a day of looking up that is still to come: it would put off the next one by as much."""
    day = form.cleaned_data.get("checked")
    if day and day > timezone.localdate() and "checked" in form.changed_data:
        form.add_error("checked", "This day is still to come.")


def _order() -> forms.IntegerField:
    return forms.IntegerField(
        label="Order", min_value=0, max_value=32_767, initial=100, help_text="Smaller numbers come first."
    )


def _has_slug(page: Page) -> bool:
    """Tell whether the last part of a page's address is its own: some have theirs in code, some have none."""
    if page.kind == Kind.GUIDE:
        return page.key not in (*DOORS, OVERVIEW, HUB)
    return page.kind == Kind.PROGRAM


class DetailsForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's takes none at run time
    """Where a page stands and what it rests on. It shows at once, so it is for publishers."""

    class Meta:
        model = Page
        fields: tuple[str, ...] = ("place", "order", "slug_en", "slug_es", "offered", "owner", "sources")
        widgets: ClassVar = {"sources": forms.CheckboxSelectMultiple}
        help_texts: ClassVar = {
            "slug_en": "The last part of the address. Links inside the guide follow; links from elsewhere break.",
            "offered": "This center offers it.",
            "owner": "Who is asked when the page is due for review.",
        }

    def __init__(self, data: Any = None, *, instance: Page) -> None:
        super().__init__(data, instance=instance, label_suffix="")
        kind = instance.kind
        self.fields["place"] = forms.ChoiceField(
            label="Group", choices=PLACES.get(kind, NO_PLACE), required=False
        )
        self.fields["order"] = _order()
        self.fields["sources"].queryset = Source.objects.all()  # type: ignore[attr-defined]
        self.fields["owner"].queryset = self.fields["owner"].queryset.filter(is_staff=True)  # type: ignore[attr-defined]
        if not _has_slug(instance):
            del self.fields["slug_en"], self.fields["slug_es"]
        if kind != Kind.PROGRAM:
            del self.fields["offered"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        others = Page.objects.filter(kind=self.instance.kind).exclude(pk=self.instance.pk)
        for name in ("slug_en", "slug_es"):
            slug = cleaned.get(name)
            if slug and others.filter(**{name: slug}).exists():
                self.add_error(name, "Another page has this address.")
            if name in self.fields and not slug and name not in self.errors:
                self.add_error(name, "A page needs an address in each language.")
        return cleaned


KEY_HELP = "Small letters, digits and underscores. Links name the page by it; it never changes."


class AddForm(DetailsForm):
    """A new page. Its key can not be changed later."""

    class Meta(DetailsForm.Meta):
        fields = ("key", "place", "order", "slug_en", "slug_es")

    def __init__(self, data: Any = None, *, instance: Page) -> None:
        forms.ModelForm.__init__(self, data, instance=instance, label_suffix="")
        self.fields["key"] = forms.RegexField(
            r"^[a-z][a-z0-9_]{1,59}$", label="Key", max_length=60, help_text=KEY_HELP
        )
        self.fields["place"] = forms.ChoiceField(
            label="Group", choices=PLACES.get(instance.kind, NO_PLACE), required=False
        )
        self.fields["order"] = _order()
        if not _has_slug(instance):
            del self.fields["slug_en"], self.fields["slug_es"]

    def clean_key(self) -> str:
        key = str(self.cleaned_data["key"])
        # A link names a page by its key alone, whatever its kind.
        if Page.objects.filter(key=key).exists():
            raise forms.ValidationError("Another page has this key.")
        return key


class TypedFactForm(forms.ModelForm):  # type: ignore[type-arg]  # as above
    """One typed fact of a kind of care, in both languages, with where it comes from."""

    class Meta:
        model = ProgramFact
        fields = ("en", "es", "source", "checked", "next_check")
        widgets: ClassVar = {"checked": DateInput(), "next_check": DateInput()}

    def __init__(self, data: Any = None, *, name: str, instance: ProgramFact, sources: list[Any]) -> None:
        super().__init__(data, prefix=name, instance=instance, label_suffix="")
        self.name, self.label = name, PROGRAM_FACTS[name]
        # Read once for all rows of the page.
        self.fields["source"].choices = sources  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        not_yet_to_come(self)
        checked, again = cleaned.get("checked"), cleaned.get("next_check")
        if checked and again and again <= checked:
            self.add_error("next_check", "After the day it was checked.")
        return cleaned
