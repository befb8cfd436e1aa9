"""The addresses of the pages of a draft."""

from typing import Any

from django.urls import reverse

PREFIX = "admin:revisions_protocolrevision"


def url(name: str, *args: Any) -> str:
    """Return the address of one of the pages: url("change", pk), url("row_change", pk, "limits")."""
    return reverse(f"{PREFIX}_{name}", args=args)
