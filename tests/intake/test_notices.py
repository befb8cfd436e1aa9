"""Mail to staff: it says only that something waits, always in the same words, and is never lost."""

from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from smtplib import SMTPServerDisconnected
from typing import Any
from unittest.mock import patch

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.management import call_command

from screening.intake import notices
from screening.intake.choices import State
from screening.intake.models import CallRequest, Notice
from tests.intake.factories import OPEN_HOUR, SUMMARY, make_request

pytestmark = pytest.mark.django_db

SENTINEL = "zqxsentinelqz"


@pytest.fixture(autouse=True)
def _office(settings: Any) -> None:
    settings.DESK_MAIL = ["desk@example.org", "lead@example.org"]


@pytest.fixture
def server_is_down() -> Iterator[None]:
    with patch.object(EmailMessage, "send", side_effect=SMTPServerDisconnected(SENTINEL)):
        yield


def parts(message: Any) -> str:
    return str(message.message().as_bytes().decode())


@pytest.mark.parametrize(("language", "words"), [("en", "Sign in to see them"), ("es", "Entre para verlas")])
def test_every_mail_is_the_same_but_for_the_count(settings: Any, language: str, words: str) -> None:
    settings.DESK_LANGUAGE = language
    said = set()
    for number in range(1, 6):
        make_request(name=f"{SENTINEL} {number}", note=SENTINEL, summary=SUMMARY)
        assert notices.send_due() == {"sent": 1, "failed": 0}
        message = mail.outbox[-1]
        assert message.bcc == settings.DESK_MAIL
        assert SENTINEL not in parts(message)
        assert words in message.body
        said.add((message.subject.replace(str(number), "#"), message.body.replace(f" {number}\n", " #\n")))

    assert len(said) == 1


def test_many_requests_before_the_timer_are_one_mail() -> None:
    for _ in range(4):
        make_request()
    notices.send_due()

    assert len(mail.outbox) == 1
    assert mail.outbox[0].subject.endswith(": 4")


def test_a_server_that_is_down_loses_nothing_and_is_asked_less_and_less_often(
    server_is_down: None, now: Any, caplog: pytest.LogCaptureFixture
) -> None:
    make_request(now=OPEN_HOUR)
    CallRequest.objects.update(due_at=OPEN_HOUR + timedelta(days=1))
    moment, waits = OPEN_HOUR, []
    for _ in range(8):
        now(moment)
        assert notices.send_due(moment) == {"sent": 0, "failed": 1}
        assert notices.send_due(moment) == {"sent": 0, "failed": 0}
        notice = Notice.objects.get(kind="waiting")
        waits.append(notice.next_try_at - moment)
        moment = notice.next_try_at

    assert waits == sorted(waits)
    assert waits[0] == timedelta(minutes=1)
    assert waits[-1] == timedelta(minutes=30)
    assert notice.fault == "SMTPServerDisconnected"
    assert SENTINEL not in caplog.text.replace("notice_not_sent", "")


def test_once_the_server_is_back_the_mail_goes(server_is_down: None, now: Any) -> None:
    make_request(now=OPEN_HOUR)
    notices.send_due(OPEN_HOUR)
    with patch.object(EmailMessage, "send", return_value=1) as send:
        assert notices.send_due(OPEN_HOUR + timedelta(minutes=2))["sent"] == 1
        assert notices.send_due(OPEN_HOUR + timedelta(minutes=9))["sent"] == 0
    assert send.call_count == 1


def test_a_request_is_saved_whatever_the_mail_server_does(server_is_down: None) -> None:
    make_request()
    assert CallRequest.objects.count() == 1


def test_a_request_that_went_meanwhile_needs_no_mail() -> None:
    make_request()
    CallRequest.objects.all().delete()
    assert notices.send_due() == {"sent": 1, "failed": 0}
    assert mail.outbox == []


def test_overdue_requests_are_told_of_hourly_in_office_hours_only(now: Any) -> None:
    make_request()
    Notice.objects.all().delete()
    CallRequest.objects.update(due_at=OPEN_HOUR - timedelta(hours=1), last_outcome="reached")

    for minutes, mails in ((0, 1), (5, 1), (61, 2), (60 * 12, 2), (60 * 24, 3)):
        now(OPEN_HOUR + timedelta(minutes=minutes))
        notices.send_due(OPEN_HOUR + timedelta(minutes=minutes))
        assert len(mail.outbox) == mails, minutes
    assert "overdue" in mail.outbox[0].subject


def test_held_requests_wake_nobody() -> None:
    make_request(state=State.HELD)
    notices.send_due()
    assert mail.outbox == []


def test_the_command_says_how_many_went(server_is_down: None) -> None:
    make_request()
    out = StringIO()
    call_command("send_notices", stdout=out)
    assert out.getvalue() == "0 sent, 1 failed and will be tried again\n"
