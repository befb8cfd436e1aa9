"""Many sheets in several processes: the same counts as one by one, in the same order, from whatever they come."""

import io
import json
import pickle
from collections import Counter
from dataclasses import replace

import pytest

from screening.engine.compare import SheetMoves, compare_sheets
from screening.engine.compare_sheets import MOST_NAMED, SheetComparer
from screening.engine.document import digest
from screening.engine.spec import Protocol
from screening.population import stream
from screening.population.people import BLOCK
from screening.replaying import LINES_A_PIECE, BadLine, Lines, _parts, made_up, pieces_of, replay
from tests.engine.people import PROTOCOL, calm

NO_CRISIS = replace(PROTOCOL, gates=tuple(gate for gate in PROTOCOL.gates if gate.outcome != "crisis_today"))


def asked_by_another_path(protocol: Protocol) -> Protocol:
    """The same rules, but somebody who is not sure of their health counts as one step worse."""
    health = replace(protocol.question("health"), if_unknown=1)
    return replace(protocol, questions=tuple(health if q.key == "health" else q for q in protocol.questions))


OTHERS = {"other rules": NO_CRISIS, "another path": asked_by_another_path(NO_CRISIS)}
PEOPLE = 2 * BLOCK + 500


@pytest.mark.parametrize("new", OTHERS.values(), ids=OTHERS)
def test_two_processes_count_what_one_counts_sheet_by_sheet(new: Protocol) -> None:
    sheets = list(stream(PROTOCOL, 900, 9, whole=True))
    alone = compare_sheets(PROTOCOL, new, sheets)
    numbered = [(number, json.dumps(sheet)) for number, sheet in enumerate(sheets, start=1)]
    pieces = [Lines(tuple(numbered[start : start + 80])) for start in range(0, 900, 80)]

    assert alone.moved
    assert alone.lost_safety["lead crisis_today"]
    assert replay(PROTOCOL, new, made_up(900, 9)) == alone
    assert replay(PROTOCOL, new, pieces) == alone
    assert replay(PROTOCOL, new, pieces, 2) == alone


def test_made_up_people_are_cut_into_blocks_that_leave_nobody_out() -> None:
    assert [piece.people for piece in made_up(PEOPLE, 1)] == [BLOCK, BLOCK, 500]
    *_, last = made_up(PEOPLE, 1)
    assert [number for number, _ in last.sheets(PROTOCOL)] == [*range(2 * BLOCK + 1, PEOPLE + 1)]


def test_lines_are_numbered_as_an_editor_numbers_them() -> None:
    file = io.StringIO(f"\n{json.dumps(calm())}\n\n{json.dumps(calm(self_harm='yes'))}")
    found = replay(PROTOCOL, NO_CRISIS, pieces_of(file))

    assert found.people == 2
    assert found.examples["lead crisis_today"] == [4]


def test_a_long_file_is_read_in_pieces_and_never_held_whole() -> None:
    read = 0

    class Endless(io.StringIO):
        def readline(self, size: int | None = -1, /) -> str:
            nonlocal read
            read += 1
            return "{}\n"

    pieces = pieces_of(Endless())
    first = next(pieces)

    assert isinstance(first, Lines)
    assert len(first.lines) == LINES_A_PIECE
    assert read <= LINES_A_PIECE + 1


def test_only_a_few_pieces_are_under_way_at_any_time() -> None:
    """However slow the reading processes are, the file does not run ahead of them into memory."""
    taken = 0

    def endless():
        nonlocal taken
        while True:
            taken += 1
            yield Lines(((taken, "{}"),))

    parts = _parts(PROTOCOL, NO_CRISIS, endless(), 2)
    next(parts)
    assert taken <= 6
    parts.close()


@pytest.mark.parametrize("processes", [1, 2])
@pytest.mark.parametrize(
    "line", ["{", "[]", '{"age": 1.5}', '{"a": "' + "x" * 70_000 + '"}', '{"a": "\x00"}', "[" * 9_000]
)
def test_a_line_that_is_no_sheet_ends_it_and_is_named_but_not_quoted(line: str, processes: int) -> None:
    file = io.StringIO(f"{json.dumps(calm())}\n{line}\n")
    with pytest.raises(BadLine, match=r"^line 2: ") as refused:
        replay(PROTOCOL, NO_CRISIS, pieces_of(file), processes)

    assert len(str(refused.value)) < 200


def test_counts_of_two_parts_add_up_to_those_of_the_whole() -> None:
    sheets = [*enumerate(stream(PROTOCOL, 400, 2, whole=True), start=1), (401, {"age": "99"})]
    comparer = SheetComparer(PROTOCOL, NO_CRISIS)
    whole, added = comparer.compare(sheets), comparer.compare(sheets[:250])
    added.add(comparer.compare(sheets[250:]))

    assert added == whole
    assert whole.left_out == {"old 'age': '99'": 1, "new 'age': '99'": 1}


def test_names_of_what_is_left_out_stay_few_however_many_parts_are_added() -> None:
    found = SheetMoves()
    for part in range(3):
        found.add(SheetMoves(left_out=Counter({f"old {part}-{n}": 2 for n in range(MOST_NAMED)})))

    assert len(found.left_out) == MOST_NAMED + 1
    assert sum(found.left_out.values()) == 3 * MOST_NAMED * 2


def test_a_protocol_can_be_handed_to_another_process() -> None:
    """Where processes are not forked, both protocols travel."""
    assert digest(pickle.loads(pickle.dumps(PROTOCOL))) == digest(PROTOCOL)  # noqa: S301  our own bytes
