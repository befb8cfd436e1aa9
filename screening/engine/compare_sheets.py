"""What becomes of the same people under two protocols: their answer sheets, read by both, one at a time.

Nothing is kept of a sheet but counts and the numbers of a few, so a stream may be of any length.
What is counted in pieces (`first` says where a piece starts) adds up to what is counted at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from screening.engine import Engine, engine_for
from screening.engine.answers import AnswerError, Chosen
from screening.engine.decision import Decision
from screening.engine.explanation import dangers_in
from screening.engine.flow import Sheet
from screening.engine.safe_json import short
from screening.engine.spec import Protocol

MOST_EXAMPLES = 3
MOST_NAMED = 1_000
OTHERS = "others"
# One outcome of a decision, before and after: ("level", "iop", "php").
Step = tuple[str, str, str]
OUTCOMES = ("lead", "level", "co_occurring", "program")
# All four outcomes of one person, in that order.
Whole = tuple[str, ...]


@dataclass(slots=True)
class SheetMoves:
    """What happens to the same people under two protocols.

    people       sheets read
    moved        people for whom anything in the decision differs
    moves        for each outcome, from what to what, and how many
    pairs        for those who move, all their outcomes before and after, and how many
    lost_safety  messages (`danger suicide`, `lead crisis_today`) shown before and not now, and to how many
    left_out     answers that one of the two does not know (`old 'age': '99'`), and how often
    examples     numbers of sheets that show a move or a loss, the first few
    """

    people: int = 0
    moved: int = 0
    moves: Counter[Step] = field(default_factory=Counter)
    pairs: Counter[tuple[Whole, Whole]] = field(default_factory=Counter)
    lost_safety: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    examples: dict[Step | str, list[int]] = field(default_factory=dict)

    def note(self, what: Step | str, number: int) -> None:
        """Keep the number of a sheet that shows something, while there are few."""
        kept = self.examples.setdefault(what, [])
        if len(kept) < MOST_EXAMPLES:
            kept.append(number)

    def leave_out(self, what: str, count: int = 1) -> None:
        """Count an answer that is not known, by name while there are not too many names."""
        known = what in self.left_out or len(self.left_out) < MOST_NAMED
        self.left_out[what if known else OTHERS] += count

    def add(self, later: SheetMoves) -> None:
        """Add what was counted over the sheets that come after these."""
        self.people += later.people
        self.moved += later.moved
        self.moves.update(later.moves)
        self.pairs.update(later.pairs)
        self.lost_safety.update(later.lost_safety)
        for what, count in later.left_out.items():
            self.leave_out(what, count)
        for step, numbers in later.examples.items():
            for number in numbers:
                self.note(step, number)


class SheetComparer:
    """Two protocols made ready to read the same sheets.

    Where both ask the same, a sheet is laid out once; where both score the same too, it is
    scored once. What is counted is the same as if each had read it alone.
    """

    def __init__(self, old: Protocol, new: Protocol) -> None:
        self._before, self._after = engine_for(old), engine_for(new)
        self._one_sheet = _asked(old) == _asked(new)
        self._one_score = self._one_sheet and _scored(old) == _scored(new)

    def compare(self, sheets: Iterable[tuple[int, Mapping[str, object]]]) -> SheetMoves:
        """Read numbered sheets with both protocols, one at a time, and count who moves.

        Answers that a protocol does not know are left out for that protocol, and counted.
        """
        found = SheetMoves()
        for number, sheet in sheets:
            self._read(number, sheet, found)
        return found

    def _read(self, number: int, sheet: Mapping[str, object], found: SheetMoves) -> None:
        before, after = self._before, self._after
        if self._one_sheet:
            old_sheet = new_sheet = before.flow.lay_out(_parsed(before, sheet, ("old", "new"), found))
        else:
            old_sheet = before.flow.lay_out(_parsed(before, sheet, ("old",), found))
            new_sheet = after.flow.lay_out(_parsed(after, sheet, ("new",), found))
        old_scores = before.scorer.score(old_sheet)
        new_scores = old_scores if self._one_score else after.scorer.score(new_sheet)
        was, becomes = before.decider.decide(old_scores), after.decider.decide(new_scores)
        found.people += 1
        whole = _outcomes(was), _outcomes(becomes)
        if whole[0] != whole[1]:
            found.moved += 1
            found.pairs[whole] += 1
            for step in zip(OUTCOMES, *whole, strict=True):
                if step[1] != step[2]:
                    found.moves[step] += 1
                    found.note(step, number)
        warned = _messages(before, old_sheet, was)
        if warned:
            for message in sorted(warned - _messages(after, new_sheet, becomes)):
                found.lost_safety[message] += 1
                found.note(message, number)


def compare_sheets(old: Protocol, new: Protocol, sheets: Iterable[Mapping[str, object]]) -> SheetMoves:
    """Read each answer sheet with both protocols, and count who moves. Sheets are numbered from 1."""
    return SheetComparer(old, new).compare(enumerate(sheets, start=1))


def _parsed(
    engine: Engine, sheet: Mapping[str, object], which: tuple[str, ...], found: SheetMoves
) -> dict[str, Chosen]:
    try:
        return engine.door.parse(sheet)
    except AnswerError:
        pass  # something in it is not known: one answer at a time, so that the others still count
    answers: dict[str, Chosen] = {}
    for key, value in sheet.items():
        try:
            answers |= engine.door.parse({key: value})
        except AnswerError:
            for one in which:
                found.leave_out(f"{one} {short(key)}: {short(value)}")
    return answers


def _outcomes(decision: Decision) -> Whole:
    return decision.lead, decision.level, decision.co_occurring, decision.program


def _messages(engine: Engine, sheet: Sheet, decision: Decision) -> set[str]:
    """Return the safety messages a sheet shows."""
    shown = {f"lead {lead}" for lead in decision.leads}
    shown.update(f"danger {key}" for key in dangers_in(engine.protocol, sheet, decision))
    return shown


def _asked(protocol: Protocol) -> tuple[Any, ...]:
    """Return all of a protocol that how a sheet reads can depend on."""
    return (
        [(p.key, p.ask_if) for p in protocol.parts],
        [
            (
                *(q.key, q.part, q.kind, q.ask_if, q.if_unknown, q.allow_unknown),
                [(c.key, c.points, c.unknown) for c in q.choices],
            )
            for q in protocol.questions
        ],
    )


def _scored(protocol: Protocol) -> tuple[Any, ...]:
    """Return all of a protocol that scores can depend on, beside how a sheet reads."""
    return (
        [(d.key, d.steps, d.caps) for d in protocol.domains],
        [(f.key, f.when) for f in protocol.flags],
    )
