"""The forms of a draft: one for any row of the protocol, made from the row itself, and a few small ones."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core import signing

from screening.engine.document import to_document
from screening.engine.places import Fault
from screening.engine.spec import Protocol
from screening.engine.structure import PLACEHOLDER
from screening.revisions import documents, rows
from screening.revisions.layout import Layout
from screening.revisions.models import ProtocolRevision
from screening.revisions.reading import read
from screening.revisions.rearranging import rearrange

SALT = "revisions.row"
SHAPE = "shape"
NEW_KEY = r"^[a-z][a-z0-9_]{2,60}$"


class NotThisForm(ValueError):
    """What was sent is not a form this site drew."""


class RowForm(forms.Form):
    """One row of a draft. `shape` carries the parts the form was drawn with, sealed against changes."""

    def __init__(self, protocol: Protocol, address: str, row: Any, opened: str, data: Any = None) -> None:
        super().__init__(data, label_suffix="")
        self.protocol, self.address, self.drawn = protocol, address, row
        self.layout = Layout(protocol, rows.split(address)[0])
        self.block = self.layout.whole(row)
        self.fields.update(self.layout.fields)
        self.initial.update(self.layout.initial)
        self.block.bind(self)
        self.opened = opened

    @classmethod
    def sent(cls, protocol: Protocol, address: str, data: Any) -> RowForm:
        """Return the form as it was sent, with the parts it had then. Raises NotThisForm."""
        try:
            sealed = signing.loads(data.get(SHAPE, ""), salt=SALT, max_age=24 * 60 * 60)
            if sealed["at"] != address:
                raise NotThisForm(address)
            row = documents.row_from(protocol, address, sealed["row"])
        except (signing.BadSignature, ValueError, KeyError) as error:
            raise NotThisForm(address) from error
        return cls(protocol, address, row, sealed["opened"], data)

    @property
    def shape(self) -> str:
        sealed = {"at": self.address, "row": to_document(self.drawn), "opened": self.opened}
        return signing.dumps(sealed, salt=SALT, compress=True)

    def rearranged(self, op: str) -> RowForm:
        """Return this form, valid as it is, after one of the moves it offered; nothing is saved."""
        if op not in self.layout.ops:
            raise NotThisForm(op)
        row = rearrange(self.protocol, self.row(), op)
        return type(self)(self.protocol, self.address, row, self.opened)

    def row(self) -> Any:
        """Return the row that a valid form describes."""
        return read(self.drawn, self.cleaned_data)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in [n for n in self.fields if n == "en" or n.endswith(".en")]:
            self._check_text(name.removesuffix("en"), cleaned)
        for name in [n for n in self.fields if n.endswith("count")]:
            domains = cleaned.get(f"{name.removesuffix('count')}domains", [])
            if domains and (cleaned.get(name) or 0) > len(domains):
                self.add_error(name, "More than the domains that are ticked: nobody could reach it.")
        return cleaned

    def blame(self, faults: Iterable[Fault], protocol: Protocol) -> None:
        """Put each fault at the field it stands in, or above the form when it stands elsewhere."""
        for fault in faults:
            inner = rows.inside(protocol, self.address, fault.place)
            near = [name for name in self.fields if inner and (name == inner or name.startswith(f"{inner}."))]
            sentence = f"{fault.sentence[:1].upper()}{fault.sentence[1:]}."
            self.add_error(near[0] if near else None, sentence)

    def _check_text(self, path: str, cleaned: dict[str, Any]) -> None:
        en, es, en_them, es_them = (cleaned.get(path + v, "") for v in ("en", "es", "en_them", "es_them"))
        if bool(en) != bool(es) and not self.errors.keys() & {f"{path}en", f"{path}es"}:
            self.add_error(f"{path}es" if en else f"{path}en", "Fill in both languages, or neither.")
        if bool(en_them) != bool(es_them):
            self.add_error(
                f"{path}es_them" if en_them else f"{path}en_them", "Fill in both languages, or neither."
            )
        for voice, words in (("es", es), ("en_them", en_them), ("es_them", es_them)):
            if words and set(PLACEHOLDER.findall(words)) != set(PLACEHOLDER.findall(en)):
                self.add_error(path + voice, "Names in {curly brackets} must be the same as in English.")


class StartForm(forms.Form):
    """A new draft: what it is called."""

    version = forms.CharField(
        max_length=20,
        validators=ProtocolRevision._meta.get_field("version").validators,
        help_text="The year, a dot and the next number, like 2026.2. It can not be changed later.",
    )

    def clean_version(self) -> str:
        from screening.revisions.registry import known_versions

        version = str(self.cleaned_data["version"])
        if version in known_versions():
            raise forms.ValidationError("There is a version with this name already.")
        return version


class NoteForm(forms.Form):
    """What changes and why: the sentence that a reviewer reads first."""

    change_note = forms.CharField(
        label="What changes, and why",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="For the person who approves, for whoever asks in five years, and for everybody: it stands on the public page.",
    )


class RecallForm(forms.Form):
    """Why the live version must go at once."""

    reason = forms.CharField(
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Open checks are read again with the version before it, and their pages say so.",
    )


class NewRowForm(forms.Form):
    """A new row starts as a copy of one that is there."""

    like = forms.ChoiceField(label="Start from")
    key = forms.RegexField(
        NEW_KEY,
        max_length=60,
        label="Key",
        help_text="Small letters, digits and underscores, like iop6_new_reason. It can not be changed later.",
    )

    def __init__(self, protocol: Protocol, table: str, data: Any = None) -> None:
        super().__init__(data, label_suffix="")
        self.protocol, self.table = protocol, table
        choices = [(row.key, rows.title(row)[:90]) for row in getattr(protocol, table)]
        self.fields["like"] = forms.ChoiceField(label="Start from", choices=choices)

    def clean_key(self) -> str:
        key = str(self.cleaned_data["key"])
        taken = {
            row.key for table in rows.TABLES if rows.is_keyed(table) for row in getattr(self.protocol, table)
        }
        if key in taken:
            raise forms.ValidationError("Something has this key already.")
        return key
