"""The content that comes with the software: whole in both languages, plain, kind, and with nothing made up in it.

Reads the files alone; what they look like as pages is tested in tests/web/test_guide_site.py.
"""

import re
import statistics
import tomllib
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from typing import Any

import pytest

from programs import rich_text, starter_content
from programs.layout import FIELDS, LANGUAGES, PROGRAM_FACTS
from programs.models import Fact, Kind
from programs.models.facts import RECHECK
from programs.shelf import OTHER_DOORS
from programs.starter_content import StarterPage
from tests.house import word_lists
from tests.house.reading import block, ease, grade, sentences, words

HARDEST_GRADE, HARDEST_MEAN = 7.5, 7.0
LEAST_EASE = 65.0
MOST_WORDS_A_SENTENCE = 20
MOST_WORDS_A_FACT = 12
MOST_WORDS = {Kind.QUESTION: 80, Kind.TERM: 25}
LENGTHS = {"main": (650, 1150), "neighbor": (380, 700), "guide": (150, 900)}
MAIN = {"iop", "php", "dual_diagnosis", "residential"}
NEVER = {"en": (*word_lists.NEVER_EN, "cure", "cured"), "es": word_lists.NEVER_ES}
PHONE = re.compile(r"\d{3}-\d{3,4}(?:-\d{4})?|(?<![\d,])(?:911|988)(?![\d,])")
# Some myths are told in the words people use; each is answered on the spot.
TOLD_AS_A_MYTH = {"myths", "rock_bottom"}


@cache
def pages() -> tuple[StarterPage, ...]:
    return tuple(starter_content.pages())


@cache
def table(name: str) -> list[dict[str, Any]]:
    rows = tomllib.loads((starter_content.FOLDER / f"{name}s.toml").read_text(encoding="utf-8"))[name]
    return list(rows)


def texts(page: StarterPage, language: str) -> dict[str, str]:
    return page.content[language]


def plain(text: str) -> str:
    """The words of a text, each item of a list a sentence of its own, with a word in each place that a fact fills."""
    ended = re.sub(r"[;:]\s*</(p|li|h3)>", r".</\1>", re.sub(r"\[\[\w+\]\]", "it", text))
    return rich_text.plain(rich_text.clean(ended))


def body(page: StarterPage, language: str) -> str:
    return block(
        *(plain(text) for key, text in texts(page, language).items() if key not in ("menu", "description"))
    )


def long_pages() -> Iterator[StarterPage]:
    return (page for page in pages() if page.kind in (Kind.PROGRAM, Kind.GUIDE))


def name(page: StarterPage) -> str:
    return f"{page.kind} {page.key}"


def test_there_is_all_that_was_promised() -> None:
    kinds = [page.kind for page in pages()]
    assert kinds.count(Kind.PROGRAM) == 9
    assert kinds.count(Kind.GUIDE) >= 20
    assert 40 <= kinds.count(Kind.QUESTION) <= 60
    assert 40 <= kinds.count(Kind.TERM) <= 70
    keys = [(page.kind, page.key) for page in pages()]
    assert len(set(keys)) == len(keys)


def test_both_languages_have_the_same_fields_and_the_same_shape() -> None:
    tag = re.compile(r"<(p|ul|ol|li|h3|blockquote|strong|a)\b")
    different = []
    for page in pages():
        assert set(page.row["en"]) == set(page.row["es"]), name(page)
        for key, english in texts(page, "en").items():
            if tag.findall(english) != tag.findall(texts(page, "es")[key]):
                different.append(f"{name(page)} {key}")

    assert not different


@pytest.mark.parametrize("language", LANGUAGES)
def test_addresses_are_words_of_their_language_and_nobody_shares_one(language: str) -> None:
    slugs = [(page.kind, page.row[language]["slug"]) for page in long_pages()]

    assert len(set(slugs)) == len(slugs)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug) for _, slug in slugs)


@pytest.mark.parametrize("language", LANGUAGES)
def test_titles_and_descriptions_fit_where_they_are_shown(language: str) -> None:
    wrong = []
    for page in pages():
        said = texts(page, language)
        wrong += [
            f"{name(page)} {box.key}: {len(said[box.key])}"
            for box in FIELDS[page.kind]
            if len(said.get(box.key, "")) > box.most
        ]
        if page.kind in (Kind.PROGRAM, Kind.GUIDE):
            wrong += [] if 60 <= len(said["description"]) <= 155 else [f"{name(page)}: description"]
            wrong += [] if said["summary"].count("<li>") <= 5 else [f"{name(page)}: summary"]

    assert not wrong


def test_it_is_written_in_what_the_sanitizer_lets_through() -> None:
    """Nothing is lost when it is cleaned: what was written is what is read."""
    changed = [
        f"{name(page)} {language} {box.key}"
        for page in pages()
        for language in LANGUAGES
        for box in FIELDS[page.kind]
        if box.kind == "rich" and (text := texts(page, language).get(box.key, "").strip())
        if _flat(rich_text.clean(text)) != _flat(text)
    ]

    assert not changed


def _flat(text: str) -> str:
    return " ".join(text.replace("&amp;", "&").replace("\N{NO-BREAK SPACE}", "&nbsp;").split())


