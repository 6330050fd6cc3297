"""Watermarks have exactly the alpha they say, and can be seen."""

import shutil

import numpy as np
import pytest

from restorekit.synthesis import assets, make_watermark_pair
from restorekit.synthesis.pages import generator
from restorekit.synthesis.watermarks import (
    FAINT,
    OPACITY,
    blend,
    is_faint,
    make_watermark,
    watermark,
    watermark_mask,
)


@pytest.mark.parametrize("seed", range(6))
def test_image_is_the_exact_mixture(seed):
    made, _ = make_watermark(seed, height=200, width=240)
    alpha = made.alpha[..., None].astype(np.float64) / 255
    expected = made.target * (1 - alpha) + np.array(made.colour) * alpha
    assert np.array_equal(made.image, np.floor(expected + 0.5).astype(np.uint8))


@pytest.mark.parametrize("seed", range(20))
def test_marks_can_be_seen_and_stay_within_the_opacity(seed):
    made, _ = make_watermark(seed, height=200, width=240)
    assert not is_faint(made.image, made.target, made.alpha)
    assert made.alpha.max() <= np.ceil(OPACITY[1] * 255)


def test_a_users_fonts_print_half_of_the_documents(tmp_path):
    shutil.copy(assets.FOLDER / "print" / "la_mono_bold.ttf", tmp_path)
    pages = [
        [make_watermark(seed, height=96, width=96, fonts=fonts)[0].target for seed in range(24)]
        for fonts in ("", str(tmp_path))
    ]
    differing = sum(not np.array_equal(*pair) for pair in zip(*pages, strict=True))
    assert 3 <= differing <= 18  # half are documents, and fonts are drawn for by chance
    with pytest.raises(FileNotFoundError, match="there is no folder"):
        [make_watermark(seed, height=96, width=96, fonts="nowhere") for seed in range(24)]


def test_blend_by_hand():
    target = np.array([[[100, 0, 255], [10, 20, 30]]], np.uint8)
    alpha = np.array([[51, 0]], np.uint8)
    assert blend(target, alpha, (200, 255, 0)).tolist() == [[[120, 51, 204], [10, 20, 30]]]


def test_faint_is_told_from_visible():
    target = np.full((32, 32, 3), 200, np.uint8)
    alpha = np.zeros((32, 32), np.uint8)
    assert is_faint(target, target, alpha)
    alpha[8:24, 8:24] = 128
    weak, strong = target.copy(), target.copy()
    weak[8:24, 8:24] -= FAINT - 1
    strong[8:24, 8:24] -= FAINT
    assert is_faint(weak, target, alpha)
    assert not is_faint(strong, target, alpha)


def test_white_on_white_is_drawn_again_until_it_shows():
    white = np.full((160, 160, 3), 255, np.uint8)
    for seed in range(12):
        made = watermark(generator(seed, 9), white)
        assert made.colour != (255, 255, 255)
        assert not is_faint(made.image, made.target, made.alpha)


def test_a_piece_of_a_picture_bears_some_of_a_mark_made_for_all_of_it():
    white = np.full((96, 96, 3), 255, np.uint8)
    cut_off = 0
    for seed in range(30):
        made = watermark(generator(seed, 10), white, (400, 500))
        assert made.image.shape == white.shape
        assert made.alpha.any()
        assert not is_faint(made.image, made.target, made.alpha)
        edges = (made.alpha[0], made.alpha[-1], made.alpha[:, 0], made.alpha[:, -1])
        cut_off += any(edge.any() for edge in edges)
    assert cut_off > 15


def test_mask_covers_the_mark_and_only_the_mark():
    made, _ = make_watermark(5, height=200, width=240)
    mask = watermark_mask(made)
    assert mask[made.alpha > 25].all()
    assert not mask[made.alpha == 0].any()


def test_pair_is_deterministic_and_named_arguments_are_checked():
    first, second = (make_watermark_pair(4, height=128, width=160) for _ in range(2))
    assert all(np.array_equal(a, b) for a, b in zip(first, second, strict=True))
    with pytest.raises(ValueError, match="width is 3 pixels; expected 64 to 10000"):
        make_watermark_pair(0, height=100, width=3)
