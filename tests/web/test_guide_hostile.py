"""Hostile text never reaches a page, whatever way it came into the database."""

import json

import pytest
from django.test import Client

from programs import services
from programs.models import Fact, Kind, Page, ProgramFact, Revision, Source, Track
from programs.rich_text import data_block, show
from programs.weaving import Words, weave
from tests.web.guide import Seen, make, see

HOSTILE = [
    "<script>window.ran = 1</script>",
    '<p onclick="window.ran = 1" style="color: red" class="x" id="main">text</p>',
    '<img src="https://tracker.example/x.gif" onerror="window.ran = 1">',
    '<a href="javascript:window.ran = 1">x</a>',
    '<a href=" jAvAsCrIpT&colon;window.ran = 1">x</a>',
    '<a href="data:text/html,<script>window.ran = 1</script>">x</a>',
    '<a href="vbscript:x" target="_blank">x</a>',
    '<svg><script>window.ran = 1</script><a xlink:href="javascript:x"><text>x</text></a></svg>',
    '<math><mtext><style><img src=x onerror="window.ran = 1"></style></mtext></math>',
    '<iframe src="https://tracker.example/"></iframe><object data="x"></object><embed src="x">',
    "<style>body { display: none }</style><link rel=stylesheet href=https://tracker.example/x.css>",
    '<form action="https://tracker.example/"><input name="x"><button>x</button></form>',
    '<base href="https://tracker.example/"><meta http-equiv="refresh" content="0;url=https://tracker.example/">',
    "<!-- --><h1>x</h1><h2>x</h2><table><tr><td>x</td></tr></table>",
    '<p title="</p><script>window.ran = 1</script>">x</p>',
    '<a href="page:\\"><script>window.ran = 1</script>">x</a><a href="page:nothing">x</a>',
    '<noscript><p title="</noscript><img src=x onerror=window.ran=1>">x</p></noscript>',
    "<details open ontoggle=window.ran=1>x</details><video><source onerror=window.ran=1></video>",
]
NEVER_TAGS = {
    "img", "svg", "math", "iframe", "object", "embed", "style", "base", "form", "input", "video", "source",
    "textarea", "noscript",
}  # fmt: skip
OURS = {"svg", "form", "input", "path", "rect"}


@pytest.fixture
def iop(db: None) -> Page:
    return make(Kind.PROGRAM, "iop")


def inject(page: Page, text: str) -> None:
    """Write past every check, straight into the row."""
    content = {code: dict.fromkeys(page.live.content[code], text) for code in ("en", "es")}  # type: ignore[union-attr]
    Revision.objects.filter(pk=page.live_id).update(content=content)
    services.changed()


def harmless(seen: Seen, before: Seen) -> None:
    """Nothing of the page is new but words, paragraphs, lists and links that lead somewhere decent."""
    assert not (seen.tags - before.tags) & NEVER_TAGS
    assert not {name for name in seen.attributes - before.attributes if name != "rel"}
    assert seen.html.count("<script") == before.html.count("<script")
    assert seen.html.count("<style") == seen.html.count("<base") == seen.html.count("<iframe") == 0
    for link in [one for one in seen.links if "href" in one]:
        assert link["href"].split(":")[0] in ("https", "http", "tel", "mailto") or link["href"][0] in "/#"
    assert 'name="refresh"' not in seen.html
    assert seen.html.count("<meta") == before.html.count("<meta")
    json.dumps(seen.data)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_in_the_row_never_reach_the_page(iop: Page, text: str) -> None:
    before = see("/programs/iop/")
    inject(iop, text)

    harmless(see("/programs/iop/"), before)
    for path in ("/programs/", "/compare/", "/", "/search/?q=iop", "/sitemap.xml", "/es/programas/iop-es/"):
        shown = Client().get(path).content.decode()
        for piece in ("<script>window", "onerror=", "onclick=", "javascript:", 'tracker.example/x.gif"'):
            assert f'<a href="{piece}' not in shown
        assert "<script>window" not in shown
        assert "<img" not in shown


@pytest.mark.parametrize(
    "kind, path", [(Kind.QUESTION, "/faq/"), (Kind.TERM, "/glossary/"), (Kind.GUIDE, "/paying/")]
)
def test_hostile_questions_words_and_guides_do_no_more(db: None, kind: str, path: str) -> None:
    page = make(kind, "paying", place="paying")
    before = see(path)
    for text in HOSTILE:
        inject(page, text)
        harmless(see(path), before)


