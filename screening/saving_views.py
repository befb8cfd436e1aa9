"""Save and come back later: thin. Every write is a service; the words are in no address, cookie, session or log."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_http_methods, require_safe

from screening import counting, present, saving, services, words
from screening.cookies import forget, remember, token_in
from screening.intake import handoff, limits, office
from screening.intake.views import READ, closed_without_keys
from screening.saving import NoSuchCode
from screening.saving_forms import DELETE, INSTEAD, PRESENT, WORDS, WordsForm
from screening.services import CheckGone, OpenCheck
from screening.views import HttpSeeOther, next_url, with_check


@ensure_csrf_cookie
@closed_without_keys
@with_check
@require_http_methods(READ)
def save(request: HttpRequest, check: OpenCheck) -> HttpResponse:
    """Make the four words that open this check again, or stop the ones there are."""
    if request.method != "POST":
        return _save_page(request, check)
    if "stop" in request.POST:
        saving.stop(check)
    elif limits.too_many_words(limits.network_of(request)):
        return _save_page(request, check, status=429)
    else:
        saving.save(check, token_in(request) or "", present=request.POST.get(PRESENT, ""))
    return HttpSeeOther(reverse("screening:save"))


def _save_page(request: HttpRequest, check: OpenCheck, status: int = 200) -> HttpResponse:
    saved = saving.saved(check)
    context = {
        "code": words.spelled(saved.code, present.language()) if saved and saved.code else "",
        "ends": office.moment_in_words(saved.ends, office.desk_zone()) if saved else "",
        "ends_zone": office.zone_in_words(),
        "saved_days": settings.SCREENING_SAVED_DAYS,
        "keep_hours": settings.SCREENING_KEEP_HOURS,
        "continue_url": _place_of(check),
        "present": saved.mark if saved else "",
        "too_many": status != 200,
    }
    return render(request, "screening/save.html", context, status=status)


def _place_of(check: OpenCheck) -> str:
    """Return where somebody was: at the first open question, or at their result."""
    return reverse("screening:result") if check.path.complete else next_url(check)


def _check_in(request: HttpRequest) -> OpenCheck | None:
    try:
        return services.open_check(token_in(request))
    except CheckGone:
        return None


@ensure_csrf_cookie
@closed_without_keys
@require_http_methods(READ)
def resume(request: HttpRequest) -> HttpResponse:
    """Type four words: the check they open is this browser's own again, or is deleted."""
    here = _check_in(request)
    data = request.POST if request.method == "POST" else None
    form = WordsForm(data, language=present.language(), others=bool(here and not here.saved))
    status = 422
    if form.is_valid():
        # Before anything slow is done.
        if limits.too_many_words(limits.network_of(request)):
            form.add_error(None, _("Too many tries right now. Please wait a minute, then try again."))
            status = 429
        elif response := _act(request, form, here):
            return response
    context = {
        "form": form,
        "others": INSTEAD in form.fields,
        "others_url": _place_of(here) if here else "",
        "saved_days": settings.SCREENING_SAVED_DAYS,
    }
    return render(request, "screening/resume.html", context, status=status if form.errors else 200)


def _act(request: HttpRequest, form: WordsForm, here: OpenCheck | None) -> HttpResponse | None:
    """Do what was asked for with these words. None when they open nothing, or more has to be said first."""
    try:
        token = saving.token_behind(form.cleaned_data[WORDS])
        if DELETE in request.POST:
            return _delete(request, token)
        check = services.open_check(token)
    except (NoSuchCode, CheckGone):
        form.add_error(
            WORDS, _("These words open nothing. One of them may be wrong, or their time may be over.")
        )
        return None
    if here and here.row.pk != check.row.pk:
        if not here.saved and not form.cleaned_data[INSTEAD]:
            form.add_error(INSTEAD, _("This browser holds other answers. Choose what to do with them."))
            return None
        services.leave(token_in(request))
    response = HttpSeeOther(_place_of(check))
    remember(response, token)
    return response


def _delete(request: HttpRequest, token: str) -> HttpResponse:
    if not services.erase(token):
        raise CheckGone
    handoff.revoke_for(token)
    counting.ended(counting.CLEAR)
    response = HttpSeeOther(reverse("screening:deleted"))
    if token == token_in(request):
        forget(response)
        response["Clear-Site-Data"] = '"cache"'
    return response


@require_safe
def deleted(request: HttpRequest) -> HttpResponse:
    """What was deleted with four words."""
    return render(request, "screening/deleted.html")
