"""What this site holds about people, column by column: the answer to "is my data gone?" and to a legal order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Count, Min
from django.utils import timezone

from screening.intake.fields import EncryptedField
from screening.intake.models import AccessEntry, Attempt, CallRequest, CancelCode, Note

# Every app of ours, and Django's accounts and sessions of staff.
APPS = ("screening", "intake", "revisions", "programs", "auth", "sessions", "admin")
# What tells how old a row is, where a table has it.
TIMES = ("created_at", "at", "date_joined", "action_time", "slot", "expires_at", "expire_date")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: in how many rows it holds something, and in which form."""

    name: str
    filled: int
    form: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its rows, the age of the oldest where rows have a time, its columns."""

    name: str
    rows: int
    age: str
    columns: tuple[Column, ...]


def of_site() -> list[Table]:
    """Return every table of the site."""
    found = [
        model
        for label in APPS
        if label in apps.app_configs
        for model in apps.get_app_config(label).get_models()
    ]
    return [_table(model._default_manager.all()) for model in found]


def of_request(reference: str) -> list[Table]:
    """Return what belongs to one request; nothing when there is none."""
    row = CallRequest.objects.filter(reference=reference).defer("contact", "summary", "placement").first()
    if row is None:
        return []
    parts: list[models.QuerySet[Any]] = [CallRequest.objects.filter(pk=row.pk)]
    parts += [model.objects.filter(request=row) for model in (CancelCode, Attempt, Note)]
    parts.append(AccessEntry.objects.filter(kind="request", record=str(row.pk)))
    return [_table(rows) for rows in parts]


def _table(rows: models.QuerySet[Any]) -> Table:
    fields = list(rows.model._meta.concrete_fields)
    timed = next((f for f in fields if isinstance(f, models.DateTimeField) and f.name in TIMES), None)
    asked: dict[str, Any] = {f"n_{field.name}": Count(field.attname) for field in fields}
    if timed:
        asked["oldest"] = Min(timed.name)
    # Counting needs no value, so nothing is opened.
    counted = rows.order_by().aggregate(rows=Count("pk"), **asked)
    columns = (Column(field.attname, counted[f"n_{field.name}"], _form(field)) for field in fields)
    return Table(rows.model._meta.db_table, counted["rows"], _age(counted.get("oldest")), tuple(columns))


def _form(field: Any) -> str:
    if isinstance(field, EncryptedField):
        return "locked"
    if isinstance(field, models.BinaryField):
        return "hash, key or sealed"
    if isinstance(field, models.ForeignKey):
        return f"points to {field.related_model._meta.db_table}"
    return type(field).__name__.removesuffix("Field").lower()


def _age(oldest: datetime | None) -> str:
    if oldest is None:
        return ""
    days = (timezone.now() - oldest).days
    return f", the oldest {days} days old" if days >= 0 else ", all end in the future"
