"""Where a copier draws the line between black and white, and the specks that it adds."""

from __future__ import annotations

import cv2
import numpy as np

from restorekit.synthesis.capture.print_tones import print_tones
from restorekit.synthesis.textures import Rng, log_uniform

MOST = 0.8
"""The share of a page's print that a copy keeps at least."""
STROKE, SOLID = 0.06, 0.6
"""What ink darkens by more than the first is strokes, of which a copy keeps at least the second share."""
SPECKS = (2, 120)
"""Black grains of toner and dust on a million pixels of a copy in black and white."""


def copy_threshold(rng: Rng, target: np.ndarray, inked: np.ndarray | None = None) -> np.ndarray | None:
    """Where a copy's black begins: under the paper's tone, over most of its print's and ink's, else None.

    A copy that loses its print and keeps ink, or its ink and keeps print, is nothing that anybody would hand
    in, so what is faint is not made black and white.

    Args:
        rng: source of chance.
        target: float32 ``(H, W, 3)``, the exposed page without ink.
        inked: the same with its ink; None for a page without any.
    """
    height, width = target.shape[:2]
    grey = cv2.transform(target, np.full((1, 3), 1 / 3, np.float32))
    small = cv2.resize(grey, (max(1, width // 4), max(1, height // 4)), interpolation=cv2.INTER_AREA)
    local = cv2.GaussianBlur(cv2.dilate(small, np.ones((5, 5), np.uint8)), (0, 0), 6)
    local = cv2.resize(local, (width, height))
    print_ = print_tones(grey[::2, ::2] / np.maximum(local[::2, ::2], 1e-3), 0.5)
    kept = float(np.quantile(print_, MOST)) if print_.size else 0.0
    if inked is not None:
        written = cv2.transform(inked[::2, ::2], np.full((1, 3), 1 / 3, np.float32))
        strokes = grey[::2, ::2] - written > STROKE
        if strokes.any():
            tones = written[strokes] / np.maximum(local[::2, ::2][strokes], 1e-3)
            kept = max(kept, float(np.quantile(tones, SOLID)))
    least = float(np.clip(kept, 0.5, 0.8))  # little over that, lest strokes run into each other
    level = rng.uniform(least, min(0.84, least + 0.12))
    if kept >= level:
        return None
    threshold = local * np.float32(level)
    specks = rng.integers(0, threshold.size, int(1e-6 * threshold.size * log_uniform(rng, *SPECKS)))
    threshold.flat[specks] = 2.0
    threshold.flat[np.minimum(specks[::3] + 1, threshold.size - 1)] = 2.0  # some are two pixels wide
    return threshold
