import numpy as np
import pytest

from restorekit.inferencers.rule_paths import trace_rules

BLOCKS = 40


@pytest.fixture
def depth():
    """A sheet of 120 rows with a faint rule along row 50."""
    depth = np.zeros((120, BLOCKS), np.float32)
    depth[50] = 0.03
    return depth


@pytest.fixture
def seen():
    return np.ones((120, BLOCKS), np.float32)


def draw(depth, rows, darkest=0.1):
    """Ridges at some rows of the blocks, which a parabola finds to the bit."""
    ridges = darkest * (1 - (np.arange(len(depth))[:, None] - np.asarray(rows)) ** 2 / 4).clip(0)
    np.maximum(depth, ridges, out=depth)


def assert_one(paths, blocks):
    """There is one rule, in just these blocks."""
    (path,) = paths
    assert path.blocks.tolist() == list(blocks)


def test_a_faint_rule_is_one_path_in_all_its_blocks(depth, seen):
    (path,) = trace_rules(depth, seen)
    assert np.array_equal(path.blocks, np.arange(BLOCKS))
    assert (path.rows == 50).all()
    assert path.depths == pytest.approx(0.03)


@pytest.mark.parametrize("slope", [0.5, -0.5])
def test_it_may_slope_and_is_found_between_rows(depth, seen, slope):
    rows = 60 + slope * np.arange(BLOCKS)
    depth[:] = 0.1 * (1 - np.abs(np.arange(120)[:, None] - rows) / 2).clip(0)
    (path,) = trace_rules(depth, seen)
    assert np.array_equal(path.blocks, np.arange(BLOCKS))
    assert path.rows == pytest.approx(rows, abs=0.2)


def test_it_may_bend(depth, seen):
    rows = 40 + 0.01 * np.arange(BLOCKS) ** 2
    depth[:] = 0.1 * (1 - np.abs(np.arange(120)[:, None] - rows) / 2).clip(0)
    (path,) = trace_rules(depth, seen)
    assert path.rows == pytest.approx(rows, abs=0.2)


@pytest.mark.parametrize(("hidden", "rules"), [(30, 1), (31, 2)])
def test_it_goes_on_below_what_hides_it(seen, hidden, rules):
    depth = np.zeros((120, 80), np.float32)
    seen = np.ones((120, 80), np.float32)
    depth[50] = 0.03
    at = slice(20, 20 + hidden)
    depth[40:60, at] = seen[40:60, at] = 0
    paths = trace_rules(depth, seen)
    assert len(paths) == rules
    assert sum(len(path.blocks) for path in paths) == 80 - hidden


def test_of_two_rules_side_by_side_each_goes_on_to_its_own_other_end(depth, seen):
    depth[55] = 0.05
    depth[40:70, 15:25] = seen[40:70, 15:25] = 0
    upper, lower = sorted(trace_rules(depth, seen), key=lambda path: path.rows[0])
    assert (upper.rows == 50).all()
    assert (lower.rows == 55).all()
    assert len(upper.blocks) == len(lower.blocks) == 30


def test_parts_on_one_line_are_one_rule_though_bare_paper_lies_between(depth, seen):
    depth[50, 15:25] = 0
    (path,) = trace_rules(depth, seen)
    assert len(path.blocks) == 30
    depth[50, :15], depth[54, :15] = 0, 0.03
    assert len(trace_rules(depth, seen)) == 2


def test_what_is_to_be_seen_here_and_there_is_no_rule(depth, seen):
    depth[50, ::2] = 0
    assert trace_rules(depth, seen) == []


def test_what_is_as_faint_as_the_paper_s_grain_is_no_rule(depth, seen):
    depth[:] = 0.02
    depth[50] = 0.039
    assert trace_rules(depth, seen) == []
    depth[50] = 0.041
    assert len(trace_rules(depth, seen)) == 1


