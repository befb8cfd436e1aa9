"""Every word a person can read: plain, short, kind, whole in both languages and both voices.

A formula cannot tell whether a text is understood; it can tell when a text cannot be. The numbers are bars of
`ux.md` (B13, B14, B15). People read it too: see the report of the comprehension sessions, when there is one.
"""

import re
import statistics
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from itertools import groupby
from typing import Any

import polib
import pytest
from django.conf import settings

from screening.engine.spec import LANGUAGES, VOICES, Question, Text
from screening.protocol import LIVE
from tests.house import word_lists
from tests.house.reading import ENOUGH_FOR_A_GRADE, block, ease, grade, sentences, syllables, words

MOST_WORDS_A_SENTENCE = 20
MOST_WORDS_AN_URGENT_SENTENCE = 15
MOST_WORDS_A_CHOICE = {"en": 9, "es": 10}
MOST_SYLLABLES = {"en": 4, "es": 5}
HARDEST_GRADE = 6.0
HARDEST_URGENT_GRADE = 5.0
MEAN_GRADE = 4.5
LEAST_EASE = 65.0
LEAST_EASE_OF_A_QUESTION = 70.0


EVERY_WAY = [
    pytest.param(language, voice, id=f"{language}-{voice}") for language in LANGUAGES for voice in VOICES
]
HARD = {"en": word_lists.HARD_BUT_NEEDED_EN, "es": word_lists.HARD_BUT_NEEDED_ES}
NEVER = {"en": word_lists.NEVER_EN, "es": word_lists.NEVER_ES}
NUMBERS = {line.number for line in LIVE.help_lines}


@dataclass(frozen=True)
class Block:
    """Texts that are read together: a screen, a note, a reason."""

    kind: str
    key: str
    texts: tuple[Text, ...]
    urgent: bool = False

    def read(self, language: str, voice: str) -> str:
        return block(*(plain(text.read(language, voice)) for text in self.texts))

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


def plain(text: str) -> str:
    """The text with a word in each place that is filled in later, and without tags."""
    text = re.sub(r"%\(\w+\)[sd]|\{\w*\}", "it", text)
    return " ".join(re.sub(r"<[^>]+>", " ", text).replace("\N{NON-BREAKING HYPHEN}", "-").split())


def texts_in(row: Any) -> Iterator[Text]:
    if isinstance(row, Text):
        yield row
    elif isinstance(row, tuple):
        for item in row:
            yield from texts_in(item)
    elif is_dataclass(row) and not isinstance(row, type):
        for field in fields(row):
            yield from texts_in(getattr(row, field.name))


def some(*texts: Text | None) -> tuple[Text, ...]:
    return tuple(text for text in texts if text is not None)


def screens() -> Iterator[Block]:
    """One block a screen: the question, its hint and its choices; an instrument's rows stand together."""
    for key, group in groupby(LIVE.questions, key=lambda q: q.page or q.key):
        shown = tuple(group)
        heading = [page.heading for page in LIVE.pages if page.key == key]
        asked = [text for q in shown for text in some(q.text, q.hint)]
        # The rows of an instrument have the same choices, which are read once.
        choices = dict.fromkeys(choice.text for q in shown for choice in q.choices)
        yield Block("question", key, (*heading, *asked, *choices))


def said(question: Question) -> tuple[Text, ...]:
    return some(question.said, *(choice.said for choice in question.choices))


