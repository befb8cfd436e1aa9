"""Somebody with a keyboard and nothing else: every stop on the way is looked at, and every press is counted."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

PROBE = (Path(__file__).parent / "probe.js").read_text(encoding="utf-8")
LEAST_CONTRAST = 3.0
# The parts of a field for a date are stops of their own.
MOST_STOPS_IN_ONE = 8
MOST_TABS = 120
# The next press of Tab reaches the first stop; without the focus on the page itself it goes on from where it was.
START_AGAIN = """() => {
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute("tabindex");
    scrollTo(0, 0);
}"""
# Which element has the focus, and how it looks.
STOP = f"() => [[...document.querySelectorAll('*')].indexOf(document.activeElement), ({PROBE}).here()]"

# Whether this has the focus, and how what has it looks.
THERE = f"selector => [document.activeElement.matches(selector), ({PROBE}).here()]"


class Keys:
    """Presses keys on a page, and notes where the focus cannot be seen."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.wrong: list[str] = []
        self.presses = 0

    def at(self, selector: str) -> bool:
        return bool(self.page.evaluate("selector => document.activeElement.matches(selector)", selector))

    def here(self) -> str:
        """Return what has the focus, for a message."""
        return str(self.page.evaluate("document.activeElement.outerHTML.slice(0, 90)"))

    def number(self) -> int:
        """Return the place of what has the focus among everything on the page."""
        return int(self.page.evaluate(STOP)[0])

    def restart(self) -> None:
        """Let the next press of Tab reach the first stop of the page."""
        self.page.evaluate(START_AGAIN)

    def reach(self, selector: str, *, most: int = MOST_TABS, key: str = "Tab") -> int:
        """Press Tab until this has the focus; return how often it took."""
        for presses in range(most + 1):
            there, stop = self.page.evaluate(THERE, selector)
            if presses or there:
                self._judge(stop)
            if there:
                return presses
            self.page.keyboard.press(key)
        raise AssertionError(f"not within {most} presses of {key}: {selector}; now at {self.here()}")

    def look(self) -> None:
        """What has the focus is in the window, under nothing, and shows it."""
        self._judge(self.page.evaluate(f"() => ({PROBE}).here()"))

    def _judge(self, stop: Any) -> None:
        if stop is None:
            return
        size: Any = self.page.viewport_size
        where = f"{stop['name']} at {size['width']} x {size['height']}"
        if stop["seen"] < stop["least"]:
            self._note(f"{where}: {stop['seen']} of 9 points seen")
        if stop["ring"] < LEAST_CONTRAST:
            self._note(f"{where}: its ring stands out by {stop['ring']:.1f}")

    def _note(self, line: str) -> None:
        if line not in self.wrong:
            self.wrong.append(line)

    def write(self, selector: str, text: str) -> None:
        """Reach a field, and type into it."""
        self.reach(selector)
        self.page.keyboard.type(text)

    def tick(self, selector: str) -> None:
        self.reach(selector)
        self.page.keyboard.press("Space")

    def choose(self, name: str, value: str) -> None:
        """Reach a group of choices of which one holds, and choose with the arrows."""
        self.reach(f"input[name={name}]")
        self.page.keyboard.press("Space")
        values = self.page.locator(f"input[name={name}]").evaluate_all("all => all.map(e => e.value)")
        steps = values.index(value) - values.index(self.page.evaluate("document.activeElement.value"))
        for _ in range(abs(steps)):
            self.page.keyboard.press("ArrowDown" if steps > 0 else "ArrowUp")
        self.look()

    def press(self, selector: str, *, key: str = "Enter") -> None:
        """Reach a button or a link, and press it; the next page is there afterwards."""
        self.reach(selector)
        self.send(key)

    def send(self, key: str = "Enter") -> None:
        self.presses += 1
        with self.page.expect_navigation(wait_until="domcontentloaded"):
            self.page.keyboard.press(key)

    def walk(self, *sizes: Any) -> None:
        """At each of these sizes, from the top to the last stop and back; raises when the focus is caught."""
        for size in sizes:
            self.page.set_viewport_size(size)
            self.restart()
            there = self._one_way("Tab")
            back = self._one_way("Shift+Tab")
            assert len(there) > 1, "there is somewhere to go"
            # Of choices of which one holds, one is a stop: the first on the way there, the last on the way back.
            assert len(set(back)) == len(set(there)), "who goes back passes what was passed on the way there"

    def _one_way(self, key: str) -> list[int]:
        passed: list[int] = []
        while len(passed) < MOST_TABS:
            self.page.keyboard.press(key)
            number, stop = self.page.evaluate(STOP)
            if stop is None or (number in passed and passed[-1] != number):
                return passed
            passed.append(number)
            assert passed.count(number) <= MOST_STOPS_IN_ONE, f"caught in {stop['name']}"
            self._judge(stop)
        raise AssertionError(f"no end after {MOST_TABS} presses of {key}")
