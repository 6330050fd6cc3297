"""Quick hands round, join and hook what they write."""

import numpy as np
import pytest

from restorekit.synthesis.handwriting.movement import (
    BLOBS,
    DOWN,
    FLICKS,
    FLUNG,
    LINK,
    POOLS,
    bend,
    bent,
    drawn_anew,
    flow,
    flung,
    pressure,
    reaching,
    run_together,
    turning,
    wander,
)
from restorekit.synthesis.pages import generator

CORNER = np.array([[0.0, 0.0], [40.0, 0.0], [40.0, 40.0]])


def test_a_quick_hand_cuts_corners_and_keeps_ends():
    slow, quick = flow(CORNER, 1.0, 0.0), flow(CORNER, 1.0, 0.5)
    for path in (slow, quick):
        np.testing.assert_allclose(path[[0, -1]], CORNER[[0, -1]], atol=1e-6)
    missed = [np.hypot(*(path - CORNER[1]).T).min() for path in (slow, quick)]
    assert missed[0] < 0.6 and missed[1] > 3
    np.testing.assert_allclose(np.hypot(*np.diff(slow, axis=0).T), 1, atol=0.3)


def test_large_turns_come_out_rounder_than_small_ones_as_they_take_as_long():
    def missed(large):
        path = flow(CORNER * large, 1.0, 0.3)
        return np.hypot(*(path - CORNER[1] * large).T).min()

    assert 1.5 < missed(1.0) / missed(0.25) < 4, "for all of 4 there would be one rounding for all sizes"
    turned = CORNER[[0, 1, 1, 2]]
    assert np.hypot(*(flow(turned, 1.0, 0.3) - CORNER[1]).T).min() < 0.9 * missed(1.0), "the pen stops there"


def test_a_quick_hand_does_not_stop_in_time():
    stroke = CORNER / 100
    far = np.array([flung(generator(seed), stroke, 1.0)[-1] for seed in range(200)])
    assert (far[:, 0] == 0.4).all() and (far[:, 1] >= 0.4).all()
    assert far[:, 1].mean() - 0.4 == pytest.approx(FLUNG, rel=0.2)
    np.testing.assert_array_equal(flung(generator(0), stroke, 0.0), stroke)


def test_flow_leaves_straight_lines_straight_and_carries_columns_along():
    line = np.array([[0.0, 0.0, 1.0], [30.0, 10.0, 0.5]])
    path = flow(line, 1.0, 0.5)
    np.testing.assert_allclose(path[:, 1], path[:, 0] / 3, atol=1e-6)
    np.testing.assert_allclose(path[:, 2], 1 - path[:, 0] / 60, atol=1e-6)
    assert flow(np.array([[1.0, 1.0], [1.0, 1.0]]), 1.0, 3.0).tolist() == [[1, 1], [1, 1]]


def test_bent_shapes_keep_their_centre_and_neighbours_stay_neighbours():
    points = generator(1).random((50, 2))
    np.testing.assert_allclose(bent(points, np.zeros((5, 2))), points)
    shape = bend(generator(2), 0.05)
    moved = bent(np.concatenate([points, points + 0.01]), shape)
    assert np.abs(moved[50:] - moved[:50] - 0.01).max() < 0.01
    assert np.abs(moved[:50] - points).max() > 0.02


def test_near_strokes_run_together_and_far_ones_do_not():
    strokes = [np.array([[0.0, y], [12.0, y]]) for y in (0.0, 5.0, 400.0)]
    counts = [len(run_together(generator(seed), strokes, 1.0, 40.0)) for seed in range(60)]
    assert set(counts) <= {2, 3} and counts.count(2) > 10
    apart = run_together(generator(1), strokes, 0.0, 40.0)
    assert [path[:, :2].tolist() for path in apart] == [stroke.tolist() for stroke in strokes]
    assert all((path[:, 2] == 1).all() for path in apart)


def test_links_and_hooks_are_thin():
    strokes = [np.array([[0.0, 0.0], [30.0, 0.0]]), np.array([[0.0, 20.0], [30.0, 20.0]])]
    joined = hooked = 0
    for seed in range(40):
        paths = run_together(generator(seed), strokes, 1.0, 40.0)
        light = paths[0][paths[0][:, 2] < 1]
        joined += len(paths) == 1
        hooked += len(paths) == 2 and len(light) == 1
        assert len(light) <= 1 and (light[:, 2] <= LINK).all()
        if len(paths) == 2 and len(light):
            assert light[0, 0] < 30 and 0 < light[0, 1] < 20, "towards the next stroke"
    assert joined > 5 and hooked > 5


def level(points: int = 41) -> np.ndarray:
    """A level path, a pixel from point to point."""
    return np.column_stack([np.arange(points, dtype=float), np.zeros(points)])


