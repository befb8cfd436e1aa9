"""A short code that holds one person's answers, so that a result can be made again.

The code is the path itself, written as one number: at each question asked, which of
its possible answers was given. It names the protocol's version and the start of its
digest, and ends in a check digit pair. Nothing is stored anywhere: whoever has the
code has the answers, so the person is told to keep it as they would keep the page.
"""

from __future__ import annotations

import hashlib

from screening.engine import Engine
from screening.engine.answers import NONE, Chosen
from screening.engine.document import digest
from screening.engine.spec import NOT_SURE, RATHER_NOT_SAY, Question

# No I, L, O or U: they are misread on paper and over the phone.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
MISREAD = str.maketrans("ILO", "110")
GROUP = 4
CHECK_DIGITS = 2
DIGEST_DIGITS = 6
# A receipt for the longest path has about 40 characters; far longer is not one.
MOST_CHARACTERS = 200


class ReceiptError(ValueError):
    """A code that is not a receipt of this protocol; the message says why."""


def receipt(engine: Engine, answers: dict[str, Chosen]) -> str:
    """Return the receipt for checked answers, such as "2026.1-3fa2c1-7K2M-...".

    Only answers on the path are kept: they are all that counts.
    """
    digits: list[tuple[int, int]] = []
    sheet = engine.flow.lay_out(answers)
    for reading in sheet:
        if reading.asked:
            menu = menu_of(engine.protocol.question(reading.question))
            place = menu.index(reading.chosen) if reading.chosen else len(menu)
            digits.append((place, len(menu) + 1))
    number = 0
    for place, size in reversed(digits):
        number = number * size + place
    body = _written(number)
    protocol = engine.protocol
    head = f"{protocol.version}-{digest(protocol)[:DIGEST_DIGITS]}"
    code = body + _check(head + body)
    groups = [code[start : start + GROUP] for start in range(0, len(code), GROUP)]
    return "-".join([head, *groups])


def version_of(code: str) -> str:
    """Return the protocol version a receipt names. Raises ReceiptError."""
    return _parts(code)[0]


def answers_in(engine: Engine, code: str) -> dict[str, Chosen]:
    """Return the answers a receipt holds. Raises ReceiptError when it is not of this protocol."""
    version, mark, written = _parts(code)
    protocol = engine.protocol
    if version != protocol.version or mark != digest(protocol)[:DIGEST_DIGITS]:
        raise ReceiptError(f"this code was made by other rules: version {version}, mark {mark}")
    body, check = written[:-CHECK_DIGITS], written[-CHECK_DIGITS:]
    if _check(f"{version}-{mark}{body}") != check:
        raise ReceiptError("a character of this code is wrong")
    return _walk(engine, _read(body))


def _walk(engine: Engine, number: int) -> dict[str, Chosen]:
    """Follow the path, taking one answer from the number at each question asked."""
    answers: dict[str, Chosen] = {}
    for index, question in enumerate(engine.protocol.questions):
        if not engine.flow.lay_out(answers)[index].asked:
            continue
        menu = menu_of(question)
        number, place = divmod(number, len(menu) + 1)
        if place < len(menu):
            answers[question.key] = menu[place]
    if number:
        raise ReceiptError("this code does not fit the questions")
    return answers


def menu_of(question: Question) -> list[Chosen]:
    """Return every answer a question can get, in an order fixed by the protocol."""
    alone: list[Chosen] = [(choice.key,) for choice in question.choices if choice.unknown]
    if question.allow_unknown:
        alone += [(NOT_SURE,), (RATHER_NOT_SAY,)]
    known = [choice.key for choice in question.choices if not choice.unknown]
    if question.kind == "one":
        return [*((key,) for key in known), *alone]
    ticks = [key for key in known if key != NONE]
    subsets: list[Chosen] = [
        tuple(key for place, key in enumerate(ticks) if mask >> place & 1) for mask in range(1 << len(ticks))
    ]
    return [subset or (NONE,) for subset in subsets] + alone


def _parts(code: str) -> tuple[str, str, str]:
    if len(code) > MOST_CHARACTERS:
        raise ReceiptError("this is too long to be a code")
    pieces = code.strip().split("-")
    if len(pieces) < 3:
        raise ReceiptError("a code has a version, a mark and groups of letters and digits")
    written = "".join(pieces[2:]).upper().translate(MISREAD)
    if len(written) <= CHECK_DIGITS or not set(written) <= set(ALPHABET):
        raise ReceiptError("a code has letters and digits only")
    return pieces[0], pieces[1].lower(), written


def _written(number: int) -> str:
    digits = ""
    while number or not digits:
        number, digit = divmod(number, len(ALPHABET))
        digits = ALPHABET[digit] + digits
    return digits


def _read(body: str) -> int:
    number = 0
    for character in body:
        number = number * len(ALPHABET) + ALPHABET.index(character)
    return number


def _check(text: str) -> str:
    first, second = hashlib.sha256(text.encode()).digest()[:CHECK_DIGITS]
    return ALPHABET[first % len(ALPHABET)] + ALPHABET[second % len(ALPHABET)]
