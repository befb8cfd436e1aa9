"""Real times on the result: what fits a week, what stands in the way, and never less care without the words for it."""

import re
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from django.utils.translation import gettext

from programs.fit import LADDER, Span
from programs.models import Page, Track
from programs.times import clock, listed, time_lines
from programs.track_rows import offered, track_rows
from programs.week_picture import FIRST_HOUR, HOUR, TOP, picture
from screening import services
from screening.engine.answers import Chosen
from screening.models import Screening
from screening.protocol import LIVE
from screening.sealing import seals_for
from screening.times_page import TimesPage, times_page
from screening.week import FREE_TIMES, LIVE_AWAY, TIES
from tests.web.center import TODAY, demo_center, offer, programs
from tests.web.walk import (
    LANGUAGES,
    VOICES,
    Visitor,
    along_its_path,
    calm,
    engine,
    in_voice,
    outcome,
    people,
)
from tests.web.walk import (
    Page as HtmlPage,
)

pytestmark = pytest.mark.django_db

SIGNS = ["strong_urges", "fell_behind", "could_not_cut_down", "more_than_meant"]
EVENINGS = {FREE_TIMES: ("evenings",), TIES: ("work_or_school",), LIVE_AWAY: ("no",)}
FREE_WEEK = {FREE_TIMES: ("any_time",), TIES: ("none",), LIVE_AWAY: ("yes",)}
WEEKS: tuple[dict[str, Chosen], ...] = (
    {},
    EVENINGS,
    FREE_WEEK,
    {**FREE_WEEK, LIVE_AWAY: ("no",)},
    {FREE_TIMES: ("hardly_any",), TIES: ("caring", "travel", "no_video"), LIVE_AWAY: ("no",)},
)
MON_TO_FRI = (0, 1, 2, 3, 4)
HEADING = "Times that may fit"
LESS_CARE = "Less than we suggest."
NOTHING_FITS = "No time here fits that week."


def iop(week: dict[str, Chosen] | None = None) -> dict[str, Chosen]:
    """Somebody for whom an IOP is suggested, with this week."""
    answers = calm({"substances": ["cannabis"], "signs": SIGNS})
    assert outcome(answers)[:3] == ("none", "iop", "iop")
    return with_week(answers, week or EVENINGS)


def with_week(answers: dict[str, Chosen], week: dict[str, Chosen]) -> dict[str, Chosen]:
    return along_its_path({**answers, **week})


def reaching(lead: str, level: str, program: str | None = None) -> dict[str, Chosen]:
    return next(
        answers
        for (found_lead, found_level, found_program, _), answers in sorted(people().items())
        if (found_lead, found_level) == (lead, level) and program in (None, found_program)
    )


def at(answers: dict[str, Chosen], language: str = "en", address: str = "result") -> HtmlPage:
    visitor = Visitor(language).sit_down(answers)
    assert visitor.go(address).status_code == 200
    return visitor.page


def told(answers: dict[str, Chosen]) -> TimesPage | None:
    """What the section is made of, without rendering the whole page."""
    check = services.OpenCheck(Screening(), seals_for("token")[0], engine(), answers)
    return times_page(check, check.assessment())


def section(page: HtmlPage, language: str = "en") -> str:
    """The words between this heading and the next big one."""
    with translation.override(language):
        heading = gettext(HEADING)
    found = re.search(rf"<h2>{heading}</h2>(.*?)<h2", page.html, re.DOTALL)
    return HtmlPage(found[1]).text if found else ""


def level_of(shown: Any) -> str:
    return next(care.key for care in LIVE.care if care.name.en == shown.kind)


