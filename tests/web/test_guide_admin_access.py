"""Who may see which page about a page, and what a button does for whom it was not meant."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from programs.models import Fact, Page, Source, Track
from tests.web.guide_staff import at, draft, page, person, signed_in

pytestmark = pytest.mark.django_db

TO_LOGIN, OK, NO, INVALID = 302, 200, 403, 422
ROLES = ("anonymous", "staff", "editor", "publisher")


def client_of(role: str) -> Client:
    if role == "anonymous":
        return Client()
    return signed_in(person(f"some {role}", *([] if role == "staff" else [role])))


def pages_of(of: Page) -> list[str]:
    names = ("change", "preview_change", "history", "details_change", "facts_change", "pictures_change")
    return [
        "/staff/programs/program/",
        "/staff/programs/program/board/",
        *(at(of, name) for name in names),
        at(of, "compare_change") + "?a=1&b=2",
        at(of, "frame_change", 1, "en"),
    ]


@pytest.mark.parametrize("role,answer", [*zip(ROLES, (TO_LOGIN, NO, OK, OK), strict=True)])
def test_pages_are_for_those_who_work_on_the_guide(role: str, answer: int) -> None:
    of = page("program", "iop")
    draft(of, person("ana", "editor"), en_title="Other")
    client = client_of(role)

    found = {place: client.get(place).status_code for place in pages_of(of)}

    assert found == dict.fromkeys(found, answer)


@pytest.mark.parametrize("role,answer", [*zip(ROLES, (TO_LOGIN, NO, OK, OK), strict=True)])
def test_a_page_is_added_by_those_who_write(role: str, answer: int) -> None:
    assert client_of(role).get("/staff/programs/guide/add/").status_code == answer


CHANGING = ("change", "details_change", "facts_change", "pictures_change")
BUTTONS = (
    "submit", "approve", "schedule", "publish", "unschedule", "send_back", "record_review", "archive", "revive", "restore", "end", "keep_on",
)  # fmt: skip


def rows(of: Page) -> list[object]:
    return [
        list(Page.objects.order_by("pk").values()),
        list(of.revisions.values()),
        list(of.steps.values()),
        list(of.facts.values()),
        of.pictures.count(),
    ]


@pytest.mark.parametrize("role", ("anonymous", "staff"))
def test_nothing_changes_for_others(role: str) -> None:
    of = page("program", "iop")
    draft(of, person("ana", "editor"), en_title="Other")
    before, client = rows(of), client_of(role)
    sent = {"base": "2", "note": "x", "en-title": "Mine", "number": "1", "order": "1"}

    answers = {client.post(at(of, name), sent).status_code for name in CHANGING}
    answers |= {client.post(at(of, "do_change", name), sent).status_code for name in BUTTONS}
    answers.add(client.post("/staff/programs/guide/add/", {"key": "mine"}).status_code)

    assert answers <= {TO_LOGIN, NO}
    assert rows(of) == before


def test_an_editor_writes_and_submits_and_no_more() -> None:
    of = page("program", "iop")
    draft(of, person("ana", "editor"), en_title="Other")
    before, client = rows(of), client_of("editor")
    sent = {"note": "x", "order": "1", "slug_en": "x", "slug_es": "y", "at": "2030-01-01T10:00"}

    shut = {client.post(at(of, name), sent).status_code for name in CHANGING[1:]}
    shut |= {
        client.post(at(of, "do_change", name), sent).status_code
        for name in BUTTONS
        if name not in ("submit", "restore")
    }

    assert shut == {NO}
    assert rows(of) == before
    assert client.post(at(of, "do_change", "submit"), sent).status_code == TO_LOGIN  # back to the page


def test_a_button_is_pressed_not_visited_and_must_exist() -> None:
    of = page()
    client = client_of("publisher")

    assert client.get(at(of, "do_change", "archive")).status_code == 302
    assert client.post(at(of, "do_change", "explode")).status_code == 404
    of.refresh_from_db()
    assert not of.archived


def test_a_page_is_found_only_under_its_own_kind_and_never_deleted() -> None:
    of = page()
    client = signed_in(person("root", is_superuser=True))

    assert client.get(f"/staff/programs/program/{of.pk}/change/").status_code == 302
    assert client.get("/staff/programs/guide/99999999999999999999/change/").status_code == 302
    assert client.get("/staff/programs/guide/x/change/").status_code == 302
    assert client.post(f"/staff/programs/guide/{of.pk}/delete/", {"post": "yes"}).status_code == NO
    assert Page.objects.count() == 1


def test_the_groups_hold_what_they_should() -> None:
    person("ana", "editor", "publisher")

    def rights(name: str) -> set[str]:
        return set(Group.objects.get(name=name).permissions.values_list("codename", flat=True))

    assert rights("editor") == {
        "view_page", "add_page", "change_page", "view_fact", "view_source", "add_source", "change_source",
        "view_track", "add_track", "change_track",
        "view_tracksession", "add_tracksession", "change_tracksession", "delete_tracksession",
    }  # fmt: skip
    assert rights("publisher") - rights("editor") == {
        "review_page", "publish_page", "add_fact", "change_fact", "delete_fact", "delete_track",
    }  # fmt: skip


FACT = {"key": "line", "kind": "phone", "label_en": "Line", "label_es": "Línea", "en": "988", "es": "988"}


@pytest.mark.parametrize("role,fact,track", [("staff", NO, NO), ("editor", NO, OK), ("publisher", OK, OK)])
def test_facts_are_for_publishers_and_tracks_for_all_who_write(role: str, fact: int, track: int) -> None:
    client = client_of(role)

    assert client.get("/staff/programs/fact/add/").status_code == fact
    assert client.get("/staff/programs/track/add/").status_code == track


def test_a_fact_says_where_it_is_used_and_is_not_deleted_while_it_is() -> None:
    of = page("program", "iop")
    fact = Fact.objects.create(**FACT)
    client = client_of("publisher")
    draft(of, person("ana", "editor"), en_summary="<p>Call [[line]].</p>")
    place = f"/staff/programs/fact/{fact.pk}/"

    html = client.get(f"{place}change/").content.decode()
    assert "Where this fact is used" in html
    assert at(of, "change") in html
    assert client.post(f"{place}delete/", {"post": "yes"}).status_code == NO


def test_a_track_is_kept_with_its_meetings() -> None:
    of = page("program", "iop")
    sent = {
        "program": of.pk, "name_en": "Evenings", "name_es": "Noches", "format": "video", "language": "en", "active": "on",
        "sessions-TOTAL_FORMS": "1", "sessions-INITIAL_FORMS": "0",
        "sessions-0-weekday": "1", "sessions-0-starts": "18:00", "sessions-0-ends": "21:00",
    }  # fmt: skip
    client = client_of("editor")

    late = client.post("/staff/programs/track/add/", {**sent, "sessions-0-ends": "17:00"})
    assert late.status_code == OK  # shown again, with what is wrong
    assert client.post("/staff/programs/track/add/", sent).status_code == 302
    assert Track.objects.get().sessions.count() == 1


def test_details_and_typed_facts_show_at_once_and_are_written_down() -> None:
    of = page("program", "iop")
    page("program", "php")
    source = Source.objects.get()
    client = client_of("publisher")
    sent = {
        "place": "",
        "order": "3",
        "slug_en": "iop",
        "slug_es": "pai",
        "offered": "on",
        "sources": [source.pk],
    }

    taken = client.post(at(of, "details_change"), {**sent, "slug_en": "php"})
    huge = client.post(at(of, "details_change"), {**sent, "order": "99999999999999999999"})
    assert (taken.status_code, huge.status_code) == (INVALID, INVALID)
    assert client.post(at(of, "details_change"), sent).status_code == 302
    of.refresh_from_db()
    assert (of.order, of.offered, of.slug_es) == (3, True, "pai")
    assert client.post(at(of, "facts_change"), {"days-en": "3 days"}).status_code == INVALID
    whole = {"days-en": "3 days", "days-es": "3 días", "days-source": source.pk, "days-checked": "2026-01-02"}
    assert client.post(at(of, "facts_change"), whole).status_code == 302
    assert of.facts.get().es == "3 días"
    assert list(of.steps.order_by("pk").values_list("action", flat=True))[1:] == ["details", "facts"]


def test_a_new_page_has_a_key_of_its_own_and_an_address() -> None:
    page(key="taken")
    client = client_of("editor")
    sent = {"key": "fresh", "place": "families", "order": "5", "slug_en": "fresh", "slug_es": "nueva"}

    for wrong in (
        {"key": "taken"},
        {"key": "Bad Key"},
        {"slug_es": ""},
        {"slug_en": "taken"},
        {"place": "x"},
    ):
        assert client.post("/staff/programs/guide/add/", {**sent, **wrong}).status_code == INVALID, wrong
    assert client.post("/staff/programs/guide/add/", sent).status_code == 302
    added = Page.objects.get(key="fresh")
    assert (added.kind, added.live, added.steps.get().action) == ("guide", None, "added")
    assert client.get(at(added, "change")).status_code == OK
    assert client.get(at(added, "preview_change")).status_code == 302
