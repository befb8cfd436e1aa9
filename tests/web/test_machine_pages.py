"""The pages machines ask for."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from pytest_django import Settings


def test_healthz_answers_without_a_database() -> None:
    # No database mark: a query would be an error.
    response = Client().get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok\n")


def test_robots_points_at_nothing_but_the_list_of_public_pages() -> None:
    text = Client().get("/robots.txt").content.decode()

    assert "Disallow:\n" in text
    assert re.findall(r"\S*/\S*", text) == ["http://testserver/sitemap.xml"]


def test_security_txt_names_the_contact(settings: Settings) -> None:
    settings.SECURITY_CONTACT = "mailto:security@example.org"

    text = Client().get("/.well-known/security.txt").content.decode()

    assert "Contact: mailto:security@example.org\n" in text
    expires = datetime.fromisoformat(re.search(r"Expires: (\S+)", text)[1])  # type: ignore[index]
    assert timedelta(days=30) < expires - datetime.now(UTC) < timedelta(days=366)


@pytest.mark.parametrize("path", ["/.well-known/security.txt"])
def test_without_a_contact_there_is_no_page(settings: Settings, path: str) -> None:
    settings.SECURITY_CONTACT = ""

    assert Client().get(path).status_code == 404
