"""The pages of figures and their files: who sees them, that small numbers are on none, and that nothing runs in a sheet."""

import csv
import io
import re
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta
from importlib import import_module
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission, User
from django.test import Client, override_settings
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from screening.counters import charts, dashboards, demo, desk, export, figures, tables, tiles
from screening.counters.models import Count
from screening.counters.services import Event, add
from screening.intake.models import AccessEntry, Attempt, CallRequest
from screening.intake.services import create_request
from screening.protocol import LIVE

pytestmark = pytest.mark.django_db

SignIn = Callable[..., Client]
MOST_QUERIES = 15
RIGHTS = ("view_figures", "export_figures")


def dice() -> Random:
    return Random("x")  # noqa: S311  nothing secret comes of it


@pytest.fixture
def signed_in() -> SignIn:
    def sign_in(*rights: str) -> Client:
        user = User.objects.create(username="+".join(rights) or "nobody", is_staff=True)
        user.user_permissions.set(
            Permission.objects.filter(content_type__app_label="counters", codename__in=rights)
        )
        client = Client()
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def monday() -> date:
    return figures.window().start


@pytest.fixture
def some(monday: date) -> None:
    """A few weeks of numbers, some of them small."""
    for week, (english, spanish) in enumerate([(60, 20), (50, 12), (40, 3)]):
        day = monday + timedelta(weeks=week)
        for language, number in (("en", english), ("es", spanish)):
            who = {"language": language, "voice": "self"}
            add(Counter({Event("start", **who): number, Event("result", **who): number - 2}), day)
        add(
            Counter(
                {Event("level", "iop", LIVE.version): english, Event("level", "php", LIVE.version): spanish}
            ),
            day,
        )


def page(name: str) -> str:
    return f"/staff/counters/count/page/{name}/"


def file(name: str) -> str:
    return f"/staff/counters/count/file/{name}/"


