"""The product keeps the rules of the house, and the rules can tell."""

import ast
import re

import pytest

from tests.house import rules
from tests.house.rules import EVERYWHERE, MUST_FAIL, MUST_PASS, Rule
from tests.house.source import PRODUCT, files, name, python

RULES = [*EVERYWHERE, rules.no_session]
# The one module that may say that text is safe: it has just cleaned it.
SANITIZER = "programs/rich_text.py"


@pytest.mark.parametrize("rule", EVERYWHERE, ids=lambda rule: rule.__name__)
def test_the_product_keeps_the_rule(rule: Rule) -> None:
    allowed = SANITIZER if rule is rules.no_marked_safe else ""
    broken = [
        f"{name(path)}:{line}"
        for path, tree in python(*PRODUCT)
        if name(path) != allowed
        for line in rule(tree)
    ]

    assert not broken, f"{rule.__doc__}"


def test_the_screening_keeps_nothing_in_a_session() -> None:
    broken = [f"{name(path)}:{line}" for path, tree in python("screening") for line in rules.no_session(tree)]

    assert not broken, rules.no_session.__doc__


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_rule_can_tell(rule: Rule) -> None:
    for bad in MUST_FAIL[rule]:
        assert list(rule(ast.parse(bad))), f"let through: {bad}"
    for good in MUST_PASS[rule]:
        assert not list(rule(ast.parse(good))), f"refused: {good}"


# What a page says to machines: not run, and written by rich_text.data_block, which leaves no "<" in it.
DATA_BLOCK = '<script type="application/ld+json">{{ data }}</script>'
UNSAFE_IN_TEMPLATES = re.compile(
    r"\|\s*safe(seq)?\b|\{%\s*autoescape\s+off|\sstyle=|\son[a-z]+=|<style\b|javascript:|<script(?![^>]*\bsrc=)",
    re.IGNORECASE,
)


def test_templates_escape_everything_and_hold_no_inline_code() -> None:
    found = [
        f"{name(path)}: {match.group(0).strip()}"
        for path in files("templates", suffix=".html")
        for match in UNSAFE_IN_TEMPLATES.finditer(path.read_text(encoding="utf-8").replace(DATA_BLOCK, ""))
    ]

    assert not found


@pytest.mark.parametrize(
    "bad",
    [
        "{{ a|safe }}",
        "{% autoescape off %}",
        "<p style='x'>",
        "<a onclick=x>",
        "<style>",
        "<a href='javascript:x'>",
        "<script>x</script>",
        '<script type="application/ld+json">{{ other }}</script>',
    ],
)
def test_the_template_rule_can_tell(bad: str) -> None:
    assert UNSAFE_IN_TEMPLATES.search(bad)
    assert not UNSAFE_IN_TEMPLATES.search(
        '<script defer src="/a.js"></script><p class="on">{{ a|safely }}</p>'
    )


FOREIGN = re.compile(
    r"""(?:src|srcset|action|poster|data)\s*=\s*["']?(?:https?:)?//|<link[^>]*href=["']?(?:https?:)?//|url\(["']?(?:https?:)?//|@import"""
)


def test_no_page_loads_anything_from_elsewhere() -> None:
    looked_at = [
        *files("templates", suffix=".html"),
        *files("static", suffix=".css"),
        *files("static", suffix=".js"),
    ]
    found = [name(path) for path in looked_at if FOREIGN.search(path.read_text(encoding="utf-8"))]

    assert not found
    assert FOREIGN.search('<img src="https://tracker.example/x.gif">')
    assert FOREIGN.search("body { background: url(//cdn.example/x.png) }")
    assert not FOREIGN.search('<a href="https://www.weather.gov/">')
