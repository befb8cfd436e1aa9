"""Facts that the public reads are looked up again in time, or a command fails and says which were not."""

from collections.abc import Iterator
from datetime import date, timedelta
from io import StringIO
from itertools import product
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from programs.editing.known import is_stale
from programs.editing.lists import stale
from programs.models import Fact, Page, ProgramFact
from programs.models.facts import RECHECK
from programs.rechecking import Basis, basis, due_on, is_past, past

pytestmark = pytest.mark.django_db

LOOKED = date(2026, 3, 10)
LAST_GOOD, FIRST_LATE = date(2026, 6, 7), date(2026, 6, 8)
DAY = timedelta(days=1)


@pytest.fixture
def looked(starter: Any, db: None) -> None:
    """The guide as it comes, looked up on one day."""
    Fact.objects.filter(checked__isnull=False).update(checked=LOOKED, next_check=None)


def facts(*arguments: str) -> str:
    out = StringIO()
    call_command("facts", *arguments, stdout=out)
    return out.getvalue()


def failing(day: date) -> str:
    out = StringIO()
    with pytest.raises(CommandError, match="somebody has to look up"):
        call_command("facts", "--check", "--on", day.isoformat(), stdout=out)
    return out.getvalue()


@pytest.mark.usefixtures("looked")
def test_it_passes_until_the_ninetieth_day_and_fails_from_then_on() -> None:
    passed = facts("--check", "--on", LAST_GOOD.isoformat())
    assert "LATE" not in passed
    assert f"are {Basis.TYPICAL.label}" in passed

    late = failing(FIRST_LATE)
    assert "LATE  treatment: looked up in its source; look again on 2026-06-08" in late
    assert "iop_weeks" not in late


@pytest.mark.usefixtures("looked")
def test_a_day_that_was_set_comes_before_the_ninety_days() -> None:
    Fact.objects.filter(key="treatment").update(next_check=LOOKED + DAY)

    assert failing(LOOKED + DAY).splitlines()[0].startswith("LATE  treatment:")
    facts("--check", "--on", LOOKED.isoformat())


@pytest.mark.usefixtures("looked")
def test_a_number_that_nobody_looked_up_fails_on_any_day() -> None:
    Fact.objects.filter(key="treatment").update(checked=None)

    assert f"LATE  treatment: {Basis.NEVER.label}\n" in failing(LOOKED)


@pytest.mark.usefixtures("looked")
def test_what_nobody_can_read_fails_nothing() -> None:
    Fact.objects.create(key="unused", kind="phone", en="555-0100", es="555-0100", label_en="x", label_es="x")
    program = Page.objects.get(kind="program", key="iop")
    program.facts.filter(name="days").update(checked=LOOKED)
    assert "LATE  iop: days" in failing(FIRST_LATE)
    Page.objects.filter(pk=program.pk).update(archived=True)

    late = failing(FIRST_LATE)
    assert "unused" not in late
    assert "iop: days" not in late


@pytest.mark.usefixtures("looked")
def test_all_of_them_are_listed_with_what_they_rest_on() -> None:
    told = facts("--on", LOOKED.isoformat())

    assert "ok    treatment: looked up in its source; look again on 2026-06-08" in told
    assert "ok    iop_weeks: typical practice, no check date" in told
    assert "ok    iop: days: typical practice, no check date" in told


def every_row() -> Iterator[tuple[Fact, date]]:
    """Every state a fact can be in, seen on every day about it."""
    days = (None, LOOKED, LOOKED + DAY, FIRST_LATE, FIRST_LATE + RECHECK)
    for number, (checked, again) in enumerate(product((None, LOOKED), days)):
        row = Fact.objects.create(
            key=f"k{number}", kind="hours", en="x", es="x", label_en="x", label_es="x",
            checked=checked, next_check=again,
        )  # fmt: skip
        for today in (LOOKED, LOOKED + DAY, LAST_GOOD, FIRST_LATE, FIRST_LATE + RECHECK):
            yield row, today


def test_a_query_finds_the_rows_that_are_past_and_no_others() -> None:
    for row, today in every_row():
        assert Fact.objects.filter(past(today), pk=row.pk).exists() == is_past(row, today)
        assert Fact.objects.filter(stale(today), pk=row.pk).exists() == is_stale(row, today)


@pytest.mark.parametrize(
    ("kind", "checked", "found"),
    [
        ("phone", LOOKED, Basis.LOOKED_UP),
        ("phone", None, Basis.NEVER),
        ("law", None, Basis.NEVER),
        ("number", None, Basis.NEVER),
        ("hours", None, Basis.TYPICAL),
    ],
)
def test_what_a_fact_rests_on_is_said(kind: str, checked: date | None, found: Basis) -> None:
    assert basis(Fact(kind=kind, checked=checked)) == found
    assert basis(ProgramFact(checked=checked)) == (Basis.LOOKED_UP if checked else Basis.TYPICAL)
    assert due_on(Fact(kind=kind, checked=checked)) == (FIRST_LATE if checked else None)


@pytest.mark.parametrize(("kind", "refused"), [("phone", True), ("law", True), ("hours", False)])
def test_nobody_puts_off_a_number_or_a_law(kind: str, refused: bool) -> None:
    values: Any = {"en": "x", "es": "x", "label_en": "x", "label_es": "x"}
    row = Fact(key="far", kind=kind, checked=LOOKED, next_check=LOOKED + RECHECK + DAY, **values)

    if refused:
        with pytest.raises(ValidationError, match="within 90 days"):
            row.full_clean(exclude=["source"])
    else:
        row.full_clean(exclude=["source"])
    row.next_check = LOOKED + RECHECK
    row.full_clean(exclude=["source"])
