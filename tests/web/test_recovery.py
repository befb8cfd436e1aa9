"""When a form can not be taken, what was answered comes back in the page, and one press sends it again."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

import pytest
from django.conf import settings as project
from django.db import OperationalError, connection
from django.test import Client

from screening.models import Answer, Screening
from screening.protocol import LIVE
from tests.web.walk import COOKIE, FIRST, LANGUAGES, Visitor, calm, standing_at

pytestmark = pytest.mark.django_db

GRID = [question.key for question in LIVE.questions if question.page == LIVE.pages[0].key]
GIVEN: list[dict[str, Any]] = [
    {"age": "18_25"},
    {"now": ["overdose", "body"]},
    dict.fromkeys(GRID, "several_days"),
]
CSRF = project.CSRF_COOKIE_NAME

Body = dict[str, Any]
Refused = Callable[[Visitor, Body], Any]


# --- The form's token is gone or wrong -----------------------------------------------------------------------------


def _no_token(visitor: Visitor, body: Body) -> Any:
    return visitor.post(visitor.path, {k: v for k, v in body.items() if k != "csrfmiddlewaretoken"})


def _wrong_token(visitor: Visitor, body: Body) -> Any:
    return visitor.post(visitor.path, {**body, "csrfmiddlewaretoken": "x" * 64})


def _short_token(visitor: Visitor, body: Body) -> Any:
    return visitor.post(visitor.path, {**body, "csrfmiddlewaretoken": "x"})


def _cookie_gone(visitor: Visitor, body: Body) -> Any:
    del visitor.client.cookies[CSRF]
    return visitor.post(visitor.path, body)


def _foreign_origin(visitor: Visitor, body: Body) -> Any:
    return visitor.post(visitor.path, body, headers={"origin": "https://elsewhere.example"})


def _no_origin(visitor: Visitor, body: Body) -> Any:
    return visitor.post(visitor.path, body, headers={"origin": "null"})


REFUSED = [_no_token, _wrong_token, _short_token, _cookie_gone, _foreign_origin, _no_origin]


def _body(visitor: Visitor, given: Body) -> Body:
    return {**visitor.page.forms[0].hidden(), **given}


@pytest.mark.parametrize("given", GIVEN, ids=lambda given: next(iter(given)))
@pytest.mark.parametrize("refused", REFUSED)
def test_a_refused_answer_comes_back_and_the_next_press_saves_it(refused: Refused, given: Body) -> None:
    visitor = standing_at(next(iter(given)))
    path, before = visitor.path, visitor.saved()

    refused(visitor, _body(visitor, given))

    assert visitor.response.status_code == 403
    assert visitor.saved() == before
    assert "988" in visitor.page.text
    back = visitor.page.forms[0].hidden()
    assert {key: back[key] for key in given} == {
        key: [value] if isinstance(value, str) else value for key, value in given.items()
    }
    assert visitor.page.forms[0].action == path
    visitor.send()
    assert visitor.response.status_code == 303
    assert all(set(visitor.saved()[key]) == set(back[key]) for key in given)


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null"])
@pytest.mark.parametrize("path", ["/check/", "/clear/", "/call-me/", "/call-me/cancel/"])
def test_what_another_site_filled_in_is_not_given_back(path: str, origin: str) -> None:
    """One press on a page of ours would send it, with a consent nobody gave."""
    client = Client(enforce_csrf_checks=True)
    filled = {FIRST: "me", "name": "Sentinel", "code": "Sentinel", "agree": "on"}

    response = client.post(path, filled, headers={"origin": origin, "sec-fetch-site": "cross-site"})

    assert response.status_code == 403
    assert b"Sentinel" not in response.content
    assert b"<form" not in response.content
    assert b"988" in response.content


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("refused", REFUSED)
def test_a_refused_start_comes_back_in_the_persons_language(refused: Refused, language: str) -> None:
    visitor = Visitor(language)
    visitor.go("start")

    refused(visitor, _body(visitor, {FIRST: "them"}))

    assert visitor.response.status_code == 403
    assert visitor.page.language == language
    assert Screening.objects.count() == 0
    assert COOKIE not in visitor.client.cookies
    visitor.send()
    visitor.follow()
    assert visitor.saved() == {FIRST: ("them",)}


@pytest.mark.parametrize("refused", REFUSED)
def test_a_refused_clearing_deletes_nothing_until_it_is_pressed_again(refused: Refused) -> None:
    visitor = Visitor().sit_down(calm())
    visitor.go("clear")

    refused(visitor, _body(visitor, {}))

    assert visitor.response.status_code == 403
    assert visitor.saved() == calm()
    visitor.send()
    assert Screening.objects.count() == 0


def test_when_both_cookies_are_gone_the_answers_still_come_back_and_the_end_is_calm() -> None:
    visitor = standing_at("now")
    body = _body(visitor, {"now": "overdose"})
    visitor.client.cookies.clear()

    visitor.post(visitor.path, body)

    assert visitor.response.status_code == 403
    assert visitor.page.forms[0].hidden()["now"] == ["overdose"]
    visitor.send()
    assert visitor.response.status_code == 410


def test_what_comes_back_is_never_more_than_answers() -> None:
    visitor = standing_at("now")
    hostile = '"><script>alert(1)</script>'

    _wrong_token(
        visitor, {**_body(visitor, {"now": hostile}), "password": "p", hostile: "x", "next": "//evil"}
    )

    assert "<script>alert" not in visitor.page.html
    back = visitor.page.forms[0].hidden()
    assert set(back) == {"csrfmiddlewaretoken", "screen", "now"}
    assert back["now"] == [hostile]
    visitor.send()
    assert visitor.response.status_code == 422


def test_no_refusal_tells_whether_there_is_a_check() -> None:
    pages = []
    for token in ("", "x" * 43, Visitor().sit_down(calm()).token):
        visitor = Visitor()
        if token:
            visitor.token = token
        visitor.post(visitor.url("step", 1), {"age": "18_25"})
        pages.append(" ".join(visitor.page.text.replace("Clear my answers", "").split()))

    assert len(set(pages)) == 1


# --- The database is down -------------------------------------------------------------------------------------------


@contextmanager
def no_database() -> Iterator[None]:
    """Any touch of the database fails, as when its server is gone."""
    gone = OperationalError("gone")
    with mock.patch("django.db.backends.base.base.BaseDatabaseWrapper.cursor", side_effect=gone):
        yield


@contextmanager
def no_writing(*kinds: str) -> Iterator[None]:
    """Reading works, writing does not: a full disk, a server that became a replica."""

    def refuse(execute: Any, sql: str, *rest: Any) -> Any:
        if sql.startswith(kinds or ("INSERT", "UPDATE", "DELETE")):
            raise OperationalError("cannot execute in a read-only transaction")
        return execute(sql, *rest)

    with connection.execute_wrapper(refuse):
        yield


def no_inserting() -> Any:
    """There is no room for anything new, while old rows can still be deleted."""
    return no_writing("INSERT")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["home", "help_now", "how_it_works", "cleared", "clear"])
def test_what_needs_no_database_works_without_one(name: str, language: str) -> None:
    visitor = Visitor(language).sit_down(calm())

    with no_database():
        visitor.go(name)

    assert visitor.response.status_code == 200
    assert "988" in visitor.page.text


@pytest.mark.parametrize("outage", [no_database, no_writing])
@pytest.mark.parametrize("given", GIVEN, ids=lambda given: next(iter(given)))
def test_an_answer_sent_into_an_outage_comes_back_with_crisis_lines(outage: Any, given: Body) -> None:
    visitor = standing_at(next(iter(given)))
    visitor.client.raise_request_exception = False
    before = visitor.saved()

    with outage():
        visitor.post(visitor.path, _body(visitor, given))

    assert visitor.response.status_code == 503
    assert visitor.response["Retry-After"] == "30"
    assert {"tel:911", "tel:988"} <= {href for href, _ in visitor.page.links}
    assert visitor.saved() == before
    visitor.send()
    assert visitor.response.status_code == 303
    assert set(given) <= set(visitor.saved())


@pytest.mark.parametrize("outage", [no_database, no_writing, no_inserting])
def test_a_start_sent_into_an_outage_keeps_the_check_there_was(outage: Any) -> None:
    visitor = Visitor().sit_down(calm())
    visitor.client.raise_request_exception = False
    visitor.go("start")

    with outage():
        visitor.send({FIRST: "them"})

    assert visitor.response.status_code == 503
    assert visitor.saved() == calm()
    visitor.send()
    visitor.follow()
    assert visitor.saved() == {FIRST: ("them",)}
    assert Screening.objects.count() == 1


@pytest.mark.parametrize("outage", [no_database, no_writing])
def test_leaving_during_an_outage_still_leaves_and_drops_the_key(outage: Any) -> None:
    visitor = Visitor().sit_down(calm())
    visitor.client.raise_request_exception = False

    with outage():
        visitor.go("leave")

    assert visitor.response.status_code == 303
    assert visitor.response["Location"] == project.EXIT_URL
    assert visitor.token == ""


@pytest.mark.parametrize("outage", [no_database, no_writing])
def test_clearing_during_an_outage_does_not_claim_to_have_cleared(outage: Any) -> None:
    visitor = Visitor().sit_down(calm())
    visitor.client.raise_request_exception = False
    visitor.go("clear")

    with outage():
        visitor.send()

    assert visitor.response.status_code == 503
    assert visitor.saved() == calm()
    visitor.go("clear")
    visitor.send()
    assert Screening.objects.count() == Answer.objects.count() == 0


@pytest.mark.parametrize("name", ["safety", "answers", "result", "print"])
def test_a_page_of_a_check_during_an_outage_says_so_and_loses_nothing(name: str) -> None:
    visitor = Visitor().sit_down(calm())
    visitor.client.raise_request_exception = False

    with no_database():
        assert visitor.go(name).status_code == 503
        assert "988" in visitor.page.text
        assert not visitor.response.cookies

    assert visitor.go(name).status_code == 200


def test_a_browser_that_keeps_no_cookies_can_not_start_but_is_told() -> None:
    response = Client(enforce_csrf_checks=True).post("/check/", {FIRST: "me"})

    assert response.status_code == 403
    assert b"cookies" in response.content
