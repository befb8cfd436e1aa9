"""The rule tables: gates, levels of care, dual diagnosis. The highest that fires wins.

Each rule says "at least this much". Order is for reading only.
Severity, support and the rest are bands from 0 (least need) to 4.
"""

from screening.engine.conditions import Has, HowMany, Reaches, all_of, any_of
from screening.engine.spec import Rule
from screening.engine.spec import Text as T

EMERGENCY, TODAY, MEDICAL_FIRST = "emergency", "crisis_today", "medical_first"
RESIDENTIAL, PHP, IOP, OUTPATIENT = "residential", "php", "iop", "outpatient"

GATES = (
    Rule(
        "g1_life_in_danger",
        any_of(
            Reaches("danger", 4),
            Reaches("medical", 4),
            Reaches("withdrawal", 4),
            Reaches("mental_health", 4),
        ),
        EMERGENCY,
        T(
            "What you told us can put a life in danger. Get help right now. The rest can wait.",
            "Lo que nos dijo puede poner una vida en peligro. Busque ayuda ahora mismo. Lo demás puede esperar.",
        ),
        ("asq", "crisis_lines", "our_judgment"),
    ),
    Rule(
        "g2_danger_not_long_ago",
        Reaches("danger", 3),
        TODAY,
        T(
            "What you told us about safety cannot wait. Please talk with someone today.",
            "Lo que nos contó sobre su seguridad no puede esperar. Por favor, hable hoy con alguien.",
            "What you told us about their safety cannot wait. Please help them talk with someone today.",
            "Lo que nos contó sobre su seguridad no puede esperar. Por favor, ayúdele a hablar hoy con alguien.",
        ),
        ("asq",),
    ),
    Rule(
        "g3_withdrawal_risk",
        Reaches("withdrawal", 3),
        MEDICAL_FIRST,
        T(
            "Stopping fast could be dangerous. Do not stop without a doctor. A doctor can make it safer.",
            "Dejar de golpe podría ser peligroso. No lo haga sin un médico. Un médico puede hacerlo más seguro.",
            "Stopping fast could be dangerous for them. See a doctor first. A doctor can make it safer.",
            "Dejar de golpe podría ser peligroso para esa persona. Primero, un médico. Así puede ser más seguro.",
        ),
        ("asam_alcohol_withdrawal", "benzodiazepine_tapering", "pawss_community"),
        danger="withdrawal_risk",
    ),
    Rule(
        "g4_withdrawal_without_safe_help",
        all_of(
            Reaches("withdrawal", 2),
            any_of(
                Reaches("support", 3),
                Reaches("home", 3),
                Reaches("medical", 2),
                Has("older"),
            ),
        ),
        MEDICAL_FIRST,
        T(
            "Stopping may make you sick, and other things make that riskier. See a doctor before you stop.",
            "Dejarlo puede causarle mucho malestar, y otras cosas lo hacen más riesgoso. Vea a un médico antes.",
            "Stopping may make them sick, and other things make that riskier. See a doctor before they stop.",
            "Dejarlo puede causarle mucho malestar, y otras cosas lo hacen más riesgoso. Primero, un médico.",
        ),
        ("asam_alcohol_withdrawal",),
        danger="withdrawal_risk",
    ),
    Rule(
        "g5_health_first",
        Reaches("medical", 3),
        MEDICAL_FIRST,
        T(
            "Your health needs a doctor first.",
            "Primero, un médico tiene que revisar su salud.",
            "Their health needs a doctor first.",
            "Primero, un médico tiene que revisar a esa persona.",
        ),
        ("asam_dimensions",),
        danger="health_first",
    ),
    Rule(
        "g6_pregnancy",
        all_of(Has("pregnant"), any_of(Reaches("withdrawal", 1), Has("opioids"))),
        MEDICAL_FIRST,
        T(
            "You and the baby need a doctor's plan today, before you change anything. Do not stop opioids suddenly.",
            "Usted y el bebé necesitan hoy un plan médico, antes de cambiar nada. No deje los opioides de golpe.",
            "They and the baby need a doctor's plan today, before anything changes. Stopping opioids suddenly is not safe.",
            "Esa persona y el bebé necesitan hoy un plan médico, antes de cambiar nada. Dejar los opioides de golpe no es seguro.",
        ),
        ("opioids_in_pregnancy",),
        danger="pregnancy",
    ),
)

