"""Old tabs, double clicks, made-up addresses, lost and foreign cookies: nothing saved is lost, nothing leaks."""

import secrets
from datetime import timedelta

import pytest
from django.utils import timezone

from screening import services
from screening.models import Answer, Screening
from screening.protocol import LIVE
from tests.web.walk import (
    COOKIE,
    FIRST,
    LANGUAGES,
    NEED_A_CHECK,
    OPENED,
    OPENER,
    Visitor,
    calm,
    engine,
    number_of,
    standing_at,
)

pytestmark = pytest.mark.django_db


# --- Old tabs, twice, and both at once ----------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_answer_to_a_question_that_left_the_path_is_kindly_not_taken(language: str) -> None:
    question, choices = OPENER
    visitor = standing_at(OPENED, language, signs=choices)  # type: ignore[arg-type]
    old_tab, old_path = visitor.page.forms[0], visitor.path
    visitor.step(number_of(calm(), question))
    visitor.send({question: "none"})
    before = visitor.saved()

    visitor.post(old_path, {**old_tab.hidden(), OPENED: "needed_more"})

    assert visitor.response.status_code == 409
    assert visitor.page.language == language
    assert visitor.saved() == before
    onward = next(href for href, _ in visitor.page.links if "/step/" in href or "/paso/" in href)
    assert visitor.open(onward).status_code == 200


def test_an_answer_from_an_old_step_number_goes_to_its_own_question() -> None:
    question, choices = OPENER
    visitor = Visitor().sit_down(calm())
    last = engine().path(calm()).steps[-1]
    visitor.step(last.number)
    old_tab, old_path = visitor.page.forms[0], visitor.path
    visitor.step(number_of(calm(), question))
    visitor.send({question: choices})
    visitor.follow()
    visitor.send({OPENED: "none"})
    assert number_of(visitor.saved(), last.questions[0]) != last.number
    other = next(c for c in LIVE.question(last.questions[0]).choice_keys if (c,) != calm()[last.questions[0]])

    visitor.post(old_path, {**old_tab.hidden(), last.questions[0]: other})

    assert visitor.response.status_code == 303
    assert visitor.saved()[last.questions[0]] == (other,)
    assert {k: v for k, v in visitor.saved().items() if k != last.questions[0]} == {
        k: v for k, v in calm({question: choices}).items() if k != last.questions[0]
    }


def test_an_answer_still_asked_for_is_kept_when_another_tab_opened_a_question_before_it() -> None:
    question, choices = OPENER
    visitor = standing_at("ties")
    old_tab, old_path = visitor.page.forms[0], visitor.path
    visitor.step(number_of(calm(), question))
    visitor.send({question: choices})

    visitor.post(old_path, {**old_tab.hidden(), "ties": "caring"})

    assert visitor.response.status_code == 303
    assert visitor.saved()["ties"] == ("caring",)
    visitor.follow()
    assert visitor.asked() == [OPENED]


def test_sending_a_form_twice_saves_one_answer_and_leads_to_the_same_place() -> None:
    visitor = standing_at("age")
    form = visitor.page.forms[0]

    places = [visitor.post(visitor.path, {**form.hidden(), "age": "18_25"})["Location"] for _ in range(5)]

    assert set(places) == {visitor.url("step", 2)}
    assert Answer.objects.count() == 2
    assert visitor.saved()["age"] == ("18_25",)


def test_two_tabs_answering_different_questions_lose_nothing() -> None:
    first = Visitor().sit_down(calm())
    second = Visitor()
    second.token = first.token
    first.step(number_of(calm(), "age"))
    second.step(number_of(calm(), "place_to_live"))

    first.send({"age": "65_plus"})
    second.send({"place_to_live": "might_lose"})

    assert first.saved() == second.saved()
    assert (first.saved()["age"], first.saved()["place_to_live"]) == (("65_plus",), ("might_lose",))


def test_the_last_of_two_tabs_on_one_question_wins() -> None:
    first = standing_at("age")
    second = Visitor()
    second.token = first.token
    second.step(1)

    first.send({"age": "65_plus"})
    second.send({"age": "18_25"})

    assert first.saved()["age"] == ("18_25",)
    assert Answer.objects.count() == 2


# --- Addresses somebody made up -----------------------------------------------------------------------------


@pytest.mark.parametrize("number", [99, 10**6, 2**31, 2**63, 10**30, 10**300])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_step_nobody_has_leads_to_the_first_open_question(number: int, language: str) -> None:
    visitor = Visitor(language).sit_down(calm(upto="now"))
    here = visitor.url("step", number_of(calm(), "now"))

    visitor.open(here.replace(f"/{number_of(calm(), 'now')}/", f"/{number}/"))

    assert visitor.response.status_code == 303
    assert visitor.response["Location"] == here


@pytest.mark.parametrize(
    "made_up", ["-1", "1.5", "x", "١", "1e3", "0x1", "9" * 5000, "now", "%31%30%00", "1%2F2", " 1"]
)
def test_a_step_that_is_no_number_is_a_page_that_says_so(made_up: str) -> None:
    visitor = Visitor().sit_down(calm())

    status = visitor.open(f"/check/step/{made_up}/").status_code

    assert status in (303, 400, 404)
    assert status == 303 or "988" in visitor.page.text
    assert visitor.saved() == calm()


