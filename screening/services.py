"""The only writers. Views read, call one of these, and redirect."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from screening.engine import Assessment, Engine, engine_for
from screening.engine.answers import AnswerError, Chosen
from screening.engine.flow import Path
from screening.models import Answer, Screening
from screening.protocol import LIVE, PROTOCOLS
from screening.sealing import Seal, SealBroken, new_token, seals_for


class CheckGone(Exception):
    """The check was cleared, has expired, or never was."""


@dataclass
class OpenCheck:
    """One person's check while they are here: their row, their seal, their answers."""

    row: Screening
    seal: Seal
    engine: Engine
    answers: dict[str, Chosen]

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


def start(chosen: Chosen) -> str:
    """Open a check with the (checked) answer to its first question; return the token for the cookie."""
    token = new_token()
    seal = seals_for(token)[0]
    with transaction.atomic():
        row = Screening.objects.create(
            lookup=seal.lookup,
            protocol_version=LIVE.version,
            expires_at=timezone.now() + timedelta(hours=settings.SCREENING_KEEP_HOURS),
        )
        _save(row, seal, {LIVE.questions[0].key: chosen})
    return token


def open_check(token: str | None) -> OpenCheck:
    """Return the check this token opens. Raises CheckGone; an unknown token is never adopted."""
    seals = {seal.lookup: seal for seal in seals_for(token)} if token else {}
    row = (
        Screening.objects.filter(lookup__in=list(seals), expires_at__gt=timezone.now()).order_by("pk").first()
        if seals
        else None
    )
    if row is None or row.protocol_version not in PROTOCOLS:
        raise CheckGone
    seal = seals[bytes(row.lookup)]
    engine = engine_for(PROTOCOLS[row.protocol_version])
    return OpenCheck(row, seal, engine, _read(row, seal, engine))


def _read(row: Screening, seal: Seal, engine: Engine) -> dict[str, Chosen]:
    try:
        opened = dict(
            seal.open(bytes(place), bytes(sealed))
            for place, sealed in row.answers.order_by("pk").values_list("place", "sealed")
        )
        given = {key: list(c) if len(c) > 1 else c[0] for key, c in opened.items()}
        return engine.door.parse(given)
    except (SealBroken, AnswerError) as error:
        # Tampered rows can not be told from someone else's: show neither.
        raise CheckGone from error


def record_answers(check: OpenCheck, given: dict[str, Chosen]) -> OpenCheck:
    """Save answers to one screen, once each however often they are sent; return the check with them.

    Raises CheckGone when the check was cleared meanwhile (from another tab, say).
    """
    try:
        with transaction.atomic():
            _save(check.row, check.seal, given)
    except IntegrityError as error:
        raise CheckGone from error
    return OpenCheck(check.row, check.seal, check.engine, {**check.answers, **given})


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
    """Delete the check this token opens, answers and all. Return whether there was one."""
    if not token:
        return False
    lookups = [seal.lookup for seal in seals_for(token)]
    deleted, _ = Screening.objects.filter(lookup__in=lookups).delete()
    return deleted > 0


def purge(before: datetime | None = None, *, dry_run: bool = False) -> int:
    """Delete every check past its time; return how many. Safe to run at any moment, and again."""
    expired = Screening.objects.filter(expires_at__lte=before or timezone.now())
    count = expired.count()
    if not dry_run and count:
        expired.delete()
    return count
