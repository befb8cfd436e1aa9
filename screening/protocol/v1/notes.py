"""Advice that goes with a result, and other kinds of care worth asking about.

Nothing here changes what comes first, the level, or the need for dual-diagnosis care.
"""

from screening.engine.conditions import Chose, Has, Not, Reaches, Scored, all_of, any_of
from screening.engine.spec import Alternative, Note
from screening.engine.spec import Text as T

DAY_PROGRAMS = ("php", "residential")

NOTES = (
    Note(
        "opioid_medication",
        T("Ask for medicine for opioids", "Pida medicina para los opioides"),
        (
            T(
                "For opioids, the medicines buprenorphine and methadone lower the risk of dying more than a program alone. Ask for one now, with any kind of care.",
                "Para los opioides, las medicinas buprenorfina y metadona bajan el riesgo de morir más que un programa solo. Pida una ya, con cualquier tipo de ayuda.",
            ),
            T(
                "Keep naloxone (Narcan) close. Never use alone. After any break, the old dose can kill.",
                "Tenga cerca naloxona (Narcan). No consuma a solas. Después de una pausa, la dosis de antes puede matar.",
                "Keep naloxone (Narcan) close, and learn to use it. After any break, the old dose can kill.",
                "Tenga cerca naloxona (Narcan) y aprenda a usarla. Después de una pausa, la dosis de antes puede matar.",
            ),
            T(
                "Fentanyl can be in any street drug. Test strips help. A program that bans these medicines is a red flag.",
                "Cualquier droga de la calle puede tener fentanilo. Las tiras de prueba ayudan. Desconfíe de un programa que prohíbe estas medicinas.",
            ),
        ),
        Has("opioids"),
        ("opioid_medication", "after_detox", "overdose_risk"),
    ),
    Note(
        "pregnancy_care",
        T("Pregnancy", "Embarazo"),
        (
            T(
                "Ask for a program that gives pregnancy care and addiction care together. In pregnancy, a place often comes sooner.",
                "Pida un programa que una el control del embarazo y el tratamiento de la adicción. En el embarazo, muchas veces dan lugar primero.",
            ),
            T(
                "For opioids, it is safer for the baby to take methadone or buprenorphine than to stop all at once.",
                "Para los opioides, tomar metadona o buprenorfina es más seguro para el bebé que dejarlos de golpe.",
            ),
        ),
        Has("pregnant"),
        ("opioids_in_pregnancy",),
    ),
    Note(
        "sedatives_slowly",
        T("Pills for nerves or sleep", "Pastillas para los nervios o para dormir"),
        (
            T(
                "Never stop these pills suddenly. The person who prescribes can lower them in small steps over weeks or months.",
                "Nunca deje estas pastillas de golpe. Quien las receta puede bajarlas poco a poco, en semanas o meses.",
                "It is never safe to stop these pills suddenly. The person who prescribes can lower them in small steps over weeks or months.",
                "Nunca es seguro dejar estas pastillas de golpe. Quien las receta puede bajarlas poco a poco, en semanas o meses.",
            ),
        ),
        Scored(("sedative_use",), 1),
        ("benzodiazepine_tapering",),
    ),
    Note(
        "withdrawal_unknown",
        T("Before stopping alcohol or pills", "Antes de dejar el alcohol o las pastillas"),
        (
            T(
                "We can't tell how safe stopping is. Do not stop alcohol or pills for nerves all at once without a doctor.",
                "No podemos saber si dejarlo es seguro. No deje de golpe el alcohol ni las pastillas para los nervios sin un médico.",
                "We can't tell how safe stopping is. Stopping alcohol or pills for nerves all at once, without a doctor, can be dangerous.",
                "No podemos saber si dejarlo es seguro. Dejar de golpe el alcohol o las pastillas para los nervios, sin un médico, puede ser peligroso.",
            ),
            T(
                "Call 911 for a seizure, seeing things, or shaking that will not stop. Go to an emergency room for strong shaking or fever.",
                "Llame al 911 por una convulsión, ver cosas irreales o temblores que no paran. Vaya a emergencias por temblores fuertes o fiebre.",
            ),
        ),
        Reaches("withdrawal", 2),
        ("asam_alcohol_withdrawal",),
        if_possible=True,
        unless=Reaches("withdrawal", 2),
    ),
    Note(
        "medical_check_before_stopping",
        T("A medical check before stopping", "Un control médico antes de dejarlo"),
        (
            T(
                "The body has come to need it. Before the first day without it, ask a doctor how to stop safely.",
                "El cuerpo ya lo necesita. Antes del primer día sin consumir, pregunte a un médico cómo dejarlo con seguridad.",
            ),
        ),
        Reaches("withdrawal", 2),
        ("asam_alcohol_withdrawal",),
    ),
    Note(
        "alcohol_medication",
        T("Medicine for alcohol", "Medicina para el alcohol"),
        (
            T(
                "Ask about naltrexone or acamprosate. They can lower the urge to drink, and any doctor can prescribe them.",
                "Pregunte por la naltrexona o el acamprosato. Pueden bajar las ganas de beber, y cualquier médico puede recetarlos.",
            ),
        ),
        all_of(Reaches("severity", 2), Chose("substances", ("alcohol",))),
        ("alcohol_medication",),
    ),
    Note(
        "contingency_management",
        T("Help for meth and cocaine", "Ayuda para la metanfetamina y la cocaína"),
        (
            T(
                "Ask for contingency management. It gives small rewards for steps forward, and it works well for meth and cocaine.",
                "Pregunte por el manejo de contingencias. Da pequeños premios por cada avance, y funciona bien con la metanfetamina y la cocaína.",
            ),
        ),
        all_of(Reaches("severity", 2), Chose("substances", ("stimulants",))),
        ("contingency_management",),
    ),
    Note(
        "medical_care_on_site",
        T("Health care in the program", "Salud dentro del programa"),
        (
            T(
                "Choose a program with medical care on site, or one that gets you a doctor in the same week.",
                "Elija un programa con médico propio, o uno que le consiga un médico en la misma semana.",
                "Choose a program with medical care on site, or one that gets them a doctor in the same week.",
                "Elija un programa con médico propio, o uno que le consiga un médico a esa persona en la misma semana.",
            ),
        ),
        Reaches("medical", 2),
        ("asam_dimensions",),
    ),
    Note(
        "violence_at_home",
        T(
            "When someone hurts or scares you",
            "Cuando alguien le hace daño o le da miedo",
            "When someone hurts or scares them",
            "Cuando alguien le hace daño o le da miedo a esa persona",
        ),
        (
            T(
                "This is not your fault. The violence hotline can help you plan, day or night: 1-800-799-7233.",
                "La culpa no es suya. La línea contra la violencia puede ayudarle a hacer un plan, de día o de noche: 1-800-799-7233.",
                "This is not their fault. The violence hotline can help with a plan, day or night: 1-800-799-7233.",
                "La culpa no es de esa persona. La línea contra la violencia puede ayudar a hacer un plan, de día o de noche: 1-800-799-7233.",
            ),
            T(
                "Do not print or keep this page where the one who hurts you could find it.",
                "No imprima ni guarde esta página donde la pueda encontrar quien le hace daño.",
                "Do not print or keep this page where the one who hurts them could find it.",
                "No imprima ni guarde esta página donde la pueda encontrar quien le hace daño a esa persona.",
            ),
        ),
        any_of(Chose("safe_home", ("hurt_or_scared",)), Chose("now", ("being_hurt",))),
        ("other_lines", "our_judgment"),
    ),
    Note(
        "older_adult",
        T("At 65 or older", "A los 65 años o más"),
        (
            T(
                "Alcohol and pills act more strongly with age. Ask a doctor to check all medicines before any change.",
                "Con la edad, el alcohol y las pastillas hacen más efecto. Antes de cualquier cambio, pida a un médico que revise todas las medicinas.",
            ),
        ),
        Has("older"),
        ("asam_alcohol_withdrawal", "our_judgment"),
    ),
    Note(
        "mood_checked_again",
        T("Mood after stopping", "El ánimo después de dejarlo"),
        (
            T(
                "Alcohol and drugs can cause low mood and worry. Ask for a new mood check 2 to 4 weeks after stopping.",
                "El alcohol y las drogas pueden causar tristeza y preocupación. Pida otra revisión del ánimo 2 a 4 semanas después de dejarlos.",
            ),
        ),
        all_of(
            Reaches("mental_health", 2),
            Chose("substances", ("alcohol", "opioids", "sedatives", "stimulants", "cannabis", "other")),
        ),
        ("co_occurring", "our_judgment"),
    ),
    Note(
        "mental_health_day_program",
        T("A day program for mental health", "Un programa de día de salud mental"),
        (
            T(
                "There are few signs of addiction here. Ask for a day program made for mental health.",
                "Aquí hay pocas señales de adicción. Pregunte por un programa de día de salud mental.",
            ),
        ),
        all_of(Reaches("mental_health", 3), Not(Reaches("severity", 1))),
        ("asam_dimensions", "our_judgment"),
        levels=("php",),
    ),
    Note(
        "mental_health_unknown",
        T("Mood and worry", "Ánimo y preocupación"),
        (
            T(
                "Some answers about mood were left out. Ask any program to check mental health in the first week.",
                "Faltan algunas respuestas sobre el ánimo. Pida a cualquier programa que revise la salud mental en la primera semana.",
            ),
        ),
        Reaches("mental_health", 2),
        ("co_occurring",),
        if_possible=True,
        unless=Reaches("mental_health", 2),
    ),
    Note(
        "recovery_housing",
        T("A sober place to live", "Un lugar sin consumo donde vivir"),
        (
            T(
                "Recovery housing is a shared home where no one uses. With a program by day, it can give what home can't give now.",
                "Una casa de recuperación es un hogar compartido donde nadie consume. Junto con un programa de día, puede dar lo que el hogar no da ahora.",
            ),
            T(
                "Ask if it is certified, if medicines for addiction are welcome, and what it costs.",
                "Pregunte si está certificada, si aceptan medicinas para la adicción y cuánto cuesta.",
            ),
        ),
        Reaches("home", 2),
        ("recovery_housing",),
    ),
    Note(
        "week_does_not_lower_care",
        T("When the week has no room", "Cuando no hay espacio en la semana"),
        (
            T(
                "A busy week does not change what kind of care fits. It may change how to get there.",
                "Una semana ocupada no cambia el tipo de ayuda que conviene. Puede cambiar cómo llegar a ella.",
            ),
            T(
                "Ask about leave that protects your job, disability pay, child care and rides. Ask for programs that take children, or day programs by video.",
                "Pregunte por licencia laboral protegida, pago por incapacidad, cuidado de niños y transporte. Pregunte por programas que aceptan niños o son por video.",
                "Ask about leave that protects their job, disability pay, child care and rides. Ask for programs that take children, or day programs by video.",
                "Pregunte por licencia laboral protegida, pago por incapacidad, cuidado de niños y transporte. Pregunte por programas que aceptan niños o son por video.",
            ),
            T(
                "If it is still not possible, a lighter program is less than we suggest. Start there only with a doctor's or counselor's plan and a date to step up.",
                "Si aun así no es posible, un programa más ligero es menos de lo que sugerimos. Empiece así solo con el plan de un profesional y una fecha para subir un paso.",
            ),
        ),
        any_of(Reaches("schedule", 3), Chose("live_away", ("no",))),
        ("work_leave", "our_judgment"),
        levels=DAY_PROGRAMS,
    ),
    Note(
        "iop_that_fits_the_week",
        T("An IOP that fits the week", "Un IOP que quepa en la semana"),
        (
            T(
                "Many IOPs run in the evening, on weekends or by video. In one study, video did as well as in person after 3 months.",
                "Muchos IOP son por la noche, los fines de semana o por video. En un estudio, por video resultó igual que en persona a los 3 meses.",
            ),
        ),
        Reaches("schedule", 1),
        ("virtual_iop",),
        levels=("iop",),
    ),
    Note(
        "use_not_in_past_3_months",
        T("No use in the past 3 months", "Sin consumo en los últimos 3 meses"),
        (
            T(
                "Months without using are a real step. A counselor or a group can help keep it that way.",
                "Varios meses sin consumir son un gran paso. Un consejero o un grupo puede ayudar a seguir así.",
            ),
        ),
        Chose("substances", ("none",)),
        ("our_judgment",),
    ),
)

