"""Who may see and press what, and how much the database is asked for it."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from screening.revisions import services
from screening.revisions.models import ProtocolRevision, RevisionChange
from screening.revisions.places import url
from tests.revisions.conftest import RULE, People, SignIn, reworded

pytestmark = pytest.mark.django_db

TO_LOGIN, OK, NO = 302, 200, 403
ROLES = ("anonymous", "staff", "clinical", "clinical publisher")


def _client(role: str, person: People) -> Client:
    client = Client()
    if role != "anonymous":
        client.force_login(person("somebody", *([role] if role != "staff" else [])))
    return client


def _pages(revision: ProtocolRevision) -> dict[str, str]:
    return {
        "list": url("changelist"),
        "overview": url("change", revision.pk),
        "history": url("history", revision.pk),
        "section": url("section_change", revision.pk, "rules"),
        "row": url("row_change", revision.pk, RULE),
        "cases": "/staff/revisions/signedcase/",
    }


@pytest.mark.parametrize("role,answer", [*zip(ROLES, (TO_LOGIN, NO, OK, OK), strict=True)])
def test_pages_are_for_those_who_work_on_the_rules(
    role: str, answer: int, draft: ProtocolRevision, person: People
) -> None:
    client = _client(role, person)

    found = {name: client.get(page).status_code for name, page in _pages(draft).items()}

    assert found == dict.fromkeys(found, answer)


@pytest.mark.parametrize("role,answer", [*zip(ROLES, (TO_LOGIN, NO, OK, OK), strict=True)])
def test_a_draft_is_started_by_those_who_may(role: str, answer: int, person: People) -> None:
    assert _client(role, person).get(url("add")).status_code == answer


BUTTONS = ("prove", "note", "sign", "submit", "withdraw", "approve", "publish", "recall", "drop")


@pytest.mark.parametrize("role", ("anonymous", "staff"))
@pytest.mark.parametrize("button", BUTTONS)
def test_no_button_works_for_others(role: str, button: str, ready: ProtocolRevision, person: People) -> None:
    before = (ProtocolRevision.objects.values().get(), RevisionChange.objects.count())
    data = {"change_note": "x", "reason": "x", "address": RULE, "sure": "on", "case": "1", "outcome": "{}"}

    answer = _client(role, person).post(url("do_change", ready.pk, button), data)

    assert answer.status_code in (TO_LOGIN, NO)
    assert (ProtocolRevision.objects.values().get(), RevisionChange.objects.count()) == before


@pytest.mark.parametrize("button", ("approve", "publish", "recall"))
def test_a_drafter_who_presses_what_is_not_shown_is_told_and_nothing_happens(
    button: str, ready: ProtocolRevision, lead: User, person: People, signed_in: SignIn
) -> None:
    services.submit(revision=ready, by=lead)
    client = signed_in(person("otto", "clinical"))

    page = client.post(url("do_change", ready.pk, button), {"reason": "x"}, follow=True)

    assert "You may not do this." in page.content.decode()
    assert ProtocolRevision.objects.get().state == "in_review"


def test_a_button_is_pressed_not_visited(ready: ProtocolRevision, lead: User, signed_in: SignIn) -> None:
    client = signed_in(lead)

    assert client.get(url("do_change", ready.pk, "submit")).status_code == TO_LOGIN  # back to the overview
    assert client.post(url("do_change", ready.pk, "no-such-button")).status_code == 404
    assert ProtocolRevision.objects.get().state == "draft"


def test_buttons_are_shown_to_those_who_may_press_them(
    ready: ProtocolRevision, lead: User, second: User, signed_in: SignIn
) -> None:
    def shown(user: User) -> set[str]:
        context = signed_in(user).get(url("change", ready.pk)).context
        return {name for name, yes in context["buttons"].items() if yes}

    assert shown(lead) == {"submit", "prove", "sign"}
    services.submit(revision=ready, by=lead)
    assert shown(lead) == {"withdraw", "prove", "sign", "wait"}
    assert shown(second) == {"withdraw", "approve", "prove", "sign"}
    services.approve(revision=ready, by=second)
    assert shown(second) == {"withdraw", "publish", "prove"}
    services.publish(revision=ready, by=second)
    assert shown(lead) == set()
    assert shown(second) == {"recall"}


def test_what_is_not_there_is_not_found(draft: ProtocolRevision, lead: User, signed_in: SignIn) -> None:
    client = signed_in(lead)

    assert (
        client.get(url("change", 999)).status_code == TO_LOGIN
    )  # Django's way: to the index, with a message
    assert client.get(url("section_change", draft.pk, "nothing")).status_code == 404
    for address in ("nothing", "nothing/x", "level_rules/nothing", "youth", "level_rules/x?like=y"):
        page = f"/staff/revisions/protocolrevision/{draft.pk}/edit/{address}"
        assert client.get(page if "?" in page else f"{page}/").status_code in (404, 301), address


def test_nothing_is_added_empty_or_deleted(draft: ProtocolRevision, signed_in: SignIn, lead: User) -> None:
    client = signed_in(lead)

    assert client.post(url("delete", draft.pk), {"post": "yes"}).status_code == NO
    assert client.post(url("add"), {"version": "x"}).status_code == 422
    assert client.post(url("add"), {"version": "2026.2"}).status_code == 422
    assert ProtocolRevision.objects.count() == 1


def test_the_list_and_the_overview_ask_few_questions(
    draft: ProtocolRevision,
    lead: User,
    signed_in: SignIn,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    client = signed_in(lead)
    reworded(draft, lead)
    services.start_draft(version="2026.3", by=lead)
    for page in (url("changelist"), url("change", draft.pk), url("history", draft.pk)):
        client.get(page)

    with django_assert_max_num_queries(9) as listed:
        client.get(url("changelist"))
    assert not [q for q in listed.captured_queries if '"document"' in q["sql"]]
    with django_assert_max_num_queries(9):
        client.get(url("change", draft.pk))
    with django_assert_max_num_queries(6):
        client.get(url("history", draft.pk))
