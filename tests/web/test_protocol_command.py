"""`manage.py protocol`: what it prints, what it writes, and how it ends, as scripts and people call it."""

import copy
import io
import json
from contextlib import redirect_stderr
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from screening.engine.document import digest, load_text, to_document
from screening.engine.schema import schema
from screening.protocol import LIVE
from tests.engine.edits import SHIPPED, put, row
from tests.engine.people import calm
from tests.engine.test_audit import PUBLISHED
from tests.house.source import ROOT

pytestmark = pytest.mark.once

SCHEMA = ROOT / "docs" / "protocol.schema.json"
WHOLE = {
    "domains": {"severity": 2},
    "outcomes": ["less", "more"],
    "rules": [
        {"key": "high", "when": {"domain": "severity", "at_least": 1}, "outcome": "more"},
        {"key": "rest", "when": {"all": []}, "outcome": "less"},
    ],
    "default": None,
}


def run(*arguments: str) -> tuple[int, str, str]:
    """Return the exit code, what was printed, and what was said about it."""
    out = io.StringIO()
    try:
        call_command("protocol", *arguments, stdout=out)
    except CommandError as error:
        return error.returncode, out.getvalue(), str(error)
    return 0, out.getvalue(), ""


def written(folder: Path, value: Any, name: str = "file.json") -> str:
    path = folder / name
    path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
    return str(path)


# show, document, verify


def test_show_reads_the_protocol_to_a_person() -> None:
    code, said, _ = run("show", "--language", "es", "--voice", "them")

    assert code == 0
    assert LIVE.questions[1].text.read("es", "them") in said
    assert all(rule.key in said for rule in (*LIVE.gates, *LIVE.level_rules, LIVE.default_reason))


def test_the_document_is_the_protocol_there_and_back() -> None:
    code, said, _ = run("document")

    assert code == 0
    assert json.loads(said) == to_document(LIVE)
    assert digest(load_text(said)) == digest(LIVE)


def test_a_document_file_takes_the_place_of_a_version(tmp_path: Path) -> None:
    code, said, _ = run("document", "--protocol", written(tmp_path, SHIPPED))

    assert code == 0
    assert json.loads(said) == SHIPPED


def test_the_published_schema_is_fresh() -> None:
    _, said, _ = run("document", "--schema")

    assert json.loads(said) == schema()
    renewed = "manage.py protocol document --schema > docs/protocol.schema.json"
    assert SCHEMA.read_text(encoding="utf-8") == said, f"renew it: {renewed}"


def test_the_schema_names_every_row_and_field_of_the_document() -> None:
    rows = schema()["$defs"]

    def check(value: Any) -> None:
        if isinstance(value, list):
            for part in value:
                check(part)
        elif isinstance(value, dict):
            shape = rows[value["row"]]
            assert set(shape["required"]) <= set(value) <= set(shape["properties"])
            assert shape["additionalProperties"] is False
            for part in value.values():
                check(part)

    check(SHIPPED)


def test_every_reference_in_the_schema_leads_somewhere() -> None:
    whole = schema()

    def references(value: Any) -> set[str]:
        if isinstance(value, dict):
            return (
                {value["$ref"]} if "$ref" in value else set().union(*map(references, value.values()), set())
            )
        return set().union(*map(references, value), set()) if isinstance(value, list) else set()

    named = references(whole["$defs"]) | {whole["$ref"]}
    assert {f"#/$defs/{name}" for name in whole["$defs"]} == named


@pytest.mark.slow
def test_verify_prints_every_count_and_remark_and_ends_well() -> None:
    code, said, _ = run("verify", "--json")
    shown = json.loads(said)

    assert code == 0
    assert shown["hold"] is True
    assert shown["problems"] == []
    assert shown["protocol"] == {"version": LIVE.version, "digest": digest(LIVE)}
    assert shown["counts"]["combinations of bands and flags"] == 12_500_000
    assert all({"proof", "sentence", "person", "place"} == set(remark) for remark in shown["remarks"])


