"""Words that were typed and not saved: kept for one person, offered back, never a revision, never over others' words."""

from datetime import timedelta
from functools import partial
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from programs import services
from programs.editing import copies
from programs.editing.standing import standing
from programs.models import Page, State, WorkingCopy
from tests.web.guide_staff import at, content, draft, page, person, signed_in, typed
from tests.web.test_guide_admin_editing import HOSTILE
from tests.web.test_races import at_once

pytestmark = pytest.mark.django_db

TAKEN = "?words=mine"


@pytest.fixture
def ana() -> User:
    return person("ana", "editor", first_name="Ana", last_name="Ruiz")


@pytest.fixture
def calm() -> Page:
    return page()


@pytest.fixture
def client(ana: User) -> Client:
    return signed_in(ana)


def sent(of: Page, opened: str = "one", **changes: str) -> dict[str, str]:
    return {**typed(of, **changes), "opened": opened}


def keep(client: Client, of: Page, opened: str = "one", **changes: str) -> Any:
    return client.post(at(of, "keep_change"), sent(of, opened, **changes))


def boxes(client: Client, of: Page, query: str = "") -> Any:
    return client.get(at(of, "change") + query)


def test_what_is_typed_is_kept_again_and_again_and_the_history_stays_as_it_was(
    client: Client, calm: Page, ana: User
) -> None:
    steps = calm.steps.count()
    for words in ("One", "One two", "One two three"):
        answer = keep(client, calm, en_title=words, note="numbers")
        assert answer.json()["saved"] == copies.clock(timezone.now())

    copy = WorkingCopy.objects.get()
    assert (copy.who, copy.base, copy.note) == (ana, 1, "numbers")
    assert copy.content["en"]["title"] == "One two three"
    assert copy.content["es"] == content()["es"]
    assert (calm.revisions.count(), calm.steps.count()) == (1, steps)
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Robots-Tag"] == "noindex"


def test_only_the_one_who_typed_them_is_offered_them(client: Client, calm: Page) -> None:
    keep(client, calm, en_title="Only mine")

    assert "You have unsaved words from" in boxes(client, calm).content.decode()
    other = signed_in(person("ben", "publisher"))
    for query in ("", TAKEN):
        html = boxes(other, calm, query).content.decode()
        assert "unsaved words" not in html
        assert "Only mine" not in html


def test_taken_back_they_stand_in_the_boxes_and_saving_ends_them(client: Client, calm: Page) -> None:
    keep(client, calm, en_title="Come back", note="why")
    html = boxes(client, calm).content.decode()
    assert "Come back" not in html

    answer = client.post(at(calm, "unsaved_change", "take"), follow=True)
    form = answer.context["form"]
    assert form["en-title"].value() == "Come back"
    assert form["note"].value() == "why"
    assert "The boxes hold your unsaved words" in answer.content.decode()
    mark = form["opened"].value()
    assert client.post(at(calm, "change"), sent(calm, mark, en_title="Come back")).status_code == 302

    assert not WorkingCopy.objects.exists()
    assert calm.revisions.first().content["en"]["title"] == "Come back"  # type: ignore[union-attr]
    assert "unsaved" not in boxes(client, calm, TAKEN).content.decode().split("ed-kept")[0].split("<form")[0]


def test_thrown_away_they_are_gone(client: Client, calm: Page) -> None:
    keep(client, calm, en_title="Never mind")

    assert client.post(at(calm, "unsaved_change", "drop")).status_code == 302

    assert not WorkingCopy.objects.exists()
    assert client.post(at(calm, "unsaved_change", "take"), follow=True).status_code == 200
    assert client.post(at(calm, "unsaved_change", "explode")).status_code == 404


def test_words_that_are_as_they_were_saved_are_not_kept(client: Client, calm: Page, ana: User) -> None:
    assert keep(client, calm).json() == {"saved": ""}
    keep(client, calm, en_title="Other")
    assert WorkingCopy.objects.exists()
    # What a last request on the way out sends after the save has been served.
    draft(calm, ana, en_title="Other")
    keep(client, calm, en_title="Other", base="1")

    assert not WorkingCopy.objects.exists()


