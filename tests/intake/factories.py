"""Believable requests and forms, for tests of the desk."""

import uuid
from datetime import UTC, datetime
from itertools import count
from typing import Any

from screening.intake import services
from screening.intake.models import CallRequest
from tests.web.walk import Visitor

# A Wednesday, ten in the morning in New York: the desk is open.
OPEN_HOUR = datetime(2026, 3, 4, 15, 0, tzinfo=UTC)
_numbers = count(1000)

SUMMARY: dict[str, Any] = {
    "language": "en",
    "voice": "me",
    "heading": "Intensive outpatient care may be a good place to start",
    "parts": [{"title": "Why this came up", "lines": ["You told us that urges are strong."]}],
    "rules": "test rules 1",
    "level": "iop",
    "danger": False,
}


def receipt(**fields: Any) -> services.Receipt:
    """Ask for a call, with a number nobody else has."""
    return services.create_request(**{"name": "Sam", "value": f"555-010-{next(_numbers)}", **fields})


def make_request(**fields: Any) -> CallRequest:
    """Ask for a call and return the row."""
    return CallRequest.objects.get(reference=receipt(**fields).reference)


def token() -> uuid.UUID:
    return uuid.uuid4()


def form(**fields: Any) -> dict[str, Any]:
    """What a person sends who asks for a call, without the parts that the page itself holds."""
    return {
        "name": "Sam",
        "about": "me",
        "method": "phone",
        "phone": f"(555) 010-{next(_numbers)}",
        "email": "",
        "windows": ["morning"],
        "zone": "America/New_York",
        "language": "en",
        "other_language": "",
        "allowed": ["voicemail"],
        "note": "",
        "agree": "on",
        "website": "",
        **fields,
    }


def hidden(visitor: Visitor) -> dict[str, Any]:
    """The hidden fields of the form on this page."""
    return visitor.page.forms[0].hidden()


def ask(visitor: Visitor, **fields: Any) -> Any:
    """Open the form, fill it in and send it, as a person does."""
    visitor.open("/call-me/")
    return visitor.post("/call-me/", {**hidden(visitor), **form(**fields)})
