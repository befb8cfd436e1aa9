"""How outcomes, urgent messages and next steps are said, in both languages and voices."""

from screening.engine.spec import Care, Danger, Fact, Lead, NextStep
from screening.engine.spec import Text as T

LEADS = (
    Lead(
        "emergency",
        T("Get help right now", "Busque ayuda ahora mismo"),
        (
            T(
                "What you told us can put a life in danger. Call 911, or call or text 988.",
                "Lo que nos dijo puede poner una vida en peligro. Llame al 911, o llame o mande un texto al 988.",
            ),
            T(
                "If you can, stay with someone you trust until help comes.",
                "Si puede, quédese con alguien de confianza hasta que llegue la ayuda.",
                "If it is safe, stay with them until help comes. Move guns and pills away.",
                "Si es seguro, quédese con esa persona hasta que llegue la ayuda. Aleje armas y pastillas.",
            ),
        ),
        ("emergency", "crisis", "poison"),
    ),
    Lead(
        "crisis_today",
        T(
            "Talk with someone today",
            "Hable hoy con alguien",
            "Help them talk with someone today",
            "Ayúdele a hablar hoy con alguien",
        ),
        (
            T(
                "What you told us about safety cannot wait. Please call or text 988 today, or see a doctor or crisis team today.",
                "Lo que nos contó no puede esperar. Por favor, llame o mande un texto al 988 hoy. O vea hoy a un médico o equipo de crisis.",
                "What you told us cannot wait. Please help them reach 988, a doctor or a crisis team today.",
                "Lo que nos contó no puede esperar. Por favor, ayúdele a llamar hoy al 988, a un médico o equipo de crisis.",
            ),
            T(
                "If you can, stay near someone you trust. Ask them to keep guns and pills out of reach.",
                "Si puede, quédese cerca de alguien de confianza. Pida que aleje armas y pastillas.",
                "If it is safe, stay with them. Move guns and pills away.",
                "Si es seguro, quédese con esa persona. Aleje armas y pastillas.",
            ),
        ),
        ("crisis",),
    ),
    Lead(
        "medical_first",
        T("See a doctor before you stop", "Vea a un médico antes de dejarlo", "A doctor first, before they stop", "Primero un médico, antes de dejarlo"),
        (
            T(
                "See a doctor, a clinic or an emergency room first. Tell them what you use and how often.",
                "Vaya primero a un médico, una clínica o una sala de emergencias. Diga qué consume y con qué frecuencia.",
                "A doctor, a clinic or an emergency room comes first. Tell the staff what they use and how often.",
                "Primero va un médico, una clínica o una sala de emergencias. Digan qué consume y con qué frecuencia.",
            ),
            T(
                "Before that visit, do not stop alcohol, pills for nerves or opioids suddenly.",
                "Antes de esa visita no deje de golpe el alcohol, las pastillas ni los opioides.",
                "Before that visit, stopping alcohol, pills for nerves or opioids suddenly is not safe.",
                "Antes de esa visita no es seguro dejar de golpe el alcohol, pastillas ni opioides.",
            ),
            T(
                "Call 911 for a seizure, chest pain, seeing things, or shaking that will not stop. Go to an emergency room for strong shaking or fever.",
                "Llame al 911: convulsión, dolor de pecho, ver cosas irreales o temblores que no paran. Vaya a emergencias por temblores fuertes o fiebre.",
            ),
        ),
        ("emergency", "treatment"),
    ),
)

