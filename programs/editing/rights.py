"""Who may do what with a page. Rights are on Page; the four kinds in the staff area share them."""

from __future__ import annotations

from django.http import HttpRequest

SEE = ("view", "change", "review", "publish")
WRITE = ("change",)
REVIEW = ("review",)
PUBLISH = ("publish",)
ADD = ("add",)


def may(request: HttpRequest, *rights: str) -> bool:
    """Tell whether this person has one of the rights."""
    return any(request.user.has_perm(f"programs.{one}_page") for one in rights)
