"""The desk's pages for visitors: thin. Every write is a service; what is shown once comes from a locked cookie."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_http_methods, require_safe

from iopguide import errors
from iopguide.keyring import KeyMissing
from screening import counting, present
from screening.engine.decision import YOUTH
from screening.intake import codes, consent, handoff, limits, office, receipts, retention, services
from screening.intake.choices import Zone
from screening.intake.clock import is_open
from screening.intake.forms import CallForm, CodeForm
from screening.intake.planning import first_due
from screening.intake.summary import Summary, fingerprint, summary_of
from screening.services import CheckGone, OpenCheck, open_check
from screening.views import HttpSeeOther, with_check

TOKEN = signing.TimestampSigner(salt="intake form")
READ = ["GET", "HEAD", "POST"]

View = Callable[..., HttpResponse]


def closed_without_keys(view: View) -> View:
    """Show the page for a fault when contact data cannot be locked or opened. The screening goes on working."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except KeyMissing:
            return errors.unavailable(request)

    return guarded


def _finished_check(request: HttpRequest) -> OpenCheck | None:
    """Return the visitor's check when its path is complete; teens get other help, so theirs is never sent."""
    try:
        check = open_check(request.COOKIES.get(settings.SCREENING_COOKIE_NAME))
    except CheckGone:
        return None
    if not check.path.complete or check.assessment().decision.level == YOUTH:
        return None
    return check


@ensure_csrf_cookie
@closed_without_keys
@require_http_methods(READ)
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for a call: the only form of this site with a name on it."""
    check = _finished_check(request)
    summary = summary_of(check) if check else None
    if request.method != "POST":
        return _ask_page(request, CallForm(initial=_initial(check)), summary)
    form = CallForm(request.POST)
    if not form.is_valid():
        return _ask_page(request, form, summary, status=422)
    sends = form.cleaned_data["send_answers"] and summary is not None
    if sends and summary and request.POST.get("summary") != fingerprint(summary):
        form.add_error(
            "send_answers", _("Your answers have changed since. Look at what is sent, and ask again.")
        )
        return _ask_page(request, form, summary, status=422)
    response = _save(request, form, summary if sends else None, finished=check is not None)
    if check and response.status_code == HttpSeeOther.status_code:
        counting.acted(check, counting.CALL_BACK)
    return response


def _save(request: HttpRequest, form: CallForm, summary: Summary | None, *, finished: bool) -> HttpResponse:
    data = form.cleaned_data
    token, age = _read_token(request.POST.get("token", ""))
    arrival = limits.Arrival(limits.network_of(request), bool(data["website"]), age, finished)
    state = limits.judge(arrival, services.contact_key(data["method"], form.value))
    if state == limits.REFUSED:
        form.add_error(None, _("Too many requests come from your network right now. Please try again later."))
        return _ask_page(request, form, summary, status=429)
    boxes = ["call", *(["answers"] if summary else []), *data["allowed"]]
    receipt = services.create_request(
        name=data["name"],
        method=data["method"],
        value=form.value,
        about=data["about"],
        windows=tuple(data["windows"]),
        zone=data["zone"],
        language=data["language"],
        other_language=data["other_language"],
        relay=data["relay"],
        allowed=tuple(data["allowed"]),
        note=data["note"],
        summary=summary,
        consents=consent.record(boxes, present.language()),
        # The same form with the same words is one request; a changed one is another word about it.
        form_token=f"{token} {hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()}",
        state=state,
    )
    response = HttpSeeOther(reverse("intake:done"))
    receipts.give(
        response,
        "call",
        reference=receipt.reference,
        code=receipt.code,
        due=receipt.due_at.isoformat(),
        zone=receipt.zone,
    )
    return response


def _read_token(signed: str) -> tuple[str, timedelta | None]:
    """Return the form's own token and its age; a fresh one without age when it did not come from us."""
    try:
        token = TOKEN.unsign(signed)
        made = signing.b62_decode(signed.rsplit(":", 2)[1])
    except (signing.BadSignature, ValueError, IndexError):
        return secrets.token_urlsafe(16), None
    return token, timezone.now() - datetime.fromtimestamp(made, tz=ZoneInfo("UTC"))


