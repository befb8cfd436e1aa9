"""Part 3: the body, overdose, and how the person feels."""

from screening.engine.conditions import Chose, Scored, Unless, all_of, any_of
from screening.engine.spec import Choice, Page, Part, Question
from screening.engine.spec import Text as T
from screening.protocol.v1.questions_safety import NOT_UNDER_18

PART = Part("health", T("Body and feelings", "El cuerpo y el ánimo"), NOT_UNDER_18)

PHQ4 = ("nervous", "worry", "little_interest", "down")
PHQ4_PAGE = Page(
    "phq4",
    T(
        "Over the last 2 weeks, how often have you been bothered by these problems?",
        "Durante las últimas 2 semanas, ¿qué tan seguido ha tenido molestias debido a los siguientes problemas?",
        "Over the last 2 weeks, how often did you see signs of these problems in them?",
        "En las últimas 2 semanas, ¿cuántos días notó esto en esa persona?",
    ),
    T(
        "These four questions are the PHQ-4 (Kroenke, Spitzer, Williams and Löwe).",
        "Estas cuatro preguntas son el PHQ-4 (Kroenke, Spitzer, Williams y Löwe).",
        "These four questions use our own words for what others can see.",
        "Estas cuatro preguntas usan nuestras palabras para lo que otros pueden notar.",
    ),
)
PHQ4_CHOICES = (
    Choice("not_at_all", T("Not at all", "Ningún día")),
    Choice("several_days", T("Several days", "Varios días"), 1),
    Choice("more_than_half", T("More than half the days", "Más de la mitad de los días"), 2),
    Choice("nearly_every_day", T("Nearly every day", "Casi todos los días"), 3),
)

