"""One tour through every state of every page in one language, with everything looked at on the way.

Opening a page costs more than looking at it, so the tour is made once and several tests read what it found.
"""

from collections import defaultdict
from typing import Any, Final, Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ViewportSize

from tests.browser.states import STATES, open_state
from tests.browser.visits import Visit

NARROW: ViewportSize = {"width": 320, "height": 640}
ZOOMED: ViewportSize = {"width": 320, "height": 256}  # 1280 x 1024 at 400 %
PHONE: ViewportSize = {"width": 360, "height": 640}
DESK: ViewportSize = {"width": 1280, "height": 800}

LANGUAGES = ("en", "es")
Look = tuple[ViewportSize, Literal["light", "dark"], bool]

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Measuring how colors stand out is by far the slowest rule. Words have no color, so it is done in one language;
# and the dark scheme changes colors only, so there one page of each make is enough.
LIGHT: Final = "light"
DARK: Final = "dark"
DARK_STATES = {
    "home",
    "help now",
    "start, with answers",
    "question, one answer, for somebody else",
    "question, many answers, and none of them",
    "question, four in one, two chosen",
    "safety, everything at once, for me",
    "answers, not done",
    "result, close",
    "result, youth",
    "print",
    "gone",
    "database down, with an answer",
}
RUN_AXE = """([rules, contrast]) => axe.run({
    runOnly: rules, rules: {"color-contrast": {enabled: contrast}}, resultTypes: ["violations"], preload: false,
})"""
# What WCAG 1.4.12 lets a reader do to the text.
SPACING = (
    "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"
    "p { margin-bottom: 2em !important }"
)

# What was looked at, then what was found: "state: detail".
Findings = dict[str, list[str]]


def tour(visit: Visit) -> Findings:
    """Look at everything, everywhere. The visit needs scripts; they are what looks."""
    found: Findings = defaultdict(list)
    for number, name in enumerate(STATES):
        visit.context.clear_cookies()
        visit.page.set_viewport_size(NARROW)
        open_state(visit, name)
        looks = _looks(visit.language, number, name)
        for kind, lines in (*_layout(visit).items(), ("axe", _axe(visit, looks))):
            found[kind] += [f"{name}: {line}" for line in lines]
    return found


def _layout(visit: Visit) -> Findings:
    shift = visit.probe("shift")
    found = {
        "shift": [f"moved by {shift:.3f}"] if shift > 0.01 else [],
        "overflow": visit.probe("overflow"),
        "clipped": visit.probe("clipped"),
        "small": visit.probe("small"),
        "covered": visit.probe("covered"),
    }
    visit.probe("spread", SPACING)
    found["overflow"] += [f"with spacing, {line}" for line in visit.probe("overflow")]
    found["clipped"] += [f"with spacing, {line}" for line in visit.probe("clipped")]
    visit.probe("spread")
    for size in (ZOOMED, DESK):
        visit.page.set_viewport_size(size)
        found["covered"] += [
            f"at {size['width']} x {size['height']}, {line}" for line in visit.probe("covered")
        ]
    found["overflow"] += [f"at {DESK['width']}, {line}" for line in visit.probe("overflow")]
    found["small"] += [f"at {DESK['width']}, {line}" for line in visit.probe("small")]
    return found


def _looks(language: str, number: int, name: str) -> list[Look]:
    """How to look at a state: at which size, in which scheme, and whether to measure colors."""
    if language != LANGUAGES[0]:
        return [(PHONE, DARK, False) if number % 2 else (DESK, LIGHT, False)]
    return [(PHONE, LIGHT, True), (DESK, DARK, name in DARK_STATES)]


def _axe(visit: Visit, looks: list[Look]) -> list[str]:
    page = visit.page
    page.evaluate(Axe().axe_script)
    broken = []
    for size, scheme, colors in looks:
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        results: dict[str, Any] = page.evaluate(RUN_AXE, [RULES, colors])
        broken += [
            f"at {size['width']}, {scheme}, {rule['id']}: {node['html'][:160]} {node['failureSummary'][:200]}"
            for rule in results["violations"]
            for node in rule["nodes"]
        ]
    page.emulate_media(color_scheme=LIGHT, reduced_motion="reduce")
    return broken
