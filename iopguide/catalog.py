"""Translations: finding the words, keeping locale/<code>/LC_MESSAGES/django.po in step with them, compiling.

Needs no gettext on the machine. Compiling needs polib alone; finding the words needs Babel, a development package.
"""

import io
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polib
from django.conf import settings
from django.utils.translation import templatize

PYTHON_FOLDERS = ("iopguide", "screening", "programs")
TEMPLATE_FOLDERS = ("templates", "iopguide", "screening", "programs")
# Pages of sign-in that only dress those of allauth: their words are its own, and so are the translations.
TRANSLATED_ELSEWHERE = {"account", "allauth", "mfa"}
NAMES = {
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "_": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|(?<!\{)\{(\w*)\}(?!\})|%[sd]")
PLURALS = {"es": "nplurals=2; plural=(n != 1);"}

Key = tuple[str | None, str]


@dataclass
class Message:
    """One string to translate: its context, its text, its plural, the files that use it, notes to translators."""

    context: str | None
    text: str
    plural: str | None = None
    files: set[str] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)
    percent: bool = False


def find(root: Path) -> dict[Key, Message]:
    """Every string the code and the templates ask to have translated, by (context, text)."""
    found: dict[Key, Message] = {}
    for path, source in _sources(root):
        for context, texts, notes in _extract(source):
            message = found.setdefault((context, texts[0]), Message(context, texts[0]))
            message.plural = message.plural or (texts[1] if len(texts) > 1 else None)
            message.files.add(path.relative_to(root).as_posix())
            message.notes.extend(note for note in notes if note not in message.notes)
    return found


def _sources(root: Path) -> Iterator[tuple[Path, str]]:
    for folder in PYTHON_FOLDERS:
        for path in sorted((root / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path, path.read_text(encoding="utf-8")
    for folder in TEMPLATE_FOLDERS:
        for path in sorted((root / folder).rglob("*.html")) + sorted((root / folder).rglob("*.txt")):
            if path.relative_to(root / folder).parts[0] in TRANSLATED_ELSEWHERE:
                continue
            # templatize keeps the translated strings as Python calls and blanks the rest out with X. Stripping each
            # line keeps the page's indentation from reading as Python's.
            text = templatize(path.read_text(encoding="utf-8"), origin=str(path))
            yield path, "\n".join(line.strip() for line in text.splitlines())


def _extract(source: str) -> Iterator[tuple[str | None, tuple[str, ...], list[str]]]:
    from babel.messages.extract import extract

    for _line, texts, notes, context in extract(
        "python",
        io.BytesIO(source.encode()),
        keywords=NAMES,
        comment_tags=("Translators:",),
        strip_comment_tags=True,
    ):
        strings = texts if isinstance(texts, tuple) else (texts,)
        yield context, tuple(str(string) for string in strings if string), list(notes)


def _order(item: tuple[Key, Message]) -> tuple[str, str, str]:
    (context, text), message = item
    return min(message.files), text, context or ""


def path_of(code: str) -> Path:
    return Path(settings.LOCALE_PATHS[0]) / code / "LC_MESSAGES" / "django.po"


def codes() -> list[str]:
    """The languages that need translating: all but the one the code is written in."""
    return [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


def load(code: str) -> polib.POFile:
    path = path_of(code)
    if path.exists():
        return polib.pofile(str(path), wrapwidth=110)
    catalog = polib.POFile(wrapwidth=110)
    catalog.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": code,
        "MIME-Version": "1.0",
        "Plural-Forms": PLURALS.get(code, "nplurals=2; plural=(n != 1);"),
    }
    return catalog


def update(code: str, found: dict[Key, Message]) -> tuple[int, int]:
    """Bring the file in step: new strings come in empty, unused ones go. Returns (added, removed)."""
    catalog = load(code)
    kept = {(entry.msgctxt, entry.msgid): entry for entry in catalog if not entry.obsolete}
    fresh = polib.POFile(wrapwidth=110)
    fresh.metadata = catalog.metadata
    fresh.header = catalog.header
    for key, message in sorted(found.items(), key=_order):
        entry = kept.get(key) or polib.POEntry(msgctxt=message.context, msgid=message.text)
        # Files without line numbers: a line added elsewhere must not change this file.
        entry.occurrences = [(file, "") for file in sorted(message.files)]
        entry.comment = "\n".join(message.notes)
        if message.plural and not entry.msgid_plural:
            entry.msgid_plural, entry.msgstr, entry.msgstr_plural = message.plural, "", {0: "", 1: ""}
        if "%(" in message.text and "python-format" not in entry.flags:
            entry.flags.append("python-format")
        fresh.append(entry)
    path = path_of(code)
    path.parent.mkdir(parents=True, exist_ok=True)
    text = str(fresh).rstrip() + "\n"
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")
    return len(found.keys() - kept.keys()), len(kept.keys() - found.keys())


def compile_catalog(code: str, *, only_if_stale: bool = True) -> bool:
    """Write django.mo beside django.po; returns whether there was anything to do."""
    source = path_of(code)
    target = source.with_suffix(".mo")
    if not source.exists():
        return False
    if only_if_stale and target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
        return False
    draft = target.with_suffix(f".mo.{os.getpid()}")  # aside, then in place: readers never see half a file
    polib.pofile(str(source)).save_as_mofile(str(draft))
    draft.replace(target)
    return True


def problems(code: str, found: dict[Key, Message]) -> list[str]:
    """Every reason this language is not whole: missing, fuzzy, unused, or a placeholder that differs."""
    catalog = {(entry.msgctxt, entry.msgid): entry for entry in load(code) if not entry.obsolete}
    lines = [f"missing: {_short(text)}" for context, text in sorted(found.keys() - catalog.keys(), key=str)]
    lines += [f"unused: {_short(text)}" for context, text in sorted(catalog.keys() - found.keys(), key=str)]
    for key in sorted(found.keys() & catalog.keys(), key=str):
        lines += _entry_problems(catalog[key])
    return lines


def _entry_problems(entry: polib.POEntry) -> list[str]:
    sources = [entry.msgid, entry.msgid_plural] if entry.msgid_plural else [entry.msgid]
    strings = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    if not all(strings):
        return [f"not translated: {_short(entry.msgid)}"]
    if "fuzzy" in entry.flags:
        return [f"fuzzy: {_short(entry.msgid)}"]
    wanted = [_placeholders(source) for source in sources]
    if any(_placeholders(string) not in wanted for string in strings):
        return [f"placeholders differ: {_short(entry.msgid)}"]
    edges = [(text[:1].isspace(), text[-1:].isspace()) for text in (entry.msgid, strings[0])]
    return [] if edges[0] == edges[1] else [f"space at an end differs: {_short(entry.msgid)}"]


def _placeholders(text: str) -> frozenset[str]:
    return frozenset(match.group(0) for match in PLACEHOLDER.finditer(text))


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 90 else flat[:87] + "..."
