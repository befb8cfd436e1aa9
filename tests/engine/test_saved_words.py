"""The words to come back with: plain, told apart by eye and by keyboard, and read however they are typed."""

import re
from collections import Counter
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening import words
from screening.engine.spec import LANGUAGES
from screening.words import CODES, WORDS_A_CODE, WORDS_A_LIST
from tests.house.word_lists import NEVER_EN, NEVER_ES

codes = st.tuples(*[st.integers(0, WORDS_A_LIST - 1)] * WORDS_A_CODE)
languages = st.sampled_from(LANGUAGES)
# What may come to stand between two words, and around them.
between = st.sampled_from(
    [" ", "  ", "-", " - ", "\n", "\r\n", "\t", ", ", ".", "_", "\u00a0", "\u2013", "/", ""]
)
MARKS = str.maketrans("aeioun", "áéíóüñ")


def with_marks(text: str) -> str:
    return text.translate(MARKS)


def gaps(word: str) -> set[str]:
    """The word with one letter taken out, or one hidden: two words that share one are a slip apart."""
    left_out = {word[:at] + word[at + 1 :] for at in range(len(word))}
    return left_out | {f"{word[:at]}?{word[at + 1 :]}" for at in range(len(word))}


def swaps(word: str) -> set[str]:
    return {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)} - {word}


def too_alike(listed: tuple[str, ...]) -> set[str]:
    """Words of this list that one slip turns into another, or that begin another."""
    seen = Counter(gap for word in listed for gap in gaps(word) if "?" in gap)
    whole = set(listed)
    alike = {word for word in listed if any(seen[gap] > 1 for gap in gaps(word))}
    alike |= {word for word in listed if (gaps(word) | swaps(word)) & whole}
    return alike | {one for one, after in pairwise(sorted(listed)) if after.startswith(one)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_list_has_1296_words_of_three_to_seven_plain_letters_in_order(language: str) -> None:
    listed = words.words_of(language)

    assert len(listed) == len(set(listed)) == 1296 == WORDS_A_LIST
    assert not [word for word in listed if not re.fullmatch("[a-z]{3,7}", word)]
    assert list(listed) == sorted(listed)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_slip_of_one_letter_makes_another_word_and_no_word_begins_another(language: str) -> None:
    assert too_alike(words.words_of(language)) == set()


@pytest.mark.parametrize(
    "pair", ["cart cat", "cart care", "form from", "car carpet", "boat oat", "slat salt"]
)
def test_words_too_alike_would_be_found(pair: str) -> None:
    assert too_alike(tuple(pair.split()))
    assert not too_alike(("river", "lantern", "carpet"))


def test_no_word_is_in_both_lists_and_none_is_never_said() -> None:
    english, spanish = (set(words.words_of(language)) for language in ("en", "es"))

    assert not english & spanish
    assert not (english | spanish) & {*NEVER_EN, *NEVER_ES}


def test_a_code_is_worth_41_bits() -> None:
    assert CODES == 1296**4
    assert 2**41 < CODES < 2**42


@given(number=st.integers(0, CODES - 1))
def test_every_number_gives_a_code_of_its_own(number: int) -> None:
    code = words.code_of(number)

    assert sum(part * WORDS_A_LIST**place for place, part in enumerate(code)) == number
    assert words.code_of(number + CODES) == code


@settings(max_examples=60)
@given(
    code=codes,
    spoken=languages,
    page=languages,
    gap=st.tuples(*[between] * 5),
    change=st.sampled_from([str.upper, str.title, str.swapcase, with_marks, str]),
)
def test_a_code_is_read_however_it_is_typed_on_either_page(
    code: words.Code, spoken: str, page: str, gap: tuple[str, ...], change: Callable[[str], str]
) -> None:
    parts = words.spelled(code, spoken).split(" ")
    text = gap[0] + "".join(part + after for part, after in zip(parts, gap[1:], strict=True))

    assert words.read(change(text), page).code == code


@settings(max_examples=60)
@given(code=codes, spoken=languages, at=st.integers(0, 3), data=st.data())
def test_one_slip_never_makes_another_code_and_the_word_is_named(
    code: words.Code, spoken: str, at: int, data: st.DataObject
) -> None:
    parts = words.spelled(code, spoken).split(" ")
    slips = {gap.replace("?", "z") for gap in gaps(parts[at])} | swaps(parts[at])
    parts[at] = data.draw(st.sampled_from(sorted(slips - {parts[at]})))

    reading = words.read(" ".join(parts), spoken)

    assert reading.code is None
    assert reading.unknown == (parts[at],)


@given(typed=st.text(max_size=300), page=languages)
def test_anything_at_all_can_be_typed(typed: str, page: str) -> None:
    reading = words.read(typed, page)

    assert reading.code is None or len(reading.code) == WORDS_A_CODE


@pytest.mark.parametrize(
    ("typed", "read", "unknown"),
    [
        ("", (), ()),
        ("12 34 - !", (), ()),
        ("acorn acre", ("acorn", "acre"), ()),
        ("acorn acre across zzz", ("acorn", "acre", "across", "zzz"), ("zzz",)),
        ("acorn acre across abanico", ("acorn", "acre", "across", "abanico"), ("abanico",)),
        ("acorn acre across active adapt", ("acorn", "acre", "across", "active", "adapt"), ()),
    ],
)
def test_what_is_no_code_says_why(typed: str, read: tuple[str, ...], unknown: tuple[str, ...]) -> None:
    assert words.read(typed, "en") == words.Reading(read, unknown)