DANGERS = (
    Danger(
        "overdose",
        T(
            "This may be an overdose: call 911 now. Unlock the door. Tell someone now, and ask for naloxone (Narcan). Lie on your side.",
            "Puede ser una sobredosis: llame al 911 ahora. Deje la puerta sin seguro. Avise ya a alguien y pida naloxona (Narcan). Acuéstese de lado.",
            "This may be an overdose: call 911 now. Give naloxone (Narcan) if you have it. Stay, and roll them onto their side.",
            "Puede ser una sobredosis: llame al 911 ahora. Dé naloxona (Narcan) si tiene. Quédese y ponga a esa persona de lado.",
        ),
        ("emergency", "poison"),
    ),
    Danger(
        "withdrawal_now",
        T(
            "A seizure, shaking you can't stop, seeing things or being mixed up: call 911 now. Do not drive.",
            "Convulsión, temblores que no paran, ver cosas irreales o mucha confusión: llame al 911 ahora. No conduzca.",
            "A seizure, shaking they can't stop, seeing things or being mixed up: call 911 now. Do not let them drive.",
            "Convulsión, temblores que no paran, ver cosas irreales o mucha confusión: llame al 911 ahora. No deje que conduzca.",
        ),
        ("emergency",),
    ),
    Danger(
        "medical",
        T(
            "Chest pain, trouble breathing or throwing up blood: call 911 now.",
            "Dolor de pecho, falta de aire o vómito con sangre: llame al 911 ahora.",
        ),
        ("emergency",),
    ),
    Danger(
        "violence",
        T(
            "If someone is hurting you, call 911 when it is safe. The violence hotline can help you plan: 1-800-799-7233.",
            "Si alguien le hace daño, llame al 911 cuando sea seguro. La línea contra la violencia puede ayudarle a hacer un plan: 1-800-799-7233.",
            "If someone is hurting them, call 911 when it is safe. The violence hotline can help with a plan: 1-800-799-7233.",
            "Si alguien le hace daño a esa persona, llame al 911 cuando sea seguro. La línea contra la violencia puede ayudar a hacer un plan: 1-800-799-7233.",
        ),
        ("emergency", "violence"),
    ),
    Danger(
        "harm_others",
        T(
            "If you might hurt someone, move away from them and call or text 988. Call 911 if it is about to happen.",
            "Si teme hacerle daño a alguien, aléjese y llame o mande un texto al 988. Llame al 911 si está por pasar.",
            "If they might hurt someone, get to a safe place and call 911.",
            "Si esa persona puede hacerle daño a alguien, vaya a un lugar seguro. Llame al 911.",
        ),
        ("emergency", "crisis"),
    ),
    Danger(
        "suicide",
        T(
            "Thoughts of suicide can feel endless, and they can pass. Someone at 988 will listen, by call or text.",
            "Los pensamientos de suicidio parecen no tener fin, pero pueden irse. En el 988 alguien le escucha, por llamada o por texto.",
            "Thoughts of suicide can pass. Stay with them and ask openly. Move guns and pills away. Call or text 988 together.",
            "Los pensamientos de suicidio pueden irse. Quédese con esa persona y pregunte con claridad. Aleje armas y pastillas. Llamen o manden un texto juntos al 988.",
        ),
        ("crisis", "emergency"),
    ),
    Danger(
        "suicide_unsaid",
        T(
            "You do not have to tell us. If thoughts of suicide ever come, 988 listens by call or text, day and night.",
            "No tiene que contarnos. Si piensa en quitarse la vida, el 988 escucha de día y de noche. Llame o mande un texto.",
            "It is fine not to know. If you worry about suicide, ask them openly. 988 can help you find the words.",
            "Está bien no saberlo. Si teme un suicidio, pregúntele con claridad. El 988 puede ayudarle a encontrar las palabras.",
        ),
        ("crisis",),
    ),
    Danger(
        "danger_unsaid",
        T(
            "You do not have to tell us. If any of these things is happening, call 911 now.",
            "No tiene que contarnos. Si está pasando alguna de esas cosas, llame al 911 ahora.",
            "It is fine not to know. If any of these things is happening, call 911 now.",
            "Está bien no saberlo. Si está pasando alguna de esas cosas, llame al 911 ahora.",
        ),
        ("emergency", "crisis"),
    ),
    Danger(
        "past_overdose",
        T(
            "An overdose in the past month means the next weeks are risky. Keep naloxone (Narcan) close, and do not use alone.",
            "Tras una sobredosis en el último mes, las próximas semanas son riesgosas. Tenga cerca naloxona (Narcan) y no consuma a solas.",
            "An overdose in the past month means the next weeks are risky. Keep naloxone (Narcan) close, and learn how to give it.",
            "Tras una sobredosis en el último mes, las próximas semanas son riesgosas. Tenga cerca naloxona (Narcan) y aprenda a darla.",
        ),
        ("emergency", "crisis"),
    ),
    Danger(
        "mental_health_now",
        T(
            "It can be hard to tell what is real. You do not have to face it alone. Call or text 988, or call 911.",
            "Puede costar saber qué es real. No tiene que enfrentarlo a solas. Llame o mande un texto al 988, o llame al 911.",
            "If they can't tell what is real, stay calm and near. Call or text 988, or call 911.",
            "Si esa persona no distingue qué es real, quédese cerca y con calma. Llame o mande un texto al 988, o llame al 911.",
        ),
        ("crisis", "emergency"),
    ),
    Danger(
        "withdrawal_risk",
        T(
            "Do not stop alcohol or pills for nerves all at once on your own. It can make you very sick. Talk to a doctor first.",
            "No deje de golpe, por su cuenta, el alcohol ni las pastillas para los nervios. Puede enfermarse mucho. Hable antes con un médico.",
            "Stopping alcohol or pills for nerves all at once is not safe. It can make them very sick. A doctor comes first.",
            "Dejar de golpe el alcohol o las pastillas para los nervios no es seguro. Esa persona puede enfermarse mucho. Primero, un médico.",
        ),
        ("emergency", "treatment"),
    ),
    Danger(
        "health_first",
        T(
            "Your health needs a doctor first. Call your doctor or clinic today. Call 911 if it gets worse.",
            "Primero, un médico tiene que revisar su salud. Llame hoy a su médico o clínica. Si empeora, llame al 911.",
            "Their health needs a doctor first. Help them call a doctor or clinic today. Call 911 if it gets worse.",
            "Primero, un médico tiene que revisar a esa persona. Ayúdele a llamar hoy. Si empeora, llame al 911.",
        ),
        ("emergency",),
    ),
    Danger(
        "pregnancy",
        T(
            "While pregnant, do not stop opioids, alcohol or pills suddenly without a doctor. Call a doctor today. They can help keep you and the baby safe.",
            "En el embarazo, no deje de golpe opioides, alcohol ni pastillas sin un médico. Llame hoy a un médico para cuidar de usted y del bebé.",
            "Stopping opioids, alcohol or pills suddenly while pregnant, without a doctor, is not safe. Help them call a doctor today.",
            "En el embarazo, dejar de golpe opioides, alcohol o pastillas no es seguro. Ayúdele a llamar hoy a un médico.",
        ),
        ("maternal", "emergency"),
    ),
)

