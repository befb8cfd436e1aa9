"""Chromium as a person has it, back/forward cache and all, spoken to through a pipe.

Playwright turns that cache off and cannot follow a page that comes back from it, so with Playwright a test of what
Back shows would prove nothing.
"""

import json
import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

QUIET = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
ARGUMENTS = (
    *QUIET,
    "--window-size=400,800",
    "--remote-debugging-pipe",
)
PATIENCE = 20.0


class BrowserRefusedError(Exception):
    """The browser would not do what it was asked."""


class Chromium:
    """The DevTools protocol: JSON between zero bytes, down one pipe and up another."""

    def __init__(self, to_browser: int, from_browser: int) -> None:
        self._to, self._from = to_browser, from_browser
        self._unread = b""
        self._sent = 0

    def call(self, method: str, session: str | None = None, **parameters: Any) -> dict[str, Any]:
        self._sent += 1
        message: dict[str, Any] = {"id": self._sent, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        os.write(self._to, json.dumps(message).encode() + b"\0")
        while (answer := self._read()).get("id") != self._sent:
            pass
        if "error" in answer:
            raise BrowserRefusedError(f"{method}: {answer['error']['message']}")
        return dict(answer["result"])

    def _read(self) -> dict[str, Any]:
        while b"\0" not in self._unread:
            read = os.read(self._from, 1 << 16)
            if not read:
                raise BrowserRefusedError("the browser went away")
            self._unread += read
        message, self._unread = self._unread.split(b"\0", 1)
        return dict(json.loads(message))

    @contextmanager
    def tab(self, url: str, *, script: bool = True) -> Iterator["Tab"]:
        """A tab in a window of its own, with nothing kept from before."""
        window = self.call("Target.createBrowserContext")["browserContextId"]
        try:
            yield Tab(self, window, url, script=script)
        finally:
            self.call("Target.disposeBrowserContext", browserContextId=window)


class Tab:
    """One tab: goes places, goes back, and says what it shows."""

    def __init__(self, browser: Chromium, window: str, url: str, *, script: bool) -> None:
        self._browser, self._window = browser, window
        target = browser.call("Target.createTarget", url=url, browserContextId=window)["targetId"]
        answer = browser.call("Target.attachToTarget", targetId=target, flatten=True)
        self._session = answer["sessionId"]
        self._call("Page.enable")
        self._call("Emulation.setScriptExecutionDisabled", value=not script)
        self._wait_for("location.href !== 'about:blank' && document.readyState === 'complete'")

    def _call(self, method: str, **parameters: Any) -> dict[str, Any]:
        return self._browser.call(method, self._session, **parameters)

    def ask(self, script: str) -> Any:
        """What this JavaScript gives, on the page as it is now; also where the page may run none of its own."""
        answer = self._call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise BrowserRefusedError(str(answer["exceptionDetails"]))
        return answer["result"].get("value")

    def _wait_for(self, script: str) -> None:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                if self.ask(script) is True:
                    return
            except BrowserRefusedError:
                pass  # between two pages there is nobody to ask
            time.sleep(0.02)
        raise AssertionError(f"never came true: {script}")

    def do(self, script: str) -> None:
        """Do something that leads to another page, and wait for that page."""
        self.ask(f"window.left = true; {script}; 0")
        self._wait_for("!window.left && document.readyState === 'complete'")

    def open(self, url: str) -> None:
        """Type an address."""
        self.ask("window.left = true")
        self._call("Page.navigate", url=url)
        self._wait_for("!window.left && document.readyState === 'complete'")

    def history(self) -> tuple[int, list[dict[str, Any]]]:
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                answer = self._call("Page.getNavigationHistory")
            except BrowserRefusedError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.02)
            else:
                return answer["currentIndex"], answer["entries"]

    def back(self) -> bool:
        """Press Back, and let the page settle. Return whether there was anywhere to go."""
        here, entries = self.history()
        if here == 0:
            return False
        self._call("Page.navigateToHistoryEntry", entryId=entries[here - 1]["id"])
        deadline = time.monotonic() + PATIENCE
        while self.history()[0] >= here and time.monotonic() < deadline:
            time.sleep(0.02)
        self._wait_for("document.readyState === 'complete'")
        time.sleep(0.1)  # a page that came back from memory may be loading itself anew
        self._wait_for("document.readyState === 'complete'")
        return True

    def cookies(self) -> list[str]:
        answer = self._browser.call("Storage.getCookies", browserContextId=self._window)
        return [cookie["name"] for cookie in answer["cookies"]]


@contextmanager
def chromium(program: str) -> Iterator[Chromium]:
    """Start the browser. It listens on descriptor 3 and answers on 4; a shell puts them there."""
    down_read, down_write = os.pipe()
    up_read, up_write = os.pipe()
    with tempfile.TemporaryDirectory(prefix="iopguide-chromium-", ignore_cleanup_errors=True) as profile:
        command = f'exec "$0" "$@" 3<&{down_read} 4>&{up_write} {down_read}<&- {up_write}>&-'
        browser = subprocess.Popen(
            ["bash", "-c", command, program, *ARGUMENTS, f"--user-data-dir={profile}"],
            pass_fds=(down_read, up_write),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(down_read)
        os.close(up_write)
        try:
            yield Chromium(down_write, up_read)
        finally:
            browser.terminate()
            try:
                browser.wait(timeout=10)
            except subprocess.TimeoutExpired:
                browser.kill()
                browser.wait()
            os.close(down_write)
            os.close(up_read)