def blocks() -> Iterator[Block]:
    yield from screens()
    yield from (Block("said", q.key, said(q)) for q in LIVE.questions if said(q))
    yield from (Block("part", part.key, (part.title,)) for part in LIVE.parts)
    yield from (Block("credit", page.key, some(page.credit)) for page in LIVE.pages if page.credit)
    for domain in LIVE.domains:
        yield Block("domain", domain.key, (domain.title, *texts_in(domain.words), *some(domain.strength)))
    yield from (Block("flag", flag.key, (flag.meaning,)) for flag in LIVE.flags)
    yield from (Block("gate", rule.key, (rule.reason,), urgent=True) for rule in LIVE.gates)
    rules = (*LIVE.level_rules, *LIVE.co_occurring_rules, LIVE.default_reason)
    yield from (Block("reason", rule.key, (rule.reason,)) for rule in rules)
    yield from (Block("note", note.key, (note.title, *note.paragraphs)) for note in LIVE.notes)
    yield from (Block("also", other.key, (other.name, other.text)) for other in LIVE.alternatives)
    yield from (Block("lead", lead.key, (lead.title, *lead.paragraphs), urgent=True) for lead in LIVE.leads)
    yield from (Block("danger", danger.key, (danger.text,), urgent=True) for danger in LIVE.dangers)
    for care in (*LIVE.care, LIVE.undetermined):
        yield Block("care", care.key, (care.name, care.headline, care.line, *texts_in(care.facts)))
        yield from (Block("step", step.title.en, (step.title, step.text)) for step in care.next_steps)
    yield from (Block("line", line.key, (line.name, line.about)) for line in LIVE.help_lines)
    yield from (Block("week", item.key, (item.text,)) for item in LIVE.week.formats)
    yield Block("week", "unknown", (LIVE.week.unknown,))
    yield Block("limits", "all", (*LIVE.limits, LIVE.reviewed))
    yield Block("phone", "all", LIVE.phone_words)


BLOCKS = tuple(blocks())
TEXTS = tuple(dict.fromkeys(texts_in(LIVE)))


def test_no_text_is_left_unread() -> None:
    read = {text for found in BLOCKS for text in found.texts}

    assert not [text.en for text in TEXTS if text not in read]


def chapters() -> Iterator[Block]:
    """All blocks of a kind as one: the short ones have no grade alone, and none may hide."""
    for kind in dict.fromkeys(found.kind for found in BLOCKS):
        same = [found for found in BLOCKS if found.kind == kind]
        yield Block(kind, "(all)", tuple(t for f in same for t in f.texts), same[0].urgent)


LONG = (*BLOCKS, *chapters())


@pytest.mark.parametrize("voice", VOICES)
def test_english_reads_like_a_sixth_grade_book_or_easier(voice: str) -> None:
    read = {str(found): (found, found.read("en", voice)) for found in LONG}
    grades = {
        key: (grade(text), HARDEST_URGENT_GRADE if found.urgent else HARDEST_GRADE)
        for key, (found, text) in read.items()
        if len(words(text)) >= ENOUGH_FOR_A_GRADE
    }

    assert not {key: found for key, (found, bar) in grades.items() if found > bar}
    assert statistics.mean(found for found, _ in grades.values()) <= MEAN_GRADE


@pytest.mark.parametrize("voice", VOICES)
def test_spanish_reads_quite_easily(voice: str) -> None:
    read = {str(found): (found, found.read("es", voice)) for found in LONG}
    eases = {
        key: (ease(text), LEAST_EASE_OF_A_QUESTION if found.kind == "question" else LEAST_EASE)
        for key, (found, text) in read.items()
        if len(words(text)) >= ENOUGH_FOR_A_GRADE
    }

    assert not {key: found for key, (found, bar) in eases.items() if found < bar}


@pytest.mark.parametrize("language, voice", EVERY_WAY)
def test_sentences_are_short_and_urgent_ones_shorter(language: str, voice: str) -> None:
    too_long = [
        f"{len(words(sentence))} words: {sentence}"
        for found in BLOCKS
        for sentence in sentences(found.read(language, voice))
        if len(words(sentence)) > (MOST_WORDS_AN_URGENT_SENTENCE if found.urgent else MOST_WORDS_A_SENTENCE)
    ]

    assert not too_long