@pytest.mark.parametrize("name", dashboards.PAGES)
def test_a_page_asks_little_of_the_database_and_says_what_to_do(
    name: str, signed_in: SignIn, some: None, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in("view_figures")

    with django_assert_max_num_queries(MOST_QUERIES):
        answer = client.get(page(name))

    text = answer.content.decode()
    assert answer.status_code == 200
    assert text.count("If this is red:") == text.count('<section class="fg-tile')
    for tile in answer.context["tiles"]:
        assert len(tile.todo) > 60, tile.key
        assert all(table.caption in text for table in tile.tables)
    # A chart is never the only place where a number stands.
    assert text.count('class="fg-chart') <= text.count('class="fg-numbers"')
    assert " style=" not in text
    assert "Take these tables out" not in text


def test_figures_and_files_are_two_rights(signed_in: SignIn) -> None:
    viewer, exporter, nobody = (
        signed_in("view_figures"),
        signed_in("view_figures", "export_figures"),
        signed_in(),
    )

    assert [client.get(page("check")).status_code for client in (viewer, exporter, nobody)] == [200, 200, 403]
    assert [client.post(file("check")).status_code for client in (viewer, exporter, nobody)] == [
        403,
        200,
        403,
    ]
    assert exporter.get(file("check")).status_code == 405
    assert viewer.get(page("nothing")).status_code == 404
    assert exporter.post(file("nothing")).status_code == 404


def test_one_group_may_see_and_take_out_the_figures() -> None:
    import_module("screening.counters.migrations.0002_group").make(apps, None)  # a test may have emptied it

    holders = {right: set(Group.objects.filter(permissions__codename=right)) for right in RIGHTS}

    assert holders == {right: {Group.objects.get(name="figures")} for right in RIGHTS}


def test_no_small_number_leaves_by_a_page_or_a_file(signed_in: SignIn, some: None, monday: date) -> None:
    client = signed_in("view_figures", "export_figures")
    for name in dashboards.PAGES:
        context = client.get(page(name)).context
        shown = {
            value
            for tile in context["tiles"]
            for table in tile.tables
            if table.key != "errors"
            for row in table.rows
            for value in (*row.cells, row.total)
        }
        assert not shown & set(range(1, 11)), name
        rows = list(csv.DictReader(io.StringIO(client.post(file(name)).content.decode())))
        assert all(row["hidden"] == "1" for row in rows if row["value"] == "")
        small = [
            row for row in rows if row["value"] and 0 < int(row["value"]) < 11 and row["figure"] != "errors"
        ]
        assert not small


def test_the_funnel_adds_up_and_hides_a_small_language_with_the_other(some: None) -> None:
    of, (funnel, *_) = dashboards.page("check")
    start = funnel.tables[0].by_key["start"]

    assert (start.cells, start.total) == ((150, 35), 185)
    assert funnel.says.startswith("94%")
    assert len(of.weeks) == 13


def test_a_language_that_falls_behind_is_red(monday: date) -> None:
    for language, start, result in (("en", 200, 180), ("es", 100, 60)):
        who = {"language": language, "voice": "self"}
        add(Counter({Event("start", **who): start, Event("result", **who): result}), monday)

    gap = dashboards.page("check")[1][1]

    assert gap.red is True
    assert "90% in English, 60% in Spanish" in gap.says


def test_numbers_outside_the_last_whole_weeks_are_not_shown(monday: date) -> None:
    of = figures.window()
    who = {"language": "en", "voice": "self"}
    for day in (of.start - timedelta(days=1), of.end):
        add(Counter({Event("start", **who): 50}), day)

    assert dashboards.page("check")[1][0].tables[0].total("start") == 0


def test_two_versions_in_one_week_are_told_apart(monday: date) -> None:
    add(Counter({Event("level", "iop", "2026.1"): 30, Event("level", "php", "2026.2"): 40}), monday)

    mix = dashboards.page("outcomes")[1][0].tables[0]

    assert [row.label for row in mix.rows] == [
        f"{monday:%b} {monday.day} (2026.1)",
        f"{monday:%b} {monday.day} (2026.2)",
    ]


def some_desk(number: int) -> desk.DeskFigures:
    """Half the people are tried within two business hours, and none of them before a day on the wall."""
    waits = [6 * n for n in range(1, number + 1)]
    return desk.DeskFigures(
        requests=number + 20, tried=number, reached=30 * number // 40, offered=number // 2, kept=12 * number // 40,
        open_waits=waits, wall_waits=[1440 + wait for wait in waits],
    )  # fmt: skip


def test_the_desk_tells_waits_in_business_hours_and_beside_them_on_the_wall() -> None:
    tile = desk.desk(some_desk(40))

    assert "First try after 2 h of business hours for half, after 4 h for nine in ten" in tile.says
    assert "nights, weekends and days off counted, after 26 h and 28 h" in tile.says
    assert tile.red is False
    assert desk.desk(some_desk(48)).red is True, "nine in ten are to be tried within four business hours"
    assert tile.tables[0].by_key["kept"].cells == (12, 48)
    assert tile.tables[1].by_key["half"].cells == (130, 1570)
    files = export.figures(figures.window(), [tile]), export.codebook([tile])
    assert ",desk_waits,nine_in_ten,business,225,0" in files[0]
    assert ",desk_waits,half,total," not in files[0]
    assert "column,business,desk_waits,Minutes of business hours" in files[1]


def test_waits_of_few_people_are_told_to_nobody() -> None:
    few = desk.desk(some_desk(5))

    assert "a time not known" in few.says
    assert few.tables[0].by_key["kept"].cells == (None, None)
    assert few.tables[1].by_key["half"].words == ["hidden", "hidden"]


@override_settings(DESK_HOURS="mon-fri 09:00-17:00", DESK_TIME_ZONE="America/New_York", DESK_DAYS_OFF=[])
def test_a_weekend_is_no_wait_at_the_desk() -> None:
    ana = User.objects.create(username="ana")
    friday = datetime(2026, 3, 6, 18, tzinfo=ZoneInfo("America/New_York"))
    for number in range(12):
        receipt = create_request(name="Sam", value=f"555-010-{1000 + number}", now=friday)
        row = CallRequest.objects.get(reference=receipt.reference)
        at = friday + timedelta(days=2, hours=16)
        Attempt.objects.create(request=row, at=at, by=ana, outcome="reached")

    found = desk.desk_figures(figures.Window(date(2026, 3, 2), date(2026, 3, 9)))

    # Asked on Friday at six, tried on Monday at ten; the clocks went forward in between.
    assert set(found.open_waits) == {60}
    assert set(found.wall_waits) == {63 * 60}
    assert (found.requests, found.tried, found.reached, found.kept) == (12, 12, 12, 0)


def test_a_chart_draws_what_its_table_shows() -> None:
    plan = tables.Plan("x", "Numbers", "Row", (("a", "A"), ("b", "B")), "All", True)
    shown = tables.table(
        plan, [("one", "One", [100, 50]), ("two", "Two", [40, 5]), ("three", "Three", [30, 30])]
    )
    lying, standing = charts.bars(shown), charts.columns(shown)

    assert [word.text for word in lying.numbers][:2] == ["100", "50"]
    assert "hidden" in [word.text for word in lying.numbers]
    assert max(box.width for box in lying.boxes) == charts.PLOT
    heights: dict[float, float] = {}
    for box in standing.boxes:
        heights[box.x] = heights.get(box.x, 0) + box.height
    assert round(max(heights.values())) == charts.TALL
    assert ("rest", "hidden parts together") in standing.legend


# --- Files -------------------------------------------------------------------------------------------------------


def test_a_file_names_its_columns_the_same_way_every_time(signed_in: SignIn, some: None) -> None:
    client = signed_in("view_figures", "export_figures")
    answer = client.post(file("check"))
    rows = list(csv.reader(io.StringIO(answer.content.decode())))
    meanings = list(
        csv.DictReader(io.StringIO(client.post(file("check"), {"codebook": "1"}).content.decode()))
    )

    assert rows[0] == ["from", "to", "figure", "row", "column", "value", "hidden"]
    assert ["funnel_language", "start", "en", "150", "0"] in [row[2:] for row in rows]
    assert re.fullmatch(r'attachment; filename="figures-check-[\d-]+\.csv"', answer["Content-Disposition"])
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    explained = {(row["of"], row["name"]) for row in meanings}
    used = {(figure, name) for _, _, figure, row, column, *_ in rows[1:] for name in (row, column)}
    assert used <= explained | {(figure, "together") for figure, _ in used}
    assert {row["name"] for row in meanings if row["kind"] == "column of the file"} == set(rows[0])


def test_taking_figures_out_is_written_down_and_reading_the_codebook_is_not(signed_in: SignIn) -> None:
    client = signed_in("view_figures", "export_figures")
    client.post(file("check"), {"codebook": "1"})
    assert AccessEntry.objects.count() == 0

    client.post(file("outcomes"))

    entry = AccessEntry.objects.get()
    assert entry.who is not None
    assert (entry.who.get_username(), entry.action, entry.kind, entry.record) == (
        "view_figures+export_figures",
        "exported",
        "figures",
        "outcomes",
    )


DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "|", "%", "＝", "＋", "－", "＠")


