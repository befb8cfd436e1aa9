"""Both languages are one site: the same headings, lists, links and forms, in the same order, on every page."""

import re
from html.parser import HTMLParser

import pytest

from tests.web.test_languages import PAGES
from tests.web.walk import FIRST, VOICES, Visitor, calm, in_voice, people

pytestmark = [pytest.mark.django_db, pytest.mark.once]

# Tags that carry the structure of a page for who does not see it.
STRUCTURE = {
    "h1", "h2", "h3", "h4", "nav", "main", "header", "footer", "section", "form", "fieldset", "legend", "label",
    "input", "button", "a", "ul", "ol", "li", "dl", "dt", "dd", "details", "summary", "table", "tr", "th", "td",
}  # fmt: skip


class Skeleton(HTMLParser):
    """The structure of a page, without its words and addresses."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.bones: list[tuple[str, ...]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in STRUCTURE:
            told = [given.get(name, "") for name in ("class", "type", "name", "value", "id", "role")]
            self.bones.append((tag, *(["token"] if "csrf" in given.get("name", "") else told)))


def skeleton(visitor: Visitor) -> list[tuple[str, ...]]:
    return Skeleton(visitor.response.content.decode()).bones


def differences(answers: dict[str, tuple[str, ...]], *address: object) -> list[tuple[object, object]]:
    both = []
    for language in ("en", "es"):
        visitor = Visitor(language).sit_down(answers)
        visitor.go(str(address[0]), *address[1:])
        assert visitor.response.status_code == 200
        both.append(skeleton(visitor))
    assert len(both[0]) > 10
    pairs = zip(*both, strict=False)
    return [pair for pair in pairs if pair[0] != pair[1]][:3] or (
        [] if len(both[0]) == len(both[1]) else [(len(both[0]), len(both[1]))]
    )


@pytest.mark.parametrize("voice", VOICES)
@pytest.mark.parametrize("address", PAGES, ids=lambda address: address[0])
def test_every_page_has_the_same_bones_in_both_languages(address: tuple[str, int], voice: str) -> None:
    assert differences(in_voice(calm({"suicide_thoughts": "plan"}), voice), *address) == []


def test_every_result_has_the_same_bones_in_both_languages() -> None:
    for place, answers in enumerate(list(people().values())[::2]):
        mine = in_voice(answers, VOICES[place % 2])

        assert differences(mine, "print" if place % 3 == 0 else "result") == [], answers


def test_every_question_has_the_same_bones_in_both_languages() -> None:
    trails = []
    for language in ("en", "es"):
        visitor = Visitor(language)
        visitor.walk({FIRST: "them", "substances": ["alcohol", "sedatives"], "signs": ["strong_urges"]})
        trails.append([Skeleton(reply.content.decode()).bones for reply in visitor.trail])

    assert trails[0] == trails[1]


def test_a_difference_would_be_seen() -> None:
    page = "<main><h1>One</h1><ul><li>a</li></ul><a href='/x'>b</a></main>"

    assert Skeleton(page).bones == Skeleton(re.sub("One|a<|b<", "Uno<"[:-1], page)).bones[:5]
    assert Skeleton(page).bones != Skeleton(page.replace("h1", "h2")).bones
