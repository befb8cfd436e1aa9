"""Words that hurt, promise or pretend, each with what to say instead. Data: the checks read it, nobody else decides.

A row: the words (whole words, any case; several forms with a bar), what to say, and whether it stops a page (BLOCK)
or is pointed out (WARN). Blocked are labels for people, blame, and promises; the rest is voice.
"""

from __future__ import annotations

from typing import NamedTuple

BLOCK, WARN = "block", "warn"


class Row(NamedTuple):
    """Some forms of a word, and what to say instead."""

    forms: str
    instead: str
    severity: str = BLOCK


ENGLISH = (
    Row("addict|addicts|drug addict|drug addicts", "a person with a substance use disorder"),
    Row("alcoholic|alcoholics", "a person with alcohol use disorder"),
    Row("junkie|junkies|druggie|druggies|crackhead|pothead|stoner", "a person who uses drugs"),
    Row("drunk|drunks|drunkard|wino|lush", "a person who drinks a lot; drinking too much"),
    Row("user|users|drug user|drug users|substance user", "a person who uses drugs"),
    Row("abuser|abusers|drug abuser|substance abuser", "a person with a substance use disorder"),
    Row("abuse|substance abuse|drug abuse|alcohol abuse", "use; misuse, for prescriptions; violence at home"),
    Row("clean|getting clean|got clean", "in recovery; not using; tested negative"),
    Row("dirty|dirty urine|dirty test", "tested positive; using"),
    Row("habit|drug habit|bad habit", "use; substance use disorder"),
    Row("enabler|enablers|enabling", "a family member who helps; what to do instead"),
    Row("codependent|codependency", "worn out from helping"),
    Row("in denial", "not ready to talk about it"),
    Row("rock bottom", "no one has to wait until things get worse"),
    Row("substitution therapy|replacement therapy|opioid substitution", "medicine for opioid use disorder"),
    Row("medication assisted treatment|medication-assisted treatment", "medicines for addiction"),
    Row("relapse|relapses|relapsed|relapsing", "use again; return to use", WARN),
    Row("fell off the wagon|falls off the wagon|slip up", "used again"),
    Row("committed suicide|commit suicide|commits suicide", "died by suicide"),
    Row(
        "failed attempt|failed suicide|successful suicide|successful attempt",
        "survived an attempt; died by suicide",
    ),
    Row("crazy|insane|psycho|lunatic|nuts", "has a mental health condition"),
    Row("mentally ill|the mentally ill", "people with a mental health condition"),
    Row(
        "schizophrenic|schizophrenics|bipolars|psychotic person",
        "a person with schizophrenia; with bipolar disorder",
    ),
    Row("suffers from|suffering from|victim of addiction|afflicted", "has; lives with"),
    Row("born addicted|addicted baby|addicted babies|crack baby", "a baby exposed to drugs before birth"),
    Row(
        "frequent flyer|frequent flyers|drug seeker|drug-seeking",
        "a person who comes often; who asks for medicine",
    ),
    Row("non-compliant|noncompliant|unmotivated|resistant client", "has not started; does not want this now"),
    Row("ex-addict|former addict|reformed addict|recovering addict", "a person in recovery"),
    Row("homeless person|the homeless|homeless people", "a person without housing"),
    Row("inmate|inmates|convict|convicts|felon|felons", "a person in jail; with a record"),
    Row("prostitute|prostitutes", "a person who does sex work"),
    Row("detox cures|cure|cures|cured", "treatment helps; people get well"),
    Row("guarantee|guaranteed|guarantees", "say what is likely, with a source"),
    Row("you need rehab|you need treatment|you qualify|you are eligible", "may fit; ask the program"),
    Row("proven to work|always works|never fails|100 percent|100%", "helps many people, with a source"),
    Row("best treatment|best program|the best", "what fits, and why"),
    Row("percent|per cent|%", "4 out of 5", WARN),
    Row("score|scores|scored", "answer; what you told us", WARN),
    Row("patient|patients", "person; people", WARN),
    Row("just|simply|merely", "leave it out", WARN),
    Row("easy|easily|easier", "say how long it takes, or leave it out", WARN),
    Row("should|ought to", "can; it helps to", WARN),
    Row("act now|before it is too late|last chance", "say what to do and when", WARN),
    Row("under construction|will be added soon", "leave it out until it is there"),
    Row("utilize|utilizes|utilization", "use", WARN),
    Row("commence|prior to|in order to|with regard to|in the event of", "start; before; to; about; if", WARN),
    Row(
        "facilitate|facilitates|modality|modalities|evidence-based", "help; kind of care; shown to help", WARN
    ),
    Row("loved one suffers|tough love", "someone you care about; clear and kind limits", WARN),
)

