"""The whole guide, as it comes with the software: every page in both languages, every link, every number."""

import re
from functools import cache
from itertools import pairwise

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from programs.models import Fact, Page
from screening.protocol.v1.help_lines import HELP_LINES
from tests.web.guide import HOST, LANGUAGES, Seen, forget, inside, see

pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.usefixtures("starter")]

MOST_QUERIES = 8
HARD_HYPHEN = "\N{NON-BREAKING HYPHEN}"


@cache
def _fetched(path: str) -> Seen:
    return see(path)


def listed() -> dict[str, dict[str, str]]:
    """Every address of the sitemap, with its alternates."""
    response = Client().get("/sitemap.xml")
    assert response.status_code == 200
    assert response["Content-Type"] == "application/xml"
    found = {}
    for block in re.findall(r"<url>(.*?)</url>", response.content.decode(), re.DOTALL):
        where = re.search(r"<loc>(.*?)</loc>", block)
        assert where
        pairs = re.findall(r'hreflang="([^"]+)" href="([^"]+)"', block)
        found[where[1].removeprefix(HOST)] = {code: url.removeprefix(HOST) for code, url in pairs}
    return found


def pages() -> dict[str, Seen]:
    return {path: _fetched(path) for path in listed()}


def test_every_page_of_the_inventory_is_there_in_both_languages() -> None:
    wanted = [
        "/",
        "/help-now/",
        "/how-it-works/",
        "/programs/",
        "/programs/iop/",
        "/programs/php/",
        "/programs/dual-diagnosis/",
        "/programs/residential/",
        "/programs/detox/",
        "/programs/medications/",
        "/programs/outpatient/",
        "/programs/recovery-housing/",
        "/programs/telehealth/",
        "/compare/",
        "/families/",
        "/families/how-to-talk/",
        "/families/when-they-say-no/",
        "/families/getting-ready/",
        "/families/boundaries-and-safety/",
        "/families/naloxone/",
        "/families/during-treatment/",
        "/families/after-treatment/",
        "/families/looking-after-you/",
        "/families/kids-and-teens/",
        "/families/myths/",
        "/paying/",
        "/work-and-leave/",
        "/privacy-in-treatment/",
        "/choosing-a-program/",
        "/first-day/",
        "/faq/",
        "/glossary/",
        "/about/",
        "/reviewers/",
        "/privacy/",
        "/accessibility/",
        "/contact/",
    ]
    found = listed()

    assert set(wanted) <= set(found)
    assert [path for path in wanted if set(found[path]) != {"en", "es", "x-default"}] == []
    assert len(found) == 2 * len({alternates["en"] for alternates in found.values()})


def test_pages_of_the_two_languages_have_the_same_shape() -> None:
    """As many headings of each rank, as many links: but for those to words, which fall where each language uses one."""
    different = []
    for path, alternates in listed().items():
        if path != alternates["en"]:
            continue
        shapes = []
        for code in LANGUAGES:
            seen = _fetched(alternates[code])
            assert seen.language == code
            shapes.append((seen.headings, len([one for one in seen.in_main if one.get("class") != "term"])))
        if shapes[0] != shapes[1]:
            different.append(f"{path}: {shapes}")

    assert not different


def test_no_link_and_no_anchor_is_broken() -> None:
    known = pages()
    broken = set()
    for path, seen in known.items():
        for target, anchor in inside(path, seen):
            if target not in known:
                # Pages of the check are not listed; they must be there all the same.
                if Client().get(target).status_code not in (200, 303):
                    broken.add(f"{path} -> {target}")
            elif anchor and anchor not in known[target].anchors:
                broken.add(f"{path} -> {target}#{anchor}")

    assert not broken


def test_the_list_for_search_engines_is_exactly_what_may_be_found() -> None:
    """What a robot reaches by links, and may keep, is what the list names."""
    known = pages()
    reached = {target.split("?")[0] for path, seen in known.items() for target, _ in inside(path, seen)}
    kept_out = {path for path in reached if Client().get(path).get("X-Robots-Tag") == "noindex"}

    assert reached - kept_out == set(known)
    assert not [path for path in known if "X-Robots-Tag" in Client().get(path)]
    assert {"/search/", "/es/buscar/", "/check/"} <= kept_out


def test_each_page_names_itself_and_its_twin_and_the_twin_agrees() -> None:
    for path, alternates in listed().items():
        seen = _fetched(path)

        assert seen.canonical == HOST + path
        assert seen.alternates == {code: HOST + url for code, url in alternates.items()}
        assert seen.alternates["x-default"] == seen.alternates["en"]
        for code in LANGUAGES:
            assert _fetched(alternates[code]).alternates == seen.alternates
        other = next(code for code in LANGUAGES if code != seen.language)
        assert alternates[other] in [one["href"] for one in seen.links if one.get("hreflang") == other]


