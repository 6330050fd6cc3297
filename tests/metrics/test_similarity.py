import math

import cv2
import numpy as np
import pytest
import torch
from torchmetrics.functional.image import (
    multiscale_structural_similarity_index_measure,
    structural_similarity_index_measure,
)

from restorekit.metrics import similarity


def pair(height, width):
    """A soft pattern and the same with noise, so that all factors of SSIM are between 0 and 1."""
    rng = np.random.default_rng(height * width)
    target = cv2.GaussianBlur(rng.integers(0, 256, (height, width, 3), dtype=np.uint8), (0, 0), 2)
    restored = np.clip(target.astype(int) + rng.integers(-25, 40, target.shape), 0, 255).astype(np.uint8)
    return restored, target


def as_tensors(*pages):
    return (torch.from_numpy(page.astype(np.float64) / 255).permute(2, 0, 1)[None] for page in pages)


# 11: one window; 128 and 129: one strip and one row more; 300: three strips
@pytest.mark.parametrize(("height", "width"), [(11, 11), (128, 20), (129, 31), (300, 17)])
def test_ssim_equals_torchmetrics(height, width):
    pages = pair(height, width)
    expected = structural_similarity_index_measure(*as_tensors(*pages), data_range=1.0).item()
    assert similarity.ssim(*pages) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(("height", "width"), [(176, 176), (211, 187)])
def test_ms_ssim_equals_torchmetrics(height, width):
    pages = pair(height, width)
    expected = multiscale_structural_similarity_index_measure(*as_tensors(*pages), data_range=1.0).item()
    assert 0.2 < expected < 0.99
    assert similarity.ms_ssim(*pages) == pytest.approx(expected, abs=1e-7)  # its weights are float32


def test_flat_pages_have_the_luminance_term_alone():
    first, second = np.full((180, 180, 3), 100, np.uint8), np.full((180, 180, 3), 150, np.uint8)
    luminance = (2 * 100 * 150 + 2.55**2) / (100**2 + 150**2 + 2.55**2)
    assert similarity.ssim(first, second) == pytest.approx(luminance, abs=1e-9)
    # the contrast of the four finer scales is 1; the last has the whole formula
    assert similarity.ms_ssim(first, second) == pytest.approx(luminance**0.1333, abs=1e-9)


def test_identical_pages_score_one():
    page, _ = pair(180, 190)
    assert similarity.ssim(page, page) == pytest.approx(1.0, abs=1e-12)
    assert similarity.ms_ssim(page, page) == pytest.approx(1.0, abs=1e-12)


def test_ms_ssim_of_opposite_structure_is_zero_and_not_complex():
    page, _ = pair(180, 180)
    assert similarity.ms_ssim(page, 255 - page) == 0.0


def test_pages_too_small_are_nan():
    assert math.isnan(similarity.ssim(*pair(10, 40)))
    assert math.isnan(similarity.ms_ssim(*pair(176, 175)))
