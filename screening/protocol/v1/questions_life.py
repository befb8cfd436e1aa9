"""Part 4: people, home, and what was tried before."""

from screening.engine.conditions import Chose, Scored, Unless, Unsure, all_of, any_of
from screening.engine.spec import Choice, Page, Part, Question
from screening.engine.spec import Text as T
from screening.protocol.v1.questions_safety import NOT_UNDER_18

PART = Part(
    "life",
    T("People, home and past help", "Personas, hogar y ayuda anterior"),
    NOT_UNDER_18,
)

# Two short questions about the same people, asked of everybody, neither of which tells of danger: one screen.
PEOPLE_PAGE = Page(
    "people",
    T(
        "The people around you",
        "La gente a su alrededor",
        "The people around them",
        "La gente alrededor de esa persona",
    ),
)

QUESTIONS = (
    Question(
        key="people_to_count_on",
        part="life",
        page="people",
        text=T(
            "How many people could you count on to help you stop or cut down?",
            "¿Con cuántas personas cuenta para dejar o reducir el consumo?",
            "How many people could they count on to help them stop or cut down?",
            "¿Con cuántas personas cuenta esa persona para dejar o reducir el consumo?",
        ),
        choices=(
            Choice(
                "three_or_more",
                T("Three or more", "Tres o más"),
                said=T(
                    "You have three or more people you can count on.",
                    "Tiene tres o más personas con quienes contar.",
                    "They have three or more people they can count on.",
                    "Esa persona tiene tres o más personas con quienes contar.",
                ),
            ),
            Choice(
                "one_or_two",
                T("One or two", "Una o dos"),
                1,
                said=T(
                    "You have one or two people you can count on.",
                    "Tiene una o dos personas con quienes contar.",
                    "They have one or two people they can count on.",
                    "Esa persona tiene una o dos personas con quienes contar.",
                ),
            ),
            Choice(
                "maybe_no_one",
                T("Maybe no one", "Tal vez nadie"),
                2,
                said=T(
                    "There may be no one you can count on to help you stop.",
                    "Tal vez no tiene a nadie con quien contar para dejar de consumir.",
                    "There may be no one they can count on to help them stop.",
                    "Tal vez esa persona no tiene a nadie con quien contar para dejar de consumir.",
                ),
            ),
            Choice(
                "no_one",
                T("No one", "Nadie"),
                3,
                said=T(
                    "There is no one you can count on to help you stop.",
                    "No tiene a nadie con quien contar para dejar de consumir.",
                    "There is no one they can count on to help them stop.",
                    "Esa persona no tiene a nadie con quien contar para dejar de consumir.",
                ),
            ),
        ),
        sources=("support_items",),
        can_get_better=True,
        can_get_worse=True,
    ),
    Question(
        key="people_who_use",
        part="life",
        page="people",
        text=T(
            "Do the people around you drink a lot or use drugs?",
            "¿La gente que le rodea bebe mucho o usa drogas?",
            "Do the people around them drink a lot or use drugs?",
            "¿La gente que rodea a esa persona bebe mucho o usa drogas?",
        ),
        choices=(
            Choice(
                "none_or_few",
                T("None or few", "Casi nadie"),
                said=T(
                    "Few people around you drink a lot or use drugs.",
                    "Poca gente a su alrededor bebe mucho o usa drogas.",
                    "Few people around them drink a lot or use drugs.",
                    "Poca gente alrededor de esa persona bebe mucho o usa drogas.",
                ),
            ),
            Choice(
                "some",
                T("Some", "Algunas personas"),
                1,
                said=T(
                    "Some people around you drink a lot or use drugs.",
                    "Parte de la gente a su alrededor bebe mucho o usa drogas.",
                    "Some people around them drink a lot or use drugs.",
                    "Parte de la gente alrededor de esa persona bebe mucho o usa drogas.",
                ),
            ),
            Choice(
                "most",
                T("Most", "La mayoría"),
                2,
                said=T(
                    "Most people around you drink a lot or use drugs.",
                    "La mayoría de la gente a su alrededor bebe mucho o usa drogas.",
                    "Most people around them drink a lot or use drugs.",
                    "La mayoría de la gente alrededor de esa persona bebe mucho o usa drogas.",
                ),
            ),
            Choice(
                "most_and_push",
                T(
                    "Most, and they push me to use",
                    "La mayoría, y me presiona a consumir",
                    "Most, and they push them to use",
                    "La mayoría, y le presiona a consumir",
                ),
                3,
                said=T(
                    "Most people around you use, and they push you to use.",
                    "La mayoría de la gente a su alrededor consume, y le presiona a consumir.",
                    "Most people around them use, and push them to use.",
                    "La mayoría de la gente alrededor de esa persona consume, y le presiona a consumir.",
                ),
            ),
        ),
        sources=("support_items",),
        can_get_better=True,
        can_get_worse=True,
    ),
    Question(
        key="place_to_live",
        part="life",
        text=T(
            "Where do you live now?",
            "¿Dónde vive ahora?",
            "Where do they live now?",
            "¿Dónde vive esa persona ahora?",
        ),
        hint=T("Some programs need a steady place to sleep", "Algunos programas piden un lugar fijo"),
        choices=(
            Choice(
                "steady",
                T("A steady place", "Un lugar fijo"),
                said=T(
                    "You have a steady place to live.",
                    "Tiene un lugar fijo donde vivir.",
                    "They have a steady place to live.",
                    "Esa persona tiene un lugar fijo donde vivir.",
                ),
            ),
            Choice(
                "might_lose",
                T(
                    "A place I might lose",
                    "Un lugar que podría perder",
                    "A place they might lose",
                    "Un lugar que podría perder",
                ),
                2,
                said=T(
                    "You might lose the place where you live.",
                    "Podría perder el lugar donde vive.",
                    "They might lose the place where they live.",
                    "Esa persona podría perder el lugar donde vive.",
                ),
            ),
            Choice(
                "no_steady_place",
                T("No steady place: with others, or a motel", "Sin lugar fijo: con otros o en motel"),
                3,
                said=T(
                    "You have no steady place to live.",
                    "No tiene un lugar fijo donde vivir.",
                    "They have no steady place to live.",
                    "Esa persona no tiene un lugar fijo donde vivir.",
                ),
            ),
            Choice(
                "shelter_car_outside",
                T("Shelter, car, or outside", "Refugio, auto o calle"),
                4,
                said=T(
                    "You are living in a shelter, in a car or outside.",
                    "Vive en un refugio, en un auto o en la calle.",
                    "They are living in a shelter, in a car or outside.",
                    "Esa persona vive en un refugio, en un auto o en la calle.",
                ),
            ),
        ),
        sources=("ahc_housing",),
        can_get_better=True,
        can_get_worse=True,
    ),
    Question(
        key="safe_home",
        part="life",
        text=T(
            "Is where you live a safe place to stop drinking or drugs?",
            "El lugar donde vive, ¿es seguro para dejar de consumir?",
            "Is where they live a safe place to stop drinking or drugs?",
            "El lugar donde vive esa persona, ¿es seguro para dejar de consumir?",
        ),
        choices=(
            Choice(
                "yes",
                T("Yes", "Sí"),
                said=T(
                    "Your home is a safe place to stop.",
                    "Su hogar es un lugar seguro para dejar de consumir.",
                    "Their home is a safe place to stop.",
                    "El hogar de esa persona es un lugar seguro para dejar de consumir.",
                ),
            ),
            Choice(
                "mostly",
                T("Mostly, but some people there use", "Casi siempre, pero allí algunos consumen"),
                1,
                said=T(
                    "Your home is mostly safe, but some people there use.",
                    "Su hogar es seguro en general, pero allí algunas personas consumen.",
                    "Their home is mostly safe, but some people there use.",
                    "El hogar de esa persona es seguro en general, pero allí algunas personas consumen.",
                ),
            ),
            Choice(
                "lots_of_use",
                T("No, lots of drinking or drugs there", "No, allí hay mucho alcohol o drogas"),
                3,
                said=T(
                    "There is a lot of drinking or drug use in your home.",
                    "En su hogar hay mucho alcohol o drogas.",
                    "There is a lot of drinking or drug use in their home.",
                    "En el hogar de esa persona hay mucho alcohol o drogas.",
                ),
            ),
            Choice(
                "hurt_or_scared",
                T(
                    "No, someone there hurts or scares me",
                    "No, alguien allí me hace daño o me asusta",
                    "No, someone there hurts or scares them",
                    "No, alguien allí le hace daño o le asusta",
                ),
                4,
                said=T(
                    "Someone at home hurts or scares you.",
                    "En su hogar alguien le hace daño o le da miedo.",
                    "Someone at home hurts or scares them.",
                    "En el hogar de esa persona, alguien le hace daño o le da miedo.",
                ),
                danger="violence",
            ),
        ),
        sources=("day_hospital", "our_judgment"),
        can_get_better=True,
        can_get_worse=True,
        always_ask=True,
    ),
    Question(
        key="past_help",
        part="life",
        text=T(
            "What fits your past 12 months?",
            "En los últimos 12 meses, ¿qué pasó?",
            "What fits their past 12 months?",
            "En los últimos 12 meses, ¿qué pasó?",
        ),
        hint=T("Choose the last one that fits", "Si son varias, elija la última"),
        choices=(
            Choice(
                "got_help_not_back",
                T("Got help, and have not gone back to using", "Recibí ayuda y no he vuelto a consumir", "Got help, and have not gone back to using", "Recibió ayuda y no ha vuelto a consumir"),
            ),
            Choice(
                "not_tried",
                T("Have not tried to stop or get help", "No he intentado dejarlo ni pedir ayuda", "Have not tried to stop or get help", "No ha intentado dejarlo ni pedir ayuda"),
            ),
            Choice(
                "alone",
                T("Stopped alone, then went back", "Lo dejé sin ayuda y volví a consumir", "Stopped alone, then went back", "Lo dejó sin ayuda y volvió a consumir"),
                1,
            ),
            Choice(
                "counseling",
                T(
                    "Counseling or detox, then went back",
                    "Consejería o desintoxicación, y volví a consumir",
                    "Counseling or detox, then went back",
                    "Consejería o desintoxicación, y volvió a consumir",
                ),
                2,
                said=T(
                    "You had counseling or detox this past year, and went back to using.",
                    "Este último año tuvo consejería o desintoxicación, y volvió a consumir.",
                    "They had counseling or detox this past year, and went back to using.",
                    "Este último año esa persona tuvo consejería o desintoxicación, y volvió a consumir.",
                ),
            ),
            Choice(
                "iop",
                T(
                    "Intensive outpatient (IOP), then went back",
                    "Programa intensivo (IOP), y volví a consumir",
                    "Intensive outpatient (IOP), then went back",
                    "Programa intensivo (IOP), y volvió a consumir",
                ),
                3,
                said=T(
                    "You went to an IOP this past year, and went back to using.",
                    "Este último año fue a un programa intensivo (IOP), y volvió a consumir.",
                    "They went to an IOP this past year, and went back to using.",
                    "Este último año esa persona fue a un programa intensivo (IOP), y volvió a consumir.",
                ),
            ),
            Choice(
                "day_program_or_rehab",
                T(
                    "Day program or rehab, then went back",
                    "Programa de día o rehabilitación, y volví a consumir",
                    "Day program or rehab, then went back",
                    "Programa de día o rehabilitación, y volvió a consumir",
                ),
                4,
                said=T(
                    "You went to a day program or rehab this past year, and went back to using.",
                    "Este último año fue a un programa de día o a rehabilitación, y volvió a consumir.",
                    "They went to a day program or rehab this past year, and went back to using.",
                    "Este último año esa persona fue a un programa de día o a rehabilitación, y volvió a consumir.",
                ),
            ),
            Choice(
                "two_or_more",
                T(
                    "Two or more programs, then went back",
                    "Dos o más programas, y volví a consumir",
                    "Two or more programs, then went back",
                    "Dos o más programas, y volvió a consumir",
                ),
                4,
                said=T(
                    "You went to two or more programs this past year, and went back to using.",
                    "Este último año fue a dos programas o más, y volvió a consumir.",
                    "They went to two or more programs this past year, and went back to using.",
                    "Este último año esa persona fue a dos programas o más, y volvió a consumir.",
                ),
            ),
        ),
        sources=("mate",),
    ),
    Question(
        key="just_finished",
        part="life",
        text=T(
            "In the past 30 days, did you finish one of these?",
            "En los últimos 30 días, ¿terminó algo de esto?",
            "In the past 30 days, did they finish one of these?",
            "En los últimos 30 días, ¿esa persona terminó algo de esto?",
        ),
        choices=(
            Choice("no", T("No", "No")),
            Choice(
                "detox",
                T("Detox or a short hospital stay", "Desintoxicación o unos días de hospital"),
                said=T(
                    "You finished detox or a short hospital stay in the past 30 days.",
                    "En los últimos 30 días salió de una desintoxicación o de un hospital.",
                    "They finished detox or a short hospital stay in the past 30 days.",
                    "En los últimos 30 días, esa persona salió de una desintoxicación o de un hospital.",
                ),
            ),
            Choice(
                "rehab",
                T(
                    "Rehab, 2 weeks or more, and not used since",
                    "Rehabilitación, 2 semanas o más, sin consumir desde entonces",
                ),
                said=T(
                    "You finished 2 weeks or more of rehab in the past 30 days, and have not used since.",
                    "En los últimos 30 días terminó 2 semanas o más de rehabilitación, y no ha consumido desde entonces.",
                    "They finished 2 weeks or more of rehab in the past 30 days, and have not used since.",
                    "En los últimos 30 días, esa persona terminó 2 semanas o más de rehabilitación, y no ha vuelto a consumir.",
                ),
            ),
        ),
        ask_if=any_of(
            Chose(
                "past_help",
                ("got_help_not_back", "counseling", "iop", "day_program_or_rehab", "two_or_more"),
            ),
            Unsure("past_help"),
        ),
        sources=("samhsa_iop", "after_detox"),
    ),
    Question(
        key="longest_without",
        part="life",
        text=T(
            "In the past 3 months, what was the longest time without using?",
            "En los últimos 3 meses, ¿cuál fue el tiempo más largo sin consumir?",
        ),
        choices=(
            Choice(
                "two_weeks",
                T("2 weeks or more", "2 semanas o más"),
                said=T(
                    "You went 2 weeks or more without using.",
                    "Pasó 2 semanas o más sin consumir.",
                    "They went 2 weeks or more without using.",
                    "Esa persona pasó 2 semanas o más sin consumir.",
                ),
            ),
            Choice(
                "a_few_days",
                T("A few days", "Pocos días"),
                1,
                said=T(
                    "The longest you went without using was a few days.",
                    "Su tiempo más largo sin consumir fue de unos pocos días.",
                    "The longest they went without using was a few days.",
                    "El tiempo más largo de esa persona sin consumir fue de unos pocos días.",
                ),
            ),
            Choice(
                "two_days_or_less",
                T("2 days or less", "2 días o menos"),
                2,
                said=T(
                    "You did not go more than 2 days without using.",
                    "No pasó más de 2 días sin consumir.",
                    "They did not go more than 2 days without using.",
                    "Esa persona no pasó más de 2 días sin consumir.",
                ),
            ),
        ),
        # Whoever got help and has not gone back has said it; an overdose or a return
        # to use after care already weighs as much as this answer can.
        ask_if=all_of(
            Chose("past_help", ("not_tried", "alone")),
            Unless(Scored(("overdose",), 2)),
            Unless(Chose("substances", ("none",))),
        ),
        sources=("our_judgment",),
        can_get_better=True,
        can_get_worse=True,
    ),
)
