"""Nothing stays longer than promised, silence raises an alarm, and a restored backup is told what was deleted."""

import random
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.utils import timezone

from screening.intake import checks, desk, handoff, retention, services
from screening.intake.models import (
    Attempt,
    CallRequest,
    CancelCode,
    HandoffCode,
    Note,
    PurgeRun,
    Tombstone,
)
from tests.intake.factories import SUMMARY, make_request, receipt, token

pytestmark = pytest.mark.django_db


def copies(count: int) -> list[CallRequest]:
    """Many requests, quickly: one made as the site makes them, the others like it."""
    first = make_request()
    rows = [
        CallRequest(
            reference=f"R{number}", contact=first.contact, contact_hash=number.to_bytes(32, "big"),
            created_at=first.created_at, due_at=first.due_at, expires_at=first.expires_at,
        )
        for number in range(count)
    ]  # fmt: skip
    first.delete()
    return CallRequest.objects.bulk_create(rows)


def test_what_is_older_than_its_time_goes_and_nothing_else() -> None:
    now, draw = timezone.now(), random.Random(5)  # noqa: S311  the same draw in every run
    rows = copies(1200)
    for row in rows:
        row.expires_at = now + timedelta(seconds=draw.randrange(-1000, 1000))
    CallRequest.objects.bulk_update(rows, ["expires_at"])
    old = {row.pk for row in rows if row.expires_at <= now}

    dry = retention.purge(now, dry_run=True)
    assert dry["requests"] == len(old)
    assert CallRequest.objects.count() == 1200
    assert retention.purge(now)["requests"] == len(old)
    assert set(CallRequest.objects.values_list("pk", flat=True)) == {row.pk for row in rows} - old
    assert Tombstone.objects.count() == len(old)
    assert retention.purge(now)["requests"] == 0


def test_a_purge_stopped_in_the_middle_goes_on_the_next_time() -> None:
    copies(30)
    now = timezone.now() + timedelta(days=100)
    real, calls = retention.erase, []

    def stops(rows: Any) -> list[int]:
        calls.append(1)
        if len(calls) > 2:
            raise KeyboardInterrupt
        return real(rows)

    with (
        patch.object(retention, "AT_ONCE", 7),
        patch.object(retention, "erase", stops),
        pytest.raises(KeyboardInterrupt),
    ):
        retention.purge(now)
    assert CallRequest.objects.count() == 16
    assert retention.purge(now)["requests"] == 16


def test_a_deleted_request_takes_everything_with_it(ana: User) -> None:
    given = receipt()
    row = CallRequest.objects.get()
    desk.add_note(row.pk, ana, token(), "x")
    desk.log_outcome(row.pk, ana, token(), "no_answer")

    assert services.cancel(given.code)
    for model in (CallRequest, CancelCode, Attempt, Note):
        assert not model.objects.exists()


def test_promises_hold_from_the_day_of_asking_and_of_closing(ana: User) -> None:
    row = make_request()
    assert row.expires_at - row.created_at == timedelta(days=90)
    row = desk.log_outcome(row.pk, ana, token(), "closed")
    assert row.closed_at
    assert row.expires_at - row.closed_at == timedelta(days=30)


def test_the_alarm_sounds_after_26_silent_hours_and_stops_after_a_purge() -> None:
    def alarm() -> list[str | None]:
        return [found.id for found in checks.purge_runs(None, databases=["default"])]

    assert alarm() == []  # nothing was ever held
    make_request()
    assert alarm() == []
    CallRequest.objects.update(created_at=timezone.now() - timedelta(hours=27))
    assert alarm() == ["intake.W006"]
    retention.purge()
    assert alarm() == []
    PurgeRun.objects.update(at=timezone.now() - timedelta(hours=25))
    assert alarm() == []
    PurgeRun.objects.update(at=timezone.now() - timedelta(hours=27))
    assert alarm() == ["intake.W006"]
    assert checks.purge_runs(None) == []  # only when asked about the database


def test_after_a_restore_what_was_deleted_is_deleted_again(tmp_path: Path, settings: Any) -> None:
    given = [receipt() for _ in range(6)]
    code, _ = handoff.make(SUMMARY, "somebody")
    backup = list(CallRequest.objects.all())
    envelopes = list(HandoffCode.objects.all())
    for one in given[:4]:
        services.cancel(one.code)
    services.cancel(code)
    file = tmp_path / "tombstones"
    call_command("purge_requests", tombstones=file, stdout=StringIO())

    CallRequest.objects.all().delete()
    Tombstone.objects.all().delete()
    CallRequest.objects.bulk_create(backup)
    HandoffCode.objects.bulk_create(envelopes)
    settings.CONTACT_KEYS = ["a-new-key-" + "n" * 40, *settings.CONTACT_KEYS]
    out = StringIO()
    call_command("apply_tombstones", str(file), stdout=out)

    assert out.getvalue() == "5 rows deleted again\n"
    assert {row.reference for row in CallRequest.objects.defer("contact")} == {
        one.reference for one in given[4:]
    }
    assert not HandoffCode.objects.exists()


def test_a_file_that_holds_no_tombstones_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("not a tombstone")
    with pytest.raises(CommandError):
        call_command("apply_tombstones", str(tmp_path / "x"))


def test_the_command_counts_and_a_dry_run_touches_nothing(tmp_path: Path) -> None:
    make_request()
    CallRequest.objects.update(expires_at=timezone.now())
    out = StringIO()
    call_command("purge_requests", dry_run=True, tombstones=tmp_path / "t", stdout=out)
    assert "1 requests would be deleted" in out.getvalue()
    assert not (tmp_path / "t").exists()
    assert not PurgeRun.objects.exists()
    call_command("purge_requests", stdout=out)
    assert "1 requests deleted" in out.getvalue()


def test_what_we_hold_names_every_column_and_no_value() -> None:
    row = make_request(name="zqxsentinelqz", now=timezone.now() - timedelta(days=3))
    out = StringIO()
    call_command("what_we_hold", stdout=out)
    said = out.getvalue()

    for model in (CallRequest, Note, HandoffCode, User):
        for field in model._meta.concrete_fields:
            assert f"  {field.attname} " in said
    assert "intake_callrequest: 1 rows, the oldest 3 days old" in said
    assert "locked" in said
    assert "zqxsentinelqz" not in said

    out = StringIO()
    call_command("what_we_hold", reference=row.reference.lower(), stdout=out)
    assert "intake_callrequest: 1 rows" in out.getvalue()
    with pytest.raises(CommandError, match="nothing is held"):
        call_command("what_we_hold", reference="NOTONE")
