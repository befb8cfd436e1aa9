"""Who moves: what two versions of the rules decide differently, over bands, cases and answer sheets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from screening.engine import engine_for
from screening.engine.cells import Cells, Space
from screening.engine.compare_sheets import OUTCOMES, compare_sheets
from screening.engine.spec import CO_OCCURRING, LADDER, LEADS, Protocol, Rule
from screening.engine.verify import band_space
from screening.population import stream
from screening.revisions import words
from screening.revisions.vocabulary import outcome

# Enough that a rule one person in a thousand meets is seen, few enough that a page need not wait.
SHEETS = 5000
SEED = 20261
# Fewer people than this are not shown as a number, so that nobody can be picked out of it.
SMALL = 11
FIRST = "What comes first"

Sheet = dict[str, Any]
Outcome = dict[str, str]


@dataclass(frozen=True, slots=True)
class Move:
    """People who get something else: how many, and one of them. `count` None: fewer than 11."""

    what: str
    before: str
    after: str
    more: bool
    count: int | None
    person: str = ""

    @property
    def shown(self) -> str:
        return f"fewer than {SMALL}" if self.count is None else f"{self.count:,}"


@dataclass(frozen=True, slots=True)
class Silenced:
    """A safety message that people are shown now and would not be any more. `count` None: fewer than 11."""

    message: str
    count: int | None

    @property
    def shown(self) -> str:
        return f"fewer than {SMALL}" if self.count is None else f"{self.count:,}"


@dataclass(slots=True)
class Replay:
    """The same answer sheets read by both versions."""

    people: int = 0
    moved: int = 0
    moves: list[Move] = field(default_factory=list)
    silenced: list[Silenced] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Effects:
    """Everything the overview says about who moves."""

    combinations: int
    bands: tuple[Move, ...]
    replay: Replay


def _tables(protocol: Protocol) -> tuple[tuple[str, tuple[str, ...], tuple[Rule, ...]], ...]:
    return (
        (FIRST, LEADS, protocol.gates),
        ("Level of care", LADDER, protocol.level_rules),
        ("Dual diagnosis", CO_OCCURRING, protocol.co_occurring_rules),
    )


def _exact(space: Space, ladder: tuple[str, ...], rules: tuple[Rule, ...]) -> list[Cells]:
    """Return, for each outcome, the combinations that get exactly it."""
    fired: list[Cells] = [0] * len(ladder)
    for rule in rules:
        fired[ladder.index(rule.outcome)] |= space.where(rule.when)
    found: list[Cells] = [0] * len(ladder)
    above: Cells = 0
    for rung in range(len(ladder) - 1, 0, -1):
        found[rung] = fired[rung] & ~above
        above |= fired[rung]
    found[0] = space.all ^ above
    return found


def band_moves(old: Protocol, new: Protocol) -> Iterator[Move]:
    """Yield what the rules decide differently, over every combination of bands and facts."""
    spaces = {axis.key: axis for one in (old, new) for axis in band_space(one).axes}
    space = Space(tuple(spaces.values()))
    for (what, ladder, before), (_, _, after) in zip(_tables(old), _tables(new), strict=True):
        if [(r.when, r.outcome) for r in before] == [(r.when, r.outcome) for r in after]:
            continue
        was, becomes = _exact(space, ladder, before), _exact(space, ladder, after)
        for low, cells in enumerate(was):
            for high, now in enumerate(becomes):
                moved = cells & now if low != high else 0
                for cell in space.examples(moved, 1):
                    yield Move(
                        what,
                        outcome(ladder[low]),
                        outcome(ladder[high]),
                        high > low,
                        moved.bit_count(),
                        words.person(new, cell),
                    )


def decided(protocol: Protocol, sheet: Sheet) -> Outcome:
    """Return what a protocol decides over one answer sheet, without explaining it."""
    decision = engine_for(protocol).assess(sheet, explain=False).decision
    return {
        "lead": decision.lead,
        "level": decision.level,
        "co_occurring": decision.co_occurring,
        "program": decision.program,
    }


def replay(old: Protocol, new: Protocol, sheets: Iterable[Sheet]) -> Replay:
    """Read each sheet with both versions. Counts under 11 are hidden, and so is what would give them away."""
    read = compare_sheets(old, new, sheets)
    moved: Counter[tuple[str, str, bool]] = Counter()
    for (was, becomes), count in read.pairs.items():
        before, after = (dict(zip(OUTCOMES, whole, strict=True)) for whole in (was, becomes))
        pair = (words.outcome_of(before), words.outcome_of(after))
        moved[(*pair, _urgency(after) >= _urgency(before))] += count
    hidden = _hidden(moved)
    moves = [Move("", *key, None if key in hidden else count) for key, count in moved.most_common()]
    return Replay(read.people, read.moved, moves, _silenced(old, read.lost_safety))


def _silenced(old: Protocol, lost: Counter[str]) -> list[Silenced]:
    """Return the safety messages that sheets do not show any more with the new version, and how many lose each."""
    hidden = _hidden(lost)
    return [
        Silenced(words.message_of(old, message), None if message in hidden else count)
        for message, count in lost.most_common()
    ]


def _urgency(seen: Outcome) -> tuple[int, int, int]:
    level = LADDER.index(seen["level"]) if seen["level"] in LADDER else -1
    return LEADS.index(seen["lead"]), level, CO_OCCURRING.index(seen["co_occurring"])


def _hidden(counts: Counter[Any]) -> set[Any]:
    """Return what must not be shown: small counts, and one more when a single one could be worked out."""
    small = {key for key, count in counts.items() if count < SMALL}
    if len(small) == 1 and len(counts) > 1:
        small.add(min((k for k in counts if k not in small), key=lambda k: counts[k]))
    return small


@lru_cache(maxsize=2)
def synthetic(protocol: Protocol, people: int = SHEETS, seed: int = SEED) -> tuple[Sheet, ...]:
    """Return made-up answer sheets (`screening.population`), the same for the same seed.

    Whole, so that a version that asks something of more people finds their answer.
    """
    return tuple(stream(protocol, people, seed, whole=True))


@lru_cache(maxsize=16)
def effects(old: Protocol, new: Protocol) -> Effects:
    """Return who moves from one version to another. Worked out once for each pair of texts."""
    if old is new:
        return Effects(0, (), Replay())
    sheets = synthetic(old)
    # A draft that only says things differently need not be replayed: it decides the same.
    replayed = Replay(len(sheets))
    if _decides(old) != _decides(new):
        replayed = replay(old, new, sheets)
    return Effects(band_space(new).size, tuple(band_moves(old, new)), replayed)


def _decides(protocol: Protocol) -> tuple[Any, ...]:
    """Return all of a protocol that a decision, or a safety message, can depend on."""
    return (
        [[(r.when, r.outcome, r.danger) for r in table] for _, _, table in _tables(protocol)],
        [(d.key, d.steps, d.caps, d.clinical) for d in protocol.domains],
        [(f.key, f.when) for f in protocol.flags],
        [(p.key, p.ask_if) for p in protocol.parts],
        [
            (
                *(q.key, q.part, q.kind, q.ask_if, q.if_unknown, q.unknown_danger),
                [(c.key, c.points, c.unknown, c.danger) for c in q.choices],
            )
            for q in protocol.questions
        ],
    )
