"""One form for every screen: its fields are made from the questions of that screen."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from screening.engine.answers import NONE, AnswerError, Chosen, Readings
from screening.engine.spec import NOT_SURE, RATHER_NOT_SAY, Page, Protocol, Question

# Which screen a form belongs to; in the body, never in the address.
SCREEN = "screen"
OR = "or"

UNKNOWN_LABELS = {
    NOT_SURE: _("I am not sure"),
    RATHER_NOT_SAY: _("I would rather not say"),
}


def choices_of(question: Question, language: str, voice: str) -> list[tuple[str, Any]]:
    """Return the choices as groups: the answers, then, after "or", the ways out."""
    answers: list[tuple[str, Any]] = []
    ways_out: list[tuple[str, Any]] = []
    for choice in question.choices:
        alone = choice.unknown or (question.kind == "many" and choice.key == NONE)
        group = ways_out if alone else answers
        group.append((choice.key, choice.text.read(language, voice)))
    if question.allow_unknown:
        ways_out += list(UNKNOWN_LABELS.items())
    return [("", answers), (OR, ways_out)] if ways_out else [("", answers)]


class QuestionForm(forms.Form):
    """The questions of one screen. `chosen()` gives the checked answers."""

    def __init__(
        self,
        protocol: Protocol,
        questions: tuple[str, ...],
        *,
        language: str,
        voice: str,
        answers: dict[str, Chosen] | None = None,
        data: Any = None,
        heading: bool = True,
    ) -> None:
        super().__init__(data=data, label_suffix="")
        self.questions = [protocol.question(key) for key in questions]
        page = self._page(protocol)
        self.stem = page.heading.read(language, voice) if page else ""
        self.credit = page.credit.read(language, voice) if page and page.credit else ""
        self.helper = FormHelper()
        self.helper.attrs = {"novalidate": True}
        for question in self.questions:
            field = _field(question, language, voice)
            field.heading = heading and page is None  # type: ignore[attr-defined]  # read by the template pack
            given = (answers or {}).get(question.key, ())
            field.initial = list(given) if question.kind == "many" else (given or ("",))[0]
            self.fields[question.key] = field
        self.fields[SCREEN] = forms.CharField(widget=forms.HiddenInput, required=False, initial=questions[0])

    def _page(self, protocol: Protocol) -> Page | None:
        key = self.questions[0].page
        return next((page for page in protocol.pages if page.key == key), None) if key else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for question in self.questions:
            value = cleaned.get(question.key)
            if question.key in self.errors or not value:
                continue
            try:
                raw = value[0] if len(value) == 1 and question.kind == "many" else value
                cleaned[question.key] = Readings(question).parse(raw)
            except AnswerError:
                # The choices are known by now, so it is a way out ticked beside an answer.
                self.add_error(question.key, _("Choose what fits, or one of the last choices alone."))
        return cleaned

    def chosen(self) -> dict[str, Chosen]:
        """Return the answers of a valid form, checked by the engine's own door."""
        return {question.key: self.cleaned_data[question.key] for question in self.questions}


def _field(question: Question, language: str, voice: str) -> forms.Field:
    missing = _("Choose an answer. You can pick “I would rather not say”.")
    if not question.allow_unknown:
        missing = _("Choose an answer.")
    shared: dict[str, Any] = {
        "label": question.text.read(language, voice),
        "help_text": question.hint.read(language, voice) if question.hint else "",
        "choices": choices_of(question, language, voice),
        "error_messages": {
            "required": missing,
            "invalid_choice": _("That choice is not on this page. Please choose again."),
            "invalid_list": _("That choice is not on this page. Please choose again."),
        },
    }
    if question.kind == "many":
        return forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, **shared)
    return forms.ChoiceField(widget=forms.RadioSelect, **shared)
