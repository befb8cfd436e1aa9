"""Two checkers of HTML: the Nu checker of the WHATWG (vnu), and html-validate. Each is started once for all pages."""

import json
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.audits import tools
from tests.audits.pages import Page, Shelf
from tests.audits.reviewed import RULES, Finding

VNU = tools.PACKAGES / "vnu-jar" / "build" / "dist" / "vnu.jar"
HTML_VALIDATE = tools.PACKAGES / "html-validate" / "bin" / "html-validate.mjs"
# The schemas need the deep stack; the first compiler is done with all pages before the best one would have begun.
JAVA = ("-Xss4m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")


class Started:
    """A checker at work. What it says goes into files: of a pipe it may lose the end."""

    def __init__(self, folder: Path, *command: str | None) -> None:
        assert all(command), "look for what is missing first"
        self._said = [folder / f"{len(list(folder.iterdir()))}-{channel}" for channel in ("out", "err")]
        with self._said[0].open("w") as out, self._said[1].open("w") as err:
            self._process = subprocess.Popen([str(part) for part in command], stdout=out, stderr=err)

    def wait(self) -> tuple[int, str, str]:
        """Return its code, and all that it said on both of its channels."""
        code = self._process.wait()
        out, err = (file.read_text(encoding="utf-8") for file in self._said)
        return code, out, err


def check(pages: Iterable[Page]) -> list[Finding]:
    """Everything both checkers find on these pages, warnings too."""
    with tempfile.TemporaryDirectory(prefix="iopguide-audit-") as name:
        folder = Path(name)
        files = _save(pages, folder)
        vnu, validate = _start_vnu(folder), _start_html_validate(folder)
        return [*_of_vnu(vnu, files), *_of_html_validate(validate, files)]


def _save(pages: Iterable[Page], folder: Path) -> dict[str, Page]:
    """Keep each different page once, on its shelf, with the rules for it. Return what each file holds."""
    for shelf in Shelf:
        (folder / shelf).mkdir()
        rules = {"root": True, "extends": ["html-validate:recommended"], "rules": RULES[shelf]}
        (folder / shelf / ".htmlvalidate.json").write_text(json.dumps(rules), encoding="utf-8")
    files = {}
    for number, page in enumerate({page.html: page for page in pages}.values()):
        file = folder / page.shelf / f"{number:04}.html"
        file.write_text(page.html, encoding="utf-8")
        files[file.name] = page
    return files


def _start_vnu(folder: Path) -> Started:
    options = ("--format", "json", "--exit-zero-always", "--no-langdetect", "--skip-non-html")
    shelves = [str(folder / shelf) for shelf in Shelf]
    return Started(folder, tools.java(), *JAVA, "-jar", str(VNU), *options, *shelves)


def _start_html_validate(folder: Path) -> Started:
    """Not asked about what Django makes whole."""
    asked = [str(folder / shelf) for shelf in Shelf if shelf != Shelf.DJANGO]
    return Started(folder, tools.node(), str(HTML_VALIDATE), "--formatter", "json", *asked)


def _of_vnu(started: Started, files: dict[str, Page]) -> list[Finding]:
    code, out, said = started.wait()
    assert code == 0, out + said
    return [
        Finding(
            page=files[Path(one["url"]).name],
            line=one.get("lastLine", 0),
            checker="vnu",
            severity=one.get("subType", one["type"]),
            message=one["message"],
        )
        for one in json.loads(said)["messages"]
    ]


def _of_html_validate(started: Started, files: dict[str, Page]) -> list[Finding]:
    _, said, complaint = started.wait()
    assert said.startswith("["), said + complaint
    return [
        _of_rule(files[Path(file["filePath"]).name], one)
        for file in json.loads(said)
        for one in file["messages"]
    ]


def _of_rule(page: Page, one: dict[str, Any]) -> Finding:
    return Finding(
        page=page,
        line=one["line"],
        checker=f"html-validate {one['ruleId']}",
        severity="error" if one["severity"] == 2 else "warning",
        message=one["message"],
    )
