"""The first protocol: every question, cut-off, rule and word of it. Data only."""

from screening.engine.conditions import Has
from screening.engine.spec import Protocol
from screening.protocol.v1 import (
    domains,
    help_lines,
    notes,
    questions_health,
    questions_life,
    questions_safety,
    questions_use,
    questions_week,
    rules,
    sources,
    wording,
)

PROTOCOL = Protocol(
    name="iopguide adult check",
    version="2026.1",
    reviewed=wording.REVIEWED,
    sources=sources.SOURCES,
    parts=(
        questions_safety.PART,
        questions_use.PART,
        questions_health.PART,
        questions_life.PART,
        questions_week.PART,
    ),
    pages=(questions_health.PHQ4_PAGE, questions_life.PEOPLE_PAGE),
    questions=(
        questions_safety.QUESTIONS
        + questions_use.QUESTIONS
        + questions_health.QUESTIONS
        + questions_life.QUESTIONS
        + questions_week.QUESTIONS
    ),
    domains=domains.DOMAINS,
    flags=domains.FLAGS,
    gates=rules.GATES,
    level_rules=rules.LEVEL_RULES,
    co_occurring_rules=rules.CO_OCCURRING_RULES,
    youth=Has("youth"),
    default_reason=rules.DEFAULT,
    notes=notes.NOTES,
    alternatives=notes.ALTERNATIVES,
    leads=wording.LEADS,
    dangers=wording.DANGERS,
    care=wording.CARE,
    undetermined=wording.UNDETERMINED,
    help_lines=help_lines.HELP_LINES,
    week=questions_week.WEEK,
    limits=wording.LIMITS,
    phone_words=wording.PHONE_WORDS,
)
