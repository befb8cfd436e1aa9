"""Well-made documents that a proof refuses: the right proof, at the right place; and remarks that refuse nothing."""

from typing import Any

import pytest

from screening.engine.document import load
from screening.engine.verify import ANSWER_PROOFS, Problem, Proofs, verify
from tests.engine.edits import SHIPPED, Edit, Json, edited, index, put
from tests.engine.people import PROTOCOL

pytestmark = pytest.mark.slow

LEVEL = f"level_rules[{index('level_rules', 'iop1_clear_signs')}]"
HOME = f"domains[{index('domains', 'home')}]"


def text(english: str) -> Json:
    return {"row": "Text", "en": english, "es": "Una frase.", "en_them": "", "es_them": ""}


def scored(question: str, points: int) -> Json:
    return {"row": "Scored", "questions": [question], "at_least": points}


def chose(question: str, *choices: str) -> Json:
    return {"row": "Chose", "question": question, "choices": list(choices)}


def reaches(domain: str, band: int) -> Json:
    return {"row": "Reaches", "domain": domain, "band": band}


def has(flag: str) -> Json:
    return {"row": "Has", "flag": flag}


def every(*conditions: Json) -> Json:
    return {"row": "AllOf", "conditions": list(conditions)}


def either(*conditions: Json) -> Json:
    return {"row": "AnyOf", "conditions": list(conditions)}


def more(table: str, row: Json) -> Edit:
    """An edit that adds a row at the end of a table."""
    return lambda document: document[table].append(row)


def rule(key: str, when: Json, outcome: str) -> Json:
    shipped = SHIPPED["level_rules"][0]
    return {**shipped, "key": key, "when": when, "outcome": outcome}


def question(key: str, part: str, **changes: Any) -> Json:
    choices = [
        {"row": "Choice", "key": one, "text": text(one), "points": n} for n, one in enumerate(("no", "yes"))
    ]
    return {
        "row": "Question",
        "key": key,
        "part": part,
        "text": text("A question."),
        "choices": choices,
        "sources": ["our_judgment"],
        **changes,
    }


def found(problems: list[Problem]) -> set[tuple[str, str]]:
    return {(problem.proof, problem.place) for problem in problems}


LEVELS = len(SHIPPED["level_rules"])
HOW_MANY = {"row": "HowMany", "domains": ["severity", "home"], "band": 2, "count": 1}


def crowd(document: Json) -> None:
    """Eight domains more: two hundred billion combinations."""
    model = {**document["domains"][0], "words": [], "told": False}
    document["domains"] += [{**model, "key": f"more_{n}"} for n in range(8)]


# What the proofs over bands and flags refuse.
OVER_BANDS: dict[str, tuple[Edit, str, str]] = {
    "a part that another part implies": (
        put(f"{LEVEL}.when", every(reaches("severity", 2), reaches("severity", 1))),
        "dead condition",
        f"{LEVEL}.when.conditions[1]",
    ),
    "a choice of parts, one within the other": (
        put(f"{LEVEL}.when", either(reaches("severity", 2), every(reaches("severity", 3), has("older")))),
        "dead condition",
        f"{LEVEL}.when.conditions[1]",
    ),
    "a count that is always reached": (
        put(f"{LEVEL}.when", every(reaches("severity", 3), HOW_MANY)),
        "dead condition",
        f"{LEVEL}.when.conditions[1]",
    ),
    "a rule that others always cover": (
        more("level_rules", rule("php9_both", every(reaches("severity", 4), has("older")), "php")),
        "shadowed rule",
        f"level_rules[{LEVELS}]",
    ),
    "danger to life that is no emergency": (put(f"{HOME}.emergency_at_top", True), "danger", HOME),
    "too many combinations to prove": (crowd, "size", ""),
}


@pytest.mark.parametrize("edit, proof, place", OVER_BANDS.values(), ids=OVER_BANDS)
def test_what_the_rules_decide_wrongly_is_refused(edit: Edit, proof: str, place: str) -> None:
    proofs = verify(load(edited(edit)), items=False)

    assert not proofs.hold
    assert (proof, place) in found(proofs.problems)


NEXT = {
    table: len(SHIPPED[table])
    for table in ("questions", "flags", "notes", "dangers", "leads", "care", "pages")
}
NEXT |= {table: len(SHIPPED[table]) for table in ("parts", "alternatives", "help_lines", "domains")}
MEDICAL_STEPS = len(SHIPPED["domains"][index("domains", "medical")]["steps"])


