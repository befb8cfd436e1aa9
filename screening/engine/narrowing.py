"""Which single question, once answered, would settle most."""

from __future__ import annotations

from screening.engine.answers import NONE, Chosen
from screening.engine.decision import Decider
from screening.engine.flow import Flow, Sheet
from screening.engine.scoring import Scorer
from screening.engine.spec import Protocol, Question


def narrowing_question(
    protocol: Protocol,
    flow: Flow,
    scorer: Scorer,
    decider: Decider,
    sheet: Sheet,
    answers: dict[str, Chosen],
) -> str | None:
    """Return the open question whose answer leaves the fewest levels possible.

    Questions are compared by the most levels any of their answers would leave, then
    by the sum over their answers, then by their place on the path. Returns None when
    no question on the path is open.
    """
    best: tuple[int, float, int] | None = None
    winner = None
    for place, reading in enumerate(sheet):
        if not reading.asked or reading.settled:
            continue
        question = protocol.question(reading.question)
        left = [
            _levels_left(flow, scorer, decider, {**answers, question.key: chosen})
            for chosen in possible_answers(question)
        ]
        rank = (max(left), sum(left) / len(left), place)
        if best is None or rank < best:
            best, winner = rank, question.key
    return winner


def possible_answers(question: Question) -> list[Chosen]:
    """Return the answers a question can get; a checklist by how many are ticked."""
    known = [c.key for c in question.choices if not c.unknown]
    if question.kind == "one":
        return [(key,) for key in known]
    ticks = [key for key in known if key != NONE]
    return [(NONE,), *(tuple(ticks[: n + 1]) for n in range(len(ticks)))]


def _levels_left(flow: Flow, scorer: Scorer, decider: Decider, answers: dict[str, Chosen]) -> int:
    decision = decider.decide(scorer.score(flow.lay_out(answers)))
    return len(decision.possible_levels) or 1
