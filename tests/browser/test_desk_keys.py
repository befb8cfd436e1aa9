"""The desk with keys alone: signing in, the queue, a claim, a call that nobody answers, and the end of a request."""

from collections.abc import Iterator
from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, User
from django.utils import timezone
from playwright.sync_api import Browser, expect

from screening.intake import services
from screening.intake.choices import Outcome, State
from screening.intake.models import CallRequest
from tests.browser.inspection import DESK, NARROW, ZOOMED
from tests.browser.keys import Keys
from tests.staff import add_app, code

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "correct horse battery staple"
SIZES = (NARROW, ZOOMED, DESK)
# From the queue to a logged try.
MOST_PRESSES = 4


@pytest.fixture
def keys(browser: Browser, live_server: Any) -> Iterator[Keys]:
    import_module("screening.intake.migrations.0002_groups_and_guard").make(apps, None)
    ana = User.objects.create_user("ana", password=PASSWORD, first_name="Ana", is_staff=True)
    ana.groups.add(Group.objects.get(name="intake"))
    add_app(ana)
    context = browser.new_context(viewport=DESK)
    context.set_default_timeout(10_000)
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{live_server.url}/staff/")
    yield Keys(page)
    context.close()
    assert not complaints


def sign_in(keys: Keys) -> None:
    """The name, the password, and what the app shows."""
    keys.walk(ZOOMED)
    keys.restart()
    keys.write("#id_login", "ana")
    keys.write("#id_password", PASSWORD)
    keys.send()
    keys.walk(NARROW)
    keys.restart()
    keys.write("#id_code", code())
    keys.send()


def test_from_the_door_to_the_end_of_a_request(keys: Keys) -> None:
    page = keys.page
    services.create_request(name="Sam", value="5550100199", allowed=("voicemail",), windows=("morning",))
    # Due whatever the day and the hour, so that the front page says that it waits.
    CallRequest.objects.update(due_at=timezone.now() - timedelta(minutes=5))
    sign_in(keys)
    keys.walk(NARROW, DESK)
    keys.restart()
    keys.press(".st-waiting a")
    keys.walk(*SIZES)

    keys.restart()
    before = keys.presses
    keys.press(".dk-queue button")
    expect(page.locator(".dk-state")).to_contain_text("yours until")
    keys.walk(*SIZES)

    # Past the menus in one step, to the number; then on to how the call ended.
    page.set_viewport_size(ZOOMED)
    keys.restart()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert keys.at(".breadcrumbs a, .dk-dial"), keys.here()
    keys.press(f"button[value={Outcome.NO_ANSWER}]")
    assert keys.presses - before <= MOST_PRESSES
    expect(page.get_by_text("Logged: No answer.")).to_be_visible()
    row = CallRequest.objects.get()
    assert (row.tries, row.attempts.get().outcome) == (1, Outcome.NO_ANSWER)

    # A day and an hour are typed part by part.
    page.set_viewport_size(NARROW)
    keys.write("#appointment", "03042030")
    page.keyboard.press("Tab")
    page.keyboard.type("0330P")
    keys.press("button[value=booked]", key="Space")
    expect(page.locator(".dk-state")).to_contain_text("appointment Mon Mar 04, 15:30")

    # What is folded opens with a key, and folds again.
    keys.reach("aside details summary")
    page.keyboard.press("Enter")
    keys.reach("aside details button")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Delete everything now")).to_be_hidden()

    page.set_viewport_size(DESK)
    keys.restart()
    keys.press(f"button[value={Outcome.CLOSED}]")
    expect(page.locator(".dk-state")).to_contain_text("Closed")
    assert CallRequest.objects.get().state == State.CLOSED
    assert not keys.wrong
