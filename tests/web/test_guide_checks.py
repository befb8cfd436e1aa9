"""What an editor is told while writing: each check finds what it is for, and leaves alone what it is not for."""

from datetime import date

import pytest

from programs.editing import checks, known, reading, text_checks
from programs.editing.checks import FactKnown, Finding, Known
from programs.editing.standing import standing
from programs.editing.word_lists import FINE, LISTS
from programs.models import Fact, Page, ProgramFact
from tests.house.reading import ease, grade
from tests.web.guide_staff import content, page

TODAY = date(2026, 11, 26)
FACTS = {
    "line": FactKnown("A line", {"en": "1-800-662-4357", "es": "1-800-662-4357"}, stale=False),
    "old": FactKnown("An old one", {"en": "9 hours", "es": "9 horas"}, stale=True),
}
AROUND = Known(key="calm", facts=FACTS, pages={"iop": True, "gone": False}, today=TODAY)


def found(kind: str = "guide", around: Known = AROUND, **changes: str) -> list[Finding]:
    words = content(kind, **changes)
    return list(checks.report(kind, words, words, around).findings)


def told(
    part: str, language: str = "en", kind: str = "guide", around: Known = AROUND
) -> list[tuple[str, str]]:
    """What is said of one text in one box."""
    box = {"guide": "part_1", "question": "answer", "program": "safety", "term": "meaning"}[kind]
    findings = found(kind, around, **{f"{language}_{box}": part})
    return [(one.severity, one.what) for one in findings if (one.field, one.language) == (box, language)]


@pytest.mark.parametrize("kind", ["program", "guide", "question", "term"])
def test_good_words_are_left_alone(kind: str) -> None:
    assert found(kind) == []


@pytest.mark.parametrize(
    "language,text,severity,hit,instead",
    [
        ("en", "<p>An addict can call.</p>", "block", "addict", "a person with a substance use disorder"),
        ("en", "<p>He was an Alcoholic.</p>", "block", "alcoholic", "a person with alcohol use disorder"),
        ("en", "<p>It is a habit.</p>", "block", "habit", "use; substance use disorder"),
        ("en", "<p>He committed suicide.</p>", "block", "committed suicide", "died by suicide"),
        ("en", "<p>You should call.</p>", "warn", "should", "can; it helps to"),
        ("es", "<p>Un adicto puede llamar.</p>", "block", "adicto", "persona con un trastorno"),
        ("es", "<p>Si hay una recaída, llame.</p>", "block", "recaída", "volver a consumir"),
        ("es", "<p>Tú puedes llamar.</p>", "warn", "tú", "usted"),
    ],
)  # fmt: skip
def test_words_that_hurt_are_found_with_what_to_say_instead(
    language: str, text: str, severity: str, hit: str, instead: str
) -> None:
    findings = [one for one in found(**{f"{language}_part_1": text}) if hit in one.what]

    assert [one.severity for one in findings] == [severity]
    assert instead in findings[0].how


@pytest.mark.parametrize(
    "language,text",
    [
        ("en", "<p>Addiction can be treated.</p>"),
        ("en", "<p>Some call it “rock bottom”. You can call today.</p>"),
        ("en", "<p>Wear clean clothes.</p>"),
        ("en", "<p>It asks for justice.</p>"),
        ("es", "<p>La adicción se trata.</p>"),
        ("es", "<p>Su actitud ayuda.</p>"),
    ],
)
def test_words_that_only_look_alike_or_are_quoted_are_not(language: str, text: str) -> None:
    assert told(text, language) == []


def test_a_word_to_avoid_may_stand_in_its_own_title_and_nowhere_else() -> None:
    named = found("term", en_title="Addict", en_say_instead="Person with a disorder", es_title="Adicto",
                  es_say_instead="Persona con un trastorno")  # fmt: skip
    said = found("term", en_title="Addict")

    assert named == []
    assert [one.severity for one in said] == ["block"]


def test_the_lists_are_long_enough_whole_and_say_nothing_twice() -> None:
    assert sum(len(rows) for rows in LISTS.values()) >= 80
    for language, rows in LISTS.items():
        forms = [form for row in rows for form in row.forms.split("|")]
        assert len(forms) == len(set(forms))
        assert all(form == form.strip() and form for form in forms)
        assert all(row.instead for row in rows)
        for phrase in FINE[language]:
            assert not list(text_checks.text_findings(phrase, language, rich=False, named=False))


LONG = "<p>" + "word " * 20 + "and one.</p>"