HOURS = T("Hours", "Horas")
SLEEP = T("Where you sleep", "Dónde duerme", "Where they sleep", "Dónde duerme")
LENGTH = T("How long", "Cuánto dura")
AT_HOME = T("At home", "En casa")

ASK_FOR_ASSESSMENT = NextStep(
    T("Ask for a full assessment", "Pida una evaluación completa"),
    T(
        "Call a program and ask for an assessment this week. More people come when the visit is within a day or two.",
        "Llame a un programa y pida una evaluación esta semana. Cuando la cita es en uno o dos días, más gente va.",
    ),
)
FIND_PROGRAMS = NextStep(
    T("Find programs near you", "Busque programas cerca"),
    T(
        "The national helpline tells you about programs near you, in English and Spanish. You can also look at findtreatment.gov.",
        "La línea nacional de ayuda le informa de programas cerca, en inglés y español. También puede mirar findtreatment.gov.",
    ),
    line="treatment",
)
TELL_SOMEONE = NextStep(
    T("Tell one person you trust", "Cuénteselo a una persona de confianza"),
    T(
        "Ask them to sit with you while you call, or to go with you the first day.",
        "Pida a esa persona que le acompañe mientras llama, o el primer día.",
        "Ask someone to help you too. You do not have to carry this by yourself.",
        "Pida también ayuda para usted. No tiene que cargar con esto a solas.",
    ),
)
COME_BACK = NextStep(
    T("Check again if things change", "Revise otra vez si algo cambia"),
    T(
        "Use in the first two weeks, feeling sick without it, an overdose or losing a home can mean more care. With thoughts of suicide, call or text 988 right away.",
        "Consumir en las primeras dos semanas, sentirse mal sin consumir o perder el hogar puede pedir más ayuda. Una sobredosis también. Si hay pensamientos de suicidio, llame o mande un texto al 988 enseguida.",
    ),
)
STEPS = (ASK_FOR_ASSESSMENT, FIND_PROGRAMS, TELL_SOMEONE, COME_BACK)

