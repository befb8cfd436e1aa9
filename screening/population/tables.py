"""What a table of shares is made of: frozen rows, one number for each kind of life."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

# A life in three words, each drawn before any question: how strong the signs are, how hard the mind has
# it, how firm the ground of people and home is. Answers hang together because they hang on these.
FACTS: dict[str, tuple[str, ...]] = {
    "everyone": ("everyone",),
    "signs": ("0-1 signs", "2-3", "4-5", "6-8", "9-11"),
    "mind": ("calm", "low", "hard", "very hard"),
    "ground": ("firm", "shaky", "missing"),
}
Fact = Literal["everyone", "signs", "mind", "ground"]
# A choice, and its share in per cent for each value of the fact, in the order of FACTS.
Row = tuple[str, tuple[float, ...]]


@dataclass(frozen=True, slots=True)
class Shares:
    """How often each answer to one question is given, by one fact of a life.

    kind    "one": each column of shares adds up to 100. "many": each share is the chance of one tick
    given   (question, choice): only for people who ticked it. The first table that fits somebody counts
    """

    question: str
    by: Fact
    rows: tuple[Row, ...]
    sources: tuple[str, ...]
    kind: Literal["one", "many"] = "one"
    given: tuple[str, str] | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class FactShares:
    """How often each value of a fact is drawn, by the fact it hangs on."""

    fact: Fact
    by: Fact
    rows: tuple[Row, ...]
    sources: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Signs:
    """Checklists that hold the signs themselves: how many are ticked is the fact, which ones is drawn by weight.

    counts   for each value of the fact "signs", the fewest and the most
    weights  (question, choice, weight); the first question opens the next, so one sign is always of it
    """

    counts: tuple[tuple[int, int], ...]
    weights: tuple[tuple[str, str, float], ...]
    sources: tuple[str, ...]
    note: str = ""
