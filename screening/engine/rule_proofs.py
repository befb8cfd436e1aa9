"""Proofs over every combination of bands and flags: what the rules decide, and that each part of them counts."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import prod

from screening.engine.cells import Axis, Cells, Space, minus
from screening.engine.conditions import domains_in, flags_in
from screening.engine.decision import SEVERITY
from screening.engine.proofs import Proofs, RuleTable, in_words, tables
from screening.engine.spec import LADDER, LEADS, TOP_BAND, Protocol
from screening.engine.trimmed import trimmed
from screening.engine.wording import in_plain_words

Fired = dict[str, Cells]
# Sixteen megabytes for each set of combinations.
MOST_CELLS = 1 << 27


@dataclass(frozen=True, slots=True)
class Decided:
    """What the rules say over a whole space: who fires each rule, and who gets at least each outcome."""

    space: Space
    fired: Fired
    reached: dict[str, list[Cells]]


def band_space(protocol: Protocol) -> Space:
    """Return the space of all clinical bands and of all flags that a rule reads."""
    return Space(_axes(protocol))


def cells_in(protocol: Protocol) -> int:
    """Return how many combinations `band_space` would hold, without making it."""
    return prod(axis.size for axis in _axes(protocol))


def _axes(protocol: Protocol) -> tuple[Axis, ...]:
    clinical = tuple(Axis(d.key, TOP_BAND + 1) for d in protocol.domains if d.clinical)
    read = {flag for table in tables(protocol) for r in table.rules for flag in flags_in(r.when)}
    return clinical + tuple(Axis(f.key, 2) for f in protocol.flags if f.key in read)


def at_least(space: Space, table: RuleTable, fired: Fired) -> list[Cells]:
    """Return, for each outcome of the table, the cells that get it or more."""
    found = [space.all] + [0] * (len(table.ladder) - 1)
    for rule in table.rules:
        for rung in range(1, table.ladder.index(rule.outcome) + 1):
            found[rung] |= fired[rule.key]
    return found


def decided(protocol: Protocol, space: Space) -> Decided:
    """Read every rule over a space that has all the bands and flags they read."""
    fired: Fired = {}
    reached = {}
    for table in tables(protocol):
        fired |= {rule.key: space.where(rule.when) for rule in table.rules}
        reached[table.place] = at_least(space, table, fired)
    return Decided(space, fired, reached)


def prove_rules(protocol: Protocol, proofs: Proofs) -> Decided:
    """Prove the rule tables, and return what they decide over the whole space."""
    space = band_space(protocol)
    proofs.counts["combinations of bands"] = (TOP_BAND + 1) ** sum(d.clinical for d in protocol.domains)
    proofs.counts["combinations of bands and flags"] = space.size
    found = decided(protocol, space)
    for table in tables(protocol):
        sets = found.reached[table.place]
        _prove_complete(protocol, space, table, sets, proofs)
        _prove_monotone(protocol, space, table, sets, proofs)
        _prove_rules_matter(table, found.fired, proofs)
    for table in tables(protocol):
        _prove_parts_matter(protocol, space, table, found.fired, proofs)
    _prove_danger_wins(protocol, space, found.reached["gates"], proofs)
    _prove_programs(protocol, found, proofs)
    _prove_schedule(protocol, proofs)
    return found


def _prove_complete(
    protocol: Protocol, space: Space, table: RuleTable, sets: list[Cells], proofs: Proofs
) -> None:
    """Each cell gets exactly one outcome: the exact sets cover all and never overlap."""
    exact = [minus(here, above) for here, above in pairwise([*sets, 0])]
    covered = overlap = 0
    for cells in exact:
        overlap |= covered & cells
        covered |= cells
    for outcome, cells in zip(table.ladder, exact, strict=True):
        proofs.counts[f"{table.name}: {outcome}"] = cells.bit_count()
    for label, wrong in (("no outcome", space.all ^ covered), ("two outcomes", overlap)):
        for person in space.examples(wrong, 1):
            sentence = f"{table.name} has {label} for {wrong.bit_count()} combinations"
            proofs.fail("complete", sentence, table.place, in_words(protocol, person))


def _prove_monotone(
    protocol: Protocol, space: Space, table: RuleTable, sets: list[Cells], proofs: Proofs
) -> None:
    ordered = {f.key for f in protocol.flags if f.ordered}
    ordered.update(d.key for d in protocol.domains)
    for axis in space.axes:
        if axis.key not in ordered:
            continue
        proofs.add("single steps up checked", space.size // axis.size * (axis.size - 1))
        for outcome, cells in zip(table.ladder[1:], sets[1:], strict=True):
            lost = space.lost_upward(cells, axis.key)
            for person in space.examples(lost, 1):
                sentence = (
                    f"{table.name}: one step more {axis.key} loses {outcome} "
                    f"in {lost.bit_count()} combinations"
                )
                proofs.fail("monotone", sentence, table.place, in_words(protocol, person))


def _prove_rules_matter(table: RuleTable, fired: Fired, proofs: Proofs) -> None:
    """A rule must fire somewhere, and somewhere no other rule must ask for as much."""
    others = covered(table, fired)
    for index, rule in enumerate(table.rules):
        place = f"{table.place}[{index}]"
        cells = fired[rule.key]
        proofs.counts[f"rule {rule.key} fires"] = cells.bit_count()
        if not cells:
            proofs.fail("dead rule", f"rule {rule.key} can never fire", place)
            continue
        cells = minus(cells, others[rule.key])
        proofs.counts[f"rule {rule.key} alone decides"] = cells.bit_count()
        if not cells:
            sentence = f"rule {rule.key} never decides: others always cover it"
            proofs.fail("shadowed rule", sentence, place)


def covered(table: RuleTable, fired: Fired) -> Fired:
    """Return, for each rule, the cells that get at least its outcome from the other rules of the table."""
    found: Fired = {}
    above: Cells = 0
    for outcome in reversed(table.ladder):
        equals = [rule.key for rule in table.rules if rule.outcome == outcome]
        # Twice over the equals, from either end, so that each is left out of its own set.
        for keys in (equals, equals[::-1]):
            seen = above
            for key in keys:
                found[key] = found.get(key, 0) | seen
                seen |= fired[key]
        for key in equals:
            above |= fired[key]
    return found


def _prove_parts_matter(
    protocol: Protocol, space: Space, table: RuleTable, fired: Fired, proofs: Proofs
) -> None:
    """Each part of a rule must change when it fires; where it never changes what is decided, that is said."""
    others = covered(table, fired)
    for index, rule in enumerate(table.rules):
        cells = fired[rule.key]
        if not cells:
            continue
        for place, part, shorter in trimmed(rule.when, f"{table.place}[{index}].when"):
            proofs.add("parts of rules checked", 1)
            named = part if isinstance(part, str) else in_plain_words(protocol, part)
            without = space.where(shorter)
            if without == cells:
                sentence = (
                    f"rule {rule.key}: “{named}” never matters, it fires for the same people without it"
                )
                proofs.fail("dead condition", sentence, place)
            elif not minus(without ^ cells, others[rule.key]):
                sentence = f"rule {rule.key}: “{named}” adds a reason but never changes what is decided"
                proofs.remark("reason only", sentence, place)


def _prove_danger_wins(protocol: Protocol, space: Space, leads: list[Cells], proofs: Proofs) -> None:
    emergency = leads[LEADS.index("emergency")]
    for index, domain in enumerate(protocol.domains):
        if not domain.emergency_at_top:
            continue
        top = space.at_least(domain.key, TOP_BAND)
        proofs.counts[f"danger wins: {domain.key} at the top"] = top.bit_count()
        missed = minus(top, emergency)
        for person in space.examples(missed, 1):
            sentence = f"{domain.key} at the top is no emergency in {missed.bit_count()} combinations"
            proofs.fail("danger", sentence, f"domains[{index}]", in_words(protocol, person))


def _prove_programs(protocol: Protocol, found: Decided, proofs: Proofs) -> None:
    """Every program must be reached by someone, with nothing else coming first."""
    calm = found.space.all ^ found.reached["gates"][1]
    for program, cells in programs(protocol, found).items():
        here = cells & calm
        proofs.counts[f"program {program}"] = here.bit_count()
        if not here:
            proofs.fail("program", f"nobody can reach {program}", "level_rules")


def programs(protocol: Protocol, found: Decided) -> dict[str, Cells]:
    """Return who gets each level, without and with dual-diagnosis care."""
    levels = found.reached["level_rules"]
    dual = minus(found.reached["co_occurring_rules"][1], mental_health_alone(protocol, found))
    shown = {}
    for level, (least, above) in zip(LADDER, pairwise([*levels, 0]), strict=True):
        here = minus(least, above)
        shown[level] = minus(here, dual)
        shown[f"dual_diagnosis at {level}"] = here & dual
    return shown


def mental_health_alone(protocol: Protocol, found: Decided) -> Cells:
    """Return who has no sign of addiction and a level by rules for mental health alone; see `decision`."""
    alone: Cells = 0
    levels = found.reached["level_rules"]
    for level, (least, above) in zip(LADDER, pairwise([*levels, 0]), strict=True):
        by_others: Cells = 0
        for rule in protocol.level_rules:
            if rule.outcome == level and not rule.mental_health_alone:
                by_others |= found.fired[rule.key]
        # Whoever no rule gives more than the lowest level has it from the default rule.
        if level != LADDER[0]:
            alone |= minus(minus(least, above), by_others)
    return minus(alone, found.space.at_least(SEVERITY, 1))


def _prove_schedule(protocol: Protocol, proofs: Proofs) -> None:
    """The bands that may not decide care change no rule, in any combination with it."""
    for domain in protocol.domains:
        if domain.clinical:
            continue
        for rule in (r for table in tables(protocol) for r in table.rules):
            axes = [Axis(key, TOP_BAND + 1) for key in domains_in(rule.when) if key != domain.key]
            axes += [Axis(key, 2) for key in flags_in(rule.when)]
            space = Space((*axes, Axis(domain.key, TOP_BAND + 1)))
            proofs.add(f"{domain.key} never decides: combinations", space.size)
            moved = space.changed_along(space.where(rule.when), domain.key)
            for person in space.examples(moved, 1):
                sentence = f"{domain.key} changes rule {rule.key}"
                proofs.fail("schedule", sentence, "", in_words(protocol, person))
