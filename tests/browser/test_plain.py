"""Without scripts and without looks: on a text browser, an old phone, a line where half of the files never arrive."""

from itertools import pairwise

import pytest
from playwright.sync_api import Route

from tests.browser import people
from tests.browser.conftest import Visitor
from tests.browser.visits import Visit

pytestmark = pytest.mark.browser

# What may stand on a page, in the order it is read.
ORDER = [".skip", ".leave", ".crisis", ".brand", ".back", "h1", "main .opt, main .btn", ".foot"]


def out_of_order(visit: Visit) -> list[str]:
    """The parts of this page that do not follow each other down the page as they do in the source."""
    found = visit.probe("order")
    names, tops = [name for name, _ in found], [top for _, top in found]
    assert names == [part for part in ORDER if part in names]
    return [
        f"{visit.here()}: {name} is above {before}"
        for (before, above), (name, top) in pairwise(found)
        if top < above
    ] or ([] if tops[0] < tops[-1] else [f"{visit.here()}: everything is in one place"])


def test_a_check_reads_in_order_without_its_looks(visitor: Visitor, language: str) -> None:
    person = people.with_outcome("youth", "me")
    visit = visitor(language, script=False)

    def refuse(route: Route) -> None:
        route.abort()

    visit.page.route("**/*.css", refuse)
    visit.go("home")
    assert visit.page.evaluate("getComputedStyle(document.body).marginTop") == "8px", "as browsers have it"
    wrong = out_of_order(visit)
    visit.follow(".door")
    for _ in person.screens():
        wrong += out_of_order(visit)
        visit.answer(person.answers)
        if visit.is_at("safety"):
            wrong += out_of_order(visit)
            visit.keep_going()
    assert visit.is_at("answers")
    wrong += out_of_order(visit)
    visit.keep_going()
    assert visit.is_at("result")
    wrong += out_of_order(visit)

    # A file that does not arrive is what this test is about.
    visit.complaints.clear()
    assert not wrong
