"""Chinese full stops and commas as hands draw them."""

import numpy as np

from restorekit.synthesis.handwriting.stops import STOPS, stop_habit, stop_mark
from restorekit.synthesis.pages import generator


def test_full_stops_of_one_hand_differ_in_size_place_and_shape():
    paths = [stop_mark(generator(n, 51), "。", 3)[0] for n in range(60)]
    sizes, floors = (np.array([np.ptp(path[:, 1]) for path in paths]), [path[:, 1].max() for path in paths])
    assert 0.15 < np.std(sizes) / np.mean(sizes) < 0.5
    assert 0.02 < np.std(floors) < 0.08
    ways = [np.hypot(*(path[0] - path[-1])) / np.ptp(path[:, 0]) for path in paths]
    assert min(ways) < 0.15 and max(ways) > 0.5, "some rings close, some stay open or run past"


def test_each_writer_leaves_rings_or_dabs():
    dabs = [
        np.mean([len(stop_mark(generator(n, 51), "。", style)[0]) < 6 for n in range(9)])
        for style in range(99)
    ]
    assert set(dabs) == {0.0, 1.0} and 0.05 < np.mean(dabs) < 0.4


def test_commas_go_back_and_marks_that_part_lists_go_on():
    back = [np.diff(stop_mark(generator(n, 51), "，", 3)[0][[0, -1], 0])[0] for n in range(60)]
    on = [np.diff(stop_mark(generator(n, 51), "、", 3)[0][[0, -1], 0])[0] for n in range(60)]
    assert np.mean(np.array(back) < 0) > 0.8 and np.mean(np.array(on) > 0) > 0.95


def test_marks_stay_near_the_character_and_below_its_middle():
    for style in range(40):
        assert stop_habit(style) == stop_habit(style)
        for sign in STOPS:
            path, advance = stop_mark(generator(style, 52), sign, style)
            assert -0.07 < path[:, 0].min() < 0.3 and path[:, 1].min() > -0.55 and advance < 1.3
