"""Light enough for an old phone on a bad line, and silent towards everybody else."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.browser import people
from tests.browser.conftest import Visitor
from tests.browser.visits import Visit

pytestmark = pytest.mark.browser

KILO = 1024
NERVOUS = people.with_outcome("medical_first", "me").answers
# How to get there; then how many kilobytes at most, headers and all, and in the help page's case without: it is the
# one that must come through on the worst line, where a proxy packs the headers (HTTP/2).
PAGES: dict[str, tuple[Callable[[Visit], object], float, float]] = {
    "question, many answers": (lambda visit: visit.at_question(NERVOUS, "now"), 15, 10),
    "question, four in one": (lambda visit: visit.at_question(NERVOUS, "nervous"), 15, 10),
    "help now": (lambda visit: visit.go("help_now"), 15, 10),
    "home": (lambda visit: visit.go("home"), 50, 50),
    "how it works": (lambda visit: visit.go("how_it_works"), 50, 50),
    "result": (lambda visit: (visit.holding(NERVOUS), visit.go("result")), 50, 50),
}
# The page, its looks, its script.
MOST_REQUESTS = 3


@dataclass
class Traffic:
    """What the browser received, as the browser itself counts it, with gzip as the only compression."""

    addresses: dict[str, str] = field(default_factory=dict)
    headers: dict[str, float] = field(default_factory=dict)
    whole: dict[str, float] = field(default_factory=dict)

    def listen(self, visit: Visit) -> None:
        network = visit.context.new_cdp_session(visit.page)
        network.send("Network.enable")
        network.on("Network.responseReceived", self._responded)
        network.on("Network.loadingFinished", self._finished)

    def _responded(self, event: dict[str, Any]) -> None:
        self.addresses[event["requestId"]] = event["response"]["url"]
        self.headers[event["requestId"]] = event["response"]["encodedDataLength"]

    def _finished(self, event: dict[str, Any]) -> None:
        self.whole[event["requestId"]] = event["encodedDataLength"]

    def on_the_wire(self) -> float:
        return sum(self.whole.values()) / KILO

    def content(self) -> float:
        return self.on_the_wire() - sum(self.headers.values()) / KILO

    def of_the_page(self) -> list[str]:
        """Without the icon of the tab: asked for once in a visit, after everything else."""
        return [url for url in self.addresses.values() if "favicon" not in url]


@pytest.mark.parametrize("name", PAGES)
def test_a_first_visit_is_small(visitor: Visitor, language: str, name: str) -> None:
    opener, most_on_the_wire, most_content = PAGES[name]
    visit = visitor(language, extra_http_headers={"Accept-Encoding": "gzip"})
    traffic = Traffic()
    traffic.listen(visit)

    opener(visit)
    visit.page.wait_for_load_state("networkidle")

    assert len(traffic.of_the_page()) <= MOST_REQUESTS
    assert traffic.on_the_wire() <= most_on_the_wire
    assert traffic.content() <= most_content
    assert 1 < traffic.content() < traffic.on_the_wire(), "it was compressed, and it was counted"


INJECTED = {
    "inline script": "const s = document.createElement('script'); s.textContent = 'window.ran = 1'; document.body.append(s)",
    "foreign script": "const s = document.createElement('script'); s.src = FOREIGN; document.body.append(s)",
    "handler": "document.body.insertAdjacentHTML('beforeend', '<a id=x onclick=\"window.ran = 1\">x</a>'); x.click()",
    "image": "new Image().src = FOREIGN",
    "style": "document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">x</p>')",
    "font": "new FontFace('x', `url(${FOREIGN})`).load().catch(() => 0)",
    "frame": "const f = document.createElement('iframe'); f.src = FOREIGN; document.body.append(f)",
    "fetch": "fetch(FOREIGN).catch(() => 0)",
    "beacon": "navigator.sendBeacon(FOREIGN)",
    "form": "const f = document.createElement('form'); f.action = FOREIGN; document.body.append(f); f.submit()",
    "base": "const b = document.createElement('base'); b.href = FOREIGN; document.head.append(b)",
}


def test_injected_code_neither_runs_nor_calls_home(visitor: Visitor) -> None:
    visit = visitor("en")
    visit.go("start")
    for name, code in INJECTED.items():
        refused = visit.page.evaluate(
            """([code, foreign]) => new Promise((done) => {
                const found = [];
                document.addEventListener("securitypolicyviolation", (e) => found.push(e.effectiveDirective));
                new Function("FOREIGN", code)(foreign);
                setTimeout(() => done(found), 150);
            })""",
            [code, visit.site.elsewhere],
        )
        assert refused, f"{name} was let through"
    assert visit.page.evaluate("window.ran") is None
    assert visit.site.seen_elsewhere == []
    # These were on purpose; and they show that the visitor would have noticed.
    assert visit.complaints
    visit.complaints.clear()
    visit.requested.clear()
