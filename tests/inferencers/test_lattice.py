import numpy as np
import pytest

from restorekit.inferencers.lattice import Cells, Lattice, find_lattices, reduced, refined, self_correlation

TILE = np.zeros((60, 90), np.float32)
TILE[10:40, 10:20] = 1
TILE[30:40, 20:60] = 1
TILE[12:24, 66:78] = 0.6


def laid_out(first, second, size, *, blob=6.0):
    """Blobs at all points of a lattice: float32, each the same."""
    y, x = np.mgrid[: size[0], : size[1]].astype(np.float64)
    plane = np.zeros(size)
    for row in range(-30, 31):
        for column in range(-30, 31):
            top, left = row * np.array(first) + column * np.array(second) + (20, 20)
            plane += np.exp(-((y - top) ** 2 + (x - left) ** 2) / blob**2)
    return plane.astype(np.float32)


def same_lattice(one, other):
    steps = np.linalg.solve(np.stack(other[:2], 1), np.stack(one[:2], 1))
    return abs(steps - np.round(steps)).max() < 0.02 and abs(abs(np.linalg.det(steps)) - 1) < 0.03


def test_the_correlation_is_that_of_what_overlaps():
    plane = np.random.default_rng(0).random((20, 30), dtype=np.float32)
    correlation = self_correlation(plane)
    assert correlation.shape == (40, 60)
    centred = plane - plane.mean()
    for y, x in [(0, 0), (3, 0), (0, -7), (5, 11), (-12, 9)]:
        here = centred[max(0, -y) : 20 - max(0, y), max(0, -x) : 30 - max(0, x)]
        there = centred[max(0, y) : 20 + min(0, y), max(0, x) : 30 + min(0, x)]
        expected = (here * there).sum() / np.sqrt((here**2).sum() * (there**2).sum())
        assert correlation[20 + y, 30 + x] == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize(
    ("first", "second"),
    [((60, 0), (0, 90)), ((60, 45), (0, 90)), ((71, -40), (40, 71)), ((83.4, -35.6), (35.6, 83.4))],
)
def test_a_lattice_is_found(first, second):
    found = find_lattices(laid_out(first, second, (420, 480)))[0]
    assert same_lattice(found, (np.array(first, float), np.array(second, float)))
    assert found.score > 0.8


def test_whole_steps_are_whole():
    found = reduced(find_lattices(np.tile(TILE, (6, 5))[:333, :401])[0])
    assert np.array_equal(abs(found.first), [60, 0])
    assert np.array_equal(abs(found.second), [0, 90])


def test_what_repeats_in_a_row_alone_repeats():
    plane = np.zeros((200, 480), np.float32)
    plane[70:130] = np.tile(TILE, (1, 6))[:, :480]
    found = find_lattices(plane)
    assert np.array_equal(abs(found[-1].first), [0, 90])
    assert np.hypot(*found[-1].second) > 480


def test_several_lattices_are_found_and_none_within_another():
    plane = laid_out((30, 0), (0, 45), (210, 240)) + laid_out((45, 20), (-20, 45), (210, 240))
    *found, _ = find_lattices(plane)
    assert len(found) == 3
    for place, finer in enumerate(found):
        for other in found[place + 1 :]:
            steps = np.linalg.solve(np.stack(finer[:2], 1), np.stack(other[:2], 1))
            assert abs(steps - np.round(steps)).max() > 0.06


@pytest.mark.parametrize("plane", [np.zeros((50, 60), np.float32), np.ones((1, 1), np.float32)])
def test_nothing_does_not_repeat(plane):
    assert find_lattices(plane) == []


def test_noise_does_not_repeat():
    assert find_lattices(np.random.default_rng(0).random((150, 200), dtype=np.float32)) == []


def test_a_lattice_is_refined_by_what_shows_it():
    off = Lattice(np.array([59.0, 1.0]), np.array([1.0, 91.0]), 0.5)
    found = refined(off, np.tile(TILE, (6, 5)))
    assert np.array_equal(found.first, [60, 0])
    assert np.array_equal(found.second, [0, 90])


def test_steps_are_reduced_to_the_shortest():
    found = reduced(Lattice(np.array([60.0, 180.0]), np.array([60.0, 270.0]), 0.5))
    assert np.array_equal(found.first, [60, 0])
    assert np.array_equal(found.second, [0, 90])


@pytest.mark.parametrize("second", [(0, 90), (30, 90)])
def test_cells_lie_on_each_other_and_come_back(second):
    lattice = Lattice(np.array([60.0, 0.0]), np.array(second, float), 1.0)
    shifted = np.concatenate([np.roll(TILE, 30 * place, 0) if second[0] else TILE for place in range(5)], 1)
    plane = np.tile(shifted, (6, 1))[:333, :401]
    cells = Cells(lattice, *plane.shape)
    stack = cells.fold(plane)
    mean = cells.mean(stack)
    assert stack.shape[1:] == mean.shape
    # bilinear interpolation along slanted rows rounds the edges of a mark off
    assert abs(cells.unfold(mean.astype(np.float32)) - plane).mean() < (1e-6 if not second[0] else 0.03)


def test_cells_outside_the_picture_do_not_count():
    lattice = Lattice(np.array([60.0, 0.0]), np.array([0.0, 90.0]), 1.0)
    cells = Cells(lattice, 90, 135)
    assert cells.area == 60 * 90
    assert cells.present.sum() == 90 * 135
    assert cells.mean(cells.fold(np.full((90, 135), 0.5, np.float32))) == pytest.approx(0.5)


def test_a_row_of_cells_has_the_height_of_the_picture():
    plane = np.tile(TILE, (2, 4))
    across = Lattice(np.array([0.0, 90.0]), np.array([2000.0, 0.0]), 1.0)
    cells = Cells(across, *plane.shape)
    assert cells.area < 2 * plane.shape[0] * 90
    mean = cells.mean(cells.fold(plane)).astype(np.float32)
    assert abs(cells.unfold(mean) - plane).max() < 1e-5