def test_hostile_facts_sources_reviewers_and_offers_are_only_words(iop: Page) -> None:
    evil = '"><script>window.ran = 1</script>'
    content = {
        **iop.live.content,
        "en": {**iop.live.content["en"], "cost": "<p>[[evil]] and [[phone]]</p>"},
    }  # type: ignore[union-attr]
    Revision.objects.filter(pk=iop.live_id).update(content=content)
    before = see("/programs/iop/")
    Fact.objects.create(key="evil", kind="law", en=evil, es=evil, label_en=evil, label_es=evil)
    Fact.objects.create(
        key="phone", kind="phone", en=evil, es=evil, label_en="x", label_es="x", dial='1" onclick="x'
    )
    source = Source.objects.create(key="x", title=evil, publisher=evil, url="javascript:window.ran=1")
    iop.sources.add(source)
    ProgramFact.objects.create(program=iop, name="ages", en=evil, es=evil)
    Track.objects.create(program=iop, name_en=evil, name_es=evil, format="video", place=evil)
    Page.objects.filter(pk=iop.pk).update(reviewed_by=evil, reviewed_on="2026-11-01")
    services.changed()

    seen = see("/programs/iop/")

    assert evil in seen.text
    assert seen.html.count("<script") == before.html.count("<script")
    assert "onclick" not in seen.attributes
    assert not [one for one in seen.links if one["href"].startswith("javascript")]


def test_a_data_block_cannot_be_left() -> None:
    evil = {"name": "</script><script>x</script><!-- & '\""}

    written = data_block(evil)

    assert "<" not in written
    assert ">" not in written
    assert json.loads(written) == evil


@pytest.mark.parametrize(
    "href", ["https://elsewhere.example/x", "http://elsewhere.example", "//elsewhere.example/x"]
)
def test_a_link_to_another_site_does_not_say_where_it_was_followed_from(href: str) -> None:
    shown = show(f'<p><a href="{href}">Go</a></p>', {}, lambda key: None)

    assert shown == f'<p><a rel="noreferrer" href="{href}">Go</a></p>'


# --- The words that the guide weaves in itself -------------------------------------------------------------------------

FACTS = {"crisis": "988", "line": "1-800-662-4357", "hours": "9 & more", "site": "findtreatment.gov"}
HREFS = {"crisis": "tel:988", "line": "tel:18006624357", "site": "https://findtreatment.gov"}


def test_numbers_can_be_tapped_but_not_inside_a_link_or_a_heading() -> None:
    woven = weave(
        '<h3>Call [[crisis]]</h3><p>[[crisis]], [[hours]].</p><p><a href="/x/">at [[line]]</a></p>',
        FACTS,
        HREFS,
    )

    assert woven == (
        '<h3>Call 988</h3><p><a class="nowrap" href="tel:988">988</a>, 9 &amp; more.</p>'
        '<p><a href="/x/">at 1\N{NON-BREAKING HYPHEN}800\N{NON-BREAKING HYPHEN}662\N{NON-BREAKING HYPHEN}4357</a></p>'
    )
    assert weave("<p>[[nothing]] [[site]]</p>", FACTS, HREFS) == (
        '<p>[[nothing]] <a class="nowrap" href="https://findtreatment.gov" rel="noreferrer">findtreatment.gov</a></p>'
    )


def test_a_word_is_linked_once_where_it_is_first_used_and_only_whole() -> None:
    words = Words({"IOP (intensive outpatient program)": "/g#iop", "Detox": "/g#detox", "R&D": "/g#rd"})

    first = weave("<h3>IOP</h3><p>Biops, <strong>iop</strong> and IOP; detoxing. R&amp;D</p>", {}, {}, words)
    second = weave("<p>IOP, an intensive outpatient program. Detox.</p>", {}, {}, words)

    assert first == (
        '<h3>IOP</h3><p>Biops, <strong><a class="term" href="/g#iop">iop</a></strong> and IOP; detoxing. '
        '<a class="term" href="/g#rd">R&amp;D</a></p>'
    )
    assert second == '<p>IOP, an intensive outpatient program. <a class="term" href="/g#detox">Detox</a>.</p>'


def test_weaving_changes_nothing_else() -> None:
    for text in (
        "<p>a &lt; b &amp; c &#39; d &nbsp; e</p>",
        '<ul><li><a href="https://x.example/?a=1&amp;b=2">x</a></li></ul>',
        "<p>x<br>y</p>",
        "",
        "no tags",
    ):
        assert weave(text, {}, {}, Words({"zebra": "/z"})) == text
