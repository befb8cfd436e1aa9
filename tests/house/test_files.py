"""The state of the files themselves: sizes, leftovers, lock files, templates, documented settings."""

import ast
import importlib.metadata
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.source import PRODUCT, ROOT, TEXT, files, name, python

LONGEST_FILE = 300
LONGEST_TABLE = 480  # tables and migrations: lists of rows, each in two languages and two voices
LONGEST_FUNCTION = 60
MOST_DEPENDENCIES = 12


def _ceiling(path: Path) -> int:
    return (
        LONGEST_TABLE
        if {"protocol", "migrations", "starter"} & set(path.parts) or path.is_relative_to(ROOT / "tests")
        else LONGEST_FILE
    )


def test_no_file_is_longer_than_a_person_can_hold() -> None:
    long = {}
    for path in files(*PRODUCT, "tests", suffix=".py"):
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > _ceiling(path):
            long[name(path)] = lines

    assert not long


def test_no_function_is_longer_than_a_screen() -> None:
    long = {
        f"{name(path)}:{node.lineno} {node.name}": (node.end_lineno or 0) - node.lineno + 1
        for path, tree in python(*PRODUCT)
        if "migrations" not in path.parts
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION
    }

    assert not long


def test_every_package_of_the_product_says_what_a_module_is_for() -> None:
    silent = [
        name(path)
        for path, tree in python(*PRODUCT)
        if tree.body
        and "migrations" not in path.parts
        and path.name != "apps.py"
        and not ast.get_docstring(tree)
    ]

    assert not silent


MACHINE_PATH = re.compile(r"(?<![\w.])/(?:home|root|work|Users|mnt|opt/(?!homebrew))/?\w*/|[A-Z]:\\\\")


def test_no_file_knows_the_machine_it_was_written_on() -> None:
    found = [
        f"{name(path)}: {match.group(0)}"
        for path in files()
        if path.suffix in TEXT and path != Path(__file__)
        for match in MACHINE_PATH.finditer(path.read_text(encoding="utf-8"))
        if not (path.is_relative_to(ROOT / "deploy") or name(path) == "docs/operate.md")
    ]

    assert not found
    assert MACHINE_PATH.search("open('/home/somebody/x')")


def test_nothing_is_left_to_do_later() -> None:
    later = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|(?i:lorem ipsum|coming soon)")
    found = [
        f"{name(path)}: {match.group(0)}"
        for path in files(*PRODUCT, "templates", "static", "deploy", "docs")
        if path.suffix in TEXT
        for match in later.finditer(path.read_text(encoding="utf-8"))
    ]

    assert not found


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt"])
def test_the_lock_files_pin_and_hash_everything_and_name_no_host(lock: str) -> None:
    text = (ROOT / lock).read_text()

    for word in ("://", "--index-url", "--extra-index-url", "--find-links", "--trusted-host", " @ "):
        assert word not in text
    pins = re.findall(r"^[a-z0-9][\w.-]*(?:\[[\w,-]+\])?==\S+", text, re.MULTILINE)
    blocks = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    assert len(pins) == len(blocks)
    assert all("--hash=sha256:" in block for block in blocks)


def test_the_lock_of_the_audits_pins_and_hashes_everything_and_names_no_host() -> None:
    folder = ROOT / "tests/audits"
    packages = json.loads((folder / "package-lock.json").read_text())["packages"]
    asked = json.loads((folder / "package.json").read_text())

    assert packages.pop("")["devDependencies"] == asked["devDependencies"], "type `make lock-audits`"
    assert set(packages) >= {f"node_modules/{name}" for name in asked["devDependencies"]}
    assert all(re.fullmatch(r"sha512-[\w+/]+=*", one.get("integrity", "")) for one in packages.values())
    assert all(re.fullmatch(r"\d[\w.-]*", one["version"]) for one in packages.values())
    for file in ("package-lock.json", "package.json", ".npmrc"):
        for word in ("://", 'resolved"', "registry=", '"latest"', "git+", "file:"):
            assert word not in (folder / file).read_text(), f"{file}: {word}"


def test_the_lock_files_hold_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    for lock, asked in (
        ("requirements.txt", project["project"]["dependencies"]),
        ("requirements-dev.txt", project["project"]["dependencies"] + project["dependency-groups"]["dev"]),
    ):
        locked = set(re.findall(r"^([a-z0-9][\w-]*)", (ROOT / lock).read_text(), re.MULTILINE))
        wanted = {re.split(r"[\[<>=!~]", requirement)[0].strip().lower() for requirement in asked}
        assert wanted <= locked, f"{lock} is behind pyproject.toml: type `make lock`"


