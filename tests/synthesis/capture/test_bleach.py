"""A bleached page is white, its print is the same with and without ink, and faint rules break."""

import numpy as np
import pytest

from restorekit.synthesis.capture import camera, shots
from restorekit.synthesis.capture.bleach import PALEST, Bleach, bleach, new_bleach
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


@pytest.mark.parametrize("level", [0.86, 0.92])
def test_paper_is_white_and_print_dark_however_pale_all_print_is(level):
    page = np.full((200, 200, 3), 0.9, np.float32)
    page[20::40] *= level
    for seed in range(30):
        out = bleach(page, np.zeros_like(page), new_bleach(generator(seed, 56), page, 0.0))
        assert out[40::40].min() == 255
        assert out[20::40].min() < 130


def test_the_darkest_print_comes_out_dark():
    page = ruled(0.7)
    for seed in range(30):
        out = bleach(page, np.zeros_like(page), new_bleach(generator(seed, 57), page, 0.0))
        assert out[20::40].min() < 255 * PALEST[0.5] + 5


def test_pale_print_is_kept_beside_a_dark_desk_and_a_dark_bar():
    kept = []
    for seed in range(20):
        page = np.full((480, 480, 3), 0.9, np.float32)
        page[60:110, 200:400] = 0.05
        page[140::16, 200:460] = page[141::16, 200:460] = 0.68
        page[:, :180] = generator(seed, 61).uniform(0.1, 0.3, (480, 180, 1)).astype(np.float32)
        out = bleach(page, np.zeros_like(page), new_bleach(generator(seed, 62), page, 2.0))
        kept.append((out[140::16, 210:450] < 215).mean())
    assert np.mean(kept) > 0.85 and min(kept) > 0.4


def test_the_papers_grain_is_taken_away():
    noise = generator(1, 58).normal(0, 4, (480, 480, 3)).astype(np.float32)
    page = ruled(0.91)
    for seed in range(12):
        out = bleach(page, noise, new_bleach(generator(seed, 58), page, 4.0))
        assert (out[40::40] == 255).mean() > 0.95


@pytest.mark.filterwarnings("error")
def test_a_black_page_stays_black():
    page = np.zeros((80, 60, 3), np.float32)
    assert bleach(page, page, new_bleach(generator(2, 59), page, 2.0)).max() < 20


def test_edges_are_sharpened():
    page = ruled(0.75)
    how = new_bleach(generator(3, 60), page, 0.0)._replace(soft=0.3)
    dark = [bleach(page, np.zeros_like(page), how._replace(sharpen=share))[20::40].mean() for share in (0, 2)]
    assert dark[1] < dark[0] - 10


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
    assert 1 <= broken <= 8


def test_ink_leaves_the_print_beside_it_alone():
    shot = shots.new_shot(generator(0, 55))._replace(look="bleach", blur=0.5, sharpen=0.5, defocus=0.0)
    page, ink = ruled(0.8), np.ones((480, 480, 3), np.float32)
    ink[60:140, 60:180] = 0.1  # so large that a look at the inked page would take it for paper
    noise = camera.sensor_noise(generator(1, 55), 480, 480, shot)
    target, image = camera.take(generator(2, 55), page, ink, shot, noise)
    differs = (image != target).any(-1)
    assert differs[64:136, 64:176].any()
    differs[48:152, 48:192] = False  # as far as lens and sharpening carry it
    assert not differs.any()


def test_ink_paler_than_print_is_kept_too():
    page = np.full((240, 240, 3), 0.9, np.float32)
    page[20::40, 10:100] = page[21::40, 10:100] = 0.2
    inked = page.copy()
    inked[30:36, 120:220] = 0.78
    for seed in range(12):
        how = new_bleach(generator(seed, 65), page, 0.5, inked)
        assert bleach(inked, np.zeros_like(page), how)[32:34, 130:210].mean() < 252


def test_a_grey_desk_comes_out_without_a_rainbow():
    page = np.full((60, 60, 3), 0.9, np.float32)
    page[:, 30:] = 0.55  # the desk
    how = Bleach(np.full(page.shape, 0.8, np.float32), 0.4, 0.0, 0.5)
    noise = generator(3, 1).normal(0, 6, page.shape).astype(np.float32)
    desk = bleach(page, noise, how)[5:-5, 35:55].astype(float)
    assert desk.mean(-1).std() > 1.5 * (desk - desk.mean(-1, keepdims=True)).std()