def written_in_vain(document: Json) -> None:
    """Many defects at once, since the proofs over all answers take their time."""
    last = document["questions"]
    closed = every(chose("age", "under_18"), chose("substances", "alcohol"))
    last.append(question("never_asked", "week", ask_if=closed, said=text("Never.")))
    last.append(question("never_read", "week"))
    last.append(question("asked_anyway", "week", ask_if={"row": "Unless", "condition": closed}))
    shipped = {table: document[table][0] for table in NEXT}
    document["flags"] += [
        {**shipped["flags"], "key": "never_set", "when": chose("never_asked", "yes")},
        {**shipped["flags"], "key": "set_for_nothing", "when": chose("asked_anyway", "yes")},
    ]
    document["notes"].append(
        {**shipped["notes"], "key": "never_shown", "when": every(has("pregnant"), has("older"))}
    )
    document["alternatives"].append(
        {
            **shipped["alternatives"],
            "key": "never_offered",
            "when": reaches("severity", 4),
            "levels": ["outpatient"],
        }
    )
    document["dangers"].append({**shipped["dangers"], "key": "never_told"})
    document["leads"].append({**shipped["leads"], "key": "tomorrow"})
    document["care"].append({**shipped["care"], "key": "spa"})
    document["pages"].append({**shipped["pages"], "key": "empty_page"})
    document["parts"].append({**shipped["parts"], "key": "empty_part"})
    document["help_lines"].append({**shipped["help_lines"], "key": "unnamed", "number": "555", "dial": "555"})
    domain = {
        **shipped["domains"],
        "key": "unread",
        "told": False,
        "clinical": False,
        "words": [],
        "strength": None,
    }
    document["domains"].append(domain)
    document["domains"][index("domains", "medical")]["steps"].append(
        {"row": "Step", "band": 1, "when": scored("health", 2)}
    )
    implied = scored("past_help", 2)
    document["domains"][index("domains", "return_to_use")]["steps"][0]["when"]["conditions"].append(implied)
    document["domains"][index("domains", "support")]["steps"][4]["when"] = chose(
        "people_who_use", "none_or_few"
    )
    document["domains"][index("domains", "danger")]["steps"].pop(0)
    document["gates"].append(
        {
            **document["gates"][0],
            "key": "nobody",
            "when": every(has("pregnant"), has("older")),
            "outcome": "emergency",
        }
    )


IN_VAIN = {
    ("unreachable", f"questions[{NEXT['questions']}]"),
    ("unfelt", f"questions[{NEXT['questions'] + 1}]"),
    ("orphan", f"flags[{NEXT['flags']}]"),
    ("orphan", f"flags[{NEXT['flags'] + 1}]"),
    ("orphan", f"notes[{NEXT['notes']}]"),
    ("orphan", f"alternatives[{NEXT['alternatives']}]"),
    ("orphan", f"dangers[{NEXT['dangers']}]"),
    ("orphan", f"leads[{NEXT['leads']}]"),
    ("orphan", f"care[{NEXT['care']}]"),
    ("orphan", f"pages[{NEXT['pages']}]"),
    ("orphan", f"parts[{NEXT['parts']}]"),
    ("orphan", f"domains[{NEXT['domains']}]"),
    ("idle step", f"domains[{index('domains', 'medical')}].steps[{MEDICAL_STEPS}]"),
    ("dead condition", f"domains[{index('domains', 'return_to_use')}].steps[0].when.conditions[3]"),
    ("items", f"domains[{index('domains', 'support')}]"),
    ("band", f"domains[{index('domains', 'danger')}]"),
    ("dead rule", f"gates[{len(SHIPPED['gates'])}]"),
}


@pytest.fixture(scope="module")
def in_vain() -> Proofs:
    return verify(load(edited(written_in_vain)))


@pytest.mark.parametrize("proof, place", sorted(IN_VAIN))
def test_what_nobody_can_reach_is_refused(in_vain: Proofs, proof: str, place: str) -> None:
    assert (proof, place) in found(in_vain.problems)


def test_nothing_else_is_refused(in_vain: Proofs) -> None:
    """Removing one band of danger leaves a rule and a program for fewer people, but for some."""
    assert found(in_vain.problems) == IN_VAIN
    assert all(problem.sentence for problem in in_vain.problems)


def test_what_only_looks_odd_is_remarked_and_refuses_nothing(in_vain: Proofs) -> None:
    remarks = found(in_vain.remarks)

    assert ("orphan", f"help_lines[{NEXT['help_lines']}]") in remarks
    assert ("path", f"questions[{NEXT['questions'] + 2}].ask_if") in remarks
    assert (
        "reason only",
        f"level_rules[{index('level_rules', 'php2_severe_and_one_burden')}].when.conditions[1].conditions[2]",
    ) in remarks


def test_the_shipped_protocol_holds_with_its_remarks() -> None:
    proofs = verify(PROTOCOL)

    assert proofs.hold
    assert {remark.proof for remark in proofs.remarks} <= {"reason only", "path sees to it", "path"}
    assert proofs.counts["combinations that adults reach"] < proofs.counts["combinations that answers reach"]
    assert all(proofs.counts[f"answers leave it to rule {r.key}"] for r in PROTOCOL.level_rules)


def test_the_kinds_that_only_answers_find_are_listed(in_vain: Proofs) -> None:
    without = verify(load(edited(written_in_vain)), items=False)

    assert {p.proof for p in in_vain.problems} - {p.proof for p in without.problems} <= ANSWER_PROOFS | {
        "dead rule",
        "dead condition",
    }


def test_a_protocol_too_large_to_go_through_is_refused_in_time() -> None:
    def many_ticks(document: Json) -> None:
        ticks = [{"row": "Choice", "key": f"t{n}", "text": text("A tick."), "points": 1} for n in range(24)]
        none = {"row": "Choice", "key": "none", "text": text("None."), "points": 0}
        document["questions"].append(question("ticks", "week", kind="many", choices=[*ticks, none]))
        named = [{"row": "Step", "band": 1, "when": chose("ticks", f"t{n}")} for n in range(24)]
        document["domains"][index("domains", "schedule")]["steps"] += named

    proofs = verify(load(edited(many_ticks)))

    assert ("size", f"domains[{index('domains', 'schedule')}]") in found(proofs.problems)
