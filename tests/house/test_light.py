"""What every page brings along stays small, and comes from nowhere else."""

import gzip
import re

from django.conf import settings

STATIC = settings.BASE_DIR / "static"
MOST_SCRIPT = 6 * 1024
MOST_LOOKS = 8 * 1024


def packed(suffix: str, name: str) -> int:
    return len(gzip.compress((STATIC / suffix / f"{name}.{suffix}").read_bytes(), 6))


def test_the_script_and_the_looks_of_every_page_are_small() -> None:
    assert packed("js", "site") <= MOST_SCRIPT
    assert packed("css", "site") <= MOST_LOOKS


def test_no_font_is_sent_and_no_file_names_another_site() -> None:
    assert not [path for path in STATIC.rglob("*") if path.suffix in {".woff", ".woff2", ".ttf", ".otf"}]
    for path in [*STATIC.rglob("*.css"), *STATIC.rglob("*.js")]:
        text = path.read_text(encoding="utf-8")
        assert "@font-face" not in text, path.name
        assert not re.findall(r"(?:url\(|@import|fetch\(|src=)\s*[\"']?(?:https?:)?//", text), path.name
