"""Proofs over what people can really answer: every rule, program and piece of advice reaches somebody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from screening.engine import Engine
from screening.engine.answer_cells import TooManyAnswers
from screening.engine.cells import LEAST, MOST, Cells, Side, Space, how_many, minus, read_over
from screening.engine.conditions import (
    Chose,
    Condition,
    Has,
    HowMany,
    Reaches,
    Scored,
    Unsure,
    domains_in,
    flags_in,
    parts_of,
)
from screening.engine.decision import YOUTH
from screening.engine.proofs import Proofs, tables
from screening.engine.reach import BANDS, Measure, Reach
from screening.engine.rule_proofs import MOST_CELLS, Decided, at_least, covered, decided, programs
from screening.engine.spec import LADDER, TOP_BAND, Protocol


@dataclass(frozen=True, slots=True)
class Advice:
    """A note or an alternative, as far as showing it goes."""

    place: str
    key: str
    when: Condition | None
    unless: Condition | None
    levels: tuple[str, ...]
    if_possible: bool = False
    youth_too: bool = True

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """The conditions it has, if any."""
        return tuple(c for c in (self.when, self.unless) if c is not None)


class Ground:
    """What answers reach: the combinations of bands and facts, and what the rules decide there.

    Raises TooManyAnswers when a protocol is too large to go through.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine, self.protocol = engine, engine.protocol
        clinical = [Measure(d.key, d) for d in self.protocol.domains if d.clinical]
        read = {YOUTH} | {flag for t in tables(self.protocol) for r in t.rules for flag in flags_in(r.when)}
        self.measures = [*clinical, *(Measure(f.key, f.when) for f in self.protocol.flags if f.key in read)]
        self.space, self.cells = reached(engine, self.measures)

    @cached_property
    def rules(self) -> Decided:
        """What the rules say over all combinations, whether or not answers reach them."""
        return decided(self.protocol, self.space)

    @cached_property
    def adults(self) -> Cells:
        """The combinations that adults reach: only they are given a level."""
        return minus(self.cells, self.space.at_least(YOUTH, 1))


def reached(engine: Engine, measures: list[Measure], *, leave_open: bool = False) -> tuple[Space, Cells]:
    """Return the space of some measures and the combinations in it that answers reach."""
    size = 1
    for measure in measures:
        size *= measure.size ** (2 if leave_open else 1)
    if size > MOST_CELLS:
        raise TooManyAnswers(f"{size:,} combinations of bands and facts")
    reach = Reach(engine, measures, leave_open=leave_open)
    return reach.space(), reach.union()


def prove_reach(engine: Engine, proofs: Proofs) -> Ground | None:
    """Prove that rules, programs and advice reach somebody. Returns what answers reach, if it can be counted."""
    try:
        ground = Ground(engine)
    except TooManyAnswers as error:
        proofs.fail("size", f"the protocol is too large to prove: {error}")
        return None
    proofs.counts["combinations that answers reach"] = ground.cells.bit_count()
    proofs.counts["combinations that adults reach"] = ground.adults.bit_count()
    _prove_rules(ground, proofs)
    calm = minus(ground.adults, ground.rules.reached["gates"][1])
    for program, cells in programs(engine.protocol, ground.rules).items():
        proofs.counts[f"answers reach program {program}"] = (cells & calm).bit_count()
        if not cells & calm:
            proofs.fail(
                "program", f"no answers lead to {program} with nothing else coming first", "level_rules"
            )
    for row in advice(engine.protocol):
        _prove_advice(ground, row, proofs)
    _prove_strengths(ground, proofs)
    return ground


def _prove_rules(ground: Ground, proofs: Proofs) -> None:
    """Some answers must make each rule fire; where none leave the decision to it alone, that is said."""
    fired = ground.rules.fired
    for table in tables(ground.protocol):
        here = ground.cells if table.place == "gates" else ground.adults
        others = covered(table, fired)
        for index, rule in enumerate(table.rules):
            place = f"{table.place}[{index}]"
            cells = fired[rule.key] & here
            if fired[rule.key] and not cells:
                proofs.fail("dead rule", f"no answers make rule {rule.key} fire", place)
            cells = minus(cells, others[rule.key])
            proofs.counts[f"answers leave it to rule {rule.key}"] = cells.bit_count()
            if fired[rule.key] & here and not cells:
                sentence = f"no answers leave the decision to rule {rule.key} alone"
                proofs.remark("reason only", sentence, place)


def advice(protocol: Protocol) -> Iterator[Advice]:
    """Yield the notes and alternatives with where they stand."""
    for i, note in enumerate(protocol.notes):
        yield Advice(f"notes[{i}]", note.key, note.when, note.unless, note.levels, note.if_possible)
    for i, other in enumerate(protocol.alternatives):
        place = f"alternatives[{i}]"
        yield Advice(place, other.key, other.when, other.unless, other.levels, youth_too=False)


def _prove_advice(ground: Ground, row: Advice, proofs: Proofs) -> None:
    """Somebody must be shown it: someone who answers everything or, failing that, someone who does not."""
    try:
        space, cells = _space_for(ground, row)
        if cells & _shows(ground.protocol, row, space):
            return
        if not _may_show(ground.protocol, row, space) or not _shown_to_some_unsure(ground, row):
            proofs.fail("orphan", f"nobody can be shown {row.key}", row.place)
        elif row.levels:
            sentence = f"{row.key} is shown, if at all, only to people who leave answers open"
            proofs.remark("orphan", sentence, row.place)
    except TooManyAnswers as error:
        proofs.remark(
            "size", f"whether anybody is shown {row.key} can not be gone through: {error}", row.place
        )


