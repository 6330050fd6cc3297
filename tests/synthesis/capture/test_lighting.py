"""Light is even in a scan; in a photo it falls off, changes its colour and shows how the page bends."""

import numpy as np
import pytest

from restorekit.synthesis.capture import lighting
from restorekit.synthesis.capture.camera import LOOKS
from restorekit.synthesis.pages import generator


def test_light_is_even_in_a_scan_and_never_out():
    for seed in range(30):
        for look in LOOKS:
            light = lighting.light(generator(seed, 35), 64, 48, look)
            assert light.shape == (64, 48, 3) and light.dtype == np.float32
            assert 0.15 < light.min() <= light.max() < 1.6


def test_lights_are_bluish_or_yellowish_and_hardly_ever_green_or_magenta():
    tints = np.array([lighting._tint(generator(seed, 39), 1.0) for seed in range(400)])
    warmth, green = tints[:, 0] / tints[:, 2] - 1, tints[:, 1] - tints[:, [0, 2]].mean(1)
    assert np.abs(green).max() < 0.03
    assert 0 < np.median(warmth) < 0.05
    assert (np.abs(warmth) < 0.06).mean() > 0.7
    assert (warmth > 0.1).any()


def test_bends_shade_a_photo_and_an_app_evens_that_out():
    shade = np.ones((20, 16), np.float32)
    shade[:, 8:] = 0.7
    steps = {}
    for look in ("photo", "app"):
        flat, bent = (lighting.light(generator(4, 35), 160, 128, look, one) for one in (None, shade))
        share = bent / flat
        assert np.allclose(share[:, :48], 1, atol=0.01)
        steps[look] = share[:, 80:].mean()
    assert steps["photo"] == pytest.approx(0.7, abs=0.02)
    assert steps["app"] == pytest.approx(0.91, abs=0.02)


def test_light_changes_its_colour_across_a_photo():
    changes = []
    for look in ("photo", "scan"):
        lights = [lighting.light(generator(seed, 38), 64, 48, look) for seed in range(40)]
        changes.append(max(np.ptp(light[..., 0] / light[..., 2]) for light in lights))
    assert changes[0] > 0.03
    assert changes[1] < 1e-5


def test_pages_held_by_hand_lie_in_a_rooms_light():
    uneven = {
        look: np.median([np.ptp(lighting.light(generator(seed, 40), 64, 48, look)) for seed in range(40)])
        for look in LOOKS
    }
    assert min(uneven["photo"], uneven["bleach"]) > 2 * max(uneven["scan"], uneven["copy"])
