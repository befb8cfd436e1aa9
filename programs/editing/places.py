"""The addresses of a page's own pages in the staff area."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from programs.models import Page


def url(page: Page, name: str, *args: Any) -> str:
    """Return the address of one of the pages: url(page, "change"), url(page, "do_change", "submit")."""
    return reverse(f"admin:programs_{page.kind}_{name}", args=(page.pk, *args))


def list_url(kind: str) -> str:
    return reverse(f"admin:programs_{kind}_changelist")


def board_url() -> str:
    return reverse("admin:programs_program_board_changelist")
