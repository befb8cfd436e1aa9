"""What the guide keeps: pages and every revision of them, facts with their sources, and what this center offers."""

from programs.models.copies import WorkingCopy
from programs.models.fact_changes import FactChange
from programs.models.facts import Dated, Fact, Source
from programs.models.kinds import KINDS, Guide, Program, Question, Term
from programs.models.pages import (
    OPEN,
    Editing,
    Frozen,
    GuideState,
    Kind,
    Page,
    Picture,
    ProgramFact,
    Revision,
    State,
    Step,
)
from programs.models.tracks import WEEKDAYS, Track, TrackSession

__all__ = [
    "KINDS",
    "OPEN",
    "WEEKDAYS",
    "Dated",
    "Editing",
    "Fact",
    "FactChange",
    "Frozen",
    "Guide",
    "GuideState",
    "Kind",
    "Page",
    "Picture",
    "Program",
    "ProgramFact",
    "Question",
    "Revision",
    "Source",
    "State",
    "Step",
    "Term",
    "Track",
    "TrackSession",
    "WorkingCopy",
]
