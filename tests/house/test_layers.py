"""Who may know whom. import-linter follows chains of imports; these look at each file by itself, and say which."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source import ROOT, imports, name, python

# What a protocol (tables of questions, scores, rules) may use: the words to write it with, and other tables.
PROTOCOL_MAY_IMPORT = (
    "screening.engine.spec",
    "screening.engine.conditions",
    "screening.protocol",
    "__future__",
    "collections.abc",
    "dataclasses",
    "typing",
)


def _allowed(module: str, allowed: tuple[str, ...]) -> bool:
    return any(module == one or module.startswith(f"{one}.") for one in allowed)


def _engine_faults(tree: ast.Module) -> list[str]:
    own = (*sys.stdlib_module_names, "screening.engine")
    return [module for _, module in imports(tree) if not _allowed(module, tuple(own))]


def _protocol_faults(path: Path, tree: ast.Module) -> list[str]:
    # A revision's own helpers over the engine (sheets, presentation) sit beside the tables, not in them.
    return [module for _, module in imports(tree) if not _allowed(module, PROTOCOL_MAY_IMPORT)]


def test_the_engine_imports_the_standard_library_and_itself_only() -> None:
    faults = {
        name(path): found for path, tree in python("screening/engine") if (found := _engine_faults(tree))
    }

    assert not faults


def test_a_protocol_imports_the_words_it_is_written_in_and_nothing_else() -> None:
    faults = {
        name(path): found
        for path, tree in python("screening/protocol")
        if (found := _protocol_faults(path, tree))
    }

    assert not faults


def test_programs_know_nothing_of_the_screening() -> None:
    faults = [
        name(path)
        for path, tree in python("programs")
        for _, module in imports(tree)
        if _allowed(module, ("screening",))
    ]

    assert not faults


def test_only_the_wiring_is_imported_from_iopguide() -> None:
    allowed = (
        "iopguide.visibility",
        "iopguide.logs",
        "iopguide.errors",
        "iopguide.environment",
        "iopguide.attention",
        "iopguide.keyring",
    )
    faults = [
        f"{name(path)}: {module}"
        for path, tree in python("screening", "programs")
        for _, module in imports(tree)
        if module.startswith("iopguide") and not _allowed(module, allowed)
    ]

    assert not faults


@pytest.mark.parametrize(
    "source",
    [
        "from django.utils.translation import gettext",
        "import screening.models",
        "from screening.protocol import v1",
    ],
)
def test_the_engine_rule_can_tell(source: str) -> None:
    assert _engine_faults(ast.parse(source))


@pytest.mark.parametrize(
    "source", ["from screening.engine.scoring import score", "import random", "from django import forms"]
)
def test_the_protocol_rule_can_tell(source: str) -> None:
    assert _protocol_faults(ROOT, ast.parse(source))


def test_loading_the_engine_does_not_load_django() -> None:
    code = "import sys, screening.engine, screening.protocol; sys.exit(any(m.split('.')[0] == 'django' for m in sys.modules))"

    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
