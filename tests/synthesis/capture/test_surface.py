"""Paper that does not lie flat: it is bent and shaded by the same hills."""

import numpy as np
import pytest

from restorekit.synthesis.capture import surface
from restorekit.synthesis.pages import generator


def page_grid(rows: int = 141, columns: int = 100) -> tuple[np.ndarray, np.ndarray]:
    across, down = np.linspace(0, 1, columns), np.linspace(0, 1.41, rows)
    x, y = np.meshgrid(across.astype(np.float32), down.astype(np.float32))
    return x, y


def test_flat_paper_is_neither_bent_nor_shaded(monkeypatch):
    monkeypatch.setattr(surface, "relief", lambda rng, x, y, folded: np.zeros_like(x))
    shift, shade = surface.make_surface(generator(1), *page_grid())
    assert shift.shape == (141, 100, 2) and not shift.any()
    assert (shade == 1).all()


def test_where_paper_rises_it_is_bent_and_where_it_slopes_it_is_shaded(monkeypatch):
    x, y = page_grid()
    hill = 0.03 * np.exp(-((x - 0.3) ** 2 + (y - 0.4) ** 2) / 0.005).astype(np.float32)
    monkeypatch.setattr(surface, "relief", lambda rng, x, y, folded: hill.copy())
    shift, shade = surface.make_surface(generator(2), x, y)
    here, far = (40, 30), (120, 80)
    assert np.abs(shift[here]).max() > 10 * np.abs(shift[far]).max()
    assert shade[far] == pytest.approx(1, abs=1e-4)
    assert shade[here] == pytest.approx(1, abs=0.06)  # its top is level
    assert shade.min() < 0.9 and shade.max() > 1.03  # a side in the lamp's light, the other turned from it


def test_a_slope_and_its_mirror_image_are_shaded_by_opposite_amounts():
    x, _ = page_grid()
    for seed in range(5):
        rising = surface.shade_of(generator(seed), 0.05 * x, 1 / 99)
        falling = surface.shade_of(generator(seed), -0.05 * x, 1 / 99)
        assert np.ptp(rising) < 1e-4
        level = np.sqrt(1 + 0.05**2)
        assert np.allclose(level * (rising + falling), 2, atol=1e-4)
        assert 0.05 * 0.3 / np.tan(np.deg2rad(65)) / 2 < abs(level * rising[5, 5] - 1) + 1e-4
        assert abs(rising[5, 5] - 1) < 0.05 * 0.65 / np.tan(np.deg2rad(25)) + 1e-4


def test_a_fold_is_a_line_of_its_own_besides_two_slopes():
    x, y = page_grid(436, 310)
    steps, lines = [], []
    for seed in range(24):
        rng = generator(seed, 8)
        shade = surface.shade_of(rng, surface.folds(rng, x, y), 1 / 309)
        along = shade[:, 155] if np.ptp(shade[:, 155]) > np.ptp(shade[200]) else shade[200]
        wide = np.convolve(along, np.ones(25) / 25, "same")
        lines.append(np.abs(along - wide)[30:-30].max())
        steps.append(np.ptp(wide[30:-30]))
    assert np.median(lines) > 0.02 and np.median(steps) > 0.01


def test_the_two_sides_of_a_fold_are_sloped_as_far_as_the_edges():
    x, y = page_grid(436, 310)
    slopes = []
    for seed in range(24):
        heights = surface.folds(generator(seed, 8), x, y)
        across, down = (np.abs(np.diff(heights, axis=axis)) * 309 for axis in (1, 0))
        slopes.append(max(np.median(across[60:-60, 20:60]), np.median(down[40:80, 60:-60])))
    assert np.median(slopes) > 0.01, "half a degree or more, so that lines of text turn there"


def test_no_bend_is_left_unshaded():
    x, y = page_grid()
    for seed in range(30):
        turn = generator(seed, 8).uniform(0, np.pi)
        way = np.float32(np.cos(turn)) * (x - 0.5) + np.float32(np.sin(turn)) * (y - 0.7)
        shade = surface.shade_of(generator(seed, 9), 0.1 * way * way, 1 / 99)
        assert np.ptp(shade) > 0.01


