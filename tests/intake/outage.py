"""The site on a PostgreSQL of its own that may be crashed, and people who go on sending their forms meanwhile."""

import http.client
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.db import connection
from django.http.cookie import SimpleCookie

from screening.forms import SCREEN
from screening.intake.views import TOKEN
from tests.intake.factories import form
from tests.web.walk import COOKIE, Page
from tests.withpg import Cluster, PostgreSQLMissingError

ROOT = settings.BASE_DIR
PATIENCE = 20  # seconds


def test_database_url() -> str:
    """Where this run's test database is, for other processes."""
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()


def environment(database: str) -> dict[str, str]:
    return {
        **os.environ,
        "DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "IOPGUIDE_LOCAL": "1",
    }


def copy_tables(server: Cluster) -> None:
    """Make the tables of the test database in another server: much faster than every migration again."""
    dump = [str(server.programs / "pg_dump"), "--schema-only", "--no-owner", test_database_url()]
    load = [str(server.programs / "psql"), "--quiet", "--set", "ON_ERROR_STOP=1", server.url]
    tables = subprocess.run(dump, capture_output=True, check=True).stdout
    subprocess.run(load, input=tables, stdout=subprocess.DEVNULL, check=True)


def start_again(server: Cluster) -> float:
    """Start a server that was crashed, once its last process is gone; return when it answered."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with suppress(PostgreSQLMissingError):
            server.start()
            return time.monotonic()
    raise AssertionError(f"it does not start: {server.log.read_text()}")


@contextmanager
def site(database: str, folder: Path) -> Iterator[Path]:
    """The site as a server runs it; gives the socket it listens on."""
    door = folder / "site.sock"
    command = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py"]
    given = {**environment(database), "IOPGUIDE_BIND": f"unix:{door}", "IOPGUIDE_WORKERS": "1"}
    with (
        (folder / "site.log").open("wb") as log,
        subprocess.Popen(command, cwd=ROOT, env=given, stdout=log, stderr=log) as running,
    ):
        try:
            wait_until(lambda: door.exists() or running.poll() is not None)
            assert running.poll() is None, (folder / "site.log").read_text()
            yield door
        finally:
            running.terminate()


def wait_until(happens: Callable[[], Any]) -> None:
    until = time.monotonic() + PATIENCE
    while not happens():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.02)


class _Door(http.client.HTTPConnection):
    def __init__(self, door: Path) -> None:
        super().__init__("localhost", timeout=PATIENCE)
        self.door = door

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(PATIENCE)
        self.sock.connect(str(self.door))


@dataclass(frozen=True)
class Sent:
    """One form on its way: when it was sent, when the answer came, and which."""

    began: float
    ended: float
    status: int


Fields = dict[str, Any]


@dataclass(eq=False)
class Person:
    """Somebody with a browser, who presses "Send it again" whenever a page offers it."""

    door: Path
    cookies: dict[str, str] = field(default_factory=dict)
    sent: list[Sent] = field(default_factory=list)
    # What the site said it has, in order: a phone number, or an answer.
    kept: list[str] = field(default_factory=list)
    # Rests between two forms while this is not set.
    awake: threading.Event = field(default_factory=threading.Event)

    def send(self, path: str, fields: Fields) -> str:
        """Send a form until it is taken; return where that leads."""
        status, place, page = self._post(path, fields)
        while status == 503:
            again = page.forms[0]
            back = again.hidden()
            # All of it is still there, so nothing is typed twice.
            assert again.action == path
            assert {name: back[name] for name in fields if fields[name]} == {
                name: value if isinstance(value, list) else [value] for name, value in fields.items() if value
            }
            time.sleep(0.05)
            status, place, page = self._post(path, back)
        assert status == 303, (status, page.text)
        return place

    def _post(self, path: str, fields: Fields) -> tuple[int, str, Page]:
        if settings.CSRF_COOKIE_NAME not in self.cookies:
            self._ask("GET", "/call-me/", "")
        token = {"csrfmiddlewaretoken": self.cookies[settings.CSRF_COOKIE_NAME]}
        began = time.monotonic()
        status, place, page = self._ask("POST", path, urlencode({**token, **fields}, doseq=True))
        self.sent.append(Sent(began, time.monotonic(), status))
        return status, place, page

    def _ask(self, method: str, path: str, body: str) -> tuple[int, str, Page]:
        link = _Door(self.door)
        try:
            headers = {
                "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
                "Content-Type": "application/x-www-form-urlencoded",
            }
            link.request(method, path, body, headers)
            answer = link.getresponse()
            page = Page(answer.read().decode())
        finally:
            link.close()
        for line in answer.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: one.value for name, one in SimpleCookie(line).items()}
        return answer.status, answer.headers.get("Location", ""), page


def asks_for_calls(person: Person, numbers: Iterator[int], stop: threading.Event) -> None:
    """Send one form after another, each with a phone number of its own."""
    while person.awake.wait(PATIENCE) and not stop.is_set():
        phone = f"(555) 010-{next(numbers)}"
        person.send("/call-me/", form(phone=phone, token=TOKEN.sign(phone)))
        person.kept.append(phone)


def answers(person: Person, choices: tuple[str, ...], stop: threading.Event) -> None:
    """Begin a check, and change one answer again and again."""
    step = person.send("/check/", {"who": "me"})
    assert COOKIE in person.cookies
    while person.awake.wait(PATIENCE) and not stop.is_set():
        choice = choices[len(person.kept) % len(choices)]
        person.send(step, {SCREEN: "age", "age": choice})
        person.kept.append(choice)
