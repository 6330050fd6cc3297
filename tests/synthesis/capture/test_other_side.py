"""The other side: mirrored, faint and soft, its ink felt on some sheets."""

import cv2
import numpy as np
import pytest

from restorekit.synthesis.capture import other_side
from restorekit.synthesis.capture.other_side import show_through
from restorekit.synthesis.pages import generator


def test_nothing_shines_through_as_sharp_as_it_was_printed():
    back = np.ones((200, 1050, 3), np.float32)
    back[:, 500:505] = 0  # a rule of a millimetre
    for seed in range(12):
        seen = show_through(generator(seed, 56), np.ones_like(back), back)[100, :, 0]
        dark = 1 - seen
        assert 0 < dark.max() < 0.2 and np.abs(np.diff(dark)).max() < 0.6 * dark.max()


def test_the_other_side_shows_in_patches_with_most_and_only_its_heavy_strokes():
    back = np.ones((420, 1050, 3), np.float32)
    back[:, ::10] = back[:, 1::10] = 0  # strokes of 0.4 mm, 2 mm apart
    thin = np.ones_like(back)
    thin[:, ::10] = 0.6
    even, weak = [], []
    for seed in range(24):
        seen = show_through(generator(seed, 57), np.ones_like(back), back)[..., 0]
        waves = seen[:, :1040].reshape(420, 104, 10)
        depth = (waves.max(-1) - waves.min(-1))[::20]
        even.append(depth.min() / depth.max())
        assert 1.5 / 255 < depth.max() < 46 / 255
        pale = 1 - show_through(generator(seed, 57), np.ones_like(back), thin)[..., 0]
        weak.append(pale.max() / (1 - seen.min()))
    assert np.median(even) < 0.06  # no sheet lets it through alike everywhere
    assert np.median(weak) < 0.2


def test_what_shows_through_covers_some_sheets_and_only_patches_of_others():
    back = np.zeros((420, 1050, 3), np.float32)
    bare = []
    for seed in range(40):
        seen = 1 - show_through(generator(seed, 58), np.ones_like(back), back)[..., 0]
        wide = cv2.blur(seen, (61, 61))
        bare.append(np.mean(wide < 0.4 * wide.max()))
    assert np.min(bare) < 0.2 and np.max(bare) > 0.5


def test_what_shows_through_has_lost_some_of_its_colour():
    back = np.ones((200, 300, 3), np.float32)
    back[90:110, 100:200] = (0.9, 0.1, 0.1)  # red ink
    seen = 1 - show_through(generator(3, 59), np.ones_like(back), back)
    red, green, blue = seen[100, 110:190].sum(0)
    assert green == pytest.approx(blue, rel=0.01) and 0.1 * green < red < 0.8 * green


def test_strokes_pressed_into_the_other_side_have_a_bright_and_a_dark_flank():
    written = np.ones((210, 420, 3), np.float32)
    written[60:150, 100:104] = 0.2  # seen from the front about column 317
    for seed in range(12):
        light = other_side._embossed(generator(seed, 60), written)
        assert light.shape == (210, 420) and light.dtype == np.float32
        flat = np.delete(light, range(295, 340), 1)
        assert np.abs(flat - 1).max() < 1e-3, "paper is flat elsewhere"
        across = light[80:130].mean(0) - 1
        assert abs(across.sum()) < 0.05 * np.abs(across).sum() + 1e-3
        assert abs(abs(across[:318].sum()) - abs(across[318:].sum())) < 0.1 * np.abs(across).sum() + 1e-3


def test_some_sheets_alone_are_embossed(monkeypatch):
    seen, bare = [], np.ones((20, 20, 3), np.float32)
    monkeypatch.setattr(other_side, "_embossed", lambda *_: seen.append(1) or np.ones((20, 20), np.float32))
    for seed in range(60):
        show_through(generator(seed, 61), bare, bare, bare)
    assert 20 < len(seen) < 46
    show_through(generator(0, 61), bare, bare)
    assert len(seen) < 46, "no ink, no ridges"
