"""Who moves is counted right: against plain reading of the rules, one combination and one sheet at a time."""

from collections import Counter
from dataclasses import replace
from itertools import product

from screening.engine.conditions import Reaches, all_of, holds
from screening.engine.decision import BandFacts
from screening.engine.spec import LADDER, LEADS, TOP_BAND, Protocol, Rule
from screening.engine.verify import band_space
from screening.protocol import LIVE
from screening.revisions import effects, words
from screening.revisions.vocabulary import outcome


def _with(key: str, **changed: object) -> Protocol:
    def change(rule: Rule) -> Rule:
        return replace(rule, **changed) if rule.key == key else rule  # type: ignore[arg-type]

    return replace(LIVE, level_rules=tuple(change(rule) for rule in LIVE.level_rules))


LOOSER = _with("php7_alone", when=all_of(Reaches("severity", 2), Reaches("support", 3)))
STRICTER = _with("php1_most_severe", when=all_of(Reaches("severity", 4), Reaches("home", 4)))


def _level(protocol: Protocol, facts: BandFacts) -> int:
    return max((LADDER.index(r.outcome) for r in protocol.level_rules if holds(r.when, facts)), default=0)


def test_the_counts_are_those_of_reading_every_combination_one_by_one() -> None:
    """Over a corner of the space that differs: all bands of four domains, the rest at zero, no facts."""
    domains = [d.key for d in LIVE.domains if d.clinical]
    varied = ("severity", "support", "home", "return_to_use")
    flags = {f.key: False for f in LIVE.flags}
    moved: Counter[tuple[str, str]] = Counter()
    for bands in product(range(TOP_BAND + 1), repeat=len(varied)):
        facts = BandFacts({**dict.fromkeys(domains, 0), **dict(zip(varied, bands, strict=True))}, flags)
        pair = _level(LIVE, facts), _level(LOOSER, facts)
        if pair[0] != pair[1]:
            moved[(outcome(LADDER[pair[0]]), outcome(LADDER[pair[1]]))] += 1

    found = {(m.before, m.after): m.count for m in effects.band_moves(LIVE, LOOSER)}

    assert set(found) == set(moved)
    assert all(found[pair] >= count for pair, count in moved.items())  # type: ignore[operator]


def test_every_combination_is_counted_once_and_directions_are_right() -> None:
    up, down = list(effects.band_moves(LIVE, LOOSER)), list(effects.band_moves(LIVE, STRICTER))

    assert all(move.more for move in up)
    assert all(not move.more for move in down)
    back = {(m.after, m.before): m.count for m in effects.band_moves(LOOSER, LIVE)}
    assert back == {(m.before, m.after): m.count for m in up}
    assert sum(m.count or 0 for m in up) < band_space(LIVE).size
    assert up[0].person.startswith("Somebody with Addiction severity clear signs, 2 of 4; Support system")


def test_the_same_rules_move_nobody() -> None:
    assert list(effects.band_moves(LIVE, replace(LIVE, version="x"))) == []
    found = effects.effects(LIVE, replace(LIVE, version="x"))
    assert (found.replay.people, found.replay.moved) == (effects.SHEETS, 0)


def test_the_replay_reads_any_sheets_and_hides_small_counts() -> None:
    sheets = effects.synthetic(LIVE)
    other = _with("iop1_clear_signs", outcome="residential")

    found = effects.replay(LIVE, other, iter(sheets))

    honest = Counter(effects.decided(LIVE, s)["level"] != effects.decided(other, s)["level"] for s in sheets)
    assert found.people == len(sheets)
    assert found.moved >= honest[True] > 0
    assert all(move.count is None or move.count >= effects.SMALL for move in found.moves)
    assert effects.replay(LIVE, other, []).moves == []


def test_a_single_hidden_count_can_not_be_worked_out_from_the_total() -> None:
    assert effects._hidden(Counter({"a": 3, "b": 40, "c": 90})) == {"a", "b"}
    assert effects._hidden(Counter({"a": 3, "b": 4, "c": 90})) == {"a", "b"}
    assert effects._hidden(Counter({"b": 40, "c": 90})) == set()
    assert effects._hidden(Counter({"a": 3})) == {"a"}


def test_made_up_sheets_are_the_same_each_time_and_reach_every_level() -> None:
    sheets = effects.synthetic(LIVE)
    effects.synthetic.cache_clear()

    assert effects.synthetic(LIVE) == sheets
    assert {effects.decided(LIVE, s)["level"] for s in sheets} >= set(LADDER)
    assert {effects.decided(LIVE, s)["lead"] for s in sheets} == set(LEADS)


def test_a_safety_message_that_falls_silent_is_named_and_counted() -> None:
    """The answers decide the same, only the message is gone: nothing else would show it."""
    key = "suicide_thoughts"
    quiet = tuple(replace(c, danger="") for c in LIVE.question(key).choices)
    asked = tuple(replace(q, choices=quiet) if q.key == key else q for q in LIVE.questions)
    found = effects.effects(LIVE, replace(LIVE, questions=asked)).replay

    assert found.moved == 0
    silenced = [one.message for one in found.silenced]
    dangers = {c.danger for c in LIVE.question(key).choices if c.danger}
    assert silenced == [words.message_of(LIVE, f"danger {danger}") for danger in dangers]
    assert all(one.count is None or one.count >= effects.SMALL for one in found.silenced)
    assert effects.effects(LIVE, LOOSER).replay.silenced == []
