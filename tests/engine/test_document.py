"""A protocol as a document: there and back without loss, one digest for one meaning, and no document that is none."""

import copy
import json
from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.engine import Engine
from screening.engine.document import KIND, DocumentError, digest, from_document, to_document
from screening.engine.report import report
from screening.engine.spec import Protocol
from tests.engine.people import ENGINE, PROTOCOL, Answers, anyone, examples

DOCUMENT = to_document(PROTOCOL)
TEXT = json.dumps(DOCUMENT)
# Read back once, from text: an engine of its own, with nothing shared.
COPY = from_document(json.loads(TEXT))
COPIED_ENGINE = Engine(COPY)

Place = tuple[str | int, ...]


def _places(value: Any, place: Place = ()) -> Iterator[Place]:
    """Every place in the document that holds a plain value."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _places(inner, (*place, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _places(inner, (*place, index))
    else:
        yield place


PLACES = sorted(_places(DOCUMENT), key=str)


def _at(document: Any, place: Place) -> Any:
    for step in place:
        document = document[step]
    return document


def _with(document: Any, place: Place, value: Any) -> Any:
    """The document with another value at one place; whatever stands elsewhere is shared."""
    if not place:
        return value
    whole = copy.copy(document)
    whole[place[0]] = _with(document[place[0]], place[1:], value)
    return whole


def _read(document: Any) -> tuple[Protocol | None, str]:
    """The protocol in a document, or why it is none."""
    try:
        return from_document(document), ""
    except DocumentError as refused:
        return None, str(refused)


def test_there_and_back_nothing_is_lost() -> None:
    assert to_document(COPY) == DOCUMENT
    assert from_document(to_document(COPY)).questions == PROTOCOL.questions
    for field in fields(Protocol):
        if field.init:
            assert getattr(COPY, field.name) == getattr(PROTOCOL, field.name), field.name


def test_the_digest_is_one_for_one_meaning() -> None:
    assert digest(COPY) == digest(PROTOCOL) == digest(replace(PROTOCOL))
    assert len(digest(PROTOCOL)) == 64
    assert int(digest(PROTOCOL), 16)


@given(st.sampled_from(PLACES))
@examples(40)
def test_the_digest_changes_with_any_change(place: Place) -> None:
    value = _at(DOCUMENT, place)
    if place[-1] == KIND or value is None:
        return
    other: Any = (
        not value if isinstance(value, bool) else value + 1 if isinstance(value, int) else value + "!"
    )
    changed, refused = _read(_with(DOCUMENT, place, other))
    if changed is None:
        # One of a few fixed words, where no other is allowed.
        assert "expected one of" in refused
        return

    assert digest(changed) != digest(PROTOCOL)


@pytest.mark.parametrize("table", ["questions", "gates", "level_rules", "notes", "help_lines", "sources"])
def test_the_digest_changes_with_a_row_more_less_or_elsewhere(table: str) -> None:
    rows = getattr(PROTOCOL, table)

    digests = {
        digest(replace(PROTOCOL, **{table: changed}))
        for changed in (rows, rows[1:], (*rows, rows[0]), tuple(reversed(rows)))
    }
    assert len(digests) == 4


@given(anyone())
@examples(40)
def test_the_copy_decides_and_says_the_same(answers: Answers) -> None:
    assert report(COPIED_ENGINE.assess(answers)) == report(ENGINE.assess(answers))


# Documents that are none.

FIRST = ("questions", 0)
STEP = ("domains", 0, "steps", 0)


def _without(place: Place) -> Any:
    row = dict(_at(DOCUMENT, place[:-1]))
    del row[place[-1]]
    return _with(DOCUMENT, place[:-1], row)


def _plus(place: Place, **more: Any) -> Any:
    return _with(DOCUMENT, place, {**_at(DOCUMENT, place), **more})


@pytest.mark.parametrize(
    "document, place",
    [
        (None, ""),
        ([], ""),
        ("protocol", ""),
        (7, ""),
        ({}, ""),
        ({KIND: "Question"}, ""),
        ({KIND: None}, ""),
        (_without((KIND,)), ""),
        (_without(("questions",)), "questions"),
        (_without((*FIRST, "key")), "questions[0].key"),
        (_without((*FIRST, "text", "es")), "questions[0].text.es"),
        (_plus((), surprise=1), "surprise"),
        (_plus(FIRST, surprise=1), "surprise"),
        (_plus(FIRST, by_key={}), "by_key"),
        (_plus((), by_key={}), "by_key"),
        (_with(DOCUMENT, (*FIRST, KIND), "Choice"), "questions[0]"),
        (_with(DOCUMENT, (*FIRST, KIND), "object"), "questions[0]"),
        (_with(DOCUMENT, FIRST, None), "questions[0]"),
        (_with(DOCUMENT, FIRST, "who"), "questions[0]"),
        (_with(DOCUMENT, ("questions",), {}), "questions"),
        (_with(DOCUMENT, ("questions",), "who"), "questions"),
        (_with(DOCUMENT, ("questions",), None), "questions"),
        (_with(DOCUMENT, ("version",), 1), "version"),
        (_with(DOCUMENT, ("version",), None), "version"),
        (_with(DOCUMENT, (*FIRST, "key"), ["who"]), "questions[0].key"),
        (_with(DOCUMENT, (*FIRST, "kind"), "some"), "questions[0].kind"),
        (_with(DOCUMENT, (*FIRST, "kind"), ["one"]), "questions[0].kind"),
        (_with(DOCUMENT, (*FIRST, "allow_unknown"), 1), "questions[0].allow_unknown"),
        (_with(DOCUMENT, (*FIRST, "allow_unknown"), "yes"), "questions[0].allow_unknown"),
        (_with(DOCUMENT, (*FIRST, "if_unknown"), True), "questions[0].if_unknown"),
        (_with(DOCUMENT, (*FIRST, "if_unknown"), 1.0), "questions[0].if_unknown"),
        (_with(DOCUMENT, (*FIRST, "ask_if"), "always"), "questions[0].ask_if"),
        (_with(DOCUMENT, (*FIRST, "ask_if"), {KIND: "Question"}), "questions[0].ask_if"),
        (_with(DOCUMENT, (*FIRST, "ask_if"), {KIND: "Has"}), "questions[0].ask_if.flag"),
        (_with(DOCUMENT, (*FIRST, "ask_if"), {KIND: "eval", "flag": "x"}), "questions[0].ask_if"),
        (_with(DOCUMENT, (*FIRST, "choices", 1, "points"), "2"), "questions[0].choices[1].points"),
        (_with(DOCUMENT, (*FIRST, "choices", 1, "points"), 2.0), "questions[0].choices[1].points"),
        (_with(DOCUMENT, (*STEP, "band"), None), "domains[0].steps[0].band"),
        (_with(DOCUMENT, (*STEP, "when"), None), "domains[0].steps[0].when"),
        (_with(DOCUMENT, (*STEP, "when", "questions"), "signs"), "domains[0].steps[0].when.questions"),
        (_with(DOCUMENT, (*STEP, "when", "questions"), [1]), "domains[0].steps[0].when.questions[0]"),
        (_with(DOCUMENT, ("gates", 0, "when", "conditions"), [{}]), "gates[0].when.conditions[0]"),
    ],
)
def test_a_malformed_document_is_refused_and_the_place_is_named(document: Any, place: str) -> None:
    with pytest.raises(DocumentError) as refused:
        from_document(document)

    assert place in str(refused.value)
    assert refused.value.place
    assert str(refused.value).isascii()
    assert len(str(refused.value)) < 400


JUNK: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8) | st.just(KIND), inner, max_size=3)
    ),
    max_leaves=5,
)


@given(st.sampled_from(PLACES), JUNK)
@examples(60)
def test_junk_anywhere_is_refused_or_fits(place: Place, junk: Any) -> None:
    read, refused = _read(_with(DOCUMENT, place, junk))

    # Where it fitted, it is there.
    assert refused if read is None else _at(to_document(read), place) == junk


@given(JUNK)
@examples(100)
def test_junk_by_itself_is_no_protocol(junk: Any) -> None:
    with pytest.raises(DocumentError):
        from_document(junk)


def test_every_row_names_what_it_is() -> None:
    def rows(value: Any) -> Iterator[dict[str, Any]]:
        if isinstance(value, dict):
            yield value
            for inner in value.values():
                yield from rows(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from rows(inner)

    found = list(rows(DOCUMENT))
    assert len(found) > 1000
    assert all(row[KIND][0].isupper() for row in found)