@pytest.mark.parametrize(
    "text,severity,part",
    [
        (LONG, "warn", "A sentence of 22 words"),
        ('<p><a href="page:iop">Click here</a></p>', "warn", "“Click here” does not say"),
        ('<p><a href="page:iop">here.</a></p>', "warn", "does not say where it leads"),
        ('<p><a href="page:iop"></a>x</p>', "block", "A link has no words"),
        ('<p><a href="page:nowhere">The plan</a></p>', "block", "does not exist: nowhere"),
        ('<p><a href="page:gone">The plan</a></p>', "warn", "The page gone is not public"),
        ("<h3>One</h3><h3>Two</h3><p>Words.</p>", "warn", "Nothing stands under the heading “One”"),
        ("<p>Words.</p><h3>End</h3>", "warn", "Nothing stands under the heading “End”"),
        ("<h3></h3><p>Words.</p>", "warn", "A heading is empty"),
        ("<p>DO NOT WAIT for it.</p>", "warn", "Capital letters shout"),
        ("<p>This is IMPORTANT.</p>", "warn", "Capital letters shout: IMPORTANT"),
        ("<p>Call [[nothing]].</p>", "block", "There is no fact [[nothing]]"),
        ("<p>It takes [[old]].</p>", "warn", "[[old]] is due to be checked"),
        ("<p>Call 1-800-662-4357.</p>", "block", "1-800-662-4357 is typed as digits"),
        ("<p>Call (555) 123-4567 now.</p>", "block", "(555) 123-4567 is typed as digits"),
        ("<p>Call 988 now.</p>", "block", "988 is typed as digits"),
        ("<p>Call 18006624357.</p>", "block", "18006624357 is typed as digits"),
    ],
)
def test_each_thing_to_mend_is_found(text: str, severity: str, part: str) -> None:
    assert [(how, part in what) for how, what in told(text)] == [(severity, True)]


@pytest.mark.parametrize(
    "text",
    [
        '<p><a href="page:iop">Intensive care</a>, <a href="page:help_now">help right now</a>.</p>',
        '<p><a href="https://findtreatment.gov/">FindTreatment.gov</a></p>',
        "<p>Call [[line]].</p>",
        "<h3>One</h3><p>Words.</p><h3>Two</h3><ul><li>Words.</li></ul>",
        "<p>SAMHSA and NAADAC help. IOP and PHP too.</p>",
        "<p>It takes 8 to 12 weeks, 9:00 to 12:00, $1,500, in 2026, 42 CFR Part 2.</p>",
        "<p>A list: one thing; another thing; a third thing; a fourth thing; a fifth; a sixth; a seventh; the last.</p>",
    ],
)
def test_what_is_fine_is_left_alone(text: str) -> None:
    assert told(text) == []


HARD = (
    "<p>Comprehensive pharmacological interventions necessitate interdisciplinary collaboration. Institutional "
    "accreditation requirements demonstrate organizational accountability. Longitudinal multidimensional evaluations "
    "characterize individualized therapeutic recommendations. Administrative authorization facilitates reimbursement. "
    "Utilization of specialized rehabilitation modalities optimizes psychological functioning.</p>"
)


def test_words_in_no_block_are_read_like_any() -> None:
    """What somebody types into a plain box, or what is left of hostile tags."""
    for text in ("Call us.", '<a href="page:x">Paying</a>', "<strong>x</strong>", "<br>"):
        assert not list(text_checks.text_findings(text, "en", rich=True, named=False))


def test_hard_words_are_pointed_out_and_stop_what_is_read_in_danger() -> None:
    def severity(kind: str, around: Known = AROUND) -> list[str]:
        return [how for how, what in told(HARD, kind=kind, around=around) if "Hard to read" in what]

    assert severity("guide") == ["warn"]
    assert severity("program") == ["block"]  # the section on safety
    assert severity("guide", Known(key="naloxone", facts=FACTS)) == ["block"]


def test_a_missing_language_is_pointed_out_and_stops_what_is_read_in_danger() -> None:
    def severity(key: str, **empty: str) -> list[str]:
        return [one.severity for one in found(around=Known(key=key), **empty) if "There is no" in one.what]

    assert severity("calm", es_part_1="") == ["warn"]
    assert severity("naloxone", es_part_1="") == ["block"]
    assert severity("calm", en_part_1="") == ["block"]
    assert severity("calm", es_title="") == ["block"]
    assert severity("calm", en_part_2="<p>Only English.</p>") == ["warn"]


def test_a_text_that_changed_in_one_language_alone_is_pointed_out() -> None:
    live, words = content(), content(en_part_1="<p>You can write to us.</p>")

    findings = checks.report("guide", words, live, AROUND).findings

    assert [(one.field, one.language, one.severity) for one in findings] == [("part_1", "es", "warn")]
    both = content(en_part_1="<p>You can write.</p>", es_part_1="<p>Puede escribir.</p>")
    assert not checks.report("guide", both, live, AROUND).findings
    danger = checks.report("guide", words, live, Known(key="naloxone")).findings
    assert [one.severity for one in danger] == ["block"]


