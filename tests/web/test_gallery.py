"""The page of components: all of them, in both languages, and on no server."""

import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import NoReverseMatch, reverse

from screening import gallery
from screening.protocol import LIVE

FOLDER = settings.BASE_DIR / "templates" / "components"
# Whole results and lists of times, whose pieces are shown; a line of a card, and the picture in an offer; what comes by
# itself after a quarter of an hour; what only machines read; the short card, made of pieces and named as the long one.
ELSEWHERE = {
    "result_body.html", "times.html", "times_paper.html", "line.html", "week.html", "cover.html", "found.html",
    "help_first.html",
}  # fmt: skip


def test_there_is_no_such_page_on_a_server() -> None:
    assert not settings.DEBUG
    assert gallery.addresses(debug=False) == []
    for address in ("/components/", "/es/components/"):
        assert Client().get(address).status_code == 404
    with pytest.raises(NoReverseMatch):
        reverse("components")


@pytest.mark.urls("tests.web.with_gallery")
@pytest.mark.parametrize(("address", "language"), [("/components/", "en"), ("/es/components/", "es")])
def test_every_component_is_there_in_both_languages(address: str, language: str) -> None:
    # Without the database mark any query would raise.
    response = Client().get(address)
    page = response.content.decode()

    assert response.status_code == 200
    assert response["Content-Language"] == language
    assert LIVE.questions[1].text.read(language) in page
    assert LIVE.phone_words[0].read(language) in page
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_no_component_was_forgotten() -> None:
    source = (settings.BASE_DIR / "templates" / "screening" / "gallery.html").read_text(encoding="utf-8")
    shown = set(re.findall(r"components/(\w+\.html)", source))

    assert {path.name for path in FOLDER.glob("*.html")} - shown == ELSEWHERE
