"""Every component with all its states on one page, for the people who build it. Exists only while DEBUG is on.

The page shows the real templates with made-up values, so a component cannot look otherwise here than on the site.
"""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from screening import present
from screening.engine.spec import LADDER, Question
from screening.forms import SCREEN, QuestionForm
from screening.present import PartHeard, Row
from screening.protocol import LIVE

ADDRESS = "components/"


class EveryField(forms.Form):
    """The kinds of field that questions do not use: what is typed, chosen from a list, and one box to tick."""

    name = forms.CharField(label="Name to use", help_text="Any name is fine", required=False)
    phone = forms.CharField(
        label="Phone", widget=forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"})
    )
    language = forms.ChoiceField(label="Language", choices=[("en", "English"), ("es", "Español")])
    note = forms.CharField(label="Note", widget=forms.Textarea, max_length=300, required=False)
    agree = forms.BooleanField(label="Send my answers with this request", help_text="You can leave this open")

    def __init__(self, data: dict[str, str] | None = None) -> None:
        super().__init__(data, auto_id="typed_%s", label_suffix="")
        self.helper = FormHelper()


def _question(questions: tuple[str, ...], state: str, language: str) -> QuestionForm:
    """One screen as first seen, as answered before, or as sent back: ids differ, since all stand on one page."""
    first = LIVE.question(questions[0])
    form = QuestionForm(
        LIVE,
        questions,
        language=language,
        voice="me",
        answers=_answers(questions) if state == "answered" else None,
        data={SCREEN: first.key} if state == "refused" else None,
        heading=False,
    )
    form.auto_id = f"{first.key}_{state}_%s"
    form.helper.form_tag = False
    return form


def _answers(questions: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    return {key: LIVE.question(key).choice_keys[:2][-1:] for key in questions}


def _kinds() -> dict[str, tuple[str, ...]]:
    """A question of each kind: one answer, many answers, several questions on one screen."""

    def first(kind: str) -> Question:
        return next(q for q in LIVE.questions if q.kind == kind and q.hint and not q.page)

    page = LIVE.pages[0].key
    rows = tuple(q.key for q in LIVE.questions if q.page == page)
    return {"One answer": (first("one").key,), "Many answers": (first("many").key,), "Several in one": rows}


def _result(language: str) -> dict[str, Any]:
    """The pieces of a result that have a template of their own."""
    care = next(care for care in LIVE.care if care.key == LADDER[1])
    note = LIVE.notes[0]
    facts = [{"label": f.label.read(language), "value": f.value.read(language)} for f in care.facts]
    change = {"said": [text.read(language) for text in note.paragraphs[:1]], "care": care.name.read(language)}
    return {
        "care": {"name": care.name.read(language), "line": care.line.read(language), "facts": facts},
        "note": {
            "title": note.title.read(language),
            "paragraphs": [text.read(language) for text in note.paragraphs],
        },
        "change": change,
        "ladder": [{"name": c.name.read(language), "here": c is care} for c in LIVE.care if c.key in LADDER],
        "steps": [{"title": s.title.read(language), "text": s.text.read(language)} for s in care.next_steps],
        "words": [
            {
                "title": d.title.read(language),
                "word": w.word.read(language),
                "sentence": w.sentence.read(language),
            }
            for d in LIVE.domains
            if d.told
            for w in d.words[:1]
        ],
        "phone_words": [text.read(language) for text in LIVE.phone_words],
    }


def _heard(language: str) -> list[PartHeard]:
    """One answer, many, a way out, and a row that cannot be changed."""
    asked = [question for question in LIVE.questions if question.part == LIVE.parts[0].key]
    texts = [[choice.text.read(language) for choice in question.choices] for question in asked]
    shown = [texts[0][:1], texts[1], texts[2][-1:], texts[3][:1]]
    rows = [
        Row(question.text.read(language), said, "" if number == 3 else "#heard", skipped=number == 2)
        for number, (question, said) in enumerate(zip(asked, shown, strict=False))
    ]
    return [PartHeard(LIVE.parts[0].title.read(language), rows)]


# An offer and its week: a block of each kind, as programs/week_picture.py would place them.
TRACK: dict[str, Any] = {
    "name": "Evening program",
    "times": ["Monday and Wednesday, 6 pm to 9 pm"],
    "details": ["In person", "9 hours a week"],
    "picture": {
        "width": 336,
        "height": 150,
        "left": 48,
        "blocks": [
            {"kind": "free", "x": 52, "y": 30, "width": 60, "height": 100},
            {"kind": "meets", "x": 56, "y": 40, "width": 52, "height": 30},
            {"kind": "clash", "x": 146, "y": 70, "width": 52, "height": 30},
        ],
        "hours": [{"x": 40, "y": 40, "text": "6 pm"}, {"x": 40, "y": 100, "text": "9 pm"}],
        "days": [{"x": 82, "y": 18, "text": "M"}, {"x": 172, "y": 18, "text": "W"}],
    },
}


def _drawings() -> list[dict[str, str]]:
    """Every drawing there is, beside the others: one that does not belong is seen at once."""
    folder = settings.BASE_DIR / "templates" / "components" / "drawings"
    return [
        {"name": path.stem, "of": f"components/drawings/{path.name}"}
        for path in sorted(folder.glob("*.html"))
    ]


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """All of it, in the language of the address."""
    language = present.language()
    states = ("first seen", "answered", "refused")
    context = {
        "questions": [
            {"name": f"{kind}, {state}", "form": _question(keys, state.replace(" ", "_"), language)}
            for kind, keys in _kinds().items()
            for state in states
        ],
        "form": EveryField({}),
        "parts": _heard(language),
        "track": TRACK,
        "keys": {"free_shown": True, "clash_shown": True},
        "buttons": ("", "two", "sos", "sos two"),
        "notes": ("", "ok", "warn", "clay"),
        "cards": ("", "mid", "calm"),
        "drawings": _drawings(),
        **_result(language),
    }
    return render(request, "screening/gallery.html", context)


def addresses(*, debug: bool) -> list[URLPattern]:
    """The page's own address; on a server, where DEBUG is off, none."""
    return [path(ADDRESS, gallery, name="components")] if debug else []
