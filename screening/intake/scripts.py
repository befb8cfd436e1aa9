"""What to say on the phone, by language and by what is safe. No clinic words: anybody may be listening."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings

from screening.intake.choices import Allowed

SPANISH = "es"


@dataclass(frozen=True, slots=True)
class Script:
    """The words for one call: when it is answered, when somebody else answers, and on a voicemail."""

    language: str
    answered: str
    somebody_else: str
    voicemail: str  # empty: leave none
    text: str  # empty: send none


WORDS = {
    "en": {
        "answered": "Hello, this is {me}. May I talk to {name}? Is this a good time, and can you talk freely?",
        "else": "This is {me}. It is nothing urgent. I will try again another time. Thank you.",
        "voicemail": "This is {me}, calling for {name}. {reach} Thank you.",
        "reach": "You can reach me at {phone}.",
        "no_reach": "I will try again another time.",
        "text": "Hello {name}, this is {me}. When is a good time to talk? {reach}",
    },
    SPANISH: {
        "answered": "Buenos días, le habla {me}. ¿Puedo hablar con {name}? ¿Es buen momento? ¿Puede hablar con libertad?",
        "else": "Le habla {me}. No es nada urgente. Llamaré en otro momento. Gracias.",
        "voicemail": "Le habla {me}, llamo a {name}. {reach} Gracias.",
        "reach": "Me puede llamar al {phone}.",
        "no_reach": "Llamaré en otro momento.",
        "text": "Hola, {name}, le escribe {me}. ¿Cuándo es buen momento para hablar? {reach}",
    },
}


# For the eyes of staff, so in their language.
ASKED_WHERE = {
    True: "Asked where you call from, you may say {site}.",
    False: "Asked where you call from, say your first name only. They did not allow the site's name.",
}


def script_for(contact: dict[str, Any], me: str) -> tuple[Script, str]:
    """Return the words for this person's language and rules, and what to say when asked where one calls from."""
    language = SPANISH if contact["language"] == SPANISH else "en"
    words = WORDS[language]
    values = {
        "me": me,
        "name": contact["name"] or "…",
        "reach": words["reach" if settings.DESK_PHONE else "no_reach"].format(phone=settings.DESK_PHONE),
        "site": settings.SITE_NAME,
    }
    allowed = contact["allowed"]
    script = Script(
        language=language,
        answered=words["answered"].format(**values),
        somebody_else=words["else"].format(**values),
        voicemail=words["voicemail"].format(**values) if Allowed.VOICEMAIL in allowed else "",
        text=words["text"].format(**values) if Allowed.TEXT in allowed else "",
    )
    asked = ASKED_WHERE[Allowed.SAY_SITE in allowed].format(**values)
    return script, asked