SPANISH = (
    Row("adicto|adicta|adictos|adictas", "persona con un trastorno por consumo de sustancias"),
    Row("drogadicto|drogadicta|drogadictos|drogadictas|drogo|drogata", "persona que consume drogas"),
    Row("alcohólico|alcohólica|alcohólicos|alcohólicas", "persona con un trastorno por consumo de alcohol"),
    Row("borracho|borracha|borrachos|borrachas|ebrio|ebria", "persona que bebe mucho"),
    Row("yonqui|yonki|marihuano|marihuana adicto|pastillero|tecato", "persona que consume drogas"),
    Row(
        "toxicómano|toxicómana|toxicómanos|toxicomanía", "persona con un trastorno por consumo de sustancias"
    ),
    Row("usuario de drogas|usuarios de drogas|consumidor|consumidores", "persona que consume drogas"),
    Row("vicio|vicios|vicioso|viciosa", "consumo; trastorno por consumo de sustancias"),
    Row(
        "abuso|abusar|abusa|abusador|abusadora|abuso de sustancias",
        "consumo; violencia, si se trata de la casa",
    ),
    Row("limpio|limpia|limpios|limpias", "en recuperación; sin consumir; prueba negativa"),
    Row("sucio|sucia|sucios|sucias", "prueba positiva"),
    Row("recaída|recaídas|recaer|recayó|recae", "volver a consumir"),
    Row("tocar fondo|tocó fondo", "nadie tiene que esperar a estar peor"),
    Row("en negación|negación de la enfermedad", "todavía no quiere hablar de eso"),
    Row("codependiente|codependencia|codependientes", "cansado de ayudar"),
    Row(
        "terapia de sustitución|terapia de reemplazo|sustituto de la droga",
        "medicina para el trastorno por opioides",
    ),
    Row("cometer suicidio|cometió suicidio|comete suicidio", "morir por suicidio; quitarse la vida"),
    Row(
        "intento fallido|suicidio consumado|suicidio exitoso|intento exitoso",
        "sobrevivió a un intento; murió por suicidio",
    ),
    Row(
        "loco|loca|locos|locas|demente|demencia senil|desquiciado", "persona con un problema de salud mental"
    ),
    Row("enfermo mental|enfermos mentales|enferma mental", "persona con un problema de salud mental"),
    Row("esquizofrénico|esquizofrénica|esquizofrénicos", "persona con esquizofrenia"),
    Row("ex adicto|exadicto|ex alcohólico|exalcohólico|adicto en recuperación", "persona en recuperación"),
    Row("bebé adicto|bebés adictos|nació adicto", "bebé que estuvo expuesto a drogas"),
    Row("indigente|indigentes|vagabundo|vagabundos", "persona sin vivienda"),
    Row("preso|presos|convicto|convictos|delincuente|delincuentes", "persona en la cárcel; con antecedentes"),
    Row("prostituta|prostitutas", "persona que hace trabajo sexual"),
    Row("sufre de|padece de|víctima de la adicción", "tiene; vive con"),
    Row("cura|curar|curado|curada|curarse", "el tratamiento ayuda; la persona mejora"),
    Row("garantizado|garantizada|garantiza|garantizamos", "diga qué es probable, con la fuente"),
    Row("usted necesita|usted califica|es elegible", "puede servirle; pregunte al programa"),
    Row("el mejor|la mejor|los mejores|las mejores", "diga qué sirve y por qué", WARN),
    Row("siempre funciona|nunca falla|comprobado que funciona", "ayuda a muchas personas, con la fuente"),
    Row("por ciento|porcentaje|%", "4 de cada 5", WARN),
    Row("puntaje|puntuación", "lo que nos contó", WARN),
    Row("paciente|pacientes", "persona", WARN),
    Row("simplemente|solamente|meramente", "quítelo", WARN),
    Row("fácil|fácilmente|fáciles", "diga cuánto tarda, o quítelo", WARN),
    Row("debería|deberían", "puede; conviene", WARN),
    Row("próximamente|en construcción", "quítelo hasta que exista"),
    Row("tú|tu|tus|te|ti|contigo|vos|vosotros", "usted; su; le", WARN),
    Row("puedes|tienes|quieres|necesitas|estás|eres", "puede; tiene; quiere; está; es", WARN),
    Row("rehab|aplicar para|checar|platicar", "tratamiento; pedir; revisar; hablar", WARN),
    Row("renta|alquiler", "vivienda", WARN),
    Row("manejar|maneje|coche|carro", "conducir; auto", WARN),
    Row("residencia", "tratamiento residencial", WARN),
    Row("no se demore|última oportunidad|actúe ahora", "diga qué hacer y cuándo", WARN),
)

LISTS = {"en": ENGLISH, "es": SPANISH}

# Phrases that hold a listed word and mean something else.
FINE = {
    "en": ("clean needles", "clean water", "clean clothes", "Substance Abuse and Mental Health"),
    "es": ("permiso de residencia", "agua limpia", "ropa limpia"),
}

# Links whose text says nothing about where they lead.
VAGUE = {
    "en": (
        "click here",
        "here",
        "more",
        "read more",
        "learn more",
        "this page",
        "link",
        "this link",
        "this",
        "details",
    ),
    "es": (
        "haga clic aquí",
        "clic aquí",
        "aquí",
        "más",
        "leer más",
        "lea más",
        "esta página",
        "enlace",
        "este enlace",
        "esto",
    ),
}

# Sentences that rest on somebody's work: a page with one names its source.
CLAIMS = {
    "en": (
        "studies show",
        "study",
        "studies",
        "research shows",
        "researchers",
        "evidence shows",
        "according to",
    ),
    "es": ("los estudios", "estudio", "estudios", "investigaciones", "la evidencia", "según"),
}
