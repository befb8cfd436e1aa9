"""What each kind of page is made of: its fields, in reading order, with their headings and their limits.

Pure data. The editor's form, the public page, the preview, the comparison of two revisions and the starter
content all read it, so a section is named once.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

LANGUAGES = ("en", "es")
GUIDE_PARTS = 8


@dataclass(frozen=True, slots=True)
class Field:
    """One box of the editor: a line, a short text, or rich text; `heading` stands above it on the page."""

    key: str
    label: str | Promise
    kind: str = "rich"  # line, text or rich
    heading: str | Promise = ""
    required: bool = True
    most: int = 6_000  # characters, tags included


HEAD = (
    Field("title", gettext_noop("Title"), "line", most=90),
    Field("menu", gettext_noop("Name in menus and links"), "line", most=24),
    Field("description", gettext_noop("Description for search engines"), "text", most=155),
    Field("summary", gettext_noop("Summary box, at most five lines"), most=1_500),
)


def _section(key: str, heading: str | Promise) -> Field:
    return Field(key, heading, heading=heading)


PROGRAM = (
    *HEAD,
    _section("in_one_minute", _("In one minute")),
    _section("who_it_fits", _("Who it tends to fit, and who it may not fit")),
    _section("normal_week", _("A normal day and week")),
    _section("who_you_meet", _("Who you meet")),
    _section("what_it_includes", _("What treatment includes")),
    _section("medicines", _("Medicines")),
    _section("safety", _("Safety, and when this is not enough")),
    _section("how_long", _("How long, and what comes before and after")),
    _section("family", _("For family and friends")),
    _section("daily_life", _("Work, school, children, pets and rides")),
    _section("cost", _("Cost and cover")),
    _section("signs", _("Good signs and red flags")),
    _section("questions", _("Questions to ask")),
    _section("worries", _("Common worries")),
)


def _part(number: int) -> tuple[Field, Field]:
    first = number == 1
    return (
        Field(f"part_{number}_heading", f"Heading {number}", "line", required=first, most=90),
        Field(f"part_{number}", f"Text {number}", required=first),
    )


GUIDE = (*HEAD, *(field for number in range(1, GUIDE_PARTS + 1) for field in _part(number)))
QUESTION = (
    Field("title", gettext_noop("Question"), "line", most=120),
    Field("answer", gettext_noop("Answer"), most=1_500),
)
TERM = (
    Field("title", gettext_noop("Word"), "line", most=60),
    Field("meaning", gettext_noop("Meaning"), "text", most=300),
    Field("say_instead", gettext_noop("Say instead"), "line", required=False, most=120),
)

FIELDS: dict[str, tuple[Field, ...]] = {
    "program": PROGRAM,
    "guide": GUIDE,
    "question": QUESTION,
    "term": TERM,
}

# The typed facts of a program, in the order of the comparison.
PROGRAM_FACTS: dict[str, str | Promise] = {
    "hours_a_week": _("Hours a week"),
    "days": _("Days"),
    "where_you_sleep": _("Where you sleep"),
    "usual_length": _("Usual length"),
    "who_it_fits": _("Who it tends to fit"),
    "may_not_fit": _("May not fit"),
    "ages": _("Ages"),
    "medical_care": _("Medical care"),
    "mental_health_care": _("Mental health care"),
    "medication": _("Medicines for addiction"),
    "family_part": _("Family"),
    "work_or_school": _("Work or school"),
    "cost_drivers": _("What the cost depends on"),
    "before_and_after": _("What comes before and after"),
}
