"""Part 2: what is used, what happens without it, and the signs of addiction."""

from screening.engine.conditions import Chose, Scored, Unless, Unsure, all_of, any_of
from screening.engine.spec import Choice, Part, Question
from screening.engine.spec import Text as T
from screening.protocol.v1.questions_safety import NOT_UNDER_18

PART = Part("use", T("Drinking and drug use", "Alcohol y drogas"), NOT_UNDER_18)

SIGNS = ("signs", "more_signs")
ALL_THAT_FIT = T("Choose all that fit", "Elija todo lo que corresponda")
# Stopping can only be dangerous to a body that is used to alcohol or sedatives.
ALCOHOL_OR_SEDATIVES = any_of(Scored(("alcohol_days",), 2), Scored(("sedative_use",), 1))

QUESTIONS = (
    Question(
        key="substances",
        part="use",
        kind="many",
        text=T(
            "In the past 3 months, what did you use?",
            "En los últimos 3 meses, ¿qué consumió?",
            "In the past 3 months, what did they use?",
            "En los últimos 3 meses, ¿qué consumió esa persona?",
        ),
        hint=ALL_THAT_FIT,
        choices=(
            Choice("alcohol", T("Alcohol", "Alcohol"), 1),
            Choice(
                "opioids",
                T(
                    "Heroin, fentanyl, or pain pills not as prescribed",
                    "Heroína, fentanilo o pastillas para dolor sin seguir la receta",
                ),
                1,
                said=T(
                    "You used heroin, fentanyl or pain pills in the past 3 months.",
                    "En los últimos 3 meses usó heroína, fentanilo o pastillas para el dolor.",
                    "They used heroin, fentanyl or pain pills in the past 3 months.",
                    "En los últimos 3 meses, esa persona usó heroína, fentanilo o pastillas para el dolor.",
                ),
            ),
            Choice(
                "sedatives",
                T(
                    "Pills for nerves or sleep, prescribed or not",
                    "Pastillas para los nervios o dormir, recetadas o no",
                ),
                1,
            ),
            Choice(
                "stimulants",
                T("Meth, cocaine, or other uppers", "Meta (cristal), cocaína u otro estimulante"),
                1,
            ),
            Choice("cannabis", T("Weed", "Marihuana"), 1),
            Choice("other", T("Something else", "Otra cosa"), 1),
            Choice("none", T("None of these", "Nada de esto")),
        ),
        sources=("our_judgment",),
    ),
    Question(
        key="alcohol_days",
        part="use",
        text=T(
            "In the past 30 days, how often did you drink alcohol?",
            "En los últimos 30 días, ¿con qué frecuencia tomó alcohol?",
            "In the past 30 days, how often did they drink alcohol?",
            "En los últimos 30 días, ¿con qué frecuencia tomó alcohol esa persona?",
        ),
        choices=(
            Choice("not_at_all", T("Not at all", "Ningún día")),
            Choice("a_few_times", T("A few times", "Pocas veces"), 1),
            Choice(
                "some_days",
                T("Some days each week", "Algunos días cada semana"),
                2,
                said=T(
                    "You drink some days each week.",
                    "Usted toma alcohol algunos días cada semana.",
                    "They drink some days each week.",
                    "Esa persona toma alcohol algunos días cada semana.",
                ),
            ),
            Choice(
                "most_days",
                T("Most days", "Casi todos los días"),
                3,
                said=T(
                    "You drink on most days.",
                    "Usted toma alcohol casi todos los días.",
                    "They drink on most days.",
                    "Esa persona toma alcohol casi todos los días.",
                ),
            ),
        ),
        ask_if=any_of(Chose("substances", ("alcohol",)), Unsure("substances")),
        sources=("withdrawal_points",),
    ),
    Question(
        key="sedative_use",
        part="use",
        text=T(
            "How do you take pills for nerves or sleep?",
            "¿Cómo toma las pastillas para los nervios o dormir?",
            "How do they take pills for nerves or sleep?",
            "¿Cómo toma esa persona las pastillas para los nervios o dormir?",
        ),
        hint=T(
            "Such as Xanax, Valium, Klonopin or Ativan",
            "Por ejemplo Xanax, Valium, Klonopin o Ativan",
        ),
        choices=(
            Choice("not_now", T(
                "Not in the past 30 days",
                "No las he tomado en los últimos 30 días",
                "Not in the past 30 days",
                "No las ha tomado en los últimos 30 días",
            )),
            Choice(
                "as_told",
                T("As a doctor said", "Como indicó un médico"),
                1,
                said=T(
                    "You take pills for nerves or sleep, as a doctor said.",
                    "Usted toma pastillas para los nervios o dormir, como indicó un médico.",
                    "They take pills for nerves or sleep, as a doctor said.",
                    "Esa persona toma pastillas para los nervios o dormir, como indicó un médico.",
                ),
            ),
            Choice(
                "some_days_not_as_told",
                T("Some days, not as a doctor said", "Algunos días, no como indicó un médico"),
                2,
                said=T(
                    "Some days you take pills for nerves or sleep, not as a doctor said.",
                    "Algunos días toma pastillas para los nervios o dormir, no como indicó un médico.",
                    "Some days they take pills for nerves or sleep, not as a doctor said.",
                    "Algunos días, esa persona toma pastillas para los nervios o dormir, no como indicó un médico.",
                ),
            ),
            Choice(
                "most_days_not_as_told",
                T("Most days, not as a doctor said", "Casi todos los días, no como indicó un médico"),
                3,
                said=T(
                    "Most days you take pills for nerves or sleep, not as a doctor said.",
                    "Casi todos los días toma pastillas para los nervios o dormir, no como indicó un médico.",
                    "Most days they take pills for nerves or sleep, not as a doctor said.",
                    "Casi todos los días, esa persona toma pastillas para los nervios o dormir, no como indicó un médico.",
                ),
            ),
        ),
        ask_if=any_of(Chose("substances", ("sedatives",)), Unsure("substances")),
        sources=("benzodiazepine_tapering", "withdrawal_points"),
    ),
    Question(
        key="drinks_a_day",
        part="use",
        text=T(
            "On a day you drink, how many drinks do you have?",
            "Los días en que toma alcohol, ¿cuántos tragos toma?",
            "On a day they drink, how many drinks do they have?",
            "Los días en que esa persona toma alcohol, ¿cuántos tragos toma?",
        ),
        hint=T(
            "One drink: a can of beer, a small glass of wine, or a shot",
            "Un trago: una lata de cerveza, una copa de vino o un vasito de licor",
        ),
        choices=(
            Choice("1_2", T("1 or 2", "1 o 2")),
            Choice("3_4", T("3 or 4", "3 o 4"), 1),
            Choice(
                "5_7",
                T("5 to 7", "De 5 a 7"),
                2,
                said=T(
                    "You have 5 to 7 drinks on a day you drink.",
                    "Usted toma de 5 a 7 tragos los días en que bebe.",
                    "They have 5 to 7 drinks on a day they drink.",
                    "Esa persona toma de 5 a 7 tragos los días en que bebe.",
                ),
            ),
            Choice(
                "8_plus",
                T("8 or more", "8 o más"),
                3,
                said=T(
                    "You have 8 or more drinks on a day you drink.",
                    "Usted toma 8 tragos o más los días en que bebe.",
                    "They have 8 or more drinks on a day they drink.",
                    "Esa persona toma 8 tragos o más los días en que bebe.",
                ),
            ),
        ),
        # Drinking most days with any sedative is already the band that a dose could reach.
        ask_if=all_of(Scored(("alcohol_days",), 3), Unless(Scored(("sedative_use",), 1))),
        sources=("withdrawal_points",),
    ),
    Question(
        key="withdrawal_past",
        part="use",
        text=T(
            "When you cut down or stopped before, what happened?",
            "Antes, cuando redujo o dejó el consumo, ¿qué pasó?",
            "When they cut down or stopped before, what happened?",
            "Antes, cuando esa persona redujo o dejó el consumo, ¿qué pasó?",
        ),
        hint=T("Choose the worst", "Elija lo peor"),
        choices=(
            Choice("nothing", T(
                "Nothing, or never tried",
                "Nada, o nunca lo intenté",
                "Nothing, or never tried",
                "Nada, o nunca lo intentó",
            )),
            Choice(
                "sick",
                T("Got shaky, sweaty, or sick", "Temblores, sudor o malestar"),
                1,
                said=T(
                    "You got shaky, sweaty or sick when you cut down before.",
                    "Antes, al reducir, tuvo temblores, sudor o malestar.",
                    "They got shaky, sweaty or sick when they cut down before.",
                    "Antes, al reducir, esa persona tuvo temblores, sudor o malestar.",
                ),
            ),
            Choice(
                "hospital",
                T("Needed a hospital or detox", "Hizo falta hospital o desintoxicación"),
                2,
                said=T(
                    "You had to go to a hospital or detox when you stopped before.",
                    "Antes, al dejarlo, le hizo falta un hospital o una desintoxicación.",
                    "They had to go to a hospital or detox when they stopped before.",
                    "Antes, al dejarlo, a esa persona le hizo falta un hospital o una desintoxicación.",
                ),
            ),
            Choice(
                "seizure",
                T(
                    "Had a seizure, saw things, or got very confused",
                    "Convulsión, ver cosas irreales o mucha confusión",
                ),
                3,
                said=T(
                    "You had a seizure, saw things or got very confused when you stopped before.",
                    "Antes, al dejarlo, tuvo una convulsión, mucha confusión, o vio cosas que no están.",
                    "They had a seizure, saw things or got very confused when they stopped before.",
                    "Antes, al dejarlo, esa persona tuvo una convulsión, mucha confusión, o vio cosas que no están.",
                ),
            ),
        ),
        ask_if=any_of(ALCOHOL_OR_SEDATIVES, Unsure("alcohol_days"), Unsure("sedative_use")),
        sources=("asam_alcohol_withdrawal", "pawss_community"),
        always_ask=True,
    ),
    Question(
        key="withdrawal_now",
        part="use",
        text=T(
            "On a day without alcohol or pills, do you get shaky, sweaty or sick?",
            "Un día sin alcohol ni pastillas, ¿tiene temblores, sudor o malestar?",
            "On a day without alcohol or pills, do they get shaky, sweaty or sick?",
            "Un día sin alcohol ni pastillas, ¿esa persona tiene temblores, sudor o malestar?",
        ),
        hint=T("A racing heart counts too", "También si el corazón va rápido"),
        choices=(
            Choice(
                "no",
                T("No", "No"),
                said=T(
                    "You feel well on a day without alcohol or pills.",
                    "Se siente bien un día sin alcohol ni pastillas.",
                    "They feel well on a day without alcohol or pills.",
                    "Esa persona se siente bien un día sin alcohol ni pastillas.",
                ),
            ),
            Choice(
                "a_little",
                T("A little", "Un poco"),
                1,
                said=T(
                    "You get a little shaky, sweaty or sick on a day without alcohol or pills.",
                    "Tiene un poco de temblor, sudor o malestar un día sin alcohol ni pastillas.",
                    "They get a little shaky, sweaty or sick on a day without alcohol or pills.",
                    "Esa persona tiene un poco de temblor, sudor o malestar un día sin alcohol ni pastillas.",
                ),
            ),
            Choice(
                "a_lot",
                T("A lot", "Mucho"),
                2,
                said=T(
                    "You get very shaky, sweaty or sick on a day without alcohol or pills.",
                    "Tiene mucho temblor, sudor o malestar un día sin alcohol ni pastillas.",
                    "They get very shaky, sweaty or sick on a day without alcohol or pills.",
                    "Esa persona tiene mucho temblor, sudor o malestar un día sin alcohol ni pastillas.",
                ),
            ),
        ),
        ask_if=any_of(ALCOHOL_OR_SEDATIVES, Unsure("alcohol_days"), Unsure("sedative_use")),
        sources=("asam_alcohol_withdrawal", "pawss_community"),
        can_get_better=True,
        can_get_worse=True,
        always_ask=True,
    ),
    Question(
        key="signs",
        part="use",
        kind="many",
        text=T(
            "In the past 12 months, did this happen with your drinking or drug use?",
            "En los últimos 12 meses, ¿pasó esto con su consumo?",
            "In the past 12 months, did this happen with their drinking or drug use?",
            "En los últimos 12 meses, ¿pasó esto con el consumo de esa persona?",
        ),
        hint=ALL_THAT_FIT,
        choices=(
            Choice("more_than_meant", T(
                "Used more, or longer, than I meant to",
                "Consumí más, o más tiempo, de lo pensado",
                "Used more, or longer, than they meant to",
                "Consumió más, o más tiempo, de lo pensado",
            ), 1),
            Choice("fell_behind", T(
                "Fell behind at work, school, or home",
                "Descuidé el trabajo, la escuela o la casa",
                "Fell behind at work, school, or home",
                "Descuidó el trabajo, la escuela o la casa",
            ), 1),
            Choice("could_not_cut_down", T(
                "Tried to cut down, but could not",
                "Traté de reducir y no pude",
                "Tried to cut down, but could not",
                "Trató de reducir y no pudo",
            ), 1),
            Choice("trouble_with_people", T(
                "Kept using despite trouble with people",
                "Seguí consumiendo pese a problemas con otros",
                "Kept using despite trouble with people",
                "Siguió consumiendo pese a problemas con otros",
            ), 1),
            Choice("strong_urges", T("Had strong urges to use", "Sentí muchas ganas de consumir", "Had strong urges to use", "Sintió muchas ganas de consumir"), 1),
            Choice("hurt_body_or_mood", T(
                "Kept using though it hurt my health or mood",
                "Seguí consumiendo aunque dañaba mi salud o ánimo",
                "Kept using though it hurt their health or mood",
                "Siguió consumiendo aunque dañaba su salud o ánimo",
            ), 1),
            Choice("none", T("None of these", "Nada de esto")),
        ),
        sources=("dsm5",),
        said=T(
            "{count} of the main signs of addiction happened in the past 12 months.",
            "En los últimos 12 meses hubo {count} de las señales principales de adicción.",
        ),
        can_get_better=True,
        only_with_time=True,
        can_get_worse=True,
    ),
    Question(
        key="more_signs",
        part="use",
        kind="many",
        text=T(
            "In the past 12 months, did any of this happen too?",
            "En los últimos 12 meses, ¿pasó también algo de esto?",
        ),
        hint=T("Leave out medicine taken as prescribed", "No cuente medicinas tomadas según la receta"),
        choices=(
            Choice("much_time", T(
                "Spent much time getting, using, or recovering",
                "Me llevó mucho tiempo conseguir, consumir o reponerme",
                "Spent much time getting, using, or recovering",
                "Le llevó mucho tiempo conseguir, consumir o reponerse",
            ), 1),
            Choice("gave_things_up", T("Gave up things I care about", "Dejé cosas que me importan", "Gave up things they care about", "Dejó cosas que le importan"), 1),
            Choice("unsafe", T(
                "Used when it was not safe, like driving",
                "Consumí cuando era peligroso, como al volante",
                "Used when it was not safe, like driving",
                "Consumió cuando era peligroso, como al volante",
            ), 1),
            Choice("needed_more", T("Needed more to feel the same", "Necesité más para sentir lo mismo", "Needed more to feel the same", "Necesitó más para sentir lo mismo"), 1),
            Choice("sick_without", T(
                "Felt sick without it, or took it for relief",
                "Me sentí mal sin consumir, o consumí para evitarlo",
                "Felt sick without it, or took it for relief",
                "Se sintió mal sin consumir, o consumió para evitarlo",
            ), 1),
            Choice("none", T("None of these", "Nada de esto")),
        ),
        ask_if=Scored(("signs",), 1),
        sources=("dsm5",),
        said=T(
            "{count} of the other signs of addiction happened in the past 12 months.",
            "En los últimos 12 meses hubo {count} de las otras señales de adicción.",
        ),
        can_get_better=True,
        only_with_time=True,
        can_get_worse=True,
    ),
    Question(
        key="pattern",
        part="use",
        text=T("Which is closest to now?", "¿Cómo es el consumo ahora?"),
        hint=T("How often, and how long a problem", "Con qué frecuencia, y desde cuándo"),
        choices=(
            Choice(
                "not_most_days",
                T("Some days, or less", "Algunos días, o menos"),
                said=T(
                    "You use on some days, or less.",
                    "Usted consume algunos días, o menos.",
                    "They use on some days, or less.",
                    "Esa persona consume algunos días, o menos.",
                ),
            ),
            Choice(
                "under_1_year",
                T("Most days, a problem for under 1 year", "Casi a diario, problema de menos de 1 año"),
                1,
                said=T(
                    "You use on most days, and it has been a problem for under 1 year.",
                    "Usted consume casi a diario, y es un problema desde hace menos de 1 año.",
                    "They use on most days, and it has been a problem for under 1 year.",
                    "Esa persona consume casi a diario, y es un problema desde hace menos de 1 año.",
                ),
            ),
            Choice(
                "1_to_5_years",
                T("Most days, a problem for 1 to 5 years", "Casi a diario, problema de 1 a 5 años"),
                2,
                said=T(
                    "You use on most days, and it has been a problem for 1 to 5 years.",
                    "Usted consume casi a diario, y es un problema desde hace entre 1 y 5 años.",
                    "They use on most days, and it has been a problem for 1 to 5 years.",
                    "Esa persona consume casi a diario, y es un problema desde hace entre 1 y 5 años.",
                ),
            ),
            Choice(
                "over_5_years",
                T("Most days, a problem for over 5 years", "Casi a diario, problema de más de 5 años"),
                3,
                said=T(
                    "You use on most days, and it has been a problem for over 5 years.",
                    "Usted consume casi a diario, y es un problema desde hace más de 5 años.",
                    "They use on most days, and it has been a problem for over 5 years.",
                    "Esa persona consume casi a diario, y es un problema desde hace más de 5 años.",
                ),
            ),
        ),
        # Below 6 signs the years can not matter, and from 9 on the band is already the top.
        ask_if=all_of(Scored(SIGNS, 6), Unless(Scored(SIGNS, 9))),
        sources=("severity_inpatient", "our_judgment"),
        can_get_better=True,
        only_with_time=True,
    ),
)
