"""Help at once when an answer signals danger, and a kind end for teens."""

from functools import lru_cache

import pytest

from screening.engine.answers import Chosen
from screening.engine.spec import RATHER_NOT_SAY
from screening.protocol import LIVE
from tests.web.walk import (
    FIRST,
    LANGUAGES,
    VOICES,
    Visitor,
    before,
    calm,
    engine,
    in_voice,
    number_of,
    people,
    standing_at,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("voice", VOICES)
def test_a_teen_is_asked_about_safety_and_then_shown_help_for_teens(language: str, voice: str) -> None:
    visitor = Visitor(language)

    visitor.walk({FIRST: voice, "age": "under_18"})
    visitor.go("result")

    youth = next(care for care in LIVE.care if care.key == "youth")
    assert {LIVE.question(key).part for key in visitor.saved()} == {LIVE.parts[0].key}
    assert visitor.page.heading == youth.headline.read(language, voice)
    assert all(step.title.read(language, voice) in visitor.page.text for step in youth.next_steps)


Moment = tuple[dict[str, Chosen], dict[str, Chosen]]


@lru_cache(maxsize=1)
def moments() -> dict[str, Moment]:
    """What was said before, and the answer that does it: for every such answer, and for every message at all."""
    sheets = [calm(), calm({"substances": ["alcohol"]}), *people().values()]
    found = {}
    for question in LIVE.questions:
        asked = next(sheet for sheet in sheets if question.key in sheet)
        earlier = before(asked, number_of(asked, question.key))
        unsaid = [RATHER_NOT_SAY] if question.unknown_danger else []
        for choice in [one.key for one in question.choices if one.danger] + unsaid:
            found[f"{question.key}={choice}"] = (earlier, {question.key: (choice,)})
    told = {message for moment in found.values() for message in new_dangers(*moment)}
    for sheet in sheets:
        for step in engine().path(sheet).steps[1:]:
            moment = (before(sheet, step.number), {key: sheet[key] for key in step.questions})
            for message in sorted(new_dangers(*moment) - told):
                found[message] = moment
                told.add(message)
    assert told == {danger.key for danger in LIVE.dangers}
    return found


def new_dangers(earlier: dict[str, Chosen], given: dict[str, Chosen]) -> set[str]:
    return set(engine().dangers({**earlier, **given})) - set(engine().dangers(earlier))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("voice", VOICES)
def test_the_moment_danger_is_told_help_is_shown(language: str, voice: str) -> None:
    messages = {danger.key: danger.text.read(language, voice) for danger in LIVE.dangers}
    for name, (earlier, given) in moments().items():
        visitor = Visitor(language).sit_down(in_voice(earlier, voice))
        visitor.step(number_of({**earlier, **given}, next(iter(given))))
        visitor.send({key: list(chosen) for key, chosen in given.items()})

        assert visitor.response["Location"] == visitor.url("safety"), name
        visitor.follow()
        assert visitor.response.status_code == 200
        called = {href for href, _ in visitor.page.links}
        assert {"tel:911", "tel:988", "sms:988"} <= called, name
        for message in new_dangers(earlier, given):
            assert messages[message] in visitor.page.text.replace("\N{NON-BREAKING HYPHEN}", "-"), name
        assert visitor.open(visitor.keep_going()).status_code == 200


def test_nobody_without_danger_sees_the_safety_page() -> None:
    visitor = Visitor()

    visitor.walk(
        {"substances": ["alcohol", "cannabis"], "signs": ["strong_urges"], "health": "under_control"}
    )

    assert visitor.url("safety") not in [answer.get("Location") for answer in visitor.trail]
    assert visitor.go("safety").status_code == 200  # asked for by hand, it is there all the same


def test_the_safety_page_comes_once_for_one_danger_and_again_for_a_new_one() -> None:
    visitor = Visitor()

    visitor.walk({"suicide_thoughts": "plan", "self_harm": "yes", "safe_home": "hurt_or_scared"})

    to_safety = [reply for reply in visitor.trail if reply.get("Location") == visitor.url("safety")]
    assert [reply.request["PATH_INFO"] for reply in to_safety] == [
        visitor.url("step", number_of(visitor.saved(), question))
        for question in ("suicide_thoughts", "safe_home")
    ]


def test_changing_another_answer_does_not_show_the_safety_page_again() -> None:
    visitor = Visitor().sit_down(calm({"suicide_thoughts": "plan"}))
    visitor.step(1)

    visitor.send({"age": "18_25"})

    assert visitor.response["Location"] == visitor.url("answers")


def test_a_double_click_does_not_skip_the_safety_page() -> None:
    """The browser drops the first reply and shows the second: that one must lead to help too."""
    visitor = standing_at("now")
    form = visitor.page.forms[0]

    places = [visitor.post(visitor.path, {**form.hidden(), "now": "overdose"})["Location"] for _ in range(2)]

    assert places == [visitor.url("safety")] * 2