def test_verify_ends_with_1_when_a_proof_fails(tmp_path: Path) -> None:
    document = copy.deepcopy(SHIPPED)
    row(document, "level_rules", "iop1_clear_signs")["outcome"] = "php"
    row(document, "level_rules", "php1_most_severe")["outcome"] = "iop"
    row(document, "domains", "home")["emergency_at_top"] = True
    code, said, about = run("verify", "--protocol", written(tmp_path, document))

    assert code == 1
    assert "proofs failed" in about
    assert "FAILED  danger: home at the top is no emergency" in said
    assert "A person with " in said


# audit


def test_audit_of_a_whole_table_ends_with_0(tmp_path: Path) -> None:
    code, said, about = run("audit", written(tmp_path, WHOLE))

    assert (code, about) == (0, "")
    assert "Whole" in said


def test_audit_finds_and_ends_with_1(tmp_path: Path) -> None:
    code, said, about = run("audit", written(tmp_path, PUBLISHED), "--json")
    shown = json.loads(said)

    assert code == 1
    assert about
    assert list(shown) == [
        "cells",
        "unmatched",
        "unmatched_at_top",
        "inversions",
        "dead_rules",
        "shadowed_rules",
        "unreachable_outcomes",
        "examples",
    ]
    assert (shown["cells"], shown["unmatched"], shown["unmatched_at_top"], shown["inversions"]) == (
        625,
        222,
        138,
        30,
    )
    assert set(shown["examples"]) == set(list(shown)[1:-1])


def test_audit_says_the_same_in_words(tmp_path: Path) -> None:
    code, said, _ = run("audit", written(tmp_path, PUBLISHED))

    assert code == 1
    assert "222" in said
    assert "changes residential to iop" in said


@pytest.mark.parametrize(
    "content",
    [
        "",
        "no json",
        "[]",
        {**WHOLE, "domains": {}},
        {**WHOLE, "domains": {"severity": 40_000_001}},
        {**WHOLE, "rules": WHOLE["rules"] * 2},
        {**WHOLE, "default": "hospital"},
        '{"domains": {"a": 2}, "domains": {"a": 2}, "outcomes": ["x"], "rules": []}',
    ],
)
def test_audit_of_a_bad_file_ends_with_2_and_prints_nothing(tmp_path: Path, content: Any) -> None:
    code, said, about = run("audit", written(tmp_path, content), "--json")

    assert (code, said) == (2, "")
    assert about


def test_audit_reads_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(WHOLE)))

    assert run("audit", "-")[0] == 0


# diff


@pytest.fixture
def changed(tmp_path: Path) -> str:
    """A document file that differs from the shipped one in a rule, a cut-off and a word."""
    document = copy.deepcopy(SHIPPED)
    row(document, "level_rules", "iop4_body_depends")["when"]["band"] = 3
    row(document, "domains", "medical")["steps"][2]["band"] = 4
    put("questions[0].text.en", "Who is it about?")(document)
    document["version"] = "2099.1"
    return written(tmp_path, document, "changed.json")


def test_diff_of_the_same_ends_with_0(tmp_path: Path) -> None:
    again = written(tmp_path, {**SHIPPED, "version": "2099.1"})

    assert run("diff", LIVE.version, LIVE.version)[0] == 0
    code, said, about = run("diff", LIVE.version, again)
    assert (code, about) == (0, "")
    assert "the same" in said


def test_diff_goes_person_by_person_and_ends_with_1(changed: str) -> None:
    code, said, about = run("diff", LIVE.version, changed)

    assert code == 1
    assert about
    assert "level: iop becomes outpatient" in said
    assert "A person with withdrawal from alcohol or sedatives 2 of 4; 0 in the rest." in said
    assert "medical: 3 becomes 4" in said
    assert "questions[who].text (en)" in said
    assert "Who is it about?" in said


