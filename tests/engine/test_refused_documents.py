"""Documents with one thing wrong, each edited from the shipped one: refused, with the right reason, at the right place."""

import copy
import json
from typing import Any

import pytest

from screening.engine.document import DocumentError, ProtocolRefused, digest, load, load_text
from screening.engine.places import walk
from screening.engine.structure import flaws
from tests.engine.edits import SHIPPED, Edit, Json, drop, edited, index, put, twice
from tests.engine.people import PROTOCOL

HEALTH = f"questions[{index('questions', 'health')}]"
SIGNS = f"questions[{index('questions', 'signs')}]"
WORRY = f"questions[{index('questions', 'worry')}]"
WHO = f"questions[{index('questions', 'who')}]"
MEDICAL = f"domains[{index('domains', 'medical')}]"
SCHEDULE = f"domains[{index('domains', 'schedule')}]"
OLDER = f"flags[{index('flags', 'older')}]"
GATE = f"gates[{index('gates', 'g5_health_first')}]"
LEVEL = f"level_rules[{index('level_rules', 'iop1_clear_signs')}]"
NOTE = f"notes[{index('notes', 'older_adult')}]"
CRISIS = f"help_lines[{index('help_lines', 'crisis')}]"
TREATMENT = f"help_lines[{index('help_lines', 'treatment')}]"

YES: Json = {"row": "Has", "flag": "older"}
DEEP: Json = {"row": "Has", "flag": "older"}
for _ in range(80):
    DEEP = {"row": "AllOf", "conditions": [DEEP]}


def text(english: str, spanish: str = "Una frase.") -> Json:
    return {"row": "Text", "en": english, "es": spanish, "en_them": "", "es_them": ""}


# Not the shape of a protocol: refused before anything is made of it.
SHAPELESS: dict[str, tuple[Edit, str]] = {
    "no row is named": (drop(f"{HEALTH}.row"), HEALTH),
    "a row of another kind": (put(f"{HEALTH}.row", "Domain"), HEALTH),
    "an unknown field": (put(f"{HEALTH}.colour", "blue"), HEALTH),
    "a missing field": (drop(f"{HEALTH}.part"), f"{HEALTH}.part"),
    "points that are text": (put(f"{HEALTH}.choices[1].points", "1"), f"{HEALTH}.choices[1].points"),
    "points that are true": (put(f"{HEALTH}.choices[1].points", True), f"{HEALTH}.choices[1].points"),
    "points that are a fraction": (put(f"{HEALTH}.choices[1].points", 1.5), f"{HEALTH}.choices[1].points"),
    "points beyond all numbers": (put(f"{HEALTH}.choices[1].points", 10**30), f"{HEALTH}.choices[1].points"),
    "a list that is an object": (put("questions", {}), "questions"),
    "a text that is a number": (put(f"{HEALTH}.part", 3), f"{HEALTH}.part"),
    "a kind of question that is none": (put(f"{HEALTH}.kind", "some"), f"{HEALTH}.kind"),
    "a strength that is none": (put("sources[0].strength", "sure"), "sources[0].strength"),
    "a condition of no kind": (put(f"{GATE}.when.row", "Always"), f"{GATE}.when"),
    "a condition that is text": (put(f"{GATE}.when", "older"), f"{GATE}.when"),
    "code in place of a condition": (put(f"{GATE}.when.row", "__import__"), f"{GATE}.when"),
    "conditions without end": (put(f"{GATE}.when", DEEP), ""),
    "a text without end": (put(f"{HEALTH}.text.en", "x" * 20_000), f"{HEALTH}.text.en"),
    "a text with a character nobody sees": (put(f"{HEALTH}.text.en", "Do\u202ey"), f"{HEALTH}.text.en"),
    "a text with half a character": (put(f"{HEALTH}.text.en", "Do\ud800"), f"{HEALTH}.text.en"),
    "more rows than any protocol": (put("limits", [text("Word.")] * 50_000), ""),
}


