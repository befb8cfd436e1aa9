"""Drawings on the pages: on those that have one, never twice, and nothing is missing where there is none."""

import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from programs.drawings import DRAWINGS
from programs.models import Kind
from tests.web.guide import forget, make

DRAWING = '<svg class="drawing"'
FILES = list((settings.BASE_DIR / "templates" / "components" / "drawings").glob("*.html"))


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    forget()


@pytest.mark.django_db
@pytest.mark.once
def test_a_kind_of_care_has_its_drawing_and_a_new_one_does_without() -> None:
    make(Kind.PROGRAM, "iop")
    make(Kind.PROGRAM, "something_new")
    pages = {
        key: Client().get(f"/programs/{key.replace('_', '-')}/").content.decode()
        for key in ("iop", "something_new")
    }
    overview = Client().get(reverse("programs:overview")).content.decode()

    assert pages["iop"].count(DRAWING) == pages["iop"].count('<div class="opening">') == 1
    assert DRAWING not in pages["something_new"]
    assert "opening" not in pages["something_new"]
    assert overview.count(DRAWING) == overview.count("card care drawn") == 1
    assert overview.count('class="card care') == 2


@pytest.mark.django_db
@pytest.mark.once
@pytest.mark.parametrize("name", ["home", "start", "cleared"])
def test_these_pages_have_one_and_its_looks(name: str) -> None:
    page = Client().get(reverse(f"screening:{name}")).content.decode()

    assert page.count(DRAWING) == 1
    assert re.search(r'href="[^"]*css/(?:site-and-guide|drawings)[\w.]*css"', page)


def test_a_page_that_is_not_there_has_a_signpost() -> None:
    page = Client().get("/nowhere/")

    assert page.status_code == 404
    assert page.content.decode().count(DRAWING) == 1


@pytest.mark.urls("tests.web.with_gallery")
def test_all_of_them_stand_side_by_side_for_who_draws_the_next() -> None:
    page = Client().get("/components/").content.decode()

    # And one in its place on the first page.
    assert page.count(DRAWING) == len(FILES) + 1
    assert {f"components/drawings/{path.name}" for path in FILES} > set(DRAWINGS.values())
