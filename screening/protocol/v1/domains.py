"""What each domain's bands mean, as tables of "at least". The highest step that holds wins."""

from screening.engine.conditions import Chose, Scored, all_of, any_of
from screening.engine.spec import BandWords, Cap, Domain, Flag, Step
from screening.engine.spec import Text as T
from screening.protocol.v1.questions_health import PHQ4
from screening.protocol.v1.questions_use import ALCOHOL_OR_SEDATIVES, SIGNS

HEAVY_DRINKING = all_of(Scored(("alcohol_days",), 3), Scored(("drinks_a_day",), 2))
BODY_IN_DANGER = Chose("now", ("overdose", "seizure", "confused", "body"))
PERSON_IN_DANGER = Chose("now", ("being_hurt", "might_hurt_someone"))
BODY_REACTS_NOW = Chose("now", ("seizure", "confused"))

SEVERITY = Domain(
    key="severity",
    title=T("Addiction severity", "Gravedad de la adicción"),
    told=True,
    steps=(
        Step(1, Scored(SIGNS, 2)),
        Step(2, Scored(SIGNS, 4)),
        Step(3, Scored(SIGNS, 6)),
        Step(4, Scored(SIGNS, 9)),
        Step(4, all_of(Scored(SIGNS, 6), Scored(("pattern",), 3))),
    ),
    # Signs of the past 12 months overstate someone who has just left 24-hour care.
    caps=(Cap(2, Chose("just_finished", ("rehab",))),),
    sources=("dsm5", "severity_inpatient", "our_judgment"),
    words=(
        BandWords(T("Few or no signs", "Pocas señales o ninguna"), T("We saw few or no signs of addiction in these answers.", "Vimos pocas señales de adicción, o ninguna, en estas respuestas.")),
        BandWords(T("Some signs", "Algunas señales"), T(
            "There are some signs of addiction. This is often called mild.",
            "Hay algunas señales de adicción. Esto suele llamarse leve.",
        )),
        BandWords(T("Clear signs", "Señales claras"), T(
            "There are clear signs of addiction. This is often called moderate.",
            "Hay señales claras de adicción. Esto suele llamarse moderado.",
        )),
        BandWords(T("Strong signs", "Señales fuertes"), T(
            "There are strong signs of addiction. This is often called severe.",
            "Hay señales fuertes de adicción. Esto suele llamarse grave.",
        )),
        BandWords(T("Strong signs in much of life", "Señales fuertes en gran parte de la vida"), T(
            "The signs are strong, and they touch much of life or have gone on for a long time.",
            "Las señales son fuertes, y afectan gran parte de la vida o llevan mucho tiempo.",
        )),
    ),
    strength=T(
        "The signs of addiction are few so far. Early help works well.",
        "Por ahora las señales de adicción son pocas. La ayuda temprana funciona bien.",
    ),
    strength_up_to=1,
)

WITHDRAWAL = Domain(
    key="withdrawal",
    title=T("Withdrawal from alcohol or sedatives", "Abstinencia de alcohol o sedantes"),
    emergency_at_top=True,
    steps=(
        Step(1, HEAVY_DRINKING),
        Step(2, all_of(Scored(("alcohol_days",), 3), Scored(("drinks_a_day",), 3))),
        Step(1, Scored(("sedative_use",), 1)),
        Step(2, Scored(("sedative_use",), 2)),
        Step(3, Scored(("sedative_use",), 3)),
        Step(3, all_of(Scored(("alcohol_days",), 3), Scored(("sedative_use",), 1))),
        Step(2, all_of(ALCOHOL_OR_SEDATIVES, Scored(("withdrawal_now",), 1))),
        Step(3, all_of(ALCOHOL_OR_SEDATIVES, Scored(("withdrawal_now",), 2))),
        Step(1, all_of(ALCOHOL_OR_SEDATIVES, Scored(("withdrawal_past",), 1))),
        Step(2, all_of(HEAVY_DRINKING, Scored(("withdrawal_past",), 1))),
        Step(2, all_of(ALCOHOL_OR_SEDATIVES, Scored(("withdrawal_past",), 2))),
        Step(3, all_of(HEAVY_DRINKING, Scored(("withdrawal_past",), 2))),
        Step(3, all_of(ALCOHOL_OR_SEDATIVES, Scored(("withdrawal_past",), 3))),
        Step(4, all_of(ALCOHOL_OR_SEDATIVES, BODY_REACTS_NOW)),
    ),
    sources=("asam_alcohol_withdrawal", "benzodiazepine_tapering", "pawss_community", "withdrawal_points"),
)

