"""Pages that are the same for everyone: the front page, the emergency page, the method. No answer is read here."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from iopguide.visibility import public
from screening import present
from screening.flow_graph import graph
from screening.method import method, proofs_shown
from screening.protocol import LIVE
from screening.versions import in_use

# The modelled time of three in four people, rounded up (benchmarks/path_length.py).
MINUTES = 9
SHOWN_AT_HOME = ("iop", "php", "dual_diagnosis", "residential")


@public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The front page."""
    read = present.reader("me")
    care = {care.key: care for care in LIVE.care}
    programs = [{"name": read(care[key].name), "line": read(care[key].line)} for key in SHOWN_AT_HOME]
    return render(request, "screening/home.html", {"minutes": MINUTES, "programs": programs})


@public
@require_safe
def help_now(request: HttpRequest) -> HttpResponse:
    """Is it an emergency? Needs no database and no cookie."""
    return render(request, "screening/help_now.html")


@public
@require_safe
def how_it_works(request: HttpRequest) -> HttpResponse:
    """The whole method, generated from the protocol in use."""
    language = present.language()
    now = in_use(language)
    context = {
        "method": method(now.protocol, language),
        "graph": graph(now.protocol, language),
        "proofs": proofs_shown(now.proofs),
        "versions": now.log,
        "certain": now.certain,
    }
    return render(request, "screening/how.html", context)
