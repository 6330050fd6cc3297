"""Where a picture shows more than the page: how far beyond its edge each pixel looks, and what lies there."""

from __future__ import annotations

import cv2
import numpy as np

from restorekit.synthesis.capture.desk import lay_on, make_desk, make_lid
from restorekit.synthesis.capture.fingers import lay_fingers
from restorekit.synthesis.textures import Rng, smooth_noise

PRESSED_ON = 0.2
"""How far a scanner's lid is from the page, of what a desk is from a loose sheet."""
HELD = {True: 0.2, False: 0.015}
"""The share of parts of photographs with fingers, of those with an edge of the page and of others."""
PART = 2
"""A desk is drawn so many times smaller for a part of a page: a crop shows less of it, nearer."""


def beyond(x: np.ndarray, y: np.ndarray, width: int, height: int) -> np.ndarray:
    """How far off the page places are, pixels, below 0 on it.

    Args:
        x: float32 ``(H, W)``, where on the page each pixel looks.
        y: the same down.
        width: of the page in pixels.
        height: of the page in pixels.
    """
    across, down = cv2.max(-x, x - (width - 1)), cv2.max(-y, y - (height - 1))
    return np.asarray(cv2.max(across, down))


def share_outside(rng: Rng, away: np.ndarray, millimetre: float) -> np.ndarray:
    """What share of each pixel is off a page whose edge is a little frayed: float32 ``(H, W)``.

    Args:
        rng: source of chance.
        away: from ``beyond``.
        millimetre: pixels.
    """
    frayed = smooth_noise(rng, away.shape[0], away.shape[1], millimetre * rng.uniform(4, 25))
    return np.clip(away + np.float32(millimetre * rng.uniform(0.02, 0.12)) * frayed + 0.5, 0, 1)


def surround(
    rng: Rng,
    page: np.ndarray,
    ink: np.ndarray | None,
    away: np.ndarray | None,
    millimetre: float,
    *,
    by_hand: bool,
) -> tuple[np.ndarray, np.ndarray | None]:
    """Lay a part of a page on what it lies on, and now and then fingers on a photographed one.

    Args:
        rng: source of chance.
        page: float32 ``(H, W, 3)`` reflectance, overwritten.
        ink: float32 ``(H, W, 3)`` transmittance, or None for a page without any.
        away: from ``beyond``; None for a part far from the page's edges.
        millimetre: pixels.
        by_hand: whether it is photographed.

    Returns:
        The same with nothing of the page where something else is seen.
    """
    hidden = None
    if away is not None:
        page, hidden = _lay_part(rng, page, away, millimetre, by_hand=by_hand)
    if by_hand and rng.random() < HELD[hidden is not None]:
        covered = lay_fingers(rng, page, millimetre)
        hidden = covered if hidden is None else cv2.max(hidden, covered)
    if ink is None or hidden is None:
        return page, ink
    return page, 1 - (1 - ink) * (1 - hidden)[..., None]


def _lay_part(
    rng: Rng, page: np.ndarray, away: np.ndarray, millimetre: float, *, by_hand: bool
) -> tuple[np.ndarray, np.ndarray]:
    """A part of a page on a desk, or on a scanner's lid or the dark where that stands open.

    Returns:
        float32 ``(H, W, 3)``, and ``(H, W)`` what share of each pixel is not the page's.
    """
    height, width = away.shape
    outside = share_outside(rng, away, millimetre)
    small = max(8, height // PART), max(8, width // PART)
    desk = make_desk(rng, *small) if by_hand else make_lid(rng, *small)
    desk = cv2.resize(desk, (width, height), interpolation=cv2.INTER_LINEAR)
    lift = 1.0 if by_hand else PRESSED_ON
    return lay_on(rng, page, outside, desk, lift=lift, millimetre=millimetre), outside
