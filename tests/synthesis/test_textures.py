"""Noise has the spread and the grain that is asked for."""

import numpy as np
import pytest

from restorekit.synthesis.pages import generator
from restorekit.synthesis.textures import fine_noise, smooth_noise, smooth_noise_at


@pytest.mark.parametrize("cell", [1.7, 7.0, 22.0])
def test_noise_at_some_pixels_is_like_that_at_all(cell):
    whole = smooth_noise(generator(1), 200, 300, cell)
    places = np.nonzero(np.ones((200, 300)))
    some = smooth_noise_at(generator(1), places, cell).reshape(200, 300)
    assert some.std() == pytest.approx(whole.std(), rel=0.15)
    for made in (whole, some):
        neighbours = np.corrcoef(made[:, :-1].ravel(), made[:, 1:].ravel())[0, 1]
        assert neighbours > (0.5 if cell < 2 else 0.95)


def test_noise_at_many_or_no_pixels():
    none = (np.array([], int), np.array([], int))
    assert smooth_noise_at(generator(1), none, 5.0).shape == (0,)
    many = (np.zeros(40_000_000 // 1000, int), np.arange(40_000_000 // 1000))
    assert np.isfinite(smooth_noise_at(generator(1), many, 5.0)).all()


def test_fine_noise_has_unit_spread_and_runs_as_the_mill_ran():
    ways = []
    for seed in range(12):
        noise = fine_noise(generator(seed, 72), 700, 600, 2.0, 3.0)
        assert noise.shape == (700, 600) and abs(noise.mean()) < 0.05 and 0.6 < noise.std() < 1.1
        ways.append(np.diff(noise, axis=0).std() / np.diff(noise, axis=1).std())
    assert all(way > 1.5 or way < 1 / 1.5 for way in ways) and min(ways) < 1 < max(ways)


def test_fine_noise_lies_as_it_is_told():
    for upright in (False, True):
        noise = fine_noise(generator(1, 73), 600, 600, 2.0, 3.0, upright)
        assert (np.diff(noise, axis=0).std() < np.diff(noise, axis=1).std()) == upright