def test_skipping_ahead_leads_to_the_first_open_question() -> None:
    visitor = Visitor().sit_down(calm(upto="age"))

    for number in range(2, 12):
        assert visitor.step(number)["Location"] == visitor.url("step", 1)
    for name in ("result", "print"):
        assert visitor.go(name)["Location"] == visitor.url("answers")
    visitor.go("answers")
    assert visitor.url("step", 1) in [href for href, _ in visitor.page.links]
    assert visitor.url("result") not in [href for href, _ in visitor.page.links]


def test_answering_a_question_that_is_not_asked_is_not_taken() -> None:
    visitor = standing_at("age")
    form = visitor.page.forms[0]

    for screen in (OPENED, "no_such_question", "", "screen"):
        body = {**form.hidden(), "screen": screen, OPENED: "none", FIRST: "them"}
        assert visitor.post(visitor.path, body).status_code == 409

    assert visitor.saved() == calm(upto="age")


def test_who_it_is_about_can_be_changed_and_the_rest_stays() -> None:
    visitor = Visitor().sit_down(calm())
    visitor.step(0)
    form = visitor.page.forms[0]

    visitor.post(visitor.path, {**form.hidden(), FIRST: "them"})

    assert visitor.saved() == {**calm(), FIRST: ("them",)}


def test_fields_that_belong_to_other_questions_are_not_looked_at() -> None:
    visitor = standing_at("age")
    form = visitor.page.forms[0]

    visitor.post(visitor.path, {**form.hidden(), "age": "18_25", "now": "none", FIRST: "them", "pk": "1"})

    assert visitor.saved() == {FIRST: ("me",), "age": ("18_25",)}


# --- No check, or not this person's -------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", NEED_A_CHECK, ids=lambda address: address[0])
def test_without_a_check_there_is_a_calm_page(language: str, address: tuple[str, int]) -> None:
    visitor = Visitor(language)

    visitor.go(*address)

    assert visitor.response.status_code == 410
    assert visitor.page.language == language
    assert "988" in visitor.page.text
    assert visitor.url("start") in [href for href, _ in visitor.page.links]


def _expired(visitor: Visitor) -> None:
    Screening.objects.update(expires_at=timezone.now() - timedelta(seconds=1))


def _unknown(visitor: Visitor) -> None:
    visitor.token = secrets.token_urlsafe(32)


def _tampered(visitor: Visitor) -> None:
    visitor.token = ("A" if visitor.token[0] != "A" else "B") + visitor.token[1:]


def _cut(visitor: Visitor) -> None:
    visitor.token = visitor.token[:-1]


def _of_an_old_protocol(visitor: Visitor) -> None:
    Screening.objects.update(protocol_version="1999.1")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("loss", [_expired, _unknown, _tampered, _cut, _of_an_old_protocol])
def test_a_check_that_cannot_be_opened_is_gone_on_every_page(loss: object, language: str) -> None:
    visitor = Visitor(language).sit_down(calm())
    visitor.step(3)
    form, path = visitor.page.forms[0], visitor.path
    loss(visitor)  # type: ignore[operator]
    token = visitor.token

    for address in NEED_A_CHECK:
        visitor.token = token
        visitor.go(*address)
        assert visitor.response.status_code == 410
        assert visitor.page.language == language
        assert visitor.response.cookies[COOKIE]["max-age"] == 0
    visitor.token = token
    assert visitor.post(path, {**form.hidden(), "now": "none"}).status_code == 410
    assert Screening.objects.count() == 1


def test_an_unknown_token_is_never_adopted() -> None:
    for _ in range(1000):
        with pytest.raises(services.CheckGone):
            services.open_check(secrets.token_urlsafe(32))
    visitor = Visitor()
    for token in [secrets.token_urlsafe(32) for _ in range(5)]:
        visitor.token = token
        assert visitor.go("answers").status_code == 410
        visitor.token = token
        visitor.go("start")
        visitor.send({FIRST: "me"})
        assert visitor.token != token

    assert Screening.objects.count() == 5


def test_starting_gives_a_new_token_and_erases_the_check_before() -> None:
    visitor = Visitor().sit_down(calm())
    old = visitor.token
    visitor.go("start")

    visitor.send({FIRST: "them"})

    assert visitor.token != old
    assert Screening.objects.count() == 1
    assert Answer.objects.count() == 1
    assert visitor.saved() == {FIRST: ("them",)}
    with pytest.raises(services.CheckGone):
        services.open_check(old)


def test_only_looking_at_the_start_page_keeps_the_check_and_offers_to_go_on() -> None:
    visitor = Visitor().sit_down(calm(upto="now"))

    visitor.go("start")

    assert visitor.saved() == calm(upto="now")
    onward = visitor.page.link("Keep going")
    assert onward == visitor.url("step", number_of(calm(), "now"))


def test_the_token_is_long_random_and_made_anew_for_everybody() -> None:
    visitor = Visitor()
    visitor.go("start")
    form = visitor.page.forms[0]
    tokens = set()
    for _ in range(20):
        visitor.post(visitor.path, {**form.hidden(), FIRST: "me"})
        tokens.add(visitor.token)

    assert len(tokens) == 20
    assert all(len(token) == 43 for token in tokens)
