"""Which page of a pair bears the marks: bright or dark, their outlines are seen there alone."""

from __future__ import annotations

import cv2
import numpy as np

from restorekit.datasets.masks import HARD_THRESHOLD, summed_difference

CLEARER = 4
"""An outline is on one page alone where that has more than so many times the contrast of the other."""
LEAST_TOLD = 0.3
"""Of the outlines; what a pale mark leaves of a photograph has most of its outlines on both pages."""


def share_of_target(image: np.ndarray, target: np.ndarray) -> float | None:
    """The share of the outlines seen on one page alone that the target has: near 0, or near 1 if swapped.

    Outlines are those of the regions that differ by more than 25 levels; a page's contrast at a pixel is its
    range within 5x5 pixels, summed over the channels.

    Args:
        image: the page with ink, uint8 RGB ``(H, W, 3)``.
        target: the page without, of the same shape.

    Returns:
        None where less than 0.3 of the outlines tell.

    Raises:
        ValueError: the shapes differ, or these are no pages.
    """
    differs = (summed_difference(image, target) > 3 * HARD_THRESHOLD).astype(np.uint8)
    outline = cv2.morphologyEx(differs, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8)) > 0
    of_image, of_target = (
        cv2.morphologyEx(page, cv2.MORPH_GRADIENT, np.ones((5, 5), np.uint8))[outline].sum(axis=1, dtype=int)
        for page in (image, target)
    )
    here = np.count_nonzero(of_image > CLEARER * of_target)
    there = np.count_nonzero(of_target > CLEARER * of_image)
    return there / (here + there) if here + there > LEAST_TOLD * len(of_image) else None
