"""What hands do to a page: it lies flat but where they did something."""

import numpy as np
import pytest

from restorekit.synthesis.capture import handled
from restorekit.synthesis.pages import generator

X, Y = np.meshgrid(np.linspace(0, 1, 100, dtype=np.float32), np.linspace(0, 1.414, 142, dtype=np.float32))


def test_a_lifted_corner_leaves_the_rest_of_the_page_flat():
    for seed in range(30):
        heights = handled.corner(generator(seed, 1), X, Y)
        corners = heights[[0, 0, -1, -1], [0, -1, 0, -1]]
        assert heights.dtype == np.float32 and heights.min() == 0
        assert (corners > 0).sum() == 1 and heights.max() == corners.max() < 0.3
        assert (heights == 0).mean() > 0.7


def test_dents_are_short_and_far_from_them_paper_is_flat():
    flat = []
    for seed in range(30):
        heights = handled.dents(generator(seed, 2), X, Y)
        assert 0 < np.abs(heights).max() < 0.02
        flat.append((np.abs(heights) < 0.05 * np.abs(heights).max()).mean())
    assert np.median(flat) > 0.7


def test_a_crumpled_page_has_creases_any_way_and_flat_pieces_between_them():
    turns = []
    for seed in range(20):
        heights = handled.crumples(generator(seed, 3), X, Y)
        down, across = np.gradient(heights * 99)
        assert 0.005 < np.quantile(np.hypot(down, across), 0.9) < 0.5
        bends = np.abs(np.diff(across, axis=1))
        assert np.median(bends) < 0.1 * bends.max(), "it turns at creases"
        turns.append(np.hypot(across, 0).mean() / np.hypot(down, 0).mean())
    assert 0.6 < np.median(turns) < 1.7


def test_a_crease_runs_from_its_point_to_its_end_and_the_paper_beside_it_stands_up_by_it_alone():
    for seed in range(12):
        heights = np.zeros((396, handled.GRID), np.float32)
        handled.crease(generator(seed, 6), heights, np.array([0.25, 0.7]), 0.0, 0.5, 1.0)
        along = np.flatnonzero(np.abs(heights).max(0) > 1e-7) / handled.GRID
        assert along.min() > 0.25 - 0.01 and along.max() < 0.75 + 0.01
        column = heights[:, round(0.45 * handled.GRID)]
        tops = np.flatnonzero((column[1:-1] > column[:-2]) & (column[1:-1] >= column[2:])) + 1
        assert len(tops) == 2, "it has two sides"
        assert column[tops[0] : tops[1]].min() < 0.2 * column[tops].min(), "which meet sharply"
        assert not column[[0, -1]].any(), "far off it paper lies flat"


@pytest.mark.parametrize("piece", [np.s_[20:60, 30:70], np.s_[100:, :40]])
def test_a_piece_of_a_page_is_bent_as_it_is_on_the_whole_page(piece):
    for seed in range(12):
        whole = handled.handled(generator(seed, 4), X, Y)
        assert np.allclose(handled.handled(generator(seed, 4), X[piece], Y[piece]), whole[piece], atol=1e-6)


def test_most_pages_have_little_of_it():
    still = [not handled.handled(generator(seed, 5), X, Y).any() for seed in range(200)]
    assert np.mean(still) == pytest.approx(0.78 * 0.6 * 0.88, abs=0.1)
