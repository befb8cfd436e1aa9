"""Colors that stand out from each other: every pair in use, in both schemes, read from the stylesheet itself."""

import re
from functools import cache

import pytest
from django.conf import settings

SHEET = settings.BASE_DIR / "static" / "css" / "site.css"
TEXT, SHAPE = 4.5, 3.0
# What stands on what. On the page, on cards, and where it is set in.
GROUNDS = ("bg", "surface", "sunken")
PAIRS: list[tuple[str, str, float]] = [
    *[(word, ground, TEXT) for word in ("text", "muted", "link", "link-hover") for ground in GROUNDS],
    *[
        (word, ground, TEXT)
        for word in ("visited", "primary", "urgent", "accent")
        for ground in ("bg", "surface")
    ],
    *[("control", ground, SHAPE) for ground in GROUNDS],
    *[(word, "selected", TEXT) for word in ("text", "primary", "muted", "link")],
    ("primary", "selected", SHAPE),
    ("on-primary", "primary", TEXT),
    ("on-primary", "primary-hover", TEXT),
    ("on-band", "band", TEXT),
    ("text", "urgent-soft", TEXT),
    ("urgent", "urgent-soft", TEXT),
    *[("text", f"{kind}-soft", TEXT) for kind in ("accent", "info", "ok", "warn")],
    *[("link", f"{kind}-soft", TEXT) for kind in ("info", "ok", "warn", "accent", "urgent")],
    *[(kind, f"{kind}-soft", SHAPE) for kind in ("accent", "info", "ok", "warn")],
    ("ok", "bg", SHAPE),
    ("sos-edge", "bg", SHAPE),
    ("sos-edge", "surface", SHAPE),
    ("white", "emergency", TEXT),
]
SCHEMES = ("light", "dark")


@cache
def tokens(scheme: str) -> dict[str, str]:
    """The colors of a scheme; dark has those of light where it names none of its own."""
    css = SHEET.read_text(encoding="utf-8")
    light, dark = (
        re.search(r":root \{(.*?)\n\}", css, re.DOTALL),
        re.search(r"prefers-color-scheme: dark\) \{\s*:root \{(.*?)\}", css, re.DOTALL),
    )
    assert light
    assert dark
    found = dict(re.findall(r"--([\w-]+): (#[0-9A-F]{6})", light[1])) | {"white": "#FFFFFF"}
    return found | (dict(re.findall(r"--([\w-]+): (#[0-9A-F]{6})", dark[1])) if scheme == "dark" else {})


def luminance(color: str) -> float:
    parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_pair_in_use_stands_out(scheme: str) -> None:
    colors = tokens(scheme)
    weak = {
        f"{front} on {ground}": round(found, 2)
        for front, ground, least in PAIRS
        if (found := contrast(colors[front], colors[ground])) < least
    }

    assert not weak


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_two_colors_of_the_focus_ring_stand_out_from_everything_together(scheme: str) -> None:
    colors = tokens(scheme)
    grounds = [
        *GROUNDS,
        "selected",
        "band",
        "accent-soft",
        "info-soft",
        "ok-soft",
        "warn-soft",
        "urgent-soft",
    ]
    weak = [
        ground
        for ground in grounds
        if max(contrast(colors[ring], colors[ground]) for ring in ("ink", "yellow")) < SHAPE
    ]

    assert not weak


def test_no_color_stands_outside_the_tokens() -> None:
    """A color written beside the tokens would be in no pair. White on the red of an emergency is the exception."""
    css = SHEET.read_text(encoding="utf-8")
    screen = re.sub(r"@media print \{.*?\n\}", "", css, flags=re.DOTALL)
    rules = re.sub(r":root \{.*?\}", "", screen, flags=re.DOTALL)

    assert set(re.findall(r"#[0-9A-Fa-f]{3,8}\b", rules)) <= {"#FFF", "#0000"}
    assert not re.findall(r"\b(?:rgb|hsl|oklch)a?\(", rules)


def test_the_measure_can_tell() -> None:
    assert round(contrast("#000000", "#FFFFFF"), 1) == 21.0
    assert contrast("#777777", "#FFFFFF") < TEXT < contrast("#767676", "#FFFFFF")
    assert tokens("dark")["bg"] != tokens("light")["bg"]
