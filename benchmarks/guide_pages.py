"""A kept page of the guide beside a bare Django view: processor time of each, through the same middleware, in one run."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from benchmarks.clock import best_of, line

ROUNDS, REQUESTS = 40, 50
MOST = 1.5  # times a bare view
BESIDE = 5  # its place among the addresses of the guide, in the middle of those that are measured
PAGES = ("/programs/iop/", "/es/programas/programa-intensivo/", "/compare/", "/faq/", "/families/", "/")


@contextmanager
def _site() -> Iterator[None]:
    """A database of its own with the starter content, as in the tests."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django

    django.setup()
    from django.test.utils import (
        setup_databases,
        setup_test_environment,
        teardown_databases,
        teardown_test_environment,
    )

    from iopguide import catalog
    from programs import starter_content

    for code in catalog.codes():
        catalog.compile_catalog(code)
    setup_test_environment()
    made = setup_databases(verbosity=0, interactive=False)
    try:
        starter_content.load()
        yield
    finally:
        teardown_databases(made, verbosity=0)
        teardown_test_environment()


def _bare(bodies: dict[str, bytes]) -> None:
    """Put a view without any work among the guide's own, so that finding it costs the same: it hands over bytes."""
    from django.http import HttpRequest, HttpResponse
    from django.urls import clear_url_caches, path

    from iopguide.visibility import public
    from programs import urls

    def bare(request: HttpRequest) -> HttpResponse:
        return HttpResponse(bodies[request.META["QUERY_STRING"]])

    urls.urlpatterns.insert(BESIDE, path("bare/", public(bare), name="bare"))
    clear_url_caches()


def _asker(address: str) -> Callable[[], None]:
    """Many requests for one address, past the test client's own work."""
    from django.core.handlers.wsgi import WSGIHandler
    from django.test import RequestFactory

    handler, environ = WSGIHandler(), RequestFactory().get(address).environ

    def ask() -> None:
        for _ in range(REQUESTS):
            response = handler(dict(environ), lambda *_: None)
            response.close()

    return ask


def main() -> None:
    import logging

    with _site():
        logging.disable(logging.CRITICAL)
        from django.test import Client

        bodies = {address: Client().get(address).content for address in PAGES}
        _bare(bodies)
        worst = 0.0
        for address in PAGES:
            bare, kept = _asker(f"/bare/?{address}"), _asker(address)
            bare()
            kept()
            # In turns, so that whatever else the machine does falls on both.
            pairs = [(best_of(1, bare), best_of(1, kept)) for _ in range(ROUNDS)]
            plain, page = min(one for one, _ in pairs), min(two for _, two in pairs)
            worst = max(worst, page / plain)
            line(f"{address}: kept page", 1e6 * page / REQUESTS, "microseconds")
            line(f"{address}: times a bare view", page / plain, f"x (at most {MOST})")
        line("worst of all", worst, f"x (at most {MOST})")
        fresh = partial(_render, PAGES[0])
        line(f"{PAGES[0]}: rendered anew", 1e6 * best_of(5, fresh), "microseconds")
        if worst > MOST:
            raise SystemExit(f"a kept page costs {worst:.2f} times a bare view, more than {MOST}")


def _render(address: str) -> None:
    from django.core.cache import caches
    from django.test import Client

    caches["pages"].clear()
    Client().get(address)
