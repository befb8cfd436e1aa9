"""What every page may use from the screening, without touching the database."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from iopguide.visibility import is_public
from screening.present import help_lines


def screening(request: HttpRequest) -> dict[str, Any]:
    return {
        "helplines": help_lines(),
        # Only what needs no look into the guide: a question page asks the database for nothing but the check.
        "footer_links": [
            {"url": reverse("programs:overview"), "name": _("Kinds of care")},
            {"url": reverse("screening:how_it_works"), "name": _("How this check works")},
            {"url": reverse("intake:ask"), "name": _("Ask for a call")},
        ],
        # The view sets it from the answers; on pages without answers it is the reader's own.
        "voice": getattr(request, "voice", "me"),
        # Their answers stay after they leave, because they asked for four words.
        "saved": getattr(request, "saved", False),
        # A public page may be kept by others, so it must not differ by who asked for it.
        "has_check": settings.SCREENING_COOKIE_NAME in request.COOKIES and not is_public(request),
    }
