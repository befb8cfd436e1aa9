"""The form of a page: one box for each field, in each language, and nothing else an editor could break.

Rich text is typed in an editor limited to what the sanitizer keeps. Without a script the box is a plain text area
that takes HTML, which is cleaned all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django_prose_editor.widgets import ProseEditorWidget
from js_asset import Media

from programs import rich_text
from programs.layout import FIELDS, LANGUAGES, Field
from programs.models import WorkingCopy
from programs.services import Content

NAMES = {"en": "English", "es": "Spanish"}
# What the editor offers: the tags that rich_text.TAGS keeps, no more.
EXTENSIONS: dict[str, Any] = {
    "Bold": True,
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Blockquote": True,
    "HardBreak": True,
    "NoSpellCheck": False,  # the browser may mark what is misspelt
    "Heading": {"levels": [3]},
    "Link": {"enableTarget": False, "protocols": sorted(rich_text.SCHEMES - {"http", "https"})},
}
# Styles that the editor writes into the page when it starts (its version is locked; a browser test counts refusals).
EDITOR_STYLE = "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"
MOST_REVISIONS = 2**31 - 1
# The editor puts every item of a list into a paragraph; nobody typed one.
LONE_PARAGRAPH = re.compile(r"<li>\s*<p>((?:(?!</?(?:p|li|ul|ol)\b).)*)</p>\s*(?=</li>|<ul>|<ol>)", re.DOTALL)
EMPTY_BLOCK = re.compile(r"<(p|h3|blockquote|li|ul|ol)>(?:\s|&nbsp;|<br>)*</\1>")


def tidy(typed: str) -> str:
    """Return what somebody typed as it is kept: allowed tags alone, without the editor's own wrappings."""
    text = rich_text.clean(typed)
    while (shorter := EMPTY_BLOCK.sub("", text)) != text:
        text = shorter
    return LONE_PARAGRAPH.sub(r"<li>\1", text).strip()


class RichField(forms.CharField):
    """Rich text: cleaned before anything else looks at it."""

    def __init__(self, **options: Any) -> None:
        widget = ProseEditorWidget(
            config={"extensions": EXTENSIONS},
            preset="configurable",
            attrs={"rows": 6, **options.pop("attrs")},
        )
        self.most = options.pop("most")
        super().__init__(widget=widget, **options)

    def clean(self, value: Any) -> str:
        text = tidy(str(super().clean(value)))
        if len(text) > self.most:
            raise forms.ValidationError(
                f"This is {len(text):,} characters long; the box takes {self.most:,}."
            )
        return text


def box(field: Field, language: str) -> forms.Field:
    """Return the form field for one box. A draft may be unfinished, so none is required."""
    label = f"{field.label} ({NAMES[language]})"
    attrs = {"lang": language}
    if field.kind == "rich":
        return RichField(label=label, required=False, attrs=attrs, most=field.most)
    text = field.kind == "text"
    widget = forms.Textarea(attrs={**attrs, "rows": 3}) if text else forms.TextInput(attrs=attrs)
    return forms.CharField(label=label, required=False, max_length=field.most, widget=widget)


@dataclass(frozen=True, slots=True)
class Box:
    """One box of the form, as the page shows it."""

    language: str
    name: str
    key: str
    most: int
    bound: BoundField


@dataclass(frozen=True, slots=True)
class Row:
    """A field of the page, with its box in each language."""

    key: str
    label: str | Promise
    optional: bool
    boxes: tuple[Box, ...]

    @property
    def started(self) -> bool:
        """Whether there is anything in it; an optional row that is empty is folded away."""
        return any(box.bound.value() or box.bound.errors for box in self.boxes)


class WordsForm(forms.Form):
    """All words of a page. `base` is the revision that the editor started from."""

    base = forms.IntegerField(min_value=0, max_value=MOST_REVISIONS, widget=forms.HiddenInput)
    note = forms.CharField(
        label="What changes, and why",
        required=False,
        max_length=500,
        help_text="A few words for whoever reads the history. It must be there before the page goes to review.",
    )
    take_over = forms.BooleanField(required=False, widget=forms.HiddenInput)
    # Which opened page this is, for what it keeps while somebody types (copies.py).
    opened = forms.CharField(required=False, max_length=24, widget=forms.HiddenInput)

    def __init__(
        self,
        kind: str,
        data: Any = None,
        *,
        content: Content | None = None,
        base: int = 0,
        note: str = "",
        opened: str = "",
    ) -> None:
        super().__init__(data, label_suffix="", initial={"base": base, "note": note, "opened": opened})
        self.kind = kind
        content = content or {}
        for field in FIELDS[kind]:
            for language in LANGUAGES:
                name = f"{language}-{field.key}"
                self.fields[name] = box(field, language)
                self.initial[name] = content.get(language, {}).get(field.key, "")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("take_over") and not cleaned.get("note", "").strip():
            self.add_error("note", "Say why yours goes in place of what they wrote.")
        return cleaned

    def rows(self) -> Iterator[Row]:
        """Yield the boxes in the order of the page."""
        for field in FIELDS[self.kind]:
            boxes = tuple(
                Box(language, NAMES[language], field.key, field.most, self[f"{language}-{field.key}"])
                for language in LANGUAGES
            )
            yield Row(field.key, field.label, not field.required, boxes)

    def content(self) -> Content:
        """Return what was typed, of the boxes that are well-formed; what is not stays on the page with its error."""
        return {
            language: {
                field.key: self.cleaned_data.get(f"{language}-{field.key}", "") for field in FIELDS[self.kind]
            }
            for language in LANGUAGES
        }

    def start_from(self, newest: int) -> None:
        """Let the next save of what was typed go on top of a revision that came since, knowingly."""
        self.data = {**dict(self.data.items()), "base": str(newest), "take_over": "1"}

    @classmethod
    def taken_back(cls, kind: str, copy: WorkingCopy) -> WordsForm:
        """Return the form with what somebody typed and did not save."""
        given = {"base": copy.base, "note": copy.note, "opened": copy.opened}
        for language, texts in copy.content.items():
            given |= {f"{language}-{key}": text for key, text in texts.items()}
        form = cls(kind, given)
        form.full_clean()
        return form

    def scripts(self, nonce: str) -> Media:
        """Return the editor's scripts, allowed to run on this page. Without the nonce it saves empty texts."""
        return Media.from_media(self.media).with_nonce(nonce)
