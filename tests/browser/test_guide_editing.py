"""An editor with no training, in a real browser: change a sentence, look at it, have it approved, schedule, restore."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth.models import User
from django.utils import timezone
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from programs import ending, fact_changes, models, services
from programs.editing import copies
from programs.shelf import shelf
from tests.staff import show_second_factor
from tests.web.guide_staff import at, content, page, person, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SHOTS = os.environ.get("SHOTS")
A_MINUTE = 60
BOX = "#row-part_1 .tiptap"


class Desk:
    """One person at their browser. What the browser complains of is kept."""

    def __init__(self, page: Page, base: str) -> None:
        self.page, self.base = page, base
        self.complaints: list[str] = []
        self.expected: set[str] = set()
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _hear(self, message: ConsoleMessage) -> None:
        # The admin names no icon, so the browser asks for the usual one. A refused form is a 422, and is said so.
        refused = "422 (Unprocessable" in message.text or "409 (Conflict)" in message.text
        if (
            message.type == "error"
            and not refused
            and not message.location.get("url", "").endswith("/favicon.ico")
        ):
            self.complaints.append(f"{message.text} {message.location.get('url', '')}")

    def go(self, place: str) -> None:
        answer = self.page.goto(self.base + place)
        assert answer is not None
        assert answer.ok, place

    def open(self, *links: str) -> None:
        for link in links:
            self.page.get_by_role("link", name=link, exact=True).first.click()

    def press(self, button: str) -> None:
        self.page.get_by_role("button", name=button, exact=True).first.click()

    def shoot(self, name: str) -> None:
        if SHOTS:
            self.page.screenshot(path=str(Path(SHOTS) / f"{name}.png"), full_page=True)


Arrive = Callable[..., Desk]


@pytest.fixture
def arrive(browser: Browser, live_server) -> Iterator[Arrive]:
    desks: list[Desk] = []

    def arrive(user: User | None = None, *, script: bool = True) -> Desk:
        context = browser.new_context(viewport={"width": 1280, "height": 900}, java_script_enabled=script)
        context.set_default_timeout(15_000)
        if user is not None:
            client = signed_in(user)
            show_second_factor(client, user)
            cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies(
                [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
            )
        desks.append(Desk(context.new_page(), live_server.url))
        return desks[-1]

    yield arrive
    for desk in desks:
        desk.page.context.close()
    assert [line for desk in desks for line in desk.complaints] == []


@contextmanager
def within_a_minute() -> Iterator[None]:
    start = time.monotonic()
    yield
    assert time.monotonic() - start < A_MINUTE


def test_a_sentence_is_changed_seen_approved_scheduled_and_restored(arrive: Arrive) -> None:
    of = page(key="calm")
    before = content()
    ana = arrive(person("ana", "editor", first_name="Ana", last_name="Ruiz"))
    ben = arrive(person("ben", "publisher"))
    visitor = arrive()
    entry = shelf("en").find("guide", "calm")
    assert entry is not None
    public = entry.path("en")

    # She changes a sentence.
    with within_a_minute():
        ana.go("/staff/")
        ana.open("Guides", "A calm place")
        ana.shoot("01-words")
        ana.page.locator(BOX).first.click()
        ana.page.keyboard.press("Control+End")
        ana.page.keyboard.type(" Come by any evening.")
        ana.page.get_by_label("What changes, and why").first.fill("When we are open")
        ana.press("Save draft")
        expect(ana.page.get_by_text("Saved as a draft at")).to_be_visible()
    saved = of.revisions.get(number=2).content
    assert saved["en"].pop("part_1") == "<p>You can call us. We listen. Come by any evening.</p>"
    del before["en"]["part_1"]
    assert saved == before  # nothing else moved, and no box came back empty

    # She sees it as the public would, in both languages.
    with within_a_minute():
        ana.open("Preview")
        frame = ana.page.frame_locator("iframe")
        expect(frame.get_by_text("Come by any evening.")).to_be_visible()
        ana.shoot("02-preview")
        ana.open("Spanish")
        expect(frame.get_by_text("Lo oímos con calma.").first).to_be_visible()
        ana.open("Desktop", "Dark")
        expect(frame.locator("body")).to_have_css("background-color", "rgb(20, 25, 28)")
        ana.shoot("03-preview-dark")

    # She hands it over; a second person approves it and sets it for tomorrow.
    with within_a_minute():
        ana.open("Words")
        ana.press("Send to review")
        expect(ana.page.get_by_text("You wrote this, so somebody else must approve it.")).to_be_visible()
        ben.go("/staff/programs/program/board/")
        ben.open("A calm place")
        ben.press("Approve")
        tomorrow = timezone.localtime() + timedelta(days=1)
        ben.page.get_by_label("Date and time").fill(f"{tomorrow:%Y-%m-%dT%H:%M}")
        ben.shoot("04-approved")
        ben.press("Schedule")
        expect(ben.page.get_by_text("This text goes live on")).to_be_visible()
        ben.shoot("05-scheduled")
    visitor.go(public)
    expect(visitor.page.get_by_text("Come by any evening.")).to_have_count(0)

    # Tomorrow comes, and with it the first visitor.
    models.Revision.objects.filter(number=2).update(publish_at=timezone.now())
    models.GuideState.objects.update(next_due=timezone.now())
    visitor.go(public)
    expect(visitor.page.get_by_text("Come by any evening.")).to_be_visible()

    # She sees what it said before, and brings it back.
    with within_a_minute():
        ana.open("History")
        ana.press("Compare")
        expect(ana.page.locator("ins").last).to_contain_text("Come by any evening.")
        ana.shoot("06-compare")
        ana.open("History")
        ana.press("Restore 1")
        expect(ana.page.get_by_text("The words of revision 1 are a new draft now.")).to_be_visible()
        ana.shoot("07-restored")
    assert of.revisions.get(number=3).content == of.revisions.get(number=1).content
    visitor.go(public)
    expect(
        visitor.page.get_by_text("Come by any evening.")
    ).to_be_visible()  # until somebody approves that too


def test_hostile_text_typed_into_the_editor_is_text(arrive: Arrive) -> None:
    of = page(key="calm")
    ana = arrive(person("ana", "editor"))
    ana.go(at(of, "change"))
    dialogs: list[str] = []
    ana.page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.accept()))

    ana.page.locator(BOX).first.click()
    ana.page.keyboard.press("Control+End")
    ana.page.keyboard.type("<img src=x onerror=alert(1)><script>alert(2)</script>")
    ana.press("Save draft")
    ana.open("Preview")

    expect(ana.page.frame_locator("iframe").get_by_text("<script>alert(2)</script>")).to_be_visible()
    assert dialogs == []


def test_a_link_to_a_page_of_this_site_survives_the_editor(arrive: Arrive) -> None:
    of = page(key="calm", live=False)
    linked = '<p>See <a href="page:other">the other page</a>, <a href="https://findtreatment.gov/">FindTreatment</a>.</p>'
    rich = "<h3>First</h3><ul><li>One</li><li><strong>Two</strong></li></ul><ol><li>A</li></ol><blockquote><p>Q</p></blockquote>"
    services.start_with(of, content(en_part_1=linked, es_part_1=rich), note="x")
    page(key="other")
    ana = arrive(person("ana", "editor"))
    ana.go(at(of, "change"))

    ana.page.get_by_label("Title, English").fill("Another title")
    expect(ana.page.locator(BOX)).to_have_count(2)
    ana.press("Save draft")

    expect(ana.page.get_by_text("Saved as a draft at")).to_be_visible()
    saved = of.revisions.get(number=2).content
    assert saved["en"]["part_1"] == linked
    assert saved["es"]["part_1"] == rich


def test_two_editors_meet_and_neither_loses_a_word(arrive: Arrive) -> None:
    of = page(key="calm")
    ana = arrive(person("ana", "editor", first_name="Ana", last_name="Ruiz"))
    otto = arrive(person("otto", "editor"))
    ana.go(at(of, "change"))
    otto.go(at(of, "change"))
    expect(otto.page.get_by_text("Ana Ruiz has had this page open since")).to_be_visible()

    for desk, words in ((ana, " First."), (otto, " Second.")):
        desk.page.locator(BOX).first.click()
        desk.page.keyboard.press("Control+End")
        desk.page.keyboard.type(words)
        desk.press("Save draft")
    expect(otto.page.get_by_text("Nothing is lost")).to_be_visible()
    expect(otto.page.locator("del", has_text="First.")).to_be_visible()
    expect(otto.page.locator("ins", has_text="Second.")).to_be_visible()
    expect(otto.page.locator(BOX).first).to_contain_text("Second.")
    otto.shoot("08-two-editors")
    otto.page.get_by_label("What changes, and why").first.fill("Agreed with Ana")
    otto.press("Save mine in place of theirs")

    expect(otto.page.get_by_text("Saved as a draft at")).to_be_visible()
    assert "Second." in of.revisions.get(number=3).content["en"]["part_1"]
    assert "First." in of.revisions.get(number=2).content["en"]["part_1"]


def test_everything_works_without_a_script(arrive: Arrive) -> None:
    of = page(key="calm")
    ana = arrive(person("ana", "editor"), script=False)
    ana.go(at(of, "change"))

    ana.page.get_by_label("Text 1, English").fill(
        "<h3>Evenings</h3><p onclick=x>Come by.</p><script>alert(1)</script>"
    )
    ana.press("Save draft")

    expect(ana.page.get_by_text("Saved as a draft at")).to_be_visible()
    assert of.revisions.get(number=2).content["en"]["part_1"] == "<h3>Evenings</h3><p>Come by.</p>"
    ana.go(at(of, "change") + "?view=es")
    expect(ana.page.frame_locator("iframe").get_by_text("Un lugar en calma").first).to_be_visible()


def test_what_is_typed_is_kept_without_a_press_and_taken_back_in_another_window(arrive: Arrive) -> None:
    of = page(key="calm")
    writer = person("ana", "editor")
    ana = arrive(writer)
    ana.page.clock.install()
    ana.go(at(of, "change"))
    said = ana.page.locator("[data-kept]")
    title = ana.page.get_by_label("Title, English")

    # Leaving a box keeps it; the focus stays where she went.
    ana.page.locator(BOX).first.click()
    ana.page.keyboard.press("Control+End")
    ana.page.keyboard.type(" Come by any evening.")
    title.focus()
    expect(said).to_contain_text("Saved ")
    expect(title).to_be_focused()
    ana.shoot("09-kept")

    # So does time, in the middle of a word.
    ana.page.keyboard.type("Calm and ")
    expect_kept(ana, of, "title", "Calm and A calm place")
    expect(title).to_be_focused()

    # Out of reach, and signed in anew elsewhere: it is said, tried again, and nothing is lost.
    ana.page.context.set_offline(True)
    ana.page.keyboard.type("quiet. ")
    ana.page.clock.fast_forward(10_000)
    expect(said).to_contain_text("Not saved yet: the server is not reached.")
    ana.shoot("10-not-kept")
    ana.page.context.set_offline(False)
    cookies = ana.page.context.cookies()
    ana.page.context.clear_cookies()
    ana.page.clock.fast_forward(10_000)
    expect(said).to_contain_text("Not saved yet: you are signed out.")
    ana.page.context.add_cookies([one for one in cookies if one["name"] == settings.SESSION_COOKIE_NAME])  # type: ignore[list-item]
    expect_kept(ana, of, "title", "Calm and quiet. A calm place")
    ana.complaints = [line for line in ana.complaints if "ERR_INTERNET" not in line and "403" not in line]
    assert of.revisions.count() == 1

    # Another window: her words are offered, and taken back.
    other = Desk(ana.page.context.new_page(), ana.base)
    other.go(at(of, "change"))
    expect(other.page.get_by_text("You have unsaved words from")).to_be_visible()
    look(other, "offered")
    other.press("Take my words back")
    expect(other.page.get_by_label("Title, English")).to_have_value("Calm and quiet. A calm place")
    expect(other.page.locator(BOX).first).to_contain_text("Come by any evening.")
    look(other, "taken")
    other.press("Save draft")
    expect(other.page.get_by_text("Saved as a draft at")).to_be_visible()
    assert "evening" in of.revisions.get(number=2).content["en"]["part_1"]
    assert other.complaints == []

    # The first window still asks before its words are left.
    asked: list[str] = []
    ana.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    ana.open("History")
    ana.page.wait_for_url("**/history/")
    assert asked == ["beforeunload"]


def expect_kept(desk: Desk, of: models.Page, key: str, words: str) -> None:
    """Let ten seconds go by, and wait until the words are kept."""
    desk.page.clock.fast_forward(10_000)
    kept = models.WorkingCopy.objects.filter(page=of)
    for _ in range(100):
        if [one.content["en"][key] for one in kept.all()] == [words]:
            break
        desk.page.wait_for_timeout(50)
    assert kept.get().content["en"][key] == words
    expect(desk.page.locator("[data-kept]")).to_contain_text("Saved ")


def test_unsaved_words_are_taken_back_without_a_script(arrive: Arrive) -> None:
    of = page(key="calm")
    writer = person("ana", "editor")
    words = content(en_title="Still here")
    copies.keep(of, words, by=writer, opened="before", base=1, note="")
    ana = arrive(writer, script=False)
    ana.go(at(of, "change"))
    expect(ana.page.get_by_label("Title, English")).to_have_value("A calm place")

    ana.press("Take my words back")
    expect(ana.page.get_by_label("Title, English")).to_have_value("Still here")
    ana.press("Save draft")

    expect(ana.page.get_by_text("Saved as a draft at")).to_be_visible()
    assert of.revisions.get(number=2).content["en"]["title"] == "Still here"
    assert not models.WorkingCopy.objects.exists()


WIDTHS = (1280, 360)
# The rest of what axe could say takes most of its time.
ONLY_WRONG = {"resultTypes": ["violations"], "preload": False}


def test_the_pages_are_readable_by_everyone(arrive: Arrive) -> None:
    of = page("program", "iop")
    author = person("ana", "editor")
    services.save_draft(of, content("program", en_summary="<p>A junkie calls 988.</p>"), by=author, note="x")
    fact = models.Fact.objects.create(
        key="line", kind="phone", label_en="Line", label_es="Línea", en="988", es="988"
    )
    # A change that waits, a page that ends, and words that lead to another page.
    waiting = models.Fact.objects.create(
        key="tty", kind="phone", label_en="TTY", label_es="TTY", en="711", es="711"
    )
    fact_changes.change(waiting, {"en": "1-800-487-4889"}, by=author, why="Their site gives a new number")
    near = page(key="near", live=False)
    services.start_with(near, content(en_part_1='<p>See <a href="page:iop">it</a>, [[tty]].</p>'), note="x")
    ending.end(near, at=timezone.now() + timedelta(days=2), by=author, note="x")
    ben = arrive(person("ben", "publisher"))
    places = {
        "words-ending": at(near, "change"),
        "fact-waiting": f"/staff/programs/fact/{waiting.pk}/change/",
        "words": at(of, "change"),
        "words-es": at(of, "change") + "?view=es",
        "preview": at(of, "preview_change"),
        "history": at(of, "history"),
        "compare": at(of, "compare_change") + "?a=1&b=2",
        "facts": at(of, "facts_change"),
        "pictures": at(of, "pictures_change"),
        "details": at(of, "details_change"),
        "add": "/staff/programs/guide/add/",
        "board": "/staff/programs/program/board/",
        "list": "/staff/programs/program/",
        "fact": f"/staff/programs/fact/{fact.pk}/change/",
        "track": "/staff/programs/track/add/",
    }
    for name, place in places.items():
        ben.go(place)
        if name.startswith("words"):
            expect(ben.page.locator("#row-summary .tiptap").last).to_have_attribute("aria-multiline", "true")
        look(ben, name)
    ben.go(at(of, "change"))
    ben.press("Send to review")
    expect(ben.page.get_by_text("Nothing was done yet.")).to_be_visible()
    look(ben, "refused")
    ben.go(at(of, "change"))
    ben.page.get_by_text("Set when the page ends").first.click()
    tomorrow = timezone.localtime() + timedelta(days=1)
    ben.page.locator("#end-at").fill(f"{tomorrow:%Y-%m-%dT%H:%M}")
    ben.page.locator("#end-note").fill("The house closes")
    look(ben, "ending")
    ben.press("Set when the page ends")
    expect(ben.page.get_by_text("This page is needed. Change what needs it")).to_be_visible()
    look(ben, "needed")
    ben.page.get_by_label("Why it goes although it is needed").fill("Its page says where to go instead")
    ben.press("Set when the page ends")
    expect(ben.page.get_by_text("This page ends on")).to_be_visible()
    ben.go(places["fact-waiting"])
    ben.press("Refuse it")
    expect(ben.page.get_by_text("Say why in a sentence.")).to_be_visible()
    look(ben, "fact-refused")


def look(desk: Desk, name: str) -> None:
    for width in WIDTHS:
        desk.page.set_viewport_size({"width": width, "height": 900})
        wide = desk.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, f"{name} is {wide} px too wide at {width}"
    heard = len(desk.complaints)
    found = Axe().run(desk.page, context="#content-main", options=ONLY_WRONG).response["violations"]
    del desk.complaints[heard:]  # the tool itself asks for styles that the page's policy forbids
    assert not found, (name, [(f["id"], [n["html"] for n in f["nodes"]][:3]) for f in found])
    small = desk.page.evaluate(
        """() => [...document.querySelectorAll("#content-main .button, #content-main .ed-views a, #content-main input[type=text]")]
        .filter(e => e.offsetParent && e.getBoundingClientRect().height < 43.5).map(e => e.outerHTML.slice(0, 90))"""
    )
    assert small == [], name
    for width in WIDTHS if SHOTS else ():
        desk.page.set_viewport_size({"width": width, "height": 900})
        for theme in ("dark", "light"):
            desk.page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
            desk.shoot(f"page-{name}-{width}-{theme}")
