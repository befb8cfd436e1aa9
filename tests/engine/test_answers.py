"""Raw answers in: whatever is sent, it is either understood or refused by name, and never anything else."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.engine import AnswerError
from screening.engine.answers import Readings
from screening.engine.spec import NOT_SURE, RATHER_NOT_SAY, UNKNOWN_KEYS
from tests.engine.people import ENGINE, PROTOCOL, anyone, examples

DOOR = ENGINE.door
HUGE = "x" * 1_000_000


def test_a_choice_is_understood() -> None:
    assert DOOR.parse({"age": "26_64"}) == {"age": ("26_64",)}


def test_a_checklist_takes_ticks_in_any_order_and_keeps_the_order_of_the_question() -> None:
    checked = DOOR.parse({"substances": ["stimulants", "alcohol", "opioids"]})

    assert checked == {"substances": ("alcohol", "opioids", "stimulants")}


@pytest.mark.parametrize("value", [["alcohol"], ("alcohol",), "alcohol", ["alcohol", "alcohol"]])
def test_a_checklist_takes_one_tick_in_any_shape(value: Any) -> None:
    assert DOOR.parse({"substances": value}) == {"substances": ("alcohol",)}


@pytest.mark.parametrize("unknown", UNKNOWN_KEYS)
def test_not_knowing_and_not_saying_are_answers(unknown: str) -> None:
    assert DOOR.parse({"signs": unknown, "age": unknown}) == {"signs": (unknown,), "age": (unknown,)}


@pytest.mark.parametrize(
    "answers, question, choice",
    [
        ({"color": "red"}, "color", ""),
        ({"": "me"}, "''", ""),
        ({"AGE": "26_64"}, "AGE", ""),
        ({" age": "26_64"}, " age", ""),
        ({"age\x00": "26_64"}, "age", ""),
        ({"age": "old"}, "age", "old"),
        ({"age": ""}, "age", "''"),
        ({"age": "26_64\x00"}, "age", "26_64"),
        ({"age": "26_64 "}, "age", "26_64"),
        ({"age": "\ud800"}, "age", "ud800"),
        ({"age": HUGE}, "age", "xxx"),
        ({"age": None}, "age", ""),
        ({"age": 1}, "age", "1"),
        ({"age": 1.5}, "age", "1.5"),
        ({"age": True}, "age", "True"),
        ({"age": b"26_64"}, "age", "26_64"),
        ({"age": {}}, "age", "{}"),
        ({"age": {"26_64": True}}, "age", "26_64"),
        ({"age": []}, "age", ""),
        ({"age": ["26_64"]}, "age", "26_64"),
        ({"age": ["18_25", "26_64"]}, "age", "18_25"),
        ({"who": NOT_SURE}, "who", NOT_SURE),
        ({"who": RATHER_NOT_SAY}, "who", RATHER_NOT_SAY),
        ({"signs": []}, "signs", ""),
        ({"signs": ()}, "signs", ""),
        ({"signs": {}}, "signs", "{}"),
        ({"signs": None}, "signs", ""),
        ({"signs": 3}, "signs", "3"),
        ({"signs": [None]}, "signs", ""),
        ({"signs": [1]}, "signs", "1"),
        ({"signs": [["unsafe"]]}, "signs", "unsafe"),
        ({"signs": [{}]}, "signs", "{}"),
        ({"signs": ["unsafe"]}, "signs", "unsafe"),
        ({"signs": ["none", "strong_urges"]}, "signs", "none"),
        ({"signs": ["none", "none"]}, "signs", "none"),
        ({"signs": ["strong_urges", NOT_SURE]}, "signs", NOT_SURE),
        ({"signs": ["strong_urges"] * 1000}, "signs", ""),
        ({"signs": [HUGE]}, "signs", "xxx"),
        ({"free_times": ["skip"]}, "free_times", "skip"),
        ({1: "me"}, "1", ""),
        ({None: "me"}, "None", ""),
        ({("age",): "me"}, "age", ""),
    ],
)
def test_what_does_not_fit_is_refused_by_name(answers: dict[Any, Any], question: str, choice: str) -> None:
    with pytest.raises(AnswerError) as refused:
        DOOR.parse(answers)

    message = str(refused.value)
    assert question in message
    assert choice in message
    assert message.isascii()
    assert message.isprintable()
    assert len(message) < 300


@pytest.mark.parametrize("raw", [None, [], ["age"], "age", 1, b"{}", [("age", "26_64")]])
def test_a_sheet_is_an_object(raw: Any) -> None:
    with pytest.raises(AnswerError, match="expected an object"):
        DOOR.parse(raw)


def test_the_first_of_many_faults_is_named() -> None:
    with pytest.raises(AnswerError) as refused:
        DOOR.parse({"who": "me", "age": "old", "color": "red"})

    assert refused.value.question == "age"
    assert refused.value.choice == "old"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
KEYS = st.sampled_from([question.key for question in PROTOCOL.questions]) | st.text()
CHOICES = st.sampled_from(sorted({choice.key for q in PROTOCOL.questions for choice in q.choices}))


@given(st.dictionaries(KEYS, JSON | CHOICES | st.lists(CHOICES, max_size=4), max_size=6))
@examples(150)
def test_anything_a_stranger_sends_is_understood_or_refused(raw: dict[str, Any]) -> None:
    try:
        checked = DOOR.parse(raw)
    except AnswerError:
        return
    for key, chosen in checked.items():
        known = (*PROTOCOL.question(key).choice_keys, *UNKNOWN_KEYS)
        assert chosen
        assert set(chosen) <= set(known)


@given(anyone())
@examples(80)
def test_what_was_understood_is_understood_again_after_a_journey_as_json(raw: dict[str, Any]) -> None:
    checked = DOOR.parse(raw)
    again = {key: list(c) if PROTOCOL.question(key).kind == "many" else c[0] for key, c in checked.items()}

    assert DOOR.parse(json.loads(json.dumps(again))) == checked


def test_refused_answers_leave_nothing_behind() -> None:
    readings = Readings(PROTOCOL.question("age"))
    for attempt in range(1000):
        with pytest.raises(AnswerError):
            readings.parse(f"guess {attempt}")

    assert len(readings._raw) == 0


@pytest.mark.parametrize("question", PROTOCOL.questions, ids=lambda question: question.key)
def test_an_open_answer_is_the_whole_range_and_never_a_zero(question: Any) -> None:
    readings = DOOR.by_key[question.key]
    points = [choice.points for choice in question.choices if not choice.unknown]
    most = sum(points) if question.kind == "many" else max(points)
    least = 0 if question.kind == "many" else min(points)

    assert (readings.waiting.low, readings.waiting.high) == (least, most)
    if not question.allow_unknown or question.if_unknown is not None:
        return
    for unknown in UNKNOWN_KEYS:
        reading = readings.read((unknown,))
        assert (reading.low, reading.high, reading.unsure) == (least, most, True)
        assert not reading.settled


def test_silence_about_suicide_counts_as_thoughts_of_it() -> None:
    for key in ("suicide_thoughts", "self_harm"):
        for unknown in UNKNOWN_KEYS:
            reading = DOOR.by_key[key].read((unknown,))

            assert (reading.low, reading.high) == (2, 2)
