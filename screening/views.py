"""Thin: read the check, ask the engine, hand the page to a template. Every write is a service."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_http_methods, require_safe

from iopguide import errors
from iopguide.errors import DATABASE_IS_DOWN
from screening import counting, present, saving_forms, services
from screening.cookies import forget, remember, token_in
from screening.forms import SCREEN, QuestionForm
from screening.intake import handoff
from screening.intake.forms import GIVEN_BACK
from screening.protocol import LIVE
from screening.public_views import MINUTES
from screening.result_page import result_page as result_of
from screening.revisions.registry import live_protocol
from screening.services import CheckGone, OpenCheck

View = Callable[..., HttpResponse]


class HttpSeeOther(HttpResponseRedirect):
    """After a POST the browser must GET the next page, so that reload never sends again."""

    status_code = 303


def with_check(view: View) -> View:
    """Open the person's check and pass it to the view; without one, show the calm page."""

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            check = services.open_check(token_in(request))
            # Both are read by the context.
            request.voice = check.voice  # type: ignore[attr-defined]
            request.saved = check.saved  # type: ignore[attr-defined]
            return view(request, check, *args, **kwargs)
        except CheckGone:
            return gone(request)

    return opened


def gone(request: HttpRequest) -> HttpResponse:
    response = render(request, "screening/gone.html", {"has_check": False}, status=410)
    forget(response)
    return response


@ensure_csrf_cookie
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, who: str = "") -> HttpResponse:
    """What we ask and keep, and the first question: who is this about?

    Whoever came through the door for families finds that answer chosen, and can change it.
    """
    live = live_protocol()
    first = (live.questions[0].key,)
    form = QuestionForm(
        live,
        first,
        language=present.language(),
        voice="me",
        answers={first[0]: (who,)} if who else None,
        data=request.POST if request.method == "POST" else None,
        heading=False,
    )
    if form.is_valid():
        who_chosen = form.chosen()[first[0]]
        token = services.start(who_chosen, live)
        services.leave(token_in(request))
        counting.started(who_chosen)
        response = HttpSeeOther(present.step_url(1))
        remember(response, token)
        return response
    context = {
        "form": form,
        "minutes": MINUTES,
        "keep_hours": settings.SCREENING_KEEP_HOURS,
        "saved_days": settings.SCREENING_SAVED_DAYS,
        "resume": False,
    }
    if not form.is_bound and token_in(request):
        try:
            check = services.open_check(token_in(request))
            context |= {"resume": True, "continue_url": next_url(check)}
        except CheckGone:
            pass  # nothing to go on with: the page simply offers a fresh start
    return render(request, "screening/start.html", context, status=422 if form.errors else 200)


def next_url(check: OpenCheck) -> str:
    """Return where to go on: the first open question, or the list of answers."""
    step = check.path.first_open()
    return present.step_url(step.number) if step else reverse("screening:answers")


@with_check
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, check: OpenCheck, number: int) -> HttpResponse:
    """One screen of questions, by its place on the person's own path."""
    if request.method == "POST":
        return _answer(request, check, number)
    if not check.path.may_visit(number):
        return HttpSeeOther(next_url(check))
    return _ask(request, check, number, None)


def _answer(request: HttpRequest, check: OpenCheck, number: int) -> HttpResponse:
    # The form says which screen it is: another tab may have moved the path meanwhile.
    screen = check.path.holding(request.POST.get(SCREEN, ""))
    if screen is None:
        return render(request, "screening/void.html", {"next_url": next_url(check)}, status=409)
    form = _form(check, screen.number, request.POST)
    if not form.is_valid():
        return _ask(request, check, screen.number, form)
    given, before = form.chosen(), check.answers
    if given.items() <= before.items():
        # Sent twice, as by a double click: the first reply, which may have been help, was never seen.
        before = {key: chosen for key, chosen in before.items() if key not in given}
    urgent = bool(set(check.engine.dangers({**check.answers, **given})) - set(check.engine.dangers(before)))
    counted = counting.of_answers(check, given, urgent=urgent)
    check = services.record_answers(check, given, counted.noted)
    counting.saved(request, counted)
    return HttpSeeOther(reverse("screening:safety") if urgent else next_url(check))


def _form(check: OpenCheck, number: int, data: Any = None) -> QuestionForm:
    return QuestionForm(
        check.engine.protocol,
        check.path.steps[number].questions,
        language=present.language(),
        voice=check.voice,
        answers=check.answers,
        data=data,
    )


