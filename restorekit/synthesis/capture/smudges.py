"""Graphite where it was not meant: what an eraser leaves, and what a hand drags along with it."""

from __future__ import annotations

import numpy as np

from restorekit.synthesis.capture.patches import window_of
from restorekit.synthesis.textures import A4, Rng, log_uniform, smooth_noise

GRAPHITE = np.array([1.0, 0.99, 0.96], np.float32)
"""What graphite takes of red, green and blue: it is a little bluish."""


def rubbed(rng: Rng, paper: np.ndarray) -> None:
    """Where somebody has rubbed out with an eraser: short strokes to and fro, mostly aslant."""
    height, width = paper.shape[:2]
    unit, turn = width / A4, rng.normal(-0.5, 0.35)
    for _ in range(int(rng.choice([1, 1, 2, 3, 5]))):
        place = rng.uniform(0.08, 0.92) * width, rng.uniform(0.06, 0.94) * height
        long, wide = unit * log_uniform(rng, 3, 16), unit * log_uniform(rng, 1.5, 8)
        _smear(rng, paper, place, (long, wide, turn + rng.normal(0, 0.15)), log_uniform(rng, 0.025, 0.13))


def dragged(rng: Rng, paper: np.ndarray) -> None:
    """What the side of a hand has smeared over a page of pencil: long and faint, from line to line."""
    height, width = paper.shape[:2]
    unit, turn = width / A4, rng.normal(0.25, 0.3)
    x, y = rng.uniform(0.15, 0.8) * width, rng.uniform(0.05, 0.6) * height
    for _ in range(int(rng.integers(1, 6))):
        long, wide = unit * log_uniform(rng, 10, 45), unit * log_uniform(rng, 4, 14)
        _smear(rng, paper, (x, y), (long, wide, turn + rng.normal(0, 0.2)), log_uniform(rng, 0.012, 0.06))
        x, y = x + unit * rng.normal(0, 18), y + unit * log_uniform(rng, 6, 40)


def _smear(
    rng: Rng,
    paper: np.ndarray,
    place: tuple[float, float],
    shape: tuple[float, float, float],
    strength: float,
) -> None:
    """A bundle of soft strokes side by side that catch on the paper's grain.

    Args:
        rng: source of chance.
        paper: float32 ``(H, W, 3)``, darkened in place.
        place: its middle, x and y, pixels.
        shape: half its length and half its breadth, pixels, and its direction, radians.
        strength: what share of the light it takes at most, about.
    """
    long, wide, turn = shape
    window = window_of(paper, *place, 2 * max(long, wide))
    part = paper[window]
    if min(part.shape[:2]) < 2:
        return
    across = np.arange(window[1].start, window[1].stop, dtype=np.float32)[None] - np.float32(place[0])
    down = np.arange(window[0].start, window[0].stop, dtype=np.float32)[:, None] - np.float32(place[1])
    cos, sin = np.float32(np.cos(turn)), np.float32(np.sin(turn))
    along, off = cos * across + sin * down, cos * down - sin * across
    off = off + np.float32(rng.normal(0, 0.15) * wide / long**2) * along * along
    share = np.zeros(part.shape[:2], np.float32)
    for _ in range(int(rng.integers(3, 9))):
        middle, shift = rng.normal(0, 0.45, 2) * (wide, 0.4 * long)
        reach, broad = long * rng.uniform(0.4, 0.8), wide * log_uniform(rng, 0.12, 0.5)
        ends = ((along - np.float32(shift)) / np.float32(reach)) ** 2
        beside = ((off - np.float32(middle)) / np.float32(broad)) ** 2
        share += np.float32(rng.uniform(0.3, 1)) * np.exp(-beside - ends**2)
    grain = smooth_noise(rng, part.shape[0], part.shape[1], max(1.2, 0.0012 * paper.shape[1]))
    share *= np.clip(0.75 + np.float32(rng.uniform(0.2, 0.45)) * grain, 0, 1.6)
    part *= 1 - np.minimum(np.float32(strength) * share, 0.5)[..., None] * GRAPHITE
