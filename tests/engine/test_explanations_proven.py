"""Proofs about what is explained: the smallest change of each domain is the smallest of all that life allows, gone
through one by one; together they make the smallest change of the level; and the question asked back settles most."""

from collections.abc import Iterator
from itertools import combinations, product

import pytest
from hypothesis import given

from screening.engine import Engine
from screening.engine.answer_cells import behind
from screening.engine.answer_proofs import behind_domain
from screening.engine.answers import NONE, Chosen
from screening.engine.conditions import questions_in
from screening.engine.decision import UNDETERMINED, YOUTH
from screening.engine.moves import LATER, LESS, MORE, may_move
from screening.engine.report import report
from screening.engine.spec import LADDER, NOT_SURE, Domain, Question
from tests.engine.people import (
    ENGINE,
    PROTOCOL,
    Answers,
    calm,
    complete_adults,
    decide,
    examples,
    on_path,
    phq4,
    signs,
)

DIRECTIONS = (LESS, LATER, MORE)
POSITION = {q.key: n for n, q in enumerate(PROTOCOL.questions)}
CLINICAL = [d for d in PROTOCOL.domains if d.clinical]
# The rows of an instrument count by their sum only, so any order of the same answers is one person.
ALIKE = ("nervous", "worry", "little_interest", "down")

Sheet = dict[str, Chosen]
Price = tuple[int, int]


def ticks(chosen: Chosen) -> set[str]:
    return set(chosen) - {NONE}


def points(question: Question, chosen: Chosen) -> int:
    return sum(choice.points for choice in question.choices if choice.key in chosen)


def owned(domain: Domain) -> list[Question]:
    """The questions that only this domain reads, and no flag: only these are moved."""
    scopes = {d.key: set(ENGINE.changes.scope(d.key)) for d in PROTOCOL.domains}
    others = {key for other, scope in scopes.items() if other != domain.key for key in scope}
    for flag in PROTOCOL.flags:
        others |= set(behind(PROTOCOL, questions_in(flag.when)))
    return [PROTOCOL.question(key) for key in ENGINE.changes.scope(domain.key) if key not in others]


SPACES = {d.key: behind_domain(ENGINE, d).whole for d in CLINICAL}


def people(domain: Domain) -> Iterator[Sheet]:
    """Every sheet behind a domain, with answers on the path only; one of each kind that can be told apart."""
    space = SPACES[domain.key]
    for answers in product(*space.menus.values()):
        sheet = dict(zip(space.menus, answers, strict=True))
        rows = [points(PROTOCOL.question(key), sheet[key]) for key in ALIKE if key in sheet]
        if rows != sorted(rows):
            continue
        laid_out = ENGINE.flow.lay_out(sheet)
        if all(
            laid_out[POSITION[key]].asked or answers == menu[0]
            for (key, answers), menu in zip(sheet.items(), space.menus.values(), strict=True)
        ):
            yield {key: chosen for key, chosen in sheet.items() if laid_out[POSITION[key]].asked}


def moves(
    question: Question, chosen: Chosen, direction: str, menu: list[Chosen]
) -> list[tuple[Price, Chosen]]:
    """Every way to answer one question with less (or more), with its price; staying costs nothing."""
    found: list[tuple[Price, Chosen]] = [((0, 0), chosen)]
    for other in menu:
        if question.kind == "many":
            grown = ticks(chosen) < ticks(other) if direction == MORE else ticks(other) < ticks(chosen)
            size = len(ticks(chosen) ^ ticks(other))
            found += [((size, size), other)] if grown else []
        else:
            change = points(question, other) - points(question, chosen)
            if change > 0 if direction == MORE else change < 0:
                found.append(((1, abs(change)), other))
    return found


