"""The commands: answers in, assessment out; the protocol to read, to prove, to keep. Bad input is told, never shown."""

import gc
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from screening.engine.document import digest, from_document
from screening.engine.spec import CO_OCCURRING, LADDER, LEADS, TOP_BAND
from screening.protocol import LIVE
from tests.house.source import ROOT
from tests.web.walk import FIRST, calm, engine, outcome, people

pytestmark = pytest.mark.once

# No database mark: a query would be an error.

Sheet = dict[str, Any]


def as_sheet(answers: dict[str, tuple[str, ...]]) -> Sheet:
    kinds = {question.key: question.kind for question in LIVE.questions}
    return {key: list(chosen) if kinds[key] == "many" else chosen[0] for key, chosen in answers.items()}


WHOLE = as_sheet(calm({"signs": ["strong_urges", "fell_behind", "could_not_cut_down"]}))


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Any]:
    """Assess what is given, from a file; return what is printed."""

    def assess(given: str | bytes | Sheet, *options: str) -> str:
        file = tmp_path / "sheet.json"
        text = json.dumps(given) if isinstance(given, dict) else given
        file.write_bytes(text if isinstance(text, bytes) else text.encode(errors="surrogatepass"))
        call_command("assess", str(file), *options)
        return capsys.readouterr().out

    yield assess
    assert gc.isenabled()


def complaint(run: Any, given: str | bytes | Sheet, *options: str) -> str:
    with pytest.raises(CommandError) as caught:
        run(given, *options)
    assert caught.value.returncode == 2
    return str(caught.value)


# --- One sheet ---------------------------------------------------------------------------------------------------------


def test_an_assessment_has_every_field_that_was_promised(run: Any) -> None:
    found = json.loads(run(WHOLE))

    assert found["protocol"] == {"name": LIVE.name, "version": LIVE.version, "digest": digest(LIVE)}
    assert found["lead"] in LEADS
    assert isinstance(found["leads"], list)
    assert found["level"] in (*LADDER, "youth", "undetermined")
    assert found["co_occurring"] in CO_OCCURRING
    assert found["program"] in ("iop", "php", "dual_diagnosis", "residential", "outpatient", "none")
    assert set(found["domains"]) == {domain.key for domain in LIVE.domains}
    for domain in found["domains"].values():
        assert set(domain) == {"band", "range", "items"}
        low, high = domain["range"]
        assert 0 <= low <= high <= TOP_BAND
        assert domain["band"] == (low if low == high else None)
    assert found["rules"]
    assert all({"key", "reason", "sources"} <= set(rule) for rule in found["rules"])
    assert {"notes", "also_consider", "close_call", "changers", "narrowing_question", "strengths"} <= set(
        found
    )
    assert "schedule" not in {domain for rule in found["rules"] for domain in rule}
    assert set(found["week"]) >= {"band", "binds", "formats"}
    assert "possible_levels" not in found


def test_missing_answers_leave_levels_possible_and_name_the_question_that_helps_most(run: Any) -> None:
    found = json.loads(run({}))

    assert found["level"] == "undetermined"
    assert found["possible_levels"] == list(LADDER)
    assert found["program"] == "none"
    assert found["narrowing_question"] in LIVE.by_key
    assert FIRST in json.loads(run({"age": "26_64"}))["missing"] or LIVE.question(FIRST).always_ask


def test_every_outcome_is_printed_as_the_engine_decides_it(run: Any) -> None:
    for reached, answers in list(people().items())[::4]:
        found = json.loads(run(as_sheet(answers), "--brief"))

        possible = len(found.get("possible_levels", []))
        assert (found["lead"], found["level"], found["program"], possible) == reached == outcome(answers)


def test_the_same_answers_print_the_same_every_time(run: Any) -> None:
    backwards = dict(reversed(WHOLE.items()))

    assert run(WHOLE) == run(WHOLE) == run(backwards)


def test_brief_leaves_the_explanation_out_and_nothing_else(run: Any) -> None:
    whole, brief = json.loads(run(WHOLE)), json.loads(run(WHOLE, "--brief"))

    assert set(brief) < set(whole)
    assert {key: whole[key] for key in brief} == brief
    assert {"protocol", "lead", "leads", "level", "co_occurring", "program", "domains", "rules"} <= set(brief)
    assert not {"notes", "changers", "strengths", "reasons"} & set(brief)


def test_the_words_come_in_the_language_asked_for(run: Any) -> None:
    english, spanish = (json.loads(run(WHOLE, "--language", code)) for code in ("en", "es"))

    assert english["level"] == spanish["level"]
    assert english["domains"] == spanish["domains"]
    reasons = {rule.key: rule.reason for rule in (*LIVE.level_rules, *LIVE.gates, LIVE.default_reason)}
    assert [rule["reason"] for rule in spanish["rules"]] == [reasons[r["key"]].es for r in spanish["rules"]]
    assert [rule["reason"] for rule in english["rules"]] == [reasons[r["key"]].en for r in english["rules"]]


