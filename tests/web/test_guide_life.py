"""What the public sees while a page lives: an edit at once, nothing that is not live, one address in each language."""

from datetime import date, timedelta
from unittest import mock

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from programs import services
from programs.models import Fact, Kind, Page, ProgramFact, Source, Track, TrackSession
from tests.web.guide import HOST, make, rewrite, see

pytestmark = pytest.mark.django_db


@pytest.fixture
def iop() -> Page:
    return make(Kind.PROGRAM, "iop", order=20)


def test_an_edit_shows_on_the_next_request(iop: Page) -> None:
    assert "Iop in_one_minute." in see("/programs/iop/").text

    rewrite(iop, in_one_minute="<p>Now it says this.</p>")

    assert "Now it says this." in see("/programs/iop/").text
    assert "Iop in_one_minute." not in see("/programs/iop/").text


def test_what_is_due_shows_when_it_is_due(iop: Page) -> None:
    draft = services.save_draft(
        iop, {**iop.live.content, "en": {**iop.live.content["en"], "title": "Later"}}, by=None
    )
    services.submit(draft, by=None, note="later")
    services.approve(draft, by=None)
    services.schedule(draft, at=timezone.now() + timedelta(hours=1), by=None)
    assert "Later" not in see("/programs/iop/").text

    type(draft).objects.filter(pk=draft.pk).update(publish_at=timezone.now() - timedelta(seconds=1))
    services._set_next_due()

    assert "Later" in see("/programs/iop/").text


def test_a_changed_fact_shows_wherever_it_is_named(iop: Page) -> None:
    fact = Fact.objects.create(
        key="hours", kind="hours", en="9 hours", es="9 horas", label_en="x", label_es="x"
    )
    rewrite(iop, in_one_minute="<p>It takes [[hours]].</p>")
    assert "It takes 9 hours." in see("/programs/iop/").text

    Fact.objects.filter(pk=fact.pk).update(en="10 hours")
    services.changed()

    assert "It takes 10 hours." in see("/programs/iop/").text


def test_an_archived_page_is_gone_and_nothing_leads_to_it(iop: Page) -> None:
    other = make(Kind.PROGRAM, "php", english={"how_long": '<p>First <a href="page:iop">that one</a>.</p>'})
    places = ("/", "/programs/", "/programs/php/", "/compare/", "/sitemap.xml")
    assert all("/programs/iop/" in Client().get(place).content.decode() for place in places)

    services.archive(iop, by=None, note="closed")

    assert Client().get("/programs/iop/").status_code == 404
    assert not [place for place in places if "/programs/iop/" in Client().get(place).content.decode()]
    assert "First that one." in see("/programs/php/").text
    services.revive(iop, by=None)
    assert Client().get("/programs/iop/").status_code == 200
    assert other.live


def test_a_page_without_spanish_is_not_in_spanish_at_all() -> None:
    make(Kind.GUIDE, "paying", both=False, place="paying")
    seen = see("/paying/")

    assert set(seen.alternates) == {"en", "x-default"}
    assert [one["href"] for one in seen.links if one.get("hreflang") == "es"] == ["/es/"]
    assert Client().get("/es/como-pagar/").status_code == 404
    assert Client().get("/es/paying/").status_code == 404
    assert "paying" not in Client().get("/es/").content.decode()
    listed = Client().get("/sitemap.xml").content.decode()
    assert f"<loc>{HOST}/paying/</loc>" in listed
    assert "/es/paying" not in listed


def test_a_page_that_never_went_live_is_nowhere() -> None:
    page = Page.objects.create(
        kind=Kind.GUIDE, key="paying", place="paying", slug_en="paying", slug_es="pagar"
    )
    services.save_draft(page, {"en": {"title": "Draft"}, "es": {"title": "Borrador"}}, by=None)

    assert Client().get("/paying/").status_code == 404
    assert "Draft" not in Client().get("/").content.decode()


@pytest.mark.parametrize(
    "path, leads_to",
    [
        ("/programs/iop-es/", "/programs/iop/"),
        ("/es/programas/iop/", "/es/programas/iop-es/"),
        ("/guide/how-to-talk/", "/families/how-to-talk/"),
        ("/families/another/", "/guide/another/"),
        ("/families/paying/", "/paying/"),
        ("/como-pagar/", "/paying/"),
        ("/es/familias/how-to-talk/", "/es/familias/how-to-talk-es/"),
        ("/es/paying/", "/es/como-pagar/"),
    ],
)
def test_every_page_has_one_address_and_the_others_lead_there(iop: Page, path: str, leads_to: str) -> None:
    make(Kind.GUIDE, "how_to_talk", place="families")
    make(Kind.GUIDE, "paying", place="paying")
    make(Kind.GUIDE, "another", place="paying")

    response = Client().get(path)

    assert (response.status_code, response["Location"]) == (301, leads_to)
    assert Client().get(leads_to).status_code == 200


@pytest.mark.parametrize(
    "path",
    ["/programs/nothing/", "/families/nothing/", "/nothing/", "/es/nada/", "/programs/IOP/", "/families/"],
)
def test_an_address_that_names_nothing_is_not_found(iop: Page, path: str) -> None:
    response = Client().get(path)

    assert response.status_code == 404
    assert "988" in response.content.decode()


def test_without_any_content_every_fixed_page_still_stands() -> None:
    for path in (
        "/",
        "/programs/",
        "/compare/",
        "/faq/",
        "/glossary/",
        "/reviewers/",
        "/search/",
        "/sitemap.xml",
    ):
        assert Client().get(path).status_code == 200


