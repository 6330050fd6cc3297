"""How large the letters of a page are."""

from __future__ import annotations

import cv2
import numpy as np

DARKER_BY = 25  # levels under the mean of the surroundings
LEAST_LETTERS = 12


def text_height(page: np.ndarray) -> float | None:
    """The median height of what stands like a letter on its own, printed or written, in px.

    Each letter counts as much as it is tall, so that dots, commas and specks do not count for much. Rules,
    frames and pictures are left out by their shape. Chinese characters that fall into parts count by parts.

    Args:
        page: uint8 ``(H, W)``, dark on light; of a coloured page, the darkest of R, G and B.

    Returns:
        px, 5 or more; None where there are under ``LEAST_LETTERS``.
    """
    height, width = page.shape
    around = max(15, min(height, width) // 16) | 1
    dark = cv2.subtract(cv2.blur(page, (around, around)), page) > DARKER_BY
    stats = cv2.connectedComponentsWithStats(dark.astype(np.uint8), connectivity=8)[2][1:]
    tall, wide = stats[:, cv2.CC_STAT_HEIGHT], stats[:, cv2.CC_STAT_WIDTH]
    area = stats[:, cv2.CC_STAT_AREA]
    letter = (tall >= 5) & (tall < height / 6 + 5) & (wide <= 3 * tall) & (wide * 5 >= tall)
    letter &= (area >= 10) & (area >= 0.12 * tall * wide)
    heights = np.sort(tall[letter].astype(np.float64))
    if len(heights) < LEAST_LETTERS:
        return None
    total = np.cumsum(heights)
    return float(heights[np.searchsorted(total, total[-1] / 2)])
