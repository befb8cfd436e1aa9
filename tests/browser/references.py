"""Pictures of the key screens, kept beside the tests, and how a new picture is held against them.

`make screens` takes them anew, for the browser and the fonts of this machine: pictures of another browser or with
other letters differ everywhere and would say nothing. Half the size of the screen is enough to see what moved.
"""

import hashlib
import io
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

from PIL import Image, ImageChops

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.browser.visits import Visit

FOLDER = Path(__file__).parent / "references"
MOST_BYTES = 3_500_000
SCALE = 0.5
# A page is looked at this far down; below, pages are lists of what stands above.
DEEPEST = 1200
# A pixel is another one if a channel moved by this much of 255. Letters drawn a hair beside their place move less.
MOVED = 48
# How many of a thousand pixels may be others: a word that changed is more, a line that moved much more.
TOLERANCE = 2.0

# State (tests/browser/states.py), and how its files are called.
SCREENS = {
    "home": "home",
    "help now": "help_now",
    "start": "start",
    "question, one answer, with a hint": "question",
    "question, many answers, and none of them": "refused",
    "question, four in one, two chosen": "four_in_one",
    "safety, overdose, for somebody else": "safety",
    "answers": "answers",
    "result, clear": "result",
    "result, emergency": "emergency",
    "come back": "come_back",
    "gone": "gone",
    "no such page": "not_found",
}
# Pages of the guide, and asking for a call, by their addresses in both languages.
PAGES = {
    "overview": ("/programs/", "/es/programas/"),
    "program": ("/programs/iop/", "/es/programas/programa-intensivo/"),
    "comparison": ("/compare/?a=iop&b=php", "/es/comparar/?a=iop&b=php"),
    "families": ("/families/", "/es/familias/"),
    "call_me": ("/call-me/", "/es/llameme/"),
}
# A day that is written on a page is another one tomorrow.
HIDE_DAYS = "document.querySelectorAll('.stamp').forEach(e => { e.style.visibility = 'hidden' })"
LANGUAGES = ("en", "es")
SCHEMES = ("light", "dark")
WIDTHS = (360, 1280)
SAMPLE = """<style>body { font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif }</style>
<p style="font-size: 18px">Llame al 1-800; ¿dónde? Worried about drinking</p><p style="font-size: 26px; font-weight: 700">Ay, 988 &amp; Ññ</p>"""


def fingerprint(browser: "Browser") -> str:
    """The browser's version and, from how it draws a line of text, its fonts."""
    page = browser.new_page(viewport={"width": 480, "height": 200})
    page.set_content(SAMPLE)
    drawn = Image.open(io.BytesIO(page.screenshot())).convert("L").tobytes()
    page.close()
    return f"chromium-{browser.version.split('.')[0]}-{hashlib.sha256(drawn).hexdigest()[:10]}"


def missing(mark: str) -> str:
    """Why there is nothing to compare with here; empty if there is."""
    if (FOLDER / mark).is_dir():
        return ""
    kept = ", ".join(sorted(path.name for path in FOLDER.glob("*"))) or "none"
    return f"no references for this browser and its fonts ({mark}; kept: {kept}). `make screens` takes them"


@contextmanager
def _always_open() -> Iterator[None]:
    """The desk answers, and calls back at ten: what a page says must not depend on the hour."""
    with (
        patch("screening.intake.views.is_open", return_value=True),
        patch("screening.intake.office.moment_in_words", return_value="10:00"),
    ):
        yield


def _screens(visit: "Visit") -> Iterator[str]:
    """Bring the visit to each key screen in turn; give the name of its pictures."""
    from django.core.cache import caches

    from programs import starter_content
    from tests.browser.states import STATES

    # The site as people find it, with its guide.
    caches["pages"].clear()
    starter_content.load()

    def fresh() -> None:
        visit.context.clear_cookies()
        visit.page.set_viewport_size({"width": WIDTHS[0], "height": 640})

    for state, name in SCREENS.items():
        fresh()
        STATES[state](visit)
        yield name
    with _always_open():
        for name, addresses in PAGES.items():
            fresh()
            visit.open(addresses[LANGUAGES.index(visit.language)])
            yield name


def pictures(visit: "Visit") -> Iterator[tuple[str, Image.Image]]:
    """Each key screen of this visit's language, in both schemes and at both widths; its file name, and the picture."""
    for name in _screens(visit):
        visit.page.evaluate("document.activeElement.blur()")
        visit.page.evaluate(HIDE_DAYS)
        for width in WIDTHS:
            visit.page.set_viewport_size({"width": width, "height": 800})
            height = min(visit.page.evaluate("document.documentElement.scrollHeight"), DEEPEST)
            # The whole of what is kept, in one window: then nothing that sticks to the top stands in the middle.
            visit.page.set_viewport_size({"width": width, "height": height})
            for scheme in SCHEMES:
                visit.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
                shot = visit.page.screenshot(animations="disabled", scale="device")
                yield (
                    f"{name}-{visit.language}-{scheme}-{width}.webp",
                    Image.open(io.BytesIO(shot)).convert("RGB"),
                )


def difference(one: Image.Image, other: Image.Image) -> float:
    """How many of a thousand pixels are others; all of them if the pictures are not of one size."""
    if one.size != other.size:
        return 1000.0
    moved = ImageChops.difference(one, other)
    red, green, blue = (band.point(lambda v: 255 if v > MOVED else 0) for band in moved.split())
    changed = ImageChops.lighter(ImageChops.lighter(red, green), blue).histogram()[255]
    return 1000 * changed / (one.width * one.height)


def save(picture: Image.Image, path: Path) -> None:
    picture.save(path, "WEBP", lossless=True, quality=60, method=4)


def refresh() -> int:
    """Take all of them anew, in place of the ones for this browser."""
    from playwright.sync_api import sync_playwright

    from tests.browser.screens import database, prepare

    prepare()
    from tests.browser.serving import serve
    from tests.browser.visits import Visit
    from tests.conftest import find_browser

    with database(), serve() as site, site.open(), sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_browser(), args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        folder = FOLDER / fingerprint(browser)
        shutil.rmtree(FOLDER, ignore_errors=True)
        folder.mkdir(parents=True)
        for language in LANGUAGES:
            context = browser.new_context(reduced_motion="reduce", device_scale_factor=SCALE)
            for name, picture in pictures(Visit(context.new_page(), site, language)):
                save(picture, folder / name)
            context.close()
        browser.close()
    files = list(folder.glob("*.webp"))
    size = sum(path.stat().st_size for path in files)
    sys.stdout.write(f"{len(files)} pictures, {size / 1000:.0f} kB, in {folder}\n")
    return 0 if size <= MOST_BYTES else 1


if __name__ == "__main__":
    sys.exit(refresh())
