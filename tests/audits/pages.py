"""Every page there is, as text: for checkers that read HTML. None of these lists names a page that another list of the
project already names; what is added there is checked here.

- each state of tests/browser/states.py, in both languages
- each question, and each result that some thousand made-up people reach
- whatever links lead to from the first page of either language, with the guide that comes with the software
- what each address of tests/web/access.py answers to anybody
- the staff area: whatever links lead to, and each address, for somebody who may do everything
- what forms answer that nobody else fills in (`FORMS`)
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

from django.conf import settings
from django.test import Client
from django.urls import Resolver404, resolve, reverse
from django.utils import translation

from tests.audits.reader import Reader
from tests.browser import people
from tests.browser.states import STATES
from tests.browser.test_guide import KINDS
from tests.intake.factories import form
from tests.web.access import ROWS
from tests.web.routes import routes, row_for
from tests.web.walk import LANGUAGES, VOICES, in_voice
from tests.web.walk import people as reached

LINK = re.compile(r'<a\s[^>]*?href="([^"]*)"')
NO_END = 10_000
# What Django's admin adds to links, to sort a list or to find the way back to it: the page is the same.
SAME_PAGE = ("_changelist_filters=", "?o=")
# The whole body of the page, also where a template of ours adds a little.
MADE_BY_DJANGO = {
    "admin/change_form.html",
    "admin/change_list.html",
    "admin/app_index.html",
    "admin/delete_confirmation.html",
    "admin/object_history.html",
    "admin/auth/user/change_password.html",
    "registration/password_change_done.html",
}


class Shelf(StrEnum):
    """Who wrote the HTML of a page."""

    OURS = "ours"
    FRAMED = "framed"  # ours, in the frame of Django's admin
    DJANGO = "django"  # a form or a list that Django's admin makes
    ALLAUTH = "allauth"  # a page of django-allauth in our frame


@dataclass(frozen=True)
class Page:
    """What a page is called in a complaint, what was sent, and who wrote it."""

    name: str
    html: str
    shelf: Shelf = Shelf.OURS


Pages = Iterator[Page]


def states() -> Pages:
    for language in LANGUAGES:
        for name, opener in STATES.items():
            reader = Reader(language)
            opener(reader)  # type: ignore[arg-type]  has every verb of a visit that states use
            yield from _said(f"{name} ({language})", reader.response)


def questions() -> Pages:
    """Each in both languages, one voice in one and the other in the other."""
    for language, voice in zip(LANGUAGES, VOICES, strict=True):
        seen: set[tuple[str, ...]] = set()
        for person in people.seeing_every_question():
            reader, sheet = Reader(language), people.as_voice(person, voice)
            reader.holding(sheet.answers)
            for number, asked in enumerate(sheet.screens()):
                if number and asked not in seen:
                    seen.add(asked)
                    reader.go("step", number)
                    yield from _said(f"question {', '.join(asked)}, {voice} ({language})", reader.response)


def results() -> Pages:
    """Every second outcome; voices and languages take turns, and half of these are printed."""
    for place, (outcome, answers) in enumerate(list(reached().items())[::2]):
        reader = Reader(LANGUAGES[place % 2])
        reader.holding(in_voice(answers, VOICES[place // 2 % 2]))
        for page in ("result", "print")[: 2 if place % 4 < 2 else 1]:
            reader.go(page)
            yield from _said(f"{page} of {outcome} ({reader.language})", reader.response)


def forms() -> Pages:
    for language in LANGUAGES:
        for opener in FORMS:
            reader = Reader(language)
            opener(reader)
            yield from _said(f"{opener.__name__.strip('_')} ({language})", reader.response)


def linked(client: Any, *starts: str, under: str = "/", alike: int = NO_END) -> Pages:
    """Every page under an address that links lead to, from the first of these, then the next; of each kind so many."""
    known: set[str] = set()
    kinds = Counter[str]()
    for start in starts:
        waiting = [start]
        while waiting:
            path = waiting.pop(0)
            if path in known or kinds[_kind(path)] >= alike:
                continue
            known.add(path)
            kinds[_kind(path)] += 1
            response = client.get(path)
            yield from _said(path, response)
            links = (urldefrag(urljoin(path, link))[0] for link in _links(response))
            waiting += [
                link for link in links if link.startswith(under) and not any(one in link for one in SAME_PAGE)
            ]


def _links(response: Any) -> list[str]:
    if response.has_header("Location"):
        return [response["Location"]]
    return [unescape(href) for href in LINK.findall(response.content.decode())] if _is_page(response) else []


def public() -> Pages:
    """The site with its guide."""
    yield from linked(Client(), "/", "/es/", *(path for paths in KINDS.values() for path in paths))


def staff(client: Client) -> Pages:
    """The staff area in its first language: whatever links lead to, then what only its address leads to."""
    with translation.override("en"):
        area = reverse("admin:index")
    yield from linked(
        client, area, *(path for path in _addresses() if path.startswith(area)), under=area, alike=1
    )


def addresses() -> Pages:
    """What every address answers to anybody."""
    client = Client()
    for path in _addresses():
        yield from _said(path, client.get(path))


def _addresses() -> Iterator[str]:
    for route in routes():
        if row := row_for(route, ROWS):
            yield route.url(row.values)


def _kind(address: str) -> str:
    """Addresses of one view, with or without a question mark, show pages made alike."""
    parts = urlsplit(address)
    try:
        match = resolve(parts.path)
    except Resolver404:
        return address
    return f"{match.view_name} {bool(parts.query)} {translation.get_language_from_path(parts.path)}"


def _is_page(response: Any) -> bool:
    return not response.streaming and response.get("Content-Type", "").startswith("text/html")


def _said(name: str, response: Any) -> Pages:
    if _is_page(response) and response.content:
        yield Page(f"{name}, {response.status_code}", response.content.decode(), _shelf(response))


def _shelf(response: Any) -> Shelf:
    foreign = [template.name for template in response.templates if template.origin and not _is_ours(template)]
    if MADE_BY_DJANGO & set(foreign):
        return Shelf.DJANGO
    if "admin/base.html" in foreign:
        return Shelf.FRAMED
    allauth = any(name.startswith(("account/", "mfa/", "allauth/layouts/")) for name in foreign)
    return Shelf.ALLAUTH if allauth else Shelf.OURS


def _is_ours(template: Any) -> bool:
    return Path(template.origin.name).is_relative_to(settings.BASE_DIR / "templates")


# --- forms ----------------------------------------------------------------------------------------------------------


def _asking_for_a_call(reader: Reader, **fields: Any) -> None:
    with translation.override(reader.language):
        reader.open(reverse("intake:ask"))
    hidden = reader.visitor.page.forms[0].hidden()
    reader.send({**hidden, **form(**fields)})


def _asked_for_a_call(reader: Reader) -> None:
    _asking_for_a_call(reader)


def _asked_for_a_call_from_a_check(reader: Reader) -> None:
    reader.holding(people.with_outcome("dual_diagnosis", "them").answers)
    _asking_for_a_call(reader)


def _asked_for_a_call_and_said_nothing(reader: Reader) -> None:
    nothing = {
        "name": "",
        "method": "",
        "phone": "call me",
        "zone": "Mars",
        "agree": "",
        "windows": ["night"],
    }
    _asking_for_a_call(reader, **nothing)


FORMS: list[Callable[[Reader], None]] = [
    _asked_for_a_call,
    _asked_for_a_call_from_a_check,
    _asked_for_a_call_and_said_nothing,
]
