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