def test_both_lock_files_agree() -> None:
    def pins(lock: str) -> set[str]:
        found = re.findall(
            r"^([a-z0-9][\w.-]*)(?:\[[\w,-]+\])?(==\S+)", (ROOT / lock).read_text(), re.MULTILINE
        )
        return {name + version for name, version in found}

    assert pins("requirements.txt") <= pins("requirements-dev.txt")


def _asks(package: str, extras: set[str]) -> Iterator[Requirement]:
    """What an installed package asks for here, with these of its own extras."""
    for line in importlib.metadata.requires(package) or []:
        one = Requirement(line)
        if one.marker is None or any(one.marker.evaluate({"extra": extra}) for extra in extras | {""}):
            yield one


def test_extras_that_packages_ask_of_each_other_are_locked_by_name() -> None:
    """An older pip takes the newest version of `name[extra]`, and so fails, unless the lock names the extra too."""
    text = (ROOT / "requirements-dev.txt").read_text()
    found = re.findall(r"^([a-z0-9][\w.-]*)(?:\[([\w,-]+)\])?==", text, re.MULTILINE)
    locked = {package: set(filter(None, extras.split(","))) for package, extras in found}
    # Some are locked for another system or another Python.
    here = {canonicalize_name(one.metadata["Name"]) for one in importlib.metadata.distributions()}
    missing = {
        f"{package} asks for {one}"
        for package in sorted(here & set(locked))
        for one in _asks(package, locked[package])
        if one.extras - locked.get(canonicalize_name(one.name), one.extras)
    }

    assert len(here & set(locked)) > 40
    assert not missing, "type `make lock`"


def test_every_dependency_says_why_it_is_there_and_few_are() -> None:
    text = (ROOT / "pyproject.toml").read_text()
    project = tomllib.loads(text)
    asked = project["project"]["dependencies"] + project["dependency-groups"]["dev"]

    silent = [one for one in asked if not re.search(rf'"{re.escape(one)}",\s+# \w', text)]
    assert not silent
    assert len(project["project"]["dependencies"]) <= MOST_DEPENDENCIES


def _template_names() -> set[str]:
    return {path.relative_to(ROOT / "templates").as_posix() for path in files("templates", suffix=".html")}


def _named_somewhere(template: str) -> bool:
    if template.split("/")[0] in {"iop", "admin", "allauth", "account", "mfa"}:
        return True  # looked up by name by the form renderer, by Django's admin and by allauth
    quoted = (f'"{template}"', f"'{template}'")
    return any(quote in text for text in _TEXTS for quote in quoted)


_TEXTS = [
    path.read_text(encoding="utf-8")
    for path in [*files(*PRODUCT, suffix=".py"), *files("templates", suffix=".html")]
]
_ERROR_PAGES = {f"errors/{status}.html" for status in (400, 403, 404, 413, 500, 503)}


def test_every_template_is_used() -> None:
    unused = sorted(one for one in _template_names() - _ERROR_PAGES if not _named_somewhere(one))

    assert not unused


def test_every_error_has_its_page() -> None:
    assert _template_names() >= _ERROR_PAGES


def test_every_template_that_is_named_exists() -> None:
    named = {
        found
        for text in _TEXTS
        for found in re.findall(
            r"[\"']((?:screening|programs|components|errors|emails|iop)/[\w/.-]+\.html)[\"']", text
        )
    }

    assert not named - _template_names()


def test_every_setting_of_the_environment_is_explained_to_the_operator() -> None:
    read = set()
    for _, tree in python("iopguide"):
        read |= {
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
    read |= set(re.findall(r"IOPGUIDE_\w+", (ROOT / "deploy/gunicorn.conf.py").read_text()))
    variables = {value for value in read if re.fullmatch(r"IOPGUIDE_[A-Z_]+|DATABASE_URL", value)}
    assert len(variables) > 10

    manual = (ROOT / "docs/operate.md").read_text()
    assert not {variable for variable in variables if f"`{variable}`" not in manual}
    assert set(re.findall(r"`(IOPGUIDE_[A-Z_]+)`", manual)) <= variables


def test_every_system_check_of_the_site_has_a_red_test() -> None:
    tests = (ROOT / "tests/web/test_checks.py").read_text()
    identifiers = set(re.findall(r'id="(iopguide\.[EW]\d{3})"', (ROOT / "iopguide/checks.py").read_text()))

    assert identifiers
    assert not {identifier for identifier in identifiers if identifier not in tests}


def test_every_target_of_the_makefile_is_in_its_help() -> None:
    text = (ROOT / "Makefile").read_text()
    targets = set(re.findall(r"^\.PHONY: ([\w-]+)$", text, re.MULTILINE))
    helped = set(re.findall(r"^([a-z-]+):.*## ", text, re.MULTILINE))

    assert targets - {"bench", "clean"} <= helped
    assert helped <= targets
