"""The pages of figures: which tiles stand on each, read with a handful of queries."""

from __future__ import annotations

from collections.abc import Callable

from screening.counters import desk, quality, tiles
from screening.counters.figures import Window, sums, weekly, window
from screening.counters.tiles import Tile
from screening.engine.decision import UNDETERMINED, YOUTH
from screening.engine.spec import LADDER, LEADS, Protocol
from screening.revisions.registry import live_protocol


def check(of: Window) -> list[Tile]:
    """How far people come, in which language, and what they do then."""
    found = sums((*tiles.FUNNEL_EVENTS, "action"), of)
    return [tiles.funnel(found, live_protocol()), tiles.gap(found), tiles.after(found)]


def questions(of: Window) -> list[Tile]:
    """Question by question, for the version of the rules that is live."""
    return [tiles.questions(sums(("answered", "not_sure", "rather_not_say", "changed"), of), live_protocol())]


def outcomes(of: Window) -> list[Tile]:
    """What the check says, and how often it shows the safety page."""
    found = weekly(("level", "program", "lead", "safety"), of)
    return [tiles.outcomes(found, of, names(live_protocol())), tiles.safety(found, of)]


def names(protocol: Protocol) -> dict[str, dict[str, str]]:
    """Return the words for every outcome there is."""
    care = {one.key: one.name.en for one in protocol.care}
    leads = {lead.key: lead.title.en for lead in protocol.leads}
    return {
        "level": {key: care.get(key, key) for key in LADDER}
        | {YOUTH: "Youth", UNDETERMINED: "Not clear yet"},
        "program": {key: care.get(key, key) for key in (*LADDER[:3], "dual_diagnosis", LADDER[3])}
        | {"none": "None"},
        "lead": {key: leads.get(key, "The level of care") for key in LEADS},
    }


def desk_and_site(of: Window) -> list[Tile]:
    """How soon people are called and what comes of it; whether the site works."""
    found, by_week = sums(("time",), of), weekly(("error",), of)
    return [desk.desk(desk.desk_figures(of)), quality.quality(found, by_week, of)]


Page = Callable[[Window], list[Tile]]

PAGES: dict[str, tuple[str, Page]] = {
    "check": ("The check", check),
    "questions": ("Questions", questions),
    "outcomes": ("Outcomes and safety", outcomes),
    "desk": ("Desk and site", desk_and_site),
}


def page(name: str) -> tuple[Window, list[Tile]]:
    """Return the window and the tiles of a page. Raises KeyError."""
    of = window()
    return of, PAGES[name][1](of)
