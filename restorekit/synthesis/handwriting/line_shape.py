"""The shape of a line of writing as a whole: it leans, climbs, sags, grows and shrinks."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np

from restorekit.synthesis.handwriting.hands import Hand
from restorekit.synthesis.textures import Rng, smooth_noise


class Written(NamedTuple):
    """A line of writing: uint8 ``(H, W)`` coverage, and the row of it that stands on the line."""

    coverage: np.ndarray
    baseline: int


def warp_line(rng: Rng, hand: Hand, coverage: np.ndarray, baseline: int, em: float, zoom: int) -> Written:
    """Height, slant, climb and unsteadiness, and back to page size.

    The writing grows and shrinks, leans more and less, rises and sags along the line, and no letter keeps
    the shape that it has elsewhere.
    """
    height, width = coverage.shape
    size = em / zoom
    rise = int(abs(hand.climb) * width / zoom + 0.2 * size) + 1  # room for a line that climbs and sags
    small_height, small_width = height // zoom + 2 * rise, max(1, width // zoom)
    across = np.arange(small_width, dtype=np.float32)[None] * zoom
    down = np.arange(-rise, small_height - rise, dtype=np.float32)[:, None] * zoom

    def along(spread: float, cell: float) -> np.ndarray:
        return np.float32(spread) * smooth_noise(rng, 2, small_width, cell * size)[:1]

    def astray(spread: float, cell: float) -> np.ndarray:
        return np.float32(spread * em) * smooth_noise(rng, small_height, small_width, cell * size)

    off = down + np.float32(hand.climb) * across - baseline
    lean = np.float32(hand.slant) + along(hand.unrest, 3)
    tall = np.float32(hand.stretch) * np.exp(along(0.7 * hand.unrest, 5))
    map_x = across + lean * off + astray(hand.wobble, 0.5)
    map_y = baseline + off / tall + astray(hand.wobble, 0.6) + along(0.6 * hand.unrest * em, 5)
    smooth = cv2.GaussianBlur(coverage, (0, 0), zoom * 0.25)
    warped = cv2.remap(smooth, map_x, map_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT)
    return Written(warped, baseline // zoom + rise)
