"""What happened to the print and to the ink of one page: damage and residue.

Pages are uint8 RGB arrays ``(H, W, 3)``. A pixel is off where its absolute difference,
in the mean over RGB, exceeds 20 levels. Ink is where the untouched image is off its target, so no mask is
needed.
"""

from __future__ import annotations

import math

import cv2
import numpy as np

from restorekit.metrics.functional import check_pair

OFF_LEVELS = 20
PRINT_BELOW_LEVEL = 160
INK_GROWN_BY = 5


def _off(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    red, green, blue = cv2.split(cv2.absdiff(first, second))
    return red.astype(np.uint16) + green + blue > 3 * OFF_LEVELS


def _percent(pixels: np.ndarray, among: np.ndarray) -> float:
    total = int(among.sum())
    return 100.0 * int((pixels & among).sum()) / total if total else math.nan


def damage(restored: np.ndarray, target: np.ndarray, image: np.ndarray) -> float:
    """Per cent of the print that the restoration changed, 0 (none) to 100.

    Print is what is dark in the target (its lowest channel under 160) outside the ink grown by a 5x5
    square, which leaves out strokes that ink touches. nan where the page has no such pixels.
    """
    check_pair(restored, target)
    check_pair(image, target, ("image", "target"))
    red, green, blue = cv2.split(target)
    dark = cv2.min(cv2.min(red, green), blue) < PRINT_BELOW_LEVEL
    near_ink = cv2.dilate(
        _off(image, target).astype(np.uint8), np.ones((INK_GROWN_BY, INK_GROWN_BY), np.uint8)
    )
    return _percent(_off(restored, target), dark & (near_ink == 0))


def residue(restored: np.ndarray, target: np.ndarray, image: np.ndarray) -> float:
    """Per cent of the ink that is still off its target, 0 (all erased) to 100 (untouched).

    nan where the page has no ink.
    """
    check_pair(restored, target)
    check_pair(image, target, ("image", "target"))
    return _percent(_off(restored, target), _off(image, target))