def test_answers_to_questions_off_the_path_do_not_count(run: Any) -> None:
    off = {**WHOLE, "substances": ["none"], "alcohol_days": "most_days", "drinks_a_day": "8_plus"}
    on = {key: value for key, value in off.items() if key not in ("alcohol_days", "drinks_a_day")}

    assert json.loads(run(off))["domains"] == json.loads(run(on))["domains"]


# --- Sheets that do not fit ----------------------------------------------------------------------------------------------

BAD: dict[str, tuple[str | bytes, tuple[str, ...]]] = {
    "unknown question": ('{"wohnung": "x"}', ("question 'wohnung'", "no such question")),
    "unknown choice": ('{"age": "500"}', ("question 'age'", "choice '500'", "no such choice")),
    "a list for one choice": ('{"age": ["26_64"]}', ("question 'age'", "26_64", "one choice")),
    "an empty list": ('{"now": []}', ("question 'now'", "empty")),
    "a way out beside an answer": ('{"now": ["none", "overdose"]}', ("question 'now'", "'none'", "combined")),
    "unknown choice in a list": ('{"now": ["overdose", "x"]}', ("question 'now'", "choice 'x'")),
    "a number": ('{"age": 26}', ("question 'age'", "26")),
    "a huge number": ('{"age": ' + "9" * 5000 + "}", ("question 'age'",)),
    "a huge negative number": ('{"age": -' + "9" * 5000 + "}", ("question 'age'",)),
    "a fraction": ('{"age": 1e999}', ("question 'age'",)),
    "not a number": ('{"age": NaN}', ("question 'age'",)),
    "null": ('{"age": null}', ("question 'age'",)),
    "true": ('{"age": true}', ("question 'age'",)),
    "an object": ('{"age": {"key": "26_64"}}', ("question 'age'",)),
    "a list in a list": ('{"now": [["overdose"]]}', ("question 'now'",)),
    "an empty choice": ('{"age": ""}', ("question 'age'", "choice ''")),
    "an empty question": ('{"": "x"}', ("question ''",)),
    "a NUL": ('{"age": "\\u0000"}', ("question 'age'", "\\x00")),
    "a bare NUL": ('{"age": "\x00"}', ("not JSON",)),
    "a lone surrogate": ('{"age": "\\ud800"}', ("question 'age'", "\\ud800")),
    "broken": ('{"age": ', ("not JSON",)),
    "more after the end": ('{"age": "26_64"} {}', ("not JSON",)),
    "an array": ('[{"age": "26_64"}]', ("expected an object",)),
    "text": ('"age"', ("expected an object",)),
    "a bare number": ("1", ("expected an object",)),
    "nothing": ("", ("not JSON",)),
    "white space": (" \n\t", ("not JSON",)),
    "the same question twice": (
        '{"now": "none", "age": "18_25", "age": "26_64"}',
        ("question 'age'", "twice"),
    ),
    "deep nesting": ("[" * 60_000, ("nested too deeply",)),
    "deep objects": ('{"a":' * 10_000, ("nested too deeply",)),
    "10 MB": ('{"age": "' + "x" * 10_000_000 + '"}', ("longer than",)),
    "not UTF-8": (b'{"age": "\xff"}', ("not UTF-8",)),
    "UTF-16": ('{"age": "26_64"}'.encode("utf-16"), ("not UTF-8",)),
    "a long choice": ('{"age": "' + "x" * 50_000 + '"}', ("question 'age'", "xxx...")),
    "a long question": ('{"' + "x" * 50_000 + '": "y"}', ("no such question", "xxx...")),
    "terminal codes": ('{"age": "\\u001b[31m"}', ("question 'age'", "\\x1b[31m")),
}


@pytest.mark.parametrize("name", BAD)
def test_a_sheet_that_does_not_fit_is_refused_and_the_message_says_where(run: Any, name: str) -> None:
    given, parts = BAD[name]

    said = complaint(run, given)

    assert all(part in said for part in parts), said
    assert len(said) < 300
    assert said.isascii()
    assert said.isprintable()


