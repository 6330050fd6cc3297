"""The text-removal field's own metrics of one page, as published and as they should be.

Y is .299 R + .587 G + .114 B in 0..255. Pages are uint8 RGB arrays ``(H, W, 3)``.
Source: the evaluation published with EraseNet (Liu et al., IEEE TIP 2020), which later papers reuse.
"""

from __future__ import annotations

import math

import cv2
import numpy as np

from restorekit.metrics.functional import check_pair
from restorekit.metrics.similarity import SCALE_WEIGHTS, WINDOW, window_means

ERROR_LEVELS = 20
PUBLISHED_PIXELS = 512**2
_CROSS = np.array([[0, 1, 0], [1, 1, 1], [0, 1, 0]], np.uint8)


def _luma(page: np.ndarray) -> np.ndarray:
    """Y in 0..255, ``(H, W)`` float32, in the published code's order of operations.

    The order matters: a difference that ends in one half is rounded up or down by float32's last bit.
    """
    red, green, blue = (page[..., channel].astype(np.float32) / 255 for channel in range(3))
    return (np.float32(0.299) * red + np.float32(0.587) * green + np.float32(0.114) * blue) * np.float32(255)


def _luma_levels_off(restored: np.ndarray, target: np.ndarray) -> np.ndarray:
    """Absolute difference of Y of every pixel, rounded to a whole grey level; ``(H, W)`` uint8."""
    check_pair(restored, target)
    return np.rint(np.abs(_luma(restored) - _luma(target))).astype(np.uint8)


def _error_pixels(restored: np.ndarray, target: np.ndarray) -> np.ndarray:
    return (_luma_levels_off(restored, target) > ERROR_LEVELS).astype(np.uint8)


def _clustered(errors: np.ndarray) -> np.ndarray:
    """The error pixels whose four neighbours are errors too; outside the page is none."""
    return cv2.erode(errors, _CROSS, borderType=cv2.BORDER_CONSTANT, borderValue=0)


def age(restored: np.ndarray, target: np.ndarray) -> float:
    """Average grey error: the mean absolute difference of Y, each pixel's rounded to a level of 0..255."""
    return float(_luma_levels_off(restored, target).mean())


def peps(restored: np.ndarray, target: np.ndarray) -> float:
    """Share in [0, 1] of error pixels, those whose Y is off by more than 20 levels."""
    return float(_error_pixels(restored, target).mean())


def pceps(restored: np.ndarray, target: np.ndarray) -> float:
    """Share in [0, 1] of clustered error pixels, those whose four neighbours are errors too."""
    return float(_clustered(_error_pixels(restored, target)).mean())


def peps_published(restored: np.ndarray, target: np.ndarray) -> float:
    """The error pixels' number over 512 x 512, whatever the page's size, as the published code has it."""
    return float(_error_pixels(restored, target).sum()) / PUBLISHED_PIXELS


def pceps_published(restored: np.ndarray, target: np.ndarray) -> float:
    """The clustered error pixels' number over 512 x 512, whatever the page's size."""
    return float(_clustered(_error_pixels(restored, target)).sum()) / PUBLISHED_PIXELS


def mssim_published(restored: np.ndarray, target: np.ndarray) -> float:
    """The papers' "MSSIM" of Y: the multi-scale formula with all five scales taken at full size.

    The published code halves the pages and then never uses the halves. ``ms_ssim`` is the correct one.
    nan where a side is under 11 px, the window's width.
    """
    check_pair(restored, target)
    if min(target.shape[:2]) < WINDOW:
        return math.nan
    similarity, contrast = window_means(_luma(restored), _luma(target), inside_only=True)
    score = math.prod(abs(contrast) ** weight for weight in SCALE_WEIGHTS[:-1])
    return score * math.copysign(abs(similarity) ** SCALE_WEIGHTS[-1], similarity)
