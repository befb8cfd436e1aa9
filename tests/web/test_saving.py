"""Save and come back later: four words, made once, open the same check on any device until it ends."""

from collections.abc import Iterator
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.conf import settings as project
from django.utils import timezone
from pytest_django import Settings

from screening import saving, services, words
from screening.intake import handoff
from screening.intake.models import HandoffCode
from screening.models import Answer, SavedCheck, Screening
from screening.protocol import LIVE
from screening.revisions.registry import Pinned
from tests.web.saved import Clock, come_back, save, shown, standing_clock
from tests.web.walk import COOKIE, FIRST, LANGUAGES, VOICES, Visitor, calm, in_voice, number_of

pytestmark = pytest.mark.django_db

NEW = "new-" + "n" * 40


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return standing_clock(monkeypatch)


@pytest.fixture(autouse=True)
def _quick() -> Iterator[None]:
    """How slow the hash is matters to who guesses, not to these tests."""
    with patch.object(saving, "COST", 2):
        yield


# --- There and back -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("voice", VOICES)
def test_the_words_open_the_check_on_another_device_where_it_was_left(language: str, voice: str) -> None:
    answers = in_voice(calm(upto="place_to_live"), voice)
    mine = save(Visitor(language).sit_down(answers))

    other = Visitor(language)
    come_back(other, mine)

    assert other.response.status_code == 303
    assert other.response["Location"] == other.url(
        "step", number_of(in_voice(calm(), voice), "place_to_live")
    )
    other.follow()
    assert "place_to_live" in other.asked()
    assert other.saved() == answers


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_had_finished_comes_back_to_the_result(language: str) -> None:
    mine = save(Visitor(language).sit_down(calm()))
    other = Visitor(language)

    assert come_back(other, mine)["Location"] == other.url("result")
    assert other.follow().status_code == 200


@pytest.mark.parametrize(("made", "typed"), [("en", "es"), ("es", "en")])
def test_words_of_one_language_open_on_the_page_of_the_other(made: str, typed: str) -> None:
    mine = save(Visitor(made).sit_down(calm()))

    assert come_back(Visitor(typed), mine).status_code == 303


def test_the_same_code_is_shown_in_the_words_of_each_language_and_both_open() -> None:
    english = Visitor("en").sit_down(calm())
    mine = save(english)
    spanish = Visitor("es")
    spanish.token = english.token
    spanish.go("save")

    theirs = shown(spanish)

    assert set(mine.split()) <= set(words.words_of("en"))
    assert set(theirs.split()) <= set(words.words_of("es"))
    for one in (mine, theirs):
        other = Visitor()
        assert come_back(other, one).status_code == 303
        assert other.token == english.token


def test_it_is_typed_as_people_type() -> None:
    mine = save(Visitor().sit_down(calm()))

    for typed in (
        mine.upper(),
        mine.replace(" ", "-"),
        mine.replace(" ", ""),
        f"  {mine.replace(' ', chr(10))}.",
    ):
        assert come_back(Visitor(REMOTE_ADDR=f"203.0.{len(typed)}.1"), typed).status_code == 303


def test_the_cookie_is_as_at_the_start() -> None:
    started, back = Visitor(), Visitor()
    started.begin()
    begun = started.trail[1].cookies[COOKIE]
    come_back(back, save(started))
    given = back.response.cookies[COOKIE]

    assert {key: given[key] for key in given} == {key: begun[key] for key in begun}
    assert given["httponly"]
    assert given.value == begun.value


def test_answers_given_after_coming_back_are_one_check_on_both_devices() -> None:
    first, second = Visitor().sit_down(calm(upto="age")), Visitor()
    come_back(second, save(first))
    second.follow()
    second.send({"age": "65_plus"})

    assert first.saved()["age"] == ("65_plus",)
    assert Screening.objects.count() == 1


def test_rules_that_were_updated_meanwhile_are_told_as_to_anybody(monkeypatch: pytest.MonkeyPatch) -> None:
    other = Visitor()
    mine = save(Visitor().sit_down(calm()))
    monkeypatch.setattr(services, "pinned", lambda row: Pinned(LIVE, updated=True))

    come_back(other, mine)

    assert "The rules were updated" in other.follow().content.decode()


# --- The page with the words --------------------------------------------------------------------------------------


def test_saving_keeps_a_check_for_seven_days_and_stopping_for_one(clock: Clock) -> None:
    visitor = Visitor().sit_down(calm())
    save(visitor)
    assert Screening.objects.get().expires_at == timezone.now() + timedelta(days=project.SCREENING_SAVED_DAYS)
    clock(timedelta(days=6))

    visitor.send({"stop": "1"})

    assert Screening.objects.get().expires_at == timezone.now() + timedelta(
        hours=project.SCREENING_KEEP_HOURS
    )
    assert not SavedCheck.objects.exists()
    assert visitor.saved() == calm()
    assert visitor.follow().status_code == 200
    assert not shown(visitor)


