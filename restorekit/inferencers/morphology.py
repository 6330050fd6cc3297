"""Dilation by rectangles."""

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