def cheapest(domain: Domain, sheet: Sheet, direction: str) -> dict[tuple[int, int], Price]:
    """The least price of each other pair of bands that some change in life surely leads to."""
    space = SPACES[domain.key]
    movable = [
        q for q in owned(domain) if q.key in sheet and sheet[q.key] != (NOT_SURE,) and may_move(q, direction)
    ]
    menus = [moves(q, sheet[q.key], direction, list(space.menus[q.key])) for q in movable]
    scope = tuple(POSITION[key] for key in ENGINE.changes.scope(domain.key))
    start = ENGINE.scorer.domain_of(domain.key, ENGINE.flow.lay_out_some(scope, sheet))
    found: dict[tuple[int, int], Price] = {}
    for picks in product(*menus):
        changed = {
            q.key: chosen for q, (price, chosen) in zip(movable, picks, strict=True) if price != (0, 0)
        }
        laid_out = ENGINE.flow.lay_out_some(scope, {**sheet, **changed})
        if not changed or not all(laid_out[POSITION[key]].asked for key in changed):
            continue
        score = ENGINE.scorer.domain_of(domain.key, laid_out)
        bands = score.low, score.high
        price = sum(p[0] for p, _ in picks), sum(p[1] for p, _ in picks)
        if bands != (start.low, start.high):
            found[bands] = min(found.get(bands, price), price)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("direction", DIRECTIONS)
@pytest.mark.parametrize("domain", CLINICAL, ids=lambda d: d.key)
def test_each_domain_knows_the_cheapest_way_to_every_band(domain: Domain, direction: str) -> None:
    """Exact: every sheet behind the domain, against every change of the answers that life can move."""
    tried = 0
    for sheet in people(domain):
        known = ENGINE.changes._options_for(domain.key, direction, ENGINE.flow.lay_out(sheet))
        assert {(o.low, o.high): (o.cost, o.distance) for o in known} == cheapest(domain, sheet, direction), (
            sheet
        )
        tried += 1
    assert tried >= 8


def with_one_open(domain: Domain) -> Iterator[Sheet]:
    """Each person behind a domain, once for each answer of theirs, who is not sure of that one."""
    seen: set[tuple[tuple[str, Chosen], ...]] = set()
    for sheet in people(domain):
        for question in (q for q in owned(domain) if q.key in sheet and q.allow_unknown):
            opened: Sheet = {**sheet, question.key: (NOT_SURE,)}
            laid_out = ENGINE.flow.lay_out(opened)
            opened = {key: chosen for key, chosen in opened.items() if laid_out[POSITION[key]].asked}
            if (key := tuple(opened.items())) not in seen:
                seen.add(key)
                yield opened


@pytest.mark.slow
@pytest.mark.parametrize("direction", (LATER, MORE))
@pytest.mark.parametrize("domain", [d for d in CLINICAL if owned(d)], ids=lambda d: d.key)
def test_with_an_answer_left_open_the_others_still_move(domain: Domain, direction: str) -> None:
    """Exact, for one open answer at a time; of the long instrument every twentieth person."""
    every = 20 if domain.key == "mental_health" else 1
    tried = 0
    for sheet in list(with_one_open(domain))[::every]:
        known = ENGINE.changes._options_for(domain.key, direction, ENGINE.flow.lay_out(sheet))
        assert {(o.low, o.high): (o.cost, o.distance) for o in known} == cheapest(domain, sheet, direction), (
            sheet
        )
        tried += 1
    assert tried >= 3


def applied(answers: Answers, direction: str) -> tuple[int, int] | None:
    """The least price of any mix of the domains' options that moves the level, by trying every mix."""
    checked = ENGINE.door.parse(answers)
    sheet = ENGINE.flow.lay_out(checked)
    scores, decision = ENGINE.scorer.score(sheet), decide(answers)
    goal = LADDER.index(decision.level)
    menus = [
        [None, *ENGINE.changes._options_for(domain.key, direction, sheet)]
        for domain in PROTOCOL.domains
        if domain.clinical
    ]
    places = [n for n, domain in enumerate(PROTOCOL.domains) if domain.clinical]
    best: tuple[int, int] | None = None
    for mix in product(*menus):
        bands = list(scores.lows if direction == MORE else scores.highs)
        for place, option in zip(places, mix, strict=True):
            if option is not None:
                bands[place] = option.low if direction == MORE else option.high
        flags = scores.sure_flags if direction == MORE else scores.maybe_flags
        level = ENGINE.decider.verdict(tuple(bands), flags).level
        if level > goal if direction == MORE else level < goal:
            price = sum(o.cost for o in mix if o), sum(o.distance for o in mix if o)
            best = price if best is None else min(best, price)
    return best