@pytest.mark.parametrize("edit, place", SHAPELESS.values(), ids=SHAPELESS)
def test_what_has_not_the_shape_is_refused_at_its_place(edit: Edit, place: str) -> None:
    with pytest.raises(DocumentError) as refused:
        load(edited(edit))

    assert refused.value.problem
    if place:
        assert refused.value.place == place


# The right shape, but not well made.
REFUSED: dict[str, tuple[Edit, str, str]] = {
    "two questions with one key": (twice(WORRY), "doubled", f"questions[{len(SHIPPED['questions'])}].key"),
    "two choices with one key": (
        put(f"{HEALTH}.choices[1].key", "no"),
        "doubled",
        f"{HEALTH}.choices[1].key",
    ),
    "two rules of two tables with one key": (
        put(f"{LEVEL}.key", "g5_health_first"),
        "doubled",
        f"{LEVEL}.key",
    ),
    "a key with a space": (put(f"{HEALTH}.key", "my health"), "key", f"{HEALTH}.key"),
    "a key without end": (put(f"{HEALTH}.key", "h" * 200), "key", f"{HEALTH}.key"),
    "a version that is a path": (put("version", "../1"), "key", "version"),
    "a question in no part": (put(f"{WORRY}.part", "soul"), "dangling", f"{WORRY}.part"),
    "a question on no page": (put(f"{WORRY}.page", "moods"), "dangling", f"{WORRY}.page"),
    "a page in pieces": (
        put(f"{HEALTH}.page", "phq4"),
        "page",
        f"questions[{index('questions', 'nervous')}].page",
    ),
    "a choice with no such message": (
        put(f"{HEALTH}.choices[3].danger", "doom"),
        "dangling",
        f"{HEALTH}.choices[3].danger",
    ),
    "a gate with no such message": (put(f"{GATE}.danger", "doom"), "dangling", f"{GATE}.danger"),
    "a level with a message nobody shows": (put(f"{LEVEL}.danger", "medical"), "orphan", f"{LEVEL}.danger"),
    "a lead with no such line": (put("leads[0].lines[0]", "hotline"), "dangling", "leads[0].lines[0]"),
    "a next step with no such line": (
        put("undetermined.next_steps[1].line", "hotline"),
        "dangling",
        "undetermined.next_steps[1].line",
    ),
    "a note for no such level": (put(f"{NOTE}.levels", ["hospital"]), "dangling", f"{NOTE}.levels[0]"),
    "a week that reads no domain": (put("week.domain", "calendar"), "dangling", "week.domain"),
    "a week that decides care": (put("week.domain", "medical"), "schedule", "week.domain"),
    "a week bound by no checklist": (put("week.binds", "free_times"), "shape", "week.binds"),
    "no flag for children": (drop(f"flags[{index('flags', 'youth')}]"), "dangling", "flags"),
    "children told by another flag": (put("youth", YES), "outcome", "youth"),
    "no domain that tells addiction": (
        put(f"domains[{index('domains', 'severity')}].key", "gravity"),
        "dangling",
        "domains",
    ),
    "a rule without a source": (put(f"{LEVEL}.sources", []), "unsourced", f"{LEVEL}.sources"),
    "a question without a source": (put(f"{HEALTH}.sources", []), "unsourced", f"{HEALTH}.sources"),
    "a source that is not listed": (put(f"{LEVEL}.sources", ["hearsay"]), "dangling", f"{LEVEL}.sources[0]"),
    "a source without a licence": (put("sources[0].licence", " "), "unsourced", "sources[0].licence"),
    "a question that hangs on a later one": (
        put(f"{HEALTH}.ask_if", {"row": "Scored", "questions": ["safe_home"], "at_least": 1}),
        "cycle",
        f"{HEALTH}.ask_if",
    ),
    "a question that hangs on itself": (
        put(f"{HEALTH}.ask_if", {"row": "Scored", "questions": ["health"], "at_least": 1}),
        "cycle",
        f"{HEALTH}.ask_if",
    ),
    "a part that hangs on its own first question": (
        put("parts[4].ask_if", {"row": "Chose", "question": "free_times", "choices": ["any_time"]}),
        "cycle",
        f"questions[{index('questions', 'free_times')}].ask_if",
    ),
    "a path that reads a band": (
        put(f"{HEALTH}.ask_if", {"row": "Reaches", "domain": "home", "band": 1}),
        "raw",
        f"{HEALTH}.ask_if",
    ),
    "a domain that reads a flag": (put(f"{MEDICAL}.steps[0].when", YES), "raw", f"{MEDICAL}.steps[0].when"),
    "a rule that reads an answer": (
        put(f"{LEVEL}.when", {"row": "Scored", "questions": ["signs"], "at_least": 4}),
        "raw",
        f"{LEVEL}.when",
    ),
    "a rule that reads the week": (put(f"{LEVEL}.when.domain", "schedule"), "schedule", f"{LEVEL}.when"),
    "a week that is an emergency": (
        put(f"{SCHEDULE}.emergency_at_top", True),
        "schedule",
        f"{SCHEDULE}.emergency_at_top",
    ),
    "a rule that says not": (
        put(f"{LEVEL}.when", {"row": "Not", "condition": YES}),
        "downward",
        f"{LEVEL}.when",
    ),
    "a rule that reads no such domain": (put(f"{LEVEL}.when.domain", "luck"), "dangling", f"{LEVEL}.when"),
    "a rule that reads no such flag": (
        put(f"{LEVEL}.when", {"row": "Has", "flag": "insured"}),
        "dangling",
        f"{LEVEL}.when",
    ),
    "a flag that reads no such choice": (
        put(f"{OLDER}.when.choices[0]", "99_plus"),
        "dangling",
        f"{OLDER}.when",
    ),
    "a flag that reads no such question": (
        put(f"{OLDER}.when.question", "shoe_size"),
        "dangling",
        f"{OLDER}.when",
    ),
    "a band above the top": (put(f"{MEDICAL}.steps[0].band", 5), "band", f"{MEDICAL}.steps[0].band"),
    "a rule that asks for no band at all": (put(f"{LEVEL}.when.band", 0), "band", f"{LEVEL}.when"),
    "a step that asks for no points": (
        put(f"{MEDICAL}.steps[0].when.at_least", 0),
        "band",
        f"{MEDICAL}.steps[0].when",
    ),
    "a step that asks for endless points": (
        put(f"{MEDICAL}.steps[0].when.at_least", 10**9),
        "band",
        f"{MEDICAL}.steps[0].when",
    ),
    "more domains than are listed": (
        put(f"{LEVEL}.when", {"row": "HowMany", "domains": ["home"], "band": 1, "count": 2}),
        "band",
        f"{LEVEL}.when",
    ),
    "all of nothing": (put(f"{LEVEL}.when", {"row": "AllOf", "conditions": []}), "empty", f"{LEVEL}.when"),
    "one question counted twice": (
        put(f"{MEDICAL}.steps[0].when.questions", ["health", "health"]),
        "doubled",
        f"{MEDICAL}.steps[0].when",
    ),
    "a rule that leads nowhere": (put(f"{LEVEL}.outcome", "hospital"), "outcome", f"{LEVEL}.outcome"),
    "a gate that gives a level": (put(f"{GATE}.outcome", "php"), "outcome", f"{GATE}.outcome"),
    "a default that asks something": (put("default_reason.when", YES), "outcome", "default_reason"),
    "a question with one choice": (
        put(f"{HEALTH}.choices", SHIPPED["questions"][index("questions", "health")]["choices"][:1]),
        "choices",
        f"{HEALTH}.choices",
    ),
    "a checklist without none of these": (drop(f"{SIGNS}.choices[6]"), "choices", f"{SIGNS}.choices"),
    "ticks that weigh more than others": (
        put(f"{SIGNS}.choices[0].points", 2),
        "choices",
        f"{SIGNS}.choices",
    ),
    "none of these that weighs something": (
        put(f"{SIGNS}.choices[6].points", 1),
        "choices",
        f"{SIGNS}.choices[6].points",
    ),
    "points below zero": (put(f"{HEALTH}.choices[0].points", -1), "choices", f"{HEALTH}.choices[0].points"),
    "a choice with a key that is taken": (
        put(f"{HEALTH}.choices[0].key", "not_sure"),
        "choices",
        f"{HEALTH}.choices[0].key",
    ),
    "not sure, scored as more than anything": (
        put(f"{HEALTH}.if_unknown", 9),
        "choices",
        f"{HEALTH}.if_unknown",
    ),
    "a message for an answer nobody may give": (
        put(f"{WHO}.unknown_danger", "medical"),
        "orphan",
        f"{WHO}.unknown_danger",
    ),
    "a reason without Spanish": (
        put(f"{LEVEL}.reason", text("A sentence.", "")),
        "wording",
        f"{LEVEL}.reason",
    ),
    "words for families in English only": (
        put(f"{LEVEL}.reason.en_them", "They."),
        "wording",
        f"{LEVEL}.reason",
    ),
    "a placeholder in one language only": (
        put(f"{SIGNS}.said.es", "Hubo señales."),
        "wording",
        f"{SIGNS}.said",
    ),
    "a placeholder that reaches into the program": (
        put(f"{SIGNS}.said", text("{count.__class__}", "{count.__class__}")),
        "wording",
        f"{SIGNS}.said",
    ),
    "a brace where nothing is filled in": (
        put(f"{LEVEL}.reason.en", "Since {count} signs."),
        "wording",
        f"{LEVEL}.reason",
    ),
    "an answer that can change and can not be said": (
        put(f"questions[{index('questions', 'safe_home')}].choices[0].said", None),
        "wording",
        f"questions[{index('questions', 'safe_home')}].choices[0].said",
    ),
    "no words for a level": (drop(f"care[{index('care', 'php')}]"), "wording", "care"),
    "no words for what comes first": (drop("leads[0]"), "wording", "leads"),
    "bands without words": (put(f"{SCHEDULE}.words", []), "wording", f"{SCHEDULE}.words"),
    "a line that dials another number": (
        put(f"{TREATMENT}.dial", "18006624358"),
        "number",
        f"{TREATMENT}.number",
    ),
    "a line that dials letters": (put(f"{CRISIS}.dial", "988;ext=1"), "number", f"{CRISIS}.dial"),
    "a number in a text that is no line": (
        put(f"{NOTE}.paragraphs[0].en", "Call 1-800-555-0100."),
        "number",
        f"{NOTE}.paragraphs[0]",
    ),
}


