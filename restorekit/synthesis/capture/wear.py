"""What use leaves on a page here and there: thumbed corners, dust, smudges, a grey edge, staples, toner.

Paper is alike all over only where it lies new in its packet. All of it darkens the page, so it is one share
of the light that is left, made in small windows: most of a page stays as it was.
"""

from __future__ import annotations

import numpy as np

from restorekit.synthesis.capture.dust import dusty, lined, toner
from restorekit.synthesis.capture.patches import darken, patch
from restorekit.synthesis.capture.smudges import dragged, rubbed
from restorekit.synthesis.capture.staples import stapled
from restorekit.synthesis.textures import A4, Rng, log_uniform, smooth_noise

CHANCES = {
    "thumbed": 0.14,
    "dusty": 0.35,
    "rubbed": 0.1,
    "dragged": 0.07,
    "edge": 0.1,
    "dog_ear": 0.06,
    "stapled": 0.12,
    "toner": 0.12,
    "lined": 0.03,
}
"""How often a page has each."""
LOOSE = ("stapled", "toner", "lined")
"""What leaves of books and pads do not have."""


def wear(rng: Rng, paper: np.ndarray, *, bound: bool = False) -> None:
    """Let a page have been used, a loose one or a ``bound`` one.

    It is float32 ``(H, W, 3)`` reflectance and changed in place.
    """
    for name, chance in CHANCES.items():
        if rng.random() < chance and not (bound and name in LOOSE):
            WAYS[name](rng, paper)


def _thumbed(rng: Rng, paper: np.ndarray) -> None:
    """Where a page is turned it is grey: mostly at its lower outer corner, some at another edge too."""
    height, width = paper.shape[:2]
    unit = width / A4
    for _ in range(int(rng.integers(1, 4))):
        x = width * (1.0 if rng.random() < 0.75 else 0.0)
        y = height * (rng.uniform(0.85, 1.0) if rng.random() < 0.7 else rng.uniform(0, 0.85))
        radii = unit * rng.uniform(8, 28), unit * rng.uniform(8, 40)
        patch(rng, paper, (x, y), radii, log_uniform(rng, 0.02, 0.1))


def _edge(rng: Rng, paper: np.ndarray) -> None:
    """An edge that is grey: yellowed, dirty, or with the shade of a lid or a spine beside it."""
    height, width = paper.shape[:2]
    unit = width / A4
    upright = rng.random() < 0.65
    length, tall = (height, width) if upright else (width, height)
    reach = unit * log_uniform(rng, 3, 18)
    deep = min(tall, int(5 * reach))
    away = np.arange(deep, dtype=np.float32)[None]
    waver = reach * np.clip(1 + 0.3 * smooth_noise(rng, length, 2, length / 4)[:, :1], 0.4, 2)
    depth = np.clip(0.8 + 0.3 * smooth_noise(rng, length, 2, length / 6)[:, :1], 0.1, 1)
    share, inside = depth * np.exp(-away / waver), slice(0, deep)
    if rng.random() < 0.5:
        share, inside = share[:, ::-1], slice(tall - deep, tall)
    strength = log_uniform(rng, 0.04, 0.25)
    if upright:
        darken(paper, (slice(None), inside), share, strength)
    else:
        darken(paper, (inside, slice(None)), share.T, strength)


def _dog_ear(rng: Rng, paper: np.ndarray) -> None:
    """A corner that was bent over and back: a line across it, darker on one side and lighter on the other."""
    height, width = paper.shape[:2]
    unit = width / A4
    right, low = rng.random() < 0.7, rng.random() < 0.6
    legs = unit * rng.uniform(8, 35) * np.exp(rng.normal(0, 0.2, 2))
    rows, columns = int(min(height, 1.3 * legs[1])), int(min(width, 1.3 * legs[0]))
    down = np.arange(rows, dtype=np.float32)[:, None] / np.float32(legs[1])
    across = np.arange(columns, dtype=np.float32)[None] / np.float32(legs[0])
    off = (across + down - 1) * np.float32(legs.mean() / np.sqrt(2))  # pixels beyond the fold
    sharp = unit * rng.uniform(0.25, 0.6)
    line = np.exp(-((off / sharp) ** 2)) * np.clip(
        0.75 + 0.4 * smooth_noise(rng, rows, columns, 3 * unit), 0, 1
    )
    tilt = np.where(off < 0, np.exp(off / (12 * unit)), 0) * np.float32(rng.uniform(-0.05, 0.04))
    shade = 1 - np.float32(rng.uniform(0.06, 0.2)) * line + tilt
    shade = shade[::-1] if low else shade
    shade = shade[:, ::-1] if right else shade
    window = (
        slice(height - rows if low else 0, height if low else rows),
        slice(width - columns if right else 0, width if right else columns),
    )
    paper[window] *= shade[..., None].astype(np.float32)


WAYS = {
    "thumbed": _thumbed,
    "dusty": dusty,
    "rubbed": rubbed,
    "dragged": dragged,
    "edge": _edge,
    "dog_ear": _dog_ear,
    "stapled": stapled,
    "toner": toner,
    "lined": lined,
}
