"""Phone services. Every number shown anywhere on the check comes from this table."""

from screening.engine.spec import HelpLine
from screening.engine.spec import Text as T

HELP_LINES = (
    HelpLine(
        "emergency",
        T("Emergency services", "Servicios de emergencia"),
        "911",
        "911",
        T("When a life is in danger, any time.", "Cuando una vida está en peligro, a cualquier hora."),
        ("crisis_lines",),
    ),
    HelpLine(
        "crisis",
        T("988 Suicide and Crisis Lifeline", "988 Línea de Prevención del Suicidio y Crisis"),
        "988",
        "988",
        T(
            "Free, day and night, no name needed. Call or text. For Spanish, press 2 or text AYUDA.",
            "Gratis, de día y de noche, sin dar su nombre. Llame y oprima el 2, o mande AYUDA por texto.",
        ),
        ("crisis_lines",),
        sms="988",
    ),
    HelpLine(
        "treatment",
        T("SAMHSA National Helpline", "Línea Nacional de Ayuda de SAMHSA"),
        "1-800-662-4357",
        "18006624357",
        T(
            "Free, day and night, in English and Spanish. It helps you find care near you. It does not give counseling.",
            "Gratis, de día y de noche, en inglés y español. Ayuda a encontrar programas cerca. No da consejería.",
        ),
        ("crisis_lines",),
    ),
    HelpLine(
        "violence",
        T("National Domestic Violence Hotline", "Línea Nacional contra la Violencia Doméstica"),
        "1-800-799-7233",
        "18007997233",
        T(
            "Free, day and night. They help you plan for safety.",
            "Gratis, de día y de noche. Ayuda para hacer un plan de seguridad.",
        ),
        ("other_lines",),
    ),
    HelpLine(
        "poison",
        T("Poison Help", "Línea de ayuda por intoxicación"),
        "1-800-222-1222",
        "18002221222",
        T(
            "Free, day and night. If someone took too much of something.",
            "Gratis, de día y de noche. Si alguien tomó demasiado de algo.",
        ),
        ("other_lines",),
    ),
    HelpLine(
        "maternal",
        T("National Maternal Mental Health Hotline", "Línea Nacional de Salud Mental Materna"),
        "1-833-852-6262",
        "18338526262",
        T("Free, day and night, in pregnancy and after birth.", "Gratis, de día y de noche, en el embarazo y después del parto."),
        ("other_lines",),
    ),
)
