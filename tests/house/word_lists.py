"""Words for the tests of words: what is never said, and what is hard but has to stay. `ux.md` 4.1 gives the reasons."""

# Whole words or phrases, in any case. A word ends where a letter no longer follows, so "addict" does not hit "addiction".
NEVER_EN = (
    "score",
    "scores",
    "percent",
    "per cent",
    "%",
    "severe addict",
    "addict",
    "addicts",
    "alcoholic",
    "alcoholics",
    "junkie",
    "druggie",
    "abuse",
    "abuser",
    "abusers",
    "drunk",
    "substance user",
    "drug user",
    "drug users",
    "habit",
    "enabler",
    "rock bottom",
    "in denial",
    "substitution therapy",
    "clean",
    "dirty",
    "committed suicide",
    "commit suicide",
    "failed attempt",
    "successful attempt",
    "you need",
    "you qualify",
    "you are eligible",
    "not eligible",
    "best",
    "guaranteed",
    "guarantee",
    "personalized by",
    "just",
    "simply",
    "easy",
    "easily",
    "easier",
    "should",
    "patient",
    "nerve pills",  # say "pills for nerves"
)

NEVER_ES = (
    "puntaje",
    "puntuación",
    "por ciento",
    "porcentaje",
    "%",
    "adicto",
    "adicta",
    "adictos",
    "drogadicto",
    "drogadicta",
    "alcohólico",
    "alcohólica",
    "borracho",
    "borracha",
    "vicio",
    "vicioso",
    "abuso",
    "abusar",
    "abusador",
    "limpio",
    "limpia",
    "sucio",
    "sucia",
    "recaída",
    "recaídas",
    "recaer",
    "cometer suicidio",
    "cometió suicidio",
    "intento fallido",
    "usted necesita",
    "usted califica",
    "garantizado",
    "garantizada",
    "garantiza",
    "el mejor",
    "la mejor",
    "simplemente",
    "fácil",
    "fácilmente",
    "debería",
    "deberían",
    "paciente",
    # Other words are understood from Texas to New York, from Puerto Rico to Argentina.
    "renta",  # vivienda
    "alquiler",
    "manejar",  # conducir, al volante
    "maneje",
    "coche",
    "carro",
    "copas",  # tragos
    "platicar",
    "checar",
    "aplicar para",
    "rehab",
    "residencia",  # a home for old people; say rehabilitación or tratamiento residencial
    # We say usted.
    "tú",
    "tu",
    "tus",
    "te",
    "ti",
    "contigo",
    "vos",
    "vosotros",
    "puedes",
    "tienes",
    "quieres",
    "necesitas",
    "estás",
    "eres",
)

# Phrases that hold a forbidden one and mean something else.
FINE = ("as often as you need",)

# More than four syllables, and there is no other word: names of medicines and of kinds of care.
HARD_BUT_NEEDED_EN = {
    "acamprosate",
    "buprenorphine",
    "hospitalization",
    "residential",
    "rehabilitation",
    "schizophrenia",
}

# The same, with more than five syllables: Spanish words are longer.
HARD_BUT_NEEDED_ES = {
    "desintoxicación",
    "esquizofrenia",
    "hospitalización",
    "metanfetamina",
    "rehabilitación",
    "videollamada",
    "videollamadas",
}

# Read the same in both languages.
SAME_IN_BOTH = {"Alcohol", "No"}

# The instrument's own words: the sheet writes both genders.
BOTH_GENDERS_ALLOWED = {"nervous", "down"}
