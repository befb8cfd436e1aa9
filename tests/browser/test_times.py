"""Real times on the result, in a browser: readable by everybody, at every size, and on two sheets of paper."""

from itertools import cycle

import pytest
from django.utils import timezone

from tests.browser import people
from tests.browser.conftest import Visitor
from tests.browser.inspection import LOOKS, NARROW, OTHER_LOOKS, inspect
from tests.browser.people import Person, Sheet
from tests.browser.test_print import MOST_PAGES, advice, pages_in
from tests.browser.test_states import WITH_COLORS
from tests.browser.visits import Visit
from tests.web.center import demo_center

pytestmark = pytest.mark.browser

UNFOLD = "document.querySelectorAll('main details').forEach(d => d.open = true)"
EVENINGS: Sheet = {"free_times": ("evenings",), "ties": ("work_or_school",), "live_away": ("no",)}
# Everything stands in the way: the longest list of reasons.
NOTHING: Sheet = {
    "free_times": ("weekends",),
    "ties": ("caring", "travel", "no_video"),
    "live_away": ("no",),
}


@pytest.fixture(autouse=True)
def _center(transactional_db: None) -> None:
    demo_center(timezone.localdate())


def with_week(person: Person, week: Sheet) -> Sheet:
    rest = {key: chosen for key, chosen in person.answers.items() if key not in week}
    return people.complete({**rest, **week})


SOMEBODY: dict[str, Sheet] = {
    "three that fit": with_week(people.named("Paula, works days"), EVENINGS),
    "less care": with_week(people.with_outcome("php"), EVENINGS),
    "nothing fits": with_week(people.named("Kofi"), NOTHING),
}


def test_nothing_is_wrong_with_times_on_the_result(visitor: Visitor, language: str) -> None:
    visit = visitor(language)
    wrong = {}
    for look, (name, sheet) in zip(
        cycle(LOOKS if language == "en" else OTHER_LOOKS), SOMEBODY.items(), strict=False
    ):
        visit.context.clear_cookies()
        visit.page.set_viewport_size(NARROW)
        visit.page.emulate_media(color_scheme="light")
        visit.holding(sheet)
        visit.go("result")
        visit.page.evaluate(UNFOLD)
        assert visit.page.locator(".track > svg.week").count() > 0
        if found := inspect(visit, look, colors=language == WITH_COLORS):
            wrong[name] = found

    assert not wrong


def test_the_drawing_is_nothing_to_a_screen_reader_and_the_times_are_words(visitor: Visitor) -> None:
    visit = visitor("en", script=False)
    visit.holding(SOMEBODY["three that fit"])
    visit.go("result")

    track = visit.page.locator(".track").first
    read = track.aria_snapshot()
    assert "5:30 p.m." in read.replace("\N{NO-BREAK SPACE}", " ")
    assert "Mon" not in read
    assert track.locator("svg").is_visible()


def _most_talkative() -> list[Person]:
    """The longest results with room for a timetable: those that are not about an emergency."""
    calm = [p for p in people.cases() if p.assessment().decision.lead in ("none", "medical_first")]
    return sorted(calm, key=advice)[-2:]


def test_copies_with_times_take_two_sheets(visitor: Visitor, language: str) -> None:
    visit = visitor(language, script=False)
    sheets = [with_week(person, NOTHING) for person in _most_talkative()]
    for sheet in [*SOMEBODY.values(), *sheets]:
        _print(visit, sheet)
        assert visit.page.locator(".track").count() > 0
        assert pages_in(visit.page.pdf(format="Letter")) <= MOST_PAGES


def _print(visit: Visit, sheet: Sheet) -> None:
    visit.holding(sheet)
    visit.go("print")
