"""Paths of a pen tip and their coverage."""

import numpy as np
import pytest

from restorekit.synthesis.strokes import draw_path, smooth_path, stamp


@pytest.mark.parametrize("width", [1.5, 3.0, 6.0])
def test_a_path_is_as_wide_as_asked(width):
    canvas = np.zeros((60, 300), np.uint8)
    draw_path(canvas, np.array([[20.0, 30.0], [280.0, 30.0]]), np.array([width, width]))
    assert canvas[:, 150].sum() / 255 == pytest.approx(width, abs=0.4)


def test_a_path_may_get_paler_along_its_way():
    canvas = np.zeros((60, 300), np.uint8)
    path = np.array([[20.0, 30.0], [150.0, 30.0], [280.0, 30.0]])
    draw_path(canvas, path, np.array([6.0] * 3), np.array([240.0, 100.0, 100.0]))
    assert canvas[30, 60] == 240 and canvas[30, 240] == 100


def test_a_path_off_the_page_is_left_out_and_a_crossing_one_is_cut():
    canvas = np.zeros((40, 40), np.uint8)
    draw_path(canvas, np.array([[-90.0, -90.0], [-50.0, -50.0]]), np.array([3.0, 3.0]))
    assert not canvas.any()
    draw_path(canvas, np.array([[-20.0, 20.0], [60.0, 20.0]]), np.array([3.0, 3.0]))
    assert canvas[20].all()


def test_smooth_path_keeps_its_ends():
    corner = np.array([[0.0, 0.0], [10.0, 0.0], [10.0, 10.0]])
    smooth = smooth_path(corner)
    assert smooth[0].tolist() == [0, 0]
    assert smooth[-1].tolist() == [10, 10]
    assert np.hypot(*(smooth - [10, 0]).T).min() > 1


def test_ink_adds_up_where_it_is_stamped_on_ink():
    canvas = np.full((3, 3), 100, np.uint8)
    stamp(canvas, np.array([[50, 200]], np.uint8), 2, 1)
    assert canvas.tolist() == [[100, 100, 100], [100, 100, 130], [100, 100, 100]]  # 1 - 155/255 x 205/255
    stamp(canvas, np.array([[0, 255]], np.uint8), 1, 0)
    assert canvas[0].tolist() == [100, 100, 255]


def test_a_path_is_darker_where_it_crosses_another_and_where_it_turns_back():
    canvas, level = np.zeros((80, 80), np.uint8), np.full(2, 200.0)
    draw_path(canvas, np.array([[10.0, 40.0], [70.0, 40.0]]), np.full(2, 6.0), level)
    draw_path(canvas, np.array([[40.0, 10.0], [40.0, 70.0]]), np.full(2, 6.0), level)
    assert canvas[40, 20] == canvas[20, 40] == 200 and canvas[40, 40] == 243
    canvas[:] = 0
    draw_path(
        canvas, np.array([[10.0, 40.0], [60.0, 40.0], [10.0, 50.0]]), np.full(3, 6.0), np.full(3, 200.0)
    )
    assert canvas[40, 20] == 200 and canvas[41, 59] == 243


def test_a_dot_is_round_and_as_broad_as_asked():
    canvas = np.zeros((40, 40), np.uint8)
    draw_path(canvas, np.array([[20.0, 20.0]]), np.array([8.0]))
    assert canvas.sum() / 255 == pytest.approx(np.pi * 16, rel=0.1)
