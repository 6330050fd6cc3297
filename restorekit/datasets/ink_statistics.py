"""What the ink of a pair is like: how much it changes the page, how wide its strokes are, of what colour.

Made pages are worth training on as far as these lie where those of the pages to be restored do.
"""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np

from restorekit.datasets.masks import HARD_THRESHOLD, summed_difference

PRINT_BELOW = 0.7
"""Print is what is darker than this share of the paper around it."""
COLOURED = 0.25
"""Ink whose transmittances of R, G and B differ by more than this is coloured."""
RULE_PX, RULE_RIM_PX = 61, 3
"""A rule is print at least so long, and what lies so near it counts to it."""


class InkStatistics(NamedTuple):
    """Of one pair; None where there is no ink to measure.

    Attributes:
        psnr: of the input against its ground truth, dB; 100 where they are the same.
        crossing: share of the ink's pixels on print, which is what is darker than the paper around.
        stroke_width: median width of the strokes, px, to within one.
        darkness: median of 1 - transmittance in the ink's darkest channel, 0 (clear) to 1 (black).
        red: share of the ink's pixels that are coloured and let red pass best.
        blue: the same for blue.
        redrawn: share of what differs that is no ink but rules of both pages, a little elsewhere in the
            ground truth: people who clean pages by hand draw rules anew.
    """

    psnr: float
    crossing: float | None = None
    stroke_width: float | None = None
    darkness: float | None = None
    red: float | None = None
    blue: float | None = None
    redrawn: float | None = None


def ink_statistics(image: np.ndarray, target: np.ndarray) -> InkStatistics:
    """Measure one pair.

    Args:
        image: the page with ink, uint8 RGB ``(H, W, 3)``.
        target: the page without, of the same shape.

    Raises:
        ValueError: the shapes differ, or these are no pages.
    """
    ink = summed_difference(image, target) > 3 * HARD_THRESHOLD
    psnr = min(100.0, float(cv2.PSNR(image, target)))
    if not ink.any():
        return InkStatistics(psnr)
    target_print = _print(target)
    passed = image[ink].astype(np.float32) / np.maximum(target[ink], 1)
    coloured = passed.max(1) - passed.min(1) > COLOURED
    best = passed.argmax(1)
    return InkStatistics(
        psnr,
        crossing=float(target_print[ink].mean()),
        stroke_width=_stroke_width(ink),
        darkness=float(np.median(1 - np.minimum(passed.min(1), 1))),
        red=float((coloured & (best == 0)).mean()),
        blue=float((coloured & (best == 2)).mean()),
        redrawn=float(_redrawn(image, target, target_print)[ink].mean()),
    )


def _print(page: np.ndarray) -> np.ndarray:
    """Where a page is darker than its paper within some 40 px: bool ``(H, W)``."""
    darkest = page.min(2)
    size = darkest.shape[::-1]
    small = (max(1, size[0] // 8), max(1, size[1] // 8))
    paper = cv2.dilate(cv2.resize(darkest, small, interpolation=cv2.INTER_AREA), np.ones((9, 9), np.uint8))
    return darkest < PRINT_BELOW * cv2.resize(cv2.blur(paper, (9, 9)).astype(np.float32), size)


def _redrawn(image: np.ndarray, target: np.ndarray, target_print: np.ndarray) -> np.ndarray:
    """Where rules of both pages lie that have moved, and no stroke crosses them: bool ``(H, W)``.

    Ink only darkens a page; a rule that has moved is darker in the ground truth on one of its sides.
    """
    before, after = _print(image).astype(np.uint8), target_print.astype(np.uint8)
    darker = (cv2.subtract(image.max(2), target.max(2)) > HARD_THRESHOLD).astype(np.uint8)
    found = np.zeros(before.shape, bool)
    for across in (True, False):
        if not across:
            before, after, darker = before.T, after.T, darker.T
        rule = cv2.min(_rules(before), _rules(after))
        moved = cv2.dilate(cv2.min(rule, darker), np.ones((2 * RULE_RIM_PX + 1, RULE_PX // 2), np.uint8))
        rim = np.pad(before, ((RULE_RIM_PX + 2, RULE_RIM_PX + 2), (0, 0)))
        crossed = cv2.max(rim[: -2 * RULE_RIM_PX - 4], rim[2 * RULE_RIM_PX + 4 :])
        alone = (cv2.min(rule, moved) > 0) & (crossed == 0)
        found |= alone if across else alone.T
    return found


def _rules(print_: np.ndarray) -> np.ndarray:
    """Runs along the rows, those that lean a little too, grown by ``RULE_RIM_PX``: uint8 ``(H, W)``."""
    thick = cv2.dilate(print_, np.ones((3, 1), np.uint8))
    runs = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, RULE_PX), np.uint8))
    return cv2.dilate(runs, np.ones((2 * RULE_RIM_PX + 1,) * 2, np.uint8))


def _stroke_width(ink: np.ndarray) -> float:
    """Twice the distance to the edge, along the middle of strokes."""
    plane = np.pad(ink.astype(np.uint8), 1)
    distance = cv2.distanceTransform(plane, cv2.DIST_L2, 5)
    middle = (distance >= cv2.dilate(distance, np.ones((3, 3), np.uint8))) & (plane > 0)
    return float(2 * np.median(distance[middle]) - 1)