def test_no_placeholder_is_left_and_every_page_is_whole() -> None:
    titles: dict[str, str] = {}
    for path, seen in pages().items():
        assert "[[" not in seen.html, path
        assert '"page:' not in seen.html, path
        assert seen.headings.count("h1") == 1, path
        assert titles.setdefault(seen.title, path) == path
        described = [one["content"] for tag, one in seen.head if one.get("name") == "description"]
        assert len(described) == 1, path
        assert 40 <= len(described[0]) <= 155, path
        ranks = [int(one[1]) for one in seen.headings]
        assert all(after <= before + 1 for before, after in pairwise(ranks)), path


METHOD = ("/how-it-works/", "/es/como-funciona/")
NUMBER = re.compile(r"(?<![\d-])(?:1-)?(?:\d{3}-)?\d{3}-\d{4}(?![\d-])|(?<![\d,])(?:911|988)(?![\d,])")


def test_every_phone_number_stands_in_the_facts_table_and_can_be_tapped() -> None:
    facts = {value for pair in Fact.objects.values_list("en", "es") for value in pair}
    dials = {f"tel:{dial}" for dial in Fact.objects.exclude(dial="").values_list("dial", flat=True)}
    for path, seen in pages().items():
        if path in METHOD:
            continue  # pages of journals are numbers too; test_how reads that page
        found = set(NUMBER.findall(seen.text.replace(HARD_HYPHEN, "-")))
        assert found <= facts, path
        assert {one["href"] for one in seen.links if one["href"].startswith("tel:")} <= dials, path


def test_the_facts_table_and_the_check_give_the_same_numbers() -> None:
    facts = {fact.key: fact for fact in Fact.objects.all()}
    for line in HELP_LINES:
        fact = facts[line.key]
        assert (fact.en, fact.es, fact.dial) == (line.number, line.number, line.dial)
        assert (fact.label_en, fact.label_es) == (line.name.en, line.name.es)


def test_what_a_page_says_to_machines_it_says_to_people() -> None:
    for path, seen in pages().items():
        if seen.data is None:
            assert path.strip("/").removeprefix("es").strip("/") in (
                "help-now",
                "how-it-works",
                "ayuda-ahora",
                "como-funciona",
            )
            continue
        assert seen.data["@context"] == "https://schema.org"
        for one in seen.data["@graph"]:
            if one["@type"] in ("MedicalWebPage", "WebPage"):
                assert one["name"] in seen.text
                assert HOST + path == one["url"]
                assert one["inLanguage"] == seen.language
                # Nobody has reviewed what comes with the software, and the page does not pretend.
                assert "reviewedBy" not in one
                assert "lastReviewed" not in one
            if one["@type"] == "BreadcrumbList":
                for step in one["itemListElement"][:-1]:
                    assert step["item"].removeprefix(HOST) in [link["href"] for link in seen.links]
            if one["@type"] == "FAQPage":
                assert len(one["mainEntity"]) >= 40
                for question in one["mainEntity"]:
                    assert " ".join(question["name"].split()) in seen.text
                    answer = question["acceptedAnswer"]["text"]
                    assert answer.split(".")[0] in seen.text, answer


# They do not hang on the guide: the emergency page asks nothing, the method page which rules are live.
NOT_KEPT = ("help-now", "ayuda-ahora", "how-it-works", "como-funciona")


def test_public_pages_are_light_for_the_database_and_set_no_cookie() -> None:
    slow = {}
    for path in listed():
        forget()
        for most in (MOST_QUERIES, 1):
            with CaptureQueriesContext(connection) as asked:
                response = Client().get(path)
            asks_for_rules = any(word in path for word in NOT_KEPT)
            if len(asked) > (2 if asks_for_rules else most):
                slow[path] = [query["sql"][:90] for query in asked.captured_queries]
            assert not response.cookies
            assert "Cookie" not in response.get("Vary", "")
            assert response.get("Cache-Control") in ("no-cache", None)

    assert not slow


def test_every_page_carries_its_weight() -> None:
    for path in listed():
        packed = Client().get(path, headers={"accept-encoding": "gzip"})
        assert len(packed.content) < 40 * 1024, path
        assert packed["Content-Encoding"] == "gzip"


def test_all_that_the_software_brings_is_live_and_nobody_is_named_as_reviewer() -> None:
    assert Page.objects.filter(live=None).count() == 0
    assert Page.objects.exclude(reviewed_by="").count() == 0
    for path in ("/programs/iop/", "/es/programas/programa-intensivo/"):
        assert {"en": "Not yet reviewed", "es": "Todavía no"}[_fetched(path).language] in _fetched(path).text
