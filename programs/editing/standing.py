"""Where a page stands: what the public sees, what is on its way, and how staff call that state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from programs.models import OPEN, Page, Revision, State
from programs.services import Content


@dataclass(frozen=True, slots=True)
class Standing:
    """A page with the one revision that is live and the one that is on its way, if there are."""

    page: Page
    live: Revision | None
    open: Revision | None
    newest: int

    @property
    def shown(self) -> Revision | None:
        """What an editor sees first."""
        return self.open or self.live

    @property
    def content(self) -> Content:
        return self.shown.content if self.shown else {}

    @property
    def live_content(self) -> Content:
        return self.live.content if self.live else {}

    @property
    def title(self) -> str:
        return title_of(self.content) or self.page.key

    @property
    def state(self) -> str:
        return state_of(self.page, self.live, self.open)

    @property
    def state_name(self) -> str:
        return STATES[self.state]


STATES = {
    "draft": "Draft",
    "in_review": "In review",
    "approved": "Approved",
    "scheduled": "Scheduled",
    "live": "Live",
    "due": "Due for review",
    "archived": "Archived",
    "new": "No words yet",
}


def title_of(content: Content) -> str:
    return next((content[language]["title"] for language in content if content[language].get("title")), "")


def state_of(page: Page, live: Revision | None, open_one: Revision | None) -> str:
    """Return one word for the list: what is on its way comes before what is live."""
    if page.archived:
        return "archived"
    if open_one is not None:
        return open_one.state
    if live is None:
        return "new"
    return "due" if is_due(page, timezone.localdate()) else "live"


def is_due(page: Page, today: date) -> bool:
    return page.next_review is not None and page.next_review <= today


def standing(page: Page) -> Standing:
    """Return where a page stands. Two queries."""
    rows = page.revisions.filter(state__in=(*OPEN, State.LIVE)).select_related("author")
    found = {row.state == State.LIVE: row for row in rows}
    newest = page.revisions.order_by("-number").values_list("number", flat=True).first()
    return Standing(page, found.get(True), found.get(False), newest or 0)
