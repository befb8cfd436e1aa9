"""Every answer carries the same protection, whatever made it; and only what says so may be kept or found."""

import gzip

import pytest
from django.test import Client, override_settings

pytestmark = [pytest.mark.urls("tests.web.faults"), pytest.mark.django_db]

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
}
HEADERS = {
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-DNS-Prefetch-Control": "off",
}
EVERY_KIND = [
    ("get", "/open/", 200),
    ("get", "/closed/", 200),
    ("get", "/healthz", 200),
    ("get", "/robots.txt", 200),
    ("get", "/staff/", 302),
    ("get", "/staff/sign-in/", 200),
    ("get", "/nowhere/", 404),
    ("get", "/es/nowhere/", 404),
    ("get", "/static/nothing.css", 404),
    ("get", "/like/closed/?a=1", 400),
    ("get", "/fail/bad_request/", 400),
    ("get", "/fail/permission/", 403),
    ("put", "/healthz", 405),
    ("get", "/fail/value/", 500),
    ("get", "/fail/database/", 503),
]


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(("method", "path", "status"), EVERY_KIND)
def test_every_answer_carries_every_header(visitor: Client, method: str, path: str, status: int) -> None:
    response = getattr(visitor, method)(path)

    assert response.status_code == status
    assert set(response["Content-Security-Policy"].split("; ")) == POLICY
    assert {name: response[name] for name in HEADERS} == HEADERS
    assert "geolocation=()" in response["Permissions-Policy"]
    assert "unsafe" not in response["Content-Security-Policy"]


def test_a_refused_large_body_carries_them_too(visitor: Client) -> None:
    response = visitor.post("/closed/", {"answer": "x" * 70_000})

    assert response.status_code == 413
    assert set(response["Content-Security-Policy"].split("; ")) == POLICY
    assert {name: response[name] for name in HEADERS} == HEADERS


@override_settings(
    SECURE_HSTS_SECONDS=63_072_000, SECURE_HSTS_INCLUDE_SUBDOMAINS=True, SECURE_SSL_REDIRECT=True
)
def test_a_server_insists_on_https() -> None:
    over_https = Client().get("/open/", secure=True)
    over_http = Client().get("/open/")

    assert over_https["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"
    assert over_http.status_code == 301
    assert over_http["Location"] == "https://testserver/open/"
    assert {name: over_http[name] for name in HEADERS} == HEADERS


@pytest.mark.parametrize(("method", "path", "status"), EVERY_KIND)
def test_pages_are_private_unless_they_say_otherwise(
    visitor: Client, method: str, path: str, status: int
) -> None:
    response = getattr(visitor, method)(path)

    said_otherwise = path in ("/open/", "/robots.txt")
    assert (response.get("Cache-Control") != "no-store") == said_otherwise
    assert (response.get("X-Robots-Tag") != "noindex") == said_otherwise


def test_a_public_page_that_sets_a_cookie_is_private_after_all(visitor: Client) -> None:
    response = visitor.get("/open/cookie/")

    assert response["Cache-Control"] == "no-store"
    assert response["X-Robots-Tag"] == "noindex"


def test_pages_are_compressed_with_random_padding(visitor: Client) -> None:
    """The padding is what keeps compression beside a secret safe (BREACH): the length must not tell."""
    sizes = set()
    for _ in range(20):
        response = visitor.get("/closed/", headers={"accept-encoding": "gzip"})
        assert response["Content-Encoding"] == "gzip"
        assert gzip.decompress(response.content).startswith(b"for one person")
        sizes.add(len(response.content))
    assert len(sizes) > 5


def test_nobody_is_sent_to_a_language_unasked(visitor: Client) -> None:
    response = visitor.get("/open/", headers={"accept-language": "es"})

    assert response.status_code == 200
    assert response["Content-Language"] == "en"
    assert not response.cookies
