"""Raw answers in, checked readings out: the one door for anything a person said.

A `Reading` is one question as the score sees it. An answer that is missing or
"I am not sure" is a range, never a zero.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from screening.engine.spec import UNKNOWN_KEYS, Protocol, Question

Chosen = tuple[str, ...]
NONE = "none"
# Ticks come in any order and number; who sends them all must not fill the memory. The table then starts afresh.
MOST_LISTS = 20_000


class AnswerError(ValueError):
    """An answer that does not fit the protocol; names the question and the choice."""

    def __init__(self, question: str, choice: object, problem: str) -> None:
        self.question, self.choice, self.problem = question, choice, problem
        shown = "" if choice is None else f", choice {_short(choice)}"
        super().__init__(f"question {_short(question)}{shown}: {problem}")


def _short(value: object) -> str:
    text = ascii(value)
    return text if len(text) <= 80 else text[:77] + "..."


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """One question as it counts: points from `low` to `high`, choices sure and possible.

    Readings are made once per protocol and compared by identity, so tuples of them
    are cheap keys for the tables in scoring and flow.
    """

    question: str
    chosen: Chosen
    low: int
    high: int
    sure: frozenset[str]
    maybe: frozenset[str]
    unsure: bool = False
    asked: bool = True
    mark: int = field(init=False)

    def __post_init__(self) -> None:
        # What matters about an answer beside its points: given at all, open, off the path.
        mark = bool(self.chosen) + 2 * self.unsure + 4 * (self.high > 0)
        object.__setattr__(self, "mark", mark)

    @property
    def settled(self) -> bool:
        """True when nothing about this question is open: answered with a known choice."""
        return bool(self.chosen) and not self.unsure


class Readings:
    """All readings of one question, made on first use and kept."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.key = question.key
        known = [c for c in question.choices if not c.unknown]
        real = [c for c in known if c.key != NONE]
        if question.kind == "many":
            self._range = (0, sum(c.points for c in real))
        else:
            self._range = (min(c.points for c in known), max(c.points for c in known))
        every = frozenset(c.key for c in real)
        nothing: frozenset[str] = frozenset()
        low, high = self._range
        key = question.key
        self.waiting = Reading(key, (), low, high, nothing, every)
        self.possible = Reading(key, (), low, high, nothing, every, asked=False)
        self.hidden = Reading(key, (), 0, 0, nothing, nothing, asked=False)
        self._every = every
        self.made: dict[Chosen, Reading] = {}
        self._raw: dict[str, Chosen] = {}
        self._lists: dict[tuple[object, ...], Chosen] = {}
        self._order = {choice: rank for rank, choice in enumerate(question.choice_keys)}
        self._points = {c.key: c.points for c in question.choices}
        self._unknown = {c.key for c in question.choices if c.unknown}
        if question.allow_unknown:
            self._unknown.update(UNKNOWN_KEYS)

    def parse(self, raw: object) -> Chosen:
        """Return the choices in `raw` (a choice key, or for checklists a list of them).

        Raises AnswerError for anything the question does not offer.
        """
        if type(raw) is str:
            found = self._raw.get(raw)
            if found is None:
                found = self._check([raw])
                self._raw[raw] = found
            return found
        if not isinstance(raw, list | tuple):
            raise AnswerError(self.question.key, raw, "expected a choice key or a list of them")
        if self.question.kind == "one":
            raise AnswerError(self.question.key, raw, "takes one choice, not a list")
        if len(raw) > len(self._order):
            raise AnswerError(self.question.key, None, "more choices than the question has")
        try:
            found = self._lists.get(tuple(raw))
        except TypeError:  # something in it is no text at all
            return self._check(list(raw))
        if found is None:
            if len(self._lists) >= MOST_LISTS:
                self._lists.clear()
            found = self._lists[tuple(raw)] = self._check(list(raw))
        return found

    def _check(self, keys: list[object]) -> Chosen:
        question = self.question
        if not keys:
            raise AnswerError(question.key, None, 'an empty list says nothing; use "none"')
        for key in keys:
            if not isinstance(key, str) or (key not in self._order and key not in self._unknown):
                raise AnswerError(question.key, key, "no such choice")
        names = [str(key) for key in keys]
        alone = self._unknown | ({NONE} if question.kind == "many" else set())
        if len(names) > 1 and (found := next((n for n in names if n in alone), None)):
            raise AnswerError(question.key, found, "can not be combined with other choices")
        return tuple(sorted(set(names), key=lambda name: self._order.get(name, 0)))

    def read(self, chosen: Chosen) -> Reading:
        """Return the reading for choices that `parse` gave."""
        reading = self.made.get(chosen)
        if reading is None:
            reading = self.made[chosen] = self._read(chosen)
        return reading

    def _read(self, chosen: Chosen) -> Reading:
        question = self.question
        picked = frozenset(chosen)
        if chosen[0] in self._unknown:
            # The choice itself is known (a part was skipped); only its weight is open.
            low, high, maybe = *self._range, self._every | picked
            if question.if_unknown is not None:
                low = high = question.if_unknown
                maybe = picked
            return Reading(question.key, chosen, low, high, picked, maybe, unsure=True)
        points = sum(self._points[key] for key in chosen)
        return Reading(question.key, chosen, points, points, picked, picked)


class AnswerDoor:
    """Checks raw answer sheets against one protocol."""

    def __init__(self, protocol: Protocol) -> None:
        self.readings = tuple(Readings(question) for question in protocol.questions)
        self.by_key = {r.question.key: r for r in self.readings}

    def parse(self, raw: Mapping[str, object]) -> dict[str, Chosen]:
        """Return the checked answers of one person.

        Takes `{question_key: choice_key}` (a list of keys for checklists).
        Raises AnswerError naming the first question and choice that do not fit.
        """
        if not isinstance(raw, Mapping):
            raise AnswerError("(all)", None, "expected an object of question: choice")
        checked: dict[str, Chosen] = {}
        by_key = self.by_key
        for key, value in raw.items():
            readings = by_key.get(key)
            if readings is None:
                raise AnswerError(key, None, "no such question")
            checked[key] = readings.parse(value)
        return checked
