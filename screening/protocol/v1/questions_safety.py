"""Part 1: who this is about, and whether anyone is in danger right now."""

from screening.engine.conditions import Chose, Unless
from screening.engine.spec import Choice, Part, Question
from screening.engine.spec import Text as T

NOT_UNDER_18 = Unless(Chose("age", ("under_18",)))

PART = Part("safety", T("Safety first", "Primero, la seguridad"))

QUESTIONS = (
    Question(
        key="who",
        part="safety",
        text=T("Who is this check about?", "¿Para quién es esta revisión?"),
        choices=(
            Choice("me", T("Me", "Para mí")),
            Choice("them", T("Someone I love", "Para un ser querido")),
        ),
        sources=("our_judgment",),
        allow_unknown=False,
        always_ask=True,
    ),
    Question(
        key="age",
        part="safety",
        text=T(
            "How old are you?",
            "¿Cuántos años tiene?",
            "How old are they?",
            "¿Cuántos años tiene esa persona?",
        ),
        hint=T("Teens need a different program", "Los adolescentes necesitan otro programa"),
        choices=(
            Choice("under_18", T("Under 18", "Menos de 18")),
            Choice("18_25", T("18 to 25", "18 a 25")),
            Choice("26_64", T("26 to 64", "26 a 64")),
            Choice(
                "65_plus",
                T("65 or older", "65 o más"),
                said=T(
                    "You are 65 or older.",
                    "Usted tiene 65 años o más.",
                    "They are 65 or older.",
                    "Esa persona tiene 65 años o más.",
                ),
            ),
        ),
        sources=("iop_hours", "asam_alcohol_withdrawal"),
        always_ask=True,
    ),
    Question(
        key="now",
        part="safety",
        kind="many",
        text=T(
            "Is any of this happening right now?",
            "¿Está pasando algo de esto ahora mismo?",
        ),
        hint=T("Choose all that fit", "Elija todo lo que corresponda"),
        choices=(
            Choice(
                "overdose",
                T(
                    "I took too much, or can't stay awake",
                    "Consumí demasiado, o no logro mantener los ojos abiertos",
                    "They took too much, or can't stay awake",
                    "Consumió demasiado, o no logra mantener los ojos abiertos",
                ),
                1,
                said=T(
                    "You took too much, or you can't stay awake.",
                    "Consumió demasiado, o no logra mantener los ojos abiertos.",
                    "They took too much, or they can't stay awake.",
                    "Esa persona consumió demasiado, o no logra mantener los ojos abiertos.",
                ),
                danger="overdose",
            ),
            Choice(
                "seizure",
                T(
                    "A seizure, or shaking I can't stop",
                    "Convulsión, o temblores que no puedo parar",
                    "A seizure, or shaking they can't stop",
                    "Convulsión, o temblores que no puede parar",
                ),
                1,
                said=T(
                    "You have had a seizure, or you have shaking you can't stop.",
                    "Tuvo una convulsión, o tiene temblores que no puede parar.",
                    "They have had a seizure, or they have shaking they can't stop.",
                    "Esa persona tuvo una convulsión, o tiene temblores que no puede parar.",
                ),
                danger="withdrawal_now",
            ),
            Choice(
                "confused",
                T(
                    "Seeing or hearing unreal things, or very confused",
                    "Ver u oír cosas irreales, o mucha confusión",
                ),
                1,
                said=T(
                    "You see or hear things that are not there, or you are very confused.",
                    "Ve u oye cosas que no están, o tiene mucha confusión.",
                    "They see or hear things that are not there, or they are very confused.",
                    "Esa persona ve u oye cosas que no están, o tiene mucha confusión.",
                ),
                danger="withdrawal_now",
            ),
            Choice(
                "body",
                T(
                    "Chest pain, trouble breathing, or throwing up blood",
                    "Dolor de pecho, falta de aire o vómito con sangre",
                ),
                1,
                said=T(
                    "You have chest pain or trouble breathing, or you are throwing up blood.",
                    "Tiene dolor de pecho, le falta el aire o vomita sangre.",
                    "They have chest pain or trouble breathing, or they are throwing up blood.",
                    "Esa persona tiene dolor de pecho, le falta el aire o vomita sangre.",
                ),
                danger="medical",
            ),
            Choice(
                "being_hurt",
                T(
                    "Someone is hurting me or is about to",
                    "Alguien me hace daño o está por hacerlo",
                    "Someone is hurting them or is about to",
                    "Alguien le hace daño o está por hacerlo",
                ),
                1,
                said=T(
                    "Someone is hurting you or is about to.",
                    "Alguien le hace daño o está por hacerlo.",
                    "Someone is hurting them or is about to.",
                    "Alguien le hace daño a esa persona o está por hacerlo.",
                ),
                danger="violence",
            ),
            Choice(
                "might_hurt_someone",
                T(
                    "I might hurt someone",
                    "Yo podría hacerle daño a alguien",
                    "They might hurt someone",
                    "Podría hacerle daño a alguien",
                ),
                1,
                said=T(
                    "You might hurt someone.",
                    "Usted podría hacerle daño a alguien.",
                    "They might hurt someone.",
                    "Esa persona podría hacerle daño a alguien.",
                ),
                danger="harm_others",
            ),
            Choice("none", T("No, none of these", "No, nada de esto")),
        ),
        sources=("crisis_lines", "overdose_risk", "our_judgment"),
        unknown_danger="danger_unsaid",
        always_ask=True,
    ),
    Question(
        key="suicide_thoughts",
        part="safety",
        text=T(
            "In the past month, have you thought about killing yourself?",
            "En el último mes, ¿ha pensado en quitarse la vida?",
            "In the past month, have they talked or thought about killing themselves?",
            "En el último mes, ¿esa persona ha hablado o pensado en quitarse la vida?",
        ),
        hint=T(
            "We ask everyone. Nobody is told your answer",
            "Preguntamos a todos. Nadie sabrá su respuesta",
        ),
        choices=(
            Choice("no", T("No", "No")),
            Choice(
                "before",
                T("Not in the past month, but before", "No este mes, pero sí antes"),
                1,
                said=T(
                    "You have had thoughts of suicide before.",
                    "Ha pensado antes en quitarse la vida.",
                    "They have had thoughts of suicide before.",
                    "Esa persona ha pensado antes en quitarse la vida.",
                ),
            ),
            Choice(
                "no_plan",
                T("Yes, with no plan", "Sí, sin un plan"),
                2,
                said=T(
                    "You have had thoughts of suicide in the past month.",
                    "En el último mes ha pensado en quitarse la vida.",
                    "They have had thoughts of suicide in the past month.",
                    "En el último mes, esa persona ha pensado en quitarse la vida.",
                ),
                danger="suicide",
            ),
            Choice(
                "plan",
                T(
                    "Yes, with a plan, or I might do it",
                    "Sí, con un plan, o podría hacerlo",
                    "Yes, with a plan, or they might do it",
                    "Sí, con un plan, o podría hacerlo",
                ),
                4,
                said=T(
                    "You have a plan to end your life, or you might act on your thoughts.",
                    "Tiene un plan para quitarse la vida, o podría hacerlo.",
                    "They have a plan to end their life, or they might act on their thoughts.",
                    "Esa persona tiene un plan para quitarse la vida, o podría hacerlo.",
                ),
                danger="suicide",
            ),
        ),
        sources=("asq",),
        if_unknown=2,
        unknown_danger="suicide_unsaid",
        always_ask=True,
    ),
    Question(
        key="self_harm",
        part="safety",
        text=T(
            "In the past 3 months, did you hurt yourself on purpose or try to end your life?",
            "En los últimos 3 meses, ¿se hizo daño a propósito o intentó quitarse la vida?",
            "In the past 3 months, did they hurt themselves on purpose or try to end their life?",
            "En los últimos 3 meses, ¿esa persona se hizo daño a propósito o intentó quitarse la vida?",
        ),
        choices=(
            Choice("no", T("No", "No")),
            Choice(
                "yes",
                T("Yes", "Sí"),
                3,
                said=T(
                    "In the past 3 months, you hurt yourself on purpose or tried to end your life.",
                    "En los últimos 3 meses, se hizo daño a propósito o intentó quitarse la vida.",
                    "In the past 3 months, they hurt themselves on purpose or tried to end their life.",
                    "En los últimos 3 meses, esa persona se hizo daño a propósito o intentó quitarse la vida.",
                ),
                danger="suicide",
            ),
        ),
        sources=("asq",),
        if_unknown=2,
        unknown_danger="suicide_unsaid",
        always_ask=True,
    ),
)
