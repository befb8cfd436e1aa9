"""The summary of a check that a person may send along or hand over: frozen text, exactly as it was shown."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.utils.translation import gettext as _

from screening.present import language
from screening.result_page import ResultPage, result_page
from screening.services import OpenCheck

Summary = dict[str, Any]


def summary_of(check: OpenCheck) -> Summary:
    """Return the summary of a finished check, in this page's language. What is shown is what is sent."""
    page = result_page(check)
    decision = check.assessment().decision
    return {
        "language": language(),
        "voice": check.voice,
        "heading": page.heading,
        "parts": [part for part in _parts(page) if part["lines"]],
        "rules": f"{page.protocol['name']} {page.protocol['version']} ({page.protocol['digest']})",
        # For the desk: what stands above in words, as keys.
        "level": decision.level,
        "danger": page.danger or bool(page.leads),
    }


def _parts(page: ResultPage) -> list[dict[str, Any]]:
    return [
        {"title": _("Do this first"), "lines": [lead["title"] for lead in page.leads]},
        {"title": _("Kind of care"), "lines": [f"{c['name']}: {c['line']}" for c in page.care]},
        {"title": _("Why this came up"), "lines": [_reason(reason) for reason in page.reasons]},
        {"title": _("Strengths"), "lines": page.strengths},
        {
            "title": _("The four things we looked at"),
            "lines": [f"{s['title']}: {s['word']}. {s['sentence']}" for s in page.scores],
        },
        {"title": _("The week"), "lines": _week(page)},
        {"title": _("Good to know"), "lines": [note["title"] for note in page.notes]},
    ]


def _reason(reason: dict[str, Any]) -> str:
    return " ".join([reason["text"], *reason["said"]])


def _week(page: ResultPage) -> list[str]:
    if not page.week:
        return []
    return [page.week["summary"], *page.week["binds"], *page.week["formats"]]


def fingerprint(summary: Summary) -> str:
    """Return a short hash of a summary, to notice that answers changed between showing and sending."""
    return hashlib.sha256(json.dumps(summary, sort_keys=True).encode()).hexdigest()[:32]
