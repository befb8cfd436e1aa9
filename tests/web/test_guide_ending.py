"""A page that leaves the site at a set time: to the second, in the site's zone, and not while others need it unasked."""

from datetime import UTC, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import User
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from programs import ending, services
from programs.editing import board, writing
from programs.editing.forms import DetailsForm
from programs.models import GuideState, Page, State, Step
from programs.shelf import program_paths, shelf
from programs.track_rows import offered
from tests.web.center import offer
from tests.web.guide_staff import at, content, draft, page, person, signed_in, state
from tests.web.test_races import at_once

pytestmark = pytest.mark.django_db

ZONE = ZoneInfo("America/New_York")
START = datetime(2027, 3, 1, 12, 0, tzinfo=ZONE)
SECOND = timedelta(seconds=1)


class Clock:
    """The time it is, wherever somebody asks."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.time = START.astimezone(UTC)
        monkeypatch.setattr(timezone, "now", lambda: self.time)

    def set(self, moment: datetime) -> None:
        self.time = moment.astimezone(UTC)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Clock:
    settings.TIME_ZONE = "America/New_York"
    caches["pages"].clear()
    return Clock(monkeypatch)


@pytest.fixture
def ana() -> User:
    return person("ana", "editor")


@pytest.fixture
def ben() -> User:
    return person("ben", "publisher")


@pytest.fixture
def calm() -> Page:
    return page(place="families")


def press(who: User, of: Page, action: str, **data: str) -> int:
    return signed_in(who).post(at(of, "do_change", action), data).status_code


def public(of: Page) -> int:
    entry = f"/families/{of.slug_en}/"
    return Client().get(entry).status_code


def approved(of: Page, ana: User, ben: User, **changes: str) -> None:
    revision = draft(of, ana, **changes)
    services.submit(revision, by=ana, note="x")
    services.approve(revision, by=ben)


def actions(of: Page) -> list[str]:
    return list(of.steps.order_by("pk").values_list("action", flat=True))


def test_a_live_page_ends_at_its_time_and_not_a_second_sooner(calm: Page, ben: User, clock: Clock) -> None:
    assert press(ben, calm, "end", at="2027-03-05T00:00", note="The offer is over") == 302
    midnight = datetime(2027, 3, 5, tzinfo=ZONE)

    clock.set(midnight - SECOND)
    assert public(calm) == 200  # and is kept from now on
    clock.set(midnight)
    assert public(calm) == 404

    calm.refresh_from_db()
    assert (calm.archived, calm.ends_at) == (True, None)
    last = calm.steps.first()
    assert last
    assert (last.action, last.who, last.note) == (Step.Action.ARCHIVED, None, "on schedule")
    assert actions(calm) == ["published", "ending", "archived"]
    said = calm.steps.get(action="ending")
    assert said.who == ben
    assert said.note == "2027-03-05T00:00-05:00 The offer is over"
    assert GuideState.objects.get().next_due is None
    # Brought back, it has no end.
    assert press(ben, calm, "revive") == 302
    assert public(calm) == 200


def test_nothing_that_was_kept_outlives_it(calm: Page, clock: Clock) -> None:
    page(key="other", place="families")
    places = ("/", "/families/other/", "/sitemap.xml", "/search/?q=calm")
    ending.end(calm, at=START + timedelta(hours=1), by=None, note="x")
    before = {place: Client().get(place).content.decode() for place in places}
    assert [place for place in places if "/families/calm/" in before[place]] == [*places[1:]]

    clock.set(START + timedelta(hours=1))
    # Each is the first to be asked for.
    for place in places:
        assert "/families/calm/" not in Client().get(place).content.decode(), place


@pytest.mark.parametrize(
    "typed, moment",
    [
        (
            "2027-03-14T01:59",
            datetime(2027, 3, 14, 6, 59, tzinfo=UTC),
        ),  # the last minute before the clocks go on
        ("2027-03-14T03:00", datetime(2027, 3, 14, 7, 0, tzinfo=UTC)),  # the first one after
        ("2027-11-07T00:59", datetime(2027, 11, 7, 4, 59, tzinfo=UTC)),  # before they go back
        ("2027-11-07T02:00", datetime(2027, 11, 7, 7, 0, tzinfo=UTC)),  # after: the hour before came twice
        ("2027-07-01T00:00", datetime(2027, 7, 1, 4, 0, tzinfo=UTC)),
        ("2027-12-31T23:59", datetime(2028, 1, 1, 4, 59, tzinfo=UTC)),
    ],
)
def test_the_time_is_the_sites_own_summer_and_winter(
    typed: str, moment: datetime, calm: Page, ben: User, clock: Clock
) -> None:
    assert press(ben, calm, "end", at=typed, note="x") == 302
    calm.refresh_from_db()
    assert calm.ends_at == moment

    clock.set(moment - SECOND)
    assert public(calm) == 200
    clock.set(moment)
    assert public(calm) == 404


@pytest.mark.parametrize(
    "typed",
    [
        "2027-03-14T02:30",  # no clock shows it
        "2027-11-07T01:30",  # clocks show it twice
        "2027-02-28T12:00",
        "",
        "tomorrow",
        "0001-01-01T00:00",
        "9999-12-31T23:59",
        "2999-01-01T00:00",
    ],
)
def test_a_time_that_is_none_is_refused(typed: str, calm: Page, ana: User, ben: User) -> None:
    assert press(ben, calm, "end", at=typed, note="x") == 422
    approved(calm, ana, ben, en_title="New")
    if typed:
        assert press(ben, calm, "schedule", at="2027-03-02T10:00", ends=typed) == 422
    assert state(calm) == State.APPROVED
    calm.refresh_from_db()
    assert calm.ends_at is None


def test_a_text_is_scheduled_together_with_the_end_of_its_page(ana: User, ben: User, clock: Clock) -> None:
    new = page(key="short", live=False, place="families")
    approved(new, ana, ben)
    html = signed_in(ben).get(at(new, "change")).content.decode()
    assert at(new, "do_change", "end") not in html  # nothing to end yet
    assert press(ben, new, "end", at="2027-03-05T10:00", note="x") == 422

    assert press(ben, new, "schedule", at="2027-03-02T10:00", ends="2027-03-02T10:00") == 422
    assert press(ben, new, "schedule", at="2027-03-02T10:00", ends="2027-03-02T11:00") == 302

    html = signed_in(ben).get(at(new, "change")).content.decode()
    assert "This page ends on 2 March 2027, 11:00, America/New_York." in html
    begins = datetime(2027, 3, 2, 10, 0, tzinfo=ZONE)
    for moment, status in ((begins - SECOND, 404), (begins, 200), (begins + timedelta(hours=1), 404)):
        clock.set(moment)
        assert public(new) == status
    assert actions(new)[-3:] == ["ending", "published", "archived"]


def test_asked_late_it_is_as_if_it_had_been_asked_in_time(
    calm: Page, ana: User, ben: User, clock: Clock
) -> None:
    approved(calm, ana, ben, en_title="Seen for an hour")
    services.schedule(
        calm.revisions.first(),  # type: ignore[arg-type]
        at=START + timedelta(hours=1),
        ends=START + timedelta(hours=2),
        by=ben,
    )
    clock.set(START + timedelta(days=3))
    assert public(calm) == 404
    calm.refresh_from_db()
    assert calm.live
    assert calm.live.content["en"]["title"] == "Seen for an hour"

    # A row by hand in the other order: the page ended first, so the text never came.
    other = page(key="other", place="families")
    approved(other, ana, ben, en_title="Too late")
    services.schedule(other.revisions.first(), at=START + timedelta(days=5), by=ben)  # type: ignore[arg-type]
    Page.objects.filter(pk=other.pk).update(ends_at=START + timedelta(days=4))
    clock.set(START + timedelta(days=6))
    assert services.apply_due() == 1
    other.refresh_from_db()
    assert other.archived
    assert other.live
    assert other.live.content["en"]["title"] != "Too late"
    assert state(other) == State.SCHEDULED
    # What an archived page still has on its schedule is nothing that is due.
    assert GuideState.objects.get().next_due is None


def test_an_end_and_a_schedule_do_not_pass_each_other(calm: Page, ana: User, ben: User) -> None:
    assert press(ben, calm, "end", at="2027-03-05T10:00", note="x") == 302
    approved(calm, ana, ben, en_title="New")
    assert press(ben, calm, "schedule", at="2027-03-05T10:00") == 422
    assert press(ben, calm, "schedule", at="2027-03-05T09:59") == 302
    assert press(ben, calm, "end", at="2027-03-05T09:59", note="x") == 422
    assert press(ben, calm, "end", at="2027-03-05T10:01", note="later") == 302


def test_off_the_schedule_a_page_that_was_never_public_has_no_end(ana: User, ben: User) -> None:
    new = page(key="short", live=False, place="families")
    approved(new, ana, ben)
    press(ben, new, "schedule", at="2027-03-02T10:00", ends="2027-03-03T10:00")

    assert press(ben, new, "unschedule") == 302

    new.refresh_from_db()
    assert (new.ends_at, new.archived) == (None, False)
    assert actions(new)[-2:] == ["unscheduled", "unended"]


def test_the_end_is_taken_off_again(calm: Page, ben: User, clock: Clock) -> None:
    press(ben, calm, "end", at="2027-03-05T10:00", note="x")

    assert press(ben, calm, "keep_on", note="It goes on") == 302
    assert press(ben, calm, "keep_on") == 422

    clock.set(START + timedelta(days=30))
    assert public(calm) == 200
    assert actions(calm) == ["published", "ending", "unended"]


def test_archived_at_once_it_has_no_end_left(calm: Page, ben: User, clock: Clock) -> None:
    press(ben, calm, "end", at="2027-03-05T10:00", note="x")
    assert press(ben, calm, "archive", note="Now") == 302
    assert press(ben, calm, "end", at="2027-03-05T10:00", note="x") == 422
    assert press(ben, calm, "revive") == 302

    clock.set(START + timedelta(days=30))
    assert public(calm) == 200


def test_a_form_of_details_that_was_open_meanwhile_does_not_bring_it_back(calm: Page, ben: User) -> None:
    sent = {"place": "families", "order": "7", "slug_en": "calm", "slug_es": "calma"}
    form = DetailsForm(sent, instance=Page.objects.get(pk=calm.pk))
    assert form.is_valid(), form.errors
    services.archive(calm, by=ben, note="x")

    writing.change_details(form, by=ben)

    calm.refresh_from_db()
    assert (calm.order, calm.slug_es, calm.archived) == (7, "calma", True)


def test_an_end_needs_a_reason_and_a_publisher(calm: Page, ana: User, ben: User) -> None:
    assert press(ben, calm, "end", at="2027-03-05T10:00", note=" ") == 422
    assert press(ana, calm, "end", at="2027-03-05T10:00", note="x") == 403
    assert press(ana, calm, "keep_on") == 403
    calm.refresh_from_db()
    assert calm.ends_at is None


# --- What needs a page ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("action", ["archive", "end"])
def test_a_page_that_others_need_goes_only_with_a_reason_that_is_kept(
    action: str, calm: Page, ben: User, ana: User
) -> None:
    other = page(key="other")
    draft(
        other,
        ana,
        en_title="Another",
        en_part_1='<p><a href="page:calm">Calm</a>, <a href="page:iop">x</a></p>',
    )
    page(key="near", live=False)
    services.start_with(
        Page.objects.get(key="near"), content(en_part_1='<p><a href="page:calm_too">No</a></p>'), note="x"
    )
    sent = {"at": "2027-03-05T10:00", "note": "Over"}

    refused = signed_in(ben).post(at(calm, "do_change", action), sent)
    assert refused.status_code == 422
    html = refused.content.decode()
    assert "This page is needed. Change what needs it" in html
    assert "The page “Another” leads to it" in html
    assert at(other, "change") in html
    assert "Why it goes although it is needed" in html
    assert at(Page.objects.get(key="near"), "change") not in html
    calm.refresh_from_db()
    assert (calm.archived, calm.ends_at) == (False, None)
    assert actions(calm) == ["published"]

    assert press(ben, calm, action, **sent, reason="The other one changes today") == 302
    kept = calm.steps.get(action=Step.Action.OVERRODE)
    assert (kept.who, kept.note) == (ben, "The other one changes today")


@pytest.mark.parametrize(
    "kind, key, place, said",
    [
        ("program", "iop", "", "The result of the check"),
        ("guide", "naloxone", "families", "People in danger read it"),
        ("guide", "privacy", "site", "every page leads to it"),
        ("guide", "paying", "paying", "The top or the foot"),
        ("guide", "families", "families", "stands above a part of the guide"),
        ("guide", "first_day", "programs", "address of its own"),
    ],
)
def test_what_the_site_itself_needs_can_not_be_set_to_end_unasked(
    kind: str, key: str, place: str, said: str, ben: User
) -> None:
    of = page(kind, key, place=place)

    for action in ("archive", "end"):
        answer = signed_in(ben).post(
            at(of, "do_change", action), {"at": "2027-03-05T10:00", "note": "x", "reason": " "}
        )
        assert answer.status_code == 422
        assert said in answer.content.decode()
    of.refresh_from_db()
    assert (of.archived, of.ends_at) == (False, None)


def test_a_schedule_with_an_end_is_asked_the_same(ana: User, ben: User) -> None:
    iop = page("program", "iop")
    approved(iop, ana, ben, en_title="New")
    times = {"at": "2027-03-02T10:00", "ends": "2027-03-03T10:00"}

    assert press(ben, iop, "schedule", **times) == 422
    assert state(iop) == State.APPROVED
    assert press(ben, iop, "schedule", at=times["at"]) == 302
    press(ben, iop, "unschedule")
    assert press(ben, iop, "schedule", **times, reason="The house closes") == 302


def test_what_asks_no_due_work_does_not_lead_to_what_is_over(clock: Clock) -> None:
    iop = page("program", "iop")
    offer(iop.key)
    assert program_paths(["iop"], "en")
    assert offered()
    Page.objects.update(ends_at=START + timedelta(hours=1))

    clock.set(START + timedelta(hours=1))

    assert not program_paths(["iop"], "en")
    assert not offered()
    assert shelf("en").find("program", "iop")  # whoever reads the shelf has asked for what is due before


# --- Where it is seen, what it costs, and several at once ---------------------------------------------------------


def test_the_board_and_the_list_say_when_a_page_ends(calm: Page, ana: User, ben: User, clock: Clock) -> None:
    press(ben, calm, "end", at="2027-03-05T00:00", note="x")
    client = signed_in(ana)

    found = {section.key: [(item.words, item.why) for item in section.items] for section in board.board()}
    assert found["ending"] == [("A calm place", "leaves the site 05 Mar 2027, 00:00")]
    assert ", ends 05 Mar 2027, 00:00" in client.get("/staff/programs/guide/").content.decode()

    clock.set(datetime(2027, 3, 5, tzinfo=ZONE))
    # By the list itself, before any visitor comes. Her session of days ago is over.
    assert "rv-state-archived" in signed_in(ana).get("/staff/programs/guide/").content.decode()
    assert not next(section for section in board.board() if section.key == "ending").items


def test_a_kept_page_still_costs_one_query(calm: Page, clock: Clock) -> None:
    ending.end(calm, at=START + timedelta(hours=1), by=None, note="x")
    assert public(calm) == 200
    with CaptureQueriesContext(connection) as asked:
        assert public(calm) == 200
    assert len(asked) == 1

    clock.set(START + timedelta(hours=1))
    public(calm)
    with CaptureQueriesContext(connection) as asked:
        services.current_version()
    assert len(asked) == 1  # done once, not at each request


@pytest.mark.django_db(transaction=True)
def test_of_many_first_visitors_one_ends_it(clock: Clock) -> None:
    for turn in range(4):
        calm = page(key=f"calm_{turn}")
        ending.end(calm, at=clock.time + timedelta(hours=1), by=None, note="x")
        clock.set(clock.time + timedelta(hours=1))

        done = at_once(*[services.current_version] * 4)

        assert not [one for one in done if isinstance(one, Exception)], done
        assert actions(calm).count("archived") == 1


@pytest.mark.django_db(transaction=True)
def test_an_end_that_is_taken_off_in_its_last_second_is_off_or_done(clock: Clock) -> None:
    for turn in range(4):
        calm = page(key=f"calm_{turn}")
        ending.end(calm, at=clock.time + timedelta(hours=1), by=None, note="x")
        clock.set(clock.time + timedelta(hours=1))

        taken, due = at_once(partial(ending.keep_on, calm, by=None), services.apply_due)

        assert not isinstance(due, Exception), due
        calm.refresh_from_db()
        assert calm.ends_at is None
        assert calm.archived == isinstance(taken, services.NotPossible)


@pytest.mark.django_db(transaction=True)
def test_whatever_is_pressed_at_once_nobody_waits_for_good(clock: Clock) -> None:
    """Each step locks the page before the text, so that two never hold what the other needs."""
    ana, ben = person("ana", "editor"), person("ben", "publisher")
    for turn in range(6):
        calm = page(key=f"calm_{turn}")
        approved(calm, ana, ben, en_title="New")
        revision = calm.revisions.get(number=2)
        later = clock.time + timedelta(hours=1)

        done = at_once(
            partial(services.publish, revision, by=ben),
            partial(services.schedule, revision, at=later, by=ben),
            partial(services.save_draft, calm, content(en_title="Newer"), by=ana),
            partial(ending.end, calm, at=later + timedelta(hours=1), by=ben, note="x"),
        )

        failed = [one for one in done if isinstance(one, Exception)]
        assert all(isinstance(one, services.NotPossible) for one in failed), done
