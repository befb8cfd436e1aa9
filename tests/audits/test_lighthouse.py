"""What Lighthouse says of a few pages on a phone, without anything that is timed: `make audit` measures that."""

from collections.abc import Iterator

import pytest
from django.core.cache import caches

from programs import starter_content
from tests.audits.lighthouse import MOST, STEADY, Place, Report, ask
from tests.audits.places import FEW, every_place
from tests.browser.serving import Site, serve

pytestmark = [pytest.mark.audit, pytest.mark.once]


@pytest.fixture
def site(transactional_db: None) -> Iterator[Site]:
    with serve() as server, server.open() as site:
        caches["pages"].clear()
        starter_content.load()
        yield site
        caches["pages"].clear()


def test_lighthouse_finds_nothing_on_a_phone(site: Site) -> None:
    places = list(every_place(site.url, FEW))

    reports = list(ask(places, STEADY))

    assert [report.place for report in reports] == places
    assert len(places) == len(FEW)
    assert all(set(report.scores) == set(STEADY) for report in reports)
    assert not [miss for report in reports for miss in report.misses()]
    assert any(place.found_by_engines for place in places)
    assert not all(place.found_by_engines for place in places)


def report(*, engines: bool = True, address: str = "/", **numbers: float) -> Report:
    scores = {name: numbers.pop(name, 1.0) for name in ("performance", "accessibility", "seo")}
    return Report(Place("home", "/", found_by_engines=engines), address, "", scores, numbers=numbers)


def test_what_is_under_a_bar_is_said() -> None:
    assert report(lcp=1800, tbt=50, cls=0.01).misses() == []
    assert report(accessibility=0.99).misses() == ["home: accessibility 0.99, not 1.00 ()"]
    assert report(seo=0.5, engines=False).misses() == []
    assert len(report(seo=0.5, performance=0.94, tbt=51).misses()) == 3
    assert len(report(address="/elsewhere/").misses()) == 1


def test_measured_again_only_times_get_better() -> None:
    first = report(performance=0.9, accessibility=0.9, lcp=2000, tbt=20, cls=0.5)
    second = report(performance=1.0, accessibility=1.0, lcp=1000, tbt=40, cls=0.0)

    best = first.best_of(second)

    assert best.numbers == {"lcp": 1000, "tbt": 20, "cls": 0.5}
    assert best.scores["performance"] == 1.0
    assert best.scores["accessibility"] == 0.9
    assert set(best.numbers) == set(MOST)
