"""What two protocols decide differently, over every combination of bands.

`compare_answers` compares how answers become bands, `compare_sheets` what becomes of people on
answer sheets, `compare_words` what is said; all are offered here too, so that this module is
the one door for comparing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise, product
from math import prod

from screening.engine.cells import Axis, Cells, Space, minus
from screening.engine.compare_answers import BandMoves, compare_domains
from screening.engine.compare_sheets import SheetMoves, compare_sheets
from screening.engine.compare_words import RowChange, TextChange, compare_rows, compare_words
from screening.engine.conditions import flags_in
from screening.engine.proofs import in_few_words, tables
from screening.engine.rule_proofs import MOST_CELLS, decided, programs
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
