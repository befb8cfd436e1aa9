"""A row of the protocol laid out as form fields, in blocks a person can read from top to bottom.

Each field is named by where its value stands ("choices.2.text.en"), so that reading a form
back (`reading.py`) and moving parts about (`moves.py`) follow the same addresses.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django import forms

from screening.engine.conditions import Condition
from screening.engine.spec import LADDER, Cap, Protocol, Step, Text
from screening.revisions import condition_fields, vocabulary
from screening.revisions.blocks import Block, Op, join
from screening.revisions.kinds import hints_of, is_optional, parts_of_row
from screening.revisions.rows import LADDERS
from screening.revisions.words import said

LONGEST = 2000
VOICES = (
    ("en", "English, to the person", True),
    ("es", "Spanish, to the person", True),
    ("en_them", "English, to a relative", False),
    ("es_them", "Spanish, to a relative", False),
)


@dataclass
class Layout:
    """The fields and blocks of one row. `ops` are the moves it offers; no other is taken."""

    protocol: Protocol
    table: str
    fields: dict[str, forms.Field] = field(default_factory=dict)
    initial: dict[str, Any] = field(default_factory=dict)
    ops: set[str] = field(default_factory=set)

    def add(self, name: str, form_field: forms.Field, value: Any) -> str:
        self.fields[name] = form_field
        self.initial[name] = value
        return name

    def offer(self, *ops: Op) -> list[Op]:
        self.ops.update(op.value for op in ops)
        return list(ops)

    def whole(self, value: Any) -> Block:
        """Return the block of whatever stands at one address: a row, a text, or sentences."""
        if isinstance(value, Text):
            return self.text(value, "", "Words")
        if isinstance(value, tuple):
            return self.texts(value, "", "Sentences")
        return self.row(value, "")

    def row(self, row: Any, path: str, title: str = "") -> Block:
        """Return the block of a row: its short fields together, everything longer in blocks of its own."""
        block = Block(title)
        short = Block("", kind="short")
        for name, value, kind in parts_of_row(row):
            inner = join(path, name)
            label, help_text = vocabulary.LABELS.get(name, (vocabulary.label(name), ""))
            if kind == "fixed":
                self._fixed(short, name, value)
            elif kind in ("yes", "number", "word"):
                made = self._plain(row, name, value, label, help_text)
                short.fields.append(self.add(inner, made, value))
            else:
                block.blocks.append(self._long(row, name, value, kind, inner))
        first = vocabulary.SHORT_AFTER.get(type(row), 0)
        if short.fields or short.facts:
            block.blocks.insert(first, short)
        return block

    def _long(self, row: Any, name: str, value: Any, kind: str, path: str) -> Block:
        label, help_text = vocabulary.LABELS.get(name, (vocabulary.label(name), ""))
        if kind == "text":
            return self.text(value, path, label, help_text, optional=is_optional(type(row), name))
        if kind == "condition":
            return self._condition(value, path, label)
        if kind == "texts":
            return self.texts(value, path, label)
        if kind == "rows":
            return self._rows(name, value, path, label, help_text)
        if kind == "keys":
            return self._keys(name, value, path, label, help_text)
        return self.row(value, path, label)

    def _fixed(self, block: Block, name: str, value: Any) -> None:
        if value in (None, (), "") or name == "unless":
            return
        shown = said(self.protocol, value) if name == "ask_if" else value
        if isinstance(value, bool):
            shown = "yes" if value else "no"
        names = {
            "key": "Key",
            "ask_if": "Asked when",
            "kind": "Kind of answer",
            "clinical": "May decide care",
            "told": "Told to the person",
            "emergency_at_top": "Band 4 is a danger to life",
            "ordered": "Never lowers anything",
        }
        if name in names:
            block.facts.append((names[name], str(shown)))

    def text(
        self, value: Text | None, path: str, label: str, help_text: str = "", *, optional: bool = False
    ) -> Block:
        """Four boxes: two languages, two voices."""
        absent = value is None and optional
        block = Block(
            f"{label}: none" if absent else label, help_text, kind="text fold" if absent else "text"
        )
        for name, words, needed in VOICES:
            written = getattr(value, name) if value else ""
            made = forms.CharField(
                label=words,
                required=needed and not optional,
                max_length=LONGEST,
                widget=forms.Textarea(
                    attrs={"rows": max(1, min(6, len(written) // 48 + 1)), "lang": name[:2]}
                ),
            )
            if not needed:
                made.help_text = "Empty: the same words."
            block.fields.append(self.add(join(path, name), made, written))
        return block

    def texts(self, value: tuple[Text, ...], path: str, label: str) -> Block:
        block = Block(label, kind="list")
        for place, one in enumerate(value):
            inner = join(path, str(place))
            part = self.text(one, inner, f"{label.rstrip('s')} {place + 1}")
            part.ops = self.offer(Op("Remove", f"drop:{inner}")) if len(value) > 1 else []
            block.blocks.append(part)
        block.ops = self.offer(Op("Add another", f"text:{path}"))
        return block

    def _rows(self, name: str, value: tuple[Any, ...], path: str, label: str, help_text: str) -> Block:
        block = Block(label, help_text, kind="list")
        for place, one in enumerate(value):
            inner = join(path, str(place))
            number = place if name == "words" else place + 1
            part = self.row(one, inner, f"{vocabulary.NAMES.get(type(one), label.rstrip('s'))} {number}")
            part.kind = "item step" if isinstance(one, Step | Cap) else "item"
            if isinstance(one, Step | Cap):
                part.help = f"Band {one.band} when {said(self.protocol, one.when)}"
            if name not in vocabulary.FIXED_LENGTH:
                part.ops = self.offer(Op("Copy", f"copy:{inner}"), Op("Remove", f"drop:{inner}"))
            block.blocks.append(part)
        if not value:
            block.facts.append(("", "None."))
        return block

    def _keys(self, name: str, value: tuple[str, ...], path: str, label: str, help_text: str) -> Block:
        options: Iterable[tuple[str, str]]
        if name == "sources":
            ranked = sorted(self.protocol.sources, key=lambda s: s.key not in value)
            options = [(s.key, f"{s.citation} ({s.strength})") for s in ranked]
        elif name == "lines":
            options = [(line.key, f"{line.name.en}, {line.number}") for line in self.protocol.help_lines]
        else:
            known = dict.fromkeys((*LADDER, *value))
            options = [(key, vocabulary.outcome(key)) for key in known]
        made = forms.MultipleChoiceField(
            label=label,
            choices=list(options),
            required=name == "sources",
            help_text=help_text,
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": "Tick at least one source."},
        )
        chosen = f"{len(value)} ticked" if value else "none ticked"
        return Block(f"{label}: {chosen}", kind="fold", fields=[self.add(path, made, list(value))])

    def _plain(self, row: Any, name: str, value: Any, label: str, help_text: str) -> forms.Field:
        shared: dict[str, Any] = {"label": label, "help_text": help_text}
        if isinstance(value, bool):
            return forms.BooleanField(required=False, **shared)
        if isinstance(value, int) or name == "if_unknown":
            least, most = vocabulary.BANDS.get((type(row), name), (0, 50))
            return forms.IntegerField(
                min_value=least, max_value=most, required=not is_optional(type(row), name), **shared
            )
        options = self._options(row, name)
        if options is not None:
            return forms.ChoiceField(choices=options, required=("", "none") not in options, **shared)
        long = name in vocabulary.LONG
        widget: Any = forms.Textarea(attrs={"rows": 3}) if long else forms.TextInput
        if name in vocabulary.DIGITS:
            return forms.RegexField(r"^\d*$", required=name == "dial", max_length=15, **shared)
        return forms.CharField(max_length=LONGEST, widget=widget, **shared)

    def _options(self, row: Any, name: str) -> list[tuple[str, str]] | None:
        if name == "outcome":
            return [(key, vocabulary.outcome(key)) for key in LADDERS[self.table]]
        if name in ("danger", "unknown_danger"):
            return [("", "none"), *((d.key, d.text.en) for d in self.protocol.dangers)]
        if name == "line" and not isinstance(getattr(row, name), Text):
            return [("", "none"), *((line.key, line.name.en) for line in self.protocol.help_lines)]
        literal = getattr(hints_of(type(row))[name], "__args__", ())
        return [(str(key), str(key)) for key in literal] if name == "strength" else None

    def _condition(self, value: Condition, path: str, label: str) -> Block:
        block = condition_fields.block(self, value, path, root=True)
        return Block(label, kind="condition", blocks=[block])
