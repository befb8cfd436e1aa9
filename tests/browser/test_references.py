"""Nothing looks other than it did when somebody last looked: the key screens, held against the pictures kept.

A picture that differs is written beside the report, with what it was held against. When the change is meant, look
at it and run `make screens`.
"""

from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Browser

from tests.browser import references
from tests.browser.conftest import Visitor

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def kept(browser: Browser) -> Path:
    mark = references.fingerprint(browser)
    if reason := references.missing(mark):
        pytest.skip(reason)
    return references.FOLDER / mark


def test_no_key_screen_looks_other_than_it_did(
    visitor: Visitor, language: str, kept: Path, tmp_path: Path
) -> None:
    visit = visitor(language, device_scale_factor=references.SCALE)
    changed = {}
    for name, picture in references.pictures(visit):
        if not (kept / name).exists():
            changed[name] = "has no picture"
            continue
        with Image.open(kept / name) as reference:
            moved = references.difference(picture, reference.convert("RGB"))
        if moved > references.TOLERANCE:
            references.save(picture, tmp_path / name)
            changed[name] = f"{moved:.1f} of 1000 pixels; see {tmp_path / name} beside {kept / name}"

    assert not changed, "look at them; if it is meant, run `make screens`"


def test_the_pictures_are_few_and_small() -> None:
    files = list(references.FOLDER.rglob("*.webp"))

    assert sum(path.stat().st_size for path in files) <= references.MOST_BYTES
    for folder in {path.parent for path in files}:
        assert len(list(folder.iterdir())) == (len(references.SCREENS) + len(references.PAGES)) * 8


def test_a_changed_word_is_seen_and_a_hair_is_not() -> None:
    page = Image.new("RGB", (180, 800), "white")
    word, hair = page.copy(), page.copy()
    ImageDraw.Draw(word).rectangle((10, 10, 60, 18), fill="black")
    ImageDraw.Draw(hair).rectangle((10, 10, 60, 18), fill=(230, 230, 230))

    assert references.difference(page, page) == 0
    assert references.difference(page, word) > references.TOLERANCE
    assert references.difference(page, hair) <= references.TOLERANCE
    assert references.difference(page, page.resize((180, 810))) == 1000
