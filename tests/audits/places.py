"""The pages that Lighthouse is asked about: one of each make, on a server that holds the guide."""

from collections.abc import Container, Iterator
from contextlib import closing
from dataclasses import replace
from http.client import HTTPConnection
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from screening import services
from tests.audits.lighthouse import Place
from tests.browser import people
from tests.browser.test_guide import KINDS

LANGUAGES = ("en", "es")
# Open to everybody; the guide's pages come from its own list.
OPEN = {
    "home": "screening:home",
    "start": "screening:start",
    "help now": "screening:help_now",
    "how it works": "screening:how_it_works",
    "call me": "intake:ask",
}
# Pages of somebody's own check, and of which question. The answers make a long result.
ANSWERS = people.with_outcome("medical_first", "me").answers
OWN = {
    "question, many answers": ("screening:step", "now"),
    "question, four in one": ("screening:step", "nervous"),
    "safety": ("screening:safety", ""),
    "answers": ("screening:answers", ""),
    "result": ("screening:result", ""),
    "print": ("screening:print", ""),
}
# What `make test` asks about: it has little time.
FEW = ("home (es)", "help now (en)", "question, four in one (es)", "result (en)", "program (en)")


def every_place(base: str, only: Container[str] | None = None) -> Iterator[Place]:
    """Each in both languages, at this server. Its database is this process's too: answers are put there."""
    for language in LANGUAGES:
        with translation.override(language):
            paths = {name: reverse(view) for name, view in OPEN.items()}
            paths |= {name: both[LANGUAGES.index(language)] for name, both in KINDS.items()}
            for name, path in paths.items():
                if only is None or f"{name} ({language})" in only:
                    yield _found_out(Place(f"{name} ({language})", base + path))
            for name, (view, question) in OWN.items():
                if only is None or f"{name} ({language})" in only:
                    yield _own(f"{name} ({language})", base, view, question)


def _own(name: str, base: str, view: str, question: str) -> Place:
    """A page of somebody who answered everything, or everything before this question."""
    answers = people.before(ANSWERS, question) if question else ANSWERS
    token = services.start(answers["who"])
    services.record_answers(services.open_check(token), answers)
    step = people.ENGINE.path(ANSWERS).holding(question)
    path = reverse(view, args=[step.number] if step else [])
    return _found_out(Place(name, base + path, cookie=f"{settings.SCREENING_COOKIE_NAME}={token}"))


def _found_out(place: Place) -> Place:
    """The page itself says whether search engines may list it."""
    with closing(HTTPConnection(urlsplit(place.url).netloc, timeout=30)) as line:
        return replace(place, found_by_engines="noindex" not in fetch(place, line).get("X-Robots-Tag", ""))


def fetch(place: Place, line: HTTPConnection) -> dict[str, str]:
    """Ask for a page as a browser would, and read it all. Return its headers."""
    parts = urlsplit(place.url)
    headers = {"Accept-Encoding": "gzip", **({"Cookie": place.cookie} if place.cookie else {})}
    line.request("GET", parts.path + (f"?{parts.query}" if parts.query else ""), headers=headers)
    response = line.getresponse()
    response.read()
    assert response.status == 200, f"{place.name}: {response.status}"
    return dict(response.getheaders())
