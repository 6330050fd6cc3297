"""Structural similarity of one page: SSIM and multi-scale SSIM, flat in memory.

The values are those of torchmetrics (11x11 Gaussian, sigma 1.5, K 0.01 and 0.03; its reflected edges and,
for MS-SSIM, its five scales halved by 2x2 means). It is computed here because a page of 15 megapixels
takes that library some 7 GB and most of a minute; strips of rows take seconds and next to no memory.

Sources: Wang et al., "Image Quality Assessment: From Error Visibility to Structural Similarity", IEEE TIP
2004; Wang et al., "Multi-scale Structural Similarity for Image Quality Assessment", Asilomar 2003.
"""

from __future__ import annotations

import math

import cv2
import numpy as np

from restorekit.metrics.functional import check_pair

WINDOW = 11
SCALE_WEIGHTS = (0.0448, 0.2856, 0.3001, 0.2363, 0.1333)
_MARGIN = WINDOW // 2
_TAPS = cv2.getGaussianKernel(WINDOW, 1.5)
_ROWS = 128  # of a strip: small enough for a processor's cache


def window_means(first: np.ndarray, second: np.ndarray, *, inside_only: bool) -> tuple[float, float]:
    """Means of the SSIM map and of its contrast-structure factor, over pixels and channels.

    Args:
        first: ``(H, W)`` or ``(H, W, C)``, any numeric type, values in 0..255, sides of at least 11.
        second: the same shape.
        inside_only: count only the pixels around which the whole window lies in the page; otherwise all,
            the page being reflected at its edges.
    """
    height, width = first.shape[:2]
    edge = _MARGIN if inside_only else 0
    c1, c2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    similarity = contrast = count = 0.0
    for top in range(edge, height - edge, _ROWS):
        bottom = min(top + _ROWS, height - edge)
        start = max(top - _MARGIN, 0)
        rows = slice(start, min(bottom + _MARGIN, height))
        kept = (slice(top - start, bottom - start), slice(edge, width - edge))
        x, y = first[rows].astype(np.float64), second[rows].astype(np.float64)
        mean_x, mean_y, power, product = (
            cv2.sepFilter2D(values, -1, _TAPS, _TAPS, borderType=cv2.BORDER_REFLECT_101)[kept]
            for values in (x, y, x * x + y * y, x * y)
        )
        means_product, means_power = mean_x * mean_y, mean_x**2 + mean_y**2
        structure = (2 * (product - means_product) + c2) / (power - means_power + c2)
        luminance = (2 * means_product + c1) / (means_power + c1)
        similarity += float((structure * luminance).sum())
        contrast += float(structure.sum())
        count += structure.size
    return similarity / count, contrast / count


def ssim(restored: np.ndarray, target: np.ndarray) -> float:
    """SSIM of two uint8 RGB pages ``(H, W, 3)``, the mean over channels; nan where a side is under 11 px."""
    check_pair(restored, target)
    if min(target.shape[:2]) < WINDOW:
        return math.nan
    return window_means(restored, target, inside_only=False)[0]


def ms_ssim(restored: np.ndarray, target: np.ndarray) -> float:
    """MS-SSIM of two uint8 RGB pages ``(H, W, 3)``, in [0, 1].

    nan where a side is under 176 px: the smallest of the five scales must hold the 11-pixel window, and
    fewer scales would be another metric.
    """
    check_pair(restored, target)
    if min(target.shape[:2]) < WINDOW * 2 ** (len(SCALE_WEIGHTS) - 1):
        return math.nan
    first, second, score = restored, target, 1.0
    for weight in SCALE_WEIGHTS[:-1]:
        contrast = window_means(first, second, inside_only=True)[1]
        score *= max(contrast, 0.0) ** weight
        first, second = _halve(first), _halve(second)
    similarity = window_means(first, second, inside_only=False)[0]
    return score * max(similarity, 0.0) ** SCALE_WEIGHTS[-1]


def _halve(page: np.ndarray) -> np.ndarray:
    """Means of 2x2 pixels, an odd last row or column dropped; exact in float32 four times over."""
    even = page[: page.shape[0] // 2 * 2, : page.shape[1] // 2 * 2].astype(np.float32, copy=False)
    rows = even[0::2] + even[1::2]
    return (rows[:, 0::2] + rows[:, 1::2]) / 4