def test_the_words_are_shown_for_ten_minutes_and_then_never_again(clock: Clock) -> None:
    visitor = Visitor().sit_down(calm())
    mine = save(visitor)
    clock(timedelta(minutes=9))
    visitor.go("save")
    assert shown(visitor) == mine

    clock(timedelta(minutes=2))
    visitor.go("save")

    assert not shown(visitor)
    assert mine not in visitor.page.text
    assert "You have a 4-word code" in visitor.page.text
    assert come_back(Visitor(), mine).status_code == 303


def test_new_words_replace_the_earlier_ones() -> None:
    visitor = Visitor().sit_down(calm())
    first = save(visitor)
    second = save(visitor)

    assert first != second
    assert SavedCheck.objects.count() == 1
    assert come_back(Visitor(), first).status_code == 422
    assert come_back(Visitor(), second).status_code == 303


def test_looking_at_the_page_saves_nothing() -> None:
    visitor = Visitor().sit_down(calm())
    before = Screening.objects.get().expires_at

    visitor.go("save")

    assert Screening.objects.get().expires_at == before
    assert not SavedCheck.objects.exists()


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_of_a_saved_check_say_so_and_lead_there(language: str) -> None:
    visitor = Visitor(language).sit_down(calm())
    for address in (("step", 3), ("answers",), ("result",)):
        visitor.go(*address)
        assert visitor.url("save") in {href for href, _ in visitor.page.links}
    visitor.step(3)
    before = visitor.page.text
    save(visitor)
    visitor.step(3)

    assert before != visitor.page.text
    seen = {"en": "Saved with a 4-word code", "es": "Guardado con un código de 4 palabras"}[language]
    assert f"<summary>{seen}</summary>" in visitor.page.html
    assert visitor.url("resume") in {href for href, _ in _at(language, "home")}
    assert visitor.url("resume") in {href for href, _ in _at(language, "start")}
    assert visitor.url("resume") in {href for href, _ in _at(language, "answers")}


def _at(language: str, name: str) -> list[tuple[str, str]]:
    stranger = Visitor(language)
    stranger.go(name)
    return stranger.page.links


# --- Words that open nothing ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ("", ""),
        ("x" * 5000, ""),
        ("acorn acre across", "3"),
        ("acorn acre across active acorn", "5"),
        ("acorn acre across qwzx", "qwzx"),
        ("acorn acre qwzy qwzx", ""),
        ("acorn acre across active", ""),
        ("abanico abedul abeja abierto", ""),
        ("acorn acre across <script>", "script"),
        ("\u202e\ud7ff \u200b \N{PILE OF POO} \ufdfa", "0"),
    ],
)
def test_what_opens_nothing_is_said_and_kept_as_typed(language: str, typed: str, named: str) -> None:
    visitor = Visitor(language)

    come_back(visitor, typed)

    assert visitor.response.status_code == 422
    assert visitor.page.forms[0].values("words") == [typed]
    assert named in visitor.page.text
    assert "<script>" not in visitor.page.html
    assert visitor.page.title.startswith("Error:")
    assert not visitor.response.cookies.get(COOKIE)


@pytest.mark.parametrize("body", [{}, {"words": ["a", "b"]}, {"instead": "x"}, {"delete": "1"}])
def test_a_form_with_missing_or_odd_fields_is_refused_kindly(body: dict[str, object]) -> None:
    visitor = Visitor()
    visitor.go("resume")

    assert visitor.post(visitor.url("resume"), {**visitor.page.forms[0].hidden(), **body}).status_code == 422


def test_after_seven_days_nothing_opens_and_nothing_is_left(clock: Clock) -> None:
    mine = save(Visitor().sit_down(calm()))
    clock(timedelta(days=7) - timedelta(seconds=1))
    assert come_back(Visitor(), mine).status_code == 303

    clock(timedelta(seconds=1))

    assert come_back(Visitor(), mine).status_code == 422
    assert services.purge() == 1
    assert not Screening.objects.exists()
    assert not SavedCheck.objects.exists()
    assert not Answer.objects.exists()


@pytest.mark.parametrize("column", ["sealed", "lookup"])
@pytest.mark.parametrize("value", [b"", b"x" * 5, b"y" * 71])
def test_a_row_that_was_changed_opens_nothing_and_is_no_failure(column: str, value: bytes) -> None:
    mine = save(Visitor().sit_down(calm()))
    SavedCheck.objects.update(**{column: value})

    assert come_back(Visitor(), mine).status_code == 422


def test_words_whose_check_was_tampered_with_open_nothing() -> None:
    mine = save(Visitor().sit_down(calm()))
    Answer.objects.update(sealed=b"x" * 540)

    assert come_back(Visitor(), mine).status_code == 422