MEDICAL = Domain(
    key="medical",
    title=T("Physical health", "Salud física"),
    emergency_at_top=True,
    steps=(
        Step(1, Scored(("health",), 1)),
        Step(2, Scored(("health",), 2)),
        Step(3, Scored(("health",), 3)),
        Step(4, BODY_IN_DANGER),
    ),
    sources=("asam_dimensions", "our_judgment"),
)

MENTAL_HEALTH = Domain(
    key="mental_health",
    title=T("Mental health", "Salud mental"),
    emergency_at_top=True,
    steps=(
        Step(1, Scored(PHQ4, 3)),
        Step(1, Scored(("diagnosis",), 1)),
        Step(2, all_of(Scored(PHQ4, 6), Scored(("function",), 1))),
        Step(2, Scored(PHQ4, 9)),
        Step(2, all_of(Scored(("diagnosis",), 1), Scored(("function",), 1))),
        Step(2, Scored(("diagnosis",), 2)),
        Step(2, Scored(("unusual_experiences",), 1)),
        Step(3, all_of(Scored(PHQ4, 9), Scored(("function",), 2))),
        Step(3, all_of(Scored(("diagnosis",), 2), Scored(("function",), 2))),
        Step(3, Scored(("diagnosis",), 3)),
        Step(3, Scored(("unusual_experiences",), 2)),
        Step(4, Scored(("unusual_experiences",), 3)),
    ),
    sources=("phq4", "co_occurring", "our_judgment"),
    strength=T(
        "Mood and worry look steady right now.",
        "El ánimo y las preocupaciones parecen estables por ahora.",
    ),
)

DANGER = Domain(
    key="danger",
    title=T("Danger now", "Peligro ahora"),
    emergency_at_top=True,
    steps=(
        Step(1, Scored(("suicide_thoughts",), 1)),
        Step(2, Scored(("suicide_thoughts",), 2)),
        Step(4, Scored(("suicide_thoughts",), 4)),
        Step(2, Scored(("self_harm",), 2)),
        Step(3, Scored(("self_harm",), 3)),
        Step(4, PERSON_IN_DANGER),
    ),
    sources=("asq", "our_judgment"),
)

SUPPORT = Domain(
    key="support",
    title=T("Support system", "Red de apoyo"),
    told=True,
    steps=(
        Step(1, any_of(Scored(("people_to_count_on",), 1), Scored(("people_who_use",), 1))),
        Step(2, any_of(Scored(("people_to_count_on",), 2), Scored(("people_who_use",), 2))),
        Step(3, any_of(Scored(("people_to_count_on",), 3), Scored(("people_who_use",), 3))),
        Step(3, all_of(Scored(("people_to_count_on",), 2), Scored(("people_who_use",), 2))),
        Step(4, all_of(Scored(("people_to_count_on",), 3), Scored(("people_who_use",), 2))),
        Step(4, all_of(Scored(("people_to_count_on",), 2), Scored(("people_who_use",), 3))),
    ),
    sources=("support_items", "our_judgment"),
    words=(
        BandWords(T("Strong support", "Buen apoyo"), T("There are people to lean on, and few of them use.", "Hay personas en quienes apoyarse, y pocas de ellas consumen.")),
        BandWords(T("Some support", "Algo de apoyo"), T("There is some support, with a few gaps.", "Hay algo de apoyo, con algunos vacíos.")),
        BandWords(T("Thin support", "Poco apoyo"), T("Support is thin, or many people close by use.", "Hay poco apoyo, o muchas personas cercanas consumen.")),
        BandWords(T("Very little support", "Muy poco apoyo"), T("There is very little support for stopping right now.", "Hay muy poco apoyo para dejar de consumir por ahora.")),
        BandWords(T("Almost no support", "Casi ningún apoyo"), T("Almost no one near is a help with stopping right now.", "Por ahora casi nadie cercano ayuda a dejar de consumir.")),
    ),
    strength=T(
        "There are people to count on. That helps at every step.",
        "Hay personas con quienes contar. Eso ayuda en cada paso.",
    ),
    strength_up_to=1,
)

