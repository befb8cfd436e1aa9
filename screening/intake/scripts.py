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
        "voicemail": "This is {me}, calling for {name}. You can reach me at {phone}. Thank you.",
        "text": "Hello {name}, this is {me}. When is a good time to talk? You can reach me at {phone}.",
        "site": "If they ask where you call from: you may say {site}.",
        "no_site": "If anybody asks where you call from: say only your name. They did not allow the site's name.",
    },
    SPANISH: {
        "answered": "Buenos días, le habla {me}. ¿Puedo hablar con {name}? ¿Es buen momento? ¿Puede hablar con libertad?",
        "else": "Le habla {me}. No es nada urgente. Llamaré en otro momento. Gracias.",
        "voicemail": "Le habla {me}, llamo a {name}. Me puede llamar al {phone}. Gracias.",
        "text": "Hola, {name}, le escribe {me}. ¿Cuándo es buen momento para hablar? Me puede llamar al {phone}.",
        "site": "Si preguntan de dónde llama: puede decir {site}.",
        "no_site": "Si alguien pregunta de dónde llama: diga solo su nombre. No permitió decir el nombre del sitio.",
    },
}


def script_for(contact: dict[str, Any], me: str) -> tuple[Script, str]:
    """Return the words for this person's language and rules, and what to say when asked where one calls from."""
    language = SPANISH if contact["language"] == SPANISH else "en"
    words = WORDS[language]
    values = {
        "me": me,
        "name": contact["name"] or "…",
        "phone": settings.DESK_PHONE or "…",
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
    asked = words["site" if Allowed.SAY_SITE in allowed else "no_site"].format(**values)
    return script, asked
