"""The live protocol is proven before the site starts: a broken rule set must not reach a person."""

from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register

from screening.engine.verify import Problem, verify
from screening.protocol import LIVE


def _errors(problems: list[Problem]) -> list[CheckMessage]:
    return [
        Error(
            f"The protocol {LIVE.version} fails a proof ({problem.proof}): {problem.sentence}",
            hint=problem.person or "Run `manage.py protocol verify` for all proofs and counts.",
            id="screening.E001",
        )
        for problem in problems
    ]


@register(Tags.compatibility)
def protocol_is_proven(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Structure, and every combination of bands and flags."""
    return _errors(verify(LIVE, items=False).problems)


@register(Tags.compatibility, deploy=True)
def protocol_answers_are_proven(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Also every combination of answers behind a domain; some seconds, so for deploys."""
    return _errors(verify(LIVE).problems)
