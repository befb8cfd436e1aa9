"""The named people of `tests/cases/`: what they answer, and what a clinician expects the check to say."""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[1] / "cases"

# What a clinician must state for each person, and what may be stated where it matters.
STATED = ("lead", "leads", "level", "co_occurring", "program", "rules", "reasons", "notes")
MAY_BE_STATED = (
    "possible_levels",
    "possible_leads",
    "never_said",
    "dangers",
    "also_consider",
    "close_call",
    "narrowing_question",
    "formats",
    "strengths",
)


@dataclass(frozen=True)
class Case:
    """One person. `disputed` names what the check still says differently, and why the case stands."""

    group: str
    name: str
    voice: str
    why: str
    answers: dict[str, Any]
    expect: dict[str, Any]
    unfinished: bool = False
    disputed: dict[str, str] = field(default_factory=dict)

    @property
    def sheet(self) -> dict[str, Any]:
        return {"who": self.voice, **self.answers}

    def __str__(self) -> str:
        return f"{self.group}: {self.name}"


def _read(path: Path) -> list[Case]:
    document = tomllib.loads(path.read_text(encoding="utf-8"))
    if set(document) != {"case"}:
        raise ValueError(f"{path.name}: expected [[case]] and nothing else")
    return [Case(group=path.stem, **row) for row in document["case"]]


CASES = tuple(case for path in sorted(FOLDER.glob("*.toml")) for case in _read(path))
