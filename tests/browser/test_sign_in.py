"""Signing in as a person does it: a passkey is made in a real browser, and opens the staff pages without a password."""

import re
from collections.abc import Iterator
from random import Random

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from playwright.sync_api import Browser, Page, expect

from screening.counters import demo
from screening.counters.models import Count
from tests.staff import code

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.password_alone]

PASSWORD = "a long and plain sentence"
# A key in the machine that knows its owner by finger or face.
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.set_default_timeout(10_000)
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda message: complaints.append(message.text) if "Content Security" in message.text else None,
    )
    session = context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    yield page
    context.close()
    assert not complaints


@pytest.fixture
def site(live_server) -> str:
    User.objects.create_superuser("owner", password=PASSWORD)
    # A passkey belongs to a name; the number of a machine is none.
    return live_server.url.replace("127.0.0.1", "localhost")


def sign_in(page: Page, site: str) -> None:
    page.goto(f"{site}/staff/")
    page.get_by_label("Username").fill("owner")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign In", exact=True).click()


def look(page: Page) -> None:
    """Readable by everyone, on a small phone."""
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0, page.url
    small = page.evaluate(
        """[...document.querySelectorAll("main a, main button, main input:not([type=hidden])")]
        .filter(e => e.getBoundingClientRect().height && e.getBoundingClientRect().height < 44 && !e.closest(".opt"))
        .map(e => e.outerHTML)"""
    )
    assert not small, page.url
    found = Axe().run(page).response["violations"]
    assert not found, (page.url, [(f["id"], [n["html"] for n in f["nodes"]][:3]) for f in found])


def test_a_passkey_is_added_and_opens_the_staff_pages_alone(page: Page, site: str) -> None:
    sign_in(page, site)
    expect(page.get_by_text("Your work here needs a second factor")).to_be_visible()
    page.get_by_role("link", name="Add a key").click()
    page.get_by_label("Passwordless").check()
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_label("Unused codes")).to_be_visible()

    page.goto(f"{site}/staff/")
    expect(page.get_by_role("heading", name="What needs you")).to_be_visible()
    page.goto(f"{site}/staff/sign-out/")
    page.get_by_role("main").get_by_role("button", name="Sign Out").click()
    page.get_by_role("button", name="Sign in with a passkey").click()

    expect(page.get_by_role("heading", name="What needs you")).to_be_visible()


def test_an_app_is_added_by_its_picture_and_every_page_of_it_is_readable(page: Page, site: str) -> None:
    page.goto(f"{site}/staff/sign-in/")
    look(page)
    sign_in(page, site)
    expect(page.get_by_role("link", name="Add an app")).to_be_visible()
    look(page)
    page.get_by_role("link", name="Add an app").click()
    expect(page.get_by_role("img", name=re.compile("QR code"))).to_be_visible()
    look(page)
    secret = page.get_by_label("Authenticator secret").input_value()
    page.get_by_label("Authenticator code").fill(code(secret))
    page.get_by_role("button", name="Activate").click()
    expect(page.get_by_label("Unused codes")).to_be_visible()
    look(page)

    page.goto(f"{site}/staff/")
    expect(page.get_by_role("heading", name="What needs you")).to_be_visible()


def test_the_figures_are_readable_and_load_nothing_inline(
    page: Page, site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo, "DAYS", 20)
    demo.fill(Random("x"))  # noqa: S311  nothing secret comes of it
    sign_in(page, site)
    page.get_by_role("link", name="Add a key").click()
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_label("Unused codes")).to_be_visible()
    for name in ("check", "outcomes"):
        for width in (360, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(f"{site}/staff/counters/count/page/{name}/")
            wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            assert wide <= 0, (name, width)
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        found = Axe().run(page, context="#content-main").response["violations"]
        assert not found, [(f["id"], [n["html"] for n in f["nodes"]][:3]) for f in found]
    assert Count.objects.exists()
