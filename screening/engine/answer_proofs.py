"""Proofs over every combination of answers behind each domain, flag and question.

Two kinds of people: those who answer everything, and those who leave some of it open.
A worse answer must never lower a band, every band must be reached, every step must
decide for somebody, every part of it must count, and every question must be reachable.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import product

from screening.engine import Engine
from screening.engine.answer_cells import (
    OPEN,
    AnswerSpace,
    TooManyAnswers,
    behind,
    open_menus,
    told_apart,
    whole_menus,
)
from screening.engine.answers import NONE, Chosen
from screening.engine.cells import LEAST, MOST, Cells
from screening.engine.conditions import AllOf, AnyOf, Condition, questions_in
from screening.engine.proofs import Proofs, answers_in_words
from screening.engine.spec import TOP_BAND, Domain, Question
from screening.engine.trimmed import trimmed
from screening.engine.wording import in_plain_words

# So much work, in cells gone through, is done for one domain; more is refused, not waited for.
MOST_WORK = 1 << 33
# So many sheets are also replayed through the engine itself, one by one.
MOST_REPLAYED = 200_000


class Behind:
    """The answers behind some conditions, as three spaces made when they are first needed.

    `whole` holds the people who answer everything, `open` also those who do not, and in
    `free` every question is asked whatever the path says.
    """

    def __init__(self, engine: Engine, conditions: tuple[Condition, ...]) -> None:
        self.engine, self.protocol = engine, engine.protocol
        self.conditions = conditions
        self.read = tuple(dict.fromkeys(key for c in conditions for key in questions_in(c)))
        self.scope = behind(self.protocol, self.read)
        self.seen = told_apart(self.protocol, self.scope, conditions)

    @cached_property
    def whole(self) -> AnswerSpace:
        """Everyone who answers everything."""
        menus = whole_menus(self.protocol, self.scope, self.seen)
        return AnswerSpace(self.protocol, self.engine.door, menus)

    @cached_property
    def open(self) -> AnswerSpace:
        """Everyone, whatever they leave open."""
        menus = open_menus(self.protocol, self.engine.door, self.scope, self.seen)
        return AnswerSpace(self.protocol, self.engine.door, menus)

    @cached_property
    def free(self) -> AnswerSpace:
        """Everyone, if every question were asked of everyone."""
        seen = told_apart(self.protocol, (), self.conditions)
        menus = open_menus(self.protocol, self.engine.door, self.read, seen)
        return AnswerSpace(self.protocol, self.engine.door, menus, free=True)


def behind_domain(engine: Engine, domain: Domain) -> Behind:
    """Return the answers behind one domain."""
    return Behind(engine, tuple(s.when for s in domain.steps) + tuple(c.when for c in domain.caps))


def prove_answers(engine: Engine, proofs: Proofs) -> None:
    """Prove every domain, flag and question of a protocol over all answers to it."""
    protocol = engine.protocol
    for index, domain in enumerate(protocol.domains):
        place = f"domains[{index}]"
        try:
            _prove_domain(engine, domain, place, proofs)
        except TooManyAnswers as error:
            proofs.fail("size", f"{domain.key} is too large to prove: {error}", place)
    for index, flag in enumerate(protocol.flags):
        place = f"flags[{index}]"
        try:
            here = Behind(engine, (flag.when,))
            if not here.whole.holds(flag.when, LEAST, MOST):
                proofs.fail("orphan", f"no answers set the flag {flag.key}", place)
            _prove_parts(here, flag.when, f"flag {flag.key}", f"{place}.when", proofs)
        except TooManyAnswers as error:
            proofs.fail("size", f"the flag {flag.key} is too large to prove: {error}", place)
    for index, question in enumerate(protocol.questions):
        place = f"questions[{index}]"
        try:
            _prove_path(engine, question, place, proofs)
        except TooManyAnswers as error:
            proofs.fail("size", f"the path to {question.key} is too large to prove: {error}", place)


def _prove_domain(engine: Engine, domain: Domain, place: str, proofs: Proofs) -> None:
    here = behind_domain(engine, domain)
    whole = here.whole
    _check_work(here)
    proofs.counts[f"answers behind {domain.key}"] = whole.space.size
    bands = whole.bands(domain, LEAST)
    for band in range(TOP_BAND + 1):
        if not bands[band] & ~(bands[band + 1] if band < TOP_BAND else 0):
            proofs.fail("band", f"no answers reach band {band} of {domain.key}", place)
    for worse in _lowered(whole, domain, bands):
        proofs.fail("items", f"{domain.key}: {worse}", place)
    _replay(engine, domain, whole, bands, place, proofs)
    _prove_steps(here, domain, place, proofs)
    _prove_narrows(here, domain, place, proofs)


def _check_work(here: Behind) -> None:
    """Raise TooManyAnswers when every answer can not be held against every other in reasonable time."""
    pairs = here.whole.space.size * sum(len(menu) ** 2 for menu in here.whole.menus.values())
    steps = here.open.space.size * sum(len(menu) for menu in here.open.menus.values())
    if pairs + steps > MOST_WORK:
        raise TooManyAnswers(f"{pairs + steps:,} pairs of answers to hold against each other")


def _lowered(whole: AnswerSpace, domain: Domain, bands: list[Cells]) -> Iterator[str]:
    """Yield a sentence for the first worse answer of each question that lowers the band.

    A cap is a fact (someone has just left 24-hour care), so people with and without
    it are not compared with each other.
    """
    capped: Cells = 0
    for cap in domain.caps:
        capped |= whole.holds(cap.when, LEAST, LEAST)
    for key, menu in whole.menus.items():
        question = whole.protocol.question(key)
        for (here, less), (there, more) in product(enumerate(menu), repeat=2):
            if not _worse(question, less, more):
                continue
            same = ~(capped ^ whole.space.seen_from(capped, key, here, there))
            lost: Cells = 0
            for band in bands[1:]:
                kept = whole.space.seen_from(band, key, here, there)
                lost |= whole.space.at(key, here) & band & ~kept & same
            if lost:
                said = answers_in_words(whole.read((lost & -lost).bit_length() - 1))
                yield f"{key} raised to {'+'.join(more)} lowers the band for {said}"
                break


def _worse(question: Question, less: Chosen, more: Chosen) -> bool:
    """True when `more` is the same or more of everything, and more of something."""
    points = {choice.key: choice.points for choice in question.choices}
    if question.kind == "many":
        before, after = (set(chosen) - {NONE} for chosen in (less, more))
        return before < after
    return points[less[0]] < points[more[0]]


def _replay(
    engine: Engine, domain: Domain, whole: AnswerSpace, bands: list[Cells], place: str, proofs: Proofs
) -> None:
    """The engine itself must give every sheet the band that the proofs reckon with."""
    if whole.space.size > MOST_REPLAYED:
        proofs.remark("replay", f"{domain.key} has too many answers to replay them one by one", place)
        return
    position = {q.key: n for n, q in enumerate(engine.protocol.questions)}
    scope = tuple(position[key] for key in whole.menus)
    known = [bits.to_bytes(whole.space.size // 8 + 1, "little") for bits in bands]
    for cell, answers in enumerate(product(*whole.menus.values())):
        sheet = engine.flow.lay_out_some(scope, dict(zip(whole.menus, answers, strict=True)))
        low = engine.scorer.domain_of(domain.key, sheet).low
        if sum(bits[cell >> 3] >> (cell & 7) & 1 for bits in known) != low + 1:
            said = answers_in_words(whole.read(cell))
            proofs.fail("replay", f"{domain.key}: the engine and the proofs disagree for {said}", place)
            return


def _prove_steps(here: Behind, domain: Domain, place: str, proofs: Proofs) -> None:
    """Each step must give some answer sheet its band, and each part of it must count."""
    steps = [step.when for step in domain.steps]
    bands = _both_bands(here.open, domain, steps)
    for index, step in enumerate(domain.steps):
        at = f"{place}.steps[{index}]"
        never = _both_bands(here.open, domain, [*steps[:index], _NEVER, *steps[index + 1 :]])
        if never == bands:
            sentence = f"{domain.key}: the step to band {step.band} in place {index} never decides"
            proofs.fail("idle step", sentence, at)
            continue
        _prove_parts(here, step.when, f"domain {domain.key}", f"{at}.when", proofs)
    for index, cap in enumerate(domain.caps):
        _prove_parts(here, cap.when, f"the cap of {domain.key}", f"{place}.caps[{index}].when", proofs)


# Stands in for a step that is left out.
_NEVER = AnyOf(())


def _both_bands(space: AnswerSpace, domain: Domain, steps: list[Condition]) -> list[list[Cells]]:
    return [space.bands(domain, LEAST, steps), space.bands(domain, MOST, steps)]


def _prove_parts(here: Behind, condition: Condition, owner: str, place: str, proofs: Proofs) -> None:
    """A part must change something for somebody; what only the path makes needless is said."""
    for at, part, shorter in trimmed(condition, place):
        proofs.add("parts of cut-offs checked", 1)
        named = part if isinstance(part, str) else in_plain_words(here.protocol, part)
        if _same(here.free, condition, shorter):
            proofs.fail("dead condition", f"{owner}: “{named}” never matters, all is the same without it", at)
        elif _same(here.open, condition, shorter):
            sentence = f"{owner}: “{named}” is needless, the path already sees to it"
            proofs.remark("path sees to it", sentence, at)


def _same(space: AnswerSpace, one: Condition, other: Condition) -> bool:
    return all(space.holds(one, side, side) == space.holds(other, side, side) for side in (LEAST, MOST))


def _prove_narrows(here: Behind, domain: Domain, place: str, proofs: Proofs) -> None:
    """One answer more must never widen the range: what is open is exactly what answers can still settle.

    An answer that takes an answered question off the path is left out: it unsays something.
    """
    space, low, high = here.open, here.open.bands(domain, LEAST), here.open.bands(domain, MOST)
    seen_from = space.space.seen_from
    for key, menu in space.menus.items():
        left_open = menu.index(OPEN)
        before = space.space.at(key, left_open)
        for given in (n for n in range(len(menu)) if n != left_open):
            wider: Cells = 0
            for band in range(1, TOP_BAND + 1):
                wider |= ~high[band] & seen_from(high[band], key, left_open, given)
                wider |= low[band] & ~seen_from(low[band], key, left_open, given)
            wider &= before & ~_unsaid(space, key, left_open, given)
            for answers in space.sheets(wider):
                said = answers_in_words({**answers, key: menu[given]})
                proofs.fail("range", f"{domain.key}: the answer to {key} widens the range for {said}", place)
            proofs.add("answers that must not widen a range", space.space.size // len(menu))


def _unsaid(space: AnswerSpace, key: str, before: int, after: int) -> Cells:
    """Return the sheets where the step between two values of a question unsays another answer."""
    found: Cells = 0
    for other, asked in space.asked.items():
        answered = asked & ~space.space.at(other, space.menus[other].index(OPEN))
        found |= answered & ~space.space.seen_from(asked, key, before, after)
    return found


def asked_of_somebody(engine: Engine, question: Question) -> bool:
    """Say whether some answers lead to the question. Raises TooManyAnswers."""
    conditions = _path_to(engine, question)
    return bool(Behind(engine, conditions).open.holds(AllOf(conditions), LEAST, MOST))


def _path_to(engine: Engine, question: Question) -> tuple[Condition, ...]:
    part = next(part for part in engine.protocol.parts if part.key == question.part)
    return tuple(c for c in (part.ask_if, question.ask_if) if c is not None)


def _prove_path(engine: Engine, question: Question, place: str, proofs: Proofs) -> None:
    """Some answers must lead to the question, and what decides whether it is asked should count."""
    if not asked_of_somebody(engine, question):
        proofs.fail("unreachable", f"no answers lead to the question {question.key}", place)
        return
    if question.ask_if is None:
        return
    conditions = _path_to(engine, question)
    here = Behind(engine, conditions)
    leads = _who_is_asked(here.open, AllOf(conditions))
    if leads == _who_is_asked(here.open, AllOf(conditions[:-1])):
        sentence = f"{question.key} is asked of the same people without its condition"
        proofs.remark("path", sentence, f"{place}.ask_if")
    for at, left_out, shorter in trimmed(question.ask_if, f"{place}.ask_if"):
        if leads == _who_is_asked(here.open, AllOf((*conditions[:-1], shorter))):
            named = left_out if isinstance(left_out, str) else in_plain_words(engine.protocol, left_out)
            proofs.remark("path", f"{question.key} is asked of the same people without “{named}”", at)


def _who_is_asked(space: AnswerSpace, condition: Condition) -> tuple[Cells, Cells]:
    return space.holds(condition, LEAST, MOST), space.holds(condition, MOST, LEAST)
