"""The guide in a browser: every kind of page at every size and in both schemes, its weight, its copy on paper."""

import re
from collections.abc import Iterator
from itertools import cycle

import pytest
from django.core.cache import caches

from programs import starter_content
from tests.browser.conftest import Visitor
from tests.browser.inspection import DESK, NARROW, Findings, Look, inspect
from tests.browser.test_print import pages_in
from tests.browser.test_weight import MOST_REQUESTS, Traffic

pytestmark = pytest.mark.browser

# One of each kind, in English and in Spanish.
KINDS = {
    "overview": ("/programs/", "/es/programas/"),
    "program": ("/programs/iop/", "/es/programas/programa-intensivo/"),
    "comparison": ("/compare/?a=iop&b=php", "/es/comparar/?a=iop&b=php"),
    "hub": ("/families/", "/es/familias/"),
    "guide": ("/paying/", "/es/como-pagar/"),
    "worksheet": ("/choosing-a-program/", "/es/como-elegir-un-programa/"),
    "questions": ("/faq/", "/es/preguntas/"),
    "words": ("/glossary/", "/es/glosario/"),
    "reviewers": ("/reviewers/", "/es/quien-revisa/"),
    "search": ("/search/?q=insurance", "/es/buscar/?q=seguro"),
    "nothing found": ("/search/?q=zzzz", "/es/buscar/?q=zzzz"),
}
TABLET = {"width": 768, "height": 1024}
# Sizes and schemes take turns from page to page, and the two languages differ in where they start.
TURNS: tuple[Look, ...] = (
    (NARROW, "light"),
    (TABLET, "dark"),
    (DESK, "light"),
    (NARROW, "dark"),
    (TABLET, "light"),
    (DESK, "dark"),
)  # type: ignore[assignment]
MOST_KILOBYTES = 50
# Pages of Letter paper at most.
PAPER = {"program": 4, "hub": 4, "guide": 4, "worksheet": 2, "comparison": 1}
HEAVIEST = ("program", "comparison", "questions", "words")
UNFOLD = "[...document.querySelectorAll('details')].slice(0, 5).forEach(d => d.open = true)"


@pytest.fixture(autouse=True)
def _starter(site: object) -> Iterator[None]:
    caches["pages"].clear()
    starter_content.load()
    yield
    caches["pages"].clear()


def test_every_kind_of_page_on_every_screen_on_paper_and_in_the_other_language(
    visitor: Visitor, language: str
) -> None:
    """One walk for all of it: opening a page costs more than looking at it."""
    visit = visitor(language)
    spanish = language == "es"
    turns = cycle(TURNS[3 * spanish :] + TURNS[: 3 * spanish])
    wrong: dict[str, Findings] = {}
    for (name, paths), look in zip(KINDS.items(), turns, strict=False):
        visit.page.set_viewport_size(NARROW)
        visit.page.emulate_media(color_scheme="light", reduced_motion="reduce")
        visit.open(paths[spanish])
        if name in PAPER:
            pdf = visit.page.pdf(format="Letter", prefer_css_page_size=True)
            assert pages_in(pdf) <= PAPER[name], f"{name}: {pages_in(pdf)} sheets"
            if name == "comparison":
                assert re.search(rb"/MediaBox\s*\[\s*0 0 792 612\s*\]", pdf), "it lies on its side"
        visit.page.evaluate(UNFOLD)
        if found := inspect(visit, look, colors=not spanish):
            wrong[name] = found
        if "?" not in paths[0]:
            visit.follow(f".head [hreflang={'en' if spanish else 'es'}]")
            assert visit.here() == paths[not spanish]

    assert not wrong


def test_a_page_is_light_and_takes_three_requests(visitor: Visitor) -> None:
    for name in HEAVIEST:
        for path in KINDS[name]:
            visit = visitor(extra_http_headers={"Accept-Encoding": "gzip"})
            traffic = Traffic()
            traffic.listen(visit)
            visit.open(path)
            visit.page.wait_for_load_state("networkidle")

            assert len(traffic.of_the_page()) <= MOST_REQUESTS, path
            assert 1 < traffic.on_the_wire() <= MOST_KILOBYTES, path
            visit.context.close()


def test_two_kinds_are_compared_with_keys_alone_and_an_answer_opens_by_its_address(visitor: Visitor) -> None:
    visit = visitor("en", script=False)
    visit.open("/compare/")
    visit.page.focus("select#a")
    visit.page.keyboard.type("Part")
    visit.page.keyboard.press("Tab")
    visit.page.keyboard.type("Resi")
    visit.page.keyboard.press("Tab")
    with visit.moving():
        visit.page.keyboard.press("Enter")
    assert visit.page.url.endswith("/compare/?a=php&b=residential#two")
    assert "PHP" in visit.page.inner_text("#two-title")

    visit.open("/faq/")
    key = visit.page.locator(".answer").nth(3).get_attribute("id")
    assert not visit.page.locator(f"#{key}").is_visible()
    visit.open(f"/faq/?x#{key}")
    assert visit.page.locator(f"#{key}").is_visible()
