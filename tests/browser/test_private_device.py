"""Somebody else picks up the phone afterwards: nothing of the check is there, however they press Back."""

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings

from screening.protocol import LIVE
from tests.browser.chromium import Chromium, Tab, chromium
from tests.browser.serving import Site
from tests.browser.visits import PROBE
from tests.conftest import HOW_TO_GET_ONE, find_browser

pytestmark = pytest.mark.browser

# Half a check, with a danger answer on the way; the last one is chosen and not sent.
GIVEN = {"who": "me", "age": "26_64", "now": "body", "suicide_thoughts": "before"}
NOT_SENT = {"self_harm": "yes"}

Leave = Callable[[Tab], None]


@pytest.fixture(scope="module")
def remembering_chromium() -> Iterator[Chromium]:
    program = find_browser()
    assert program, HOW_TO_GET_ONE
    with chromium(program) as browser:
        yield browser


def _tick(answers: dict[str, str]) -> str:
    return "".join(
        f"document.querySelector('[name={key}][value=\"{value}\"]').checked = true;"
        for key, value in answers.items()
    )


def _click(selector: str) -> str:
    return f"document.querySelector('{selector}').click()"


def _half_way(tab: Tab) -> None:
    tab.do(_click(".door"))
    for key, value in GIVEN.items():
        if tab.ask("document.querySelector('main form .opt') === null"):  # the safety page
            tab.do("[...document.querySelectorAll('main a.btn')].at(-1).click()")
        tab.do(_tick({key: value}) + "document.querySelector('main form').requestSubmit()")
    tab.ask(_tick(NOT_SENT))


def _leave_by_link(tab: Tab) -> None:
    tab.do(_click(".leave a"))


def _leave_by_keys(tab: Tab) -> None:
    tab.do("for (let i = 0; i < 3; i++) document.dispatchEvent(new KeyboardEvent('keydown', {key: 'Shift'}))")


def _clear(tab: Tab) -> None:
    tab.do(_click("footer a[rel=nofollow]"))
    tab.do("document.querySelector('main form').requestSubmit()")


def _secrets(language: str) -> set[str]:
    """Every question but the first, which the start page asks everyone, and every answer that was given."""
    said = {**GIVEN, **NOT_SENT}
    questions = [question for question in LIVE.questions if question.key != "who"]
    texts = [question.text.read(language, "me") for question in questions]
    for question in questions:
        texts += [c.text.read(language, "me") for c in question.choices if c.key == said.get(question.key)]
    return {text for text in texts if len(text) > 8}


def _told(tab: Tab, secrets: set[str]) -> list[str]:
    """What somebody looking at this page would learn."""
    page = tab.ask("document.documentElement.outerHTML + document.title + location.href")
    choices = tab.ask("document.querySelectorAll('.opt input:checked, .sum dd').length")
    return [secret for secret in secrets if secret in page] + ["a choice"] * choices


# How to end it, with the page's own scripts or without, in which language.
WAYS = {
    "link": (_leave_by_link, True, "en"),
    "link, no script": (_leave_by_link, False, "es"),
    "Shift, three times": (_leave_by_keys, True, "en"),
    "clear": (_clear, True, "es"),
    "clear, no script": (_clear, False, "en"),
}


@pytest.mark.parametrize("way", WAYS)
def test_back_shows_nothing_afterwards(remembering_chromium: Chromium, site: Site, way: str) -> None:
    leave, script, language = WAYS[way]
    home = site.url + ("/" if language == "en" else "/es/")
    secrets = _secrets(language)
    with remembering_chromium.tab(home, script=script) as tab:
        _half_way(tab)
        assert _told(tab, secrets), "before leaving there is something to see"

        leave(tab)

        assert not _told(tab, secrets)
        # After clearing one is still here, with a token for the forms, which says nothing and ends with the window.
        assert set(tab.cookies()) <= (set() if leave is not _clear else {settings.CSRF_COOKIE_NAME})
        presses = 0
        while presses < 12 and tab.back():
            presses += 1
            assert not _told(tab, secrets), f"Back, {presses} times, at {tab.ask('location.href')}"
        assert presses >= 5

        tab.open(home)
        assert set(tab.ask(f"({PROBE}).kept()").values()) == {0}
        assert settings.SCREENING_COOKIE_NAME not in tab.cookies()
        titles = [entry["title"] + entry["url"] for entry in tab.history()[1]]
        assert not [title for title in titles for secret in secrets if secret in title]
    told_elsewhere = {(seen.referrer, seen.site) for seen in site.seen_elsewhere if seen.path == "/today"}
    assert told_elsewhere == (set() if leave is _clear else {("", "cross-site")})


def test_back_shows_no_words_to_come_back_with_either(remembering_chromium: Chromium, site: Site) -> None:
    """They stay with their person, who may have saved to leave in a hurry."""
    with remembering_chromium.tab(f"{site.url}/", script=False) as tab:
        _half_way(tab)
        tab.open(f"{site.url}/save/")
        tab.do(_click("button[name=make]"))
        words = tab.ask("document.querySelector('.code').textContent")
        assert len(words.split()) == 4

        _leave_by_link(tab)

        presses = 0
        while presses < 8 and tab.back():
            presses += 1
            page = tab.ask("document.documentElement.outerHTML + document.title + location.href")
            assert words not in page, f"Back, {presses} times"
        assert presses >= 5
        assert not [entry for entry in tab.history()[1] if words in entry["title"] + entry["url"]]


def test_without_leaving_the_browser_does_remember(remembering_chromium: Chromium, site: Site) -> None:
    """The test above can fail: this browser keeps pages in memory, `no-store` or not, and Back brings them back."""
    with remembering_chromium.tab(f"{site.url}/", script=False) as tab:
        _half_way(tab)
        tab.open(f"{site.url}/check/answers/")
        tab.ask("window.mark = 'the same page, not a new one'")
        tab.open(site.elsewhere)
        tab.back()

        assert tab.ask("window.mark")
        assert _told(tab, _secrets("en"))
