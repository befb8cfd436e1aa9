"""Every address, asked by every role, in every language: the table in access.py is the whole truth."""

import pytest
from django.test import Client

from tests.web.access import MISSING, OK, ROLES, ROWS, Answer, same
from tests.web.routes import Route, routes, row_for

pytestmark = pytest.mark.django_db

ROUTES = routes()
# An address without a row fails in the first test; the others go on with the rest.
LISTED = [(route, row) for route in ROUTES if (row := row_for(route, ROWS))]


def _matches(status: int, answer: Answer) -> bool:
    return status in (answer if isinstance(answer, tuple) else (answer,))


def test_every_address_is_in_the_table() -> None:
    missing = sorted({route.name for route in ROUTES if row_for(route, ROWS) is None})

    assert not missing, "say in tests/web/access.py who may see these"


def test_every_row_of_the_table_is_an_address() -> None:
    used = {id(row_for(route, ROWS)) for route in ROUTES}

    assert [row.route for row in ROWS if id(row) not in used] == []
    assert len({row.route for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("role", ROLES)
def test_each_address_answers_each_role_as_the_table_says(role: str) -> None:
    client = ROLES[role]()
    wrong = []
    for route, row in LISTED:
        url = route.url(row.values)
        status = client.get(url).status_code
        if not _matches(status, row.answer(role)):
            wrong.append(f"GET {url} ({route.name}): {status}, not {row.answer(role)}")

    assert not wrong


@pytest.mark.once
@pytest.mark.parametrize("role", ["anonymous", "staff", "superuser"])  # refused before any right is looked at
@pytest.mark.parametrize("disguise", ["nothing", "wrong token", "foreign origin", "no origin"])
def test_no_address_changes_anything_without_a_form_token(role: str, disguise: str) -> None:
    headers = {
        "foreign origin": {"origin": "https://elsewhere.example"},
        "no origin": {"origin": "null"},
    }.get(disguise, {})
    body = {"csrfmiddlewaretoken": "x" * 64} if disguise == "wrong token" else {}
    client = ROLES[role]()
    wrong = []
    for route, row in LISTED:
        url = route.url(row.values)
        status = client.post(url, body, headers=headers).status_code
        if not _matches(status, row.post):
            wrong.append(f"POST {url} ({route.name}): {status}, not {row.post}")

    assert not wrong


def test_the_test_can_tell() -> None:
    """Its own must-fail twins: an address nobody listed, and a row that promises too little."""
    stranger = Route("screening:secret", "secret/", language="en")
    assert row_for(stranger, ROWS) is None

    robots = next(route for route in ROUTES if route.name == "robots")
    status = Client().get(robots.url({})).status_code
    assert _matches(status, OK)
    assert not _matches(status, same("robots", MISSING).anonymous)
