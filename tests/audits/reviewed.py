"""What the checkers say that is left as it is, each with its reason. An entry that nothing needs any more fails."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from tests.audits.pages import Page, Shelf

# html-validate's rules of taste, set as this project writes.
TASTE: dict[str, Any] = {
    "doctype-style": ["error", {"style": "lowercase"}],
    # The space it finds stands between "Call" and the number; numbers are written with hyphens that do not break.
    "tel-non-breaking": "off",
    # The boxes of one question share a name, as Django reads them.
    "form-dup-name": ["error", {"shared": ["radio", "checkbox", "button", "submit", "reset"]}],
}
# Rules that the frame of Django's admin breaks on every page, around ours: its own doctype, buttons and menu.
FRAME: dict[str, Any] = {
    "doctype-style": "off",
    "no-trailing-whitespace": "off",
    "no-implicit-button-type": "off",
    "prefer-tbody": "off",
    # Its boxes to choose from stand inside their label, and the label names them as well.
    "no-redundant-for": "off",
    # A field of the rules is called by its place in their document, with dots.
    "valid-id": ["error", {"relaxed": True}],
}
# django-allauth's own templates: blank lines, and a form that its script sends.
GUEST: dict[str, Any] = {"no-trailing-whitespace": "off", "wcag/h32": "off"}
RULES: dict[Shelf, dict[str, Any]] = {
    Shelf.OURS: TASTE,
    Shelf.FRAMED: TASTE | FRAME,
    Shelf.ALLAUTH: TASTE | GUEST,
    Shelf.DJANGO: {},
}


@dataclass(frozen=True)
class Finding:
    """Something a checker does not like: on which page, on which line, and what it says."""

    page: Page
    line: int
    checker: str
    severity: str
    message: str

    def __str__(self) -> str:
        return f"{self.page.name}, line {self.line}: {self.message} [{self.checker}, {self.severity}]"


@dataclass(frozen=True)
class Reviewed:
    """On whose pages, said by whom, beginning how; and why it stays."""

    shelf: Shelf
    checker: str
    message: str
    why: str

    def is_of(self, one: Finding) -> bool:
        same = (one.page.shelf, one.checker) == (self.shelf, self.checker)
        return same and one.message.startswith(self.message)


REVIEWED: tuple[Reviewed, ...] = (
    Reviewed(
        Shelf.OURS,
        "vnu",
        "Section lacks heading",
        "a wide table scrolls in a section that its caption names",
    ),
    Reviewed(Shelf.FRAMED, "vnu", "Section lacks heading", "a label names the box of what is safe to do"),
    Reviewed(
        Shelf.FRAMED,
        "vnu",
        "A table row was 2 columns wide, which is less than the column count established by the first row (3).",
        "the menu of Django's admin",
    ),
    Reviewed(
        Shelf.DJANGO,
        "vnu",
        "A table row was 2 columns wide, which is less than the column count established by the first row (3).",
        "the menu of Django's admin",
    ),
    Reviewed(
        Shelf.DJANGO,
        "vnu",
        "Attribute “disabled” not allowed on element “div” at this point.",
        "how Django's admin shows a password that it cannot show",
    ),
    Reviewed(
        Shelf.DJANGO,
        "vnu",
        "No “p” element in scope but a “p” end tag seen.",
        "Django's list of what a password needs, which Django's form for it puts into a paragraph",
    ),
)


def review(
    found: Iterable[Finding], reviewed: Iterable[Reviewed] = REVIEWED
) -> tuple[list[Finding], set[Reviewed]]:
    """What is left to mend, and the entries that were needed."""
    left, needed = [], set()
    for one in found:
        known = [entry for entry in reviewed if entry.is_of(one)]
        needed |= set(known)
        left += [] if known else [one]
    return left, needed