QUESTIONS = (
    Question(
        key="pregnant",
        part="health",
        text=T(
            "Are you pregnant, or could you be?",
            "¿Está embarazada, o podría estarlo?",
            "Are they pregnant, or could they be?",
            "¿Esa persona está embarazada, o podría estarlo?",
        ),
        hint=T("Care can change to protect a baby", "La ayuda cambia para cuidar al bebé"),
        choices=(
            Choice("no", T("No, or does not apply", "No, o no corresponde")),
            Choice(
                "yes_or_maybe",
                T("Yes or maybe", "Sí o tal vez"),
                1,
                said=T(
                    "You are or may be pregnant.",
                    "Está o podría estar embarazada.",
                    "They are or may be pregnant.",
                    "Esa persona está o podría estar embarazada.",
                ),
            ),
        ),
        ask_if=Unless(Chose("age", ("65_plus",))),
        sources=("opioids_in_pregnancy",),
        always_ask=True,
    ),
    Question(
        key="health",
        part="health",
        text=T(
            "Do you have a health problem that needs care?",
            "¿Tiene un problema de salud que necesita atención?",
            "Do they have a health problem that needs care?",
            "¿Esa persona tiene un problema de salud que necesita atención?",
        ),
        choices=(
            Choice("no", T("No", "No")),
            Choice("under_control", T("Yes, under control", "Sí, bajo control"), 1),
            Choice(
                "not_under_control",
                T(
                    "Yes, not under control, or no doctor",
                    "Sí, sin control o sin médico",
                ),
                2,
                said=T(
                    "You have a health problem that is not under control, or no doctor for it.",
                    "Tiene un problema de salud sin control, o sin médico que lo atienda.",
                    "They have a health problem that is not under control, or no doctor for it.",
                    "Esa persona tiene un problema de salud sin control, o sin médico que lo atienda.",
                ),
            ),
            Choice(
                "needs_nursing",
                T(
                    "Yes, a doctor said hospital or a daily nurse",
                    "Sí, un médico indicó hospital o enfermería diaria",
                ),
                3,
                said=T(
                    "A doctor told you to be in a hospital or see a nurse each day.",
                    "Un médico le indicó hospital o enfermería diaria.",
                    "A doctor told them to be in a hospital or see a nurse each day.",
                    "Un médico le indicó a esa persona hospital o enfermería diaria.",
                ),
            ),
        ),
        sources=("asam_dimensions", "our_judgment"),
        always_ask=True,
    ),
    Question(
        key="overdose",
        part="health",
        text=T(
            "Have you ever overdosed, or passed out and needed help to wake up?",
            "¿Alguna vez tuvo una sobredosis, o no le podían despertar?",
            "Have they ever overdosed, or passed out and needed help to wake up?",
            "¿Alguna vez esa persona tuvo una sobredosis, o no la podían despertar?",
        ),
        choices=(
            Choice(
                "never",
                T("Never", "Nunca"),
                said=T(
                    "You have never overdosed.",
                    "Nunca tuvo una sobredosis.",
                    "They have never overdosed.",
                    "Esa persona nunca tuvo una sobredosis.",
                ),
            ),
            Choice(
                "over_a_year",
                T("Over a year ago", "Hace más de un año"),
                1,
                said=T(
                    "You overdosed over a year ago.",
                    "Tuvo una sobredosis hace más de un año.",
                    "They overdosed over a year ago.",
                    "Esa persona tuvo una sobredosis hace más de un año.",
                ),
            ),
            Choice(
                "past_year",
                T("In the past year", "En el último año"),
                2,
                said=T(
                    "You overdosed in the past year.",
                    "Tuvo una sobredosis en el último año.",
                    "They overdosed in the past year.",
                    "Esa persona tuvo una sobredosis en el último año.",
                ),
            ),
            Choice(
                "past_30_days",
                T("In the past 30 days", "En los últimos 30 días"),
                3,
                said=T(
                    "You overdosed in the past 30 days.",
                    "Tuvo una sobredosis en los últimos 30 días.",
                    "They overdosed in the past 30 days.",
                    "Esa persona tuvo una sobredosis en los últimos 30 días.",
                ),
                danger="past_overdose",
            ),
        ),
        ask_if=Unless(Chose("substances", ("none",))),
        sources=("overdose_risk",),
        can_get_worse=True,
        always_ask=True,
    ),
    Question(
        key="nervous",
        part="health",
        page="phq4",
        text=T(
            "Feeling nervous, anxious or on edge",
            "Sentirse nervioso/a, intranquilo/a o con los nervios de punta",
            "Seemed nervous, anxious or on edge",
            "Parecía tener nervios, ansiedad o mucha tensión",
        ),
        choices=PHQ4_CHOICES,
        sources=("phq4", "phq4_observer"),
        can_get_better=True,
        said=T(
            "You felt nervous or on edge: {answer}.",
            "Sintió nervios o tensión: {answer}.",
            "They seemed nervous or on edge: {answer}.",
            "Esa persona parecía tener nervios o tensión: {answer}.",
        ),
    ),
    Question(
        key="worry",
        part="health",
        page="phq4",
        text=T(
            "Not being able to stop or control worrying",
            "No poder dejar de preocuparse o no poder controlar la preocupación",
            "Could not seem to stop worrying",
            "Parecía no poder dejar de preocuparse",
        ),
        choices=PHQ4_CHOICES,
        sources=("phq4", "phq4_observer"),
        can_get_better=True,
        said=T(
            "You could not stop worrying: {answer}.",
            "No pudo dejar de preocuparse: {answer}.",
            "They could not seem to stop worrying: {answer}.",
            "Esa persona no podía dejar de preocuparse: {answer}.",
        ),
    ),
    Question(
        key="little_interest",
        part="health",
        page="phq4",
        text=T(
            "Little interest or pleasure in doing things",
            "Poco interés o placer en hacer cosas",
            "Seemed to have little interest or joy in things",
            "Parecía tener poco interés o gusto por las cosas",
        ),
        choices=PHQ4_CHOICES,
        sources=("phq4", "phq4_observer"),
        can_get_better=True,
        said=T(
            "You had little interest in things: {answer}.",
            "Tuvo poco interés por las cosas: {answer}.",
            "They seemed to have little interest in things: {answer}.",
            "Esa persona parecía tener poco interés por las cosas: {answer}.",
        ),
    ),
    Question(
        key="down",
        part="health",
        page="phq4",
        text=T(
            "Feeling down, depressed, or hopeless",
            "Se ha sentido decaído/a, deprimido/a o sin esperanzas",
            "Seemed down, depressed, or without hope",
            "Parecía sentir tristeza, depresión o falta de esperanza",
        ),
        choices=PHQ4_CHOICES,
        sources=("phq4", "phq4_observer"),
        can_get_better=True,
        said=T(
            "You felt down or without hope: {answer}.",
            "Sintió tristeza o falta de esperanza: {answer}.",
            "They seemed down or without hope: {answer}.",
            "Esa persona parecía sentir tristeza o falta de esperanza: {answer}.",
        ),
    ),
    Question(
        key="diagnosis",
        part="health",
        text=T(
            "Has a professional ever said you have any of these?",
            "¿Un profesional le dijo que tiene algo de esto?",
            "Has a professional ever told them they have any of these?",
            "¿Un profesional le dijo a esa persona que tiene algo de esto?",
        ),
        hint=T("Choose the last one that fits", "Si son varias, elija la última"),
        choices=(
            Choice("none", T("None of these", "Nada de esto")),
            Choice(
                "common",
                T(
                    "Depression, anxiety, PTSD, or the like",
                    "Depresión, ansiedad, estrés postraumático o algo así",
                ),
                1,
                said=T(
                    "You were told you have depression, anxiety, PTSD or the like.",
                    "Un profesional le dijo que tiene depresión, ansiedad, estrés postraumático o algo así.",
                    "They were told they have depression, anxiety, PTSD or the like.",
                    "Un profesional le dijo a esa persona que tiene depresión, ansiedad, estrés postraumático o algo así.",
                ),
            ),
            Choice(
                "serious",
                T("Bipolar, schizophrenia, or psychosis", "Trastorno bipolar, esquizofrenia o psicosis"),
                2,
                said=T(
                    "You were told you have bipolar disorder, schizophrenia or psychosis.",
                    "Un profesional le dijo que tiene un trastorno bipolar, una psicosis o esquizofrenia.",
                    "They were told they have bipolar disorder, schizophrenia or psychosis.",
                    "Un profesional le dijo a esa persona que tiene un trastorno bipolar, una psicosis o esquizofrenia.",
                ),
            ),
            Choice(
                "hospital_past_year",
                T("Any of these, and hospital in the past year", "Algo de esto, y hospital en el último año"),
                3,
                said=T(
                    "You were in a hospital for your mental health in the past year.",
                    "En el último año, usted estuvo en un hospital por su salud mental.",
                    "They were in a hospital for their mental health in the past year.",
                    "En el último año, esa persona estuvo en un hospital por su salud mental.",
                ),
            ),
        ),
        sources=("co_occurring", "our_judgment"),
    ),
    Question(
        key="unusual_experiences",
        part="health",
        text=T(
            "In the past month, when not high or sick from stopping, did this happen?",
            "En el último mes, ¿pasó esto sin alcohol, drogas ni malestar por dejarlos?",
        ),
        hint=T(
            "Heard or saw things others did not, felt hunted, or too wired to sleep for days",
            "Oír o ver cosas que otros no, sentir persecución, o días sin dormir con energía",
        ),
        choices=(
            Choice(
                "no",
                T("No", "No"),
                said=T(
                    "You do not hear, see or fear things that are not there.",
                    "No oye, ve ni teme cosas que no están.",
                    "They do not hear, see or fear things that are not there.",
                    "Esa persona no oye, ve ni teme cosas que no están.",
                ),
            ),
            Choice(
                "a_few_times",
                T("A few times", "Pocas veces"),
                1,
                said=T(
                    "A few times, you heard, saw or feared things that others did not.",
                    "Unas pocas veces oyó, vio o temió cosas que otros no.",
                    "A few times, they heard, saw or feared things that others did not.",
                    "Unas pocas veces, esa persona oyó, vio o temió cosas que otros no.",
                ),
            ),
            Choice(
                "often",
                T("Often", "Muchas veces"),
                2,
                said=T(
                    "You often hear, see or fear things that others do not.",
                    "Muchas veces oye, ve o teme cosas que otros no.",
                    "They often hear, see or fear things that others do not.",
                    "Muchas veces, esa persona oye, ve o teme cosas que otros no.",
                ),
            ),
            Choice(
                "now",
                T(
                    "Now, and I can't take care of myself",
                    "Ahora, y no puedo cuidar de mí",
                    "Now, and they can't take care of themselves",
                    "Ahora, y no puede cuidar de sí",
                ),
                3,
                said=T(
                    "Right now, you hear, see or fear things, and you can't take care of yourself.",
                    "Ahora mismo oye, ve o teme cosas, y no puede cuidar de sí.",
                    "Right now, they hear, see or fear things, and they can't take care of themselves.",
                    "Ahora mismo, esa persona oye, ve o teme cosas, y no puede cuidar de sí.",
                ),
                danger="mental_health_now",
            ),
        ),
        sources=("co_occurring", "our_judgment"),
        can_get_better=True,
        can_get_worse=True,
        always_ask=True,
    ),
    Question(
        key="function",
        part="health",
        text=T(
            "Do your feelings make work, home, or getting along hard?",
            "¿Lo que siente le hace difícil el trabajo, la casa o el trato con otros?",
            "Do their feelings make work, home, or getting along hard?",
            "¿Lo que siente esa persona le hace difícil el trabajo, la casa o el trato con otros?",
        ),
        choices=(
            Choice(
                "not_hard",
                T("Not hard", "No es difícil"),
                said=T(
                    "Your feelings do not get in the way of daily life.",
                    "Lo que siente no le complica la vida diaria.",
                    "Their feelings do not get in the way of daily life.",
                    "Lo que siente esa persona no le complica la vida diaria.",
                ),
            ),
            Choice(
                "somewhat_hard",
                T("Somewhat hard", "Algo difícil"),
                1,
                said=T(
                    "Your feelings make daily life somewhat hard.",
                    "La vida diaria le resulta algo difícil por lo que siente.",
                    "Their feelings make daily life somewhat hard.",
                    "A esa persona la vida diaria le resulta algo difícil por lo que siente.",
                ),
            ),
            Choice(
                "very_hard",
                T("Very hard", "Muy difícil"),
                2,
                said=T(
                    "Your feelings make daily life very hard.",
                    "La vida diaria le resulta muy difícil por lo que siente.",
                    "Their feelings make daily life very hard.",
                    "A esa persona la vida diaria le resulta muy difícil por lo que siente.",
                ),
            ),
        ),
        # Asked only where it can still move the mental-health band.
        ask_if=all_of(
            any_of(Scored(PHQ4, 6), Scored(("diagnosis",), 1)),
            Unless(any_of(Scored(("unusual_experiences",), 2), Scored(("diagnosis",), 3))),
        ),
        sources=("phq4", "our_judgment"),
        can_get_better=True,
        can_get_worse=True,
    ),
)
