"""A thousand pages and ten thousand revisions: public pages ask as few questions as ever."""

import time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from programs import services
from programs.models import Kind, Page, Revision, State
from tests.web.guide import forget, words

pytestmark = pytest.mark.django_db

PAGES, REVISIONS = 1_000, 10
MOST_QUERIES = 8
KINDS = (Kind.GUIDE, Kind.PROGRAM, Kind.QUESTION, Kind.TERM)


@pytest.fixture
def _many() -> None:
    said = {kind: {code: words(kind, f"Word {kind}") for code in ("en", "es")} for kind in KINDS}
    rows = [
        Page(kind=KINDS[n % 4], key=f"key-{n}", place="paying", order=n, words_en=f"Word {n}", words_es=f"Palabra {n}",
             slug_en="" if n % 4 > 1 else f"page-{n}", slug_es="" if n % 4 > 1 else f"pagina-{n}")
        for n in range(PAGES)
    ]  # fmt: skip
    made = Page.objects.bulk_create(rows)
    revisions = [
        Revision(page=page, number=number, content=said[page.kind], state=State.LIVE if number == REVISIONS else State.REPLACED)
        for page in made
        for number in range(1, REVISIONS + 1)
    ]  # fmt: skip
    kept = Revision.objects.bulk_create(revisions, batch_size=2_000)
    for revision in kept:
        if revision.state == State.LIVE:
            revision.page.live = revision
    Page.objects.bulk_update(made, ["live"], batch_size=200)
    with connection.cursor() as cursor:
        cursor.execute(
            "ANALYZE"
        )  # a server does so by itself; right after a bulk load it has had no time yet
    services.changed()


@pytest.mark.usefixtures("_many")
def test_a_large_guide_costs_no_more_queries() -> None:
    assert Revision.objects.count() == PAGES * REVISIONS
    paths = (
        "/guide/page-0/",
        "/es/guia/pagina-0/",
        "/programs/page-1/",
        "/",
        "/programs/",
        "/faq/",
        "/glossary/",
        "/sitemap.xml",
    )
    for path in (*paths, "/compare/", "/reviewers/", "/search/?q=word", "/es/buscar/?q=palabra"):
        forget()
        start = time.process_time()
        with CaptureQueriesContext(connection) as asked:
            assert Client().get(path).status_code == 200, path
        assert len(asked) <= MOST_QUERIES, path
        assert time.process_time() - start < 3, path
        if "search" not in path and "buscar" not in path:
            with CaptureQueriesContext(connection) as asked:
                Client().get(path)
            assert len(asked) == 1, path
