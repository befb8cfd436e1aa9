"""Pages that are the same for everyone: the front page, the emergency page, the method. No answer is read here."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from iopguide.visibility import public
from programs.frame import home_data, ways
from programs.keeping import bare, kept
from programs.shelf import Shelf, shelf
from screening import present
from screening.flow_graph import graph
from screening.method import method, proofs_shown
from screening.protocol import LIVE
from screening.versions import in_use

# The modelled time of three in four people, rounded up (benchmarks/path_length.py).
MINUTES = 9
SHOWN_AT_HOME = ("iop", "php", "dual_diagnosis", "residential")
# The pages of the guide a family may want before morning, and what to call them here.
TONIGHT = {
    "help_now": gettext_lazy("They will not wake up, or talk about dying: help right now"),
    "how_to_talk": gettext_lazy("How to talk with them"),
    "when_they_say_no": gettext_lazy("What to do when they say no"),
    "getting_ready": gettext_lazy("What to do when they say yes"),
    "families": gettext_lazy("All pages for families"),
}


def _home(request: HttpRequest, books: Shelf) -> HttpResponse:
    read = present.reader("me")
    care = {care.key: care for care in LIVE.care}
    context = {
        **ways(books),
        "minutes": MINUTES,
        "description": _("Answer a few questions and see which kinds of care may fit. Free, no name needed."),
        "programs": [
            {"name": read(care[key].name), "line": read(care[key].line), "url": books.addresses(key)}
            for key in SHOWN_AT_HOME
        ],
        "programs_url": books.addresses("programs_overview"),
        "tonight": [
            {"name": str(words), "url": url}
            for key, words in TONIGHT.items()
            if (url := books.addresses(key))
        ],
        "data": home_data(request),
    }
    return render(request, "screening/home.html", context)


def home_alone(request: HttpRequest) -> HttpResponse:
    """The front page while the database is away: its doors and help lines, without the way into the guide."""
    return _home(request, Shelf(present.language(), ()))


@kept
@bare(home_alone)
def home(request: HttpRequest) -> HttpResponse:
    """The front page. The guide says which of its pages are public, so that no link leads nowhere."""
    return _home(request, shelf(present.language()))


@public
@require_safe
def help_now(request: HttpRequest) -> HttpResponse:
    """Is it an emergency? Needs no database and no cookie."""
    described = _("When to call 911, when to call or text 988, and what to do while you wait.")
    return render(request, "screening/help_now.html", {"description": described})


@public
@require_safe
def how_it_works(request: HttpRequest) -> HttpResponse:
    """The whole method, generated from the protocol in use."""
    language = present.language()
    now = in_use(language)
    context = {
        "description": _("Every question, every point and every rule of the check, in plain words."),
        "method": method(now.protocol, language),
        "graph": graph(now.protocol, language),
        "proofs": proofs_shown(now.proofs),
        "versions": now.log,
        "certain": now.certain,
    }
    return render(request, "screening/how.html", context)
