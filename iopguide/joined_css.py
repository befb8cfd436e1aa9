"""Style sheets that some pages load together, as one file: a page on a slow line waits for one request, not two.

Each part stays a file of its own, for people; the whole is made where static files are found or collected.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

# What is made, and of which files of static/, in this order.
JOINED = {"css/site-and-guide.css": ("css/site.css", "css/guide.css", "css/drawings.css", "css/week.css")}


class JoinedFinder(BaseFinder):
    """Finds the joined style sheets for `collectstatic` and for the development server."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.storage = FileSystemStorage(location=settings.VAR_DIR / "joined")

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        if path not in JOINED:
            return []
        found = str(self._make(path))
        return [found] if find_all or kwargs.get("all") else found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[Any]:
        for path in JOINED:
            self._make(path)
            yield path, self.storage

    def _make(self, path: str) -> Path:
        source = Path(settings.STATICFILES_DIRS[0])
        whole = "".join((source / part).read_text(encoding="utf-8") for part in JOINED[path])
        target = Path(self.storage.location) / path
        if not target.exists() or target.read_text(encoding="utf-8") != whole:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(whole, encoding="utf-8")
        return target
