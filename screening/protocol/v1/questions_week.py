"""Part 5, optional: the week. It chooses how care is given, never how much."""

from screening.engine.conditions import Chose, Unless, all_of
from screening.engine.spec import Choice, Format, Part, Question, Week
from screening.engine.spec import Text as T
from screening.protocol.v1.questions_safety import NOT_UNDER_18

WEEK_NOT_SKIPPED = Unless(Chose("free_times", ("skip",)))
PART = Part("week", T("Your week", "Su semana", "Their week", "La semana de esa persona"), NOT_UNDER_18)

QUESTIONS = (
    Question(
        key="free_times",
        part="week",
        text=T(
            "When could you go to a program?",
            "¿Cuándo podría ir a un programa?",
            "When could they go to a program?",
            "¿Cuándo podría esa persona ir a un programa?",
        ),
        hint=T("This never changes the kind of care", "Esto nunca cambia el tipo de ayuda"),
        choices=(
            Choice("any_time", T("Most days, any time", "Casi a cualquier hora")),
            Choice("daytime", T("Weekdays, daytime", "Entre semana, de día"), 1),
            Choice("evenings_and_weekends", T("Evenings and weekends", "Noches y fines de semana"), 1),
            Choice("evenings", T("Evenings only", "Solo de noche"), 2),
            Choice("weekends", T("Weekends only", "Solo fines de semana"), 2),
            Choice("hardly_any", T("Hardly any time", "Casi nunca"), 3),
            Choice("skip", T("Skip this part", "Saltar esta parte"), unknown=True),
        ),
        sources=("our_judgment",),
    ),
    Question(
        key="ties",
        part="week",
        kind="many",
        text=T("What makes it hard to go to a program?", "¿Qué hace difícil ir a un programa?"),
        hint=T("Choose all that fit", "Elija todo lo que corresponda"),
        choices=(
            Choice("work_or_school", T("Work or school", "Trabajo o escuela"), 1),
            Choice("caring", T("Caring for children or others", "Cuidar de niños u otros"), 1),
            Choice("travel", T("No ride, or it is far", "Sin transporte, o queda lejos"), 1),
            Choice("court", T("Court, probation, or other appointments", "Corte, libertad condicional u otras citas"), 1),
            Choice("privacy", T("I need to keep it private", "Necesito que no se sepa", "They need to keep it private", "Necesita que no se sepa"), 1),
            Choice("no_video", T(
                "No private place or internet for video",
                "Sin internet o lugar privado para video",
            ), 1),
            Choice("none", T("Nothing", "Nada")),
        ),
        ask_if=WEEK_NOT_SKIPPED,
        sources=("our_judgment",),
    ),
    Question(
        key="live_away",
        part="week",
        text=T(
            "Could you live away from home for a few weeks?",
            "¿Podría vivir fuera de casa unas semanas?",
            "Could they live away from home for a few weeks?",
            "¿Podría esa persona vivir fuera de casa unas semanas?",
        ),
        choices=(
            Choice("yes", T("Yes", "Sí")),
            Choice(
                "with_help",
                T("Yes, with help at home or work", "Sí, con ayuda en casa o en el trabajo"),
                1,
            ),
            Choice("no", T("No", "No"), 2),
        ),
        ask_if=WEEK_NOT_SKIPPED,
        sources=("our_judgment",),
    ),
)

WEEK = Week(
    domain="schedule",
    binds="ties",
    formats=(
        Format(
            "day",
            T("Day programs on weekdays", "Programas de día, entre semana"),
            Chose("free_times", ("any_time", "daytime")),
        ),
        Format(
            "evening",
            T("Evening programs", "Programas por la noche"),
            Chose("free_times", ("any_time", "evenings_and_weekends", "evenings")),
        ),
        Format(
            "weekend",
            T("Weekend programs", "Programas de fin de semana"),
            Chose("free_times", ("any_time", "evenings_and_weekends", "weekends")),
        ),
        Format(
            "virtual",
            T("Programs by video from home", "Programas por videollamada desde casa"),
            all_of(
                Chose(
                    "ties",
                    ("work_or_school", "caring", "travel", "court", "privacy"),
                ),
                Unless(Chose("ties", ("no_video",))),
            ),
        ),
        Format(
            "live_in",
            T("Programs where people stay for some weeks", "Programas donde se vive unas semanas"),
            Chose("live_away", ("yes", "with_help")),
        ),
    ),
    unknown=T(
        "You did not tell us about your week. Ask each program for day, evening, weekend and video times.",
        "No nos contó sobre su semana. Pregunte en cada programa por horarios de día, de noche, de fin de semana y por video.",
        "You did not tell us about their week. Ask each program for day, evening, weekend and video times.",
        "No nos contó sobre la semana de esa persona. Pregunte en cada programa por horarios de día, de noche, de fin de semana y por video.",
    ),
)