ALTERNATIVES = (
    Alternative(
        "residential_after_php",
        T("Residential care", "Tratamiento residencial"),
        T(
            "Ask about it if days at a program are not enough, or if nights at home are hard.",
            "Pregunte por él si los días en un programa no alcanzan, o si las noches en casa son difíciles.",
        ),
        when=Reaches("severity", 3),
        levels=("php",),
    ),
    Alternative(
        "php_after_severe_iop",
        T("Day program (PHP)", "Programa de día (PHP)"),
        T(
            "Ask about it if IOP is not enough in the first two weeks. The signs are strong.",
            "Pregunte por él si el IOP no alcanza en las primeras dos semanas. Las señales son fuertes.",
        ),
        when=Reaches("severity", 3),
        levels=("iop",),
    ),
    Alternative(
        "php_and_housing",
        T("Day program with recovery housing", "Programa de día con casa de recuperación"),
        T(
            "For some people, a day program and a sober home can work as well as residential care. Family can stay close.",
            "Para algunas personas, un programa de día y una casa sin consumo pueden servir tanto como el tratamiento residencial. La familia queda cerca.",
        ),
        when=Reaches("home", 2),
        levels=("residential",),
    ),
    Alternative(
        "step_down_after_residential",
        T("What comes after residential care", "Lo que sigue al tratamiento residencial"),
        T(
            "Plan the next step before day one: a day program or IOP, then weekly care. The time after matters a lot.",
            "Planee el paso siguiente antes del primer día: un programa de día o IOP, y luego ayuda semanal. Lo que sigue cuenta mucho.",
        ),
        levels=("residential",),
    ),
    Alternative(
        "step_down_after_php",
        T("Intensive outpatient (IOP)", "Programa ambulatorio intensivo (IOP)"),
        T(
            "This is the usual next step after some weeks in a day program.",
            "Suele ser el paso que sigue a unas semanas en un programa de día.",
        ),
        levels=("php",),
    ),
    Alternative(
        "medication_clinic_first",
        T("A clinic that starts medicine first", "Una clínica que empiece con la medicina"),
        T(
            "For opioids, a clinic can often start medicine the same day. A program can follow.",
            "Para los opioides, muchas clínicas pueden empezar la medicina el mismo día. El programa puede venir después.",
        ),
        when=Has("opioids"),
    ),
    Alternative(
        "outpatient_and_medicine",
        T("Weekly counseling with medicine", "Consejería semanal con medicina"),
        T(
            "With a calm home and good support, weekly counseling may be enough. Step up if it is not.",
            "Con un hogar tranquilo y buen apoyo, la consejería semanal puede bastar. Si no basta, suba un paso.",
        ),
        when=all_of(
            Reaches("severity", 2),
            Not(Reaches("severity", 3)),
            Not(Reaches("support", 1)),
            Not(Reaches("home", 1)),
            Not(Reaches("return_to_use", 1)),
            Not(Reaches("mental_health", 2)),
            Not(Reaches("danger", 2)),
            Not(Reaches("withdrawal", 2)),
        ),
        levels=("iop",),
    ),
    Alternative(
        "iop_step_up",
        T("Intensive outpatient (IOP)", "Programa ambulatorio intensivo (IOP)"),
        T(
            "Ask about it if weekly help is not enough after a few weeks.",
            "Pregunte por él si la ayuda semanal no alcanza después de unas semanas.",
        ),
        when=Reaches("severity", 1),
        levels=("outpatient",),
    ),
    Alternative(
        "php_step_up",
        T("Day program (PHP)", "Programa de día (PHP)"),
        T(
            "This is the step up from IOP, if more help is needed.",
            "Es el paso que sigue al IOP, si hace falta más ayuda.",
        ),
        when=Not(Reaches("severity", 3)),
        levels=("iop",),
    ),
    Alternative(
        "weekly_after_iop",
        T("Standard outpatient care", "Tratamiento ambulatorio común"),
        T(
            "This is the usual next step after 8 to 12 weeks of IOP.",
            "Suele ser el paso que sigue a 8 a 12 semanas de IOP.",
        ),
        levels=("iop",),
    ),
)