def hard_words(text: str, language: str) -> set[str]:
    found = {word.strip(".,;:¿?¡!()“”\"'").lower() for word in words(text)}
    long = {word for word in found if syllables(word, language) > MOST_SYLLABLES[language]}
    return long - HARD[language]


@pytest.mark.parametrize("language, voice", EVERY_WAY)
def test_long_words_are_only_those_without_a_shorter_one(language: str, voice: str) -> None:
    assert not set().union(*(hard_words(text.read(language, voice), language) for text in TEXTS))


def never_said(text: str, language: str) -> list[str]:
    for phrase in word_lists.FINE:
        text = text.replace(phrase, "")
    return [
        phrase
        for phrase in NEVER[language]
        if re.search(
            rf"(?<!\w){re.escape(phrase)}(?!\w)" if phrase[0].isalpha() else re.escape(phrase),
            text,
            re.IGNORECASE,
        )
    ]


@pytest.mark.parametrize("language, voice", EVERY_WAY)
def test_what_is_never_said_is_not_said(language: str, voice: str) -> None:
    found = {
        text.read(language, voice): never_said(plain(text.read(language, voice)), language) for text in TEXTS
    }

    assert not {text: hits for text, hits in found.items() if hits}


@pytest.mark.parametrize(
    "language, text",
    [
        ("en", "You should stop"),
        ("en", "An Addict."),
        ("en", "30% of people"),
        ("es", "Tu casa"),
        ("es", "la recaída"),
    ],
)
def test_the_lists_can_tell(language: str, text: str) -> None:
    assert never_said(text, language)
    assert not never_said("addiction, adjust, habitual, 30 people; adicción, recaudar, tutor", language)


def test_every_text_is_there_in_both_languages_and_differs() -> None:
    same = {text.en for text in TEXTS if text.en == text.es} | {
        t.en_them for t in TEXTS if t.en_them == t.es_them
    }

    assert not [text for text in TEXTS if not text.en.strip() or not text.es.strip()]
    assert not [text for text in TEXTS if bool(text.en_them) != bool(text.es_them)]
    assert same - {""} <= word_lists.SAME_IN_BOTH