@pytest.mark.parametrize("direction", DIRECTIONS)
@given(answers=complete_adults())
@examples(40)
def test_the_stated_change_costs_the_least_of_all_mixes(answers: Answers, direction: str) -> None:
    checked = ENGINE.door.parse(answers)
    sheet = ENGINE.flow.lay_out(checked)
    level = decide(answers).level
    stated = ENGINE.changes.smallest(direction, sheet, ENGINE.scorer.score(sheet), level)
    best = applied(answers, direction)

    assert (stated is None) == (best is None)
    if stated is not None and best is not None:
        assert stated.cost == best[0]
        changed = {**checked, **{move.question: move.after for move in stated.moved}}
        after = ENGINE.decider.decide(ENGINE.scorer.score(ENGINE.flow.lay_out(changed)))
        lowest, *_ = after.possible_levels or (after.level,)
        assert (
            LADDER.index(lowest) > LADDER.index(level)
            if direction == MORE
            else LADDER.index(lowest) < LADDER.index(level)
        )


def test_what_was_once_said_to_a_question_that_is_not_asked_changes_no_change() -> None:
    """Ticking a sign opens the second list: its old ticks, from before the first was emptied, are not known now."""
    without = calm(signs=[NONE], more_signs=None)
    fresh = Engine(PROTOCOL)
    remembered = fresh.assess({**without, "more_signs": ["much_time", "gave_things_up", "needed_more"]})

    assert report(remembered) == report(Engine(PROTOCOL).assess(without))
    assert remembered.explained.more is not None
    assert report(fresh.assess(without)) == report(remembered)


# The question asked back.


def every_answer(question: Question) -> list[Chosen]:
    """All answers there are: of a checklist every set of ticks, not only how many."""
    known = [choice.key for choice in question.choices if not choice.unknown]
    if question.kind == "one":
        return [(key,) for key in known]
    marks = [key for key in known if key != NONE]
    chosen = [tuple(c) for n in range(1, len(marks) + 1) for c in combinations(marks, n)]
    return [(NONE,), *chosen]


def levels_left(checked: Sheet, question: Question) -> int:
    """The most levels that some answer to this question leaves possible."""
    worst = 0
    for chosen in every_answer(question):
        sheet = ENGINE.flow.lay_out({**checked, question.key: chosen})
        worst = max(worst, len(ENGINE.decider.decide(ENGINE.scorer.score(sheet)).possible_levels) or 1)
    return worst


BASES: dict[str, Answers] = {
    "calm": calm(),
    "some signs": calm(**signs(3), **phq4(5)),
    "clear signs": calm(**signs(5), diagnosis="common", past_help="counseling"),
    "severe": calm(**signs(8), people_who_use="most", safe_home="mostly"),
    "drinking daily": calm(**signs(6), alcohol_days="most_days", drinks_a_day="5_7"),
}


@pytest.mark.slow
@pytest.mark.parametrize("base", BASES.values(), ids=BASES)
def test_no_other_question_would_settle_more_whatever_two_are_left_open(base: Answers) -> None:
    """Exact: every pair of questions left open, every open question, every answer to it."""
    undetermined = 0
    asked = [q for q in PROTOCOL.questions if q.key in on_path(base) and q.allow_unknown]
    for pair in combinations(asked, 2):
        answers = on_path({**base, **{q.key: NOT_SURE for q in pair}})
        assessment = ENGINE.assess(answers)
        if assessment.decision.level != UNDETERMINED:
            assert assessment.explained.narrowing_question is None
            continue
        undetermined += 1
        checked = assessment.answers
        open_now = [r.question for r in assessment.sheet if r.asked and not r.settled]
        left = {key: levels_left(checked, PROTOCOL.question(key)) for key in open_now}
        assert left[str(assessment.explained.narrowing_question)] == min(left.values()), answers
    assert undetermined or base == BASES["calm"]


def test_children_are_asked_nothing_back() -> None:
    child = ENGINE.assess({"age": "under_18"})

    assert child.decision.level == YOUTH
    assert child.explained.narrowing_question is None
