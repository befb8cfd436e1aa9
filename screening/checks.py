"""The live protocol is proven before the site starts: a broken rule set must not reach a person.

And answers are kept as long as people are told, and longer for who asks for words.
"""

from typing import Any

from django.conf import settings
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


@register(Tags.compatibility)
def saving_keeps_longer(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Or the button that saves answers would delete them."""
    if 0 < settings.SCREENING_KEEP_HOURS < 24 * settings.SCREENING_SAVED_DAYS:
        return []
    return [
        Error(
            "Saved answers would not be kept longer than others.",
            hint="SCREENING_SAVED_DAYS must be more than SCREENING_KEEP_HOURS, and that more than nothing.",
            id="screening.E002",
        )
    ]