ABOUT_THE_READER = {
    "en": re.compile(r"\b(I|me|my|mine|myself|you|your|yours|yourself)\b", re.IGNORECASE),
    "es": re.compile(r"\b(yo|me|mí|mi|mis|conmigo|usted|suya|suyo)\b", re.IGNORECASE),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_family_is_asked_about_the_one_they_love_not_about_itself(language: str) -> None:
    asked = [text for q in LIVE.questions if q.key != "who" for text in texts_in(q)]
    found = [text.read(language, "them") for text in asked]
    # The hint that says who will see the answer speaks to whoever answers.
    found = [text for text in found if "answer" not in text]

    assert not [text for text in found if ABOUT_THE_READER[language].search(text)]


@pytest.mark.parametrize("language, voice", EVERY_WAY)
def test_what_was_said_is_a_whole_sentence_about_the_right_person(language: str, voice: str) -> None:
    told = [text.read(language, voice) for q in LIVE.questions for text in said(q)]

    assert not [text for text in told if not re.fullmatch(r"(?:\{count\}|[A-ZÁÉÍÓÚ0-9]).*\.", text)]
    if voice == "them":
        assert not [text for text in told if ABOUT_THE_READER[language].search(text)]


@pytest.mark.parametrize("language, voice", EVERY_WAY)
def test_questions_choices_and_hints_keep_their_shape(language: str, voice: str) -> None:
    wrong = []
    for question in LIVE.questions:
        asked = question.text.read(language, voice)
        choices = [choice.text.read(language, voice) for choice in question.choices]
        hint = question.hint.read(language, voice) if question.hint else "Hint"
        if not question.page and not asked.endswith("?"):
            wrong.append(f"asks nothing: {asked}")
        if len(words(asked)) > MOST_WORDS_A_SENTENCE or len(words(hint)) > MOST_WORDS_A_SENTENCE:
            wrong.append(f"too long: {asked} / {hint}")
        wrong += [f"ends with a stop: {text}" for text in (hint, *choices) if text.endswith(".")]
        wrong += [
            f"small letter: {text}"
            for text in (asked, hint, *choices)
            if not re.match(r"[¿A-ZÁÉÍÓÚ0-9]", text)
        ]
        wrong += [
            f"long choice: {text}" for text in choices if len(words(text)) > MOST_WORDS_A_CHOICE[language]
        ]
        if len(set(choices)) < len(choices):
            wrong.append(f"two choices read the same: {asked}")

    assert not wrong


@pytest.mark.parametrize("voice", VOICES)
def test_spanish_opens_its_questions_and_names_no_gender(voice: str) -> None:
    instrument = {q.text for q in LIVE.questions if q.key in word_lists.BOTH_GENDERS_ALLOWED}
    read = [text.read("es", voice) for text in TEXTS]
    own_words = [text.read("es", voice) for text in TEXTS if text not in instrument]

    assert not [
        text for text in read if text.count("¿") != text.count("?") or text.count("¡") != text.count("!")
    ]
    assert not [text for text in own_words if re.search(r"\w/[ao]s?\b|\([ao]s?\)|\w@|\w[xe]s?\b/", text)]


@pytest.mark.parametrize("language, voice", EVERY_WAY)
def test_numbers_to_call_come_from_the_table_of_help_lines(language: str, voice: str) -> None:
    found = {number for text in TEXTS for number in re.findall(r"\d[\d-]{2,}", text.read(language, voice))}

    assert found <= NUMBERS


# ----------------------------------------------------------------------------------------------- the pages around it

# Names of tables, columns and addresses: for staff, and not read by the people this site is for.
NOT_FOR_VISITORS = re.compile(
    r"(^|/)(models|apps|urls|admin|settings|checks)\.py$|/(admin|staff|management|revisions)/"
)


def pages() -> list[tuple[str, str]]:
    """(English, Spanish) of every sentence of the public pages; plurals count as sentences of their own."""
    path = settings.LOCALE_PATHS[0] / "es" / "LC_MESSAGES" / "django.po"
    if not path.exists():
        return []
    found = []
    for entry in polib.pofile(str(path)):
        files = [file for file, _ in entry.occurrences]
        if entry.obsolete or (files and all(NOT_FOR_VISITORS.search(file) for file in files)):
            continue
        found.append((entry.msgid, entry.msgstr_plural.get(0, "") or entry.msgstr))
        if entry.msgid_plural:
            found.append((entry.msgid_plural, entry.msgstr_plural.get(1, "")))
    return [(plain(english), plain(spanish)) for english, spanish in found if spanish]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_keep_to_the_same_words(language: str) -> None:
    wrong = []
    for pair in pages():
        text = pair[LANGUAGES.index(language)]
        hits = never_said(text, language)
        wrong += [f"never said ({', '.join(hits)}): {text}"] if hits else []
        wrong += [f"long word ({word}): {text}" for word in hard_words(text, language)]
        wrong += [f"long sentence: {s}" for s in sentences(text) if len(words(s)) > MOST_WORDS_A_SENTENCE]
        if len(words(text)) >= ENOUGH_FOR_A_GRADE:
            hard = grade(text) > HARDEST_GRADE if language == "en" else ease(text) < LEAST_EASE
            wrong += [f"hard to read: {text}"] if hard else []
        wrong += [f"not a help line: {n}" for n in re.findall(r"\d[\d-]{2,}", text) if n not in NUMBERS]

    assert not wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_as_a_whole_are_easy(language: str) -> None:
    text = block(*(pair[LANGUAGES.index(language)] for pair in pages()))

    assert text
    assert grade(text) <= MEAN_GRADE if language == "en" else ease(text) >= LEAST_EASE