CARE = (
    Care(
        "outpatient",
        T("Standard outpatient care", "Tratamiento ambulatorio común"),
        T("Standard outpatient care may be enough", "El tratamiento ambulatorio común puede bastar"),
        T(
            "Time with a counselor or doctor once or twice a week, while life goes on.",
            "Citas con un consejero o médico una o dos veces por semana, sin dejar la vida diaria.",
        ),
        (
            Fact(HOURS, T("Fewer than 9 a week", "Menos de 9 por semana"), ("iop_hours",)),
            Fact(SLEEP, AT_HOME, ("iop_hours",)),
            Fact(LENGTH, T("Often some months", "A menudo algunos meses"), ("our_judgment",)),
        ),
        (
            NextStep(
                T("Talk with a doctor or counselor", "Hable con un médico o consejero"),
                T(
                    "Your own doctor is a fine place to start. Say what worries you, and ask what would help.",
                    "Su propio médico es un buen comienzo. Diga qué le preocupa y pregunte qué le ayudaría.",
                    "Their own doctor is a fine place to start. A first visit does not commit anyone to anything.",
                    "El médico de esa persona es un buen comienzo. Una primera visita no obliga a nada.",
                ),
            ),
            FIND_PROGRAMS,
            TELL_SOMEONE,
            COME_BACK,
        ),
    ),
    Care(
        "iop",
        T("Intensive outpatient (IOP)", "Programa ambulatorio intensivo (IOP)"),
        T(
            "Intensive outpatient care (IOP) may be a good place to start",
            "Un programa ambulatorio intensivo (IOP) puede ser un buen comienzo",
        ),
        T(
            "Group and one-to-one help several days a week, while living at home.",
            "Ayuda en grupo e individual varios días por semana, viviendo en casa.",
        ),
        (
            Fact(HOURS, T(
                "9 to 19 a week, often 3 to 5 days",
                "De 9 a 19 por semana, a menudo de 3 a 5 días",
            ), ("iop_hours",)),
            Fact(SLEEP, AT_HOME, ("iop_hours",)),
            Fact(LENGTH, T(
                "Often 8 to 12 weeks, then fewer hours",
                "A menudo de 8 a 12 semanas, luego menos horas",
            ), ("samhsa_iop",)),
        ),
        STEPS,
    ),
    Care(
        "php",
        T("Day program (PHP)", "Programa de día (PHP)"),
        T(
            "A day program (PHP) may be a good place to start",
            "Un programa de día (PHP) puede ser un buen comienzo",
        ),
        T(
            "Most of the day in care, on most weekdays, and nights at home. PHP is short for partial hospitalization program.",
            "La mayor parte del día en el programa, casi todos los días entre semana, y las noches en casa. PHP es la sigla en inglés de hospitalización parcial.",
        ),
        (
            Fact(HOURS, T("20 or more a week, often 5 days", "20 o más por semana, a menudo 5 días"), ("iop_hours",)),
            Fact(SLEEP, T("At home or in recovery housing", "En casa o en una casa de recuperación"), ("recovery_housing",)),
            Fact(LENGTH, T(
                "Often 2 to 6 weeks, then IOP",
                "A menudo de 2 a 6 semanas, luego IOP",
            ), ("our_judgment",)),
        ),
        STEPS,
    ),
    Care(
        "residential",
        T("Residential care", "Tratamiento residencial"),
        T(
            "Residential care may be a good place to start",
            "El tratamiento residencial puede ser un buen comienzo",
        ),
        T(
            "Living at the program, with help day and night.",
            "Vivir en el programa, con ayuda de día y de noche.",
        ),
        (
            Fact(HOURS, T("Day and night", "De día y de noche"), ("iop_hours",)),
            Fact(SLEEP, T("At the program", "En el programa"), ("iop_hours",)),
            Fact(LENGTH, T("Often 30 to 90 days, by need", "A menudo de 30 a 90 días, según la necesidad"), ("our_judgment",)),
        ),
        STEPS,
    ),
    Care(
        "dual_diagnosis",
        T("Dual-diagnosis treatment", "Tratamiento de diagnóstico dual"),
        T(
            "Dual-diagnosis treatment may be a good place to start",
            "El tratamiento de diagnóstico dual puede ser un buen comienzo",
        ),
        T(
            "One team treats mental health and addiction at the same time.",
            "Un solo equipo trata la salud mental y la adicción a la vez.",
        ),
        (),
        (
            ASK_FOR_ASSESSMENT,
            NextStep(
                T("Ask if it is real dual-diagnosis care", "Pregunte si de verdad es diagnóstico dual"),
                T(
                    "Is a prescriber on staff, and how soon can I see them? Can I keep my medicine? Who treats trauma? What happens on a bad night?",
                    "¿Tienen quien recete, y cuándo me atiende? ¿Puedo seguir con mi medicina? ¿Quién trata el trauma? ¿Qué hacen en una mala noche?",
                    "Is a prescriber on staff, and how soon can we see them? Can my loved one keep their medicine? Who treats trauma? What happens on a bad night?",
                    "¿Tienen quien recete, y cuándo nos atiende? ¿Puede seguir con su medicina? ¿Quién trata el trauma? ¿Qué hacen en una mala noche?",
                ),
            ),
            FIND_PROGRAMS,
            TELL_SOMEONE,
            COME_BACK,
        ),
    ),
    Care(
        "youth",
        T("A program made for teens", "Un programa para adolescentes"),
        T(
            "Teens do better in a program made for teens",
            "A los adolescentes les ayuda más un programa para su edad",
        ),
        T(
            "This check is for adults. A doctor, a school counselor or the helpline can find care for teens.",
            "Esta revisión es para adultos. Un médico, un consejero escolar o la línea de ayuda pueden encontrar un programa para adolescentes.",
        ),
        (Fact(HOURS, T("Intensive programs for teens: 6 or more a week", "Programas intensivos para adolescentes: 6 o más por semana"), ("iop_hours",)),),
        (
            NextStep(
                T(
                    "Talk with an adult you trust",
                    "Hable con un adulto de confianza",
                    "Talk with them calmly",
                    "Hable con calma con esa persona",
                ),
                T(
                    "A parent, a relative, a doctor, a school nurse or a counselor. You are not in trouble for asking.",
                    "Puede ser su padre, su madre, un familiar, un médico o un consejero de la escuela. Pedir ayuda no le traerá problemas.",
                    "Say what you saw and that you care. Then call their doctor or school counselor together.",
                    "Diga lo que vio y que le importa. Luego llamen juntos a su médico o al consejero de la escuela.",
                ),
            ),
            NextStep(
                T("Text or call 988", "Llame o mande un texto al 988"),
                T(
                    "988 is for teens too. It is free, day and night.",
                    "El 988 también es para adolescentes. Es gratis, de día y de noche.",
                ),
                line="crisis",
            ),
            FIND_PROGRAMS,
        ),
    ),
)

