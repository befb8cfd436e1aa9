"""What the fields of a protocol are called on the pages of a draft, and which may be changed there."""

from __future__ import annotations

from screening.engine.spec import (
    Alternative,
    BandWords,
    Cap,
    Care,
    Choice,
    Domain,
    Fact,
    Flag,
    Format,
    HelpLine,
    Note,
    Page,
    Part,
    Question,
    Rule,
    Source,
    Step,
    Week,
)

# (label, help). A field that is not here is called by its own name.
LABELS: dict[str, tuple[str, str]] = {
    "text": ("Words", ""),
    "hint": ("Hint", "A line under the question. Leave all four empty for none."),
    "said": ("As a sentence", "Repeats the answer in reasons and in “what would change this”."),
    "points": ("Points", "0 is the least need."),
    "choices": ("Choices", ""),
    "if_unknown": ("Points when not sure", "Empty: the whole range stays open."),
    "unknown_danger": ("Danger message when not sure", ""),
    "danger": ("Danger message", "Shown at once."),
    "can_get_better": ("Life can make this answer better", ""),
    "can_get_worse": ("Life can make this answer worse", ""),
    "only_with_time": ("Only time makes it better", ""),
    "sources": ("Sources", ""),
    "title": ("Title", ""),
    "heading": ("Heading", ""),
    "credit": ("Credit", ""),
    "steps": ("Steps", "The highest step that holds wins."),
    "caps": ("Caps", "A fact that keeps the band at or below this."),
    "band": ("Band", ""),
    "when": ("When", ""),
    "unless": ("Unless", ""),
    "words": ("Words for the bands", "From band 0 to band 4."),
    "word": ("Short", ""),
    "sentence": ("Sentence", ""),
    "strength": ("Strength", "Said when the band is low. For a source: how it was read."),
    "strength_up_to": ("Said up to band", ""),
    "meaning": ("In words", "Completes “a person who ...”."),
    "outcome": ("Then at least", ""),
    "reason": ("Reason", "What the person is told."),
    "paragraphs": ("Paragraphs", ""),
    "lines": ("Phone lines", ""),
    "levels": ("Only at these levels", "None ticked: at all of them."),
    "if_possible": ("Also when it can not be ruled out", ""),
    "name": ("Name", ""),
    "headline": ("Headline", ""),
    "line": ("Line", ""),
    "facts": ("Facts", ""),
    "label": ("Label", ""),
    "value": ("Value", ""),
    "next_steps": ("Next steps", ""),
    "number": ("Number as people read it", ""),
    "dial": ("Digits to dial", "Digits only."),
    "sms": ("Digits for texts", "Digits only; empty for none."),
    "about": ("About", ""),
    "formats": ("Formats", ""),
    "unknown": ("When the week is not known", ""),
    "citation": ("Citation", ""),
    "licence": ("What we may do with it", ""),
}

# Read on the page, but not changed there: the frame that other rows and open checks rely on.
FIXED: dict[type, tuple[str, ...]] = {
    Question: ("key", "part", "kind", "ask_if", "page", "allow_unknown", "always_ask"),
    Choice: ("key", "unknown"),
    Page: ("key",),
    Part: ("key", "ask_if"),
    Domain: ("key", "told", "clinical", "emergency_at_top"),
    Flag: ("key", "ordered"),
    Rule: ("key",),
    Source: ("key",),
    Note: ("key",),
    Alternative: ("key",),
    Care: ("key",),
    HelpLine: ("key",),
    Format: ("key",),
    Week: ("domain", "binds"),
}
# Lists whose length is part of the frame.
FIXED_LENGTH = {"choices", "words", "formats"}
# Where the short fields of a row stand: after so many of its longer parts.
SHORT_AFTER: dict[type, int] = {Question: 3, Note: 2}
# Wide or long plain text.
LONG = {"citation", "licence"}
DIGITS = {"dial", "sms"}
BANDS = {(Step, "band"): (1, 4), (Cap, "band"): (0, 4), (Domain, "strength_up_to"): (0, 4)}

NAMES = {
    Choice: "Choice",
    Step: "Step",
    Cap: "Cap",
    BandWords: "Band",
    Fact: "Fact",
    Format: "Format",
}

OUTCOMES = {
    "none": "nothing first",
    "medical_first": "medical care first",
    "crisis_today": "crisis care today",
    "emergency": "emergency now",
    "outpatient": "standard outpatient",
    "iop": "IOP",
    "php": "day program (PHP)",
    "residential": "residential",
    "youth": "youth care",
    "undetermined": "too little said",
    "dual_diagnosis": "dual-diagnosis treatment",
    "capable": "dual-diagnosis capable",
    "enhanced": "dual diagnosis with psychiatric care",
}


def label(name: str) -> str:
    """Return what a field is called."""
    return LABELS.get(name, (name.replace("_", " ").capitalize(), ""))[0]


def outcome(key: str) -> str:
    """Return an outcome in words."""
    return OUTCOMES.get(key, key)


# What a failed proof means, and what usually mends it.
PROOFS: dict[str, tuple[str, str]] = {
    "danger": (
        "Danger to life must always come out as an emergency.",
        "Look at “What comes first”: the rule that should catch this person no longer does.",
    ),
    "monotone": (
        "More need must never lead to less care.",
        "A cut-off or an outcome takes care away from somebody who is worse off.",
    ),
    "complete": ("Everybody must get exactly one outcome.", "Two rules contradict each other."),
    "dead rule": ("Every rule must be able to fire.", "Loosen the rule, or remove it."),
    "shadowed rule": (
        "Every rule must decide for somebody.",
        "Other rules already give everybody here as much care. Tighten them, or remove this rule.",
    ),
    "program": ("Somebody must be able to reach every program.", "A rule now covers all who would reach it."),
    "band": (
        "Answers must be able to reach every band.",
        "A cut-off is above what the answers can add up to.",
    ),
    "items": ("A worse answer must never lower a band.", "Look at the points and steps of this domain."),
    "schedule": ("The schedule must not decide care.", "A rule reads the schedule."),
    "orphan": ("Every source must be used.", "Tick it where it belongs, or remove it under Sources."),
    "unsourced": ("Everything must have a source.", "Tick at least one source."),
    "wording": ("Every text must exist in both languages.", "Fill in what is missing."),
    "dangling": ("Everything that is named must exist.", "Something still names a row that was removed."),
}
