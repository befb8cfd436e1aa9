"""The whole story in a real browser: a clinical lead changes a rule, and a second person makes it live."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from screening.models import Screening
from screening.revisions.models import ProtocolRevision
from tests.revisions.conftest import groups, person  # noqa: F401  fixtures
from tests.staff import add_app, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PATIENCE = 120_000
PASSWORD = "correct horse battery staple"
SHOTS = os.environ.get("SHOTS")


@pytest.fixture
def staff(person) -> None:  # noqa: F811
    for name, group in (("lena", "clinical"), ("marco", "clinical publisher")):
        user: User = person(name, group)
        user.set_password(PASSWORD)
        user.save()
        add_app(user)


class Screen:
    """One person at their browser."""

    def __init__(self, page: Page, base: str, name: str) -> None:
        self.page, self.base, self.name = page, base, name
        self.complaints: list[str] = []
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _hear(self, message: ConsoleMessage) -> None:
        # The admin names no icon, so the browser asks for the usual one.
        if message.type == "error" and not message.location.get("url", "").endswith("/favicon.ico"):
            self.complaints.append(f"{message.text} {message.location.get('url', '')}")

    def sign_in(self) -> "Screen":
        sign_in(self.page, self.base, self.name, PASSWORD)
        return self

    def open(self, *links: str) -> None:
        for link in links:
            self.page.get_by_role("link", name=link, exact=True).first.click()

    def press(self, button: str) -> None:
        # Some buttons prove the rules: seconds of work, and more of them where others work too.
        self.page.get_by_role("button", name=button).first.click(timeout=PATIENCE)

    def shoot(self, name: str) -> None:
        if SHOTS:
            self.page.screenshot(path=str(Path(SHOTS) / f"{name}.png"), full_page=True)


@pytest.fixture
def screens(browser: Browser, live_server, staff) -> Iterator[dict[str, Screen]]:
    contexts = [browser.new_context(viewport={"width": 1280, "height": 900}) for _ in range(3)]
    people = ("lena", "marco", "visitor")
    found = {
        name: Screen(context.new_page(), live_server.url, name)
        for name, context in zip(people, contexts, strict=True)
    }
    yield found
    complaints = [c for screen in found.values() for c in screen.complaints]
    for context in contexts:
        context.close()
    assert not complaints


def test_a_rule_is_changed_proven_approved_and_live(screens: dict[str, Screen]) -> None:
    lena, marco = screens["lena"].sign_in(), screens["marco"]
    page = lena.page

    # Clone the live version.
    lena.open("Versions of the rules")
    lena.shoot("01-list-empty")
    lena.open("Start a draft from the live version")
    lena.shoot("02-start")
    lena.press("Start the draft")
    expect(page.get_by_text("Nothing yet. Choose a page above")).to_be_visible()
    lena.shoot("03-overview-fresh")

    # Tighten one cut-off and see who moves.
    lena.open("Rules")
    lena.shoot("04-rules")
    lena.open("A day program can give the support that is missing now.")
    lena.shoot("05-rule")
    page.get_by_label("is at").nth(1).select_option(label="3 or more")
    lena.press("Save")
    expect(page.locator("#moves")).to_contain_text("day program (PHP), more care")
    expect(page.locator("#changes ins")).to_have_text("3 or more")
    lena.shoot("06-overview-moved")

    # Fail a proof and understand the person shown.
    lena.open("Rules")
    page.get_by_role("link", name=re.compile("^What you told us can put a life in danger")).first.click()
    medical = page.locator(".rv-block-part").filter(
        has=page.locator("option:checked", has_text="Physical health")
    )
    medical.get_by_role("button", name="Remove part").click()
    expect(page.get_by_text("Not saved yet.")).to_be_visible()
    lena.shoot("07-part-removed")
    lena.press("Save")
    proofs = page.locator("#proofs")
    expect(proofs).to_contain_text("1 proof fails")
    expect(proofs.locator(".rv-person")).to_have_text(
        "Who shows it: A person with physical health 4 of 4, and nothing else."
    )
    lena.shoot("08-proof-fails")

    # Fix it.
    lena.open("Go to the row it names")
    lena.press("Add domain")
    added = page.locator(".rv-block-part").last
    added.get_by_label("Domain").select_option(label="Physical health")
    lena.press("Save")
    expect(proofs).to_contain_text("The proofs over the rules hold.")
    lena.press("Run all proofs")
    expect(proofs).to_contain_text("All proofs hold for this text.", timeout=PATIENCE)

    # Say what and why, sign who moves, and hand over.
    page.get_by_label("What changes, and why").fill("Very little support now calls for a day program.")
    lena.press("Save the note")
    while page.get_by_role("button", name=re.compile("^I sign")).count():
        page.get_by_role("button", name=re.compile("^I sign")).first.click()
    lena.shoot("09-ready")
    lena.press("Send to review")
    expect(page.get_by_text("You wrote this version, so somebody else must approve it")).to_be_visible()
    assert not page.get_by_role("button", name="Approve").count()
    lena.shoot("10-in-review")

    # A second person approves it and makes it live.
    marco.sign_in()
    marco.open("Versions of the rules", "2026.2")
    marco.shoot("11-second-person")
    marco.press("Approve")
    marco.press("Make it live")
    expect(marco.page.get_by_text("Version 2026.2 is live.")).to_be_visible()
    marco.shoot("12-live")
    marco.open("History")
    marco.shoot("13-history")
    marco.open("Versions of the rules")
    marco.shoot("14-list")

    # And it is.
    visitor = screens["visitor"].page
    visitor.goto(f"{screens['visitor'].base}/check/")
    visitor.get_by_label("Me", exact=True).check()
    visitor.locator("main form button[type=submit], main form button").first.click()
    assert Screening.objects.get().protocol_version == "2026.2"
    assert ProtocolRevision.objects.get().state == "live"


WIDTHS = (1280, 640)
# The rest of what axe could say takes most of its time.
ONLY_WRONG = {"resultTypes": ["violations"], "preload": False}


def test_the_pages_are_readable_by_everyone(screens: dict[str, Screen]) -> None:
    lena = screens["lena"].sign_in()
    lena.open("Versions of the rules", "Start a draft from the live version")
    lena.press("Start the draft")
    overview = lena.page.url
    pages = {
        "list": "..",
        "overview": "",
        "rules": "section/rules/",
        "question": "edit/questions/safe_home/",
        "domain": "edit/domains/withdrawal/",
        "rule": "edit/level_rules/php3_severe_and_two_strains/",
        "note": "edit/notes/recovery_housing/",
        "care": "edit/care/iop/",
        "limits": "edit/limits/",
        "history": "history/",
    }
    base = overview.removesuffix("change/")
    for name, address in pages.items():
        place = overview if name == "overview" else f"{base}../" if name == "list" else base + address
        answer = lena.page.goto(place)
        assert answer is not None
        assert answer.ok, place
        for width in WIDTHS:
            lena.page.set_viewport_size({"width": width, "height": 900})
            wide = lena.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            assert wide <= 0, f"{name} is {wide} px too wide at {width}"
            lena.shoot(f"page-{name}-{width}")
        heard = len(lena.complaints)
        found = Axe().run(lena.page, context="#content-main", options=ONLY_WRONG).response["violations"]
        del lena.complaints[heard:]  # the tool itself asks for styles that the page's policy forbids
        assert not found, (name, [(f["id"], [n["html"] for n in f["nodes"]][:3]) for f in found])
