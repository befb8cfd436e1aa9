"""The whole way through a check: every answer saved once, changed at will, in either language."""

import pytest

from screening.engine.spec import RATHER_NOT_SAY, UNKNOWN_KEYS
from screening.models import Screening
from screening.protocol import LIVE
from tests.web.walk import (
    COOKIE,
    FIRST,
    LANGUAGES,
    NEED_A_CHECK,
    OPENED,
    OPENER,
    VOICES,
    Visitor,
    calm,
    engine,
    in_voice,
    number_of,
    standing_at,
)

pytestmark = pytest.mark.django_db

GRID = [question.key for question in LIVE.questions if question.page == LIVE.pages[0].key]
CHECKLIST = next(q for q in LIVE.questions if q.kind == "many" and "none" in q.choice_keys)


# --- Once through -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("voice", VOICES)
def test_every_answer_is_sent_once_and_leads_on_until_the_result(language: str, voice: str) -> None:
    visitor = Visitor(language)

    visitor.walk({FIRST: voice, "signs": ["strong_urges", "fell_behind"]})
    visitor.go("result")

    assert visitor.statuses("POST") == [303] * len(engine().path(visitor.saved()).steps)
    assert set(visitor.statuses("GET")) == {200}
    assert Screening.objects.count() == 1
    assert visitor.saved() == calm({FIRST: voice, "signs": ["strong_urges", "fell_behind"]})
    assert visitor.page.language == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_step_shows_its_question_and_choices_in_the_persons_voice(language: str) -> None:
    for voice in VOICES:
        visitor = Visitor(language).sit_down(in_voice(calm(upto="now"), voice))
        visitor.step(number_of(calm(), "now"))

        question = LIVE.question("now")
        assert visitor.page.heading == question.text.read(language, voice)
        assert visitor.page.forms[0].values("now") == [*question.choice_keys, *UNKNOWN_KEYS]
        assert all(choice.text.read(language, voice) in visitor.page.text for choice in question.choices)


def test_somebody_who_says_nothing_of_everything_still_gets_a_result() -> None:
    silent = {question.key: RATHER_NOT_SAY for question in LIVE.questions if question.allow_unknown}
    visitor = Visitor()

    visitor.walk({FIRST: "me", **silent})

    assert visitor.go("result").status_code == 200
    assert visitor.page.heading == LIVE.undetermined.headline.read("en")


# --- Not a proper answer ------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_sending_nothing_says_so_and_asks_again(language: str) -> None:
    visitor = standing_at("now", language)

    visitor.send({})

    assert visitor.response.status_code == 422
    assert visitor.page.headings[0] == {"en": "There is a problem", "es": "Hay un problema"}[language]
    assert visitor.page.title.startswith({"en": "Error:", "es": "Error:"}[language])
    assert visitor.asked() == ["now"]
    assert "now" not in visitor.saved()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_start_page_wants_an_answer_too(language: str) -> None:
    visitor = Visitor(language)
    visitor.go("start")

    visitor.send({})

    assert visitor.response.status_code == 422
    assert COOKIE not in visitor.client.cookies
    assert Screening.objects.count() == 0


@pytest.mark.parametrize("wrong", ["no_such_choice", "", "\u202e", "x" * 5000, "NO", "0", "None"])
def test_a_choice_nobody_offered_is_refused_and_nothing_is_saved(wrong: str) -> None:
    visitor = standing_at("age")
    form = visitor.page.forms[0]

    visitor.post(visitor.path, {**form.hidden(), "age": wrong})

    assert visitor.response.status_code == 422
    assert visitor.page.forms[0].checked() == {}
    assert "age" not in visitor.saved()


def test_a_way_out_beside_an_answer_is_refused_and_both_stay_ticked() -> None:
    visitor = standing_at(CHECKLIST.key)
    first, second = CHECKLIST.choice_keys[:2]

    for both in ([first, "none"], [first, second, RATHER_NOT_SAY], list(UNKNOWN_KEYS)):
        visitor.send({CHECKLIST.key: both})

        assert visitor.response.status_code == 422
        assert visitor.page.forms[0].checked() == {CHECKLIST.key: both}
        assert CHECKLIST.key not in visitor.saved()


def test_a_screen_with_one_answer_missing_keeps_the_others_and_saves_none() -> None:
    visitor = standing_at(GRID[0])
    given = dict.fromkeys(GRID[1:], "several_days")

    visitor.send(given)

    assert visitor.response.status_code == 422
    assert visitor.page.forms[0].checked() == {key: [value] for key, value in given.items()}
    assert not set(GRID) & set(visitor.saved())


