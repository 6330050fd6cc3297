import numpy as np
import pytest

from restorekit.inferencers.rules import find_rules, line_between


@pytest.fixture
def dark():
    """A sheet with one rule of 3 px, 200 px long."""
    dark = np.zeros((120, 300), bool)
    dark[50:53, 40:240] = True
    return dark


def test_a_rule_is_one_piece(dark):
    ((piece,),) = find_rules(dark)
    assert (piece.first, piece.end) == (40, 240)
    assert (piece.centres == 51).all()
    assert (piece.heights == 3).all()
    whole = np.zeros_like(dark)
    whole[piece.rows, piece.columns] = True
    assert np.array_equal(whole, dark)


def test_what_crosses_a_rule_parts_it_and_the_parts_stay_together(dark):
    dark[30:70, 100:105] = True
    ((first, second),) = find_rules(dark)
    assert (first.first, first.end, second.first, second.end) == (40, 100, 105, 240)
    line, off = line_between(first, second)
    np.testing.assert_allclose(line, [0, 51], atol=1e-9)
    assert off < 1e-9


def test_a_stroke_that_leaves_a_rule_at_a_slant_is_no_part_of_it(dark):
    for column in range(100, 160):
        dark[54 + (column - 100) // 2, column] = True  # flat enough for a rule, and thin
    dark[53, 98:104] = True
    (rule,) = (own for own in find_rules(dark) if own[0].first == 40)
    assert max(piece.rows.max() for piece in rule) == 53
    assert (rule[0].first, rule[-1].end) == (40, 240)


def test_ink_along_a_rule_that_thickens_it_parts_it_as_ink_across_it_does(dark):
    dark[53, 90:100] = True
    dark[53:55, 100:130] = True
    ((first, second),) = find_rules(dark)
    assert (first.first, first.end, second.first, second.end) == (40, 100, 130, 240)


@pytest.mark.parametrize(("bare", "rules"), [(6, 1), (7, 2)])
def test_bare_paper_parts_rules_where_it_is_more_than_broken_print(dark, bare, rules):
    dark[:, 140 : 140 + bare] = False
    assert len(find_rules(dark)) == rules


@pytest.mark.parametrize(("ink", "rules"), [(80, 1), (81, 2)])
def test_ink_hides_so_much_of_a_rule_and_no_more(dark, ink, rules):
    dark[46:57, 110 : 110 + ink] = True
    assert len(find_rules(dark)) == (rules if 240 - 110 - ink >= 60 else 1)
    dark[50:53, 240:300] = True
    assert len(find_rules(dark)) == rules


@pytest.mark.parametrize(("off", "rules"), [(2, 1), (6, 2)])
def test_rules_side_by_side_are_one_where_they_are_on_one_line(dark, off, rules):
    dark[:, 140:] = False
    dark[50 + off : 53 + off, 146:240] = True
    dark[46:62, 140:146] = True
    assert len(find_rules(dark)) == rules


def test_a_piece_carries_on_one_rule_alone(dark):
    dark[:] = False
    dark[49:51, 40:130] = dark[53:55, 40:130] = dark[51:53, 136:240] = True
    assert sorted(len(rule) for rule in find_rules(dark)) == [1, 2]


def test_bars_letters_and_short_lines_are_no_rules():
    dark = np.zeros((120, 300), bool)
    dark[10:19, 20:280] = True  # a bar of 9 px
    dark[40:43, 20:79] = True  # 59 px long
    dark[60:90, 100:103] = True
    assert find_rules(dark) == []
    dark[40:43, 79] = True
    assert len(find_rules(dark)) == 1


def test_a_rule_may_slope(dark):
    dark[:] = False
    columns = np.arange(20, 280)
    middle = np.rint(40 + columns / 8).astype(int)
    for off in (-1, 0, 1):
        dark[middle + off, columns] = True
    ((piece,),) = find_rules(dark)
    assert np.array_equal(piece.centres, middle)


def test_transposed_it_finds_upright_rules(dark):
    assert find_rules(dark.T) == []
    assert len(find_rules(np.ascontiguousarray(dark.T).T)) == 1


def test_a_page_without_rules_has_none():
    assert find_rules(np.zeros((5, 7), bool)) == []
    assert find_rules(np.ones((5, 7), bool)) == []
