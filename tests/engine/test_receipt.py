"""A receipt makes the same result again, and a wrong one is refused."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.engine import engine_for
from screening.engine.answers import Chosen
from screening.engine.receipt import ALPHABET, ReceiptError, answers_in, menu_of, receipt, version_of
from screening.engine.report import report
from screening.protocol import LIVE

ENGINE = engine_for(LIVE)


@st.composite
def sheets(draw: st.DrawFn) -> dict[str, Chosen]:
    """Answers along the path, stopped anywhere, with any possible answer to each question."""
    answers: dict[str, Chosen] = {}
    for _ in LIVE.questions:
        step = ENGINE.path(answers).first_open()
        if step is None or draw(st.integers(0, 40)) == 0:
            break
        for key in step.questions:
            answers[key] = draw(st.sampled_from(menu_of(LIVE.question(key))))
    return answers


def assessed(answers: dict[str, Chosen]) -> str:
    return json.dumps(report(ENGINE.assess_checked(answers)))


@given(sheets())
def test_a_receipt_makes_the_same_result_again(answers: dict[str, Chosen]) -> None:
    again = answers_in(ENGINE, receipt(ENGINE, answers))
    assert again == answers
    assert assessed(again) == assessed(answers)


@given(sheets())
def test_a_receipt_is_short_enough_to_copy_by_hand(answers: dict[str, Chosen]) -> None:
    assert len(receipt(ENGINE, answers)) <= 60


@given(sheets(), st.data())
def test_a_miscopied_character_is_noticed(answers: dict[str, Chosen], data: st.DataObject) -> None:
    code = receipt(ENGINE, answers)
    head, body = code[:14], code[14:]
    place = data.draw(st.sampled_from([n for n, letter in enumerate(body) if letter != "-"]))
    other = data.draw(st.sampled_from([letter for letter in ALPHABET if letter != body[place]]))
    wrong = head + body[:place] + other + body[place + 1 :]
    try:
        again = answers_in(ENGINE, wrong)
    except ReceiptError:
        return
    # Two check digits let one error in about a thousand pass; it must still be a true receipt.
    assert receipt(ENGINE, again) == wrong


def test_small_letters_and_misread_letters_are_understood() -> None:
    answers: dict[str, Chosen] = {"who": ("me",), "age": ("26_64",), "signs": ("none",), "health": ("no",)}
    head, mark, *groups = receipt(ENGINE, answers).split("-")
    typed = "-".join(groups).lower().replace("0", "o").replace("1", "l")
    assert answers_in(ENGINE, f"{head}-{mark.upper()}-{typed}") == answers


@pytest.mark.parametrize(
    "code",
    ["", "x", "2026.1-aaaaaa", "2026.1-aaaaaa-????", "2026.1-aaaaaa-A", "9" * 5000, "2026.1--", "\0-\0-\0"],
)
def test_what_is_not_a_receipt_is_refused(code: str) -> None:
    with pytest.raises(ReceiptError):
        answers_in(ENGINE, code)


def test_a_receipt_of_other_rules_is_refused() -> None:
    code = receipt(ENGINE, {"who": ("me",)})
    other = code.replace(code.split("-")[1], "000000")
    with pytest.raises(ReceiptError, match="other rules"):
        answers_in(ENGINE, other)


def test_a_receipt_names_its_version() -> None:
    assert version_of(receipt(ENGINE, {"who": ("them",)})) == LIVE.version
