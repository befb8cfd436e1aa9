"""What needs a page: places of the site that name it, and pages whose words lead to it."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import TextField
from django.db.models.functions import Cast

from programs import rich_text
from programs.editing.checks import SAFETY_PAGES
from programs.editing.places import url
from programs.editing.standing import title_of
from programs.editing.usage import Use
from programs.frame import IN_FOOTER, IN_HEADER
from programs.models import OPEN, Kind, Page, Revision, State
from programs.shelf import DOORS, HUB, OVERVIEW, SITE


def needed_by(page: Page) -> list[Use]:
    """Return everything that loses something when this page leaves the site. One query."""
    return [Use(said, "", "") for said in _places(page)] + list(_links(page))


def _places(page: Page) -> Iterator[str]:
    """The places that code knows, in the words of who runs the site."""
    if page.kind == Kind.PROGRAM:
        yield "The result of the check and the comparison lead to the kinds of care"
    if page.kind != Kind.GUIDE:
        return
    if page.key in SAFETY_PAGES:
        yield "People in danger read it"
    if page.key in IN_HEADER or page.key in IN_FOOTER or page.place == SITE:
        yield "The top or the foot of every page leads to it"
    if page.key in (OVERVIEW, HUB):
        yield "It stands above a part of the guide"
    elif page.key in DOORS:
        yield "It has an address of its own beside the front page"


def _links(page: Page) -> Iterator[Use]:
    rows = (
        Revision.objects.filter(state__in=(*OPEN, State.LIVE), page__archived=False)
        .exclude(page_id=page.pk)
        .annotate(text=Cast("content", TextField()))
        .filter(text__contains=f"page:{page.key}")
        .select_related("page")
        .order_by("page__kind", "page__order", "page__key", "number")
    )
    for row in rows:
        texts = (text for words in row.content.values() for text in words.values())
        if any(page.key in rich_text.pages_in(text) for text in texts):
            title = f"The page “{title_of(row.content) or row.page.key}” leads to it"
            yield Use(title, row.get_state_display(), url(row.page, "change"))