# --- what is shown -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", ["result", "print"])
def test_without_offers_nothing_is_said_of_times(language: str, address: str) -> None:
    offer("iop", MON_TO_FRI, active=False)

    page = at(iop(), language, address)

    assert section(page, language) == ""
    assert "week.css" not in page.html
    assert 'class="week"' not in page.html


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("voice", VOICES)
@pytest.mark.parametrize("address", ["result", "print"])
def test_offers_that_fit_are_named_with_their_days_and_hours(language: str, voice: str, address: str) -> None:
    fits = offer("iop", (0, 2), language="both", places_left=2)
    offer("iop", (0, 2), (9, 12), name_en="By day", name_es="De día", language="both")

    page = at(in_voice(iop(), voice), language, address)

    words = section(page, language)
    with translation.override(language):
        (line,) = time_lines([Span(0, 18 * 60, 21 * 60), Span(2, 18 * 60, 21 * 60)])
        assert gettext("From what you told us, these times here may fit.") in words
        assert line.replace("\N{NO-BREAK SPACE}", " ") in words
    assert getattr(fits, f"name_{language}") in page.headings
    assert "week.css" in page.html
    drawn = re.findall(r'<rect class="meets" x=', page.html)
    assert len(drawn) == 2
    assert all('aria-hidden="true"' in svg for svg in re.findall(r"<svg class=\"week\"[^>]*>", page.html))
    assert ("De día" in words or "By day" in words) == (address == "result")  # folded, and not on paper


def test_at_most_three_are_named_soonest_first_and_the_nearest_other_with_its_clash() -> None:
    today = timezone.localdate()
    for number in range(5):
        offer("iop", (number,), name_en=f"Group {number}", next_start=today + timedelta(days=9 - number))
    offer("iop", (0, 5), name_en="Also Saturday")

    words = section(at(iop()))

    assert re.findall(r"Group \d", words) == ["Group 4", "Group 3", "Group 2"]
    assert "Also Saturday" in words
    assert "Outside the free times you gave: Saturday: 6 p.m. to 9 p.m." in words


def test_when_nothing_fits_it_is_said_with_the_next_step_and_exactly_what_is_in_the_way() -> None:
    offer("iop", MON_TO_FRI, (9, 12), places_left=0, language="es")

    page = at(iop({**EVENINGS, TIES: ("travel", "caring")}))

    words = section(page)
    assert NOTHING_FITS in words
    assert "#next" in {href for href, _ in page.links}
    for sentence in (
        "All its times are outside the free times you gave.",
        "No place is free now. Ask about a waiting list.",
        "It is in another language.",
        "It is in person, and it gives no rides.",
        "It has no child care.",
    ):
        assert sentence in words
    assert len(re.findall(r'<rect class="clash" x="\d+" y="\d+" width="\d+" height="\d+"', page.html)) == 6
    assert "Less than we suggest" not in words


def test_by_video_and_by_living_there_have_their_own_hurdles() -> None:
    offer("iop", (0,), format="video")
    assert "It is by video." in section(at(iop({**EVENINGS, TIES: ("no_video",)})))

    Track.objects.all().delete()
    offer("residential")
    words = section(at(with_week(reaching("none", "residential", "residential"), EVENINGS)))
    assert "People live there for some weeks." in words
    assert "Day and night: people live there" in words


def test_who_skipped_the_week_sees_the_times_and_that_nothing_was_said() -> None:
    demo_center()

    words = section(at(iop({FREE_TIMES: ("skip",)})))

    assert "You did not tell us about free times." in words
    assert "From what you told us" not in words


def test_answers_that_are_no_longer_on_the_path_do_not_count() -> None:
    offer("iop", (0,))
    answers = iop({**EVENINGS, TIES: ("travel",)})
    assert NOTHING_FITS in section(at(answers))

    assert NOTHING_FITS not in section(at({**answers, FREE_TIMES: ("skip",)}))


def test_the_page_links_to_the_question_about_the_week() -> None:
    demo_center()
    visitor = Visitor().sit_down(iop())
    visitor.go("result")

    visitor.open(visitor.page.link("Change what you said about the week"))

    assert FREE_TIMES in visitor.asked()


def test_a_start_that_has_passed_is_not_named_and_a_coming_one_is() -> None:
    today = timezone.localdate()
    late = offer("iop", (0,), next_start=today - timedelta(days=1))
    assert "Next start" not in section(at(iop()))

    Track.objects.filter(pk=late.pk).update(next_start=today)
    assert "Next start" in section(at(iop()))


