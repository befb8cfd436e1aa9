"""Search over the guide: the same answers from both databases, and nothing kept of what was typed."""

import logging
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from programs import services
from programs.folding import fold
from programs.models import Fact, Kind
from programs.search import tidy
from tests.web.guide import make, rewrite, see

pytestmark = pytest.mark.django_db

MOST_QUERIES = 3


@pytest.fixture(autouse=True)
def _pages() -> None:
    Fact.objects.create(
        key="hours", kind="hours", en="9 to 19 hours", es="9 a 19 horas", label_en="x", label_es="x"
    )
    iop = make(Kind.PROGRAM, "iop", english={"title": "Intensive outpatient program"})
    rewrite(iop, cost="<p>Most insurance plans pay. It takes [[hours]].</p>")
    page = make(Kind.GUIDE, "paying", place="paying", english={"title": "Paying for treatment"})
    rewrite(page, part_1="<p>Insurance, Medicaid and what to ask about insurance.</p>")
    content = {
        **page.live.content,
        "es": {**page.live.content["es"], "part_1": "<p>La clínica y el médico.</p>"},
    }  # type: ignore[union-attr]
    draft = services.save_draft(page, content, by=None)
    services.submit(draft, by=None, note="x")
    services.approve(draft, by=None)
    services.publish(draft, by=None)
    make(
        Kind.TERM,
        "naloxone",
        english={"title": "Naloxone", "meaning": "A spray that can reverse an overdose."},
    )


def found(query: str, path: str = "/search/") -> list[str]:
    response = Client().get(path, {"q": query})
    assert response.status_code == 200
    return re.findall(r'<h3><a href="([^"]+)">', response.content.decode())


def test_it_finds_pages_questions_and_words_and_the_most_fitting_first() -> None:
    assert found("paying insurance")[:2] == ["/paying/", "/programs/iop/"]
    assert found("outpatient")[0] == "/programs/iop/"
    assert found("overdose") == ["/glossary/#naloxone"]


@pytest.mark.parametrize("query", ["CLÍNICA", "clinica", "Clínicas", "medico"])
def test_accents_case_and_plural_do_not_matter(query: str) -> None:
    assert found(query, "/es/buscar/")[0] == "/es/como-pagar/"


def test_what_was_found_is_marked_and_facts_are_filled_in() -> None:
    html = Client().get("/search/", {"q": "insurance"}).content.decode()

    assert "<mark>insurance</mark>" in html
    assert "9 to 19 hours" in html
    assert "[[" not in html


@pytest.mark.parametrize("query", ["", "   ", "zzzzqqq"])
def test_nothing_typed_and_nothing_found_lead_on(query: str) -> None:
    seen = see(f"/search/?q={query}")

    leads = {one["href"] for one in seen.in_main}
    assert {"/faq/", "/programs/", "/glossary/", "/check/", "tel:18006624357"} <= leads
    assert ("No page fits" in seen.text) == bool(query.strip())


HOSTILE = [
    "'; DROP TABLE programs_page; --", "\" OR 1=1", "a & b | !c <-> (d", "***", "(((((", "\\", "%", "_", "[[hours]]",
    "<script>x</script>", "x" * 5000, "🙂 ñ İ ﬁ", "a" + " a" * 900, "or and not", "- -", "\u202e\u0000".replace("\0", ""),
    "AND OR NOT NEAR(", "\t\n",
]  # fmt: skip


@pytest.mark.parametrize("query", HOSTILE)
@pytest.mark.parametrize("path", ["/search/", "/es/buscar/"])
def test_whatever_is_typed_there_is_a_page(path: str, query: str) -> None:
    response = Client().get(path, {"q": query})

    assert response.status_code == 200
    assert "<script>x" not in response.content.decode()


def test_broken_queries_are_refused_kindly() -> None:
    for query in ("q=%00", "q=%ff%fe"):
        assert Client().get(f"/search/?{query}").status_code == 400
    for query in ("q", "q=&q=x", "Q=x", "q[]=x"):
        assert Client().get(f"/search/?{query}").status_code == 200


def test_search_asks_the_database_three_times_at_most() -> None:
    for query in ("insurance", "nothing of this", ""):
        with CaptureQueriesContext(connection) as asked:
            Client().get("/search/", {"q": query})
        assert len(asked) <= MOST_QUERIES


def test_what_was_typed_is_kept_nowhere(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        response = Client().get("/search/", {"q": "suicidequery"})

    assert response["Cache-Control"] == "no-store"
    assert response["X-Robots-Tag"] == "noindex"
    assert not response.cookies
    written = [
        f"{record.getMessage()} {record.__dict__}"
        for record in caplog.records
        if record.name != "django.db.backends"
    ]
    assert written
    assert not [line for line in written if "suicidequery" in line]
    assert "suicidequery" not in re.search(r"<title>.*</title>", response.content.decode())[0]  # type: ignore[index]


def test_an_archived_page_is_not_found() -> None:
    page = make(Kind.GUIDE, "gone", place="paying", english={"title": "Zebra"})
    assert found("zebra") == ["/guide/gone/"]

    services.archive(page, by=None, note="x")

    assert found("zebra") == []


def test_folding_keeps_every_letter_in_its_place() -> None:
    for text in ("Clínica ÑANDÚ", "İstanbul ﬁ ß ǅ", "a\u0301e", "日本 🙂"):
        assert len(fold(text)) == len(text)
    assert fold("Clínica ÑANDÚ") == "clinica nandu"
    assert tidy("  a\tb\n" + "c" * 500)[:5] == "a b c"
    assert len(tidy("x" * 500)) == 100


@pytest.mark.postgresql
def test_postgresql_looks_in_its_index() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    with CaptureQueriesContext(connection) as asked:
        found("insurance")
    sql = next(
        query["sql"]
        for query in asked.captured_queries
        if "plainto_tsquery" in query["sql"] or "websearch" in query["sql"]
    )
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN " + sql)
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "programs_page_words_en" in plan