def test_another_window_does_not_write_over_them_nor_does_its_save_end_them(
    client: Client, calm: Page
) -> None:
    keep(client, calm, "first", en_title="From the first")

    answer = keep(client, calm, "second", en_title="From the second")
    assert answer.status_code == 409
    assert "You have other unsaved words" in answer.json()["why"]
    client.post(at(calm, "change"), sent(calm, "second", en_title="Saved by the second"))
    assert WorkingCopy.objects.get().content["en"]["title"] == "From the first"

    assert keep(client, calm, "first", en_title="From the first", base="1").status_code == 200
    client.post(at(calm, "unsaved_change", "take"))
    assert keep(client, calm, "first", en_title="Late", base="1").status_code == 409


def test_somebody_else_saved_meanwhile_and_nothing_is_lost(client: Client, calm: Page) -> None:
    ben = person("ben", "editor", first_name="Ben", last_name="Li")
    draft(calm, ben, en_part_1="<p>You can visit us. We listen.</p>")
    mine = "<p>You can write to us. We listen.</p>"

    answer = keep(client, calm, base="1", en_part_1=mine)
    assert answer.status_code == 200
    assert "Somebody saved this page meanwhile" in answer.json()["also"]
    assert "you will see both texts" in boxes(client, calm).content.decode()

    html = client.post(at(calm, "unsaved_change", "take"), follow=True)
    assert "Ben Li saved this page" in html.content.decode()
    assert "Nothing is lost" in html.content.decode()
    form = html.context["form"]
    assert form["en-part_1"].value() == mine
    taken = sent(calm, form["opened"].value(), en_part_1=mine, base=form["base"].value(), take_over="1")
    # Typing goes on to be kept before they have said why.
    assert client.post(at(calm, "keep_change"), taken).status_code == 200
    assert client.post(at(calm, "change"), taken).status_code == 422
    assert WorkingCopy.objects.exists()
    assert client.post(at(calm, "change"), {**taken, "note": "Agreed with Ben"}).status_code == 302
    assert not WorkingCopy.objects.exists()


def test_a_save_that_meets_another_keeps_the_unsaved_words(client: Client, calm: Page) -> None:
    keep(client, calm, en_title="Mine")
    draft(calm, person("ben", "editor"), en_title="Theirs")

    assert client.post(at(calm, "change"), sent(calm, en_title="Mine", base="1")).status_code == 409
    assert WorkingCopy.objects.exists()


def test_while_a_text_is_scheduled_they_wait(client: Client, calm: Page, ana: User) -> None:
    ben = person("ben", "publisher")
    revision = draft(calm, ana, en_title="Tomorrow")
    services.submit(revision, by=ana, note="x")
    services.approve(revision, by=ben)
    services.schedule(revision, at=timezone.now() + timedelta(days=1), by=ben)

    assert keep(client, calm, en_title="Typed when it was set").status_code == 200

    html = boxes(client, calm).content.decode()
    assert "They can be taken back when this text is off the schedule" in html
    assert at(calm, "unsaved_change", "take") not in html
    assert calm.revisions.first().state == State.SCHEDULED  # type: ignore[union-attr]


def test_hostile_words_are_cleaned_before_they_are_kept(client: Client, calm: Page) -> None:
    names = [f"{language}_part_{number}" for number in range(1, 9) for language in ("en", "es")]
    given = dict(zip(names, HOSTILE, strict=False))
    keep(client, calm, **given, en_title="<script>alert(1)</script>")

    kept = WorkingCopy.objects.get().content
    assert {text: kept[name[:2]][name[3:]] for name, text in given.items()} == HOSTILE
    html = client.post(at(calm, "unsaved_change", "take"), follow=True).content.decode()
    assert "<script>alert(1)" not in html


@pytest.mark.parametrize(
    "changes", [{"en_title": "x" * 91}, {"base": "x"}, {"base": "9" * 20}, {"note": "n" * 501}, {"base": ""}]
)
def test_what_a_save_would_refuse_is_not_kept_and_is_said_in_words(
    client: Client, calm: Page, changes: dict[str, str]
) -> None:
    keep(client, calm, en_title="Before")

    answer = keep(client, calm, **changes)

    assert answer.status_code == 422
    assert answer.json()["why"]
    assert WorkingCopy.objects.get().content["en"]["title"] == "Before"


def test_too_many_bytes_are_refused_unread(client: Client, calm: Page) -> None:
    answer = keep(client, calm, en_part_1="x" * (1024 * 1024 + 1))

    assert answer.status_code == 413
    assert not WorkingCopy.objects.exists()


