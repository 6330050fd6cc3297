"""Dilation by rectangles, and connected components."""

from __future__ import annotations

import cv2
import numpy as np
from torch import Tensor
from torch.nn import functional as F


def maximum_filter(planes: Tensor, reach: int) -> Tensor:
    """The largest value within ``reach`` px of each pixel, down and across.

    First down and then across: over whole squares at once it takes several times as long.

    Args:
        planes: float ``(N, C, H, W)``.
        reach: px, 0 or more.

    Returns:
        The same shape.
    """
    size = 2 * reach + 1
    columns = F.max_pool2d(planes, (size, 1), 1, (reach, 0))
    return F.max_pool2d(columns, (1, size), 1, (0, reach))


def dilated(where: np.ndarray, rows: int, columns: int) -> np.ndarray:
    """What lies within so many rows and columns of a plane's pixels, bool ``(H, W)`` to the same."""
    kernel = np.ones((2 * rows + 1, 2 * columns + 1), np.uint8)
    return cv2.dilate(where.astype(np.uint8), kernel) > 0


def component_means(where: np.ndarray, values: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The connected components (of eight neighbours) of a plane, and the means of values over them.

    Args:
        where: bool ``(H, W)``.
        values: float ``(H, W)``.

    Returns:
        The components' labels, int32 ``(H, W)``, 0 where ``where`` is false; OpenCV's statistics of each
        label, int32 ``(labels, 5)``; and the means, float64 ``(labels,)``.
    """
    count, labels, stats, _ = cv2.connectedComponentsWithStats(where.astype(np.uint8))
    total = np.bincount(labels.ravel(), values.ravel(), count)
    return labels, stats, total / np.maximum(stats[:, cv2.CC_STAT_AREA], 1)