HOME = Domain(
    key="home",
    title=T("Home stability", "Estabilidad del hogar"),
    told=True,
    steps=(
        Step(1, Scored(("safe_home",), 1)),
        Step(2, Scored(("place_to_live",), 2)),
        Step(3, any_of(Scored(("place_to_live",), 3), Scored(("safe_home",), 3))),
        Step(4, any_of(Scored(("place_to_live",), 4), Scored(("safe_home",), 4))),
    ),
    sources=("ahc_housing", "day_hospital", "our_judgment"),
    words=(
        BandWords(T("Steady and safe", "Fijo y seguro"), T("Home is steady and a safe place to stop.", "El hogar es fijo y un lugar seguro para dejar de consumir.")),
        BandWords(T(
            "Mostly safe",
            "Seguro en general",
        ), T(
            "Home is steady, but some people there use.",
            "El hogar es fijo, pero allí algunas personas consumen.",
        )),
        BandWords(T("At risk", "En riesgo"), T("The place to live could be lost.", "El lugar donde vivir se podría perder.")),
        BandWords(T("Not steady or not safe", "Poco fijo o poco seguro"), T("There is no steady place, or a lot of use at home.", "No hay un lugar fijo, o hay mucho consumo en el hogar.")),
        BandWords(T("Not safe right now", "No es seguro ahora"), T(
            "The place to sleep is not safe for stopping right now.",
            "El lugar donde se duerme no es seguro ahora para dejar de consumir.",
        )),
    ),
    strength=T(
        "Home is steady and mostly safe. That helps with care by day.",
        "El hogar es fijo y seguro en general. Eso ayuda con los programas de día.",
    ),
    strength_up_to=1,
)

RETURN_TO_USE = Domain(
    key="return_to_use",
    title=T("Past help and return to use", "Ayuda anterior y vuelta al consumo"),
    steps=(
        Step(1, any_of(Scored(("past_help",), 1), Scored(("longest_without",), 1), Scored(("overdose",), 1))),
        Step(2, any_of(Scored(("past_help",), 2), Scored(("longest_without",), 2), Scored(("overdose",), 2))),
        Step(3, any_of(Scored(("past_help",), 3), Scored(("overdose",), 3))),
        Step(4, Scored(("past_help",), 4)),
    ),
    sources=("mate", "overdose_risk", "our_judgment"),
)

SCHEDULE = Domain(
    key="schedule",
    title=T("Schedule constraints", "Límites de horario"),
    told=True,
    clinical=False,
    steps=(
        Step(1, any_of(Scored(("free_times",), 1), Scored(("ties",), 1), Scored(("live_away",), 1))),
        Step(2, any_of(Scored(("free_times",), 2), Scored(("ties",), 2))),
        Step(3, any_of(Scored(("free_times",), 3), Scored(("ties",), 4))),
        Step(3, all_of(Scored(("free_times",), 2), Scored(("ties",), 2))),
        Step(4, all_of(Scored(("free_times",), 3), Scored(("ties",), 2))),
    ),
    sources=("our_judgment",),
    words=(
        BandWords(T("Open week", "Semana libre"), T("Most programs would fit the week.", "Casi cualquier programa cabría en la semana.")),
        BandWords(T("Some limits", "Algunos límites"), T("Many programs would fit, with some planning.", "Muchos programas cabrían, con algo de planificación.")),
        BandWords(T("Tight week", "Semana ocupada"), T(
            "Evening, weekend or video programs may fit better.",
            "Quizá sirvan más los programas de noche, de fin de semana o por video.",
        )),
        BandWords(T("Very tight week", "Semana muy ocupada"), T(
            "It will take some changes to make room for care.",
            "Harán falta cambios para darle lugar a la ayuda.",
        )),
        BandWords(T("Almost no room", "Casi sin espacio"), T("There is almost no room in the week. A program can help plan around that.", "Casi no hay espacio en la semana. Un programa puede ayudar a organizarlo.")),
    ),
)

DOMAINS = (
    SEVERITY,
    WITHDRAWAL,
    MEDICAL,
    MENTAL_HEALTH,
    DANGER,
    SUPPORT,
    HOME,
    RETURN_TO_USE,
    SCHEDULE,
)

FLAGS = (
    Flag("youth", Chose("age", ("under_18",)), T("is under 18", "tiene menos de 18 años"), ordered=False),
    Flag("older", Chose("age", ("65_plus",)), T("is 65 or older", "tiene 65 años o más")),
    Flag("pregnant", Chose("pregnant", ("yes_or_maybe",)), T("is or may be pregnant", "está o podría estar embarazada")),
    Flag("opioids", Chose("substances", ("opioids",)), T("used opioids in the past 3 months", "usó opioides en los últimos 3 meses")),
    Flag("after_detox", Chose("just_finished", ("detox",)), T("finished detox in the past 30 days", "terminó una desintoxicación en los últimos 30 días"), ordered=False),
    Flag("after_rehab", Chose("just_finished", ("rehab",)), T(
        "finished rehab in the past 30 days",
        "terminó una rehabilitación en los últimos 30 días",
    ), ordered=False),
)