def test_sending_the_missing_answer_then_goes_on() -> None:
    visitor = standing_at(GRID[0])
    visitor.send(dict.fromkeys(GRID[1:], "several_days"))

    visitor.send({GRID[0]: "several_days"})
    visitor.follow()

    assert visitor.response.status_code == 200
    assert set(GRID) <= set(visitor.saved())


# --- Back, and changing one's mind --------------------------------------------------------------------------


def test_back_leads_from_every_screen_to_the_one_before_with_its_answer() -> None:
    visitor = Visitor().sit_down(calm())
    visitor.go("answers")
    visitor.open(visitor.page.link("Back"))
    steps = engine().path(calm()).steps

    for step in reversed(steps[1:]):
        assert visitor.path == visitor.url("step", step.number)
        assert visitor.asked() == list(step.questions)
        assert visitor.page.forms[0].checked() == {key: list(calm()[key]) for key in step.questions}
        visitor.open(visitor.page.link("Back"))

    assert visitor.path == visitor.url("start")


def test_a_change_returns_to_the_list_of_answers() -> None:
    visitor = Visitor().sit_down(calm())
    visitor.step(number_of(calm(), "age"))

    visitor.send({"age": "18_25"})

    assert visitor.response["Location"] == visitor.url("answers")
    assert visitor.saved() == calm({"age": "18_25"})


def test_the_list_of_answers_has_a_way_to_change_each_of_them() -> None:
    visitor = Visitor().sit_down(calm())
    visitor.go("answers")
    steps = engine().path(calm()).steps

    links = [href for href, words in visitor.page.links if words.startswith("Change")]

    assert len(links) == sum(len(step.questions) for step in steps)
    assert set(links) == {visitor.url("step", s.number) for s in steps}
    assert all(LIVE.question(key).text.en in visitor.page.text for key in calm())


def test_a_change_that_opens_new_questions_asks_them_first() -> None:
    visitor = Visitor().sit_down(calm())
    question, choices = OPENER
    visitor.step(number_of(calm(), question))

    visitor.send({question: choices})
    visitor.follow()

    assert visitor.asked() == [OPENED]
    visitor.send({OPENED: "none"})
    assert visitor.response["Location"] == visitor.url("answers")


def test_a_change_that_closes_questions_takes_their_answers_out_of_everything() -> None:
    question, choices = OPENER
    more = {question: choices, OPENED: list(LIVE.question(OPENED).choice_keys[:4])}
    visitor = Visitor().sit_down(calm(more))
    visitor.step(number_of(calm(more), question))

    visitor.send({question: "none"})
    visitor.go("answers")

    assert LIVE.question(OPENED).text.en not in visitor.page.text
    visitor.go("result")
    closed = visitor.page.text
    other = Visitor().sit_down(calm())
    other.go("result")
    assert closed == other.page.text


# --- The other language, and reloading ----------------------------------------------------------------------


@pytest.mark.parametrize("address", NEED_A_CHECK, ids=lambda address: address[0])
def test_changing_the_language_keeps_the_page_and_the_answers(address: tuple[str, int]) -> None:
    visitor = Visitor("en").sit_down(calm())
    visitor.go(*address)
    there = visitor.page.link("Español")

    visitor.open(there)

    assert there == Visitor("es").url(*address)
    assert visitor.response.status_code == 200
    assert visitor.page.language == "es"
    visitor.open(visitor.page.link("English"))
    assert visitor.path == visitor.url(*address)
    assert visitor.saved() == calm()


def test_going_on_in_the_other_language_saves_into_the_same_check() -> None:
    visitor = standing_at("age", "en")
    visitor.open(visitor.page.link("Español"))

    visitor.send({"age": "18_25"})

    assert visitor.response["Location"] == Visitor("es").url("step", 2)
    assert visitor.saved()["age"] == ("18_25",)
    assert Screening.objects.count() == 1


@pytest.mark.parametrize("address", NEED_A_CHECK, ids=lambda address: address[0])
def test_reloading_a_page_changes_nothing(address: tuple[str, int]) -> None:
    visitor = Visitor().sit_down(calm({"suicide_thoughts": "plan"}))

    texts = {str(visitor.go(*address).status_code) + visitor.page.text for _ in range(3)}

    assert len(texts) == 1
    assert visitor.saved() == calm({"suicide_thoughts": "plan"})


def test_the_result_is_there_only_when_the_path_is_complete() -> None:
    for upto in calm():
        if upto == FIRST:
            continue
        visitor = Visitor().sit_down(calm(upto=upto))
        assert visitor.go("result").status_code == 303
        assert visitor.response["Location"] == visitor.url("answers")
    assert Visitor().sit_down(calm()).go("result").status_code == 200
