"""The protocol as people read it, as proofs, and as a document."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from screening.engine.document import digest, to_document
from screening.engine.spec import LANGUAGES, VOICES, Protocol, Rule
from screening.engine.verify import Proofs, verify
from screening.engine.wording import in_plain_words
from screening.protocol import LIVE, PROTOCOLS

FOUND_SOMETHING = 1


class Command(BaseCommand):
    help = "Show, prove or print the screening protocol."
    requires_system_checks = ()  # answers need no database and no settings

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        show = actions.add_parser("show", help="the questionnaire and its rules, to read")
        show.add_argument("--language", choices=LANGUAGES, default="en")
        show.add_argument("--voice", choices=VOICES, default="me")
        proofs = actions.add_parser("verify", help="the proofs, with their counts")
        proofs.add_argument("--json", action="store_true", help="as JSON")
        document = actions.add_parser("document", help="the JSON document, loss-free")
        for action in (show, proofs, document):
            action.add_argument("--protocol", choices=sorted(PROTOCOLS), default=LIVE.version)

    def handle(self, *args: Any, **options: Any) -> None:
        protocol = PROTOCOLS[options["protocol"]]
        action = options["action"]
        if action == "show":
            lines = shown(protocol, options["language"], options["voice"])
            self.stdout.write("\n".join(lines))
        elif action == "document":
            self.stdout.write(json.dumps(to_document(protocol), indent=1, ensure_ascii=False))
        else:
            self._verify(protocol, as_json=options["json"])

    def _verify(self, protocol: Protocol, *, as_json: bool) -> None:
        proofs = verify(protocol)
        if as_json:
            self.stdout.write(json.dumps(_proofs_as_json(protocol, proofs), indent=2))
        else:
            self._print(protocol, proofs)
        if not proofs.hold:
            message = f"{len(proofs.problems)} proofs failed"
            raise CommandError(message, returncode=FOUND_SOMETHING)

    def _print(self, protocol: Protocol, proofs: Proofs) -> None:
        self.stdout.write(f"{protocol.name} {protocol.version}, digest {digest(protocol)}")
        for label, count in proofs.counts.items():
            self.stdout.write(f"{count:>14,}  {label}")
        for problem in proofs.problems:
            self.stdout.write(f"FAILED  {problem.proof}: {problem.sentence}")
            if problem.person:
                self.stdout.write(f"        {problem.person}")
        if proofs.hold:
            self.stdout.write(
                "All hold: exactly one outcome each, more need never gives less care, danger wins, "
                "every rule and program is reachable, the schedule decides nothing."
            )
        self.stdout.write(f"{proofs.seconds:.1f} seconds")


def _proofs_as_json(protocol: Protocol, proofs: Proofs) -> dict[str, Any]:
    return {
        "protocol": {"version": protocol.version, "digest": digest(protocol)},
        "hold": proofs.hold,
        "counts": proofs.counts,
        "problems": [{"proof": p.proof, "sentence": p.sentence, "person": p.person} for p in proofs.problems],
        "seconds": round(proofs.seconds, 2),
    }


def shown(protocol: Protocol, language: str, voice: str) -> Iterator[str]:
    """Yield the protocol as lines a clinician can read."""
    yield f"{protocol.name} {protocol.version}"
    yield protocol.reviewed.read(language, voice)
    for part in protocol.parts:
        yield f"\n{part.title.read(language, voice).upper()}"
        for question in protocol.questions:
            if question.part != part.key:
                continue
            yield f"\n[{question.key}] {question.text.read(language, voice)}"
            if question.hint:
                yield f"    {question.hint.read(language, voice)}"
            if question.ask_if is not None:
                yield f"    Asked if {in_plain_words(protocol, question.ask_if)}"
            for choice in question.choices:
                yield f"    {choice.points}  {choice.text.read(language, voice)}  [{choice.key}]"
            yield f"    Sources: {', '.join(question.sources)}"
    yield "\nBANDS"
    for domain in protocol.domains:
        yield f"\n{domain.title.read(language, voice)} [{domain.key}]"
        for step in sorted(domain.steps, key=lambda s: s.band):
            yield f"    {step.band}  if {in_plain_words(protocol, step.when)}"
        for cap in domain.caps:
            yield f"    at most {cap.band}  if {in_plain_words(protocol, cap.when)}"
    for title, rules in (
        ("WHAT COMES FIRST", protocol.gates),
        ("LEVEL OF CARE", (*protocol.level_rules, protocol.default_reason)),
        ("DUAL DIAGNOSIS", protocol.co_occurring_rules),
    ):
        yield f"\n{title}"
        for rule in rules:
            yield from _rule(protocol, rule, language, voice)


def _rule(protocol: Protocol, rule: Rule, language: str, voice: str) -> Iterator[str]:
    yield f"\n{rule.outcome}  [{rule.key}]"
    yield f"    if {in_plain_words(protocol, rule.when)}"
    yield f"    {rule.reason.read(language, voice)}"
    yield f"    Sources: {', '.join(rule.sources)}"