def _space_for(ground: Ground, row: Advice) -> tuple[Space, Cells]:
    """Return a space with everything the row reads, and the combinations in it that answers reach."""
    needed = _needed(ground, row)
    if {m.key for m in needed} <= {m.key for m in ground.measures}:
        return ground.space, ground.cells
    by_key = {m.key: m for m in (*needed, *(_read_by_levels(ground) if row.levels else ()))}
    return reached(ground.engine, list(by_key.values()))


def _shows(protocol: Protocol, row: Advice, space: Space) -> Cells:
    """Return the combinations whose people are shown this advice, having answered everything."""
    here = _meets(row, space)
    if row.levels:
        here &= _at_levels(protocol, space, row.levels)
    if not row.youth_too and any(axis.key == YOUTH for axis in space.axes):
        here = minus(here, space.at_least(YOUTH, 1))
    return here


def _may_show(protocol: Protocol, row: Advice, space: Space) -> bool:
    """Say whether someone who leaves answers open could be shown it, as far as the rules go.

    What is known to hold, holds at the least that the answers allow, and so does the lowest
    of the possible levels: some combination must meet both, reached or not.
    """
    if row.if_possible or "undetermined" in row.levels:
        return True
    highest = [level for level in LADDER if level in row.levels][-1:]
    below = LADDER[: LADDER.index(highest[0]) + 1] if highest else ()
    levels = row.levels if not row.youth_too else (*row.levels, *below)
    return bool(_meets(row, space) & (_at_levels(protocol, space, levels) if levels else space.all))


def _meets(row: Advice, space: Space) -> Cells:
    """Return the combinations that meet the row's conditions; each leaf on answers is an axis."""

    def leaf(condition: Condition, side: Side) -> Cells:
        if isinstance(condition, Scored | Chose | Unsure):
            return space.at_least(_name(condition), 1)
        return space.where(condition)

    here = space.all
    if row.when is not None:
        here &= read_over(row.when, LEAST, MOST, leaf, space.all)
    if row.unless is not None:
        here = minus(here, read_over(row.unless, LEAST, MOST, leaf, space.all))
    return here


def _needed(ground: Ground, row: Advice) -> list[Measure]:
    """Return the measures that the row's conditions read; each leaf on answers is one."""
    protocol = ground.protocol
    domains = {d.key: d for d in protocol.domains}
    flags = {f.key: f.when for f in protocol.flags}
    found: dict[str, Measure] = {}
    for condition in row.conditions:
        for key in domains_in(condition):
            found[key] = Measure(key, domains[key])
        for key in flags_in(condition):
            found[key] = Measure(key, flags[key])
        for part in parts_of(condition):
            if isinstance(part, Scored | Chose | Unsure):
                found[_name(part)] = Measure(_name(part), part)
    return list(found.values())


def _name(leaf: Condition) -> str:
    # No key of a protocol has a space in it.
    return f"answers {leaf!r}"


def _read_by_levels(ground: Ground) -> list[Measure]:
    read = {YOUTH}
    for rule in ground.protocol.level_rules:
        read.update(domains_in(rule.when) + flags_in(rule.when))
    return [measure for measure in ground.measures if measure.key in read]


def _at_levels(protocol: Protocol, space: Space, levels: tuple[str, ...]) -> Cells:
    (table,) = (t for t in tables(protocol) if t.place == "level_rules")
    sets = at_least(space, table, {rule.key: space.where(rule.when) for rule in table.rules})
    youth = space.at_least(YOUTH, 1)
    found = youth if YOUTH in levels else 0
    for level, (least, above) in zip(LADDER, pairwise([*sets, 0]), strict=True):
        if level in levels:
            found |= minus(minus(least, above), youth)
    return found


def _shown_to_some_unsure(ground: Ground, row: Advice) -> bool:
    """Say whether someone who may leave answers open meets the conditions; the level is not looked at."""
    space, cells = reached(ground.engine, _needed(ground, row), leave_open=True)

    def leaf(condition: Condition, side: Side) -> Cells:
        if isinstance(condition, Reaches):
            return _rising(space, condition.domain, BANDS, condition.band, side)
        if isinstance(condition, HowMany):
            parts = [_rising(space, key, BANDS, condition.band, side) for key in condition.domains]
            return how_many(parts, condition.count, space.all)
        key = condition.flag if isinstance(condition, Has) else _name(condition)
        return _rising(space, key, 2, 1, side)

    sides = (MOST, LEAST) if row.if_possible else (LEAST, MOST)
    if row.when is not None:
        cells &= read_over(row.when, *sides, leaf, space.all)
    if row.unless is not None:
        cells = minus(cells, read_over(row.unless, LEAST, MOST, leaf, space.all))
    return bool(cells)


def _rising(space: Space, key: str, size: int, value: int, side: Side) -> Cells:
    """Return where the least (or the most) of a measure is at `value` or above; see `Reach`."""
    if side == LEAST:
        return space.at_least(key, value * size)
    found: Cells = 0
    for least in range(size):
        found |= space.at_least(key, least * size + value) ^ space.at_least(key, (least + 1) * size)
    return found


def _prove_strengths(ground: Ground, proofs: Proofs) -> None:
    calm = minus(ground.cells, ground.rules.reached["gates"][1])
    for index, domain in enumerate(ground.protocol.domains):
        if domain.strength is None or not domain.clinical:
            continue
        low = ground.space.at_least(domain.key, min(domain.strength_up_to, TOP_BAND) + 1)
        if not calm & ~low:
            proofs.fail(
                "orphan", f"nobody is told that {domain.key} is a strength", f"domains[{index}].strength"
            )
