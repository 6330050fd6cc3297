import math

import numpy as np
import pytest
import torch
from torchmetrics.functional.image import peak_signal_noise_ratio

from restorekit.metrics import functional


def grey(level, height=4, width=5):
    return np.full((height, width, 3), level, np.uint8)


def noise(seed, height=37, width=53):
    return np.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=np.uint8)


def test_mse_and_rmse_of_one_changed_channel():
    restored = grey(100)
    restored[0, 0, 1] = 130
    # 30 levels off in one of 4 x 5 x 3 values
    assert functional.mse(restored, grey(100)) == pytest.approx(900 / 60 / 255**2, rel=1e-12)
    assert functional.rmse(restored, grey(100)) == pytest.approx(math.sqrt(15), rel=1e-12)


def test_psnr_of_a_uniform_difference():
    # 51 of 255 levels: 20 log10(5)
    assert functional.psnr(grey(0), grey(51)) == pytest.approx(13.979400086720376, abs=1e-12)


def test_psnr_equals_torchmetrics():
    restored, target = noise(0), noise(1)
    tensors = (torch.from_numpy(page.astype(np.float64) / 255) for page in (restored, target))
    expected = peak_signal_noise_ratio(*tensors, data_range=1.0).item()
    assert functional.psnr(restored, target) == pytest.approx(expected, abs=1e-6)  # it sums in float32


def test_psnr_stops_at_its_ceiling():
    assert functional.psnr(grey(7), grey(7)) == 100.0
    near = grey(7, 1000, 1000)
    near[0, 0, 0] = 8  # 112.9 dB, were it not for the ceiling
    assert functional.psnr(near, grey(7, 1000, 1000)) == 100.0


def test_psnr_gain_is_the_difference_to_the_input():
    # off by 10 instead of by 100: a hundredth of the squared error
    assert functional.psnr_gain(grey(110), grey(100), grey(200)) == pytest.approx(20.0, abs=1e-12)
    assert functional.psnr_gain(grey(200), grey(100), grey(110)) == pytest.approx(-20.0, abs=1e-12)


def test_psnr_gain_is_nan_without_anything_to_gain():
    assert math.isnan(functional.psnr_gain(grey(110), grey(100), grey(100)))


def test_rmse_in_mask_counts_the_pixels_above_one_half_alone():
    restored = grey(100)
    restored[0, 0] = (103, 104, 100)
    restored[0, 1] = 255
    mask = np.zeros((4, 5), np.float32)
    mask[0, 0], mask[2, 2], mask[0, 1] = 1.0, 0.51, 0.5
    # squared errors 9 + 16 over two pixels of three channels
    assert functional.rmse_in_mask(restored, grey(100), mask) == pytest.approx(math.sqrt(25 / 6), rel=1e-12)


def test_rmse_in_mask_of_the_whole_page_is_the_rmse():
    whole = np.ones((37, 53), bool)
    expected = functional.rmse(noise(0), noise(1))
    assert functional.rmse_in_mask(noise(0), noise(1), whole) == pytest.approx(expected, rel=1e-12)


def test_rmse_in_an_empty_mask_is_nan():
    assert math.isnan(functional.rmse_in_mask(grey(0), grey(9), np.zeros((4, 5))))


def test_mask_iou_and_f1_by_hand():
    predicted = np.array([[0.9, 0.8, 0.5, 0.1, 0.7]])
    mask = np.array([[1.0, 0.6, 1.0, 0.0, 0.2]])
    # predicted 0, 1, 4; true 0, 1, 2; two in common, four in all
    assert functional.mask_iou(predicted, mask) == 2 / 4
    assert functional.mask_f1(predicted, mask) == 4 / 6


def test_masks_empty_and_disjoint():
    empty, full = np.zeros((2, 2)), np.ones((2, 2))
    assert functional.mask_iou(empty, empty) == functional.mask_f1(empty, empty) == 1.0
    assert functional.mask_iou(full, empty) == functional.mask_f1(full, empty) == 0.0
    assert functional.mask_iou(empty, full) == functional.mask_f1(empty, full) == 0.0


@pytest.mark.parametrize(
    ("restored", "error", "message"),
    [
        (grey(0, 5, 4), ValueError, "same size, got 4x5 and 5x4"),
        (grey(0).astype(np.float32), TypeError, "restored must be a uint8 array in 0..255, got float32"),
        (torch.zeros(4, 5, 3), TypeError, "restored must be a uint8 array in 0..255, got Tensor"),
        (grey(0)[..., 0], ValueError, r"shape \(height, width, 3\), RGB, got \(4, 5\)"),
        (np.zeros((0, 5, 3), np.uint8), ValueError, r"got \(0, 5, 3\)"),
    ],
)
def test_a_wrong_page_is_named(restored, error, message):
    with pytest.raises(error, match=message):
        functional.psnr(restored, grey(0))


def test_a_wrong_mask_is_named():
    with pytest.raises(ValueError, match=r"mask must have the page's shape \(4, 5\), got \(5, 4\)"):
        functional.rmse_in_mask(grey(0), grey(9), np.ones((5, 4)))
    with pytest.raises(TypeError, match=r"mask must be in \[0, 1\], got uint8 up to 255: divide by 255"):
        functional.rmse_in_mask(grey(0), grey(9), np.full((4, 5), 255, np.uint8))
