"""How far recommendations and clinicians' placements agree: counts, shares and kappa, with intervals.

Plain statistics on a table of pairs; no claim is made by any of it. Formulas: Wilson
(1927) for shares; Cohen (1968) weighted kappa with linear weights; its large-sample
standard error by Fleiss, Cohen and Everitt (1969).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

from screening.engine.spec import LADDER

# Two-sided 95 %.
Z = 1.959963984540054
# A smaller group is not reported: it could be recognised.
SMALLEST_GROUP = 11


@dataclass(frozen=True, slots=True)
class Pair:
    """One person: the level recommended, the level a clinician chose, and an optional group."""

    recommended: str
    placed: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class Share:
    """A share of people with its 95 % Wilson interval, all from 0 to 1."""

    count: int
    of: int
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Kappa:
    """Linear-weighted kappa with its 95 % interval; None where it is not defined."""

    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """What a table of pairs shows. `under` is less care recommended than placed, `over` more."""

    people: int
    exact: Share
    within_one: Share
    under: Share
    over: Share
    kappa: Kappa
    table: dict[str, dict[str, int]]


def share(count: int, of: int) -> Share:
    """Return count/of with its Wilson interval. Raises ValueError when `of` is not above zero."""
    if of <= 0 or not 0 <= count <= of:
        raise ValueError("a share needs at least one person, and no more than all")
    value = count / of
    centre = (value + Z * Z / (2 * of)) / (1 + Z * Z / of)
    half = Z * sqrt(value * (1 - value) / of + Z * Z / (4 * of * of)) / (1 + Z * Z / of)
    return Share(count, of, value, max(0.0, centre - half), min(1.0, centre + half))


def agreement(pairs: Iterable[Pair]) -> Agreement:
    """Return how far the pairs agree. Raises ValueError for no pairs or an unknown level."""
    counts = Counter((rung(p.recommended), rung(p.placed)) for p in pairs)
    people = counts.total()
    if not people:
        raise ValueError("there are no pairs to compare")

    def people_where(gap: range) -> Share:
        return share(sum(n for (ours, theirs), n in counts.items() if ours - theirs in gap), people)

    most = len(LADDER)
    return Agreement(
        people=people,
        exact=people_where(range(1)),
        within_one=people_where(range(-1, 2)),
        under=people_where(range(-most, 0)),
        over=people_where(range(1, most)),
        kappa=weighted_kappa(counts, people),
        table={ours: {theirs: counts[rung(ours), rung(theirs)] for theirs in LADDER} for ours in LADDER},
    )


def rung(level: str) -> int:
    """Return the place of a level on the ladder, 0 the least care. Raises ValueError."""
    if level not in LADDER:
        raise ValueError(f"{level[:40]!a} is none of {', '.join(LADDER)}")
    return LADDER.index(level)


def weighted_kappa(counts: Counter[tuple[int, int]], people: int) -> Kappa:
    """Return linear-weighted kappa; not defined when chance alone would agree fully."""
    size = len(LADDER)
    rungs = range(size)
    weight = [[1 - abs(i - j) / (size - 1) for j in rungs] for i in rungs]
    share_of = [[counts[i, j] / people for j in rungs] for i in rungs]
    rows = [sum(share_of[i]) for i in rungs]
    columns = [sum(share_of[i][j] for i in rungs) for j in rungs]
    seen = sum(weight[i][j] * share_of[i][j] for i in rungs for j in rungs)
    chance = sum(weight[i][j] * rows[i] * columns[j] for i in rungs for j in rungs)
    if chance >= 1:
        return Kappa(None, None, None)
    kappa = (seen - chance) / (1 - chance)
    row_mean = [sum(columns[j] * weight[i][j] for j in rungs) for i in rungs]
    column_mean = [sum(rows[i] * weight[i][j] for i in rungs) for j in rungs]
    spread = sum(
        share_of[i][j] * (weight[i][j] - (row_mean[i] + column_mean[j]) * (1 - kappa)) ** 2
        for i in rungs
        for j in rungs
    )
    variance = (spread - (kappa - chance * (1 - kappa)) ** 2) / (people * (1 - chance) ** 2)
    half = Z * sqrt(max(0.0, variance))
    return Kappa(kappa, max(-1.0, kappa - half), min(1.0, kappa + half))


def by_group(pairs: list[Pair]) -> dict[str, Agreement | None]:
    """Return the agreement in each named group; None for a group too small to report."""
    groups: dict[str, list[Pair]] = {}
    for pair in pairs:
        if pair.group:
            groups.setdefault(pair.group, []).append(pair)
    small = [name for name, members in groups.items() if len(members) < SMALLEST_GROUP]
    # One small group alone could be worked out from the whole, so it takes another with it.
    if len(small) == 1 and len(groups) > 1:
        small.append(min((n for n in groups if n not in small), key=lambda n: len(groups[n])))
    return {name: None if name in small else agreement(members) for name, members in sorted(groups.items())}
