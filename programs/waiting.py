"""What of the guide needs somebody, for the front page of the staff area."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from iopguide.attention import Waiting
from programs.models import Fact, FactChange, Page, ProgramFact, Revision, State
from programs.rechecking import past

# A public page with clinical words to which no clinician has put a name.
UNREVIEWED = Q(reviewed_by="", archived=False, live__isnull=False, kind__in=("program", "guide"))


def waiting(user: Any) -> Iterator[Waiting]:
    """Revisions to approve or publish, pages to review again, facts to check again. Seven queries at the most."""
    board = reverse("admin:programs_program_board_changelist")
    today = timezone.localdate()
    if user.has_perm("programs.review_page"):
        others = Revision.objects.filter(state=State.IN_REVIEW).exclude(author=user)
        yield Waiting(others.count(), "changes to pages wait for your review", f"{board}#board-review")
        unread = Page.objects.filter(UNREVIEWED)
        yield Waiting(unread.count(), "pages have no clinician's name yet", f"{board}#board-unreviewed")
    if user.has_perm("programs.publish_page"):
        ready = Revision.objects.filter(state=State.APPROVED)
        yield Waiting(ready.count(), "approved changes wait to be published", f"{board}#board-approved")
        proposed = FactChange.objects.filter(state=FactChange.State.WAITING)
        # Not `exclude`: a proposal whose author's account is gone waits for anybody.
        proposed = proposed.filter(Q(proposed_by__isnull=True) | ~Q(proposed_by=user))
        yield Waiting(proposed.count(), "changes of facts wait for your word", f"{board}#board-proposed")
    if user.has_perm("programs.change_page"):
        due = Page.objects.filter(archived=False, next_review__lte=today)
        yield Waiting(due.count(), "pages are due for review", f"{board}#board-due")
        # As the board has it: what nobody has ever checked waits too.
        old = Q(checked__isnull=True) | past(today)
        facts = Fact.objects.filter(old).count() + ProgramFact.objects.filter(old).count()
        yield Waiting(facts, "facts are due to be checked", f"{board}#board-facts")
