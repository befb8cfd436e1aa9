"""The study kit, from codes on paper to agreement with intervals, on made-up people."""

import csv
import json
import random
from collections import Counter
from io import StringIO
from pathlib import Path
from statistics import pstdev

import pytest
from django.core.management import CommandError, call_command

from screening.agreement import Pair, agreement, by_group, rung, share, weighted_kappa
from screening.engine import engine_for
from screening.engine.receipt import receipt
from screening.engine.spec import LADDER
from screening.protocol import LIVE

ENGINE = engine_for(LIVE)

# The same answers but for the number of signs and the home, so that every level occurs.
BASE = {
    "who": "me", "age": "26_64", "now": "none", "suicide_thoughts": "no", "self_harm": "no",
    "substances": ["cannabis"], "pregnant": "no", "health": "no", "overdose": "never",
    "nervous": "not_at_all", "worry": "not_at_all", "little_interest": "not_at_all", "down": "not_at_all",
    "diagnosis": "none", "unusual_experiences": "no", "people_to_count_on": "three_or_more",
    "people_who_use": "none_or_few", "place_to_live": "steady", "safe_home": "yes", "past_help": "not_tried",
    "longest_without": "two_weeks", "free_times": "skip",
}  # fmt: skip
SIGNS = ["more_than_meant", "fell_behind", "could_not_cut_down", "trouble_with_people", "strong_urges"]
LEVELS = {
    "outpatient": {"signs": "none"},
    "iop": {"signs": SIGNS[:4], "more_signs": "none"},
    "php": {"signs": SIGNS[:4], "more_signs": "none", "safe_home": "lots_of_use"},
    "residential": {"signs": SIGNS, "more_signs": ["unsafe"], "safe_home": "lots_of_use"},
}


def code_for(level: str) -> str:
    answers = ENGINE.door.parse({**BASE, **LEVELS[level]})
    assert ENGINE.assess_checked(answers).decision.level == level
    return receipt(ENGINE, answers)


def study_file(folder: Path, rows: list[tuple[str, str, str]]) -> Path:
    path = folder / "study.csv"
    with path.open("w", encoding="utf-8", newline="") as target:
        csv.writer(target).writerows([("receipt", "placed", "group"), *rows])
    return path


def test_the_kit_finds_the_shares_that_were_planted(tmp_path: Path) -> None:
    codes = {level: code_for(level) for level in LEVELS}
    rows = []
    for number in range(400):
        place = number % 4
        # Of every 20 people, one was placed higher and two lower than recommended, where there is room.
        moved = place + 1 if number % 20 == 0 else place - 1 if number % 20 in (1, 2) else place
        rows.append((codes[LADDER[place]], LADDER[moved], "en" if number % 2 else "es"))
    output = StringIO()
    call_command("study", study_file(tmp_path, rows), "--json", stdout=output)
    found = json.loads(output.getvalue())["all"]
    assert (found["people"], found["under"]["count"], found["over"]["count"]) == (400, 20, 40)
    assert found["exact"]["count"] == 340
    assert found["within_one"]["count"] == 400
    assert found["exact"]["low"] < 0.85 < found["exact"]["high"]
    assert found["kappa"]["low"] < found["kappa"]["value"] < found["kappa"]["high"]


def test_the_report_for_people_says_which_side_is_dangerous(tmp_path: Path) -> None:
    output = StringIO()
    call_command("study", study_file(tmp_path, [(code_for("iop"), "php", "")] * 12), stdout=output)
    assert "less care than the clinician: 12 of 12, 100 %" in output.getvalue().replace("100%", "100 %")


def test_open_answers_are_counted_apart_and_never_guessed(tmp_path: Path) -> None:
    thin = receipt(ENGINE, ENGINE.door.parse({**BASE, "signs": "not_sure"}))
    output = StringIO()
    rows = [(thin, "iop", ""), (code_for("iop"), "iop", "")]
    call_command("study", study_file(tmp_path, rows), "--json", stdout=output)
    found = json.loads(output.getvalue())
    assert found["undetermined"] == 1
    assert found["all"]["people"] == 1


@pytest.mark.parametrize(
    "text, said",
    [
        ("a,b,c\n", "first line"),
        ("receipt,placed,group\nnonsense,iop,\n", "row 2, receipt"),
        ("receipt,placed,group\n2026.1-000000-AAAA,iop,\n", "other rules"),
        ("receipt,placed,group\n0000.0-000000-AAAA,iop,\n", "no protocol version"),
        ("receipt,placed,group\n", "no pairs"),
    ],
)
@pytest.mark.django_db
def test_a_file_that_does_not_fit_is_refused_by_name(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "study.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CommandError, match=said) as refused:
        call_command("study", path)
    assert refused.value.returncode == 2


def test_an_unknown_placement_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="row 2, placed"):
        call_command("study", study_file(tmp_path, [(code_for("iop"), "rehab", "")]))


def test_a_small_group_is_hidden_and_takes_another_with_it() -> None:
    pairs = [
        Pair("iop", "iop", group) for group, size in (("a", 30), ("b", 20), ("c", 3)) for _ in range(size)
    ]
    found = by_group(pairs)
    assert found["c"] is None
    assert found["b"] is None
    assert found["a"] is not None


def test_kappa_is_one_for_full_agreement_and_undefined_for_one_cell() -> None:
    assert agreement([Pair(level, level) for level in LADDER]).kappa.value == pytest.approx(1)
    assert agreement([Pair("iop", "iop")] * 5).kappa.value is None


def test_kappa_and_its_interval_agree_with_resampling() -> None:
    rng = random.Random(5)  # noqa: S311  made-up people, not secrets
    pairs = []
    for _ in range(300):
        ours = rng.randrange(4)
        theirs = min(3, max(0, ours + rng.choice((0, 0, 0, -1, 1))))
        pairs.append((ours, theirs))
    kappa = weighted_kappa(Counter(pairs), len(pairs))
    resampled = [
        weighted_kappa(Counter(rng.choices(pairs, k=len(pairs))), len(pairs)).value or 0 for _ in range(400)
    ]
    assert kappa.value is not None
    assert kappa.high is not None
    assert (kappa.high - kappa.value) / 1.96 == pytest.approx(pstdev(resampled), rel=0.2)


def test_a_share_stays_between_nothing_and_everything() -> None:
    assert share(0, 10).low == 0
    assert share(10, 10).high == pytest.approx(1)
    with pytest.raises(ValueError, match="at least one"):
        share(0, 0)
    with pytest.raises(ValueError, match="none of"):
        rung("inpatient")
