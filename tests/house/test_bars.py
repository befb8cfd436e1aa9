"""docs/bars.md keeps its word: every bar has a row, and every test and document it names exists."""

import ast
import re

from django.conf import settings

PAGE = settings.BASE_DIR / "docs" / "bars.md"
BARS = [f"B{number}" for number in range(1, 29)]
TEST = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
LINK = re.compile(r"\]\(([\w/-]+\.md)\)")


def rows() -> dict[str, str]:
    """The last cell of each row, by bar."""
    lines = [
        line.split(" | ") for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| B")
    ]
    return {cells[0].strip("| "): cells[-1] for cells in lines if len(cells) == 3 and cells[0] != "| Bar"}


def functions_of(path: str) -> set[str]:
    file = settings.BASE_DIR / path
    if not file.is_file():
        return set()
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_every_bar_has_a_row() -> None:
    assert list(rows()) == BARS


def test_every_row_names_what_measures_it() -> None:
    assert not [bar for bar, cell in rows().items() if not TEST.search(cell) and not LINK.search(cell)]


def test_everything_that_is_named_exists() -> None:
    text = PAGE.read_text(encoding="utf-8")
    gone = [f"{path}::{name}" for path, name in TEST.findall(text) if name not in functions_of(path)]
    gone += [path for path in LINK.findall(text) if not (PAGE.parent / path).is_file()]

    assert not gone
    assert "test_everything_that_is_named_exists" in functions_of("tests/house/test_bars.py")
    assert functions_of("tests/house/no_such_file.py") == set()
