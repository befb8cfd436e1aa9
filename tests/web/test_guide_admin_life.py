"""From draft to live and away again: who may do what, what is refused, and what is written down."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core import signing
from django.test import Client
from django.utils import timezone

from programs import services
from programs.editing import sharing
from programs.models import Page, State, Step
from tests.web.guide_staff import at, content, draft, page, person, signed_in, state

pytestmark = pytest.mark.django_db

HURTS = "<p>A junkie can call us.</p>"


@pytest.fixture
def ana() -> User:
    return person("ana", "editor")


@pytest.fixture
def ben() -> User:
    return person("ben", "publisher")


@pytest.fixture
def calm() -> Page:
    return page()


def press(who: User, of: Page, action: str, **data: str) -> int:
    return signed_in(who).post(at(of, "do_change", action), data).status_code


def actions(of: Page) -> list[str]:
    return list(of.steps.order_by("pk").values_list("action", flat=True))


def local(moment: object) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%dT%H:%M}"  # type: ignore[arg-type]


def test_the_whole_life_of_a_change(
    calm: Page, ana: User, ben: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = services.current_version()
    draft(calm, ana, en_title="A calmer place")
    assert press(ana, calm, "submit", note="Calmer words") == 302
    assert press(ben, calm, "approve") == 302
    tomorrow = timezone.now() + timedelta(days=1)
    assert press(ben, calm, "schedule", at=local(tomorrow)) == 302
    assert state(calm) == State.SCHEDULED
    assert services.current_version() == version  # nothing the public can see has changed

    monkeypatch.setattr(timezone, "now", lambda: tomorrow + timedelta(minutes=1))
    assert services.current_version() > version  # the next public request publishes what is due

    calm.refresh_from_db()
    assert calm.live is not None
    assert calm.live.content["en"]["title"] == "A calmer place"
    assert "calmer" in calm.words_en
    assert actions(calm) == ["published", "saved", "submitted", "approved", "scheduled", "published"]
    assert calm.steps.get(action="submitted").note == "Calmer words"


def test_publishing_at_once_and_archiving_and_coming_back(calm: Page, ana: User, ben: User) -> None:
    draft(calm, ana, en_title="A calmer place")
    press(ana, calm, "submit", note="x")
    press(ben, calm, "approve", note="Good")
    assert press(ben, calm, "publish") == 302
    assert press(ben, calm, "archive", note="Not offered any more") == 302
    calm.refresh_from_db()
    assert calm.archived
    assert press(ben, calm, "archive", note="again") == 422
    assert press(ben, calm, "revive") == 302
    calm.refresh_from_db()
    assert not calm.archived
    assert actions(calm)[-3:] == ["published", "archived", "revived"]


@pytest.mark.parametrize("action", ["approve", "publish", "schedule", "unschedule", "send_back"])
def test_a_draft_can_not_skip_the_steps_before(calm: Page, ana: User, ben: User, action: str) -> None:
    draft(calm, ana, en_title="A calmer place")
    when = local(timezone.now() + timedelta(days=1))

    assert press(ben, calm, action, note="x", at=when) == 422
    assert state(calm) == State.DRAFT


@pytest.mark.parametrize("action", ["submit", "approve", "publish", "schedule", "unschedule", "send_back"])
def test_without_a_draft_no_step_is_taken(calm: Page, ben: User, action: str) -> None:
    when = local(timezone.now() + timedelta(days=1))

    assert press(ben, calm, action, note="x", at=when) == 422
    assert actions(calm) == ["published"]


def test_nobody_approves_what_they_wrote(calm: Page, ben: User) -> None:
    draft(calm, ben, en_title="A calmer place")
    press(ben, calm, "submit", note="x")

    html = signed_in(ben).get(at(calm, "change")).content.decode()
    assert "somebody else must approve it" in html
    assert at(calm, "do_change", "approve") not in html
    assert press(ben, calm, "approve") == 422
    assert state(calm) == State.IN_REVIEW


@pytest.mark.parametrize("action", ["submit", "send_back", "archive"])
@pytest.mark.parametrize("note", ["", "   "])
def test_some_steps_are_not_taken_without_a_reason(
    calm: Page, ana: User, ben: User, action: str, note: str
) -> None:
    revision = draft(calm, ana, en_title="A calmer place")
    if action == "send_back":
        services.submit(revision, by=ana, note="x")
    before = actions(calm)

    assert press(ben, calm, action, note=note) == 422
    assert actions(calm) == before


def test_sent_back_it_is_a_draft_again_and_says_why(calm: Page, ana: User, ben: User) -> None:
    draft(calm, ana, en_title="A calmer place")
    press(ana, calm, "submit", note="x")
    press(ben, calm, "send_back", note="Too long")

    assert state(calm) == State.DRAFT
    assert "Too long" in signed_in(ana).get(at(calm, "history")).content.decode()


def test_saving_over_an_approved_text_takes_its_approval_away(calm: Page, ana: User, ben: User) -> None:
    draft(calm, ana, en_title="A calmer place")
    press(ana, calm, "submit", note="x")
    press(ben, calm, "approve")
    draft(calm, ana, en_title="Something else")

    assert press(ben, calm, "publish") == 422
    assert state(calm) == State.DRAFT


def test_a_scheduled_text_is_not_changed_before_it_is_off_the_schedule(
    calm: Page, ana: User, ben: User
) -> None:
    revision = draft(calm, ana, en_title="A calmer place")
    services.submit(revision, by=ana, note="x")
    services.approve(revision, by=ben)
    services.schedule(revision, at=timezone.now() + timedelta(days=1), by=ben)
    client = signed_in(ana)

    page_of_it = client.get(at(calm, "change")).content.decode()
    assert "Take it off the schedule before you change it." in page_of_it
    assert "Save draft" not in page_of_it
    answer = client.post(at(calm, "change"), {"base": "2", "en-title": "Other"})
    assert answer.status_code == 422
    assert press(ben, calm, "unschedule") == 302
    assert state(calm) == State.APPROVED


@pytest.mark.parametrize(
    "when",
    [
        "",
        "tomorrow",
        "2020-01-01T10:00",
        "0001-01-01T00:00",
        "9999-12-31T23:59",
        "2999-01-01T00:00",
        "2026-13-40T99:99",
    ],
)
def test_a_time_that_can_not_be_is_refused_and_the_page_says_so(
    calm: Page, ana: User, ben: User, when: str
) -> None:
    revision = draft(calm, ana, en_title="A calmer place")
    services.submit(revision, by=ana, note="x")
    services.approve(revision, by=ben)

    assert press(ben, calm, "schedule", at=when) == 422
    assert state(calm) == State.APPROVED


# --- Checks that stop -------------------------------------------------------------------------------------------


def test_a_check_that_blocks_stops_an_editor(calm: Page, ana: User) -> None:
    draft(calm, ana, en_part_1=HURTS)

    answer = signed_in(ana).post(at(calm, "do_change", "submit"), {"note": "x", "reason": "I want to"})

    assert answer.status_code == 422
    html = answer.content.decode()
    assert "1 check stands in the way" in html
    assert "junkie" in html
    assert "Why it goes on" not in html
    assert state(calm) == State.DRAFT


def test_a_publisher_goes_past_it_with_a_reason_that_is_kept(calm: Page, ana: User, ben: User) -> None:
    draft(calm, ana, en_part_1=HURTS)

    assert press(ben, calm, "submit", note="x", reason="  ") == 422
    assert press(ben, calm, "submit", note="x", reason="A quotation from a song") == 302

    override = calm.steps.get(action=Step.Action.OVERRODE)
    assert (override.who, override.note) == (ben, "A quotation from a song")
    assert state(calm) == State.IN_REVIEW


def test_a_reason_is_not_kept_for_a_step_that_failed(calm: Page, ana: User, ben: User) -> None:
    draft(calm, ana, en_part_1=HURTS)

    assert press(ben, calm, "publish", reason="Because") == 422
    assert not calm.steps.filter(action=Step.Action.OVERRODE).exists()


def test_what_became_wrong_after_approval_stops_the_publication(calm: Page, ana: User, ben: User) -> None:
    revision = draft(calm, ana, en_part_1='<p>See <a href="page:other">the other page</a>.</p>')
    other = page(key="other")
    services.submit(revision, by=ana, note="x")
    services.approve(revision, by=ben)
    other.steps.all().delete()
    Page.objects.filter(pk=other.pk).update(key="renamed")

    assert press(ben, calm, "publish") == 422
    assert press(ben, calm, "publish", reason="The page comes back today") == 302


# --- Reviews and links ------------------------------------------------------------------------------------------


def test_a_review_needs_a_name_and_a_day_to_read_it_again(calm: Page, ben: User) -> None:
    today = timezone.localdate()
    whole = {"reviewer": "Eva Lin, MD", "on": str(today), "again": str(today + timedelta(days=365))}

    assert press(ben, calm, "record_review", **{**whole, "reviewer": ""}) == 422
    assert press(ben, calm, "record_review", **{**whole, "again": str(today)}) == 422
    assert press(ben, calm, "record_review", **{**whole, "on": str(today + timedelta(days=1))}) == 422
    assert press(ben, calm, "record_review", **whole) == 302
    calm.refresh_from_db()
    assert calm.reviewed_by == "Eva Lin, MD"


def test_a_signed_link_shows_one_draft_to_whoever_has_it(calm: Page, ana: User) -> None:
    revision = draft(calm, ana, en_title="A calmer place", es_title="Más calma")
    visitor = Client()

    english = visitor.get(sharing.link_to(revision, "en"))
    spanish = visitor.get(sharing.link_to(revision, "es"))

    assert "A calmer place" in english.content.decode()
    assert "This is a draft. It is not public." in english.content.decode()
    assert '<html lang="es">' in spanish.content.decode()
    assert "Más calma" in spanish.content.decode()
    assert english["Cache-Control"] == "no-store"
    assert english["X-Robots-Tag"] == "noindex"
    assert english["X-Frame-Options"] == "DENY"
    assert "application/ld+json" not in english.content.decode()


def test_a_link_ends_with_its_days_and_with_its_draft(
    calm: Page, ana: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    revision = draft(calm, ana, en_title="A calmer place")
    link = sharing.link_to(revision, "en")
    visitor = Client()

    assert visitor.get(link.replace("/en/", "/de/")).status_code == 404
    assert visitor.get(link[:-6] + "x/en/").status_code == 404
    forged = signing.dumps([calm.pk, revision.number], salt="other")
    assert visitor.get(f"/preview/{forged}/en/").status_code == 404
    late = signing.time.time() + sharing.LASTS.total_seconds() + 60  # type: ignore[attr-defined]
    with monkeypatch.context() as patch:
        patch.setattr(signing.time, "time", lambda: late)  # type: ignore[attr-defined]
        assert visitor.get(link).status_code == 404
    assert visitor.get(link).status_code == 200
    draft(calm, ana, en_title="Newer")
    assert visitor.get(link).status_code == 404


def test_only_the_frame_of_a_preview_may_be_framed_and_by_us_alone(calm: Page, ana: User) -> None:
    client = signed_in(ana)
    frame = client.get(at(calm, "frame_change", 1, "es"))

    assert frame["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in frame["Content-Security-Policy"]
    assert frame["Cache-Control"] == "no-store"
    assert '<html lang="es">' in frame.content.decode()
    for place in ("change", "preview_change", "history"):
        other = client.get(at(calm, place))
        assert other["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in other["Content-Security-Policy"]


@pytest.mark.parametrize("kind", ["program", "guide", "question", "term"])
def test_every_kind_of_page_is_previewed_as_the_public_reads_it(kind: str, ana: User) -> None:
    of = page(kind, "calm_too", live=False)
    services.save_draft(of, content(kind, en_title="A word of calm"), by=ana)
    client = signed_in(ana)

    for language in ("en", "es"):
        assert client.get(at(of, "frame_change", 1, language)).status_code == 200
    assert "A word of calm" in client.get(at(of, "frame_change", 1, "en")).content.decode()
    shown = client.get(at(of, "preview_change"), {"language": "es", "width": "desktop", "theme": "dark"})
    assert at(of, "frame_change", 1, "es") in shown.content.decode()


@pytest.mark.parametrize("place", ["frame/9/en/", "frame/1/de/", f"frame/{10**30}/en/"])
def test_a_frame_of_what_is_not_there_is_missing(calm: Page, ana: User, place: str) -> None:
    assert signed_in(ana).get(f"/staff/programs/guide/{calm.pk}/{place}").status_code == 404