def test_pressure_is_more_on_the_way_down_and_most_ends_are_as_broad_as_the_rest():
    down, up = (flow((CORNER * sign)[1:], 1.0, 0.0) for sign in (1, -1))
    for taper in (0.0, 1.0):
        strong, weak = (pressure(generator(3), path, taper, 3.0)[20] for path in (down, up))
        assert strong / weak == pytest.approx(1 + 2 * (DOWN[0] + DOWN[1] * taper), abs=0.02)
    ends = np.array([pressure(generator(seed, 3), down, 0.8, 3.0)[[0, 20, -1]] for seed in range(300)])
    assert np.median(ends[:, 0] / ends[:, 1]) > 0.85 and np.median(ends[:, 2] / ends[:, 1]) > 0.85


def test_some_strokes_begin_with_a_blob():
    begins = np.array([pressure(generator(seed), level(), 0.6, 3.0)[[0, 20]] for seed in range(400)])
    assert np.mean(begins[:, 0] > 1.08 * begins[:, 1]) == pytest.approx(BLOBS, abs=0.06)


def test_some_strokes_are_flicked_and_get_thin_before_they_end():
    ends = np.array([pressure(generator(seed, 4), level(), 1.0, 3.0)[[20, -3, -1]] for seed in range(400)])
    flicked = ends[:, 2] < 0.8 * ends[:, 0]
    assert flicked.mean() == pytest.approx(FLICKS, abs=0.1)
    assert (ends[flicked, 2] > 0.2).all() and (ends[flicked, 1] > ends[flicked, 2]).all()


def test_wandering_numbers_stay_near_their_neighbours():
    numbers = wander(generator(4), 4000, 2.0, 0.8)
    assert numbers.std() == pytest.approx(2.0, rel=0.1)
    assert np.corrcoef(numbers[:-1], numbers[1:])[0, 1] == pytest.approx(0.8, abs=0.05)


def test_a_hand_turns_in_corners_and_not_on_straight_lines():
    steps = np.array([[1.0, 0.0]] * 10 + [[0.0, 1.0]] * 10)
    turns = turning(steps)
    assert turns.shape == (20,) and (turns[[0, 1, 2, 17, 18, 19]] == 0).all()
    assert turns[9] == turns[10] == turns.max() > 0.25
    assert (turning(np.ones((1, 2))) == 0).all()


def test_a_character_drawn_anew_keeps_its_place_and_no_stroke_keeps_its_shape():
    bar, stem = np.array([[0.1, 0.5], [0.9, 0.5]]), np.array([[0.5, 0.1], [0.5, 0.9]])
    again = [drawn_anew(generator(seed, 3), (bar, stem), (0.5, 0.5), 0.03) for seed in range(400)]
    bars, stems = (np.array(strokes) for strokes in zip(*again, strict=True))
    assert bars.mean(0) == pytest.approx(bar, abs=0.01) and stems.mean(0) == pytest.approx(stem, abs=0.01)
    lengths = np.hypot(*(bars[:, 1] - bars[:, 0]).T)
    turns = np.arctan2(*(bars[:, 1] - bars[:, 0]).T[::-1])
    assert 0.04 < lengths.std() / lengths.mean() < 0.15
    assert 0.04 < turns.std() < 0.15
    apart = (bars - stems).mean(1)
    assert apart.std(0) == pytest.approx(0.045, rel=0.3), "each stroke strays by itself, and all are bent"
    still = drawn_anew(generator(1, 3), (bar, stem), (0.5, 0.5), 0.0)
    assert all(np.allclose(a, b) for a, b in zip(still, (bar, stem), strict=True))


def test_some_strokes_end_in_a_blob_where_the_pen_stopped():
    ends = np.array([pressure(generator(seed, 5), level(), 0.6, 3.0)[[20, -1]] for seed in range(400)])
    assert np.mean(ends[:, 1] > 1.08 * ends[:, 0]) == pytest.approx(POOLS, abs=0.08)


def test_a_stem_reaches_its_foot_where_the_pen_turns_back():
    stem = np.array([[0.0, 0.0], [0.0, 9.0], [1.0, 2.0], [3.0, 1.0]])
    assert flow(reaching(stem), 0.1, 0.4)[:, 1].max() > 8.8 > 8.6 > flow(stem, 0.1, 0.4)[:, 1].max()
    assert len(reaching(stem)) == 5 and np.array_equal(reaching(stem[:2]), stem[:2])


def test_no_two_strokes_of_a_hand_are_as_wide_nor_is_one_all_along():
    widths = np.log([pressure(generator(seed, 6), level(61), 0.0, 2.0)[10:50] for seed in range(300)])
    assert 0.04 < np.std(widths.mean(1)) < 0.08
    assert 0.01 < np.median(widths.std(1)) < 0.06