LEVEL_RULES = (
    Rule(
        "res1_severe_and_unsafe_home",
        all_of(Reaches("severity", 3), Reaches("home", 3)),
        RESIDENTIAL,
        T(
            "Use is very hard to control, and home is not a safe place to stop.",
            "El consumo es muy difícil de controlar, y el hogar no es un lugar seguro para dejarlo.",
        ),
        ("day_hospital", "asam_dimensions"),
    ),
    Rule(
        "res2_no_safe_place",
        all_of(Reaches("severity", 2), Reaches("home", 4)),
        RESIDENTIAL,
        T(
            "A safe place to live is needed while getting help.",
            "Hace falta un lugar seguro donde vivir mientras se recibe ayuda.",
        ),
        ("asam_dimensions", "our_judgment"),
    ),
    Rule(
        "res3_severe_after_full_programs",
        all_of(Reaches("severity", 3), Reaches("return_to_use", 4)),
        RESIDENTIAL,
        T(
            "A day program, rehab or several programs were tried this past year, and use came back.",
            "En el último año hubo un programa de día, rehabilitación o varios programas, y el consumo volvió.",
        ),
        ("mate", "asam_dimensions"),
    ),
    Rule(
        "res4_severe_relapse_risk_and_weak_ground",
        all_of(
            Reaches("severity", 3),
            Reaches("return_to_use", 3),
            any_of(Reaches("support", 3), Reaches("home", 2)),
        ),
        RESIDENTIAL,
        T(
            "The signs are strong, the risk is high, and support or home is shaky.",
            "Las señales son fuertes, el riesgo es alto, y el apoyo o el hogar son inestables.",
        ),
        ("asam_dimensions", "our_judgment"),
    ),
    Rule(
        "res5_most_severe_with_another_burden",
        all_of(
            Reaches("severity", 4),
            any_of(
                Reaches("support", 3),
                Reaches("home", 2),
                Reaches("return_to_use", 3),
                Reaches("mental_health", 3),
            ),
        ),
        RESIDENTIAL,
        T(
            "The signs are strong or have gone on for a long time, and something else makes it harder.",
            "Las señales son fuertes o llevan mucho tiempo, y algo más lo hace más difícil.",
        ),
        ("severity_inpatient", "longer_care"),
    ),
    Rule(
        "res6_unsafe_home_and_alone",
        all_of(Reaches("severity", 2), Reaches("home", 3), Reaches("support", 3)),
        RESIDENTIAL,
        T(
            "There is no safe home to stop in, and very little support for stopping.",
            "No hay un hogar seguro para dejarlo, y hay muy poco apoyo para lograrlo.",
        ),
        ("asam_dimensions",),
    ),
    Rule(
        "res7_mental_health_and_no_ground",
        all_of(
            Reaches("mental_health", 3),
            Reaches("severity", 2),
            any_of(Reaches("home", 3), Reaches("support", 4)),
        ),
        RESIDENTIAL,
        T(
            "Mental health needs care every day, and home can't give that now.",
            "La salud mental necesita ayuda todos los días, y el hogar no puede darla ahora.",
        ),
        ("asam_dimensions", "our_judgment"),
    ),
    Rule(
        "php1_most_severe",
        Reaches("severity", 4),
        PHP,
        T(
            "The signs are strong. Full days of help can give a steady start. Ask about residential care too.",
            "Las señales son fuertes. Los días completos de ayuda pueden dar un buen comienzo. Pregunte también por el tratamiento residencial.",
        ),
        ("severity_inpatient",),
    ),
    Rule(
        "php2_severe_and_one_burden",
        all_of(
            Reaches("severity", 3),
            any_of(
                Reaches("return_to_use", 3),
                Reaches("support", 3),
                Reaches("mental_health", 3),
            ),
        ),
        PHP,
        T(
            "The signs are strong, and one other thing makes it risky.",
            "Las señales son fuertes, y otra cosa lo hace riesgoso.",
        ),
        ("asam_dimensions",),
    ),
    Rule(
        "php3_severe_and_two_strains",
        all_of(
            Reaches("severity", 3),
            HowMany(("return_to_use", "support", "home", "mental_health"), 2, 2),
        ),
        PHP,
        T(
            "Several things together make a lighter program too little.",
            "Varias cosas juntas hacen que un programa más ligero no alcance.",
        ),
        ("asam_dimensions", "our_judgment"),
    ),
    Rule(
        "php4_mental_health_most_days",
        Reaches("mental_health", 3),
        PHP,
        T(
            "Mental health needs help most days.",
            "La salud mental necesita ayuda casi todos los días.",
        ),
        ("asam_dimensions", "co_occurring"),
        mental_health_alone=True,
    ),
    Rule(
        "php5_after_a_crisis",
        Reaches("danger", 3),
        PHP,
        T(
            "After a crisis, help every day can keep a person safer.",
            "Después de una crisis, la ayuda diaria puede dar más seguridad.",
        ),
        ("our_judgment",),
        mental_health_alone=True,
    ),
    Rule(
        "php6_unsafe_home",
        all_of(Reaches("severity", 2), Reaches("home", 3)),
        PHP,
        T(
            "Days in care and nights in a sober home can make up for an unsafe place to live.",
            "Días en un programa y noches en una casa sin consumo pueden compensar un hogar poco seguro.",
        ),
        ("recovery_housing",),
    ),
    Rule(
        "php7_alone",
        all_of(Reaches("severity", 2), Reaches("support", 4)),
        PHP,
        T(
            "A day program can give the support that is missing now.",
            "Un programa de día puede dar el apoyo que ahora falta.",
        ),
        ("asam_dimensions",),
    ),
    Rule(
        "php8_lighter_help_did_not_hold",
        all_of(Reaches("severity", 2), Reaches("return_to_use", 4)),
        PHP,
        T("Help this past year was not enough.", "La ayuda del último año no fue suficiente."),
        ("asam_dimensions", "mate"),
    ),
    Rule(
        "iop1_clear_signs",
        Reaches("severity", 2),
        IOP,
        T(
            "There are clear signs of addiction. IOP gives help several days a week, with nights at home.",
            "Hay señales claras de adicción. El IOP da ayuda varios días por semana, y las noches son en casa.",
        ),
        ("iop_evidence", "samhsa_iop"),
    ),
    Rule(
        "iop2_some_signs_and_a_burden",
        all_of(
            Reaches("severity", 1),
            any_of(
                Reaches("mental_health", 2),
                Reaches("support", 3),
                Reaches("home", 3),
                Reaches("return_to_use", 2),
                Reaches("danger", 2),
            ),
        ),
        IOP,
        T(
            "Apart from the signs, something else makes it hard to do alone.",
            "Además de las señales, algo más hace difícil lograrlo sin ayuda.",
        ),
        ("asam_dimensions",),
    ),
    Rule(
        "iop3_recent_overdose_or_return",
        Reaches("return_to_use", 3),
        IOP,
        T(
            "A recent overdose, or going back to use after a program, calls for more help soon.",
            "Una sobredosis reciente, o volver a consumir después de un programa, pide más ayuda, y pronto.",
        ),
        ("overdose_risk",),
    ),
    Rule(
        "iop4_body_depends",
        Reaches("withdrawal", 2),
        IOP,
        T(
            "The body has come to need it. First a medical check, then help several days a week.",
            "El cuerpo ya lo necesita. Primero un control médico, luego ayuda varios días por semana.",
        ),
        ("our_judgment",),
    ),
    Rule(
        "iop5_after_detox_or_rehab",
        any_of(Has("after_detox"), Has("after_rehab")),
        IOP,
        T(
            "The weeks after detox or rehab are risky. It helps to keep going.",
            "Las semanas después de una desintoxicación o rehabilitación son riesgosas. Ayuda mucho seguir.",
        ),
        ("samhsa_iop", "after_detox"),
    ),
)

DEFAULT = Rule(
    "op1_less_may_be_enough",
    all_of(),
    OUTPATIENT,
    T(
        "A counselor or doctor once or twice a week may be enough. If it is not, step up.",
        "Un consejero o médico una o dos veces por semana puede bastar. Si no basta, se puede subir un paso.",
    ),
    ("outpatient_dose", "overmatching"),
)

CO_OCCURRING_RULES = (
    Rule(
        "dual1_both_at_once",
        any_of(Reaches("mental_health", 2), Reaches("danger", 2)),
        "capable",
        T(
            "It helps when one team treats mental health and addiction at the same time.",
            "Ayuda mucho que un solo equipo trate la salud mental y la adicción a la vez.",
        ),
        ("co_occurring",),
    ),
    Rule(
        "dual2_psychiatric_care",
        any_of(Reaches("mental_health", 3), Reaches("danger", 3)),
        "enhanced",
        T(
            "Look for a program with its own psychiatric care and mental health help every day.",
            "Busque un programa con atención psiquiátrica propia y ayuda diaria en salud mental.",
        ),
        ("co_occurring", "ddcat"),
    ),
)
