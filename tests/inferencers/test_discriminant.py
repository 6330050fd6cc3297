import numpy as np
import pytest

from restorekit.inferencers.discriminant import SHRINKAGE, discriminant


def of(first, second, weights=None):
    measures = [np.array(kind, float) for kind in (first, second)]
    return [side.tolist() for side in discriminant(measures, weights or [np.ones(len(k)) for k in measures])]


def test_one_measure_is_told_in_its_variances_from_the_middle_of_both_means():
    first, second = of([[0], [2]], [[4], [6]])  # a spread of 1, means 1 and 5
    assert first == pytest.approx([-12, -4], rel=1e-5) and second == pytest.approx([4, 12], rel=1e-5)


def test_heavier_things_draw_the_mean_and_the_spread():
    first, second = of([[0], [3]], [[6], [6]], [np.array([2.0, 1]), np.ones(2)])
    slope = (6 - 1) / ((2 * 1 + 4) / 5)
    assert first == pytest.approx([-3.5 * slope, -0.5 * slope], rel=1e-5)
    assert second == pytest.approx([2.5 * slope] * 2, rel=1e-5)


def test_measures_that_go_together_are_shrunk_towards_independent_ones():
    along = np.array([[1, 1], [-1, -1], [1, -1], [-1, 1]]) * [[2], [2], [1], [1]] / np.sqrt(2.5)
    first, _ = discriminant([along, along + [3.0, 0]], [np.ones(4)] * 2)
    covariance = np.array([[1, (1 - SHRINKAGE) * 0.6], [(1 - SHRINKAGE) * 0.6, 1]])
    expected = (along - [1.5, 0]) @ np.linalg.solve(covariance, [3, 0])
    np.testing.assert_allclose(first, expected, rtol=1e-5)


def test_units_of_measures_do_not_count():
    rng = np.random.default_rng(0)
    first, second = rng.normal(size=(20, 3)), rng.normal(size=(30, 3)) + 1
    for plain, scaled in zip(of(first, second), of(first * [1, 50, 0.1], second * [1, 50, 0.1]), strict=True):
        np.testing.assert_allclose(plain, scaled, rtol=1e-3, atol=1e-4)


def test_an_even_measure_says_nothing():
    first, second = of([[0, 1], [2, 1]], [[4, 1], [6, 1]])
    assert first == pytest.approx([-12, -4], rel=1e-5) and second == pytest.approx([4, 12], rel=1e-5)


def test_there_are_no_sides_where_one_kind_is_missing():
    assert of(np.zeros((0, 2)), [[1, 2], [3, 4]]) == [[], [0, 0]]
