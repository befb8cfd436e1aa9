"""The only writer of facts that are there already. A number that somebody may act on in need takes two people.

proposed -> confirmed, refused or withdrawn. Until it is confirmed, the public reads what it read before.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from programs import services
from programs.models import Fact, FactChange
from programs.models.fact_changes import WORDS
from programs.services import NotPossible, Person

State = FactChange.State
# Lines people call in need, what the law gives them, and the clinical numbers: hours, lengths, amounts.
TWO_PEOPLE = frozenset({Fact.Sort.PHONE, Fact.Sort.LAW, Fact.Sort.HOURS, Fact.Sort.NUMBER})
DATES = ("checked", "next_check")


def takes_two(fact: Fact, said: Mapping[str, Any]) -> bool:
    """Tell whether a change takes a second person: other words, and a kind that is or becomes one of these."""
    other = any(said.get(name, getattr(fact, name)) != getattr(fact, name) for name in WORDS)
    return other and not TWO_PEOPLE.isdisjoint({fact.kind, said.get("kind", fact.kind)})


@transaction.atomic
def change(fact: Fact, said: Mapping[str, Any], *, by: Person, why: str) -> FactChange | None:
    """Change a fact at once, or propose it where it takes two; None when it says all that already.

    Raises NotPossible while another change waits, and without a reason for a second person to read.
    """
    fact = Fact.objects.select_for_update().get(pk=fact.pk)
    names = (*WORDS, *DATES)
    if all(said.get(name, getattr(fact, name)) == getattr(fact, name) for name in names):
        return None
    if fact.changes.filter(state=State.WAITING).exists():
        raise NotPossible("A change of this fact waits for a second person. Decide about that one first.")
    two = takes_two(fact, said)
    if two and not why.strip():
        raise NotPossible("Say why, in a sentence. Whoever confirms it reads it.")
    found = FactChange(
        fact=fact, before=_words(fact), why=why.strip(), proposed_by=by,
        **{name: said.get(name, getattr(fact, name)) for name in names},
    )  # fmt: skip
    if not two:
        _decide(found, State.AT_ONCE, by, "")
        _apply(found, fact)
        return found
    found.save()
    return found


@transaction.atomic
def confirm(waiting: FactChange, *, by: Person, note: str = "") -> None:
    """A second person says the new value is right; the public reads it from the next request on."""
    fact, found = _locked(waiting)
    if by is None or found.proposed_by_id == by.pk:
        raise NotPossible("A second person has to confirm what you proposed.")
    if _words(fact) != found.before:
        raise NotPossible("The fact says something else by now. Refuse this, and propose it anew.")
    _decide(found, State.CONFIRMED, by, note)
    _apply(found, fact)


@transaction.atomic
def refuse(waiting: FactChange, *, by: Person, note: str) -> None:
    """A second person says no, and why. Nothing changes."""
    _, found = _locked(waiting)
    if by is None or found.proposed_by_id == by.pk:
        raise NotPossible("You proposed this: withdraw it.")
    if not note.strip():
        raise NotPossible("Say why in a sentence.")
    _decide(found, State.REFUSED, by, note)


@transaction.atomic
def withdraw(waiting: FactChange, *, by: Person, note: str = "") -> None:
    """Whoever proposed a change takes it back."""
    _, found = _locked(waiting)
    if by is None or found.proposed_by_id != by.pk:
        raise NotPossible("Only whoever proposed it can withdraw it. You can refuse it.")
    _decide(found, State.WITHDRAWN, by, note)


def _locked(waiting: FactChange) -> tuple[Fact, FactChange]:
    """Lock the fact first, as a proposal does; then the change, if it still waits."""
    fact = Fact.objects.select_for_update().get(pk=waiting.fact_id)
    found = FactChange.objects.select_for_update().get(pk=waiting.pk)
    if found.state != State.WAITING:
        raise NotPossible(f"This change is {found.get_state_display().lower()} by now.")
    return fact, found


def _decide(found: FactChange, state: str, by: Person, note: str) -> None:
    found.state, found.decided_by, found.decided_at = state, by, timezone.now()
    found.answer = note.strip()[:500]
    found.save()


def _apply(found: FactChange, fact: Fact) -> None:
    for name in (*WORDS, *DATES):
        setattr(fact, name, getattr(found, name))
    fact.save()
    services.changed()


def _words(fact: Fact) -> dict[str, Any]:
    return {name: getattr(fact, name) for name in WORDS}
