"""The whole story in a real browser: asked, claimed, called, missed, retried, reached, booked, closed, and deleted."""

import os
from collections.abc import Iterator
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.apps import apps
from django.contrib.auth.models import Group, User
from django.utils import timezone
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from screening.intake import limits
from screening.intake.access_log import verify
from screening.intake.models import AccessEntry, CallRequest
from tests.staff import add_app, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "correct horse battery staple"
SHOTS = os.environ.get("SHOTS")
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
# Colours of Django's own header and messages are not ours.
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}


class Screen:
    """One person at their browser, and what the browser complained about."""

    def __init__(self, page: Page, base: str) -> None:
        self.page, self.base = page, base
        self.complaints: list[str] = []
        page.set_default_timeout(10_000)
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _hear(self, message: ConsoleMessage) -> None:
        refused = "status of 4" in message.text
        if message.type == "error" and not refused:
            self.complaints.append(message.text)

    def go(self, path: str) -> None:
        self.page.goto(self.base + path)

    def press(self, button: str) -> None:
        self.page.get_by_role("button", name=button).first.click()

    def looked_at(self, name: str, part: str = "body") -> None:
        """Take a picture when asked to, and let axe look in any case; nothing may be wider than the screen."""
        if SHOTS:
            self.page.screenshot(path=str(Path(SHOTS) / f"{name}.png"), full_page=True)
        found = Axe().run(self.page, context=part, options=AXE).response["violations"]
        assert not [(one["id"], [node["html"][:90] for node in one["nodes"]]) for one in found], name
        wide = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert wide <= 0, f"{name} is {wide} pixels too wide"


@pytest.fixture
def screens(
    browser: Browser, live_server: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Screen, Screen]]:
    monkeypatch.setattr(limits, "FASTEST", timedelta(0))
    import_module("screening.intake.migrations.0002_groups_and_guard").make(apps, None)
    ana = User.objects.create_user("ana", password=PASSWORD, first_name="Ana", is_staff=True)
    ana.groups.add(Group.objects.get(name="intake"))
    add_app(ana)
    contexts = [
        browser.new_context(viewport=PHONE, java_script_enabled=True),  # type: ignore[arg-type]
        browser.new_context(viewport=DESK),  # type: ignore[arg-type]
    ]
    sam, desk = (Screen(context.new_page(), live_server.url) for context in contexts)
    yield sam, desk
    for context in contexts:
        context.close()
    assert sam.complaints + desk.complaints == []


def ask(sam: Screen) -> str:
    """Fill in the form wrongly, then rightly; return the code."""
    page = sam.page
    sam.go("/call-me/")
    sam.looked_at("desk-ask")
    sam.press("Ask for a call")
    expect(page.locator("#problem")).to_be_visible()
    sam.looked_at("desk-ask-errors")
    page.get_by_label("What name may we use?").fill("Sam")
    page.get_by_label("For me").check()
    page.get_by_label("By phone").check()
    page.get_by_label("Phone number").fill("(555) 010-0199")
    page.get_by_label("Mornings").check()
    page.get_by_label("Afternoons").check()
    page.get_by_label("You may leave a voicemail").check()
    page.get_by_label("may contact me about treatment").check()
    sam.press("Ask for a call")
    expect(page.get_by_role("heading", level=1)).to_have_text("We got your request")
    sam.looked_at("desk-done")
    return page.locator(".code").inner_text()


def later(row: CallRequest) -> None:
    """The next try is due now."""
    CallRequest.objects.filter(pk=row.pk).update(due_at=timezone.now() - timedelta(minutes=5))


def test_a_request_from_arrival_to_the_end_and_deleted_when_the_person_asks(
    screens: tuple[Screen, Screen],
) -> None:
    sam, desk = screens
    page = desk.page
    code = ask(sam)
    row = CallRequest.objects.get()
    later(row)

    sign_in(page, desk.base, "ana", PASSWORD)
    page.get_by_role("link", name="Requests for a call", exact=True).first.click()
    expect(page.get_by_role("link", name="Needs action now")).to_have_attribute("aria-current", "page")
    expect(page.locator(".dk-queue")).to_contain_text("No text")
    desk.looked_at("desk-queue", "#content-main")

    # Claimed and missed: two presses from the queue.
    desk.press("Claim")
    safe = page.get_by_role("region", name="What is safe")
    expect(safe).to_contain_text("Do not say the site's name")
    expect(page.get_by_role("link", name="Call (555) 010-0199")).to_have_attribute("href", "tel:5550100199")
    desk.looked_at("desk-case", "#content-main")
    desk.press("No answer")
    expect(page.get_by_text("Logged: No answer.")).to_be_visible()
    expect(page.locator(".dk-state")).to_contain_text("1 of 3 tries")

    # The box with what is safe stays in sight wherever the page is scrolled to.
    page.mouse.wheel(0, 4000)
    expect(safe).to_be_in_viewport()

    # Retried the next day, with a voicemail; then reached, offered, booked.
    for outcome, said in (("Voicemail left", "2 of 3 tries"), ("Reached", "0 of 3 tries")):
        later(row)
        desk.go("/staff/intake/callrequest/")
        desk.press("Claim")
        desk.press(outcome)
        expect(page.locator(".dk-state")).to_contain_text(said)
    page.get_by_label("Appointment, desk time").fill("2030-03-04T15:30")
    desk.press("Booked")
    expect(page.locator(".dk-state")).to_contain_text("appointment Mon Mar 04, 15:30")
    page.get_by_label("Note (locked").fill("Wants the evening group.")
    desk.press("Save the note")
    expect(page.get_by_text("Wants the evening group.")).to_be_visible()
    page.get_by_label("Level of care they got").select_option("iop")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("The level of care is noted.")).to_be_visible()
    desk.press("Kept: close")
    expect(page.locator(".dk-state")).to_contain_text("Closed")
    desk.looked_at("desk-closed", "#content-main")

    # An emergency page is one press away, and on a phone all of it fits.
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    desk.press("Emergency: show the steps")
    expect(page.get_by_role("link", name="988")).to_be_visible()
    desk.looked_at("desk-emergency-phone", "#content-main")
    desk.go(f"/staff/intake/callrequest/{row.pk}/change/")
    desk.looked_at("desk-case-phone", "#content-main")

    # The person deletes it, and the desk finds nothing.
    sam.go("/call-me/cancel/")
    sam.looked_at("desk-cancel")
    sam.page.get_by_label("Your code").fill(code.lower())
    sam.press("Delete it now")
    expect(sam.page.get_by_role("heading", level=1)).to_have_text("It is deleted")
    page.reload()
    expect(page.get_by_text("This request is gone")).to_be_visible()
    assert not CallRequest.objects.exists()
    assert AccessEntry.objects.filter(action="deleted by the person", record=str(row.pk)).exists()
    assert not verify().fault


def test_all_of_it_works_without_a_script(
    browser: Browser, live_server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "FASTEST", timedelta(0))
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{live_server.url}/call-me/")
    page.fill("#id_name", "Sam")
    page.check("#id_about_1")
    page.check("#id_method_1")
    page.fill("#id_email", "sam@example.com")
    page.check("#id_agree")
    page.get_by_role("button", name="Ask for a call").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("We got your request")
    context.close()
    assert CallRequest.objects.get().contact["about"] == "them"
