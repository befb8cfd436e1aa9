"""One person's browser on the site: where they are, what they answered, what their browser complained about."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Response

from screening import services
from tests.browser.people import ENGINE, Sheet, before
from tests.browser.serving import Site

PROBE = (Path(__file__).parent / "probe.js").read_text(encoding="utf-8")
SUBMIT = "main form button[type=submit]"
SEND = """answers => {
    const form = document.querySelector("main form");
    for (const input of form.querySelectorAll(".opt input")) input.checked = answers[input.name].includes(input.value);
    form.requestSubmit();
}"""
# Chromium writes a line for every page whose status is not a success; we ask for such pages on purpose.
EXPECTED_COMPLAINT = "Failed to load resource: the server responded with a status of"


class Visit:
    """A page in one language, with the site under it."""

    def __init__(self, page: Page, site: Site, language: str, *, complaints: list[str] | None = None) -> None:
        self.page, self.site, self.language = page, site, language
        self.complaints: list[str] = [] if complaints is None else complaints
        self.requested: list[str] = []
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        page.on("request", lambda request: self.requested.append(request.url))

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(EXPECTED_COMPLAINT):
            self.complaints.append(f"console: {message.text}")

    @property
    def context(self) -> BrowserContext:
        return self.page.context

    def path(self, name: str, *args: object) -> str:
        with translation.override(self.language):
            return reverse(f"screening:{name}", args=args)

    def address(self, name: str, *args: object) -> str:
        return self.site.url + self.path(name, *args)

    def here(self) -> str:
        return urlsplit(self.page.url).path

    def is_at(self, name: str, *args: object) -> bool:
        return self.here() == self.path(name, *args)

    def go(self, name: str, *args: object) -> Response:
        return self.open(self.path(name, *args))

    def open(self, path: str) -> Response:
        response = self.page.goto(self.site.url + path)
        assert response is not None
        return response

    def probe(self, question: str, *arguments: object) -> Any:
        """Ask the page itself; see probe.js."""
        return self.page.evaluate(f"given => ({PROBE})[{question!r}](...given)", list(arguments))

    # --- arriving somewhere without walking there ---

    def holding(self, answers: Sheet) -> None:
        """Give the browser the key to a check with these answers, saved as the site would save them."""
        token = services.start(answers["who"])
        services.record_answers(services.open_check(token), answers)
        self.context.add_cookies(
            [{"name": settings.SCREENING_COOKIE_NAME, "value": token, "url": self.site.url, "httpOnly": True}]
        )

    def at_question(self, answers: Sheet, question: str) -> Response:
        """Open the screen with this question, as somebody who has just answered the one before."""
        self.holding(before(answers, question))
        step = ENGINE.path(answers).holding(question)
        assert step is not None
        return self.go("step", step.number)

    # --- doing what a person does ---

    @contextmanager
    def moving(self) -> Iterator[None]:
        with self.page.expect_navigation(wait_until="domcontentloaded"):
            yield

    def keep_going(self) -> None:
        """The last button of a page that is not a question."""
        self.follow("main a.btn >> nth=-1")

    def press_continue(self) -> None:
        with self.moving():
            self.page.locator(SUBMIT).click()

    def press(self, name: str = "") -> None:
        """The first button of this name, or the first of all."""
        self.follow(f"{SUBMIT}[name={name}]" if name else SUBMIT)

    def follow(self, selector: str) -> None:
        with self.moving():
            self.page.locator(selector).first.click()

    def asked(self) -> list[str]:
        """The questions on this page, by the names of their controls."""
        names = self.page.locator("main form .opt input").evaluate_all("all => all.map(e => e.name)")
        return list(dict.fromkeys(names))

    def send(self, answers: Sheet) -> None:
        """Tick and send in one go, as fast as the browser can."""
        with self.moving():
            self.page.evaluate(SEND, answers)

    def choose(self, name: str, value: str) -> None:
        self.page.check(f'input[name="{name}"][value="{value}"]')

    def force(self, name: str, value: str) -> None:
        """Tick a box behind the back of the page's script."""
        self.page.evaluate(
            "([name, value]) => document.querySelector(`[name=${name}][value=${value}]`).checked = true",
            [name, value],
        )

    def write(self, name: str, text: str) -> None:
        """Put text into a field, also where nobody can type."""
        self.page.evaluate(
            "([name, text]) => document.querySelector(`[name=${name}]`).value = text", [name, text]
        )

    def unfold(self, most: int) -> None:
        self.page.evaluate(
            f"[...document.querySelectorAll('details')].slice(0, {most}).forEach(d => d.open = true)"
        )

    def cookies(self) -> dict[str, str]:
        return {cookie["name"]: cookie["value"] for cookie in self.context.cookies()}

    def forget(self, cookie: str | None = None) -> None:
        """Lose this cookie, or all of them."""
        if cookie:
            self.context.clear_cookies(name=cookie)
        else:
            self.context.clear_cookies()

    def tick(self, answers: Sheet) -> None:
        for name in self.asked():
            for value in answers[name]:
                self.choose(name, value)

    def answer(self, answers: Sheet) -> None:
        self.tick(answers)
        self.press_continue()

    def chosen(self) -> dict[str, list[str]]:
        """What is ticked on this page."""
        pairs = self.page.locator("main form .opt input:checked").evaluate_all(
            "all => all.map(e => [e.name, e.value])"
        )
        found: dict[str, list[str]] = {}
        for name, value in pairs:
            found.setdefault(name, []).append(value)
        return found