@pytest.mark.parametrize(
    "around,severity,part",
    [
        ({"has_sources": False}, "warn", "No source is named"),
        ({"unsourced_typed_facts": ("Days",)}, "block", "“Days” has no source"),
        ({"stale_typed_facts": ("Days",)}, "warn", "“Days” is due to be checked"),
        ({"reviewed": False}, "warn", "No clinician has reviewed"),
        ({"next_review": date(2026, 11, 26)}, "warn", "The review was due"),
        ({"picture_words": ("IMG_2044.jpg",)}, "warn", "described as “IMG_2044.jpg”"),
    ],
)
def test_what_stands_around_a_page_is_looked_at(around: dict[str, object], severity: str, part: str) -> None:
    findings = found("program", Known(key="iop", today=TODAY, **around))  # type: ignore[arg-type]

    assert [(one.severity, part in one.what) for one in findings] == [(severity, True)]


def test_a_claim_without_a_source_stops_the_page() -> None:
    around = Known(key="calm", has_sources=False)

    findings = found(around=around, en_part_1="<p>Studies show that it helps.</p>")

    assert [(one.severity, "studies show" in one.what) for one in findings] == [("block", True)]


@pytest.mark.django_db
def test_the_checks_read_what_stands_in_the_database() -> None:
    of = page("program", "iop")
    checked = {"checked": date(2026, 1, 1), "next_check": date.max}
    Fact.objects.create(key="fresh", kind="phone", en="1", es="1", **checked)
    Fact.objects.create(key="never", kind="phone", en="1", es="1")
    ProgramFact.objects.create(program=of, name="days", en="3", es="3")
    of.pictures.create(file="pictures/x.webp", width=1, height=1, alt_en="image of a room", alt_es="Una sala")
    page(key="hidden", live=False)

    read = known.known(Page.objects.get(pk=of.pk))

    assert {key: fact.stale for key, fact in read.facts.items()} == {"fresh": False, "never": True}
    assert read.pages == {"iop": True, "hidden": False}
    assert read.unsourced_typed_facts == ("Days",)
    assert read.picture_words == ("image of a room",)
    assert (read.has_sources, read.reviewed) == (True, False)
    assert not checks.blocking(tuple(one for one in known.findings(standing(of)) if one.field))


# --- How hard a text is to read ---------------------------------------------------------------------------------

ENGLISH = """An intensive outpatient program is real treatment without moving out. You go 3 to 5 days a week, about 3
hours at a time. You try the new skills at home the same night. For many people, results are close to those of a live-in
program. That holds when the risks from withdrawal, health and mental health are low. No program works for everyone. Ask
who prescribes medicine, and who treats depression or anxiety. A counselor leads groups and meets with you alone."""
SPANISH = """Un programa ambulatorio intensivo es un tratamiento de verdad sin irse de casa. Usted va de 3 a 5 días por
semana, unas 3 horas cada vez. Lo que aprende lo prueba en casa esa misma noche. A muchas personas les da resultados
parecidos a los de un programa donde se vive. Eso vale cuando hay poco riesgo por la abstinencia y la salud. Pregunte
quién receta las medicinas. Una consejera dirige los grupos y habla a solas con usted."""


@pytest.mark.parametrize("text", [ENGLISH, HARD.removeprefix("<p>").removesuffix("</p>")])
def test_the_grade_is_close_to_that_of_a_well_known_tool(text: str) -> None:
    flat = " ".join(text.split())

    assert reading.measure(flat, "en").value == pytest.approx(grade(flat), abs=1.2, rel=0.1)


def test_the_ease_is_close_to_that_of_a_well_known_tool_and_never_kinder() -> None:
    flat = " ".join(SPANISH.split())

    # The tool counts places to hyphenate, and so fewer syllables than are spoken: día, una.
    assert ease(flat) - 7 <= reading.measure(flat, "es").value <= ease(flat)


@pytest.mark.parametrize(
    "language,counts",
    [
        ("en", "a=1 the=1 treatment=2 people=2 medicine=3 while=1 table=2 places=2 coaches=2 used=1 needed=2 quiet=2 being=2"),
        ("es", "día=2 país=2 ciudad=2 guía=2 agua=2 ayuda=3 hay=1 quien=1 pingüino=3 aéreo=4 yo=1 una=2 héroe=3 muy=1"),
    ],
)  # fmt: skip
def test_syllables_are_counted_as_they_are_spoken(language: str, counts: str) -> None:
    count = reading.spanish_syllables if language == "es" else reading.english_syllables
    pairs = [pair.split("=") for pair in counts.split()]

    assert {word: count(word) for word, _ in pairs} == {word: int(number) for word, number in pairs}


def test_an_empty_text_has_no_grade() -> None:
    assert reading.measure("", "en").value == 0
    assert not reading.measure("Two words.", "es").enough
