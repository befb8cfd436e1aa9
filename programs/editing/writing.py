"""What editing writes besides words: a new page, its details, its typed facts. Each is a step in the page's history."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from programs import services
from programs.editing.forms import AddForm, DetailsForm, TypedFactForm
from programs.models import Page, Step


@transaction.atomic
def add_page(form: AddForm, *, by: User) -> Page:
    """Add a page without words; nobody sees it before its first revision is published."""
    page: Page = form.save()
    _step(page, Step.Action.ADDED, by)
    return page


@transaction.atomic
def change_details(form: DetailsForm, *, by: User) -> None:
    """Change where a page stands; the public sees it at once."""
    page: Page = form.save(commit=False)
    # These alone: what went live, was archived or ended since the form was opened stays so.
    page.save(update_fields=[name for name in form.changed_data if name != "sources"])
    form.save_m2m()
    _step(page, Step.Action.DETAILS, by, ", ".join(form.changed_data))
    services.changed()


@transaction.atomic
def change_facts(page: Page, forms: list[TypedFactForm], *, by: User) -> int:
    """Save the typed facts that were changed; return how many. The public sees them at once."""
    changed = [form for form in forms if form.has_changed()]
    for form in changed:
        form.save()
    if changed:
        _step(page, Step.Action.FACTS, by, ", ".join(form.name for form in changed))
        services.changed()
    return len(changed)


def _step(page: Page, action: Any, by: User, note: str = "") -> None:
    Step.objects.create(page_id=page.pk, action=action, who=by, note=note[:500])