@pytest.mark.parametrize(("depths", "rules"), [(0.11, 1), (0.13, 2)])
def test_a_rule_does_not_become_as_dark_as_another_at_once(depth, seen, depths, rules):
    depth[50, 20:] = depths
    assert len(trace_rules(depth, seen)) == rules


@pytest.mark.parametrize(("length", "rules"), [(11, 0), (12, 1)])
def test_a_short_line_is_no_rule(depth, seen, length, rules):
    depth[50, length:] = 0
    assert len(trace_rules(depth, seen)) == rules


def test_a_page_that_shows_nothing_has_none(depth, seen):
    assert trace_rules(np.zeros((1, 1), np.float32), np.zeros((1, 1), np.float32)) == []
    assert trace_rules(depth, np.zeros_like(seen)) == []


@pytest.mark.parametrize(("levels", "rules"), [(2.4, 0), (2.6, 1)])
def test_it_is_some_levels_darker_than_clean_paper(depth, seen, levels, rules):
    depth[50] = levels / 255
    assert len(trace_rules(depth, seen)) == rules
    assert len(trace_rules(depth, 0.9 * seen)) == rules  # no block is clear: no grain is known


def test_it_lies_between_rows_that_are_as_dark(depth, seen):
    depth[51] = depth[50]
    (path,) = trace_rules(depth, seen)
    assert (path.rows == 50.5).all()


@pytest.mark.parametrize(("share", "blocks"), [(0.29, 30), (0.31, 40)])
def test_a_block_that_is_mostly_hidden_tells_nothing(depth, seen, share, blocks):
    seen[:, 15:25] = share
    (path,) = trace_rules(depth, seen)
    assert len(path.blocks) == blocks


@pytest.mark.parametrize(("missing", "rules"), [([], 1), ([30], 0)])
def test_four_in_five_blocks_in_view_must_show_it(depth, seen, missing, rules):
    depth[50, [8, 13, 18, 23, 28, 33, 34, 38, *missing]] = 0
    assert len(trace_rules(depth, seen)) == rules


@pytest.mark.parametrize(("away", "rules"), [(2, 1), (3, 0)])
@pytest.mark.parametrize("side", [1, -1])
def test_what_is_hidden_so_near_may_hide_it(depth, seen, away, rules, side):
    depth[50, 5::4] = seen[50 + side * away, 5::4] = 0
    assert len(trace_rules(depth, seen)) == rules


@pytest.mark.parametrize("beside", [4, 6])
def test_what_is_hidden_in_the_next_block_hides_nothing_here(depth, seen, beside):
    depth[50, 5::4] = seen[52, beside::4] = 0
    assert trace_rules(depth, seen) == []


@pytest.mark.parametrize(("bare", "after", "blocks"), [(4, 5, 35), (5, 5, 30), (5, 6, 36)])
def test_what_comes_after_more_bare_paper_must_be_a_part_by_itself(seen, bare, after, blocks):
    depth = np.zeros((120, 45), np.float32)
    depth[50, :30] = depth[50, 30 + bare : 30 + bare + after] = 0.03
    (path,) = trace_rules(depth, np.ones_like(depth))
    assert len(path.blocks) == blocks


@pytest.mark.parametrize(("block", "first"), [(3, 4), (4, 0)])
def test_a_beginning_has_no_bare_paper_in_it(depth, seen, block, first):
    depth[50, block] = 0
    (path,) = trace_rules(depth, seen)
    assert path.blocks[0] == first


def test_a_beginning_may_be_hidden_in_part(depth, seen):
    depth[:, 2] = seen[:, 2] = 0
    assert_one(trace_rules(depth, seen), [0, 1, *range(3, BLOCKS)])


@pytest.mark.parametrize(("slope", "rules"), [(1.15, 1), (1.25, 0)])
@pytest.mark.parametrize("down", [1, -1])
def test_steeper_lines_are_no_rules(depth, seen, slope, rules, down):
    depth[:] = 0
    for row in (50, 60, 70):
        draw(depth, row + down * slope * np.arange(BLOCKS))
    assert len(trace_rules(depth, seen)) == 3 * rules


