"""Which combinations of bands and facts can really be answered, exactly.

Bands are not independent: several domains read the same question. Questions that more
than one measure reads are fixed to each of their answers in turn; what is left of each
measure then depends on nothing else, so the combinations reached are a product. The
union of these products is all that anybody can reach.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise, product
from math import prod

from screening.engine import Engine
from screening.engine.answer_cells import (
    AnswerSpace,
    TooManyAnswers,
    behind,
    open_menus,
    told_apart,
    whole_menus,
)
from screening.engine.answers import Chosen
from screening.engine.cells import LEAST, MOST, Axis, Cells, Side, Space, split
from screening.engine.conditions import Condition, questions_in
from screening.engine.spec import TOP_BAND, Domain

# So many ways to answer the questions that several measures read can be gone through.
MOST_SHARED = 300_000
# For people who leave answers open: a band is a pair of least and most, a fact a pair of sure and possible.
BANDS = TOP_BAND + 1


@dataclass(frozen=True, slots=True)
class Measure:
    """Something answers decide: the band of a domain, or whether a condition on answers holds."""

    key: str
    of: Domain | Condition

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """The conditions that read the answers."""
        if isinstance(self.of, Domain):
            return tuple(s.when for s in self.of.steps) + tuple(c.when for c in self.of.caps)
        return (self.of,)

    @property
    def size(self) -> int:
        """How many values it takes on one side: five bands, or no and yes."""
        return BANDS if isinstance(self.of, Domain) else 2

    def values(self, space: AnswerSpace, side: Side) -> list[Cells]:
        """Return, for each value, the sheets where the measure has exactly it, read from one side."""
        if isinstance(self.of, Domain):
            rising = [*space.bands(self.of, side), 0]
        else:
            rising = [space.space.all, space.holds(self.of, side, MOST if side == LEAST else LEAST), 0]
        return [here & ~above for here, above in pairwise(rising)]


class Reach:
    """The combinations of values of some measures that answers can reach.

    With `leave_open`, people may leave questions open, and a value is `least * size + most`.
    Raises TooManyAnswers when a protocol is too large to go through.
    """

    def __init__(self, engine: Engine, measures: Iterable[Measure], *, leave_open: bool = False) -> None:
        self.engine, self.protocol, self.leave_open = engine, engine.protocol, leave_open
        self.measures = tuple(measures)
        self._scopes = [
            behind(self.protocol, (key for c in m.conditions for key in questions_in(c)))
            for m in self.measures
        ]
        keys = [key for scope in self._scopes for key in scope]
        shared = {key for key in keys if keys.count(key) > 1}
        self.shared = tuple(q.key for q in self.protocol.questions if q.key in shared)
        seen = told_apart(self.protocol, set(keys), (c for m in self.measures for c in m.conditions))
        everyone = tuple(q.key for q in self.protocol.questions if q.key in set(keys))
        menus = (
            open_menus(self.protocol, engine.door, everyone, seen)
            if leave_open
            else whole_menus(self.protocol, everyone, seen)
        )
        self.menus: dict[str, list[Chosen]] = menus
        if prod(len(menus[key]) for key in self.shared) > MOST_SHARED:
            raise TooManyAnswers(f"too many answers are shared by {', '.join(m.key for m in self.measures)}")
        self._tables = [self._table(m, s) for m, s in zip(self.measures, self._scopes, strict=True)]

    def space(self) -> Space:
        """Return the space these combinations are cells of."""
        return Space(tuple(Axis(m.key, m.size**2 if self.leave_open else m.size) for m in self.measures))

    def _table(
        self, measure: Measure, scope: tuple[str, ...]
    ) -> tuple[tuple[int, ...], dict[tuple[int, ...], int]]:
        """Return which shared questions the measure reads, and the values it can have for their answers."""
        fixed = tuple(key for key in scope if key in self.shared)
        order = fixed + tuple(key for key in scope if key not in self.shared)
        space = AnswerSpace(self.protocol, self.engine.door, {key: self.menus[key] for key in order})
        block = prod(len(self.menus[key]) for key in order[len(fixed) :])
        # One row for each way to answer the shared questions: the values that the rest can still give.
        answers = list(product(*(range(len(self.menus[key])) for key in fixed)))
        rows = dict.fromkeys(answers, 0)
        for value, cells in enumerate(self._values(measure, space)):
            for chosen, here in zip(answers, split(cells, len(answers), block), strict=True):
                rows[chosen] |= bool(here) << value
        return tuple(self.shared.index(key) for key in fixed), rows

    def _values(self, measure: Measure, space: AnswerSpace) -> list[Cells]:
        least = measure.values(space, LEAST)
        if not self.leave_open:
            return least
        return [low & high for low in least for high in measure.values(space, MOST)]

    def products(self) -> set[tuple[int, ...]]:
        """Return which sets of values go together, one set for each measure (bit n: value n)."""
        menus = [range(len(self.menus[key])) for key in self.shared]
        return {
            tuple([rows[tuple([chosen[n] for n in fixed])] for fixed, rows in self._tables])
            for chosen in product(*menus)
        }

    def union(self) -> Cells:
        """Return every combination that somebody reaches, as cells of `self.space()`."""
        sizes = [axis.size for axis in self.space().axes]
        strides = [prod(sizes[n + 1 :]) for n in range(len(sizes))]
        known: dict[tuple[int, frozenset[tuple[int, ...]]], Cells] = {}

        def cells(axis: int, sets: frozenset[tuple[int, ...]]) -> Cells:
            if axis == len(sizes) or not sets:
                return 1 if sets else 0
            found = known.get((axis, sets))
            if found is None:
                found = 0
                for value in range(sizes[axis]):
                    rest = frozenset([s[1:] for s in sets if s[0] >> value & 1])
                    found |= cells(axis + 1, rest) << (value * strides[axis])
                known[axis, sets] = found
            return found

        return cells(0, frozenset(self.products()))
