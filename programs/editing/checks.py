"""What an editor can mend, found while they write: pure functions over the words of a page and what is known.

Every finding says where it is, what it is, how to mend it, and whether it stops the page (block) or is pointed out
(warn). `ux.md` 6.1 gives the severities. A number typed by hand blocks too: nobody would notice when it goes wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.utils.functional import Promise

from programs import rich_text
from programs.editing import reading, text_checks
from programs.editing.reading import Measure
from programs.editing.word_lists import BLOCK, CLAIMS, WARN
from programs.layout import FIELDS, LANGUAGES, Field
from programs.models import Kind
from programs.services import Content
from programs.shelf import OTHER_DOORS

# Pages read in danger: easier words, and never in one language only.
SAFETY_PAGES = ("naloxone", "boundaries_and_safety")
SAFETY_FIELDS = ("safety",)
HARDEST = {"en": 8.0, "es": 65.0}
HARDEST_FOR_SAFETY = {"en": 5.0, "es": 70.0}
# A grade is an estimate: a text for danger is stopped where no counter would call it easy.
STOPPED_FOR_SAFETY = 6.0
# Without these a page has no heading, or no place in a menu.
NEVER_EMPTY = ("title",)
NAMES = {"en": "English", "es": "Spanish"}


@dataclass(frozen=True, slots=True)
class FactKnown:
    """A fact as the checks need it: what it says, and whether somebody still has to look at it."""

    label: str
    values: dict[str, str]
    stale: bool


@dataclass(frozen=True, slots=True)
class Known:
    """What stands in the database around a page."""

    key: str = ""
    facts: dict[str, FactKnown] = field(default_factory=dict)
    pages: dict[str, bool] = field(default_factory=dict)  # every key, and whether the public can read it
    has_sources: bool = True
    stale_typed_facts: tuple[str, ...] = ()
    unsourced_typed_facts: tuple[str, ...] = ()
    picture_words: tuple[str, ...] = ()
    reviewed: bool = True
    next_review: date | None = None
    today: date = date.min

    @property
    def doors(self) -> list[str]:
        """Return what a text may link to by name."""
        return sorted({*self.pages, *OTHER_DOORS})


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend. An empty field means the page as a whole."""

    field: str
    language: str
    severity: str
    what: str
    how: str
    label: str | Promise = ""

    @property
    def blocks(self) -> bool:
        return self.severity == BLOCK


@dataclass(frozen=True)
class Report:
    """Everything found in a page, with how hard each part is to read."""

    findings: tuple[Finding, ...]
    measures: dict[tuple[str, str], Measure]
    whole: dict[str, Measure]
    known: Known

    @cached_property
    def _places(self) -> dict[tuple[str, str], list[Finding]]:
        found: dict[tuple[str, str], list[Finding]] = {}
        for one in self.findings:
            found.setdefault((one.field, one.language), []).append(one)
        return found

    def at(self, key: str, language: str) -> dict[str, object]:
        """Return what stands beside one box."""
        return {
            "findings": self._places.get((key, language), []),
            "measure": self.measures.get((key, language)),
        }

    @property
    def blocking(self) -> list[Finding]:
        return blocking(self.findings)

    @property
    def warnings(self) -> list[Finding]:
        return [one for one in self.findings if not one.blocks]


def blocking(findings: tuple[Finding, ...]) -> list[Finding]:
    return [one for one in findings if one.blocks]


def report(kind: str, content: Content, live: Content, known: Known) -> Report:
    """Return everything an editor can mend in these words, in the order of the page."""
    measures = {
        (one.key, language): reading.measure(_plain(one, content, language, known), language)
        for one in FIELDS[kind]
        for language in LANGUAGES
    }
    bodies = [one.key for one in FIELDS[kind] if one.kind == "rich"]
    whole = {
        language: reading.together(language, [measures[key, language] for key in bodies])
        for language in LANGUAGES
    }
    found = [
        finding
        for one in FIELDS[kind]
        for language in LANGUAGES
        for finding in _field(kind, one, language, content, live, known, measures[one.key, language])
    ]
    found += _page(kind, content, known, whole)
    return Report(tuple(found), measures, whole, known)


def _plain(one: Field, content: Content, language: str, known: Known) -> str:
    text = content.get(language, {}).get(one.key, "")
    values = {key: fact.values.get(language, "") for key, fact in known.facts.items()}
    return rich_text.plain(rich_text.fill(text, values))


def _field(
    kind: str, one: Field, language: str, content: Content, live: Content, known: Known, measured: Measure
) -> Iterator[Finding]:
    def at(severity: str, what: str, how: str) -> Finding:
        return Finding(one.key, language, severity, what, how, one.label)

    text = content.get(language, {}).get(one.key, "")
    safety = known.key in SAFETY_PAGES or one.key in SAFETY_FIELDS
    if not text:
        yield from _missing(one, language, content, known)
        return
    yield from (at(*found) for found in _behind(one, language, content, live, known))
    if measured.enough and (hard := _too_hard(measured, safety)):
        yield at(*hard)
    # A word to avoid is shown as such: its own title names it, and says what to say instead.
    is_named = kind == Kind.TERM and one.key == "title" and content.get(language, {}).get("say_instead")
    for found in text_checks.text_findings(text, language, rich=one.kind == "rich", named=bool(is_named)):
        yield at(*found)
    yield from (at(*found) for found in _facts(text, known))
    yield from (at(*found) for found in _links(text, known))


