"""The three pages machines ask for. None touches the database."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from iopguide.visibility import public

PLAIN = "text/plain; charset=utf-8"


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """This process answers. It says nothing of the database, so that a database fault does not kill every worker."""
    return HttpResponse("ok\n", content_type=PLAIN)


@public
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    # No list of private places: those pages say `noindex` themselves, and a list would only point at them.
    where = request.build_absolute_uri(reverse("sitemap"))
    return HttpResponse(f"User-agent: *\nDisallow:\n\nSitemap: {where}\n", content_type=PLAIN)


@public
@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """RFC 9116. Without a contact there is nothing to say, and the page does not exist."""
    if not settings.SECURITY_CONTACT:
        return HttpResponse("No contact has been set.\n", status=404, content_type=PLAIN)
    expires = (datetime.now(UTC) + timedelta(days=180)).strftime("%Y-%m-%dT00:00:00Z")
    lines = [f"Contact: {settings.SECURITY_CONTACT}", f"Expires: {expires}", "Preferred-Languages: en, es"]
    return HttpResponse("\n".join(lines) + "\n", content_type=PLAIN)
