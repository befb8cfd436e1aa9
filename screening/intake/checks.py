"""What Django asks about the desk at every start: can it be run as people are promised?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.checks import Warning as Caution
from django.core.validators import validate_email
from django.db import DatabaseError
from django.forms import ValidationError
from django.utils import timezone

from screening.intake import office, retention
from screening.intake.clock import HoursError, next_open
from screening.intake.notices import SUBJECTS

Apps = Sequence[AppConfig] | None


@register(Tags.compatibility)
def hours_can_be_read(app_configs: Apps, **kwargs: Any) -> list[CheckMessage]:
    try:
        next_open(office.hours(), timezone.now())
    except HoursError as error:
        return [
            Error(
                f"The hours of the desk cannot be used: {error}.",
                hint="See IOPGUIDE_DESK_HOURS, _TIME_ZONE and _DAYS_OFF in docs/operate.md.",
                id="intake.E001",
            )
        ]
    return []


@register(Tags.security)
def keys_are_apart(app_configs: Apps, **kwargs: Any) -> list[CheckMessage]:
    others = {settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS, *settings.SCREENING_KEYS}
    keys = settings.CONTACT_KEYS
    if keys and all(len(key) >= 32 for key in keys) and not others.intersection(keys):
        return []
    return [
        Error(
            "IOPGUIDE_CONTACT_KEYS is missing, too short, or shares a secret with another setting.",
            hint="Make each key with: python3 -c 'import secrets; print(secrets.token_urlsafe(48))'.",
            id="intake.E002",
        )
    ]


@register(Tags.security)
def somebody_is_told(app_configs: Apps, **kwargs: Any) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    try:
        for address in settings.DESK_MAIL:
            validate_email(address)
    except ValidationError:
        found.append(
            Error(
                "IOPGUIDE_DESK_MAIL holds no address.", hint="Write addresses with commas.", id="intake.E003"
            )
        )
    if settings.DESK_LANGUAGE not in SUBJECTS:
        found.append(
            Error("IOPGUIDE_DESK_LANGUAGE is not en or es.", hint="Write en or es.", id="intake.E004")
        )
    if not settings.LOCAL and not (settings.DESK_MAIL and settings.EMAIL_HOST):
        found.append(
            Caution(
                "Nobody is told when somebody asks for a call.",
                hint="Set IOPGUIDE_DESK_MAIL and IOPGUIDE_MAIL_HOST; the mail says only that a request waits.",
                id="intake.W005",
            )
        )
    return found


@register(Tags.database)
def purge_runs(
    app_configs: Apps, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """The dead man's alarm: silence is what it listens for. Asked with `check --database default`."""
    if not databases:
        return []
    try:
        silent = retention.silent_since(timezone.now())
    except DatabaseError:
        return []  # not migrated yet: there is nothing to delete
    if silent is None:
        return []
    return [
        Caution(
            "The purge of requests has not run for 26 hours: what was promised to go is still here.",
            hint="Run `manage.py purge_requests` now, and see why iopguide-purge.timer did not.",
            id="intake.W006",
        )
    ]