@pytest.mark.parametrize("start", DANGEROUS)
@pytest.mark.parametrize("before", ["", " ", "\N{NO-BREAK SPACE}", "\N{IDEOGRAPHIC SPACE}"])
def test_no_cell_of_a_file_runs_in_a_spreadsheet(start: str, before: str) -> None:
    said = export.guarded(f"{before}{start}HYPERLINK(1)")

    assert said.startswith("'")
    assert "\0" not in said


@settings(max_examples=40)
@given(st.text(max_size=6))
def test_every_cell_is_guarded_and_nothing_else_is_changed(text: str) -> None:
    said = export.guarded(text)

    assert not said.lstrip().startswith(tuple(start for start in DANGEROUS if start.strip()))
    assert said.removeprefix("'") == text.replace("\0", "").removeprefix("'")


def test_a_dangerous_question_reaches_no_cell_unguarded() -> None:
    plan = tables.Plan("x", "=cmd()", "Row", (("a", "@SUM(1)"),))
    tile = tiles.Tile("t", "T", "", "", None, [], [tables.table(plan, [("+key", "-label", [20])])])

    written = export.figures(figures.window(), [tile]) + export.codebook([tile])

    cells = [cell for row in csv.reader(io.StringIO(written)) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


# --- The demonstration ---------------------------------------------------------------------------------------------


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "DAYS", 9)
    monkeypatch.setattr(demo, "A_DAY", (8,) * 7)


def stored() -> list[tuple[Any, ...]]:
    return sorted(
        Count.objects.values_list("day", "event", "subject", "version", "language", "voice", "count")
    )


def test_made_up_numbers_are_the_same_every_time_and_added_once(short: None) -> None:
    demo.fill(dice())
    first = stored()
    assert "already" in demo.fill(dice())[0]
    assert stored() == first

    Count.objects.all().delete()
    demo.fill(dice())
    assert stored() == first
    assert Count.of("start") > Count.of("result") > 0


def test_made_up_numbers_have_the_names_of_real_ones(short: None) -> None:
    demo.fill(dice())

    names = dashboards.names(LIVE)
    for event in ("level", "program", "lead"):
        assert set(Count.objects.filter(event=event).values_list("subject", flat=True)) <= set(names[event])
    known = {f"q{n:02}" for n in range(1, len(LIVE.questions) + 1)}
    assert set(Count.objects.filter(event="answered").values_list("subject", flat=True)) <= known
