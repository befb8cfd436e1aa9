"""Settings fail loudly with advice; a proper server passes Django's own inspection; the real server stays silent."""

import json
import os
import secrets
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest

from iopguide import environment
from tests.house.source import ROOT

pytestmark = pytest.mark.once

NAMES = ("IOPGUIDE_SECRET_KEY", "IOPGUIDE_SCREENING_KEYS", "IOPGUIDE_CONTACT_KEYS")
KEYS = {name: secrets.token_urlsafe(48) for name in NAMES}
SERVER = {
    **KEYS,
    "IOPGUIDE_HOSTS": "www.example.org",
    "IOPGUIDE_SITE_OPERATOR": "A clinic",
    "IOPGUIDE_SECURITY_CONTACT": "mailto:security@example.org",
    "IOPGUIDE_DESK_MAIL": "desk@example.org",
    "IOPGUIDE_MAIL_HOST": "mail.example.org",
}
SENTINEL = "zqxsentinelqz"


def django(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """manage.py as somebody else would run it: with these variables and no others of ours."""
    kept = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("IOPGUIDE_", "DJANGO_", "DATABASE_"))
    }
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "django", *arguments],
        cwd=ROOT,
        env={**kept, "DJANGO_SETTINGS_MODULE": "iopguide.settings", "PYTHONPATH": str(ROOT), **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_proper_server_passes_djangos_inspection_without_a_warning(tmp_path: Path) -> None:
    server = {**SERVER, "IOPGUIDE_VAR": str(tmp_path)}
    # Without the admin's own files, whose compression takes long and is not ours to test.
    collected = django("collectstatic", "--no-input", "--verbosity=0", "--ignore=admin", **server)
    assert collected.returncode == 0, collected.stderr

    done = django("check", "--deploy", "--fail-level", "WARNING", **server)

    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


@pytest.mark.parametrize(
    ("without", "advice"),
    [
        ("IOPGUIDE_SECRET_KEY", "secrets.token_urlsafe"),
        ("IOPGUIDE_SCREENING_KEYS", "must differ from IOPGUIDE_SECRET_KEY"),
        ("IOPGUIDE_CONTACT_KEYS", "locks contact data"),
        ("IOPGUIDE_HOSTS", "host names people type"),
    ],
)
def test_a_server_without_a_value_says_which_and_what_to_do(without: str, advice: str) -> None:
    done = django("check", **{name: value for name, value in SERVER.items() if name != without})

    assert done.returncode != 0
    assert f"{without} is not set" in done.stderr
    assert advice in done.stderr
    assert "make run" in done.stderr


@pytest.mark.parametrize(
    ("wrong", "advice"),
    [
        ({"IOPGUIDE_DEBUG": "1"}, "only with IOPGUIDE_LOCAL=1"),
        ({"IOPGUIDE_LOCAL": "perhaps"}, "must be 1 or 0"),
        ({"DATABASE_URL": "mysql://somewhere/x"}, "must begin with postgresql:"),
    ],
)
def test_a_wrong_value_says_what_it_may_be(wrong: dict[str, str], advice: str) -> None:
    done = django("check", **{**SERVER, **wrong})

    assert done.returncode != 0
    assert advice in done.stderr


def test_a_server_locks_its_cookies_and_insists_on_https() -> None:
    names = "SESSION_COOKIE_NAME CSRF_COOKIE_NAME SCREENING_COOKIE_NAME SESSION_COOKIE_SECURE CSRF_COOKIE_SECURE SECURE_SSL_REDIRECT DEBUG"
    code = f"from django.conf import settings; import json; print(json.dumps([getattr(settings, n) for n in '{names}'.split()]))"

    done = django("shell", "--no-imports", "-c", code, **SERVER)

    assert json.loads(done.stdout) == ["__Host-staff", "__Host-csrf", "__Host-check", True, True, True, False]


def test_a_local_secret_is_made_once_and_is_its_owners_alone(tmp_path: Path) -> None:
    first = environment.local_secret(tmp_path / "var", "key")

    assert environment.local_secret(tmp_path / "var", "key") == first
    assert environment.local_secret(tmp_path / "var", "other") != first
    assert len(first) >= 48
    assert stat.S_IMODE((tmp_path / "var/key").stat().st_mode) == 0o600
    assert sorted(path.name for path in (tmp_path / "var").iterdir()) == ["key", "other"]


@pytest.mark.parametrize("value", ["yes", "1", "TRUE", " on "])
def test_a_flag_is_read(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("IOPGUIDE_X", value)
    assert environment.flag("IOPGUIDE_X")
    assert not environment.flag("IOPGUIDE_Y")


@pytest.fixture
def gunicorn(tmp_path: Path) -> Iterator[tuple[int, Path]]:
    """The real server with its real configuration; its port, and the file with everything it writes."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    written = tmp_path / "written"
    with written.open("wb") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "--workers", "1"],
            cwd=ROOT,
            env={
                **os.environ,
                **KEYS,
                "IOPGUIDE_LOCAL": "1",
                "PORT": str(port),
                "DJANGO_SETTINGS_MODULE": "tests.settings",
                "TMPDIR": str(tmp_path),
            },
            stdout=output,
            stderr=output,
        )
        try:
            deadline = time.monotonic() + 20
            while not _answers(port):
                assert server.poll() is None, written.read_text()
                assert time.monotonic() < deadline, "the server did not start"
                time.sleep(0.05)
            yield port, written
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=30)


def _answers(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def _send(port: int, raw: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(raw)
        return connection.recv(65536)


def test_the_server_itself_writes_nothing_of_a_visitor(gunicorn: tuple[int, Path]) -> None:
    port, written = gunicorn
    word = SENTINEL.encode()
    common = (
        b"Host: localhost\r\nUser-Agent: "
        + word
        + b"\r\nReferer: http://localhost/"
        + word
        + b"\r\nConnection: close\r\n"
    )

    assert b" 404 " in _send(port, b"GET /" + word + b"?q=" + word + b" HTTP/1.1\r\n" + common + b"\r\n")
    assert b" 400 " in _send(port, b"GET /%FF" + word + b" HTTP/1.1\r\n" + common + b"\r\n")
    assert b" 400 " in _send(port, b"GET /" + word + b" HTTP/1.1\r\nHost: " + word + b".example\r\n\r\n")
    assert b" 400 " in _send(port, b"GET /" + word + b" " + word + b" HTTP/1.1\r\n\r\n")
    assert b" 400 " in _send(
        port, b"GET / HTTP/1.1\r\nHost: localhost\r\nBroken header " + word + b"\r\n\r\n"
    )
    assert b" 413 " in _send(
        port, b"POST /" + word + b" HTTP/1.1\r\n" + common + b"Content-Length: 99999999\r\n\r\n" + word
    )
    assert b" 403 " in _send(
        port, b"POST / HTTP/1.1\r\n" + common + b"Content-Length: 13\r\n\r\n" + word[:13]
    )

    text = written.read_text()
    assert text.count("iopguide.middleware request") >= 5
    assert SENTINEL not in text
    assert "127.0.0.1" not in text.replace(f"Open http://127.0.0.1:{port}/", "")


def test_a_header_cannot_move_the_site(gunicorn: tuple[int, Path]) -> None:
    """Else a page kept for everybody would carry the links of one visitor's making, or stand where there is none."""
    port, _ = gunicorn
    head = b"GET /nowhere/help-now/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"

    for header in (b"", b"SCRIPT_NAME: /nowhere\r\n", b"PATH_INFO: /help-now/\r\n"):
        assert b" 404 " in _send(port, head + header + b"\r\n")


@pytest.mark.slow
def test_many_huge_bodies_cost_no_memory(gunicorn: tuple[int, Path]) -> None:
    """Each is refused before it is read: quickly, and without being held."""
    port, _ = gunicorn
    head = b"POST /check/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 104857600\r\n\r\n"

    start = time.monotonic()
    answers = [_send(port, head + b"x" * 1000) for _ in range(50)]

    assert all(b" 413 " in answer for answer in answers)
    assert (time.monotonic() - start) / len(answers) < 0.1
