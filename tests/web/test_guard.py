"""What no page of ours can mean is refused with a page: never a failure, never read further than needed."""

import io
from typing import Any

import pytest
from django.test import Client, RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from iopguide.middleware import RequestGuard
from iopguide.wsgi import application

pytestmark = [pytest.mark.urls("tests.web.faults"), pytest.mark.django_db]

URLENCODED = "application/x-www-form-urlencoded"


@pytest.fixture
def visitor() -> Client:
    return Client()


class Untouchable(io.RawIOBase):
    """A body that must not be read."""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        raise AssertionError("the body was read")


@pytest.mark.parametrize(
    "path", ["/a%00b", "/%FF", "/es/%C3", "/a%0Ab", "/closed/?q=%00", "/closed/?q=%FF", "/closed/?%ED%A0%80"]
)
def test_a_broken_address_is_refused(visitor: Client, path: str) -> None:
    response = visitor.get(path)

    assert response.status_code == 400
    assert "text/html" in response["Content-Type"]
    assert b"988" in response.content


def test_a_proper_address_in_any_script_is_not(visitor: Client) -> None:
    assert visitor.get("/se%C3%B1al/").status_code == 404
    assert visitor.get("/closed/?q=se%C3%B1al%20100%25").status_code == 200


@pytest.mark.parametrize(
    "body", ["a=%00", "a=%FF", "%00=a", "a=%ED%A0%80", "a=\x00", "&".join(f"f{n}=1" for n in range(150))]
)
def test_a_broken_form_is_refused(visitor: Client, body: str) -> None:
    assert visitor.post("/closed/", body, content_type=URLENCODED).status_code == 400


@pytest.mark.parametrize("value", ["\x00", "a\x00b"])
def test_a_broken_multipart_form_is_refused(visitor: Client, value: str) -> None:
    assert visitor.post("/closed/", {"answer": value}).status_code == 400


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"a=1", f"{URLENCODED}; charset=utf-16"),
        (b"nonsense", "multipart/form-data"),
        (b"nonsense", "multipart/form-data; boundary=x"),
        (
            b"--x\r\nContent-Disposition: form-data; name=a\r\n\r\n\xff\r\n--x--\r\n",
            "multipart/form-data; boundary=x",
        ),
    ],
)
def test_a_form_in_a_broken_wrapping_is_never_a_failure(
    visitor: Client, body: bytes, content_type: str
) -> None:
    assert visitor.generic("POST", "/closed/", body, content_type=content_type).status_code in (200, 400)


@pytest.mark.parametrize("encoding", ["hex", "zlib", "idna", "punycode", "undefined", "utf-16"])
@pytest.mark.parametrize(
    ("method", "kind"),
    [("GET", "text/plain"), ("POST", "multipart/form-data; boundary=x"), ("POST", URLENCODED)],
)
def test_no_encoding_but_utf_8_is_read(method: str, kind: str, encoding: str) -> None:
    """Through the server's own door: Django's way to make a request of it fails before any middleware."""
    form = b'--x\r\nContent-Disposition: form-data; name="login"\r\n\r\nabc\r\n--x--\r\n'
    environ = RequestFactory().generic(method, "/staff/sign-in/", form).environ
    environ |= {"CONTENT_TYPE": f"{kind}; charset={encoding}", "QUERY_STRING": "next=%5Cx00"}
    said: dict[str, str] = {}

    def start_response(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
        said.update(headers, status=status)

    body = b"".join(application(environ, start_response))

    assert said["status"] == "400 Bad Request"
    assert said["X-Frame-Options"] == "DENY"
    assert b"988" in body


def test_a_proper_form_passes(visitor: Client) -> None:
    assert visitor.post("/closed/", {"answer": "sí, señor 😀"}).status_code == 200
    assert visitor.post("/closed/", "answer=s%C3%AD+100%25", content_type=URLENCODED).status_code == 200


@pytest.mark.parametrize(
    ("path", "size", "refused"),
    [
        ("/closed/", 64 * 1024, False),
        ("/closed/", 64 * 1024 + 1, True),
        ("/es/nowhere/", 64 * 1024 + 1, True),
        ("/staff/login/", 64 * 1024 + 1, False),
        ("/es/staff/login/", 64 * 1024 + 1, False),
        ("/staff/login/", 1024 * 1024 + 1, True),
        ("/staffroom/", 64 * 1024 + 1, True),
    ],
)
def test_a_large_body_is_refused(visitor: Client, path: str, size: int, refused: bool) -> None:
    body = b"a=" + b"x" * (size - 2)

    response = visitor.generic("POST", path, body, content_type=URLENCODED)

    assert (response.status_code == 413) == refused


def test_a_large_body_is_refused_unread_and_in_the_persons_language() -> None:
    request = RequestFactory().post("/es/closed/")
    request.META.update(CONTENT_LENGTH=str(10**9))
    request._stream = request.META["wsgi.input"] = Untouchable()  # type: ignore[attr-defined]

    response = RequestGuard(lambda _: pytest.fail("it went on"))(request)

    assert response.status_code == 413
    assert response["Content-Language"] == "es"


@pytest.mark.parametrize(
    ("path", "status"),
    [("/like/closed/", 200), ("/like/closed/?a=1", 400), ("/like/open/?a=1", 200), ("/closed/?a=1", 200)],
)
def test_a_private_screening_page_takes_no_query_string(visitor: Client, path: str, status: int) -> None:
    assert visitor.get(path).status_code == status


@given(
    body=st.binary(max_size=300),
    content_type=st.sampled_from([URLENCODED, "multipart/form-data; boundary=b", "text/plain", ""]),
)
def test_no_body_whatever_is_a_failure(body: bytes, content_type: str) -> None:
    response = Client().generic("POST", "/closed/", body, content_type=content_type)

    assert response.status_code in (200, 400)


@given(path=st.binary(max_size=80), query=st.binary(max_size=80))
def test_no_address_whatever_is_a_failure(path: bytes, query: bytes) -> None:
    from urllib.parse import quote_from_bytes

    response = Client().get(f"/{quote_from_bytes(path)}?{quote_from_bytes(query, safe='=&')}")

    assert response.status_code in (200, 301, 302, 400, 404)