def test_every_link_fact_and_source_is_there() -> None:
    keys = {page.key for page in pages()} | set(OTHER_DOORS)
    facts = {row["key"] for row in table("fact")}
    sources = {row["key"] for row in table("source")}
    missing = []
    for page in pages():
        rows = list(page.row.get("facts", {}).values())
        said = [text for code in LANGUAGES for text in texts(page, code).values()]
        said += [row[code] for row in rows for code in LANGUAGES]
        for text in said:
            missing += [f"{name(page)}: page {key}" for key in rich_text.pages_in(text) - keys]
            missing += [f"{name(page)}: fact {key}" for key in rich_text.facts_in(text) - facts]
            hrefs = re.findall(r'href="([^"]*)"', text)
            missing += [
                f"{name(page)}: {href}" for href in hrefs if not href.startswith(("page:", "https://"))
            ]
        named = [*page.row.get("sources", ()), *(row["source"] for row in rows)]
        missing += [f"{name(page)}: source {key}" for key in set(named) - sources]
    missing += [f"fact {row['key']}: source" for row in table("fact") if row.get("source", "") not in sources]

    assert not missing


def test_phone_numbers_are_written_in_the_facts_table_alone() -> None:
    found = [
        f"{name(page)} {language} {key}: {PHONE.findall(text)}"
        for page in pages()
        for language in LANGUAGES
        for key, text in texts(page, language).items()
        if PHONE.search(text)
    ]

    assert not found


def test_every_program_says_the_same_facts_shortly_and_from_a_source() -> None:
    for page in pages():
        if page.kind != Kind.PROGRAM:
            continue
        assert set(page.row["facts"]) == set(PROGRAM_FACTS)
        for key, fact in page.row["facts"].items():
            assert fact["source"], f"{page.key} {key}"
            for language in LANGUAGES:
                assert len(words(plain(fact[language]))) <= MOST_WORDS_A_FACT, f"{page.key} {key} {language}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_plain_to_read(language: str) -> None:
    read = {name(page): body(page, language) for page in long_pages()}
    for kind in (Kind.QUESTION, Kind.TERM):
        same = [page for page in pages() if page.kind == kind and "say_instead" not in texts(page, language)]
        read[f"all of {kind}"] = block(*(body(page, language) for page in same))
    measured = {key: grade(text) if language == "en" else ease(text) for key, text in read.items()}

    if language == "en":
        assert not {key: one for key, one in measured.items() if one > HARDEST_GRADE}
        assert statistics.mean(measured.values()) <= HARDEST_MEAN
    else:
        assert not {key: one for key, one in measured.items() if one < LEAST_EASE}


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_are_short(language: str) -> None:
    long = [
        f"{name(page)}: {sentence[:80]}"
        for page in pages()
        for text in texts(page, language).values()
        for sentence in sentences(plain(text))
        if len(words(sentence)) > MOST_WORDS_A_SENTENCE
    ]

    assert not long


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_never_said_is_not_said(language: str) -> None:
    phrases = "|".join(
        rf"(?<!\w){re.escape(phrase)}(?!\w)" if phrase[0].isalpha() else re.escape(phrase)
        for phrase in NEVER[language]
    )
    pattern = re.compile(phrases, re.IGNORECASE)
    found = [
        f"{name(page)} {key}: {match[0]}"
        for page in pages()
        if page.key not in TOLD_AS_A_MYTH and "say_instead" not in texts(page, language)
        for key, text in texts(page, language).items()
        for match in [pattern.search(plain(text))]
        if match
    ]

    assert not found


def test_spanish_opens_its_questions_and_names_no_gender() -> None:
    for page in pages():
        for key, text in texts(page, "es").items():
            said = plain(text)
            assert said.count("¿") == said.count("?"), f"{name(page)} {key}"
            assert said.count("¡") == said.count("!"), f"{name(page)} {key}"
            if "say_instead" not in texts(page, "es"):
                assert not re.search(r"\w/[ao]s?\b|\w@", said), f"{name(page)} {key}"


def test_each_is_as_long_as_a_person_reads() -> None:
    wrong = {}
    for page in long_pages():
        count = len(words(body(page, "en")))
        kind = "guide" if page.kind == Kind.GUIDE else "main" if page.key in MAIN else "neighbor"
        least, most = LENGTHS[kind]
        if not least <= count <= most:
            wrong[name(page)] = count
    for page in pages():
        if page.kind in MOST_WORDS:
            field = "answer" if page.kind == Kind.QUESTION else "meaning"
            for language in LANGUAGES:
                if len(words(plain(texts(page, language)[field]))) > MOST_WORDS[page.kind]:  # type: ignore[index]
                    wrong[f"{name(page)} {language}"] = len(words(plain(texts(page, language)[field])))

    assert not wrong


def test_no_fact_claims_to_have_been_checked_without_a_source() -> None:
    assert not [row["key"] for row in table("fact") if row.get("checked") and not row.get("source")]
    assert not [
        row["key"] for row in table("source") if row.get("url") and not row["url"].startswith("https://")
    ]


def test_every_number_and_law_was_looked_up_and_is_looked_up_again_within_ninety_days() -> None:
    """Only hours and lengths of care may have no day: they are typical practice, and are called so to staff."""
    undated = {row["key"] for row in table("fact") if not row.get("checked")}
    kinds = {row["kind"] for row in table("fact") if row["key"] in undated}
    late = [
        row["key"]
        for row in table("fact")
        if row["key"] not in undated and not timedelta(0) < row["next_check"] - row["checked"] <= RECHECK
    ]

    assert undated == {"iop_weeks"}
    assert kinds == {Fact.Sort.HOURS}
    assert not late
