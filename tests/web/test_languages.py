"""Spanish is a language of its own here: its own addresses, its own words on every page, never half of one."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import polib
import pytest
from django.test import Client
from django.urls import get_resolver
from django.utils import translation

from iopguide import catalog
from screening.engine.spec import Text
from screening.protocol import LIVE
from tests.web.walk import FIRST, LANGUAGES, VOICES, Page, Visitor, calm, in_voice, people, standing_at

pytestmark = [pytest.mark.django_db, pytest.mark.once]

PAGES = [
    ("home",),
    ("help_now",),
    ("how_it_works",),
    ("start",),
    ("start_family",),
    ("step", 1),
    ("step", 9),
    ("safety",),
    ("answers",),
    ("result",),
    ("print",),
    ("clear",),
    ("cleared",),
    ("save",),
    ("resume",),
    ("deleted",),
]
# Words that are the same in both languages, or names.
SAME = {
    "no",
    "alcohol",
    "iop",
    "php",
    "samhsa",
    "opioids",
    "error",
    "error:",
    "english",
    "español",
    "care compass",
}


def names() -> list[str]:
    """Every named door of the screening."""
    with translation.override("en"):
        resolver = next(
            one
            for one in get_resolver().url_patterns[-1].url_patterns
            if getattr(one, "namespace", "") == "screening"
        )
        return sorted({pattern.name for pattern in resolver.url_patterns})


@pytest.mark.parametrize("name", names())
def test_every_address_has_its_own_words_in_each_language(name: str) -> None:
    english, spanish = (Visitor(code).url(name, *([1] if name == "step" else [])) for code in LANGUAGES)

    assert spanish.startswith("/es/")
    assert not english.startswith("/es")
    parts = [set(re.findall(r"[a-z]{3,}", path.removeprefix("/es"))) for path in (english, spanish)]
    assert not parts[0] & parts[1]


@pytest.mark.parametrize("address", PAGES, ids=lambda address: address[0])
def test_every_page_says_its_language_and_has_a_way_to_the_other(address: tuple[str, int]) -> None:
    for language, other, name in (("en", "es", "Español"), ("es", "en", "English")):
        visitor = Visitor(language).sit_down(calm())
        visitor.go(*address)
        page = visitor.page

        assert visitor.response.status_code == 200
        assert page.language == visitor.response["Content-Language"] == language
        assert page.link(name) == Visitor(other).url(*address)
        assert f'lang="{other}" hreflang="{other}"' in page.html
        visitor.open(page.link(name))
        assert visitor.page.language == other


def test_nobody_is_sent_to_a_language_unasked() -> None:
    for headers in ({"accept-language": "es-MX,es;q=0.9"}, {"cookie": "django_language=es"}):
        reply = Client().get("/", headers=headers)

        assert reply.status_code == 200
        assert reply["Content-Language"] == "en"


@pytest.mark.parametrize(
    "path", ["/es/check/", "/es/check/step/1/", "/revision/", "/es/result/", "/fr/", "/es-mx/"]
)
def test_an_address_of_one_language_is_none_of_the_other(path: str) -> None:
    assert Client().get(path).status_code == 404


# --- No word of the other language -------------------------------------------------------------------------------------


@cache
def english() -> dict[str, re.Pattern[str]]:
    """Every string of the interface and of the protocol that has other words in Spanish."""
    pairs = [
        (entry.msgid, entry.msgstr) for entry in polib.pofile(str(catalog.path_of("es"))) if entry.msgstr
    ]
    for entry in polib.pofile(str(catalog.path_of("es"))):
        if entry.msgid_plural:
            pairs += [(entry.msgid_plural, entry.msgstr_plural[1]), (entry.msgid, entry.msgstr_plural[0])]
    pairs += [(text.en, text.es) for text in _texts(LIVE)] + [
        (text.en_them, text.es_them) for text in _texts(LIVE) if text.en_them
    ]
    found = {}
    for source, spanish in pairs:
        # What stands between placeholders is looked for by itself.
        for piece in re.split(r"%\(\w+\)[sd]|\{\w+\}|<[^>]+>|\s+-\s+", source):
            words = " ".join(piece.split()).strip(" .,:;")
            if len(words) > 3 and words.lower() not in SAME and words.lower() not in spanish.lower():
                found[words] = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")
    return found


def _texts(value: Any) -> Iterator[Text]:
    """Every text anywhere in the protocol."""
    if isinstance(value, Text):
        yield value
    elif isinstance(value, tuple | list):
        for one in value:
            yield from _texts(one)
    elif hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            yield from _texts(getattr(value, name))


def english_in(page: Page) -> list[str]:
    text = " | ".join([page.title, page.text, *page.labels])
    # A study is named as it was published, and each language is offered in its own name.
    for source in LIVE.sources:
        text = text.replace(source.citation, "").replace(source.licence, "")
    return [words for words, pattern in english().items() if words in text and pattern.search(text)]


def test_there_is_much_to_look_for_and_it_would_be_found() -> None:
    assert len(english()) > 500
    assert english_in(Page("<p>Skip to the main part</p>"))
    assert english_in(Page('<a aria-label="Leave this site">x</a>'))
    assert english_in(Page("<title>Your result - Care Compass</title>"))
    assert not english_in(Page("<p>Ir a la parte principal</p>"))
    visitor = Visitor("en").sit_down(calm())
    for address in PAGES:
        visitor.go(*address)
        assert len(english_in(visitor.page)) > 5


@pytest.mark.parametrize("voice", VOICES)
@pytest.mark.parametrize("address", PAGES, ids=lambda address: address[0])
def test_no_spanish_page_holds_english(address: tuple[str, int], voice: str) -> None:
    visitor = Visitor("es").sit_down(in_voice(calm({"suicide_thoughts": "plan"}), voice))

    visitor.go(*address)

    assert visitor.response.status_code == 200
    assert english_in(visitor.page) == []


@pytest.mark.parametrize("voice", VOICES)
def test_no_step_in_spanish_holds_english(voice: str) -> None:
    visitor = Visitor("es")

    visitor.walk(
        {FIRST: voice, "substances": ["alcohol", "sedatives"], "signs": ["strong_urges", "fell_behind"]}
    )

    pages = [Page(reply.content.decode()) for reply in visitor.trail if reply.status_code == 200]
    assert len(pages) > 20
    assert [found for page in pages if (found := english_in(page))] == []


def test_no_result_in_spanish_holds_english() -> None:
    for place, answers in enumerate(list(people().values())[::2]):
        visitor = Visitor("es").sit_down(in_voice(answers, VOICES[place % 2]))
        visitor.go("result")

        assert english_in(visitor.page) == []


def _refusals() -> Iterator[tuple[int, Any]]:
    visitor = standing_at("now", "es")
    form, path = visitor.page.forms[0].hidden(), visitor.path
    yield 422, visitor.send({})
    yield 422, visitor.post(path, {**form, "now": ["none", "overdose"]})
    yield 422, visitor.post(path, {**form, "now": "nothing"})
    yield 409, visitor.post(path, {**form, "screen": "nothing"})
    yield 403, visitor.post(path, {"now": "none"})
    yield 400, visitor.open(visitor.url("answers") + "?x=1")
    yield 413, visitor.post(path, {**form, "now": "x" * 70_000})
    yield 404, visitor.open("/es/nada/")
    yield 410, Visitor("es").go("result")
    fresh = Visitor("es")
    fresh.go("start")
    yield 422, fresh.send({})


def test_no_refusal_in_spanish_holds_english() -> None:
    for status, reply in _refusals():
        page = Page(reply.content.decode())

        assert reply.status_code == status
        assert page.language == reply["Content-Language"] == "es"
        assert english_in(page) == [], status


def test_no_english_page_holds_spanish() -> None:
    visitor = Visitor("en")
    visitor.walk({FIRST: "them", "suicide_thoughts": "plan", "signs": ["strong_urges"]})
    visitor.go("result")
    words = re.compile(r"[ñ¿¡]|\b(que|para|una|los|las|usted|esa persona|respuestas)\b", re.IGNORECASE)

    for reply in visitor.trail:
        if reply.status_code == 200:
            page = Page(reply.content.decode())
            text = page.text.replace("Español", "").replace("AYUDA", "")
            assert not words.findall(text)