@pytest.mark.parametrize("edit, kind, place", REFUSED.values(), ids=REFUSED)
def test_what_is_not_well_made_is_refused_with_every_fault(edit: Edit, kind: str, place: str) -> None:
    with pytest.raises(ProtocolRefused) as refused:
        load(edited(edit))

    found = {(fault.kind, fault.place) for fault in refused.value.faults}
    assert (kind, place) in found
    assert all(fault.sentence for fault in refused.value.faults)
    assert refused.value.faults[0].place in str(refused.value)


def test_the_shipped_document_is_taken() -> None:
    assert digest(load(copy.deepcopy(SHIPPED))) == digest(PROTOCOL)
    assert digest(load_text(json.dumps(SHIPPED))) == digest(PROTOCOL)
    assert not list(flaws(PROTOCOL))


def test_every_path_of_a_row_leads_to_it_in_the_document() -> None:
    for place, row in walk(PROTOCOL):
        if place:
            found: Any = SHIPPED
            for step in place.replace("[", ".[").split("."):
                found = found[int(step[1:-1])] if step.startswith("[") else found[step]
            assert found["row"] == type(row).__name__, place


def test_more_than_forty_kinds_of_defect_are_refused() -> None:
    assert len(REFUSED) + len(SHAPELESS) >= 40
    assert len({kind for _, kind, _ in REFUSED.values()}) >= 12
