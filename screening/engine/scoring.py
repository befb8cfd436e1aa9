"""Sheet -> scores: one band, or a range of bands, for each domain.

A domain's band is the highest step whose condition holds. Steps only ever read
"at least", so scoring every open answer at its least and at its most gives the
exact lowest and highest band.
"""

from __future__ import annotations

from dataclasses import dataclass

from screening.engine.answers import Reading
from screening.engine.conditions import Condition, evidence, holds, questions_in, reader
from screening.engine.flow import Sheet, SheetFacts
from screening.engine.moves import pools_of
from screening.engine.spec import Domain, Flag, Protocol


@dataclass(frozen=True, slots=True, eq=False)
class DomainScore:
    """Where a domain stands: bands `low` to `high` (0-4), and the answers that count.

    `said` is false when none of the questions behind the domain was answered.
    """

    domain: str
    low: int
    high: int
    counted: tuple[str, ...]
    said: bool

    @property
    def band(self) -> int | None:
        """The band, or None while the answers leave it open."""
        return self.low if self.low == self.high else None


@dataclass(frozen=True, slots=True)
class Scores:
    """All domains in protocol order, and the flags that are sure or possible."""

    domains: tuple[DomainScore, ...]
    sure_flags: tuple[bool, ...]
    maybe_flags: tuple[bool, ...]
    lows: tuple[int, ...]
    highs: tuple[int, ...]

    def domain(self, key: str) -> DomainScore:
        """Return the score of one domain; raise KeyError when there is none."""
        for score in self.domains:
            if score.domain == key:
                return score
        raise KeyError(key)


def _inputs(conditions: list[Condition], position: dict[str, int]) -> tuple[int, ...]:
    keys = dict.fromkeys(key for c in conditions for key in questions_in(c))
    return tuple(position[key] for key in keys)


class _DomainTable:
    """The finite table of one domain, filled in as it is asked.

    Questions that count only through their sum are looked up by that sum, which keeps
    the table small: 35 sums of an instrument's rows instead of hundreds of patterns.
    """

    def __init__(self, domain: Domain, position: dict[str, int]) -> None:
        self.domain = domain
        conditions = [step.when for step in domain.steps] + [cap.when for cap in domain.caps]
        self.inputs = _inputs(conditions, position)
        steps = sorted(domain.steps, key=lambda step: -step.band)
        self._steps = tuple((step.band, reader(step.when)) for step in steps)
        pools = [pool for pool in pools_of(domain) if not _capped(domain, pool)]
        summed = {key for pool in pools for key in pool}
        self._pools = tuple(tuple(position[key] for key in pool) for pool in pools)
        self._alone = tuple(
            index for key, index in position.items() if index in self.inputs and key not in summed
        )
        self.rows: dict[tuple[object, ...], DomainScore] = {}

    def score(self, sheet: Sheet | dict[int, Reading]) -> DomainScore:
        key: tuple[object, ...] = tuple([sheet[index] for index in self._alone])
        for pool in self._pools:
            low = high = 0
            marks = []
            for index in pool:
                reading = sheet[index]
                low += reading.low
                high += reading.high
                marks.append(reading.mark)
            key += (low, high, *marks)
        found = self.rows.get(key)
        if found is None:
            found = self.rows[key] = self._score(tuple([sheet[index] for index in self.inputs]))
        return found

    def _score(self, key: tuple[Reading, ...]) -> DomainScore:
        by_key = {reading.question: reading for reading in key}
        least, most = SheetFacts(by_key), SheetFacts(by_key, most=True)
        low, high = self._highest(least), self._highest(most)
        for cap in self.domain.caps:
            if holds(cap.when, most):
                low = min(low, cap.band)
            if holds(cap.when, least):
                high = min(high, cap.band)
        counted = self._counted(low, least)
        # A question the path did not reach says nothing, unless it was ruled out.
        said = any(r.chosen and not r.unsure for r in key) or not any(r.high for r in key)
        return DomainScore(self.domain.key, low, high, counted, said)

    def _highest(self, facts: SheetFacts) -> int:
        for band, when in self._steps:
            if when(facts, facts):
                return band
        return 0

    def _counted(self, band: int, facts: SheetFacts) -> tuple[str, ...]:
        if band == 0:
            return ()
        leaves = [
            leaf
            for step in self.domain.steps
            if step.band >= band and holds(step.when, facts)
            for leaf in evidence(step.when, facts)
        ]
        keys = dict.fromkeys(key for leaf in leaves for key in questions_in(leaf))
        return tuple(key for key in keys if facts.readings[key].chosen)


def _capped(domain: Domain, pool: tuple[str, ...]) -> bool:
    """True when a cap reads one of these questions, so that their sum is not all that counts."""
    return any(key in pool for cap in domain.caps for key in questions_in(cap.when))


class _FlagTable:
    """Whether one flag is sure and whether it is possible, by the answers it reads."""

    def __init__(self, flag: Flag, position: dict[str, int]) -> None:
        self.flag = flag
        self.inputs = _inputs([flag.when], position)
        self.rows: dict[tuple[Reading, ...], tuple[bool, bool]] = {}

    def read(self, sheet: Sheet) -> tuple[bool, bool]:
        key = tuple([sheet[index] for index in self.inputs])
        found = self.rows.get(key)
        if found is None:
            by_key = {reading.question: reading for reading in key}
            least, most = SheetFacts(by_key), SheetFacts(by_key, most=True)
            found = (holds(self.flag.when, least, most), holds(self.flag.when, most, least))
            self.rows[key] = found
        return found


class Scorer:
    """Scores sheets of one protocol."""

    def __init__(self, protocol: Protocol) -> None:
        position = {q.key: index for index, q in enumerate(protocol.questions)}
        self._domains = tuple(_DomainTable(d, position) for d in protocol.domains)
        self._by_key = {table.domain.key: table for table in self._domains}
        self._flags = tuple(_FlagTable(f, position) for f in protocol.flags)

    def score(self, sheet: Sheet) -> Scores:
        """Return every domain's band range and every flag for this sheet."""
        domains = tuple([table.score(sheet) for table in self._domains])
        flags = [table.read(sheet) for table in self._flags]
        return Scores(
            domains=domains,
            sure_flags=tuple([sure for sure, _ in flags]),
            maybe_flags=tuple([maybe for _, maybe in flags]),
            lows=tuple([score.low for score in domains]),
            highs=tuple([score.high for score in domains]),
        )

    def domain_of(self, key: str, sheet: Sheet | dict[int, Reading]) -> DomainScore:
        """Return the score of one domain; the sheet may hold just the questions behind it."""
        return self._by_key[key].score(sheet)
