"""What two protocols decide differently: over every combination of bands, and over answer sheets.

`compare_answers` compares how answers become bands, `compare_words` what is said; both are
offered here too, so that this module is the one door for comparing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise, product
from math import prod

from screening.engine import Engine, engine_for
from screening.engine.answers import AnswerError, Chosen
from screening.engine.cells import Axis, Cells, Space, minus
from screening.engine.compare_answers import BandMoves, compare_domains
from screening.engine.compare_words import RowChange, TextChange, compare_rows, compare_words
from screening.engine.conditions import flags_in
from screening.engine.explanation import dangers_in
from screening.engine.proofs import in_few_words, tables
from screening.engine.rule_proofs import MOST_CELLS, decided, programs
from screening.engine.safe_json import short
from screening.engine.spec import LADDER, TOP_BAND, Protocol

__all__ = [
    "BandMoves",
    "Comparison",
    "RowChange",
    "RuleMoves",
    "SheetMoves",
    "TextChange",
    "compare",
    "compare_domains",
    "compare_rows",
    "compare_rules",
    "compare_sheets",
    "compare_words",
]

MOST_EXAMPLES = 3
MOST_NAMED = 1_000
# One outcome of a decision, before and after: ("level", "iop", "php").
Step = tuple[str, str, str]
TABLES = {"gates": "lead", "level_rules": "level", "co_occurring_rules": "co_occurring"}


@dataclass(frozen=True, slots=True)
class Move:
    """How many combinations get another outcome, exactly, and some people who do, in words."""

    what: str
    before: str
    after: str
    count: int
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RuleMoves:
    """What the rules decide differently. `apart` says why they can not be compared, if they can not."""

    apart: tuple[str, ...]
    combinations: int = 0
    moves: tuple[Move, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything in which two protocols differ."""

    rules: RuleMoves
    bands: BandMoves
    words: tuple[TextChange, ...]
    rows: tuple[RowChange, ...]

    @property
    def apart(self) -> tuple[str, ...]:
        """Why something could not be compared, each reason once."""
        return tuple(dict.fromkeys(self.rules.apart + self.bands.apart))

    @property
    def same(self) -> bool:
        """True when nobody is asked, scored, told or given anything else. (The version is only a name.)"""
        moved = self.apart or self.rules.moves or self.bands.moves or self.words
        return not moved and all(change.place == "version" for change in self.rows)


def compare(old: Protocol, new: Protocol) -> Comparison:
    """Compare two well-made protocols in everything."""
    return Comparison(
        compare_rules(old, new), compare_domains(old, new), compare_words(old, new), compare_rows(old, new)
    )


def compare_rules(old: Protocol, new: Protocol) -> RuleMoves:
    """Count, over every combination of bands and flags, who gets another lead, level, dual care or program.

    Works when both score the same domains and know the same flags; else `apart` says what differs.
    """
    axes = _axes(old, new)
    apart = tuple(_apart(old, new))
    if not apart and prod(axis.size for axis in axes) > MOST_CELLS:
        apart = ("too many combinations of bands and flags to go through",)
    if apart:
        return RuleMoves(apart)
    space = Space(axes)
    before, after = _exact(old, space), _exact(new, space)
    moves = [
        Move(what, was, becomes, cells.bit_count(), _people(new, space, cells))
        for what, outcomes in before.items()
        for (was, here), (becomes, now) in product(outcomes.items(), after[what].items())
        if was != becomes and (cells := here & now)
    ]
    return RuleMoves((), space.size, tuple(moves))


def _apart(old: Protocol, new: Protocol) -> Iterator[str]:
    for what, ours, theirs in (
        ("domain", _clinical(old), _clinical(new)),
        ("flag", {f.key for f in old.flags}, {f.key for f in new.flags}),
    ):
        for key in sorted(ours - theirs):
            yield f"only the first has the {what} {key}"
        for key in sorted(theirs - ours):
            yield f"only the second has the {what} {key}"


def _clinical(protocol: Protocol) -> set[str]:
    return {domain.key for domain in protocol.domains if domain.clinical}


