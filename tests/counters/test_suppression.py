"""No hidden number can be worked out: shown by trying every table that fits, and by solving the sums."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.counters.suppression import SMALLEST_SHOWN, Shown, protect, protect_together

Rows = list[list[int]]

# Mostly numbers around the edge, where mistakes would be.
NUMBER = st.one_of(st.integers(0, 14), st.integers(0, 300))


def tables(
    most_rows: int, most_columns: int, number: st.SearchStrategy[int] = NUMBER
) -> st.SearchStrategy[Rows]:
    sizes = st.tuples(st.integers(1, most_rows), st.integers(1, most_columns))
    return sizes.flatmap(
        lambda size: st.lists(
            st.lists(number, min_size=size[1], max_size=size[1]), min_size=size[0], max_size=size[0]
        )
    )


def whole(shown: Shown) -> list[list[int | None]]:
    """The table with its totals, as it is seen."""
    rows: list[list[int | None]] = [
        [*cells, total] for cells, total in zip(shown.cells, shown.row_totals, strict=True)
    ]
    if shown.column_totals is not None:
        rows.append([*shown.column_totals, shown.total])
    return rows


def true(rows: Rows, columns_add_up: bool) -> Rows:
    found = [[*row, sum(row)] for row in rows]
    return [*found, [sum(column) for column in zip(*found, strict=True)]] if columns_add_up else found


def sums(seen: list[list[int | None]], columns_add_up: bool) -> list[dict[tuple[int, int], int]]:
    """Every sum a reader knows: cell -> 1 or -1, together 0."""
    height, width = len(seen), len(seen[0])
    found = [{(i, j): 1 if j < width - 1 else -1 for j in range(width)} for i in range(height)]
    if columns_add_up:
        found += [{(i, j): 1 if i < height - 1 else -1 for i in range(height)} for j in range(width)]
    return found


def other_numbers(
    seen: list[list[int | None]], real: Rows, columns_add_up: bool
) -> dict[tuple[int, int], bool]:
    """For each hidden cell, whether another whole table, near the real one, fits everything that is known."""
    hidden = [(i, j) for i, row in enumerate(seen) for j, value in enumerate(row) if value is None]
    known = sums(seen, columns_add_up)
    free = dict.fromkeys(hidden, False)
    for steps in product((0, 1, -1), repeat=len(hidden)):
        step = dict(zip(hidden, steps, strict=True))
        if any(real[i][j] + d < 1 for (i, j), d in step.items()):
            continue
        if all(sum(sign * step.get(cell, 0) for cell, sign in line.items()) == 0 for line in known):
            for cell, d in step.items():
                free[cell] |= d != 0
    return free


@settings(max_examples=150)
@given(tables(2, 2), st.booleans())
def test_another_table_fits_for_every_hidden_number(rows: Rows, columns_add_up: bool) -> None:
    seen = whole(protect(rows, columns_add_up=columns_add_up))

    assert all(other_numbers(seen, true(rows, columns_add_up), columns_add_up).values())


@settings(max_examples=60)
@given(tables(1, 6), st.booleans())
def test_another_row_fits_for_every_hidden_number(rows: Rows, columns_add_up: bool) -> None:
    seen = whole(protect(rows, columns_add_up=False))

    assert all(other_numbers(seen, true(rows, False), False).values())


def solved(seen: list[list[int | None]], columns_add_up: bool) -> set[tuple[int, int]]:
    """The hidden cells that the sums alone determine: Gauss, in whole fractions."""
    hidden = [(i, j) for i, row in enumerate(seen) for j, value in enumerate(row) if value is None]
    rows = [[Fraction(line.get(cell, 0)) for cell in hidden] for line in sums(seen, columns_add_up)]
    done = 0
    for column in range(len(hidden)):
        pivot = next((r for r in range(done, len(rows)) if rows[r][column]), None)
        if pivot is None:
            continue
        rows[done], rows[pivot] = rows[pivot], rows[done]
        rows[done] = [value / rows[done][column] for value in rows[done]]
        for r in range(len(rows)):
            if r != done and rows[r][column]:
                times = rows[r][column]
                rows[r] = [a - times * b for a, b in zip(rows[r], rows[done], strict=True)]
        done += 1
    single = [row for row in rows if sum(value != 0 for value in row) == 1]
    return {hidden[next(k for k, value in enumerate(row) if value)] for row in single}


@settings(max_examples=100)
@given(tables(9, 6), st.booleans())
def test_no_sum_gives_a_hidden_number_away(rows: Rows, columns_add_up: bool) -> None:
    assert solved(whole(protect(rows, columns_add_up=columns_add_up)), columns_add_up) == set()


@settings(max_examples=150)
@given(tables(8, 6), st.booleans())
def test_no_small_number_is_shown_and_what_is_shown_is_true(rows: Rows, columns_add_up: bool) -> None:
    seen = whole(protect(rows, columns_add_up=columns_add_up))

    for row, real in zip(seen, true(rows, columns_add_up), strict=True):
        for value, number in zip(row, real, strict=True):
            assert value in (None, number)
            assert value == number if number == 0 else value is None or value >= SMALLEST_SHOWN


@settings(max_examples=150)
@given(tables(8, 6), st.booleans())
def test_no_shown_total_tells_that_the_hidden_ones_together_are_few(rows: Rows, columns_add_up: bool) -> None:
    seen, real = whole(protect(rows, columns_add_up=columns_add_up)), true(rows, columns_add_up)
    lines = sums(seen, columns_add_up)

    for line in lines:
        *inner, total = line
        hidden = sum(real[i][j] for i, j in inner if seen[i][j] is None)
        assert seen[total[0]][total[1]] is None or hidden == 0 or hidden >= SMALLEST_SHOWN


@st.composite
def same_totals(draw: st.DrawFn) -> list[Rows]:
    """Two tables that split the same rows in two ways."""
    first = draw(tables(5, 4))
    width = draw(st.integers(1, 3))
    second = []
    for row in first:
        cuts = sorted(draw(st.lists(st.integers(0, sum(row)), min_size=width - 1, max_size=width - 1)))
        second.append([b - a for a, b in zip([0, *cuts], [*cuts, sum(row)], strict=True)])
    return [first, second]


@settings(max_examples=100)
@given(same_totals())
def test_tables_with_the_same_totals_never_tell_what_the_other_hides(pair: list[Rows]) -> None:
    first, second = (whole(one) for one in protect_together(pair))

    assert [row[-1] for row in first] == [row[-1] for row in second]
    for seen, rows in zip((first, second), pair, strict=True):
        assert solved(seen, True) == set()
        total = sum(map(sum, rows))
        assert seen[-1][-1] == total or 0 < total < SMALLEST_SHOWN


@given(tables(8, 6, st.integers(11, 500)), st.booleans())
def test_a_table_without_small_numbers_is_shown_whole(rows: Rows, columns_add_up: bool) -> None:
    assert whole(protect(rows, columns_add_up=columns_add_up)) == true(rows, columns_add_up)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([[100, 5]], [(None, None)]),  # 105 - 100 would tell
        ([[100, 50, 5]], [(100, None, None)]),
        ([[100, 0, 5]], [(None, 0, None)]),  # nobody is nobody
        ([[100, 60, 50, 3, 4]], [(100, 60, None, None, None)]),  # 7 together is few
        ([[100, 60, 9, 9]], [(100, 60, None, None)]),
        ([[2, 2]], [(None, None)]),
    ],
)
def test_what_a_row_looks_like(rows: Rows, expected: list[tuple[int | None, ...]]) -> None:
    assert list(protect(rows, columns_add_up=False).cells) == expected


def test_one_small_number_costs_the_cheapest_rectangle() -> None:
    shown = protect([[5, 80, 30], [40, 90, 20], [70, 60, 50]], columns_add_up=True)

    assert shown.cells == ((None, 80, None), (None, 90, None), (70, 60, 50))
    assert shown.row_totals == (115, 150, 180)
    assert shown.total == 445


def test_an_empty_table_and_a_table_of_nothing() -> None:
    assert protect([], columns_add_up=True) == Shown((), (), (), 0)
    assert protect([[0, 0]], columns_add_up=True) == Shown(((0, 0),), (0,), (0, 0), 0)


def test_the_proof_can_tell() -> None:
    """Its own must-fail twin: hiding only what is small gives it away."""
    rows = [[5, 80], [40, 90]]
    careless: list[list[int | None]] = [[None, 80, 85], [40, 90, 130], [45, 170, 215]]

    assert solved(careless, True) == {(0, 0)}
    assert other_numbers(careless, true(rows, True), True) == {(0, 0): False}