def _missing(one: Field, language: str, content: Content, known: Known) -> Iterator[Finding]:
    other = next(code for code in LANGUAGES if code != language)
    filled_elsewhere = bool(content.get(other, {}).get(one.key))
    if not one.required and not filled_elsewhere:
        return
    stops = language == "en" or one.key in NEVER_EMPTY or known.key in SAFETY_PAGES
    severity = BLOCK if stops and (one.required or known.key in SAFETY_PAGES) else WARN
    yield Finding(
        one.key,
        language,
        severity,
        f"There is no {NAMES[language]} text.",
        f"Write it in {NAMES[language]}. The other language is there." if filled_elsewhere else "Write it.",
        one.label,
    )


def _behind(
    one: Field, language: str, content: Content, live: Content, known: Known
) -> Iterator[tuple[str, str, str]]:
    """A text that stayed as it was while the same text in the other language changed."""
    other = next(code for code in LANGUAGES if code != language)
    before, after = (side.get(other, {}).get(one.key, "") for side in (live, content))
    mine = live.get(language, {}).get(one.key, "") == content.get(language, {}).get(one.key, "")
    if before and before != after and mine:
        severity = BLOCK if known.key in SAFETY_PAGES else WARN
        yield (
            severity,
            f"{NAMES[other]} changed here, {NAMES[language]} did not.",
            f"See in the comparison what changed, and change the {NAMES[language]} too if it says the same.",
        )


def _too_hard(measured: Measure, safety: bool) -> tuple[str, str, str] | None:
    bar = (HARDEST_FOR_SAFETY if safety else HARDEST)[measured.language]
    spanish = measured.language == "es"
    if (measured.value >= bar) if spanish else (measured.value <= bar):
        return None
    said = (
        f"ease {measured.value:.0f}; at least {bar:.0f}"
        if spanish
        else f"grade {measured.value:.1f}; at most {bar:.0f}"
    )
    # Spanish formulas are rougher: a person decides.
    severity = BLOCK if safety and not spanish and measured.value > STOPPED_FOR_SAFETY else WARN
    return severity, f"Hard to read ({said}).", "Shorter sentences, shorter words. One thought in a sentence."


def _facts(text: str, known: Known) -> Iterator[tuple[str, str, str]]:
    for key in sorted(rich_text.facts_in(text)):
        fact = known.facts.get(key)
        if fact is None:
            yield (
                BLOCK,
                f"There is no fact [[{key}]].",
                "Choose one of the list of facts; its name is case-sensitive.",
            )
        elif fact.stale:
            yield (
                WARN,
                f"The fact [[{key}]] is due to be checked.",
                "Look at its source, and set the day in Facts.",
            )
    for number in text_checks.phone_numbers(rich_text.plain(text)):
        yield (
            BLOCK,
            f"The phone number {number} is typed as digits.",
            "Write its fact in double square brackets instead, so that it can be checked and changed in one place.",
        )


def _links(text: str, known: Known) -> Iterator[tuple[str, str, str]]:
    for key in sorted(rich_text.pages_in(text)):
        if key in OTHER_DOORS or known.pages.get(key):
            continue
        if key in known.pages:
            yield WARN, f"The page {key} is not public.", "Until it is, its link is shown as plain words."
        else:
            yield (
                BLOCK,
                f"A link leads to a page that does not exist: {key}.",
                "Choose a page of the list of pages.",
            )


def _page(kind: str, content: Content, known: Known, whole: dict[str, Measure]) -> Iterator[Finding]:
    def on_page(severity: str, what: str, how: str) -> Finding:
        return Finding("", "", severity, what, how, "Page")

    paged = kind in (Kind.PROGRAM, Kind.GUIDE)
    for measured in whole.values() if paged else ():
        hard = _too_hard(measured, known.key in SAFETY_PAGES) if measured.enough else None
        if hard:
            yield on_page(WARN, f"{NAMES[measured.language]}: {hard[1]}", hard[2])
    if paged and not known.has_sources:
        claims = sorted({word for language in LANGUAGES for word in _claims(kind, content, language)})
        said = f" It says: {', '.join(claims)}." if claims else ""
        yield on_page(
            BLOCK if claims else WARN,
            f"No source is named.{said}",
            "Tick what the page rests on, in Details.",
        )
    for name in known.unsourced_typed_facts:
        yield on_page(BLOCK, f"The fact “{name}” has no source.", "Name where it comes from, in Facts.")
    for name in known.stale_typed_facts:
        yield on_page(WARN, f"The fact “{name}” is due to be checked.", "Look at its source, in Facts.")
    if paged and not known.reviewed:
        yield on_page(
            WARN, "No clinician has reviewed these words.", "Have them read, then record the review."
        )
    if known.next_review and known.next_review <= known.today:
        yield on_page(
            WARN, f"The review was due on {known.next_review:%d %B %Y}.", "Have the page read again."
        )
    for words in known.picture_words:
        yield on_page(
            WARN,
            f"A picture is described as “{words}”.",
            "Say what it shows, not that it is a picture or its file.",
        )


def _claims(kind: str, content: Content, language: str) -> Iterator[str]:
    text = rich_text.join(rich_text.plain(words) for words in content.get(language, {}).values())
    yield from text_checks.phrases(text, CLAIMS[language])
