"""The lists of pages and the board: what they show, and that they ask the same few queries however much there is."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from programs import services
from programs.editing import board
from programs.models import Fact, Page, ProgramFact, Revision, State, Track
from tests.web.guide_staff import at, content, draft, page, person, signed_in

pytestmark = pytest.mark.django_db

LIST = "/staff/programs/guide/"


@pytest.fixture
def client() -> Client:
    return signed_in(person("ana", "editor"))


def listed(client: Client, **query: str) -> set[str]:
    answer = client.get(LIST, query)
    assert answer.status_code == 200
    return {row.key for row in answer.context["cl"].result_list}


def test_each_state_can_be_listed(client: Client) -> None:
    ana = person("otto")
    pages = {key: page(key=key) for key in ("live", "due", "archived", "draft", "in_review")}
    page(key="new", live=False)
    Page.objects.filter(key="due").update(next_review=timezone.localdate())
    Page.objects.filter(key="archived").update(archived=True)
    draft(pages["draft"], ana, en_title="x")
    services.submit(draft(pages["in_review"], ana, en_title="x"), by=ana, note="x")

    for state in ("live", "due", "archived", "draft", "in_review", "new"):
        assert listed(client, state=state) == {state}
    html = client.get(LIST).content.decode()
    assert "Due for review" in html
    assert "over live words" in html


def test_what_a_page_lacks_can_be_listed(client: Client) -> None:
    page(key="whole")
    Page.objects.update(reviewed_by="Eva Lin, MD", reviewed_on=timezone.localdate())
    half = page(key="half", live=False)
    services.start_with(half, {**content(), "es": {"title": "A medias"}}, note="x")

    assert listed(client, lacks="es") == {"half"}
    assert listed(client, lacks="en") == set()
    assert listed(client, lacks="review") == {"half"}
    assert "ES lacks" in client.get(LIST).content.decode()


def test_a_page_is_found_by_its_words(client: Client) -> None:
    page(key="one")
    other = page(key="two", live=False)
    services.start_with(other, content(en_part_1="<p>Naloxone saves lives.</p>"), note="x")

    assert listed(client, q="naloxone") == {"two"}


@pytest.mark.parametrize("query", ["owner", "id", "owner__id__in", "q"])
def test_a_number_beyond_all_counting_in_an_address_is_refused(client: Client, query: str) -> None:
    client.raise_request_exception = False

    assert client.get(LIST, {query: "9223372036854775808"}).status_code == 400
    assert client.get(LIST, {query: "9" * 400}).status_code == 400


def test_a_year_no_calendar_has_is_refused(client: Client) -> None:
    client.raise_request_exception = False

    assert client.get(LIST, {"next_review__year": "99999999"}).status_code == 400


def test_the_board_shows_what_waits(client: Client) -> None:
    ana, today = person("otto"), timezone.localdate()
    reviewed = page(key="in_review")
    services.submit(draft(reviewed, ana, en_title="Waits for Ben"), by=ana, note="plainer")
    page(key="due")
    Page.objects.filter(key="due").update(next_review=today)
    half = page("program", "half", live=False)
    services.start_with(half, {**content("program"), "es": {"title": "A medias"}}, note="x")
    Fact.objects.create(key="line", kind="phone", label_en="Line", en="988", checked=today, next_check=today)
    Fact.objects.create(key="fine", kind="phone", label_en="Fine", en="911", checked=today)
    ProgramFact.objects.create(program=half, name="days", en="3", es="3")
    Track.objects.create(
        program=half, name_en="Evenings", format="video", next_start=today - timedelta(days=1)
    )

    found = {section.key: [item.words for item in section.items] for section in board.board()}

    assert found["review"] == ["Waits for Ben"]
    assert found["due"] == ["A calm place"]
    assert found["untranslated"] == ["A calm place"]
    assert found["facts"] == ["Line: 988"]
    assert found["typed"] == ["half: Days"]
    assert found["tracks"] == ["Evenings"]
    assert not found["drafts"] + found["scheduled"] + found["approved"]
    assert client.get("/staff/programs/program/board/").status_code == 200


PAGES, REVISIONS_EACH = 1_000, 10


def fill(name: str, count: int) -> None:
    words = content("question")
    pages = Page.objects.bulk_create(
        Page(kind="question", key=f"{name}_{n}", place="cost") for n in range(count)
    )
    Revision.objects.bulk_create(
        Revision(
            page=one,
            number=number,
            content=words,
            state=State.DRAFT if number == REVISIONS_EACH else State.REPLACED,
        )
        for one in pages
        for number in range(1, REVISIONS_EACH + 1)
    )


def asked(client: Client, place: str) -> int:
    with CaptureQueriesContext(connection) as context:
        assert client.get(place).status_code == 200
    return len(context)


def test_lists_ask_as_often_with_a_thousand_pages_and_ten_thousand_revisions(client: Client) -> None:
    fill("few", 3)
    one = Page.objects.get(key="few_1")
    places = [
        "/staff/programs/question/",
        "/staff/programs/question/?state=draft",
        "/staff/programs/question/?lacks=es&q=x",
        "/staff/programs/program/board/",
        at(one, "history"),
        at(one, "change"),
    ]
    for place in places:
        client.get(place)  # sessions, rights and the row of who is here are there by now
    few = {place: asked(client, place) for place in places}
    fill("many", PAGES - 3)

    assert {place: asked(client, place) for place in places} == few
    assert max(few.values()) <= 25