def _axes(old: Protocol, new: Protocol) -> tuple[Axis, ...]:
    rules = [rule for protocol in (old, new) for table in tables(protocol) for rule in table.rules]
    read = {flag for rule in rules for flag in flags_in(rule.when)}
    clinical = tuple(Axis(d.key, TOP_BAND + 1) for d in new.domains if d.clinical)
    return clinical + tuple(Axis(f.key, 2) for f in new.flags if f.key in read)


def _exact(protocol: Protocol, space: Space) -> dict[str, dict[str, Cells]]:
    """Return who gets exactly each outcome of each table, and each program."""
    rules = decided(protocol, space)
    found = {
        TABLES[table.place]: {
            outcome: minus(here, above)
            for outcome, (here, above) in zip(
                table.ladder, pairwise([*rules.reached[table.place], 0]), strict=True
            )
        }
        for table in tables(protocol)
    }
    lowest = LADDER[0]
    shown: dict[str, Cells] = dict.fromkeys((*LADDER, "dual_diagnosis"), 0)
    for program, cells in programs(protocol, rules).items():
        # "dual_diagnosis at php" is shown as dual diagnosis; at the lowest level it stays that level.
        dual, _, level = program.rpartition(" at ")
        shown[dual if dual and level != lowest else level] |= cells
    return {**found, "program": shown}


def _people(protocol: Protocol, space: Space, cells: Cells) -> tuple[str, ...]:
    return tuple(in_few_words(protocol, cell) for cell in space.examples(cells, MOST_EXAMPLES))


@dataclass(slots=True)
class SheetMoves:
    """What happens to the same people under two protocols.

    people       sheets read
    moved        people for whom anything in the decision differs
    moves        for each outcome, from what to what, and how many
    lost_safety  messages (`danger suicide`, `lead crisis_today`) shown before and not now, and to how many
    left_out     answers that one of the two does not know (`old 'age': '99'`), and how often
    examples     numbers of sheets, from 1, that show a move or a loss
    """

    people: int = 0
    moved: int = 0
    moves: Counter[Step] = field(default_factory=Counter)
    lost_safety: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    examples: dict[Step | str, list[int]] = field(default_factory=dict)

    def note(self, what: Step | str, number: int) -> None:
        """Keep the number of a sheet that shows something, while there are few."""
        kept = self.examples.setdefault(what, [])
        if len(kept) < MOST_EXAMPLES:
            kept.append(number)


def compare_sheets(old: Protocol, new: Protocol, sheets: Iterable[Mapping[str, object]]) -> SheetMoves:
    """Read each answer sheet with both protocols, one at a time, and count who moves.

    Answers that a protocol does not know are left out for that protocol, and counted.
    """
    found = SheetMoves()
    before, after = engine_for(old), engine_for(new)
    for number, sheet in enumerate(sheets, start=1):
        found.people += 1
        was, warned = _read(before, sheet, "old", found)
        becomes, warns = _read(after, sheet, "new", found)
        steps = [(what, was[what], becomes[what]) for what in was if was[what] != becomes[what]]
        found.moved += bool(steps)
        for step in steps:
            found.moves[step] += 1
            found.note(step, number)
        for message in sorted(warned - warns):
            found.lost_safety[message] += 1
            found.note(message, number)
    return found


def _read(
    engine: Engine, sheet: Mapping[str, object], which: str, found: SheetMoves
) -> tuple[dict[str, str], set[str]]:
    """Return the outcome of one sheet and the safety messages it shows."""
    answers: dict[str, Chosen] = {}
    for key, value in sheet.items():
        try:
            answers |= engine.door.parse({key: value})
        except AnswerError:
            what = f"{which} {short(key)}: {short(value)}"
            known = what in found.left_out or len(found.left_out) < MOST_NAMED
            found.left_out[what if known else "others"] += 1
    laid_out = engine.flow.lay_out(answers)
    decision = engine.decider.decide(engine.scorer.score(laid_out))
    messages = {f"lead {lead}" for lead in decision.leads}
    messages |= {f"danger {key}" for key in dangers_in(engine.protocol, laid_out, decision)}
    outcome = {
        "lead": decision.lead,
        "level": decision.level,
        "co_occurring": decision.co_occurring,
        "program": decision.program,
    }
    return outcome, messages