def test_a_book_on_the_glass_is_narrow_and_dark_where_it_rises_into_the_spine():
    for seed in range(12):
        seen, bright, rise = surface.on_glass(generator(seed, 7), 1000)
        steps = np.diff(seen)
        assert 15 <= rise[0] <= 60 and np.all(np.diff(rise) < 0)
        assert seen[0] == 0 and 0 <= seen[-1] - 999 < 100
        assert np.all(np.diff(steps) < 1e-3) and steps[0] > 1.02 and steps[-1] == pytest.approx(1, abs=1e-3)
        assert (
            np.all(np.diff(bright) > -1e-6) and bright[0] < 0.9 and bright[-1] == pytest.approx(1, abs=1e-3)
        )


def test_a_fold_wavers_fades_and_leaves_two_unlike_sides():
    x, y = page_grid(401, 101)
    heights = [surface._crease(generator(seed, 3), x, y, (0.5, 0.7), 0.0, 0.1, 0.2) for seed in range(12)]
    ridges = [np.abs(np.diff(one, 2, axis=0)).argmax(0) for one in heights]
    assert np.median([np.ptp(ridge) for ridge in ridges]) >= 1  # not dead straight
    assert max(np.ptp(ridge) for ridge in ridges) < 0.05 * 401  # and still a fold
    sharpness = [np.abs(np.diff(one, 2, axis=0)).max(0) for one in heights]
    assert np.median([one.min() / one.max() for one in sharpness]) < 0.75
    above, below = (np.array([np.abs(one[row, 50]) for one in heights]) for row in (170, 230))
    assert (np.maximum(above, below) / np.minimum(above, below)).max() > 1.5
    assert np.abs(heights[0][0]).max() < 0.3 * np.abs(heights[0]).max()  # far from it paper lies flat


def test_paper_pressed_flat_is_bent_beside_its_creases_alone():
    x, y = page_grid(564, 400)
    flat = {
        pressed: np.mean(
            [
                np.abs(np.diff(surface.folds(generator(seed, 11), x, y, pressed=pressed))) < 2e-5
                for seed in range(12)
            ]
        )
        for pressed in (False, True)
    }
    assert flat[True] > max(0.7, flat[False] + 0.08)


def test_a_page_wobbles_besides_its_long_waves():
    x, y = page_grid(282, 200)
    shares = []
    for seed in range(12):
        slopes = np.gradient(surface._waves(generator(seed, 12), x, y))[1]
        power = (np.abs(np.fft.rfft(slopes * np.hanning(200), axis=1)) ** 2).mean(0)
        shares.append(power[5:].sum() / power.sum())  # waves of a fifth of a page and less
    assert np.median(shares) > 0.01


def test_pages_wave_on_one_side_and_lie_flat_on_the_other():
    x, y = page_grid()
    shares = [surface._lying(generator(seed, 14), x, y) for seed in range(40)]
    assert min(one.min() for one in shares) >= 0 and max(one.max() for one in shares) <= 1
    assert np.mean([np.mean(one < 0.1) for one in shares]) > 0.15
    assert np.mean([one.max() > 0.5 for one in shares]) > 0.8


def test_bare_paper_has_small_hills_that_show_and_hardly_move_anything():
    x, y = page_grid(424, 300)
    slopes = []
    for seed in range(12):
        heights = surface._cockles(generator(seed, 13), x)
        slopes.append((299 * np.diff(heights, axis=1)).std())
        assert np.abs(heights).max() < 0.01
        waves = np.abs(np.fft.rfft(heights - heights.mean(), axis=1)).mean(0)
        assert waves[8:60].sum() > waves[90:].sum()
    assert min(slopes) > 0.0004 and np.median(slopes) < 0.012 and max(slopes) < 0.04, "it is nearly flat"


def test_a_book_is_darkest_in_its_gutter_where_both_pages_go_down():
    x, y = page_grid()
    for seed in range(6):
        shade = surface.make_surface(generator(seed, 6), x, y, 0.3).shade
        assert 28 <= shade.mean(0).argmin() <= 34
        assert shade[:, 30].mean() < 0.85 * shade[:, 60].mean()