UNDETERMINED = Care(
    "undetermined",
    T("Not enough to tell", "Falta información"),
    T(
        "We do not have enough to suggest one kind of care yet",
        "Todavía no sabemos lo suficiente para sugerir un tipo de ayuda",
    ),
    T(
        "Some questions were left open. A few more answers, or a talk with someone, would help.",
        "Algunas preguntas quedaron abiertas. Unas respuestas más, o hablar con alguien, ayudarían.",
    ),
    (),
    STEPS,
)

LIMITS = (
    T("This is a guide, not a diagnosis.", "Esto es una guía, no un diagnóstico."),
    T(
        "Only a trained person who talks with you can tell which care is right.",
        "Solo una persona capacitada que hable con usted puede decir qué ayuda le conviene.",
        "Only a trained person who talks with them can tell which care is right.",
        "Solo alguien con capacitación que hable con esa persona puede decir qué ayuda le conviene.",
    ),
)

PHONE_WORDS = (
    T(
        "Hello. I would like an assessment for alcohol or drug use. How soon can you see me?",
        "Hola. Quisiera una evaluación por consumo de alcohol o drogas. ¿Cuándo me pueden atender?",
        "Hello. I am calling for someone I love. How soon can they have an assessment?",
        "Hola. Llamo por un ser querido. ¿Cuándo le pueden hacer una evaluación?",
    ),
    T("Which levels of care do you offer?", "¿Qué niveles de atención ofrecen?"),
    T(
        "Do you offer medicines for addiction, and care for mental health?",
        "¿Ofrecen medicinas para la adicción y atención de la salud mental?",
    ),
    T(
        "Do you take my insurance? Can I get the full cost in writing?",
        "¿Aceptan mi seguro? ¿Me pueden dar el costo total por escrito?",
        "Do you take their insurance? Can we get the full cost in writing?",
        "¿Aceptan el seguro de esa persona? ¿Nos pueden dar el costo total por escrito?",
    ),
    T(
        "Do you have evening, weekend or video times?",
        "¿Tienen horarios por la noche, en fin de semana o por video?",
    ),
)

REVIEWED = T(
    "No licensed clinician has signed these rules yet.",
    "Ningún profesional clínico con licencia ha firmado estas reglas todavía.",
)
