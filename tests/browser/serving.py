"""The site as a server serves it (hashed and compressed files, every middleware), and another site to leave to.

Django's own live server is not used: it serves static files past the middleware, uncompressed and unhashed.
"""

import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.core.servers.basehttp import ThreadedWSGIServer
from django.db import connections
from django.test import override_settings
from django.test.testcases import QuietWSGIRequestHandler

from iopguide.settings import HASHED_STATIC, STORAGES

PLAIN_PAGE = b"<!doctype html><title>Weather</title><h1>Sunny</h1>"


@dataclass(frozen=True)
class Seen:
    """One request as it arrived: what a log, or the owner of another site, could know."""

    method: str
    path: str
    referrer: str
    site: str


@dataclass
class Site:
    """Where the site stands in this run, and every request that reached it or the site next door."""

    url: str = ""
    elsewhere: str = ""
    settings: dict[str, Any] = field(default_factory=dict)
    seen: list[Seen] = field(default_factory=list)
    seen_elsewhere: list[Seen] = field(default_factory=list)

    @contextmanager
    def open(self) -> Iterator["Site"]:
        self.seen.clear()
        self.seen_elsewhere.clear()
        with override_settings(**self.settings):
            yield self


@contextmanager
def serve() -> Iterator[Site]:
    """Start both servers on ports of their own. Settings hold inside `site.open()` only."""
    site = Site()
    with tempfile.TemporaryDirectory(prefix="iopguide-static-") as folder, _elsewhere(site):
        site.settings = {
            "STORAGES": {**STORAGES, "staticfiles": {"BACKEND": HASHED_STATIC}},
            "STATIC_ROOT": folder,
            # Our own files only; the admin's are many and slow to compress.
            "STATICFILES_FINDERS": [
                "django.contrib.staticfiles.finders.FileSystemFinder",
                "iopguide.joined_css.JoinedFinder",
            ],
            "EXIT_URL": f"{site.elsewhere}/today",
            # With the page that shows every component in every state.
            "ROOT_URLCONF": "tests.web.with_gallery",
        }
        # A server thread must not keep a connection that outlives the test database.
        connections.settings["default"]["CONN_MAX_AGE"] = 0
        with site.open():
            call_command("collectstatic", verbosity=0, interactive=False)
            application = WSGIHandler()
        server = ThreadedWSGIServer(("127.0.0.1", 0), QuietWSGIRequestHandler, allow_reuse_address=False)
        server.set_app(_recorded(application, site))
        site.url = f"http://127.0.0.1:{server.server_port}"
        with _running(server):
            yield site


Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def _recorded(application: Application, site: Site) -> Application:
    def recording(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        site.seen.append(
            Seen(
                environ["REQUEST_METHOD"],
                environ["PATH_INFO"] + ("?" + environ["QUERY_STRING"] if environ["QUERY_STRING"] else ""),
                environ.get("HTTP_REFERER", ""),
                environ.get("HTTP_SEC_FETCH_SITE", ""),
            )
        )
        return application(environ, start_response)

    return recording


class QuietServer(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that goes away is no error."""


@contextmanager
def _elsewhere(site: Site) -> Iterator[None]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            headers = self.headers
            site.seen_elsewhere.append(
                Seen("GET", self.path, headers.get("Referer", ""), headers.get("Sec-Fetch-Site", ""))
            )
            self.send_response(200 if self.path != "/favicon.ico" else 404)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(PLAIN_PAGE)))
            self.end_headers()
            self.wfile.write(PLAIN_PAGE)

        def log_message(self, *args: object) -> None:
            pass

    server = QuietServer(("127.0.0.1", 0), Handler)
    # Another name, so that to the browser it is another site.
    site.elsewhere = f"http://localhost:{server.server_port}"
    with _running(server):
        yield


@contextmanager
def _running(server: Any) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
