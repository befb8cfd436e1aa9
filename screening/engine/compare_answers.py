"""Which combinations of answers two protocols score differently, for every domain and flag."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product

from screening.engine import engine_for
from screening.engine.answer_cells import (
    AnswerSpace,
    ToldApart,
    TooManyAnswers,
    answer_classes,
    behind,
    told_apart,
)
from screening.engine.answers import Chosen
from screening.engine.cells import LEAST, Cells
from screening.engine.conditions import questions_in
from screening.engine.reach import Measure
from screening.engine.spec import Protocol, Question

MOST_EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class BandMove:
    """How many combinations of answers get another band (or lose or gain a flag), and some of them.

    Answers that no condition tells apart are one combination, and so are all ways not to be asked.
    """

    key: str
    before: int
    after: int
    count: int
    sheets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BandMoves:
    """What is scored differently. `apart` says what only one of the two protocols knows."""

    apart: tuple[str, ...]
    moves: tuple[BandMove, ...]


def compare_domains(old: Protocol, new: Protocol) -> BandMoves:
    """Count which answers, given in full, get another band or flag.

    Where one protocol has a question or a choice that the other lacks, that is said, and
    the answers both can take are compared.
    """
    ours, theirs = _measures(old), _measures(new)
    apart = [f"only the first has the {key}" for key in ours if key not in theirs]
    apart += [f"only the second has the {key}" for key in theirs if key not in ours]
    moves: list[BandMove] = []
    for key in ours:
        if key in theirs:
            try:
                pair = _Pair(old, new, ours[key], theirs[key])
                apart += [said for said in pair.apart if said not in apart]
                moves += pair.moves()
            except TooManyAnswers:
                apart.append(f"{key} has too many answers to compare")
    return BandMoves(tuple(apart), tuple(moves))


def _measures(protocol: Protocol) -> dict[str, Measure]:
    return {
        **{f"domain {d.key}": Measure(d.key, d) for d in protocol.domains},
        **{f"flag {f.key}": Measure(f.key, f.when) for f in protocol.flags},
    }


class _Pair:
    """One measure in two protocols, over the answers that both can take."""

    def __init__(self, old: Protocol, new: Protocol, ours: Measure, theirs: Measure) -> None:
        self.old, self.new, self.ours, self.theirs = old, new, ours, theirs
        self.apart: list[str] = []
        scopes = [_scope(protocol, measure) for protocol, measure in ((old, ours), (new, theirs))]
        seen = ToldApart()
        for protocol, measure, scope in ((old, ours, scopes[0]), (new, theirs, scopes[1])):
            one = told_apart(protocol, scope, measure.conditions)
            seen.scored |= one.scored
            for key, named in one.named.items():
                seen.named.setdefault(key, set()).update(named)
        self.menus = {key: self._menu(key, seen) for key in dict.fromkeys(scopes[0] + scopes[1])}

    def _menu(self, key: str, seen: ToldApart) -> list[Chosen]:
        ours, theirs = self.old.by_key.get(key), self.new.by_key.get(key)
        if ours is None or theirs is None:
            alone = ours or theirs
            assert alone is not None
            self.apart.append(f"only the {'first' if ours else 'second'} asks {key}")
            return answer_classes(alone, seen)
        common = set(ours.choice_keys) & set(theirs.choice_keys)
        for which, question in (("first", ours), ("second", theirs)):
            for choice in question.choice_keys:
                if choice not in common:
                    self.apart.append(f"only the {which} offers {key}={choice}")
        return _menu_of_both(ours, theirs, common, seen)

    def moves(self) -> Iterator[BandMove]:
        before = AnswerSpace(self.old, engine_for(self.old).door, self.menus)
        after = AnswerSpace(self.new, engine_for(self.new).door, self.menus)
        plain = _plain(before, after)
        was, becomes = self.ours.values(before, LEAST), self.theirs.values(after, LEAST)
        for (low, here), (high, now) in product(enumerate(was), enumerate(becomes)):
            cells = here & now & plain
            if low != high and cells:
                found = [_said(before, after, cell) for cell in _first(cells)]
                yield BandMove(self.ours.key, low, high, cells.bit_count(), tuple(found))


def _scope(protocol: Protocol, measure: Measure) -> tuple[str, ...]:
    return behind(protocol, (key for c in measure.conditions for key in questions_in(c)))


def _menu_of_both(ours: Question, theirs: Question, common: set[str], seen: ToldApart) -> list[Chosen]:
    """Return one answer of each kind that either protocol tells apart, of those that both offer."""
    if ours.kind != theirs.kind:
        # A list in the one, a single choice in the other: only single ticks can be said to both.
        return [(c.key,) for c in ours.choices if c.key in common and not c.unknown]
    choices = tuple(c for c in ours.choices if c.key in common and not c.unknown)
    if ours.kind == "many":
        return answer_classes(replace(ours, choices=choices), seen)
    named, scored = seen.named.get(ours.key, set()), ours.key in seen.scored
    points = {c.key: c.points for c in theirs.choices}
    kinds = {
        (c.key if c.key in named else "", scored and c.points, scored and points[c.key]): c.key
        for c in choices
    }
    return [(key,) for key in kinds.values()]


def _plain(before: AnswerSpace, after: AnswerSpace) -> Cells:
    """Return one combination for each sheet: a question that neither asks stands at its first answer."""
    found = before.space.all
    for key in before.menus:
        asked = before.asked.get(key, 0) | after.asked.get(key, 0)
        found &= asked | before.space.at(key, 0)
    return found


def _first(cells: Cells) -> Iterator[int]:
    for _ in range(MOST_EXAMPLES):
        if not cells:
            return
        lowest = cells & -cells
        cells ^= lowest
        yield lowest.bit_length() - 1


def _said(before: AnswerSpace, after: AnswerSpace, cell: int) -> str:
    asked = {key for space in (before, after) for key, cells in space.asked.items() if cells >> cell & 1}
    answers = {key: chosen for key, chosen in before.read(cell).items() if key in asked}
    said = []
    for key, chosen in answers.items():
        question = (after if key in after.protocol.by_key else before).protocol.question(key)
        texts = {choice.key: choice.text.en for choice in question.choices}
        said.append(f"{key}: {' + '.join(texts[one] for one in chosen)}")
    return "; ".join(said)
