"""Proofs are true for one text, fail with somebody to look at, and are not run again for nothing."""

from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth.models import User

from screening.engine.conditions import Reaches, Scored, any_of
from screening.engine.document import digest
from screening.engine.spec import Protocol
from screening.engine.verify import Problem
from screening.protocol import LIVE
from screening.revisions import proving, rows, services
from screening.revisions.models import ProtocolRevision
from tests.revisions.conftest import RULE, reworded

WITHOUT_HEALTH = replace(
    LIVE,
    gates=(replace(LIVE.gates[0], when=any_of(*LIVE.gates[0].when.conditions[2:])), *LIVE.gates[1:]),  # type: ignore[union-attr]
)


def test_a_missed_danger_is_shown_by_a_person_in_words() -> None:
    proofs = proving.prove(WITHOUT_HEALTH, {})
    shown = proving.shown(WITHOUT_HEALTH, proofs)

    assert not proofs["hold"]
    health = next(one for one in shown if "Physical health" in one.sentence)
    assert health.person == "A person with physical health 4 of 4, and nothing else."
    assert health.meaning == "Danger to life must always come out as an emergency."
    assert health.address == f"gates/{LIVE.gates[0].key}"


def test_a_rule_that_never_decides_is_named_with_the_way_to_it() -> None:
    rule = replace(rows.get(LIVE, RULE), when=Reaches("severity", 4))
    protocol = rows.put(LIVE, RULE, rule)

    found = proving.shown(protocol, proving.prove(protocol, {}))

    # It now fires exactly where another rule does, so each of the two hides the other.
    assert {(one.proof, one.address) for one in found} == {
        ("shadowed rule", RULE),
        ("shadowed rule", "level_rules/php1_most_severe"),
    }


def test_proofs_over_answers_carry_over_until_something_behind_the_bands_changes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    runs: list[bool] = []
    real = proving.verify

    def counted(protocol: Protocol, *, items: bool = True) -> Any:
        runs.append(items)
        found = real(protocol, items=False)
        if items:
            found.counts["answers behind home"] = 60
            found.problems.append(Problem("items", "home: a worse answer lowers the band"))
        return found

    monkeypatch.setattr(proving, "verify", counted)
    whole = proving.prove(LIVE, {}, everything=True)
    worded = proving.prove(rows.put(LIVE, "limits", LIVE.limits[:1]), whole)
    home = rows.get(LIVE, "domains/home")
    cut = replace(home, steps=(replace(home.steps[0], when=Scored(("safe_home",), 2)), *home.steps[1:]))
    moved = proving.prove(rows.put(LIVE, "domains/home", cut), whole)

    assert runs == [True, False, False]
    assert (whole["complete"], worded["complete"], moved["complete"]) == (True, True, False)
    assert dict(worded["counts"])["answers behind home"] == 60
    assert [p["proof"] for p in worded["problems"]] == ["items"]
    assert not worded["hold"]
    assert moved["problems"] == []


def test_what_the_proofs_over_answers_look_at_is_all_in_their_digest() -> None:
    """Whatever may change a band must change it; words and rules must not."""
    before = proving.behind_the_bands(LIVE)
    home, age = rows.get(LIVE, "domains/home"), rows.get(LIVE, "questions/age")
    points = replace(age, choices=(replace(age.choices[0], points=9), *age.choices[1:]))
    same = (
        rows.put(LIVE, RULE, replace(rows.get(LIVE, RULE), outcome="iop")),
        rows.put(LIVE, "domains/home", replace(home, strength=None)),
    )
    different = (
        rows.put(LIVE, "domains/home", replace(home, steps=home.steps[1:])),
        rows.put(LIVE, "questions/age", points),
        rows.put(LIVE, "questions/age", replace(age, ask_if=Scored(("who",), 1))),
        rows.put(LIVE, "questions/age", replace(age, if_unknown=3)),
    )

    assert all(proving.behind_the_bands(protocol) == before for protocol in same)
    assert all(proving.behind_the_bands(protocol) != before for protocol in different)


def test_proofs_hold_for_exactly_one_text() -> None:
    proofs = {"hold": True, "complete": True, "digest": digest(LIVE)}

    assert proving.holds_for(proofs, digest(LIVE))
    assert not proving.holds_for(proofs, "0" * 64)
    assert not proving.holds_for({**proofs, "complete": False}, digest(LIVE))
    assert not proving.holds_for({}, digest(LIVE))


@pytest.mark.django_db
def test_proofs_of_an_older_text_are_not_kept(draft: ProtocolRevision, lead: User) -> None:
    stale = ProtocolRevision.objects.get()
    reworded(draft, lead)
    before = ProtocolRevision.objects.get().proofs

    services.prove(stale, everything=True)

    assert ProtocolRevision.objects.get().proofs == before


@pytest.mark.slow
@pytest.mark.django_db
def test_the_real_proofs_hold_for_a_copy_of_the_live_version(lead: User) -> None:
    revision = services.start_draft(version="2026.9", by=lead)
    services.prove(revision, everything=True)

    assert proving.holds_for(ProtocolRevision.objects.get().proofs, revision.digest)
