"""What the guide keeps: pages and every revision of them, facts with their sources, and what this center offers."""

from programs.models.facts import Dated, Fact, Source
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
    "OPEN",
    "WEEKDAYS",
    "Dated",
    "Editing",
    "Fact",
    "Frozen",
    "GuideState",
    "Kind",
    "Page",
    "Picture",
    "ProgramFact",
    "Revision",
    "Source",
    "State",
    "Step",
    "Track",
    "TrackSession",
]
