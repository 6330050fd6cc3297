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
CRUSHED = (0.18, 0.45)
"""How steep the steepest fiftieth of a crushed page is at least."""
STEEPEST = 1.5
"""How much steeper the steepest thousandth may be: print bears no more."""
POINTS, LONG, SHORT = (18, 45), (0.08, 0.45), (0.015, 0.1)
"""From how many points creases run on a crushed page, and how far: those from most points, and the many short
ones beside them, page widths."""
REACH = (0.06, 0.35)
"""How far beside a crease paper stands up, of its length."""
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
    """A page that was crushed in a full bag, and smoothed: creases run from points, and end in flat paper."""
    crushed = _crushed(int(rng.integers(0, WAYS)))
    at_x, at_y = x * np.float32(GRID), y * np.float32(GRID)
    if rng.random() < 0.5:
        at_x = np.float32(GRID - 1) - at_x
    if rng.random() < 0.5:
        at_y = np.float32(len(crushed) - 1) - at_y
    heights = cv2.remap(crushed, at_x, at_y, cv2.INTER_LANCZOS4, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(np.float32(log_uniform(rng, *CRUSHED)) * heights)


@lru_cache(maxsize=WAYS)
def _crushed(number: int) -> np.ndarray:
    """Heights of one crushed page, of which a fiftieth has slopes over 1: float32 ``(TALL * GRID, GRID)``.

    Paper that is crushed bends sharply at points and along lines between them, and hardly anywhere else
    (Witten, "Stress focusing in elastic sheets", 2007). Crops are cut from too many pages for each to be
    crushed anew.
    """
    rng = np.random.default_rng((number, 17))
    heights = np.zeros((round(TALL * GRID), GRID), np.float32)
    for _ in range(int(rng.integers(*POINTS))):
        point, turn, rays = (
            rng.uniform(0, 1, 2) * (1, TALL),
            rng.uniform(0, 2 * np.pi),
            int(rng.integers(2, 6)),
        )
        sign = rng.choice([-1, 1])
        for ray in range(rays):
            way = turn + 2 * np.pi * (ray + rng.uniform(-0.3, 0.3)) / rays
            crease(rng, heights, point, way, log_uniform(rng, *LONG), sign * rng.uniform(0.3, 1))
            sign = -sign
    for _ in range(int(3 * POINTS[1] * rng.uniform(0.5, 1.5))):
        strength = rng.choice([-1, 1]) * rng.uniform(0.15, 0.7)
        point, way = rng.uniform(0, 1, 2) * (1, TALL), rng.uniform(0, 2 * np.pi)
        crease(rng, heights, point, way, log_uniform(rng, *SHORT), strength)
    smoothed = smooth_noise(rng, *heights.shape, GRID * rng.uniform(0.25, 0.7))
    heights *= np.clip(0.7 + 0.5 * smoothed, 0.1, 1.1)
    heights = cv2.GaussianBlur(heights, (0, 0), rng.uniform(0.4, 0.8))  # fibres do not break sharply
    slopes = np.concatenate([np.abs(np.diff(heights, axis=axis)).ravel() for axis in (0, 1)])
    most, few = np.quantile(slopes, [0.98, 0.999])
    return heights / np.float32(GRID * max(most, few / STEEPEST))


def crease(
    rng: Rng, heights: np.ndarray, point: np.ndarray, turn: float, length: float, strength: float
) -> None:
    """Fold heights along a line from a ``point`` on, that bends a little and dies out.

    Its sides stand up by the crease alone and unlike each other: one is lit from the crease on, the other
    turned away, and both lie flat again farther off.

    Args:
        rng: source of chance.
        heights: float32 ``(TALL * GRID, GRID)``, changed in place.
        point: where it begins, x and y in page widths.
        turn: where it runs to, radians.
        length: page widths.
        strength: how steep its sides are, below 0 for a valley.
    """
    cos, sin = np.cos(turn), np.sin(turn)
    reach = length * rng.uniform(*REACH, 2)
    ends = GRID * (point + np.outer([0, length], [cos, sin]))
    margin = 3 + GRID * 3.4 * float(reach.max())
    left, top = np.maximum(np.floor(ends.min(0) - margin), 0).astype(int)
    right, floor = np.ceil(ends.max(0) + margin).astype(int)
    part = heights[top:floor, left:right]
    if not part.size:
        return
    down, across = np.ogrid[: part.shape[0], : part.shape[1]]
    across = ((across + left) / GRID - point[0]).astype(np.float32)
    down = ((down + top) / GRID - point[1]).astype(np.float32)
    along, off = (
        across * np.float32(cos) + down * np.float32(sin),
        down * np.float32(cos) - across * np.float32(sin),
    )
    share = along / np.float32(length)
    off += np.float32(length) * (np.float32(rng.normal(0, 0.07)) * share * share)
    off += np.float32(length * rng.uniform(0.004, 0.022)) * np.sin(share * np.float32(rng.uniform(5, 16)))
    lasting = np.clip(share / np.float32(0.35), 0, 1) * np.clip(1 - share, 0, 1) ** np.float32(
        rng.uniform(0.5, 1.2)
    )
    wide = np.where(off < 0, *(np.float32(reach)))
    steep = np.where(off < 0, *rng.uniform(0.1, 1, 2).astype(np.float32))
    away = np.abs(off) / wide
    part += (
        np.float32(strength)
        * lasting
        * steep
        * wide
        * (1 - np.exp(-away))
        * np.exp(-((away / np.float32(1.3)) ** 2))
    )


def _about(rng: Rng, x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """How far each place is from a point of the page, along a direction and across it."""
    turn = rng.uniform(0, np.pi)
    cos, sin = np.float32(np.cos(turn)), np.float32(np.sin(turn))
    across, down = x - np.float32(rng.uniform(0, 1)), y - np.float32(rng.uniform(0, TALL))
    return across * cos + down * sin, down * cos - across * sin
