"""The line drawings are one family: the same frame and line, colors from the sheet alone, light, and out of the way."""

import gzip
import re

import pytest

from programs.drawings import DRAWINGS, drawing_of
from programs.starter_content import pages
from tests.house.source import ROOT

TEMPLATES = ROOT / "templates"
FRAME = (TEMPLATES / "components/drawing.html").read_text(encoding="utf-8")
SHEET = (ROOT / "static/css/drawings.css").read_text(encoding="utf-8")
FILES = sorted((TEMPLATES / "components/drawings").glob("*.html"))
WIDTH, HEIGHT = 280, 180
MOST_BYTES, MOST_PACKED = 2_600, 1_080
TAG = re.compile(r"<(\w+)((?:\s[\w-]+=\"[^\"]*\")*)\s*/?>")
ATTRIBUTES = {"g": {"class"}, "path": {"class", "d"}, "circle": {"class", "cx", "cy", "r"}}
# Where a drawing may stand. Not on a question, the safety page, help now, a result, paper, or when all is down.
PLACES = {
    "errors/404.html",
    "intake/done.html",
    "programs/overview.html",
    "programs/page.html",
    "screening/cleared.html",
    "screening/gallery.html",
    "screening/home.html",
    "screening/start.html",
}


def drawn(source: str) -> str:
    """What is sent of a drawing: without the note to its readers."""
    return re.sub(r"\{#.*?#\}\n", "", source)


def faults(source: str) -> list[str]:
    """What does not belong in a drawing."""
    rest = re.sub(r"</g>|\s", "", TAG.sub("", drawn(source)))
    found = [f"not a shape: {rest[:40]}"] if rest else []
    for tag, written in TAG.findall(drawn(source)):
        given = dict(re.findall(r'([\w-]+)="([^"]*)"', written))
        if not set(given) <= ATTRIBUTES.get(tag, set()):
            found.append(f"<{tag}{written}>")
        if not set(given.get("class", "wall").split()) <= classes():
            found.append(f"no color is called {given['class']}")
        for x, y in re.findall(r"M(-?[\d.]+) ?(-?[\d.]+)", given.get("d", "")):
            if not (0 <= float(x) <= WIDTH and 0 <= float(y) <= HEIGHT):
                found.append(f"starts outside the frame: {x} {y}")
    return found


def classes() -> set[str]:
    return set(re.findall(r"^\.drawing \.(\w+) \{ (?:fill|stroke): var\(", SHEET, re.MULTILINE))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_drawing_holds_shapes_in_the_colors_of_the_sheet_and_little_else(path: object) -> None:
    source = path.read_text(encoding="utf-8")  # type: ignore[attr-defined]

    assert source.startswith("{# "), "it says what it shows"
    assert not faults(source)
    assert len(drawn(source).encode()) <= MOST_BYTES
    assert len(gzip.compress(drawn(source).encode(), 6)) <= MOST_PACKED


@pytest.mark.parametrize(
    "bad",
    [
        '<path style="fill: red" d="M1 1h2"/>',
        '<path stroke-width="4" d="M1 1h2"/>',
        '<path id="a" d="M1 1h2"/>',
        '<path fill="#FFF" d="M1 1h2"/>',
        '<path class="purple" d="M1 1h2"/>',
        '<path d="M300 1h2"/>',
        "<text>Hope</text>",
        '<use href="#a"/>',
    ],
)
def test_the_rule_can_tell(bad: str) -> None:
    assert faults(bad)
    assert not faults('{# A line. #}\n<g class="teal"><path d="M1 1h2"/></g><circle cx="9" cy="9" r="4"/>')


def test_the_frame_gives_all_of_them_one_line_and_hides_them_from_who_listens() -> None:
    assert f'viewBox="0 0 {WIDTH} {HEIGHT}"' in FRAME
    assert 'aria-hidden="true" focusable="false"' in FRAME
    assert re.findall(r'stroke-width="([^"]+)"', FRAME) == ["2"]
    assert 'stroke-linecap="round" stroke-linejoin="round"' in FRAME
    # A line that the sheet makes thicker: small on a card, and where more contrast is asked for.
    assert sorted(re.findall(r"stroke-width: ([\d.]+)", SHEET)) == ["2.5", "3", "4"]


def test_every_color_has_a_value_in_both_schemes_and_none_stands_outside_them() -> None:
    roots = re.findall(r":root \{(.*?)\}", SHEET, re.DOTALL)
    light, dark = (set(re.findall(r"(--[\w-]+): #[0-9A-F]{6};", root)) for root in roots)

    assert light == dark
    assert "#" not in re.sub(r":root \{.*?\}", "", SHEET, flags=re.DOTALL)
    assert not re.search(r"gradient|shadow|filter|rgb|hsl|url\(", SHEET)


def test_every_color_is_used() -> None:
    used = set(re.findall(r'class="(\w+)"', FRAME + "".join(path.read_text() for path in FILES)))

    assert classes() == used - {"drawing"}


def test_forced_colors_and_paper_are_thought_of() -> None:
    assert re.search(r"forced-colors: active\) \{.*?CanvasText.*?\n\}", SHEET, re.DOTALL)
    assert "@media print { .drawing { display: none" in SHEET


def test_no_drawing_stands_between_a_person_and_help() -> None:
    showing = {
        path.relative_to(TEMPLATES).as_posix()
        for path in TEMPLATES.rglob("*.html")
        if "components/drawing" in path.read_text(encoding="utf-8")
    }

    assert showing == PLACES


def test_every_kind_of_care_has_a_drawing_of_its_own_and_a_new_one_has_none() -> None:
    kinds = [page.key for page in pages() if page.kind == "program"]

    assert len({drawing_of(key) for key in kinds} - {""}) == len(kinds) == 9
    assert {(TEMPLATES / name).exists() for name in DRAWINGS.values()} == {True}
    assert drawing_of("something_new") == ""
