"""The only writers. Views read, call one of these, and redirect."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property

from django.conf import settings
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from screening.engine import Assessment, Engine, engine_for
from screening.engine.answers import AnswerError, Chosen
from screening.engine.flow import Path
from screening.engine.spec import Protocol
from screening.intake import retention
from screening.models import Answer, SavedCheck, Screening
from screening.revisions.registry import NoSuchVersion, live_protocol, pinned, pins
from screening.sealing import Seal, SealBroken, new_token, seals_for

# Kept beside the answers and sealed like one. No question has such a name.
SEEN = "~seen"


class CheckGone(Exception):
    """The check was cleared, has expired, or never was."""


@dataclass
class OpenCheck:
    """One person's check while they are here: their row, their seal, their answers."""

    row: Screening
    seal: Seal
    engine: Engine
    answers: dict[str, Chosen]
    # Its own rules were recalled: these are the live ones, and the page says so.
    updated: bool = False
    # What this check has been counted for (screening/counting.py).
    seen: frozenset[str] = frozenset()
    # The person can come back to it with four words (screening/saving.py).
    saved: bool = False

    @property
    def voice(self) -> str:
        return "them" if self.answers.get("who") == ("them",) else "me"

    @cached_property
    def path(self) -> Path:
        return self.engine.path(self.answers)

    def assessment(self) -> Assessment:
        """Return the whole assessment of the answers so far."""
        return self.engine.assess_checked(self.answers)

    def dangers(self) -> tuple[str, ...]:
        """Return the keys of the safety messages the answers so far call for."""
        return self.engine.dangers(self.answers)


def start(chosen: Chosen, protocol: Protocol | None = None) -> str:
    """Open a check with the (checked) answer to its first question; return the token for the cookie.

    `protocol` is the live one, when the caller has it already. The check keeps it whatever goes live later.
    """
    protocol = protocol or live_protocol()
    token = new_token()
    seal = seals_for(token)[0]
    with transaction.atomic():
        row = Screening.objects.create(
            lookup=seal.lookup,
            protocol_version=protocol.version,
            expires_at=timezone.now() + timedelta(hours=settings.SCREENING_KEEP_HOURS),
        )
        _save(row, seal, {protocol.questions[0].key: chosen})
    return token


def open_check(token: str | None) -> OpenCheck:
    """Return the check this token opens. Raises CheckGone; an unknown token is never adopted."""
    seals = {seal.lookup: seal for seal in seals_for(token)} if token else {}
    row = (
        Screening.objects.filter(lookup__in=list(seals), expires_at__gt=timezone.now())
        .annotate(**pins(), has_words=Exists(SavedCheck.objects.filter(screening=OuterRef("pk"))))
        .order_by("pk")
        .first()
        if seals
        else None
    )
    if row is None:
        raise CheckGone
    try:
        rules = pinned(row)
    except NoSuchVersion as error:
        raise CheckGone from error
    seal = seals[bytes(row.lookup)]
    engine = engine_for(rules.protocol)
    answers, seen = _read(row, seal, engine, leniently=rules.updated)
    return OpenCheck(row, seal, engine, answers, rules.updated, seen, saved=row.has_words)


def _read(
    row: Screening, seal: Seal, engine: Engine, *, leniently: bool
) -> tuple[dict[str, Chosen], frozenset[str]]:
    try:
        opened = dict(
            seal.open(bytes(place), bytes(sealed))
            for place, sealed in row.answers.order_by("pk").values_list("place", "sealed")
        )
        seen = frozenset(opened.pop(SEEN, ()))
        given = {key: list(c) if len(c) > 1 else c[0] for key, c in opened.items()}
        # After a recall the rules may no longer know an answer: it is asked again, never an error.
        return (_fitting(given, engine) if leniently else engine.door.parse(given)), seen
    except (SealBroken, AnswerError) as error:
        # Tampered rows can not be told from someone else's: show neither.
        raise CheckGone from error


def _fitting(given: dict[str, str | list[str]], engine: Engine) -> dict[str, Chosen]:
    found: dict[str, Chosen] = {}
    for question, answer in given.items():
        try:
            found.update(engine.door.parse({question: answer}))
        except AnswerError:
            continue
    return found


def record_answers(
    check: OpenCheck, given: dict[str, Chosen], noted: frozenset[str] = frozenset()
) -> OpenCheck:
    """Save answers to one screen, once each however often they are sent; return the check with them.

    `noted` is what the check is now counted for. Raises CheckGone when the check was cleared meanwhile (from another
    tab, say).
    """
    seen = check.seen | noted
    extra = {SEEN: tuple(sorted(seen))} if noted else {}
    try:
        with transaction.atomic():
            _save(check.row, check.seal, {**given, **extra})
    except IntegrityError as error:
        raise CheckGone from error
    return replace(check, answers={**check.answers, **given}, seen=seen)


def note(check: OpenCheck, noted: frozenset[str]) -> bool:
    """Keep, with its answers, what a check has been counted for. Return whether that could be kept."""
    try:
        check.seen = record_answers(check, {}, noted).seen
    except (CheckGone, DatabaseError):
        return False
    return True


def _save(row: Screening, seal: Seal, given: dict[str, Chosen]) -> None:
    Answer.objects.bulk_create(
        [
            Answer(screening=row, place=seal.place(key), sealed=seal.close(key, chosen))
            for key, chosen in given.items()
        ],
        update_conflicts=True,
        unique_fields=["screening", "place"],
        update_fields=["sealed"],
    )


def erase(token: str | None) -> bool:
    """Delete the check this token opens, answers, words and all. Return whether there was one."""
    return _end(token, spare_saved=False)


def leave(token: str | None) -> bool:
    """The same, but a check that its person saved with words stays for them. Return whether there was one."""
    return _end(token, spare_saved=True)


def _end(token: str | None, *, spare_saved: bool) -> bool:
    if not token:
        return False
    lookups = [seal.lookup for seal in seals_for(token)]
    return _delete(Screening.objects.filter(lookup__in=lookups), spare_saved=spare_saved) > 0


def purge(before: datetime | None = None, *, dry_run: bool = False) -> int:
    """Delete every check past its time; return how many. Safe to run at any moment, and again."""
    expired = Screening.objects.filter(expires_at__lte=before or timezone.now())
    return expired.count() if dry_run else _delete(expired)


def _delete(checks: QuerySet[Screening], *, spare_saved: bool = False) -> int:
    """Delete checks with their answers, but those with words if they are to be spared; return how many there were.

    They are locked first: an answer arriving meanwhile waits, and then finds its check gone. Without the
    lock it could slip in between, and PostgreSQL would refuse to delete anything.
    """
    with transaction.atomic():
        found = list(checks.select_for_update().values_list("pk", flat=True))
        # Asked only now, under the lock: words made a moment ago count.
        saved = SavedCheck.objects.filter(screening__in=found)
        if spare_saved:
            spared = set(saved.values_list("screening", flat=True))
        else:
            spared = set()
            retention.bury_words(saved)
        Screening.objects.filter(pk__in=set(found) - spared).delete()
    return len(found)
