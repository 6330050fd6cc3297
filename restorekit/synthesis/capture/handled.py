"""What hands do to a page: they lift its corners, pinch it, and crumple it; elsewhere it lies flat.

Heights as in ``surface``: x and y are float32 ``(h, w)``, in page widths from a page's upper left corner, and
so is what each function gives.
"""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np

from restorekit.synthesis.textures import Rng, log_uniform, smooth_noise

TALL = 1.414
"""The height of a page in its widths."""
LIFTED, DENTED, CRUMPLED = 0.22, 0.4, 0.12
"""The shares of photographed pages with a corner that stands up, with dents, and with creases anywhere."""
FACETS, CRUSHED = {(0.1, 0.24): 1.0, (0.035, 0.08): 0.6}, (0.2, 0.7)
"""How wide large and small facets between creases are, page widths, how steep beside the large ones, and how
steep the steepest are."""
GRID = 280
"""Creases are drawn on so many points across a page."""
WAYS = 16
"""So many crushed pages there are, and each upside down and from behind."""


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
    """A page that was crushed in a full bag, and smoothed: facets, large and small, meet in creases."""
    crushed = _crushed(int(rng.integers(0, WAYS)))
    at_x, at_y = x * np.float32(GRID), y * np.float32(GRID)
    if rng.random() < 0.5:
        at_x = np.float32(GRID - 1) - at_x
    if rng.random() < 0.5:
        at_y = np.float32(len(crushed) - 1) - at_y
    heights = cv2.remap(crushed, at_x, at_y, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(np.float32(log_uniform(rng, *CRUSHED)) * heights)


@lru_cache(maxsize=WAYS)
def _crushed(number: int) -> np.ndarray:
    """Heights of one crushed page, whose steepest facets have a slope of 1: float32 ``(TALL * GRID, GRID)``.

    Each facet is flat and lit as it lies; they are steeper here, and smoothed out there. Crops are cut from
    too many pages for each to be crushed anew.
    """
    rng = np.random.default_rng((number, 17))
    heights = np.zeros((round(TALL * GRID), GRID), np.float32)
    for sizes, share in FACETS.items():
        size = log_uniform(rng, *sizes)
        heights += np.float32(share * size) * _facets(rng, size)
    smoothed = smooth_noise(rng, *heights.shape, GRID * rng.uniform(0.25, 0.7))
    heights *= np.clip(0.7 + 0.5 * smoothed, 0.1, 1.1)
    heights = cv2.GaussianBlur(heights, (0, 0), rng.uniform(0.5, 1.2))  # fibres do not break sharply
    slopes = [np.abs(np.diff(heights, axis=axis)) for axis in (0, 1)]
    return heights / np.float32(GRID * max(float(np.quantile(one, 0.999)) for one in slopes))


def _facets(rng: Rng, size: float) -> np.ndarray:
    """Triangles about ``size`` page widths across, their corners as high as chance has it: unit spread.

    Returns:
        float32 ``(TALL * GRID, GRID)``.
    """
    tall, wide = round(TALL * GRID), GRID
    cover = cv2.Subdiv2D((-GRID, -GRID, 3 * GRID, 4 * GRID))
    down, across = np.mgrid[-1 : TALL / size + 2, -1 : 1 / size + 2]
    places = np.column_stack([across.ravel(), down.ravel()])  # not any, lest some facets are splinters
    for point in size * GRID * (places + rng.uniform(-0.45, 0.45, places.shape)):
        cover.insert((float(point[0]), float(point[1])))
    corners = cover.getTriangleList().reshape(-1, 3, 2)
    corners = corners[(np.abs(corners) < 1.9 * GRID).all((1, 2))]
    which = np.zeros((tall, wide), np.float32)
    for number, triangle in enumerate(np.round(16 * corners).astype(np.int32)):
        cv2.fillConvexPoly(which, triangle, float(number), cv2.LINE_8, 4)
    points, at = np.unique(corners.reshape(-1, 2), axis=0, return_inverse=True)
    heights = rng.uniform(-1.7, 1.7, len(points))[at].reshape(-1, 3, 1)
    level = np.concatenate([corners, np.ones((len(corners), 3, 1))], 2)
    planes = np.linalg.solve(level, heights)[..., 0]
    mine = planes.astype(np.float32)[which.astype(np.int32)]
    rows, columns = np.ogrid[:tall, :wide]
    return np.asarray(mine[..., 0] * columns + mine[..., 1] * rows + mine[..., 2], np.float32)


def _about(rng: Rng, x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """How far each place is from a point of the page, along a direction and across it."""
    turn = rng.uniform(0, np.pi)
    cos, sin = np.float32(np.cos(turn)), np.float32(np.sin(turn))
    across, down = x - np.float32(rng.uniform(0, 1)), y - np.float32(rng.uniform(0, TALL))
    return across * cos + down * sin, down * cos - across * sin
