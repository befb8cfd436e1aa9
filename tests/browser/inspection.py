"""What can be wrong with a page as it stands in the browser, at every size and in both color schemes."""

from typing import Any, Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ViewportSize

from tests.browser.visits import Visit

NARROW: ViewportSize = {"width": 320, "height": 640}
ZOOMED: ViewportSize = {"width": 320, "height": 256}  # 1280 x 1024 at 400 %
PHONE: ViewportSize = {"width": 360, "height": 640}
DESK: ViewportSize = {"width": 1280, "height": 800}
WIDE: ViewportSize = {"width": 1920, "height": 1080}

Look = tuple[ViewportSize, Literal["light", "dark"]]
# A page is looked at on the smallest phone in one language and on the largest desk in the other; which, changes from
# page to page. The sizes between them are measured below, and looked at on the pages of the guide.
LOOKS: tuple[Look, Look] = ((NARROW, "light"), (WIDE, "dark"))
OTHER_LOOKS: tuple[Look, Look] = ((NARROW, "dark"), (WIDE, "light"))

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN_AXE = """([rules, contrast]) => axe.run({
    runOnly: rules, rules: {"color-contrast": {enabled: contrast}}, resultTypes: ["violations"], preload: false,
})"""
MOST_SHIFT = 0.01
# What WCAG 1.4.12 lets a reader do to the text.
SPACING = (
    "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"
    "p { margin-bottom: 2em !important }"
)

# Text twice as large, at the width of a small laptop (WCAG 1.4.4).
TWICE = "html { font-size: 200% !important }"
LAPTOP: ViewportSize = {"width": 768, "height": 640}

# What was looked at, then what is wrong there.
Findings = dict[str, list[str]]


def inspect(visit: Visit, look: Look, *, colors: bool) -> Findings:
    """Everything that is wrong with the page this visit is at. The visit needs scripts; they are what looks."""
    found = {
        "layout shift": _shift(visit),
        **_layout(visit),
        "accessibility": _axe(visit, look, colors=colors),
        "colors of the system": _forced(visit),
    }
    return {kind: lines for kind, lines in found.items() if lines}


def _shift(visit: Visit) -> list[str]:
    moved = visit.probe("shift")
    return [f"moved by {moved:.3f}"] if moved > MOST_SHIFT else []


def _layout(visit: Visit) -> Findings:
    found: Findings = {
        kind: visit.probe(kind) for kind in ("overflow", "clipped", "broken", "small", "covered", "crisis")
    }
    visit.probe("spread", SPACING)
    for kind in ("overflow", "clipped"):
        found[kind] += [f"with spacing, {line}" for line in visit.probe(kind)]
    visit.page.set_viewport_size(LAPTOP)
    visit.probe("spread", TWICE)
    for kind in ("overflow", "clipped", "broken"):
        found[kind] += [f"twice as large, {line}" for line in visit.probe(kind)]
    visit.probe("spread")
    visit.page.set_viewport_size(ZOOMED)
    found["covered"] += [f"zoomed, {line}" for line in visit.probe("covered")]
    visit.page.set_viewport_size(DESK)
    for kind in ("overflow", "small", "covered"):
        found[kind] += [f"on a desk, {line}" for line in visit.probe(kind)]
    visit.page.set_viewport_size(WIDE)
    found["overflow"] += [f"on a wide desk, {line}" for line in visit.probe("overflow")]
    return found


def _forced(visit: Visit) -> list[str]:
    """With the colors of the system, and its wish for more contrast, which makes edges thicker."""
    visit.page.set_viewport_size(NARROW)
    visit.page.emulate_media(forced_colors="active", contrast="more", reduced_motion="reduce")
    found = [line for kind in ("edges", "overflow", "clipped") for line in visit.probe(kind)]
    visit.page.emulate_media(forced_colors="null", contrast="null", reduced_motion="reduce")
    return found


def _rings(visit: Visit) -> list[str]:
    """Who has used the keyboard is shown where the focus is; one press tells the browser that somebody has."""
    visit.page.keyboard.press("Tab")
    return [f"focus of {line}" for line in visit.probe("rings")]


def _axe(visit: Visit, look: Look, *, colors: bool) -> list[str]:
    size, scheme = look
    visit.page.set_viewport_size(size)
    visit.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    rings = _rings(visit) if colors else []
    visit.page.evaluate(Axe().axe_script)
    results: dict[str, Any] = visit.page.evaluate(RUN_AXE, [RULES, colors])
    return rings + [
        f"at {size['width']}, {scheme}, {rule['id']}: {node['html'][:160]} {node['failureSummary'][:200]}"
        for rule in results["violations"]
        for node in rule["nodes"]
    ]
