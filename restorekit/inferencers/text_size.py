"""How large the letters of a page are, and how wide their strokes."""

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
    tall = _letters(page)[2]
    return _median(tall, tall) if len(tall) >= LEAST_LETTERS else None


def stroke_width(page: np.ndarray) -> float | None:
    """The median width of the strokes of letters, in px with their soft edges; see ``text_height``.

    A letter's is twice its area by the length of its edge. It tells a page's resolution where height does
    not: pens and types are some tenths of a millimetre wide, be letters large or small.
    """
    dark, labels, tall, which = _letters(page)
    if len(tall) < LEAST_LETTERS:
        return None
    cross = cv2.getStructuringElement(cv2.MORPH_CROSS, (3, 3))
    edge = dark - cv2.erode(dark, cross, borderType=cv2.BORDER_CONSTANT, borderValue=0)
    count = int(which.max()) + 1
    area, length = (np.bincount(labels[where > 0], minlength=count)[which] for where in (dark, edge))
    return _median(2 * area / length, tall)


def _letters(page: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """What is dark and its labels, ``(H, W)``; heights of what stands like letters, and which they are."""
    height, width = page.shape
    around = max(15, min(height, width) // 16) | 1
    dark = (cv2.subtract(cv2.blur(page, (around, around)), page) > DARKER_BY).view(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    tall, wide, area = (stats[:, at] for at in (cv2.CC_STAT_HEIGHT, cv2.CC_STAT_WIDTH, cv2.CC_STAT_AREA))
    letter = (tall >= 5) & (tall < height / 6 + 5) & (wide <= 3 * tall) & (wide * 5 >= tall)
    letter &= (area >= 10) & (area >= 0.12 * tall * wide)
    return dark, labels, tall[letter].astype(np.float64), np.flatnonzero(letter)


def _median(values: np.ndarray, weights: np.ndarray) -> float:
    order = np.argsort(values)
    total = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(total, total[-1] / 2)])
