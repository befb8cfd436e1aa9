"""Pictures on the public pages: where they stand, in whose words, from when, and what they cost."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from programs.editing import sharing
from programs.models import Page, Picture
from programs.shelf import OVERVIEW
from tests.web.guide import forget
from tests.web.guide_staff import at, draft, page, person, signed_in

pytestmark = pytest.mark.django_db

WORDS = {"alt_en": 'Two "chairs" by a window', "alt_es": "Dos sillas junto a una ventana"}
MOST_QUERIES = 8
PLACES = {"en": "/guide/calm/", "es": "/es/guia/calm-es/"}


@pytest.fixture
def calm() -> Page:
    return page()


@pytest.fixture
def publisher() -> Client:
    return signed_in(person("ben", "publisher"))


def upload(client: Client, of: Page, size: tuple[int, int] = (1200, 90), **said: str) -> Picture:
    written = io.BytesIO()
    Image.new("RGB", size, "teal").save(written, "PNG")
    sent = {"file": SimpleUploadedFile("a.png", written.getvalue()), **(said or WORDS)}
    assert client.post(at(of, "pictures_change"), sent).status_code == 302
    return of.pictures.latest("pk")


def html(address: str) -> str:
    response = Client().get(address)
    assert response.status_code == 200
    return response.content.decode()


def images(text: str) -> list[dict[str, str]]:
    return [dict(re.findall(r'([\w-]+)="([^"]*)"', tag)) for tag in re.findall(r"<img [^>]*>", text)]


@pytest.mark.parametrize("kind", ["guide", "program"])
def test_a_picture_is_on_the_page_after_its_main_points_in_the_words_of_each_language(
    publisher: Client, kind: str
) -> None:
    of = page(kind)
    picture = upload(publisher, of)
    addresses = {"guide": PLACES, "program": {"en": "/programs/calm/", "es": "/es/programas/calm-es/"}}[kind]

    for language, alt in (("en", "Two &quot;chairs&quot; by a window"), ("es", WORDS["alt_es"])):
        text = html(addresses[language])
        assert images(text) == [
            {
                "src": picture.get_absolute_url(),
                "alt": alt,
                "width": "1200",
                "height": "90",
                "loading": "lazy",
                "decoding": "async",
            }
        ]
        assert text.index('class="summary"') < text.index("<img ") < text.index('class="contents"')
    served = Client().get(picture.get_absolute_url())
    assert b"".join(served.streaming_content).startswith(b"RIFF")  # type: ignore[attr-defined]


def test_decoration_has_empty_words_in_both_languages(publisher: Client, calm: Page) -> None:
    upload(publisher, calm, decorative="on")

    assert [one["alt"] for address in PLACES.values() for one in images(html(address))] == ["", ""]


def test_pictures_stand_in_the_order_they_came_and_only_on_their_own_page(
    publisher: Client, calm: Page
) -> None:
    page(key="other")
    came = [upload(publisher, calm).get_absolute_url() for _ in range(3)]

    assert [one["src"] for one in images(html(PLACES["en"]))] == came
    assert not images(html("/guide/other/"))


def test_a_kept_page_shows_a_picture_that_comes_and_forgets_one_that_goes_at_once(
    publisher: Client, calm: Page
) -> None:
    assert not images(html(PLACES["en"]))

    picture = upload(publisher, calm)
    assert len(images(html(PLACES["en"]))) == 1

    publisher.post(at(calm, "pictures_change"), {"drop": str(picture.pk)})
    assert not images(html(PLACES["en"]))


def test_the_page_of_all_kinds_of_care_shows_its_pictures_too(publisher: Client) -> None:
    upload(publisher, page(key=OVERVIEW))

    text = html("/programs/")
    assert text.index('class="summary"') < text.index("<img ") < text.index('id="kinds"')


def test_a_preview_and_a_shared_draft_show_the_pictures_of_the_page(publisher: Client, calm: Page) -> None:
    picture = upload(publisher, calm)
    revision = draft(calm, person("ana", "editor"))

    for language, alt in (("en", "Two &quot;chairs&quot; by a window"), ("es", WORDS["alt_es"])):
        frame = publisher.get(at(calm, "frame_change", revision.number, language))
        assert frame["Cross-Origin-Resource-Policy"] == "same-origin"
        for text in (frame.content.decode(), html(sharing.link_to(revision, language))):
            assert [(one["src"], one["alt"]) for one in images(text)] == [(picture.get_absolute_url(), alt)]


def test_pictures_cost_no_more_than_one_query_however_many(publisher: Client, calm: Page) -> None:
    counts = []
    for many in (0, 1, 4):
        for _ in range(many):
            upload(publisher, calm, size=(8, 8))
        forget()
        with CaptureQueriesContext(connection) as asked:
            html(PLACES["en"])
        counts.append(len(asked))

    assert len(set(counts)) == 1
    assert counts[0] <= MOST_QUERIES
