"""What hands do to a page: they lift its corners, pinch it, and crumple it; elsewhere it lies flat.

Heights as in ``surface``: x and y are float32 ``(h, w)``, in page widths from a page's upper left corner, and
so is what each function gives.
"""

from __future__ import annotations

import numpy as np

from restorekit.synthesis.textures import Rng, log_uniform

TALL = 1.414
"""The height of a page in its widths."""
LIFTED, DENTED, CRUMPLED = 0.22, 0.4, 0.05
"""The shares of photographed pages with a corner that stands up, with dents, and with creases anywhere."""


def handled(rng: Rng, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Heights of what hands have done to a page; of most not much."""
    heights = np.zeros_like(x)
    for chance, way in ((LIFTED, corner), (DENTED, dents), (CRUMPLED, crumples)):
        if rng.random() < chance:
            heights += way(rng, x, y)
    return heights


def corner(rng: Rng, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """A corner rolls up from a slanting line on; all else lies still."""
    right, low = rng.random() < 0.5, rng.random() < 0.6
    turn = rng.uniform(0.15, 0.35) * np.pi
    inwards_x = np.float32(1) - x if right else x
    inwards_y = np.float32(TALL) - y if low else y
    reach = np.float32(log_uniform(rng, 0.12, 0.6))
    lifted = np.maximum(
        reach - np.float32(np.cos(turn)) * inwards_x - np.float32(np.sin(turn)) * inwards_y, 0
    )
    return np.asarray(np.float32(log_uniform(rng, 0.12, 0.6) / reach**0.5) * lifted * lifted)


def dents(rng: Rng, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Short ridges and hollows where a thumb pressed or the page was pinched, a little bent."""
    heights = np.zeros_like(x)
    for _ in range(int(rng.integers(1, 7))):
        along, off = _about(rng, x, y)
        long, wide = log_uniform(rng, 0.02, 0.16), log_uniform(rng, 0.005, 0.035)
        off += np.float32(rng.normal(0, 0.15) * wide / long**2) * along * along
        height = np.float32(rng.choice([-1, 1]) * wide * log_uniform(rng, 0.02, 0.12))
        heights += height * np.exp(-((off / np.float32(wide)) ** 2) - (along / np.float32(long)) ** 2)
    return heights


def crumples(rng: Rng, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """A page that was pressed into a ball or a full bag, and smoothed: creases of all lengths, any way.

    Between them it is flat, so that it is lit in facets.
    """
    heights = np.zeros_like(x)
    steep = log_uniform(rng, 0.02, 0.06)
    for _ in range(int(rng.integers(7, 22))):
        along, off = _about(rng, x, y)
        long, reach = log_uniform(rng, 0.08, 0.5), log_uniform(rng, 0.03, 0.25)
        far = np.sqrt(off * off + np.float32(0.003**2))
        slope = np.float32(rng.choice([-1, 1]) * steep * log_uniform(rng, 0.4, 1.5))
        sides = far + np.float32(rng.uniform(-0.7, 0.7)) * off
        heights += slope * sides * np.exp(-far / np.float32(reach) - (along / np.float32(long)) ** 2)
    return heights


def _about(rng: Rng, x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """How far each place is from a point of the page, along a direction and across it."""
    turn = rng.uniform(0, np.pi)
    cos, sin = np.float32(np.cos(turn)), np.float32(np.sin(turn))
    across, down = x - np.float32(rng.uniform(0, 1)), y - np.float32(rng.uniform(0, TALL))
    return across * cos + down * sin, down * cos - across * sin
