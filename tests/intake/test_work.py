"""The desk at work: the queue in order, a claim, outcomes that plan what comes next, and buttons pressed twice."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from screening.intake import desk as service
from screening.intake import queue
from screening.intake.choices import Outcome, State
from screening.intake.models import Attempt, CallRequest, DoneAction, Note
from screening.intake.scripts import script_for
from tests.intake.conftest import People, signed_in
from tests.intake.factories import OPEN_HOUR, SUMMARY, make_request, token

pytestmark = pytest.mark.django_db

QUEUE = "/staff/intake/callrequest/"
NEW_YORK = ZoneInfo("America/New_York")
MOST_QUERIES = 15


def case(row: CallRequest) -> str:
    return f"{QUEUE}{row.pk}/change/"


def press(client: Client, row: CallRequest, action: str, **fields: Any) -> Any:
    return client.post(f"{QUEUE}{row.pk}/do/{action}/", {"token": str(token()), **fields})


def said(client: Client, path: str) -> str:
    return str(client.get(path).content.decode())


# --- the queue -------------------------------------------------------------------------------------------------------


def test_the_queue_is_in_order_of_due_time_and_each_filter_holds_its_own(now: Any, ana: User) -> None:
    now(OPEN_HOUR)
    hours = {"late": -3, "later": -1, "soon": 0.5, "today": 4, "tomorrow": 30}
    for name, ahead in hours.items():
        row = make_request(name=name)
        CallRequest.objects.filter(pk=row.pk).update(due_at=OPEN_HOUR + timedelta(hours=ahead))
    CallRequest.objects.filter(pk=make_request(name="waits").pk).update(
        state=State.WAITING, due_at=OPEN_HOUR + timedelta(days=2)
    )
    CallRequest.objects.filter(pk=make_request(name="over").pk).update(state=State.CLOSED)

    def names(key: str) -> list[str]:
        return [row.contact["name"] for row in queue.page(key, 1, ana).rows]

    assert names("now") == names("nonsense") == ["late", "later", "soon", "today"]
    assert names("overdue") == ["late", "later"]
    assert names("hour") == ["soon"]
    assert names("today") == ["today"]
    assert names("scheduled") == ["tomorrow"]
    assert names("waiting") == ["waits"]
    assert names("closed") == ["over"]
    counts = {one.key: one.count for one in queue.page("now", 1, ana).filters}
    assert counts["now"] == 4
    assert counts["overdue"] == 2


def test_lateness_is_told_in_business_hours(now: Any, ana: User) -> None:
    friday = datetime(2026, 3, 6, 16, 0, tzinfo=NEW_YORK)
    row = make_request()
    CallRequest.objects.filter(pk=row.pk).update(due_at=friday)
    now(datetime(2026, 3, 9, 9, 30, tzinfo=NEW_YORK))  # Monday: an hour on Friday, half an hour today

    assert queue.page("now", 1, ana).rows[0].due == "overdue by 90 min"


def test_the_queue_shows_the_rules_in_words_and_no_number_and_no_answer(desk: Client) -> None:
    make_request(
        name="Lucía",
        value="5550101234",
        language="es",
        allowed=("text",),
        summary={**SUMMARY, "danger": True},
    )
    html = said(desk, f"{QUEUE}?show=scheduled") + said(desk, QUEUE)

    for words in (
        "Lucía",
        "Spanish",
        "No voicemail",
        "Text allowed",
        "Do not say the site",
        "Safety concern",
    ):
        assert words in html
    assert "5550101234" not in html
    assert "urges are strong" not in html


@pytest.mark.parametrize("show", ["now", "closed", "held", "mine"])
def test_the_queue_takes_few_queries_however_many_wait(desk: Client, ana: User, show: str) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as context:
            assert desk.get(f"{QUEUE}?show={show}").status_code == 200
        return len(context.captured_queries)

    state = {"held": State.HELD, "closed": State.CLOSED}.get(show, State.OPEN)
    counts = []
    for many in (1, 29):
        for _ in range(many):
            make_request()
        CallRequest.objects.update(due_at=timezone.now(), owner=ana, state=state)
        count()
        counts.append(count())

    assert counts[0] == counts[1] <= MOST_QUERIES


@pytest.mark.parametrize("page", ["0", "-1", "x", "9" * 18, "²", "2"])
def test_any_page_number_is_a_page(desk: Client, page: str) -> None:
    make_request()
    assert desk.get(QUEUE, {"page": page, "show": "now"}).status_code == 200


# --- claim -----------------------------------------------------------------------------------------------------------


def test_a_claim_is_a_soft_lock_of_twenty_minutes(now: Any, ana: User, ben: User) -> None:
    row = make_request()
    now(OPEN_HOUR)
    assert service.claim(row.pk, ana)
    assert service.claim(row.pk, ana)  # her own again
    assert not service.claim(row.pk, ben)
    assert service.claim(row.pk, ben, take_over=True)
    assert not service.claim(row.pk, ana)

    now(OPEN_HOUR + timedelta(minutes=21))
    assert service.claim(row.pk, ana)


def test_from_the_queue_to_a_logged_attempt_are_two_presses(desk: Client, ana: User) -> None:
    row = make_request()
    reply = press(desk, row, "claim")
    assert (reply.status_code, reply["Location"]) == (303, case(row))

    reply = press(desk, row, "outcome", outcome="no_answer")
    assert reply.status_code == 303
    assert [one.outcome for one in row.attempts.all()] == ["no_answer"]
    assert "yours until" not in said(desk, case(row))


def test_what_somebody_else_holds_is_shown_with_its_owner_and_not_written(desk: Client, ben: User) -> None:
    row = make_request()
    service.claim(row.pk, ben)

    html = said(desk, case(row))
    assert "Ben has it until" in html
    assert "Take over from Ben" in html
    press(desk, row, "outcome", outcome="reached")
    assert not Attempt.objects.exists()
    assert "Somebody else has this request" in said(desk, case(row))


# --- outcomes --------------------------------------------------------------------------------------------------------


def log(row: CallRequest, by: User, outcome: Outcome, **more: Any) -> CallRequest:
    return service.log_outcome(row.pk, by, token(), outcome, **more)


def test_three_misses_on_three_days_at_other_times_and_it_closes_kindly(now: Any, ana: User) -> None:
    row = make_request(windows=("morning", "afternoon"), allowed=("voicemail",), now=OPEN_HOUR)
    moment, seen = OPEN_HOUR, []
    for outcome in (Outcome.NO_ANSWER, Outcome.VOICEMAIL):
        now(moment)
        row = log(row, ana, outcome)
        assert row.state == State.OPEN
        seen.append(moment.astimezone(NEW_YORK))
        moment = row.due_at
    now(moment)
    row = log(row, ana, Outcome.NO_ANSWER)
    seen.append(moment.astimezone(NEW_YORK))

    assert row.state == State.CLOSED
    assert row.tries == 3
    assert len({at.date() for at in seen}) == 3
    assert [at.hour < 12 for at in seen] == [True, False, True]
    assert row.expires_at == moment + timedelta(days=30)


def test_the_whole_way_reached_offered_booked_missed_booked_kept(now: Any, ana: User) -> None:
    row = make_request(now=OPEN_HOUR)
    now(OPEN_HOUR)
    row = log(row, ana, Outcome.REACHED)
    assert row.state == State.OPEN
    assert timedelta(0) < row.due_at - OPEN_HOUR <= timedelta(hours=48)

    visit = OPEN_HOUR + timedelta(days=1)
    row = log(row, ana, Outcome.OFFERED, appointment_at=visit)
    assert row.state == State.WAITING
    assert row.due_at > visit
    row = log(row, ana, Outcome.BOOKED, appointment_at=visit)
    assert row.appointment_at == visit
    row = log(row, ana, Outcome.MISSED)
    assert row.state == State.OPEN
    row = log(row, ana, Outcome.BOOKED, appointment_at=visit)
    row = log(row, ana, Outcome.KEPT)
    assert row.state == State.CLOSED


def test_an_appointment_needs_its_time_and_a_wrong_one_is_refused_with_words(desk: Client) -> None:
    row = make_request()
    for written in ("", "tomorrow", "0000-00-00T00:00", "9999-12-31T23:59", "2026-03-04T99:99"):
        press(desk, row, "outcome", outcome="booked", appointment=written)
        assert not Attempt.objects.exists()
    press(desk, row, "outcome", outcome="booked", appointment="2026-03-04T15:30")
    row.refresh_from_db()
    assert row.appointment_at == datetime(2026, 3, 4, 15, 30, tzinfo=NEW_YORK)


def test_a_voicemail_that_was_not_allowed_has_no_button_and_is_refused(desk: Client) -> None:
    silent, spoken = make_request(), make_request(allowed=("voicemail",))

    assert 'value="voicemail"' not in said(desk, case(silent))
    assert 'value="voicemail"' in said(desk, case(spoken))
    press(desk, silent, "outcome", outcome="voicemail")
    assert not Attempt.objects.exists()


def test_a_wrong_number_is_deleted_at_once_for_it_is_a_strangers(desk: Client) -> None:
    row = make_request(value="5550104444", note="secret", summary=SUMMARY)
    press(desk, row, "outcome", outcome="wrong_number")

    row.refresh_from_db()
    assert row.state == State.CLOSED
    assert row.summary is None
    assert not {"5550104444", "Sam", "secret"} & {str(value) for value in row.contact.values()}
    press(desk, row, "reopen")
    row.refresh_from_db()
    assert row.state == State.CLOSED
    assert desk.get(case(row)).status_code == 200


def test_asked_us_to_stop_deletes_everything_now(desk: Client, ana: User) -> None:
    row, other = make_request(), make_request()
    service.add_note(row.pk, ana, token(), "a note")
    log(row, ana, Outcome.NO_ANSWER)

    reply = press(desk, row, "stop")

    assert reply["Location"] == QUEUE
    assert list(CallRequest.objects.all()) == [other]
    assert not Note.objects.exists()
    assert not Attempt.objects.exists()
    for late in ("claim", "outcome", "note", "stop"):
        press(desk, row, late, outcome="reached", text="x")
    assert desk.get(case(row)).status_code == 302


# --- pressed twice ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("action", "fields"),
    [
        ("outcome", {"outcome": "no_answer"}),
        ("note", {"text": "They called back."}),
        ("emergency", {}),
        ("place", {"level": "php", "differs": "clinical"}),
        ("release", {}),
    ],
)
def test_a_button_pressed_twice_works_once(desk: Client, action: str, fields: dict[str, str]) -> None:
    row = make_request()
    same = str(token())
    for _ in range(3):
        assert press(desk, row, action, **fields, token=same).status_code == 303

    assert DoneAction.objects.count() == 1
    assert Attempt.objects.count() + Note.objects.count() <= 1
    row.refresh_from_db()
    assert row.tries <= 1


@pytest.mark.parametrize(
    "action", ["outcome", "note", "merge", "hand-over", "place", "stop", "reopen", "nonsense"]
)
@pytest.mark.parametrize(
    "sent", [{}, {"token": "x"}, {"token": str(UUID(int=1)), "outcome": "x" * 5000, "to": "9" * 40}]
)
def test_anything_at_all_sent_to_a_button_is_no_failure(
    desk: Client, action: str, sent: dict[str, str]
) -> None:
    row = make_request()
    assert desk.post(f"{QUEUE}{row.pk}/do/{action}/", sent).status_code == 303
    assert desk.post(f"{QUEUE}999999999/do/{action}/", sent).status_code in (302, 303)


@pytest.mark.parametrize("pk", ["0", "9" * 30, "abc", "1_2F", "²"])
def test_a_case_that_does_not_exist_leads_back_to_the_queue(desk: Client, pk: str) -> None:
    assert desk.get(f"{QUEUE}{pk}/change/").status_code == 302


# --- the rest --------------------------------------------------------------------------------------------------------


def test_hand_over_goes_to_people_of_the_desk_only(desk: Client, ben: User, person: People) -> None:
    row, auditor = make_request(), person("aud", "auditor")

    press(desk, row, "hand-over", to=auditor.pk)
    row.refresh_from_db()
    assert row.owner is None
    press(desk, row, "hand-over", to=ben.pk)
    row.refresh_from_db()
    assert row.owner == ben
    assert "Ben" in said(signed_in(ben), f"{QUEUE}?show=mine")


def test_merging_keeps_everything_and_the_stricter_rules(desk: Client, ana: User) -> None:
    row = make_request(name="Sam", allowed=("voicemail", "text"), value="5550102222")
    other = make_request(
        name="Sam B.", allowed=("text",), method="email", value="sam@example.com", summary=SUMMARY
    )
    service.add_note(other.pk, ana, token(), "from the other")
    log(other, ana, Outcome.NO_ANSWER)

    press(desk, row, "merge", reference=other.reference.lower())

    assert list(CallRequest.objects.all()) == [row]
    row.refresh_from_db()
    assert row.contact["allowed"] == ["text"]
    assert row.contact["again"][0]["value"] == "sam@example.com"
    assert row.summary == SUMMARY
    assert row.codes.count() == 2
    assert [note.text for note in row.notes.all()] == ["from the other"]
    assert row.attempts.count() == 1
    assert "sam@example.com" in said(desk, case(row))


def test_merging_with_itself_or_nothing_changes_nothing(desk: Client) -> None:
    row = make_request()
    for reference in (row.reference, "NOTHIN", ""):
        press(desk, row, "merge", reference=reference)
    assert CallRequest.objects.count() == 1


def test_the_real_level_is_noted_with_a_reason_from_a_list(desk: Client) -> None:
    row = make_request()
    press(desk, row, "place", level="php", differs="because I say so")
    row.refresh_from_db()
    assert row.placement is None
    press(desk, row, "place", level="php", differs="no_space")
    row.refresh_from_db()
    assert row.placement == {"level": "php", "differs": "no_space"}
    assert "No free place in time" in said(desk, case(row))


def test_the_safe_rules_come_before_the_number_on_every_page_of_a_case(desk: Client) -> None:
    row = make_request(value="5550109090")
    for path in (case(row), f"{QUEUE}{row.pk}/emergency/"):
        html = said(desk, path)
        assert 0 < html.index("No voicemail") < html.index("5550109090")


def test_an_extension_is_dialled_as_one(desk: Client) -> None:
    row = make_request(value="(555) 010-0199 x12")

    assert 'href="tel:5550100199;ext=12"' in said(desk, case(row))


def test_a_number_in_the_digits_of_another_script_is_shown_as_written_and_dialled_as_it_is_meant(
    desk: Client,
) -> None:
    html = said(desk, case(make_request(value="٥٥٥-٠١٠-٠١٩٩")))

    assert 'href="tel:5550100199"' in html
    assert "٥٥٥-٠١٠-٠١٩٩" in html


def test_an_appointment_far_away_keeps_nobody_longer_than_was_promised(ana: User) -> None:
    row = log(make_request(), ana, Outcome.BOOKED, appointment_at=OPEN_HOUR + timedelta(days=4000))

    assert row.expires_at < timezone.now() + timedelta(days=91)


def test_the_emergency_steps_name_911_and_988(desk: Client) -> None:
    row = make_request()
    reply = press(desk, row, "emergency")
    assert reply["Location"] == f"{QUEUE}{row.pk}/emergency/"
    html = said(desk, reply["Location"])
    assert 'href="tel:911"' in html
    assert 'href="tel:988"' in html


CLINIC_WORDS = (
    "clinic",
    "treatment",
    "addiction",
    "recovery",
    "care compass",
    "tratamiento",
    "adicción",
    "program",
)


@pytest.mark.parametrize("language", ["en", "es", "other"])
def test_what_is_said_on_the_phone_gives_nothing_away(language: str) -> None:
    for allowed in ([], ["voicemail", "text"]):
        contact = {"language": language, "name": "Sam", "allowed": allowed}
        script, asked = script_for(contact, "Ana")
        said_aloud = f"{script.answered} {script.somebody_else} {script.voicemail} {script.text}".lower()
        assert not [word for word in CLINIC_WORDS if word in said_aloud]
        assert bool(script.voicemail) == bool(script.text) == bool(allowed)
        assert "did not allow" in asked


def test_held_requests_are_announced_and_put_into_the_queue_by_a_press(desk: Client) -> None:
    row = make_request(state=State.HELD)
    assert "1 held" in said(desk, QUEUE)

    press(desk, row, "reopen")

    row.refresh_from_db()
    assert row.state == State.OPEN
    assert row.expires_at > timezone.now() + timedelta(days=80)


def test_a_closed_request_whose_person_asked_again_is_not_reopened_beside_the_new_one(desk: Client) -> None:
    first = make_request(value="5550103131")
    CallRequest.objects.filter(pk=first.pk).update(state=State.CLOSED)
    make_request(value="5550103131")

    press(desk, first, "reopen")

    first.refresh_from_db()
    assert first.state == State.CLOSED


def test_contact_that_no_key_opens_is_said_plainly_and_nothing_is_shown(desk: Client, settings: Any) -> None:
    row = make_request()
    CallRequest.objects.update(due_at=timezone.now())
    settings.CONTACT_KEYS = ["another-key-" + "z" * 40]

    for path in (QUEUE, case(row)):
        reply = desk.get(path)
        assert reply.status_code == 503
        assert "cannot be opened" in reply.content.decode()
    assert press(desk, row, "outcome", outcome="reached").status_code == 503
