"""The shape of a form on a page: blocks of fields, inside each other, with buttons that move parts about."""

from __future__ import annotations

from dataclasses import dataclass, field

from django import forms
from django.forms.boundfield import BoundField


@dataclass(frozen=True, slots=True)
class Op:
    """A button that changes the parts of a form without saving it."""

    label: str
    value: str


@dataclass
class Block:
    """A stretch of a form. `facts` are read only; `bound` are its fields once there is a form."""

    title: str
    help: str = ""
    kind: str = ""
    fields: list[str] = field(default_factory=list)
    facts: list[tuple[str, str]] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    ops: list[Op] = field(default_factory=list)
    bound: list[BoundField] = field(default_factory=list)

    def bind(self, form: forms.Form) -> None:
        """Give each block its fields of this form."""
        self.bound = [form[name] for name in self.fields]
        for block in self.blocks:
            block.bind(form)

    @property
    def kinds(self) -> list[str]:
        return self.kind.split()

    @property
    def has_errors(self) -> bool:
        return any(f.errors for f in self.bound) or any(block.has_errors for block in self.blocks)


def join(path: str, name: str) -> str:
    """Return the address of something inside what stands at `path`."""
    return f"{path}.{name}" if path else name
