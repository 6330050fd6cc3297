"""Sums in columns are right, figure by figure."""

import pytest

from restorekit.synthesis.pages import generator
from restorekit.synthesis.texts.columns import (
    Layout,
    any_columns,
    columns_for,
    divided,
    stacked,
    taken_apart,
)


def rows_of(layout: Layout) -> list[str]:
    """What stands in each row, blanks between and before."""
    wide, tall = layout.size
    rows = [[" "] * wide for _ in range(tall)]
    for row, column, one in layout.cells:
        assert rows[row][column] == " ", "two in one place"
        rows[row][column] = one
    return ["".join(row).rstrip() for row in rows]


def test_numbers_are_added_subtracted_and_multiplied_below_each_other():
    assert rows_of(stacked(345, "-", 27)) == [" 345", "- 27", " 318"]
    assert rows_of(stacked(95, "+", 27)) == [" 95", "+27", "122"]
    assert rows_of(stacked(345, "×", 27)) == [" 345", "× 27", "2415", "690", "9315"]
    assert stacked(345, "×", 27).rules == ((1, 0, 3), (3, 0, 3))
    assert rows_of(stacked(661, "×", 50)) == ["  661", " × 50", "33050"]


def test_a_division_takes_away_step_by_step():
    layout = divided(1536, 7)
    assert rows_of(layout) == ["  219", "71536", " 14", "  13", "   7", "   66", "   63", "    3"]
    assert layout.rules == ((0, 1, 4), (2, 1, 2), (4, 2, 3), (6, 3, 4))
    assert layout.walls == ((1, 1, 1),)
    assert rows_of(divided(408, 4))[0] == " 102"


def test_a_number_is_divided_by_primes_until_one_is_left():
    layout = taken_apart(84)
    assert rows_of(layout) == ["284", "242", "321", "  7"]
    assert layout.rules == ((0, 1, 2), (1, 1, 2), (2, 1, 2)) and len(layout.walls) == 3


def test_only_sums_of_two_numbers_are_set_in_columns():
    assert columns_for("34+57") == stacked(34, "+", 57)
    assert columns_for("96÷4") == divided(96, 4)
    assert not any(map(columns_for, ("2×(3+4)", "3+4+5", "12", "x+3", "3-7")))


@pytest.mark.parametrize("seed", range(40))
def test_any_sum_is_whole(seed):
    rows = rows_of(any_columns(generator(seed, 3)))
    assert all(row.strip() for row in rows)