@pytest.mark.parametrize("name", [name for name in BAD if name not in ("nothing", "white space")])
def test_in_a_stream_it_is_refused_in_its_place_and_the_others_go_on(
    run: Any, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    given, parts = BAD[name]
    middle = given if isinstance(given, bytes) else given.encode(errors="surrogatepass")
    good = json.dumps(WHOLE).encode()

    with pytest.raises(CommandError) as caught:
        run(good + b"\n" + middle + b"\n" + good + b"\n", "--lines", "--brief")

    out, err = capsys.readouterr()
    lines = [json.loads(line) for line in out.splitlines()]
    assert len(lines) == 3
    assert lines[0] == lines[2]
    assert lines[0]["level"] in LADDER
    assert set(lines[1]) == {"line", "error"}
    assert lines[1]["line"] == 2
    assert all(part in lines[1]["error"] for part in parts)
    assert err.startswith("line 2: ")
    assert caught.value.returncode == 2


@pytest.mark.parametrize("name", ["missing.json", "folder", "missing/sheet.json"])
def test_a_file_that_can_not_be_read_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(CommandError) as caught:
        call_command("assess", str(tmp_path / name))

    assert caught.value.returncode == 2
    assert name in str(caught.value)


# --- Streams -------------------------------------------------------------------------------------------------------------


def test_a_stream_prints_one_line_for_each_in_order(run: Any) -> None:
    sheets = [as_sheet(answers) for answers in people().values()]

    out = run("\n".join(json.dumps(sheet) for sheet in sheets) + "\n", "--lines")

    lines = [json.loads(line) for line in out.splitlines()]
    assert [(line["lead"], line["level"], line["program"]) for line in lines] == [one[:3] for one in people()]
    assert lines[0] == json.loads(run(sheets[0]))


@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_lines_may_end_in_any_way_and_empty_ones_are_nobody(run: Any, end: str) -> None:
    line = json.dumps(WHOLE)
    out = run((end or "\n").join([line, "", "   ", line]) + end, "--lines", "--brief")

    assert [json.loads(one)["level"] for one in out.splitlines()] == [json.loads(run(WHOLE))["level"]] * 2


def test_the_number_of_a_bad_line_counts_empty_ones(run: Any, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(CommandError, match="1 lines do not fit"):
        run('{}\n\n\n{"x": "y"}\n', "--lines", "--brief")

    assert json.loads(capsys.readouterr().out.splitlines()[1])["line"] == 4


def test_standard_input_is_read_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for options in ([], ["--lines"]):
        raw = io.BytesIO(json.dumps(WHOLE).encode())
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(raw, encoding="ascii"))

        call_command("assess", "-", *options)

        assert json.loads(capsys.readouterr().out)["protocol"]["version"] == LIVE.version


def test_without_a_file_it_says_what_to_name() -> None:
    with pytest.raises(CommandError, match="name a file"):
        call_command("assess")


# --- The protocol --------------------------------------------------------------------------------------------------------


def test_the_protocol_is_shown_with_every_question_and_rule(capsys: pytest.CaptureFixture[str]) -> None:
    for language in ("en", "es"):
        call_command("protocol", "show", "--language", language)
        out = capsys.readouterr().out

        assert all(f"[{question.key}]" in out for question in LIVE.questions)
        assert all(question.text.read(language) in out for question in LIVE.questions)
        assert all(f"[{rule.key}]" in out for rule in (*LIVE.gates, *LIVE.level_rules))


def test_the_document_holds_the_whole_protocol(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("protocol", "document")

    document = json.loads(capsys.readouterr().out)

    assert digest(from_document(document)) == digest(LIVE)


def test_the_commands_work_in_a_bare_checkout_and_leave_nothing_behind(tmp_path: Path) -> None:
    """As somebody would type them right after unpacking: no settings, no database, no var/."""
    for name in ("iopguide", "screening", "programs", "locale", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "manage.py", tmp_path)
    # Settings may make the folder for what an installation writes; nothing is written into it.
    before = {path for path in tmp_path.rglob("*") if "__pycache__" not in path.parts}
    bare = {key: value for key, value in os.environ.items() if key in ("PATH", "HOME", "LANG")}

    def typed(*words: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "manage.py", *words]
        return subprocess.run(command, cwd=tmp_path, env=bare, input=given, capture_output=True, check=False)

    one = typed("assess", "-", given=json.dumps(WHOLE).encode())
    assert (one.returncode, one.stderr) == (0, b"")
    assert json.loads(one.stdout)["level"] == engine().assess(WHOLE).decision.level

    bad = typed("assess", "-", "--lines", "--language", "es", given=b'{}\n{"age": "\xff"}\n{}\n')
    assert bad.returncode == 2
    assert [("error" in json.loads(line)) for line in bad.stdout.splitlines()] == [False, True, False]
    assert b"Traceback" not in bad.stderr

    proofs = typed("protocol", "verify", "--json")
    assert proofs.returncode == 0, proofs.stderr
    found = json.loads(proofs.stdout)
    assert found["hold"] is True
    assert found["problems"] == []
    assert found["protocol"]["digest"] == json.loads(one.stdout)["protocol"]["digest"]
    assert found["counts"]["combinations of bands"] >= 5**8

    after = {path for path in tmp_path.rglob("*") if "__pycache__" not in path.parts}
    assert after - {tmp_path / "var"} == before
