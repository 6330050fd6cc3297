"""A bleached page is white, its print is the same with and without ink, and faint rules break."""

import numpy as np
import pytest

from restorekit.synthesis.capture import camera
from restorekit.synthesis.capture.bleach import bleach, new_bleach
from restorekit.synthesis.pages import generator


def ruled(level: float, size: int = 480) -> np.ndarray:
    """Paper under a light that falls off to the right, with a rule of some level in every 40 rows."""
    page = np.full((size, size, 3), 0.9, np.float32)
    page[20::40] *= level
    return page * np.linspace(1, 0.8, size, dtype=np.float32)[None, :, None]


@pytest.mark.parametrize("seed", range(12))
def test_paper_comes_out_white_under_any_light(seed):
    page = ruled(0.5)
    out = bleach(page, np.zeros_like(page), new_bleach(generator(seed, 51), page, 0.0))
    assert out.shape == page.shape and out.dtype == np.uint8
    assert out[40::40].min() >= 254
    assert out[20::40].max() < 215


def test_some_scans_lose_their_colour():
    page = ruled(0.6)
    page[20::40, :, 2] += 0.1
    colourful = []
    for seed in range(40):
        out = bleach(page, np.zeros_like(page), new_bleach(generator(seed, 52), page, 0.0)).astype(int)
        colourful.append(bool(np.abs(out[..., 0] - out[..., 2]).max()))
    assert 15 < sum(colourful) < 36


def test_rules_near_the_white_point_break_and_fade():
    page, broken = ruled(0.8), 0
    noise = generator(1, 53).normal(0, 3, page.shape).astype(np.float32)
    for seed in range(20):
        rows = bleach(page, noise, new_bleach(generator(seed, 54), page, 3.0))[20::40].mean(-1)
        broken += bool((rows > 252).mean() > 0.05 and (rows < 205).mean() > 0.05)
    assert broken >= 4


def test_ink_leaves_the_print_beside_it_alone():
    shot = camera.new_shot(generator(0, 55))._replace(look="bleach", blur=0.5, sharpen=0.5, defocus=0.0)
    page, ink = ruled(0.8), np.ones((480, 480, 3), np.float32)
    ink[60:140, 60:180] = 0.1  # so large that a look at the inked page would take it for paper
    noise = camera.sensor_noise(generator(1, 55), 480, 480, shot)
    target, image = camera.take(generator(2, 55), page, ink, shot, noise)
    differs = (image != target).any(-1)
    assert differs[64:136, 64:176].any()
    differs[48:152, 48:192] = False  # as far as lens and sharpening carry it
    assert not differs.any()