# --- Leaving, starting again, clearing, deleting ------------------------------------------------------------------


def test_leaving_keeps_what_was_saved_and_takes_the_cookie() -> None:
    visitor = Visitor().sit_down(calm())
    mine = save(visitor)

    visitor.go("leave")

    assert visitor.response["Location"] == project.EXIT_URL
    assert visitor.response.cookies[COOKIE]["max-age"] == 0
    assert visitor.go("result").status_code == 410
    other = Visitor()
    assert come_back(other, mine).status_code == 303
    assert other.saved() == calm()


def test_starting_again_keeps_what_was_saved() -> None:
    visitor = Visitor().sit_down(calm())
    mine = save(visitor)
    visitor.go("start")
    visitor.send({FIRST: "them"})

    assert Screening.objects.count() == 2
    assert come_back(Visitor(), mine).status_code == 303


def test_clearing_deletes_it_and_its_words() -> None:
    visitor = Visitor().sit_down(calm())
    mine = save(visitor)
    visitor.go("clear")

    visitor.send()

    assert Screening.objects.count() == SavedCheck.objects.count() == Answer.objects.count() == 0
    assert come_back(Visitor(), mine).status_code == 422


def test_the_words_delete_what_they_open_from_any_device() -> None:
    owner, other = Visitor().sit_down(calm()), Visitor().sit_down(calm({"age": "18_25"}))
    mine = save(owner)
    handoff.make({"x": 1}, owner.token)

    come_back(other, mine, delete="1")

    assert other.response["Location"] == other.url("deleted")
    assert not other.response.cookies.get(COOKIE)
    assert other.saved() == calm({"age": "18_25"})
    assert not SavedCheck.objects.exists()
    assert not HandoffCode.objects.exists()
    assert Screening.objects.count() == 1
    assert other.follow().status_code == 200
    assert owner.go("result").status_code == 410
    assert come_back(Visitor(), mine, delete="1").status_code == 422


def test_deleting_ones_own_with_the_words_takes_the_cookie_too() -> None:
    owner = Visitor().sit_down(calm())
    come_back(owner, save(owner), delete="1")

    assert owner.response.cookies[COOKIE]["max-age"] == 0
    assert owner.response["Clear-Site-Data"] == '"cache"'


# --- A browser that holds other answers -----------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_other_answers_are_not_lost_without_a_word(language: str) -> None:
    mine = save(Visitor(language).sit_down(calm()))
    visitor = Visitor(language).sit_down(calm(upto="now"))

    come_back(visitor, mine)
    assert visitor.response.status_code == 422
    assert visitor.page.forms[0].values("words") == [mine]
    assert visitor.saved() == calm(upto="now")
    going_on = visitor.url("step", number_of(calm(), "now"))
    assert going_on in {href for href, _ in visitor.page.links}
    before = visitor.token

    assert come_back(visitor, mine, instead="on").status_code == 303
    assert visitor.saved() == calm()
    with pytest.raises(services.CheckGone):
        services.open_check(before)


def test_other_answers_that_are_saved_themselves_need_no_question() -> None:
    mine = save(Visitor().sit_down(calm()))
    visitor = Visitor().sit_down(calm(upto="now"))
    others = save(visitor)

    assert come_back(visitor, mine).status_code == 303
    assert visitor.saved() == calm()
    assert come_back(visitor, others).status_code == 303
    assert visitor.saved() == calm(upto="now")


def test_the_same_check_needs_no_question_either() -> None:
    visitor = Visitor().sit_down(calm())

    assert come_back(visitor, save(visitor)).status_code == 303
    assert Screening.objects.count() == 1


# --- Secrets that are replaced, or missing ----------------------------------------------------------------------------


def test_words_outlive_a_new_secret_while_the_old_one_is_listed(settings: Settings) -> None:
    owner = Visitor().sit_down(calm())
    mine = save(owner)
    settings.SCREENING_KEYS = [NEW, *settings.SCREENING_KEYS]
    owner.go("save")
    assert shown(owner) == mine
    assert come_back(Visitor(), mine).status_code == 303
    fresh = save(owner)

    settings.SCREENING_KEYS = [NEW]

    assert come_back(Visitor(), mine).status_code == 422
    assert come_back(Visitor(), fresh).status_code == 422, "the check itself was locked with the old secret"


def test_without_the_desks_keys_the_pages_say_so_and_clearing_goes_on(settings: Settings) -> None:
    visitor = Visitor().sit_down(calm())
    mine = save(visitor)
    settings.CONTACT_KEYS = []

    assert come_back(Visitor(), mine).status_code == 503
    assert visitor.go("result").status_code == 200
    visitor.go("clear")
    assert visitor.send().status_code == 303
    assert not SavedCheck.objects.exists()