def _initial(check: OpenCheck | None) -> dict[str, Any]:
    zone = settings.DESK_TIME_ZONE if settings.DESK_TIME_ZONE in Zone.values else Zone.EASTERN
    return {"zone": zone, "language": present.language(), "about": check.voice if check else ""}


def _ask_page(
    request: HttpRequest, form: CallForm, summary: Summary | None, status: int = 200
) -> HttpResponse:
    now, hours = timezone.now(), office.hours()
    context = {
        "form": form,
        "token": request.POST.get("token") or TOKEN.sign(secrets.token_urlsafe(16)),
        "summary": summary,
        "fingerprint": fingerprint(summary) if summary else "",
        "hours": office.hours_in_words(),
        "hours_zone": office.zone_in_words(),
        "open_now": is_open(hours, now),
        "call_by": office.moment_in_words(first_due(hours, now, (), hours.zone), hours.zone),
        "desk_phone": settings.DESK_PHONE,
        "who": consent.who_we_are(),
        "keep_open": retention.KEEP_OPEN.days,
        "keep_closed": retention.KEEP_CLOSED.days,
    }
    return render(request, "intake/ask.html", context, status=status)


@require_safe
def done(request: HttpRequest) -> HttpResponse:
    """What happens now, and the code that cancels. Opened again later, it helps and shows nothing."""
    receipt = receipts.read(request, "call")
    context: dict[str, Any] = {
        "receipt": receipt,
        "desk_phone": settings.DESK_PHONE,
        "hours": office.hours_in_words(),
    }
    context["hours_zone"] = office.zone_in_words()
    if receipt:
        due = datetime.fromisoformat(receipt["due"])
        context |= {
            "code": codes.shown(receipt["code"]),
            "call_by": office.moment_in_words(due, ZoneInfo(receipt["zone"])),
        }
    return render(request, "intake/done.html", context)


@ensure_csrf_cookie
@closed_without_keys
@require_http_methods(READ)
def cancel(request: HttpRequest) -> HttpResponse:
    """Delete a request, or a hand-off code, with its code; at once."""
    form, status = CodeForm(request.POST if request.method == "POST" else None), 422
    if form.is_valid() and limits.too_many_typed(limits.network_of(request)):
        form.add_error(None, _("Too many codes come from your network right now. Please try again later."))
        status = 429
    elif form.is_valid():
        if services.cancel(form.cleaned_data["code"]):
            response = HttpSeeOther(reverse("intake:cancelled"))
            response.delete_cookie(settings.RECEIPT_COOKIE_NAME, samesite="Strict")
            return response
        form.add_error(
            "code", _("We found nothing for this code. It may be deleted already, or one sign is wrong.")
        )
    context = {"form": form, "desk_phone": settings.DESK_PHONE}
    return render(request, "intake/cancel.html", context, status=status if form.errors else 200)


@require_safe
def cancelled(request: HttpRequest) -> HttpResponse:
    """What was deleted."""
    return render(request, "intake/cancelled.html")


@ensure_csrf_cookie
@closed_without_keys
@with_check
@require_http_methods(READ)
def handoff_code(request: HttpRequest, check: OpenCheck) -> HttpResponse:
    """Make a code that opens the summary at the desk, or stop the one there is."""
    if not check.path.complete or check.assessment().decision.level == YOUTH:
        return HttpSeeOther(reverse("screening:result"))
    token = request.COOKIES[settings.SCREENING_COOKIE_NAME]
    summary = summary_of(check)
    if request.method == "POST":
        response = HttpSeeOther(reverse("intake:handoff"))
        if "stop" in request.POST:
            handoff.revoke_for(token)
            response.delete_cookie(settings.RECEIPT_COOKIE_NAME, samesite="Strict")
        else:
            code, _ends = handoff.make(summary, token)
            receipts.give(response, "hand-off", code=code)
            counting.acted(check, counting.HANDOFF)
        return response
    current, receipt = handoff.current(token), receipts.read(request, "hand-off")
    context = {
        "summary": summary,
        "current": current,
        "ends": office.moment_in_words(current.expires_at, office.desk_zone()) if current else "",
        "ends_zone": office.zone_in_words(),
        "code": codes.shown(receipt["code"]) if receipt and current else "",
        "handoff_hours": settings.HANDOFF_HOURS,
        "desk_phone": settings.DESK_PHONE,
    }
    return render(request, "intake/handoff.html", context)
