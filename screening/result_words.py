"""Reads an assessment aloud, piece by piece, in one language and voice."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programs.shelf import program_paths
from screening.engine import Assessment
from screening.engine.changes import Change
from screening.engine.decision import UNDETERMINED, YOUTH
from screening.engine.document import digest
from screening.engine.explanation import Explanation, Reason
from screening.engine.moves import Moved
from screening.engine.report import said_by
from screening.engine.spec import LADDER, Care, Lead
from screening.present import help_line, language, reader, step_url
from screening.services import OpenCheck

# Reasons are kept to what a person can take in at once.
MOST_REASONS = 4

# Who answers at once, day and night.
NOW = ("emergency", "crisis")

NOT_CLEAR = gettext_lazy("Not clear yet")


def _inside(name: str) -> str:
    """Return the name of a kind of care as it stands inside a sentence: "intensive outpatient (IOP)"."""
    return name[:1].lower() + name[1:]


def _buttons(lead: Lead) -> tuple[str, ...]:
    """Return the lines whose buttons stand right under the first words; for a doctor first, none: the words come first."""
    return tuple(line for line in lead.lines if line in NOW) if "crisis" in lead.lines else ()


class ResultWords:
    """Reads one assessment aloud, piece by piece."""

    def __init__(self, check: OpenCheck, assessment: Assessment, explanation: Explanation) -> None:
        self.check, self.assessment, self.explanation = check, assessment, explanation
        self.decision, self.protocol = assessment.decision, assessment.protocol
        self.read = reader(check.voice)
        self._care = {care.key: care for care in self.protocol.care}

    def leads(self) -> list[dict[str, Any]]:
        by_key = {lead.key: lead for lead in self.protocol.leads}
        told: set[str] = set()
        gates = [r for r in self.explanation.reasons if r.rule in self.decision.gates]
        return [
            {
                "key": key,
                "title": self.read(by_key[key].title),
                "paragraphs": [self.read(p) for p in by_key[key].paragraphs],
                "buttons": _buttons(by_key[key]),
                "lines": [line for line in by_key[key].lines if line not in _buttons(by_key[key])],
                "because": [
                    said for gate in gates if gate.rule.outcome == key for said in self._said(gate, told)
                ],
            }
            for key in self.decision.leads
        ]

    def strength(self) -> str:
        decision = self.decision
        if decision.lead == "emergency":
            return "emergency"
        if decision.lead != "none":
            return "medical" if decision.lead == "medical_first" else "emergency_today"
        if decision.level == YOUTH:
            return "youth"
        if decision.level == UNDETERMINED:
            return "close" if len(decision.possible_levels) == 2 else "thin"
        return "clear"

    def heading(self) -> str:
        decision = self.decision
        if decision.leads:
            lead = next(row for row in self.protocol.leads if row.key == decision.lead)
            return str(self.read(lead.title))
        shown = self.explanation.care
        if decision.level == UNDETERMINED:
            if len(shown) == 2:
                return self._two_kinds(shown[0], shown[1])
            return str(self.read(self.protocol.undetermined.headline))
        return str(self.read(shown[0].headline))

    def _two_kinds(self, first: Care, second: Care) -> str:
        return _("Your answers fit two kinds of care: %(first)s and %(second)s") % {
            "first": _inside(self.read(first.name)),
            "second": _inside(self.read(second.name)),
        }

    def lede(self) -> list[str]:
        said = []
        decision, shown = self.decision, self.explanation.care
        if decision.leads:
            if decision.level == UNDETERMINED:
                said.append(_("After that, a full assessment can show which care may fit."))
            else:
                said.append(_("After that, this kind of care may help."))
        if decision.program == "dual_diagnosis":
            said.append(
                _("Ask for it at this level: %(care)s.") % {"care": _inside(self.read(shown[1].name))}
            )
        if decision.level == UNDETERMINED and len(shown) != 2:
            said.append(self.read(self.protocol.undetermined.line))
            said.append(
                _("The answers so far fit anything from %(least)s to %(most)s.")
                % {
                    "least": _inside(self.read(self._care[decision.possible_levels[0]].name)),
                    "most": _inside(self.read(self._care[decision.possible_levels[-1]].name)),
                }
            )
        return said

    def care(self) -> list[dict[str, Any]]:
        paths = program_paths((care.key for care in self.explanation.care), language())
        return [
            {
                "key": care.key,
                "name": self.read(care.name),
                "line": self.read(care.line),
                "facts": [{"label": self.read(f.label), "value": self.read(f.value)} for f in care.facts],
                "url": paths.get(care.key, ""),
                "link": _("Read about this kind of care"),
            }
            for care in self.explanation.care
        ]

    def ladder(self) -> list[dict[str, Any]]:
        """The steps of care from least to most, and where these answers stand; none for a teen, or if it is anywhere."""
        decision = self.decision
        here = decision.possible_levels or (decision.level,)
        if decision.level == YOUTH or len(here) == len(LADDER):
            return []
        return [{"name": self.read(self._care[rung].name), "here": rung in here} for rung in LADDER]

    def reasons(self) -> list[dict[str, Any]]:
        """Why this kind of care: each rule that speaks, with what the person said."""
        told: set[str] = set()
        speaking = [r for r in self.explanation.reasons if r.rule not in self.decision.gates]
        return [
            {"text": self.read(reason.rule.reason), "said": self._said(reason, told)}
            for reason in speaking[:MOST_REASONS]
        ]

    def _said(self, reason: Reason, told: set[str]) -> list[str]:
        """What the person said that made a rule speak, each sentence once on the page."""
        fresh = [
            sentence
            for reading in reason.because
            for sentence in said_by(self.protocol, reading, language(), self.check.voice)
            if sentence not in told
        ]
        told.update(fresh)
        return fresh

    def scores(self) -> list[dict[str, str]]:
        rows = []
        for domain, score in zip(self.protocol.domains, self.assessment.scores.domains, strict=True):
            if not domain.told or self.decision.level == YOUTH:
                continue
            row = {"title": self.read(domain.title)}
            if score.band is None or (not domain.clinical and not self.explanation.week.said):
                row |= {"word": str(NOT_CLEAR), "sentence": _("Some answers are missing here.")}
            else:
                words = domain.words[score.band]
                row |= {"word": self.read(words.word), "sentence": self.read(words.sentence)}
            rows.append(row)
        return rows

    def notes(self) -> list[dict[str, Any]]:
        citations = {source.key: source.citation for source in self.protocol.sources}
        return [
            {
                "key": note.key,
                "title": self.read(note.title),
                "paragraphs": [self.read(p) for p in note.paragraphs],
                "sources": [citations[key] for key in note.sources],
            }
            for note in self.explanation.notes
        ]

    def change(self, change: Change | None) -> dict[str, Any] | None:
        if change is None:
            return None
        said = [self._moved(moved) for moved in change.moved]
        return {"said": said, "care": self.read(self._care[change.level].name)}

    def less(self) -> dict[str, Any] | None:
        """What life can change comes first; what only time can change is said without numbers."""
        explanation = self.explanation
        if explanation.less is not None or explanation.later is None:
            return self.change(explanation.less)
        care = self.read(self._care[explanation.later.level].name)
        return {"said": [_("Time goes by with fewer signs of addiction.")], "care": care}

    def _moved(self, moved: Moved) -> str:
        reading = self.check.engine.door.by_key[moved.question].read(moved.after)
        return " ".join(said_by(self.protocol, reading, language(), self.check.voice, whole=True))

    def narrowing(self) -> dict[str, str] | None:
        key = self.explanation.narrowing_question
        step = self.check.path.holding(key) if key else None
        if key is None or step is None:
            return None
        text = self.read(self.protocol.question(key).text)
        return {"question": text, "url": step_url(step.number)}

    def missing(self) -> list[str]:
        return [
            self.read(self.protocol.question(key).text)
            for key in self.explanation.missing
            if self.protocol.question(key).part != self._week_part()
        ]

    def _week_part(self) -> str:
        return self.protocol.question(self.protocol.week.binds).part

    def week(self) -> dict[str, Any] | None:
        week = self.explanation.week
        if self.decision.level == YOUTH:
            return None
        if not week.said:
            return {"summary": self.read(self.protocol.week.unknown), "binds": [], "formats": []}
        domain = next(d for d in self.protocol.domains if d.key == self.protocol.week.domain)
        ties = self.protocol.question(self.protocol.week.binds)
        summary = domain.words[week.band].sentence if week.band is not None else self.protocol.week.unknown
        return {
            "summary": self.read(summary),
            "binds": [self.read(c.text) for c in ties.choices if c.key in week.binds],
            "formats": [self.read(f.text) for f in week.formats],
        }

    def next_steps(self) -> list[dict[str, str]]:
        shown = self.explanation.care[:1] or (self.protocol.undetermined,)
        lines = {line.key: line for line in self.protocol.help_lines}
        rows = []
        for step in shown[0].next_steps:
            row = {"title": self.read(step.title), "text": self.read(step.text), "url": ""}
            if step.line:
                line = help_line(lines[step.line])
                row |= {"url": line["dial"], "label": _("Call %(number)s") % line}
            rows.append(row)
        return rows

    def protocol_name(self) -> dict[str, str]:
        return {
            "name": self.protocol.name,
            "version": self.protocol.version,
            "digest": digest(self.protocol)[:12],
        }
