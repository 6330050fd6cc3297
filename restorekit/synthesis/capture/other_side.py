"""What is seen of a page's other side: its print and ink shine through, and its strokes stand up.

Ink darkens the paper from behind, blurred and paler than it is; a pen that pressed has left a ridge there,
which has a bright side and a dark one under a lamp, whether the ink is seen or not.
"""

from __future__ import annotations

import cv2
import numpy as np

from restorekit.synthesis.textures import A4, Rng, fine_noise, in_colours, log_uniform, smooth_noise

STREWN, LEAST_STREWN = (0.2, 0.5), 1.2
"""How far paper strews what comes through it: standard deviations in millimetres, at least in pixels."""
HIDDEN = (0.02, 0.14)
"""What is no darker than that once it is strewn does not come through: thin and pale strokes."""
ISLANDS = 0.45
"""The share of sheets that the other side shows through in places, a few words here and there."""
SEEN = (0.06, 0.2)
"""How much darker paper is where the other side is black: 15 to 50 of 255 levels below broad strokes."""
PALER = np.float32(0.6) * np.eye(3, dtype=np.float32) + np.float32(0.4 / 3)
"""What comes through has but this share of its colour."""
SOAKED, THROUGH, LONG = (0.12, 0.5), (0.4, 1.2), (1, 5)
"""How unevenly paper lets a stroke through, fibre by fibre, how far apart that is, millimetres, and how much
longer than broad such places are: fibres lie as the mill ran."""
EMBOSSED = 0.55
"""The share of sheets, of those written on behind, whose strokes are felt from the front."""
RIDGE, STEEP = (0.12, 0.3), (0.025, 0.16)
"""How broad ridges are, standard deviation in millimetres, and how much light their flanks gain or lose."""


def show_through(
    rng: Rng, paper: np.ndarray, back: np.ndarray, written: np.ndarray | None = None
) -> np.ndarray:
    """The other side, mirrored and faint, darkens the paper: its heavy strokes, here more than there.

    Args:
        rng: source of chance.
        paper: float32 ``(H, W, 3)`` reflectance.
        back: float32 ``(H, W, 3)`` transmittance of what is on the other side, of the same size.
        written: the same of the ink there alone, which may be felt; None for no ink.
    """
    if written is not None and rng.random() < EMBOSSED:
        paper = paper * in_colours(_embossed(rng, written))
    strewn = max(LEAST_STREWN, paper.shape[1] / A4 * rng.uniform(*STREWN))
    height, width = (-(-side // 2) for side in paper.shape[:2])  # so soft that half the size will do
    seen = cv2.resize(cv2.flip(back, 1), (width, height), interpolation=cv2.INTER_AREA)
    seen = cv2.GaussianBlur(seen, (0, 0), strewn / 2)
    least = np.float32(rng.uniform(*HIDDEN))
    seen = np.maximum((1 - least) - cv2.transform(seen, PALER), 0)
    # where the sheet lies on white it is seen less than where it lies close on something dark
    islands = rng.random() < ISLANDS
    mean, spread, reach = (0.25, 0.45, (0.06, 0.25)) if islands else (0.7, 0.22, (0.2, 0.6))
    close = np.clip(mean + spread * smooth_noise(rng, height, width, rng.uniform(*reach) * width), 0.04, 1)
    apart = max(1.6, width / A4 * log_uniform(rng, *THROUGH))
    fibres = fine_noise(rng, height, width, apart, log_uniform(rng, *LONG))
    close *= np.clip(1 + np.float32(rng.uniform(*SOAKED)) * fibres, 0.1, 1.3)
    seen *= in_colours(np.float32(log_uniform(rng, *SEEN)) / (1 - least) * close)
    left = cv2.resize(1 - seen, paper.shape[1::-1], interpolation=cv2.INTER_LINEAR)
    left *= paper
    return left


def _embossed(rng: Rng, written: np.ndarray) -> np.ndarray:
    """The light on strokes that stand up, here higher than there: float32 ``(H, W)``, 1 beside them."""
    height, width = (-(-side // 2) for side in written.shape[:2])
    ridge = max(0.6, width / A4 * rng.uniform(*RIDGE))
    ink = cv2.resize(cv2.flip(written, 1), (width, height), interpolation=cv2.INTER_AREA)
    heights = cv2.GaussianBlur(1 - cv2.transform(ink, np.full((1, 3), 1 / 3, np.float32)), (0, 0), ridge)
    turn, across = rng.uniform(0, 2 * np.pi), np.array([[-1, 0, 1]], np.float32)
    slope = np.float32(np.cos(turn)) * cv2.filter2D(heights, -1, across)
    slope += np.float32(np.sin(turn)) * cv2.filter2D(heights, -1, across.T)
    pressed = np.clip(0.6 + 0.4 * smooth_noise(rng, height, width, rng.uniform(0.1, 0.5) * width), 0.1, 1.3)
    slope *= pressed * np.float32(ridge * log_uniform(rng, *STEEP))
    return cv2.resize(1 + slope, written.shape[1::-1], interpolation=cv2.INTER_LINEAR)