def test_diff_as_json_has_exact_counts(changed: str) -> None:
    code, said, _ = run("diff", LIVE.version, changed, "--json")
    shown = json.loads(said)

    assert code == 1
    assert shown["same"] is False
    assert {m["what"] for m in shown["rules"]} == {"level", "program"}
    assert all(type(m["count"]) is int and m["count"] > 0 for m in shown["rules"] + shown["bands"])
    # Turned round, the same people move back.
    back = json.loads(run("diff", changed, LIVE.version, "--json")[1])
    assert {(m["what"], m["before"], m["after"], m["count"]) for m in back["rules"]} == {
        (m["what"], m["after"], m["before"], m["count"]) for m in shown["rules"]
    }


def test_diff_replays_answer_sheets(changed: str, tmp_path: Path) -> None:
    sheets = [calm(), calm(health="needs_nursing"), {"age": "99"}]
    lines = "\n".join(json.dumps(sheet) for sheet in sheets)
    code, said, _ = run(
        "diff", LIVE.version, changed, "--sheets", written(tmp_path, lines, "sheets.jsonl"), "--json"
    )
    people = json.loads(said)["sheets"]

    assert code == 1
    assert people["people"] == 3
    assert people["moves"][0] == {
        "what": "lead",
        "before": "medical_first",
        "after": "emergency",
        "count": 1,
        "examples": [2],
    }
    assert people["left_out"] == {"old 'age': '99'": 1, "new 'age': '99'": 1}


@pytest.mark.parametrize("line", ["no json", "[]", '{"age": "a", "age": "b"}', '{"age": 1.5}'])
def test_diff_refuses_a_sheet_that_is_none_by_its_line(changed: str, tmp_path: Path, line: str) -> None:
    sheets = written(tmp_path, f"{json.dumps(calm())}\n{line}\n", "sheets.jsonl")
    code, _, about = run("diff", LIVE.version, changed, "--sheets", sheets)

    assert code == 2
    assert about.startswith("line 2: ")


@pytest.mark.parametrize(
    "content", ["", "{", "[]", {**SHIPPED, "questions": []}, {**SHIPPED, "colour": "blue"}]
)
def test_diff_with_what_is_no_protocol_ends_with_2(tmp_path: Path, content: Any) -> None:
    code, said, about = run("diff", LIVE.version, written(tmp_path, content))

    assert (code, said) == (2, "")
    assert about


def test_a_refused_document_is_told_every_fault_with_its_place(tmp_path: Path) -> None:
    document = copy.deepcopy(SHIPPED)
    row(document, "level_rules", "iop1_clear_signs")["sources"] = []
    row(document, "help_lines", "treatment")["dial"] = "123"
    code, _, about = run("verify", "--protocol", written(tmp_path, document))

    assert code == 2
    assert "has no source" in about
    assert "help_lines[2].number: " in about


@pytest.mark.parametrize(
    "arguments", [("diff", "nowhere", LIVE.version), ("audit", "nowhere"), ("show", "--protocol", "nowhere")]
)
def test_a_file_that_is_not_there_ends_with_2(
    arguments: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, said, about = run(*arguments)

    assert (code, said) == (2, "")
    assert "nowhere" in about


def test_a_file_that_is_no_text_ends_with_2(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"\xff\xfe\x00")

    for arguments in (("audit", str(tmp_path / "file")), ("diff", LIVE.version, str(tmp_path / "file"))):
        code, _, about = run(*arguments)
        assert code == 2
        assert "UTF-8" in about


def test_a_folder_in_place_of_a_file_ends_with_2(tmp_path: Path) -> None:
    assert run("audit", str(tmp_path))[0] == 2
    assert run("diff", LIVE.version, str(tmp_path))[0] == 2


def test_an_unknown_action_is_refused() -> None:
    with redirect_stderr(io.StringIO()):
        assert run("delete")[0] != 0
