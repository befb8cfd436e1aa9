"""Lighthouse on a phone, for several pages with one browser (lighthouse.mjs), and the bars for what it says."""

import json
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field, replace

from tests.audits import tools
from tests.browser.chromium import QUIET
from tests.conftest import find_browser

SCRIPT = tools.FOLDER / "lighthouse.mjs"
STEADY = ("accessibility", "best-practices", "seo")
FEWEST_POINTS = {"performance": 0.95, "accessibility": 1.0, "best-practices": 0.95, "seo": 0.95}
# Milliseconds to the largest part on the screen, milliseconds a tap may have to wait, share of the screen that moves.
MOST = {"lcp": 1800.0, "tbt": 50.0, "cls": 0.01}


@dataclass(frozen=True)
class Place:
    """A page to ask about: where it is, whose key opens it, and whether search engines may find it."""

    name: str
    url: str
    cookie: str = ""
    found_by_engines: bool = False


@dataclass(frozen=True)
class Report:
    """What Lighthouse says of a page. Numbers are measured only together with performance."""

    place: Place
    address: str
    error: str
    scores: dict[str, float]
    failed: list[str] = field(default_factory=list)
    numbers: dict[str, float] = field(default_factory=dict)

    def misses(self) -> list[str]:
        """Every bar this page is under."""
        wrong = [self.error] if self.error else []
        if self.address != self.place.url:
            wrong.append(f"it showed {self.address} instead")
        for category, points in self.scores.items():
            if points < FEWEST_POINTS[category] and (category != "seo" or self.place.found_by_engines):
                why = "; ".join(one for one in self.failed if one.startswith(category))
                wrong.append(f"{category} {points:.2f}, not {FEWEST_POINTS[category]:.2f} ({why})")
        wrong += [
            f"{name} {number:.2f}, not {MOST[name]:g}"
            for name, number in self.numbers.items()
            if number > MOST[name]
        ]
        return [f"{self.place.name}: {one}" for one in wrong]

    def best_of(self, other: "Report") -> "Report":
        """Measured again: a busy machine makes a page slower, never faster. What is not about time stays."""
        if self.error or other.error:
            return other if self.error else self
        quicker = {
            name: min(number, other.numbers[name]) for name, number in self.numbers.items() if name != "cls"
        }
        performance = max(self.scores["performance"], other.scores["performance"])
        return replace(
            self, scores=self.scores | {"performance": performance}, numbers=self.numbers | quicker
        )


def ask(places: Iterable[Place], categories: Iterable[str]) -> Iterator[Report]:
    by_name = {place.name: place for place in places}
    job = {
        "chromium": find_browser(),
        "flags": QUIET,
        "categories": list(categories),
        "pages": [asdict(place) for place in by_name.values()],
    }
    with subprocess.Popen(
        [str(tools.node()), str(SCRIPT)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as running:
        assert running.stdin
        assert running.stdout
        json.dump(job, running.stdin)
        running.stdin.close()
        for line in running.stdout:
            yield _report(json.loads(line), by_name)
    assert running.returncode == 0, "Lighthouse did not come to its end"


def _report(told: dict[str, object], by_name: dict[str, Place]) -> Report:
    numbers = {name: told[name] for name in MOST if told[name] is not None}
    scores = {name: points or 0.0 for name, points in dict(told["scores"]).items()}  # type: ignore[call-overload]
    return Report(
        place=by_name[str(told["name"])],
        address=str(told["address"]),
        error=str(told["error"]),
        scores=scores,
        failed=list(told["failed"]),  # type: ignore[call-overload]
        numbers=numbers,  # type: ignore[arg-type]
    )
