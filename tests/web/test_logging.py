"""Nothing a person sends, and nothing about them, reaches a log: proved with a word that can come from nowhere else."""

import io
import logging
import logging.config
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.core import mail
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.utils.log import AdminEmailHandler

from iopguide import logs
from tests.web.faults import FAILURES

SENTINEL = "zqxsentinelqz"

pytestmark = [pytest.mark.urls("tests.web.faults"), pytest.mark.django_db]


class MiddlewareThatFails:
    def __init__(self, get_response: object) -> None:
        pass

    def __call__(self, request: HttpRequest) -> HttpResponse:
        raise ValueError(f"{request.path} {request.POST} {request.COOKIES}")


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the configured handlers write: the real settings, another stream."""
    logging.config.dictConfig(settings.LOGGING)
    written = io.StringIO()
    handlers = [
        handler
        for handler in logging.getLogger().handlers
        if isinstance(handler.formatter, logs.PrivateFormatter)
    ]
    assert len(handlers) == 1
    previous = handlers[0].setStream(written)
    yield written
    handlers[0].setStream(previous)


@pytest.fixture
def visitor() -> Client:
    client = Client(
        raise_request_exception=False,
        headers={
            "referer": f"http://localhost/{SENTINEL}",
            "user-agent": SENTINEL,
            "x-forwarded-for": SENTINEL,
        },
    )
    client.cookies["check"] = SENTINEL
    return client


@pytest.mark.parametrize("failure", sorted(FAILURES))
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_failing_page_logs_no_word_of_what_was_sent(
    log: io.StringIO, visitor: Client, failure: str, method: str
) -> None:
    response = getattr(visitor, method)(f"/fail/{failure}/", {"answer": SENTINEL})

    written = log.getvalue()
    assert SENTINEL not in written
    assert f"route=fail_{failure}" in written
    assert f"status={response.status_code}" in written
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("failure", "kind"),
    [
        ("value", "builtins.ValueError"),
        ("chain", "builtins.RuntimeError"),
        ("unique", "django.db.utils.IntegrityError"),
        ("database", "django.db.utils.OperationalError"),
    ],
)
def test_a_failing_page_still_says_what_failed_and_where(
    log: io.StringIO, visitor: Client, failure: str, kind: str
) -> None:
    visitor.post(f"/fail/{failure}/", {"answer": SENTINEL})

    assert f"  {kind}" in log.getvalue()
    assert "    at tests/web/faults.py:" in log.getvalue()
    assert len(log.getvalue().splitlines()) < 40


def test_a_failing_middleware_logs_no_word_of_what_was_sent(log: io.StringIO, visitor: Client) -> None:
    with override_settings(MIDDLEWARE=[*settings.MIDDLEWARE, "tests.web.test_logging.MiddlewareThatFails"]):
        response = visitor.post(f"/open/{SENTINEL}", {"answer": SENTINEL})

    assert response.status_code == 500
    assert "ValueError" in log.getvalue()
    assert SENTINEL not in log.getvalue()


@pytest.mark.parametrize(
    "path",
    [
        f"/{SENTINEL}/",
        f"/check/{SENTINEL}?q={SENTINEL}",
        f"/like/closed/?{SENTINEL}",
        f"/staff/{SENTINEL}",
        f"/%FF{SENTINEL}",
    ],
)
def test_a_refused_address_is_not_logged(log: io.StringIO, visitor: Client, path: str) -> None:
    response = visitor.get(path)

    assert response.status_code in (302, 400, 404)
    assert "iopguide.middleware request" in log.getvalue()
    assert SENTINEL not in log.getvalue()


def test_a_made_up_host_name_is_not_logged(log: io.StringIO, visitor: Client) -> None:
    response = visitor.get("/open/", headers={"host": f"{SENTINEL}.example"})

    assert response.status_code == 400
    assert "DisallowedHost" in log.getvalue()
    assert SENTINEL not in log.getvalue()


def test_a_made_up_method_is_not_logged(log: io.StringIO, visitor: Client) -> None:
    visitor.generic(SENTINEL.upper(), "/closed/")

    assert "method=OTHER" in log.getvalue()
    assert SENTINEL not in log.getvalue().lower()


def test_a_refused_token_is_not_logged(log: io.StringIO) -> None:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.cookies["csrf"] = SENTINEL
    client.post("/closed/", {"answer": SENTINEL, "csrfmiddlewaretoken": SENTINEL})

    assert "status=403" in log.getvalue()
    assert SENTINEL not in log.getvalue()


def test_a_request_line_holds_only_what_is_allowed(log: io.StringIO, visitor: Client) -> None:
    visitor.get("/open/")

    words = log.getvalue().split()
    assert words[1:4] == ["INFO", "iopguide.middleware", "request"]
    assert [word.split("=")[0] for word in words[4:]] == ["method", "route", "status", "ms", "id"]


def test_each_request_has_its_own_id(log: io.StringIO, visitor: Client) -> None:
    visitor.get("/open/")
    visitor.get("/open/")

    ids = [line.rsplit("id=", 1)[1] for line in log.getvalue().splitlines()]
    assert len(set(ids)) == 2
    assert logs.request_id.get() == "-"


def test_static_files_are_not_logged(log: io.StringIO, visitor: Client) -> None:
    visitor.get("/static/nothing.css")

    assert log.getvalue() == ""


def test_the_stock_formatter_would_have_told(visitor: Client) -> None:
    """The must-fail twin: without our formatter the same failure does leak, so the tests above can see one."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    logging.getLogger("django.request").addHandler(handler)
    try:
        visitor.post("/fail/value/", {"answer": SENTINEL})
    finally:
        logging.getLogger("django.request").removeHandler(handler)
    assert SENTINEL in written.getvalue()


@pytest.mark.parametrize("include_html", [True, False])
def test_an_error_mail_would_hold_nothing(visitor: Client, include_html: bool) -> None:
    """No mail handler is configured. Should somebody add one, it still has nothing to tell."""
    handler = AdminEmailHandler(include_html=include_html)
    logger = logging.getLogger("django.request")
    logger.addHandler(handler)
    try:
        with override_settings(ADMINS=[("Somebody", "somebody@example.org")]):
            visitor.post("/fail/value/", {"answer": SENTINEL})
    finally:
        logger.removeHandler(handler)
    assert len(mail.outbox) == 1
    message = mail.outbox[0]
    told = [message.body, *(str(content) for content, _ in getattr(message, "alternatives", []))]
    assert "ValueError" in told[0]
    assert not any(SENTINEL in text for text in told)


@pytest.mark.postgresql
@pytest.mark.parametrize("failure", ["unique", "not_null", "data", "sql"])
def test_the_database_server_logs_no_word_of_what_was_sent(visitor: Client, failure: str) -> None:
    server_log = Path(parse_qs(urlsplit(settings.DATABASE_URL).query)["host"][0]) / "log"
    before = server_log.stat().st_size

    visitor.post(f"/fail/{failure}/", {"answer": SENTINEL})

    written = server_log.read_bytes()[before:].decode()
    assert "ERROR" in written
    if failure == "data":
        # The message itself quotes the value; no setting of the role prevents it. So no query of ours may cast text.
        assert "invalid input syntax" in written
    else:
        assert SENTINEL not in written


def test_a_command_that_fails_on_a_server_prints_no_values(capsys: pytest.CaptureFixture[str]) -> None:
    try:
        int(SENTINEL)
    except ValueError as error:
        logs._print_privately(type(error), error, error.__traceback__)

    told = capsys.readouterr().err
    assert "ValueError" in told
    assert "test_logging.py" in told
    assert SENTINEL not in told
