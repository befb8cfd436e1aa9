"""Light enough for an old phone on a bad line, and silent towards everybody else."""

from collections.abc import Callable

import pytest

from tests.browser import people
from tests.browser.conftest import Visitor
from tests.browser.visits import Visit

pytestmark = pytest.mark.browser

KILO = 1024
NERVOUS = people.with_outcome("medical_first", "me").answers
PAGES: dict[str, tuple[Callable[[Visit], object], float, int]] = {
    "question, many answers": (lambda visit: visit.at_question(NERVOUS, "now"), 15, 3),
    "question, four in one": (lambda visit: visit.at_question(NERVOUS, "nervous"), 15, 3),
    "help now": (lambda visit: visit.go("help_now"), 10, 4),
    "home": (lambda visit: visit.go("home"), 50, 4),
    "how it works": (lambda visit: visit.go("how_it_works"), 50, 4),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_first_visit_is_small(visitor: Visitor, language: str, name: str) -> None:
    """What the browser received for everything it asked for, headers and all, with gzip as the only compression."""
    opener, most, requests = PAGES[name]
    visit = visitor(language, extra_http_headers={"Accept-Encoding": "gzip"})
    network = visit.context.new_cdp_session(visit.page)
    network.send("Network.enable")
    received: list[float] = []
    network.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))

    opener(visit)
    visit.page.wait_for_load_state("networkidle")

    print(name, language, [int(x) for x in received], sum(received) / KILO, [s.path for s in visit.site.seen])
    assert len(received) <= requests
    assert sum(received) <= most * KILO


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