def _ask(request: HttpRequest, check: OpenCheck, number: int, form: QuestionForm | None) -> HttpResponse:
    screen = check.path.steps[number]
    protocol = check.engine.protocol
    context = {
        "form": form or _form(check, number),
        "where": present.where(protocol, screen, check.voice),
        "page_title": present.page_title(protocol, check.path, screen),
        # The first question is asked again only to change it, from the list of answers.
        "back_url": present.step_url(number - 1) if number else reverse("screening:answers"),
        "family_hint": check.voice == "them" and number == 1,
        "keep_hours": settings.SCREENING_KEEP_HOURS,
        "saved_days": settings.SCREENING_SAVED_DAYS,
    }
    return render(request, "screening/step.html", context, status=422 if form else 200)


@with_check
@require_safe
def safety(request: HttpRequest, check: OpenCheck) -> HttpResponse:
    """Help right now, shown the moment an answer signals danger. It calls and tells nobody."""
    page = present.safety(check)
    context = {
        "triggers": page.triggers,
        "showing": page.showing,
        "continue_url": next_url(check),
    }
    return render(request, "screening/safety.html", context)


@with_check
@require_safe
def answers(request: HttpRequest, check: OpenCheck) -> HttpResponse:
    """Everything the person told us, with a way to change each answer."""
    counting.saw_answers(request, check)
    context = {
        "updated": check.updated,
        "parts": present.heard(check),
        "result_url": reverse("screening:result"),
        "back_url": present.step_url(max(len(check.path.steps) - 1, 0)),
        "unanswered_url": None if check.path.complete else next_url(check),
    }
    return render(request, "screening/answers.html", context)


def _result(request: HttpRequest, check: OpenCheck, template: str) -> HttpResponse:
    if not check.path.complete:
        return HttpSeeOther(reverse("screening:answers"))
    counting.saw_result(request, check)
    return render(request, template, {"result": result_of(check), "updated": check.updated})


@with_check
@require_safe
def result(request: HttpRequest, check: OpenCheck) -> HttpResponse:
    """The recommendation, computed now and stored nowhere."""
    return _result(request, check, "screening/result.html")


@with_check
@require_safe
def print_page(request: HttpRequest, check: OpenCheck) -> HttpResponse:
    """The same result, for paper."""
    if not counting.fetched_ahead(request):
        counting.acted(check, counting.PRINT)
    return _result(request, check, "screening/print.html")


@ensure_csrf_cookie
@require_http_methods(["GET", "HEAD", "POST"])
def clear(request: HttpRequest) -> HttpResponse:
    """Ask once, then delete every answer at once."""
    if request.method != "POST":
        return render(request, "screening/clear.html")
    if services.erase(token_in(request)):
        counting.ended(counting.CLEAR)
    handoff.revoke_for(token_in(request))
    rotate_token(request)  # a browser can send a form of its history again: from now on none of them passes
    response = HttpSeeOther(reverse("screening:cleared"))
    forget(response)
    response["Clear-Site-Data"] = '"cache"'
    return response


@require_safe
def cleared(request: HttpRequest) -> HttpResponse:
    """What was removed, and what this site can not remove."""
    return render(request, "screening/cleared.html", {"has_check": False})


def _from_elsewhere(request: HttpRequest) -> bool:
    """Tell whether the browser itself says that a page of another site sent this."""
    return request.headers.get("Sec-Fetch-Site") in ("cross-site", "same-site")


@require_safe
def leave(request: HttpRequest) -> HttpResponse:
    """Delete the answers and go to a plain page elsewhere. A link, so that it needs no script.

    Answers that the person saved with four words stay for them: here, only the cookie goes.
    """
    response = HttpSeeOther(settings.EXIT_URL)
    fetched_ahead = counting.fetched_ahead(request)
    # A browser fetching ahead, or a link on another site, must not delete anything.
    if not fetched_ahead and not _from_elsewhere(request):
        with suppress(*DATABASE_IS_DOWN):  # who leaves must leave; without the cookie nothing opens
            if services.leave(token_in(request)):
                counting.ended(counting.LEAVE)
        forget(response, forms=True)
        response["Clear-Site-Data"] = '"cookies", "storage"'
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page was open too long or its cookie is gone: give the answers back to send again.

    Nothing is saved here; the fields are only shown to the person who sent them. A form that another site filled in
    is not given back: one press would send its words, and its consent, in the person's name. Nor are the words that
    open saved answers, whoever sent them: they are typed again.
    """
    if _from_elsewhere(request):
        return errors.forbidden(request)
    match = request.resolver_match
    known = (
        GIVEN_BACK
        if match and match.namespaces == ["intake"]
        else {*LIVE.by_key, SCREEN, *saving_forms.GIVEN_BACK}
    )
    fields = [(name, value) for name, values in request.POST.lists() for value in values if name in known]
    context = {
        "fields": fields,
        "form_action": request.path,
        "title": _("Please press Continue"),
        "type_again": bool(match and match.view_name == "screening:resume"),
    }
    return render(request, "errors/csrf.html", context, status=403)