@pytest.mark.parametrize("role", ["anonymous", "staff", "reviewer"])
def test_who_may_not_write_keeps_nothing(role: str, calm: Page) -> None:
    other = Client() if role == "anonymous" else signed_in(person("otto"))
    if role == "reviewer":  # sees pages and approves them, and writes none
        person("otto").user_permissions.add(
            *Permission.objects.filter(codename__in=("view_page", "review_page"))
        )

    answers = {
        keep(other, calm, en_title="x").status_code,
        other.post(at(calm, "unsaved_change", "take")).status_code,
        other.post(at(calm, "unsaved_change", "drop")).status_code,
    }

    assert answers == {302 if role == "anonymous" else 403}
    assert not WorkingCopy.objects.exists()


def test_the_doors_take_a_token_and_a_post_and_a_page_that_is_there(ana: User, calm: Page) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(ana)

    for name, more in (("keep_change", ()), ("unsaved_change", ("drop",))):
        assert strict.post(at(calm, name, *more), sent(calm)).status_code == 403
        assert strict.get(at(calm, name, *more)).status_code == 405
    assert signed_in(ana).post("/staff/programs/guide/999999/keep/").status_code == 302


def test_keeping_asks_as_often_whatever_there_is(client: Client, calm: Page) -> None:
    def asked(words: str) -> int:
        with CaptureQueriesContext(connection) as context:
            keep(client, calm, en_title=words)
        return len(context)

    keep(client, calm, en_title="first")
    few = asked("second")
    for number in range(5):
        draft(calm, person("ben", "editor"), en_title=f"Draft {number}")
    assert asked("third") == few
    assert few <= 20


def test_forgotten_words_are_purged_and_no_others(client: Client, calm: Page, ana: User) -> None:
    keep(client, calm, en_title="Forgotten")
    keep(client, page(key="other"), en_title="Fresh")
    now = timezone.now()
    WorkingCopy.objects.filter(page=calm).update(saved=now - copies.KEPT)

    def printed(*arguments: str) -> str:
        out = StringIO()
        call_command("purge_copies", *arguments, stdout=out)
        return out.getvalue()

    assert copies.purge(now - timedelta(seconds=1)) == 0
    assert printed("--dry-run") == "1 unsaved texts would be deleted\n"
    assert WorkingCopy.objects.count() == 2
    assert printed() == "1 unsaved texts deleted\n"
    assert WorkingCopy.objects.get().page.key == "other"


def test_the_day_is_said_when_it_was_not_today(monkeypatch: pytest.MonkeyPatch) -> None:
    now = timezone.now().replace(year=2027, month=3, day=5, hour=0, minute=1)
    monkeypatch.setattr(timezone, "now", lambda: now)

    assert copies.clock(now) == "00:01"
    assert copies.clock(now - timedelta(minutes=2)) == "04 March, 23:59"


@pytest.mark.django_db(transaction=True)
def test_a_save_and_what_was_typed_before_it_at_once_leave_no_ghost() -> None:
    ana = person("ana", "editor")
    for turn in range(6):
        calm = page(key=f"calm_{turn}")
        words = content(en_title="Typed and saved")
        keeping = partial(copies.keep, calm, words, by=ana, opened="one", base=1, note="")

        def save(calm: Page = calm, words: services.Content = words) -> None:
            services.save_draft(calm, words, by=ana, base=1)
            copies.throw_away(calm, ana, opened="one")

        done = at_once(keeping, save)

        assert not [one for one in done if isinstance(one, Exception)], done
        assert not WorkingCopy.objects.filter(page=calm).exists()
        assert standing(calm).newest == 2


@pytest.mark.django_db(transaction=True)
def test_two_windows_at_once_make_one_row_and_one_is_told() -> None:
    ana = person("ana", "editor")
    for turn in range(6):
        calm = page(key=f"calm_{turn}")
        done = at_once(
            *[
                partial(copies.keep, calm, content(en_title=mark), by=ana, opened=mark, base=1, note="")
                for mark in ("one", "two")
            ]
        )

        assert sum(isinstance(one, copies.Elsewhere) for one in done) == 1, done
        assert WorkingCopy.objects.filter(page=calm).count() == 1