@pytest.mark.parametrize(("slope", "first"), [(0.79, [0]), (0.81, [])])
def test_a_hidden_second_block_allows_for_no_more_than_twice_the_slope(depth, seen, slope, first):
    depth[:] = 0
    draw(depth, 50 + slope * np.arange(BLOCKS))
    depth[:, 1:3] = seen[:, 1:3] = 0
    assert_one(trace_rules(depth, seen), [*first, *range(3, BLOCKS)])


@pytest.mark.parametrize("slope", [0, 1.1])
@pytest.mark.parametrize(("block", "off", "first"), [(2, 1.15, 0), (2, 1.25, 2), (3, 0.85, 0), (3, 1, 3)])
@pytest.mark.parametrize("down", [1, -1])
def test_two_blocks_give_the_line_and_the_third_may_still_lie_off_it(seen, slope, block, off, first, down):
    depth = np.zeros((120, BLOCKS), np.float32)
    at = np.arange(BLOCKS)
    draw(depth, 50 + slope * at + down * off * (at >= block))
    assert_one(trace_rules(depth, seen), range(first, BLOCKS))


@pytest.mark.parametrize(("off", "blocks"), [(0.88, 21), (0.92, 20)])
def test_a_rule_steps_aside_a_little(depth, seen, off, blocks):
    depth[:] = 0
    draw(depth, 50 + off * (np.arange(BLOCKS) >= 20))
    depth[:, 21:] = 0
    assert_one(trace_rules(depth, seen), range(blocks))


@pytest.mark.parametrize(("off", "blocks"), [(1.48, 13), (1.52, 12)])
def test_it_comes_out_farther_aside_from_below_what_is_wide(seen, off, blocks):
    depth = np.zeros((120, BLOCKS), np.float32)
    draw(depth, 50 + off * (np.arange(BLOCKS) >= 20))
    depth[:, 12:32] = seen[:, 12:32] = 0
    depth[:, 33:] = 0
    (path,) = trace_rules(depth, seen)
    assert len(path.blocks) == blocks


@pytest.mark.parametrize(("off", "rules"), [(1.54, 1), (1.56, 2)])
def test_parts_lie_on_one_line_more_loosely_the_farther_they_are_apart(depth, seen, off, rules):
    depth[:] = 0
    draw(depth, 50 + off * (np.arange(BLOCKS) >= 20))
    depth[:, 15:25] = 0
    assert len(trace_rules(depth, seen)) == rules


@pytest.mark.parametrize(("off", "rules"), [(1.03, 1), (1.07, 2)])
def test_parts_that_follow_at_once_lie_on_one_line_too(depth, seen, off, rules):
    depth[:] = 0
    draw(depth, 50 + off * (np.arange(BLOCKS) >= 20))
    paths = trace_rules(depth, seen)
    assert len(paths) == rules and sum(len(path.blocks) for path in paths) == BLOCKS


@pytest.mark.parametrize(("bare", "rules"), [(29, 1), (30, 2)])
def test_parts_too_far_apart_are_two_rules(bare, rules):
    depth = np.zeros((120, 80), np.float32)
    depth[50] = 0.03
    depth[50, 20 : 20 + bare] = 0
    assert len(trace_rules(depth, np.ones_like(depth))) == rules


def test_a_part_belongs_to_one_rule(depth, seen):
    depth[50, :25] = depth[52, :15] = 0
    depth[50, :15] = depth[52, :15] = depth[51, 25:] = 0.03
    depth[50, 15:] = 0
    assert sorted(len(path.blocks) for path in trace_rules(depth, seen)) == [15, 30]


@pytest.mark.parametrize(("third", "first"), [(0.135, 0), (0.142, 2)])
def test_it_is_as_dark_as_its_blocks_are_in_the_geometric_mean(depth, seen, third, first):
    depth[50] = third
    depth[50, :2] = 0.02, 0.06
    (path,) = trace_rules(depth, seen)
    assert path.blocks[0] == first