def test_what_staff_type_is_shown_as_they_typed_it() -> None:
    offer("iop", (0,), name_en="<script>alert(1)</script>", place="<b>")

    html = at(iop()).html

    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)" in html
    assert "&lt;b&gt;" in html


def test_offers_of_archived_programs_are_not_named() -> None:
    offer("iop", (0,))
    Page.objects.update(archived=True)

    assert section(at(iop())) == ""


# --- care is never lowered -----------------------------------------------------------------------------------------


def test_nothing_below_the_suggested_level_is_called_a_fit_or_near_and_less_care_is_the_last_resort() -> None:
    """Everybody, with every kind of week."""
    demo_center()
    named_at_all, fell_back = 0, set()
    for (_, answers), week in product(sorted(people().items()), WEEKS):
        sheet = with_week(answers, week)
        decision, times = engine().assess_checked(sheet, explain=False).decision, told(sheet)
        if times is None:
            continue
        least = LADDER.index(decision.level if decision.level in LADDER else decision.possible_levels[0])
        named = [*times.fits, *([times.nearest] if times.nearest else [])]
        assert all(LADDER.index(level_of(one)) >= least for one in named)
        mental = "Mental health is treated too"
        assert decision.co_occurring == "none" or all(mental in one.row.details for one in named)
        named_at_all += bool(named)
        if times.fallback:
            assert decision.lead == "none"
            assert not decision.possible_leads
            assert not times.fits
            assert LADDER.index(level_of(times.fallback)) == least - 1
            assert times.fallback.label.startswith(LESS_CARE)
            fell_back.add(decision.level)
    assert named_at_all > 50
    assert fell_back == {"php", "residential"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("voice", VOICES)
def test_less_care_carries_its_words_on_the_page_and_on_paper(language: str, voice: str) -> None:
    offer("iop", (0,), language="both", co_occurring=True)
    answers = in_voice(with_week(reaching("none", "php", "php"), EVENINGS), voice)
    with translation.override(language):
        label = gettext(
            "Less than we suggest. Start there only with a doctor's or counselor's plan and a date to step up."
        )

    for address in ("result", "print"):
        assert label in section(at(answers, language, address), language)


@pytest.mark.parametrize("lead", ["emergency", "crisis_today", "medical_first"])
def test_after_a_danger_less_care_is_never_named(lead: str) -> None:
    demo_center()
    reached = [
        answers for (found, level, *_), answers in people().items() if found == lead and level == "php"
    ]
    for answers in reached[:3]:
        for address in ("result", "print"):
            assert LESS_CARE not in section(at(with_week(answers, EVENINGS), address=address))
    assert reached


def test_the_copy_for_paper_of_an_emergency_has_no_timetable() -> None:
    demo_center()

    assert section(at(with_week(reaching("emergency", "php"), FREE_WEEK))) != ""
    assert section(at(with_week(reaching("emergency", "php"), FREE_WEEK), address="print")) == ""
    assert section(at(with_week(reaching("medical_first", "iop"), FREE_WEEK), address="print")) != ""


def test_more_care_is_named_only_where_the_suggested_level_has_no_time_and_says_so() -> None:
    offer("php", (0, 1), name_en="Higher", language="both")
    assert "More care than we suggest." in section(at(iop()))

    offer("iop", (0,), name_en="Suggested")
    words = section(at(iop()))
    assert "Suggested" in words
    assert "More care than we suggest." not in words


def test_a_young_person_and_thin_answers_get_no_times_and_cost_no_query() -> None:
    demo_center()
    young = next(answers for (_, level, *_), answers in people().items() if level == "youth")
    thin = next(answers for (*_, possible), answers in people().items() if possible > 2)
    for answers in (young, thin):
        with CaptureQueriesContext(connection) as context:
            assert section(at(answers)) == ""
        assert not [query for query in context.captured_queries if "programs_track" in query["sql"]]


def test_times_change_nothing_else_on_the_page() -> None:
    answers = iop(FREE_WEEK)
    before = at(answers)
    demo_center()
    after = at(answers)

    assert section(after) != ""
    assert after.text.replace(section(after), "").replace(HEADING, "").split() == before.text.split()


# --- offers in words, for program pages ----------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_program_page_gets_its_own_open_offers_in_its_language_with_two_queries(language: str) -> None:
    demo_center()
    offer("iop", (0,), name_en="Closed", name_es="Cerrado", active=False)
    page = programs()["iop"]

    with CaptureQueriesContext(connection) as context:
        rows = track_rows(page, language)

    assert len(context.captured_queries) == 2
    names = {getattr(track, f"name_{language}") for track in Track.objects.filter(program=page, active=True)}
    assert {row.name for row in rows} == names
    assert all(row.times and row.details and row.picture for row in rows)
    assert track_rows(page.pk, language) == rows
    assert translation.get_language() == "en"


@pytest.mark.parametrize(
    "minutes, said",
    [(0, "midnight"), (30, "12:30 a.m."), (540, "9 a.m."), (720, "noon"), (750, "12:30 p.m."), (1080, "6 p.m."),
     (1439, "11:59 p.m."), (1440, "midnight")],
)  # fmt: skip
def test_a_time_of_day_in_words(minutes: int, said: str) -> None:
    assert clock(minutes).replace("\N{NO-BREAK SPACE}", " ") == said


def test_days_with_the_same_hours_are_one_line_in_the_order_of_the_week() -> None:
    meetings = [Span(3, 540, 720), Span(0, 1080, 1260), Span(1, 540, 720), Span(5, 540, 720)]

    lines = [line.replace("\N{NO-BREAK SPACE}", " ") for line in time_lines(meetings)]

    assert lines == ["Monday: 6 p.m. to 9 p.m.", "Tuesday, Thursday and Saturday: 9 a.m. to noon"]
    assert listed([]) == ""


# --- the drawing ---------------------------------------------------------------------------------------------------


def test_a_meeting_stands_where_its_day_and_hours_are() -> None:
    early, late = picture([Span(0, 9 * 60, 12 * 60), Span(6, 18 * 60, 21 * 60)]).blocks

    assert (early.y - TOP, early.height) == (HOUR * (9 - FIRST_HOUR), HOUR * 3)
    assert late.y - early.y == 9 * HOUR
    assert (late.x - early.x) % 6 == 0
    assert late.x + late.width < picture([]).width


def test_the_drawing_grows_for_meetings_outside_its_hours_and_never_lets_free_time_stick_out() -> None:
    small = picture([], [Span(0, 0, 1440)])
    big = picture([Span(0, 5 * 60, 23 * 60 + 1)], [Span(0, 0, 1440)])

    assert big.height - small.height == HOUR * (3 + 2)
    for drawn in (small, big):
        assert all(block.y >= TOP and block.y + block.height <= drawn.height for block in drawn.blocks)


def test_free_time_lies_under_meetings_and_clashes_look_different() -> None:
    meets, clash = Span(0, 600, 660), Span(1, 600, 660)

    blocks = picture([meets, clash], [Span(0, 540, 1020)], [clash]).blocks

    assert [block.kind for block in blocks] == ["free", "meets", "clash"]


# --- the made-up center --------------------------------------------------------------------------------------------


def test_the_made_up_offers_are_added_once_and_only_to_programs_there_are() -> None:
    demo_center()
    first = list(Track.objects.order_by("pk").values())
    Track.objects.filter(pk=first[0]["id"]).update(place="Somewhere else")
    demo_center(TODAY + timedelta(days=400))

    assert len(first) == Track.objects.count() == 11
    assert Track.objects.get(pk=first[0]["id"]).place == "Somewhere else"
    assert {track.program.key for track in offered()} == {
        "outpatient",
        "iop",
        "php",
        "dual_diagnosis",
        "residential",
    }


def test_without_program_pages_nothing_is_made_up() -> None:
    from programs.demo_tracks import seed

    assert seed(TODAY) == 0
    assert not Track.objects.exists()
