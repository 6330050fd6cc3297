"""How hands tick."""

import numpy as np

from restorekit.synthesis.handwriting import marks, ticks
from restorekit.synthesis.handwriting.ticks import LEVEL, TICKED, TICKS, half_tick, reaches, tick, tick_form
from restorekit.synthesis.pages import generator


def drawn(style, seed):
    """What one tick has: its height by its width, how far it is left of its corner, the slope of its arm."""
    canvas = np.zeros((300, 500), np.uint8)
    tick(canvas, generator(seed, 21), 200, 200, 60, 4, style)
    rows, columns = np.nonzero(canvas > 40)
    arm = columns > 200 + 0.3 * (columns.max() - 200)
    slope = np.degrees(np.arctan(-np.polyfit(columns[arm], rows[arm], 1)[0]))
    return np.ptp(rows) / np.ptp(columns), (200 - columns.min()) / 60, slope


def test_no_two_ticks_of_a_hand_are_alike_and_hands_differ():
    slopes = [[drawn(style, seed)[2] for seed in range(12)] for style in range(40)]
    assert 9 < np.median(np.std(slopes, 1)) < 23
    assert np.std(np.median(slopes, 1)) > 0.4 * np.median(np.std(slopes, 1))


def test_ticks_have_several_shapes():
    shapes = np.array([np.median([drawn(style, seed) for seed in range(3)], 0) for style in range(60)])
    assert shapes[:, 0].max() > 3 * shapes[:, 0].min()
    assert shapes[:, 1].min() < 0.15 < 0.3 < shapes[:, 1].max(), "some have no stroke down before that up"
    assert set(TICKED) == set(TICKS)


def test_an_arm_gets_thin_as_the_pen_is_lifted():
    thinner = []
    for seed in range(30):
        canvas = np.zeros((300, 500), np.uint8)
        tick(canvas, generator(seed, 22), 150, 220, 100, 8, seed)
        end = 150 + tick_form(seed).reach * 100
        near, far = (canvas[:, int(at) : int(at) + 4].sum() for at in (150 + 0.5 * (end - 150), end - 8))
        thinner.append(far / max(1, near))
    assert np.mean(np.array(thinner) < 0.8) > 0.5


def test_swift_arms_end_thin_and_others_do_not_and_none_ends_in_a_needle(monkeypatch):
    drawn = []
    monkeypatch.setattr(marks, "draw_path", lambda _, path, widths, __: drawn.append(widths[-1] / 4))
    for seed in range(100):
        tick(np.zeros((1, 1), np.uint8), generator(seed, 22), 150, 220, 100, 4, seed)
    assert 0.3 < np.quantile(drawn, 0.1) < 0.55 < 0.75 < np.quantile(drawn, 0.9)


def test_no_hand_ticks_nearly_level():
    assert min(tick_form(style).rise / tick_form(style).reach for style in range(400)) > LEVEL - 1e-9


def test_some_elbows_are_sharp_and_some_round_and_some_hands_hardly_lift_the_pen():
    forms = [tick_form(style) for style in range(200)]
    for values in ([form.elbow for form in forms], [form.fade for form in forms]):
        assert np.quantile(values, 0.9) > 4 * np.quantile(values, 0.1)


def test_a_tick_is_inked_where_it_is_said_to_reach():
    shares = []
    for style in range(60):
        canvas, there = np.zeros((400, 500), np.uint8), np.zeros((400, 500), bool)
        tick(canvas, generator(style, 21), 200, 250, 60, 4, style)
        for left, top, right, bottom in reaches(tick_form(style), 200, 250, 60):
            there[int(top) - 12 : int(bottom) + 12, int(left) - 12 : int(right) + 12] = True
        shares.append((there & (canvas > 100)).sum() / (canvas > 100).sum())
    assert np.median(shares) > 0.9 and np.mean(shares) > 0.8


def test_large_ticks_begin_by_a_stroke_that_is_short_beside_their_arm(monkeypatch):
    drawn = []
    monkeypatch.setattr(marks, "draw_path", lambda _, path, *__: drawn.append(path))
    shares = []
    for size in (40, 400):
        drawn.clear()
        for style in range(100):
            tick(np.zeros((1, 1), np.uint8), generator(style, 23), 0, 0, size, 4, style)
        shares.append(np.median([-path[:, 0].min() / path[:, 0].max() for path in drawn]))
    assert shares[1] < 0.6 * shares[0]


def test_no_tick_begins_by_a_stroke_nearly_as_long_as_its_arm(monkeypatch):
    drawn = []
    monkeypatch.setattr(marks, "draw_path", lambda _, path, *__: drawn.append(path))
    for seed in range(300):
        tick(np.zeros((1, 1), np.uint8), generator(seed, 24), 0, 0, 60, 4, seed)
    first, arm = np.array([(np.hypot(*path[0]), np.hypot(*path[-1])) for path in drawn]).T
    assert (first / arm).max() < 0.85 and np.median(first / arm) > 0.12


def test_what_is_half_right_has_a_tick_with_a_stroke_through_its_arm(monkeypatch):
    drawn = []
    monkeypatch.setattr(ticks, "draw_stroke", lambda _, __, points, *___, **____: drawn.append(points))
    for seed in range(40):
        drawn.clear()
        half_tick(np.zeros((300, 400), np.uint8), generator(seed, 24), 150, 220, 80, 4, seed)
        whole, through = drawn
        ahead, across = np.subtract(whole[-1], whole[-2]), np.subtract(through[1], through[0])
        assert 0.2 * 80 < np.hypot(*across) < 0.55 * 80
        off = [np.subtract(end, whole[-2]) for end in through]
        sides = [ahead[0] * one[1] - ahead[1] * one[0] for one in off]
        assert sides[0] * sides[1] < 0
