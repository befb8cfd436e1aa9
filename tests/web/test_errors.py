"""When something is wrong the person still gets a page, in their language, with numbers to call."""

import io
from collections.abc import Iterator
from unittest import mock

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import OperationalError
from django.test import Client

from iopguide import errors

pytestmark = [pytest.mark.urls("tests.web.faults"), pytest.mark.django_db]

PATHS = [
    ("/fail/bad_request/", 400),
    ("/fail/suspicious/", 400),
    ("/fail/permission/", 403),
    ("/nowhere/", 404),
    ("/es/nowhere/", 404),
    ("/fail/value/", 500),
    ("/fail/database/", 503),
    ("/fail/interface/", 503),
]


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False)


@pytest.fixture
def no_database() -> Iterator[None]:
    """Any touch of the database fails, as when its server is gone."""
    gone = OperationalError("gone")
    with mock.patch("django.db.backends.base.base.BaseDatabaseWrapper.cursor", side_effect=gone):
        yield


@pytest.mark.parametrize(("path", "status"), PATHS)
def test_every_error_page_carries_help_lines(visitor: Client, path: str, status: int) -> None:
    response = visitor.get(path)

    assert response.status_code == status
    assert b"tel:911" in response.content
    assert b"tel:988" in response.content
    assert response["Content-Language"] == ("es" if path.startswith("/es/") else "en")


@pytest.mark.parametrize(("path", "status"), PATHS)
@pytest.mark.usefixtures("no_database")
def test_no_error_page_needs_the_database(visitor: Client, path: str, status: int) -> None:
    response = visitor.get(path)

    assert response.status_code == status
    assert errors.LAST_RESORT.encode() not in response.content


@pytest.mark.parametrize(("path", "status"), PATHS)
def test_a_broken_error_template_still_gives_help_lines(visitor: Client, path: str, status: int) -> None:
    with mock.patch("iopguide.errors.render_to_string", side_effect=OSError):
        response = visitor.get(path)

    assert response.status_code == status
    assert b"tel:911" in response.content
    assert b"tel:988" in response.content


def test_a_database_fault_in_a_middleware_gets_the_same_page(visitor: Client) -> None:
    visitor.cookies["staff"] = "x" * 32
    with mock.patch.object(SessionStore, "load", side_effect=OperationalError("gone")):
        response = visitor.get("/staff/")

    assert response.status_code == 503
    assert response["Retry-After"] == "30"


def test_what_was_answered_comes_back_in_the_page(visitor: Client) -> None:
    response = visitor.post("/like/database/", {"choice": '"><b>yes', "csrfmiddlewaretoken": "never-this"})

    assert response.status_code == 503
    assert b'name="choice" value="&quot;&gt;&lt;b&gt;yes"' in response.content
    assert b'action="/like/database/"' in response.content
    assert b"never-this" not in response.content


def test_what_staff_typed_does_not(visitor: Client) -> None:
    with mock.patch("django.contrib.admin.sites.AdminSite.login", side_effect=OperationalError("gone")):
        response = visitor.post("/staff/login/", {"username": "somebody", "password": "hunter2hunter2"})

    assert b"hunter2" not in response.content


def test_a_cut_connection_is_no_failure(visitor: Client) -> None:
    class Cut(io.BytesIO):
        def read(self, *_: object) -> bytes:
            raise OSError("cut")

    response = visitor.generic(
        "POST", "/closed/", b"x=1", content_type="application/x-www-form-urlencoded", **{"wsgi.input": Cut()}
    )

    assert response.status_code == 400
