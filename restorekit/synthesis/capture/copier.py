"""Where a copier draws the line between black and white, and the specks that it adds."""

from __future__ import annotations

import cv2
import numpy as np

from restorekit.synthesis.capture.print_tones import print_tones
from restorekit.synthesis.textures import Rng, log_uniform

MOST = 0.8
"""The share of a page's print that a copy keeps at least."""
SPECKS = (2, 120)
"""Black grains of toner and dust on a million pixels of a copy in black and white."""


def copy_threshold(rng: Rng, target: np.ndarray) -> np.ndarray | None:
    """Where a copy's black begins: under the paper's brightness, over most of its print's, else None.

    A copy that loses its print and keeps ink is nothing that anybody would hand in, so faint print is not
    made black and white.
    """
    height, width = target.shape[:2]
    grey = cv2.transform(target, np.full((1, 3), 1 / 3, np.float32))
    small = cv2.resize(grey, (max(1, width // 4), max(1, height // 4)), interpolation=cv2.INTER_AREA)
    local = cv2.GaussianBlur(cv2.dilate(small, np.ones((5, 5), np.uint8)), (0, 0), 6)
    local = cv2.resize(local, (width, height))
    print_ = print_tones(grey[::2, ::2] / np.maximum(local[::2, ::2], 1e-3), 0.5)
    kept = float(np.quantile(print_, MOST)) if print_.size else 0.0
    least = float(np.clip(kept, 0.5, 0.8))  # little over that, lest strokes run into each other
    level = rng.uniform(least, min(0.84, least + 0.12))
    if kept >= level:
        return None
    threshold = local * np.float32(level)
    specks = rng.integers(0, threshold.size, int(1e-6 * threshold.size * log_uniform(rng, *SPECKS)))
    threshold.flat[specks] = 2.0
    threshold.flat[np.minimum(specks[::3] + 1, threshold.size - 1)] = 2.0  # some are two pixels wide
    return threshold
