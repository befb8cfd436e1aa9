"""Checks end when they were promised to: every one past its time, and no other."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from screening import services
from screening.models import Answer, Screening
from screening.sealing import seals_for
from tests.web.walk import Visitor, calm

pytestmark = pytest.mark.django_db


def printed(*arguments: str) -> str:
    out = StringIO()
    call_command("purge_screenings", *arguments, stdout=out)
    return out.getvalue()


def started(*ages: timedelta) -> list[int]:
    """Checks that ended this long ago (or will end, for what is below zero), two answers each; their keys."""
    now = timezone.now()
    found = []
    for age in ages:
        check = services.open_check(services.start(("me",)))
        services.record_answers(check, {"age": ("26_64",)})
        Screening.objects.filter(pk=check.row.pk).update(expires_at=now - age)
        found.append(check.row.pk)
    return found


def left() -> set[int]:
    return set(Screening.objects.values_list("pk", flat=True))


@settings(max_examples=60)
@given(st.lists(st.timedeltas(-timedelta(days=400), timedelta(days=400)), max_size=12))
def test_a_check_is_deleted_if_and_only_if_its_time_is_over(ages: list[timedelta]) -> None:
    Screening.objects.all().delete()
    # A second is left aside, because the clock goes on while the checks are made.
    ages = [age for age in ages if abs(age) > timedelta(seconds=5)]
    keys = started(*ages)
    over = {key for key, age in zip(keys, ages, strict=True) if age > timedelta(0)}

    assert services.purge(dry_run=True) == len(over)
    assert left() == set(keys)
    assert services.purge() == len(over)
    assert left() == set(keys) - over
    assert set(Answer.objects.values_list("screening", flat=True)) == left()
    assert services.purge() == 0


def test_the_moment_itself_is_over() -> None:
    (key,) = started(timedelta(0))
    moment = Screening.objects.get().expires_at

    assert services.purge(moment - timedelta(microseconds=1)) == 0
    assert services.purge(moment) == 1
    assert key not in left()


def test_what_is_not_purged_yet_can_no_longer_be_opened() -> None:
    visitor = Visitor().sit_down(calm())
    Screening.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    assert visitor.go("result").status_code == 410
    assert Screening.objects.count() == 1
    services.purge()
    assert Screening.objects.count() == Answer.objects.count() == 0


def test_an_open_check_goes_on_after_a_purge() -> None:
    visitor = Visitor().sit_down(calm())
    started(timedelta(days=1), timedelta(hours=1))

    assert services.purge() == 2

    assert visitor.go("result").status_code == 200
    assert visitor.saved() == calm()


def test_the_command_prints_counts_and_nothing_else() -> None:
    Visitor().sit_down(calm())
    started(timedelta(days=1), timedelta(days=2))

    assert printed("--dry-run") == "2 checks would be deleted\n"
    assert Screening.objects.count() == 3
    assert printed() == "2 checks deleted\n"
    assert printed() == "0 checks deleted\n"
    assert Screening.objects.count() == 1


def test_many_are_deleted_at_once() -> None:
    long_ago = timezone.now() - timedelta(days=1)
    rows = Screening.objects.bulk_create(
        Screening(lookup=number.to_bytes(32, "big"), protocol_version="x", expires_at=long_ago)
        for number in range(3000)
    )
    Answer.objects.bulk_create(Answer(screening=row, place=b"p" * 32, sealed=b"s" * 540) for row in rows)

    assert services.purge() == 3000
    assert Screening.objects.count() == Answer.objects.count() == 0


def test_erasing_ends_one_check_and_says_whether_there_was_one() -> None:
    mine, other = Visitor().sit_down(calm()), Visitor().sit_down(calm())

    assert services.erase(mine.token)
    assert not services.erase(mine.token)
    assert not services.erase("x" * 43)
    assert not services.erase("")
    assert not services.erase(None)
    assert [bytes(row.lookup) for row in Screening.objects.all()] == [seals_for(other.token)[0].lookup]
    assert other.saved() == calm()
