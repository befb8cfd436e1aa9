"""What editing shows outside the staff area: one draft to who has its link, and a page's pictures to everybody."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from iopguide.visibility import public
from programs.editing import rendering, sharing
from programs.layout import LANGUAGES
from programs.models import Picture

ONE_YEAR = 365 * 24 * 60 * 60
# A picture may never be anything else, whatever a browser makes of its bytes.
PICTURE_POLICY = "default-src 'none'; sandbox"


@require_safe
def shared_view(request: HttpRequest, token: str, language: str) -> HttpResponseBase:
    """A draft, for a reviewer without an account. The link is signed, ends, and shows this one revision."""
    revision = sharing.shared(token)
    if revision is None or language not in LANGUAGES:
        raise Http404
    return rendering.shared(request, revision.page, revision, language)


@public
@require_safe
def picture_view(request: HttpRequest, name: str) -> HttpResponseBase:
    """A picture of a page. Its name is random and its bytes never change, so it may be kept for good."""
    picture = Picture.objects.filter(file=f"pictures/{name}.webp").first()
    if picture is None:
        raise Http404
    try:
        stored = picture.file.open("rb")
    except OSError as error:
        raise Http404 from error
    response = FileResponse(stored, content_type="image/webp")
    response["Cache-Control"] = f"public, max-age={ONE_YEAR}, immutable"
    response["Content-Security-Policy"] = PICTURE_POLICY
    return response
