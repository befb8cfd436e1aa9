"""Saved checks attacked: what a device still opens after its person left, and buttons that are pressed twice."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest
from django.test import RequestFactory
from django.utils import timezone
from pytest_django import Settings

from screening import checks, saving
from screening.intake import limits
from screening.models import SavedCheck, Screening
from tests.web.saved import come_back, save, shown
from tests.web.walk import COOKIE, LANGUAGES, Visitor, calm

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The hash is quick, the limits are far, and the clock stands, so that no minute turns between two tries."""
    moment = datetime(2026, 3, 4, 15, 30, 20, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: moment)
    with patch.object(saving, "COST", 2), patch.object(limits, "WORDS_A_MINUTE", 1000):
        yield


def typed_and_refused(visitor: Visitor, mine: str) -> dict[str, object]:
    """Type right words where other answers are; return the form that the browser's history now holds."""
    assert come_back(visitor, mine).status_code == 422
    return {**visitor.page.forms[0].hidden(), "words": mine}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_of_the_history_that_is_sent_again_after_leaving_opens_nothing(language: str) -> None:
    mine = save(Visitor(language).sit_down(calm()))
    visitor = Visitor(language).sit_down(calm(upto="now"))
    sent = typed_and_refused(visitor, mine)
    visitor.go("leave")
    assert '"cookies"' in visitor.response["Clear-Site-Data"]
    visitor.client.cookies.clear()

    visitor.post(visitor.url("resume"), sent)

    assert visitor.response.status_code == 403
    assert mine not in visitor.page.html
    assert not visitor.page.forms
    assert not visitor.client.cookies.get(COOKIE)


@pytest.mark.parametrize("end", ["leave", "clear"])
def test_who_ends_a_visit_takes_the_token_of_forms_where_a_browser_clears_nothing_else(end: str) -> None:
    mine = save(Visitor().sit_down(calm()))
    visitor = Visitor().sit_down(calm(upto="now"))
    sent = typed_and_refused(visitor, mine)
    visitor.go(end)
    if end == "clear":
        visitor.send()

    assert visitor.post(visitor.url("resume"), sent).status_code == 403
    assert mine not in visitor.page.html


def test_another_site_that_an_old_browser_does_not_name_opens_no_check_of_its_own() -> None:
    theirs = save(Visitor().sit_down(calm()))
    visitor = Visitor()

    visitor.post(visitor.url("resume"), {"words": theirs}, headers={"origin": "https://elsewhere.example"})

    assert visitor.response.status_code == 403
    assert theirs not in visitor.page.html


def test_stopping_what_was_never_saved_gives_no_more_time() -> None:
    visitor = Visitor().sit_down(calm())
    before = Screening.objects.get().expires_at
    visitor.go("save")

    visitor.post(visitor.url("save"), {**visitor.page.forms[0].hidden(), "stop": "1"})

    assert visitor.response.status_code == 303
    assert Screening.objects.get().expires_at == before


def test_two_presses_of_one_button_make_one_code() -> None:
    """Or somebody writes down the words of one press, and the other ends them a moment later."""
    visitor = Visitor().sit_down(calm())
    codes = []
    for _ in ("the first code", "a new one"):
        visitor.go("save")
        form = visitor.page.forms[0].hidden()
        visitor.post(visitor.url("save"), {**form, "make": "1"})
        visitor.follow()
        codes.append(shown(visitor))

        visitor.post(visitor.url("save"), {**form, "make": "1"})
        visitor.follow()

        assert shown(visitor) == codes[-1]
    assert len(set(codes)) == 2
    assert SavedCheck.objects.count() == 1
    assert come_back(Visitor(), codes[-1]).status_code == 303


def test_a_form_to_make_words_that_lost_its_token_makes_them_at_the_next_press() -> None:
    visitor = Visitor().sit_down(calm())
    first = save(visitor)
    form = visitor.page.forms[0].hidden()
    del form["csrfmiddlewaretoken"]
    visitor.post(visitor.url("save"), {**form, "make": "1"})
    assert visitor.response.status_code == 403

    visitor.send()
    visitor.follow()

    assert shown(visitor) not in ("", first)


def test_fewer_days_in_the_settings_do_not_show_the_words_again(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor = Visitor().sit_down(calm())
    save(visitor)
    later = timezone.now() + timedelta(hours=5)
    monkeypatch.setattr(timezone, "now", lambda: later)
    settings.SCREENING_SAVED_DAYS -= 3

    visitor.go("save")

    assert visitor.response.status_code == 200
    assert not shown(visitor)


@pytest.mark.parametrize("days", [0, -1, 1])
def test_the_site_does_not_start_where_saving_would_delete(settings: Settings, days: int) -> None:
    assert not checks.saving_keeps_longer(None)
    settings.SCREENING_SAVED_DAYS = days

    assert [found.id for found in checks.saving_keeps_longer(None)] == ["screening.E002"]


@pytest.mark.parametrize("header", ["x-forwarded-for", "x-real-ip", "forwarded", "x-network"])
def test_an_address_that_somebody_claims_counts_for_nothing(header: str) -> None:
    with patch.object(limits, "WORDS_A_MINUTE", 1):
        tries = [
            come_back(Visitor(headers={header: f"203.0.{number}.1"}), "acorn acre across active").status_code
            for number in range(2)
        ]

    assert tries == [422, 429]


def test_old_addresses_written_as_new_ones_are_not_all_one_network() -> None:
    found = {
        limits.network_of(RequestFactory().get("/", REMOTE_ADDR=address))
        for address in ("::ffff:203.0.113.9", "::ffff:203.0.113.8", "::ffff:198.51.100.1", "203.0.113.1")
    }

    assert found == {"203.0.113.0/24", "198.51.100.0/24"}
