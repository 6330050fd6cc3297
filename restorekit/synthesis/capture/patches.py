"""Patches of grime: where on a page they lie, and how they darken it, in small windows."""

from __future__ import annotations

import cv2
import numpy as np

from restorekit.synthesis.textures import Rng, fractal_noise

GRIME = (0.88, 0.95, 1.0)
"""What hands leave takes less of red than of blue: it is a brownish grey."""
COARSE = 6
"""Patches change over centimetres: they are drawn so many times smaller."""


def window_of(paper: np.ndarray, x: float, y: float, reach: float) -> tuple[slice, slice]:
    """The rows and columns of ``paper`` within ``reach`` pixels of a point."""
    height, width = paper.shape[:2]
    rows, columns = (
        np.clip([y - reach, y + reach + 1], 0, height),
        np.clip([x - reach, x + reach + 1], 0, width),
    )
    return slice(int(rows[0]), int(rows[1])), slice(int(columns[0]), int(columns[1]))


def darken(paper: np.ndarray, window: tuple[slice, slice], share: np.ndarray, strength: float) -> None:
    """Take grime's share of the light off a window; ``share`` is float32 ``(h, w)`` in [0, 1]."""
    paper[window] *= 1 - share[..., None] * (np.float32(strength) * np.array(GRIME, np.float32))


def patch(
    rng: Rng, paper: np.ndarray, place: tuple[float, float], radii: tuple[float, float], strength: float
) -> None:
    """A grey patch about a point, a little uneven and without an edge; all in pixels."""
    window = window_of(paper, *place, 2.2 * max(radii))
    height, width = paper[window].shape[:2]
    if min(height, width) < 2:
        return
    rows, columns = max(2, height // COARSE), max(2, width // COARSE)
    turn = rng.uniform(0, np.pi)
    across = np.linspace(window[1].start, window[1].stop, columns, dtype=np.float32)[None] - place[0]
    down = np.linspace(window[0].start, window[0].stop, rows, dtype=np.float32)[:, None] - place[1]
    along, off = np.cos(turn) * across + np.sin(turn) * down, np.cos(turn) * down - np.sin(turn) * across
    hills = fractal_noise(rng, rows, columns, max(2.0, max(radii) / COARSE), 3)
    share = np.exp(-((along / radii[0]) ** 2) - (off / radii[1]) ** 2) * np.clip(0.8 + 0.35 * hills, 0, 1.5)
    share = cv2.resize(share.astype(np.float32), (width, height), interpolation=cv2.INTER_LINEAR)
    darken(paper, window, np.clip(share, 0, 1), strength)
