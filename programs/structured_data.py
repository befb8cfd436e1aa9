"""What a page says to machines about itself (schema.org). It never says more than the page says to people."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings

from programs.models import Kind
from programs.reading import PageShown

CONTEXT = "https://schema.org"
Block = dict[str, Any]


def organization(home: str) -> Block:
    """Who runs the site."""
    return {"@type": "Organization", "name": settings.SITE_OPERATOR or settings.SITE_NAME, "url": home}


def breadcrumbs(steps: Iterable[tuple[str, str]]) -> Block:
    """The way here: (name, absolute address) of each step."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": name, "item": url}
            for number, (name, url) in enumerate(steps, start=1)
        ],
    }


def web_page(shown: PageShown, url: str, language: str) -> Block:
    """A program or a guide. A review is named only when a named person made one."""
    block: Block = {
        "@type": "MedicalWebPage" if shown.clinical else "WebPage",
        "name": shown.title,
        "description": shown.description,
        "url": url,
        "inLanguage": language,
        "dateModified": shown.changed.isoformat(),
    }
    if shown.clinical:
        block["audience"] = [
            {"@type": "MedicalAudience", "audienceType": kind} for kind in ("Patient", "Caregiver")
        ]
        if shown.kind == Kind.PROGRAM:
            block["about"] = {"@type": "MedicalTherapy", "name": shown.title}
        if shown.review.by and shown.review.on:
            block["reviewedBy"] = {"@type": "Person", "name": shown.review.by}
            block["lastReviewed"] = shown.review.on.isoformat()
    return block


def questions(pairs: Iterable[tuple[str, str]], url: str, language: str) -> Block:
    """The questions page: (question, answer in words)."""
    return {
        "@type": "FAQPage",
        "url": url,
        "inLanguage": language,
        "mainEntity": [
            {"@type": "Question", "name": question, "acceptedAnswer": {"@type": "Answer", "text": answer}}
            for question, answer in pairs
        ],
    }


def graph(*blocks: Block) -> Block:
    return {"@context": CONTEXT, "@graph": list(blocks)}
