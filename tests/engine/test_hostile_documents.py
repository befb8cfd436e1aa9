"""Documents from anyone: whatever they hold, they are a whole protocol that works, or a clear refusal."""

import copy
import json
import tracemalloc
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.engine import Engine
from screening.engine.document import DocumentError, ProtocolRefused, load, load_text
from screening.engine.report import report
from screening.engine.safe_json import LIMITS
from screening.engine.structure import flaws
from tests.engine.edits import SHIPPED, Json
from tests.engine.people import examples

TEXT = json.dumps(SHIPPED)

Path = tuple[str | int, ...]


def paths(value: Json, here: Path = ()) -> list[Path]:
    """Every place in a document, rows and lists among them."""
    found = [here] if here else []
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, part in inner:
        found += paths(part, (*here, name))
    return found


PATHS = paths(SHIPPED)
DECIDING = [
    path for path in PATHS if path[0] in {"questions", "domains", "flags", "week", "parts", "notes", "care"}
]


def at(document: Json, path: Path) -> Json:
    for step in path:
        document = document[step]
    return document


def put(document: Json, path: Path, value: Json) -> Json:
    """The document with another value at one place; whatever stands elsewhere is shared."""
    if not path:
        return value
    whole = copy.copy(document)
    whole[path[0]] = put(document[path[0]], path[1:], value)
    return whole


PLAIN = (
    st.none()
    | st.booleans()
    | st.integers(-2, 200)
    | st.sampled_from(
        (10**9, -(10**9), 10**40, 0.5, float("nan"), "", " ", "none", "not_sure", "youth", "{0.x}", "\x00")
    )
    | st.text(max_size=20)
)


@st.composite
def documents(draw: st.DrawFn) -> Json:
    """The shipped document with a few places overwritten, emptied, doubled, or swapped for others of its own."""
    document = SHIPPED
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from(DECIDING))
        try:
            here = at(document, path)
        except (KeyError, IndexError, TypeError):
            continue
        kind = draw(st.sampled_from(("other", "plain", "empty", "shorter", "longer", "same kind")))
        if kind == "plain":
            value = draw(PLAIN)
        elif kind == "empty":
            value = type(here)() if isinstance(here, dict | list | str) else None
        elif kind in {"shorter", "longer"} and isinstance(here, list):
            value = here[:-1] if kind == "shorter" else here + here[:1]
        elif kind == "same kind" and isinstance(here, str):
            value = draw(st.sampled_from(KEYS))
        else:
            value = at(SHIPPED, draw(st.sampled_from(DECIDING)))
        document = put(document, path, value)
    return document


KEYS = sorted({at(SHIPPED, path) for path in PATHS if path[-1] == "key"})


@given(documents())
@examples(150)
def test_an_edited_document_is_a_protocol_that_works_or_a_refusal(document: Json) -> None:
    try:
        protocol = load(document)
    except (DocumentError, ProtocolRefused) as refused:
        reason = refused
    else:
        reason = None
    if isinstance(reason, ProtocolRefused):
        assert all(fault.place and fault.sentence for fault in reason.faults)
        return
    if isinstance(reason, DocumentError):
        assert reason.place
        return
    assert not list(flaws(protocol))
    engine = Engine(protocol)
    first = {q.key: next(c.key for c in q.choices if not c.unknown) for q in protocol.questions}
    last = {q.key: [c.key for c in q.choices if not c.unknown][-1] for q in protocol.questions}
    for answers in ({}, first, last):
        said = report(engine.assess(answers))
        assert said["level"] in {"outpatient", "iop", "php", "residential", "youth", "undetermined"}
        engine.path(engine.door.parse(answers))


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.just("row"), inner),
)


@given(ANYTHING)
@examples(200)
def test_anything_at_all_is_refused_clearly(document: Json) -> None:
    with pytest.raises(DocumentError) as refused:
        load(document)

    assert refused.value.place
    assert len(str(refused.value)) < 500


@given(st.text())
@examples(100)
def test_any_text_is_refused_clearly(text: str) -> None:
    with pytest.raises(DocumentError):
        load_text(text)


def doubled(at_place: str) -> str:
    """The shipped text with one key twice in one object."""
    assert TEXT.count(at_place) == 1
    return TEXT.replace(at_place, f"{at_place}, {at_place}")


VERSION = f'"version": "{SHIPPED["version"]}"'
HOSTILE: dict[str, tuple[str, str]] = {
    "nothing": ("", "document"),
    "half a document": (TEXT[: len(TEXT) // 2], "document"),
    "two documents": (TEXT + TEXT, "document"),
    "a key twice": (doubled(VERSION), "document"),
    "lists without end": ("[" * 1_000_000, "document"),
    "objects without end": ('{"row":' * 1_000_000, "document"),
    "lists within lists": ("[" * 500 + "]" * 500, ""),
    "a number without end": (TEXT.replace('"points": 1', '"points": ' + "1" * 100_000, 1), ""),
    "a number beyond floats": (TEXT.replace('"points": 1', '"points": 1e999', 1), ""),
    "no number": (TEXT.replace('"points": 1', '"points": NaN', 1), ""),
    "endlessness": (TEXT.replace('"points": 1', '"points": -Infinity', 1), ""),
    "a fraction": (TEXT.replace('"points": 1', '"points": 1.0', 1), ""),
    "a text without end": (TEXT.replace(VERSION, f'"version": "{"9" * 100_000}"'), "version"),
    "a zero character": (TEXT.replace(VERSION, '"version": "2026\\u0000"'), "version"),
    "too many characters": (" " * (LIMITS.characters + 1), "document"),
    "too many values": ("[" + "0," * (LIMITS.values + 1) + "0]", ""),
    "an object in place of everything": ("{}", "document"),
    "a list in place of everything": ("[]", "document"),
    "a row that is not the protocol": ('{"row": "Question"}', "document"),
}


@pytest.mark.parametrize("text, place", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_refused_by_its_place(text: str, place: str) -> None:
    with pytest.raises(DocumentError) as refused:
        load_text(text)

    assert refused.value.place.startswith(place)
    assert len(str(refused.value)) < 500


def test_a_hostile_text_takes_little_memory() -> None:
    """What is refused costs a few times its own size, and nothing of it stays."""
    bomb = "[" + "[]," * 1_000_000 + "[]]"
    tracemalloc.start()
    with pytest.raises(DocumentError):
        load_text(bomb)
    left, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert left < 1_000_000
    assert most < 10 * len(bomb)


def test_a_message_never_repeats_a_whole_value() -> None:
    document: Any = copy.copy(SHIPPED)
    document["x" * 5_000] = 1

    with pytest.raises(DocumentError) as refused:
        load(document)

    assert len(str(refused.value)) < 200