def test_a_review_is_shown_with_its_name_and_dates_and_told_to_machines(iop: Page) -> None:
    before = see("/programs/iop/")
    assert "Not yet reviewed by a clinician." in before.text
    assert "reviewedBy" not in (before.block("MedicalWebPage") or {})
    assert "No clinician has reviewed these pages yet" in see("/reviewers/").text

    services.record_review(
        iop, reviewer="Ana Ruiz, MD", on=date(2026, 11, 2), again=date(2027, 5, 2), by=None
    )

    after = see("/programs/iop/")
    assert "Reviewed by Ana Ruiz, MD on Nov. 2, 2026. Next review: May 2, 2027." in after.text
    block = after.block("MedicalWebPage") or {}
    assert block["reviewedBy"] == {"@type": "Person", "name": "Ana Ruiz, MD"}
    assert block["lastReviewed"] == "2026-11-02"
    assert "Ana Ruiz, MD" in see("/reviewers/").text
    assert "Revisada por Ana Ruiz, MD el 2 de noviembre de 2026." in see("/es/programas/iop-es/").text


def test_a_program_says_whether_it_is_offered_here_by_whom_and_when(iop: Page, settings: Settings) -> None:
    assert "offer this kind of care" not in see("/programs/iop/").text  # nobody has said who runs this site

    settings.SITE_OPERATOR = "Harbor Clinic"
    services.changed()
    assert "Harbor Clinic does not offer this kind of care" in see("/programs/iop/").text

    Page.objects.filter(pk=iop.pk).update(offered=True)
    track = Track.objects.create(
        program=iop, name_en="Evening group", name_es="Grupo de noche", format="mixed", place="1 Main St",
        language="both", childcare=True, next_start=date(2026, 12, 7), places_left=1,
    )  # fmt: skip
    for day in (2, 0):
        TrackSession.objects.create(track=track, weekday=day, starts="18:00", ends="21:00")
    Track.objects.create(program=iop, name_en="Closed", name_es="Cerrado", format="video", active=False)
    services.changed()

    english, spanish = see("/programs/iop/").text, see("/es/programas/iop-es/").text
    assert "Harbor Clinic offers this kind of care." in english
    for said in ("Evening group", "1 Main St", "Monday", "Wednesday", "1 place left"):
        assert said in english
    assert "Closed" not in english
    assert "Grupo de noche" in spanish


def test_a_page_shows_its_sources_and_typed_facts(iop: Page) -> None:
    source = Source.objects.create(
        key="x", title="A study", publisher="NIDA", year=2021, url="https://nida.nih.gov/x"
    )
    ProgramFact.objects.create(
        program=iop, name="hours_a_week", en="nine hours", es="nueve horas", source=source
    )
    services.changed()

    seen = see("/programs/iop/")

    assert "Hours a week Nine hours" in seen.text
    assert "A study. NIDA, 2021." in seen.text
    link = next(one for one in seen.in_main if one["href"] == "https://nida.nih.gov/x")
    assert link["rel"] == "noreferrer"


def test_the_comparison_shows_the_two_that_were_chosen_and_takes_nothing_else(iop: Page) -> None:
    php = make(Kind.PROGRAM, "php", order=30)
    for page, hours in ((iop, "nine"), (php, "twenty")):
        ProgramFact.objects.create(program=page, name="hours_a_week", en=hours, es=hours)
    services.changed()

    seen = see("/compare/?a=iop&b=php")
    assert "Iop and Php" in seen.text
    assert "Iop Nine Php Twenty" in seen.text
    assert seen.canonical == f"{HOST}/compare/"
    assert "table" in seen.tags
    assert "caption" in seen.tags
    for odd in ("a=iop", "a=iop&b=iop", "b=php", ""):
        assert see(f"/compare/?{odd}")
    for odd in ("a=nothing", "a=iop&b=<script>", "a=" + "x" * 999, "a=%00iop"):
        assert Client().get(f"/compare/?{odd}").status_code in (302, 400)


def test_a_kept_page_costs_one_query_and_a_browser_that_has_it_gets_nothing(iop: Page) -> None:
    first = Client().get("/programs/iop/")
    with CaptureQueriesContext(connection) as asked:
        again = Client().get("/programs/iop/")

    assert len(asked) == 1
    assert again.content == first.content
    same = Client().get("/programs/iop/", headers={"if-none-match": first["ETag"]})
    assert (same.status_code, same.content) == (304, b"")
    services.changed()
    rewrite(iop, title="Another")
    assert Client().get("/programs/iop/", headers={"if-none-match": first["ETag"]}).status_code == 200


def test_a_kept_page_is_the_same_for_who_has_answered_and_for_who_has_not(iop: Page) -> None:
    stranger = Client().get("/programs/iop/").content
    known = Client()
    known.cookies["check"] = "x" * 43
    known.cookies["staff"] = "y" * 32

    assert known.get("/programs/iop/").content == stranger


def test_pages_are_kept_apart_by_language_host_and_query(iop: Page, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["one.example", "two.example"]
    make(Kind.PROGRAM, "php")
    pages = {
        Client().get(path, headers={"host": host}).content
        for path in ("/programs/iop/", "/es/programas/iop-es/", "/compare/", "/compare/?a=iop&b=php")
        for host in ("one.example", "two.example")
    }

    assert len(pages) == 8


def test_while_the_database_is_away_a_page_is_as_it_was_a_moment_ago(iop: Page) -> None:
    visitor = Client(raise_request_exception=False)
    before = visitor.get("/programs/iop/").content

    with mock.patch.object(connection, "cursor", side_effect=OperationalError("gone")):
        assert visitor.get("/programs/iop/").content == before
        assert visitor.get("/es/programas/iop-es/").status_code == 503
        assert visitor.get("/").status_code == 200
