"""How words are struck out: each writer has a way of his own, and keeps to it mostly."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np

from restorekit.synthesis.handwriting.marks import draw_stroke, line
from restorekit.synthesis.textures import Rng, choose

WAYS = {"line": 0.2, "lines": 0.1, "fro": 0.16, "scribble": 0.18, "slashes": 0.16, "coil": 0.1, "black": 0.1}
"""By a stroke or two along the words, to and fro along them, up and down, by slanting strokes, by loops along
them, or up and down until nothing can be read; by how many writers do so."""
ALONG = {"line": 0.6, "lines": 0.2, "fro": 0.2}
"""Those of them that go from side to side, by how much of what is to be struck out is struck out so."""
KEEPS = 0.75
"""The share of what is struck out that is so in the writer's own way."""
OVER, SELDOM = (0.35, 0.8), 0.12
"""The share of the writers who write the right figure over a wrong one, and how often they do; and how often
the others do."""
ROUND_FIRST = 0.3
"""The share of the letters made black that the pen goes round first."""
Box = tuple[float, float, float, float]


@lru_cache(maxsize=256)
def own_way(style: int) -> str:
    """How writer number ``style`` strikes out mostly: see ``WAYS``."""
    return choose(np.random.default_rng((style, 29)), WAYS)


def writes_over(rng: Rng, style: int) -> bool:
    """Whether writer number ``style`` writes what is right over what is wrong this time."""
    often = np.random.default_rng((style, 31)).random() < OVER[0]
    return bool(rng.random() < (OVER[1] if often else SELDOM))


def strike_out(canvas: np.ndarray, rng: Rng, box: Box, pen_px: float, style: int) -> None:
    """Make what stands in a box (left, top, right, bottom) void, as writer number ``style`` does."""
    way = own_way(style) if rng.random() < KEEPS else choose(rng, WAYS)
    if way in ("scribble", "black", "coil") and box[2] - box[0] < 8 * pen_px:
        way = "fro" if way == "black" else "slashes"
    DRAWN[way](canvas, rng, box, pen_px)


def strike_along(canvas: np.ndarray, rng: Rng, box: Box, pen_px: float) -> None:
    """Strike out what stands in a box from side to side, as is asked for."""
    DRAWN[choose(rng, ALONG)](canvas, rng, box, pen_px)


def _lines(canvas: np.ndarray, rng: Rng, box: Box, pen_px: float, count: int = 1) -> None:
    """Strokes along a box, hardly level: through a 7 or a 1 a level one would be part of it."""
    left, top, right, bottom = box
    tall = bottom - top
    narrow = right - left < 0.9 * tall
    rise = rng.normal(0.45 if narrow else 0.12, 0.12) * tall
    middle = (top + bottom) / 2 + rng.normal(0, 0.13) * tall
    for place in range(count):
        y = middle + rng.normal(0, 0.12) * tall
        x0, x1 = (left, right) + rng.normal(0, 0.2, 2) * tall
        slope = (rise + rng.normal(0, 0.06) * tall) * (-1 if place and narrow and rng.random() < 0.5 else 1)
        line(canvas, rng, x0, y + slope, x1, y - slope, pen_px, bow=0.03)


def _two(canvas: np.ndarray, rng: Rng, box: Box, pen_px: float) -> None:
    _lines(canvas, rng, box, pen_px, 2)


def _fro(canvas: np.ndarray, rng: Rng, box: Box, pen_px: float) -> None:
    """To and fro along a box without lifting the pen."""
    left, top, right, bottom = box
    tall, count = bottom - top, int(rng.integers(3, 8))
    xs = np.where(np.arange(count) % 2, right, left) + rng.normal(0, 0.16, count) * tall
    drop = rng.uniform(0.12, 0.5) * tall
    start = (top + bottom) / 2 + rng.normal(0.08, 0.1) * tall - 0.5 * drop
    ys = start + np.linspace(0, drop, count) + rng.normal(0, 0.07, count) * tall
    ys += np.where(np.arange(count) % 2, -1, 1) * rng.normal(0.08, 0.08) * tall
    points = np.repeat(np.stack([xs, ys], 1), 2, axis=0)  # the turns twice, so that they stay sharp
    draw_stroke(canvas, rng, _pairs(points), pen_px, shake=0.03 * tall)


def _slashes(canvas: np.ndarray, rng: Rng, box: Box, pen_px: float) -> None:
    """One slanting stroke through a figure, some through a word, or two that cross."""
    left, top, right, bottom = box
    tall, wide = bottom - top, right - left
    count = 1 if wide < 1.2 * tall else int(rng.integers(1, 2 + max(1, int(wide / tall))))
    lean, way = rng.uniform(0.25, 0.8) * tall, 1 if rng.random() < 0.75 else -1
    for place in range(count):
        x = left + (place + 0.5) / count * wide + rng.normal(0, 0.1) * tall
        reach = rng.uniform(0.5, 0.85) * tall
        y = (top + bottom) / 2 + rng.normal(0, 0.06) * tall
        line(canvas, rng, x + way * lean, y - reach, x - way * lean, y + reach, pen_px, bow=0.03)
    if count == 1 and rng.random() < 0.3:
        x, y = (left + right) / 2, (top + bottom) / 2
        line(canvas, rng, x - way * lean, y - 0.5 * tall, x + way * lean, y + 0.5 * tall, pen_px, bow=0.03)


def _coil(canvas: np.ndarray, rng: Rng, box: Box, pen_px: float) -> None:
    """Loops along a box, like a row of e."""
    left, top, right, bottom = box
    tall = (bottom - top) * rng.uniform(0.35, 0.6)
    turns = max(2.0, (right - left) / (rng.uniform(0.35, 0.7) * tall + 2 * pen_px))
    angles = np.linspace(0, 2 * np.pi * turns, int(9 * turns))
    swell = 1 + 0.25 * np.interp(angles, angles[::6], rng.normal(0, 1, len(angles[::6])))
    xs = np.linspace(left, right, len(angles)) + 0.35 * tall * swell * np.sin(angles)
    ys = (
        (top + bottom) / 2
        + 0.5 * tall * swell * np.cos(angles)
        + np.linspace(0, rng.normal(0, 0.2), len(xs)) * tall
    )
    draw_stroke(canvas, rng, _pairs(np.stack([xs, ys], 1)), pen_px)


def scribble(
    canvas: np.ndarray, rng: Rng, box: Box, pen_px: float, apart: tuple[float, float] = (1.6, 3.0)
) -> None:
    """Up and down along a box, in strokes that lean one way; ``apart`` is how far, by the pen's width."""
    left, top, right, bottom = box
    count = int(max(4, (right - left) / (pen_px * rng.uniform(*apart))))
    step, lean = (right - left) / count, rng.uniform(0.1, 0.5) * (bottom - top)
    upper = np.arange(count) % 2
    xs = np.linspace(left, right, count) + rng.normal(0, 0.3, count) * step + lean * (upper - 0.5)
    reach = rng.uniform(0.36, 0.62, count) * (bottom - top)
    ys = (top + bottom) / 2 + np.where(upper, -reach, reach) + rng.normal(0, 0.05) * (bottom - top)
    draw_stroke(canvas, rng, _pairs(np.stack([xs, ys], 1)), pen_px)


def blacken(canvas: np.ndarray, rng: Rng, box: Box, pen_px: float) -> None:
    """Make a letter black: to and fro over it, most often twice, and once more over what is still seen.

    The strokes lean another way each time, are as long as the letter is wide there, and turn round or
    sharply; some go round and round it first.
    """
    left, top, right, bottom = box
    centre, half = np.array([left + right, top + bottom]) / 2, np.array([right - left, bottom - top]) / 2
    if rng.random() < ROUND_FIRST:
        turns = rng.uniform(1.2, 2.6)
        angles = rng.uniform(0, 6) + np.linspace(0, 2 * np.pi * turns, int(14 * turns))
        reach = np.linspace(rng.uniform(0.7, 1.0), rng.uniform(0.2, 0.6), len(angles))
        round_ = np.stack([np.cos(angles), np.sin(angles)], 1) * reach[:, None]
        draw_stroke(canvas, rng, _pairs(centre + round_ * half), pen_px, shake=0.05 * float(half[1]))
    for _ in range(int(rng.choice([1, 2, 3], p=[0.3, 0.5, 0.2]))):
        steep = rng.choice([rng.normal(1.0, 0.25), rng.normal(0.1, 0.2)], p=[0.65, 0.35])
        ahead, aside = np.array([np.cos(steep), -np.sin(steep)]), np.array([np.sin(steep), np.cos(steep)])
        wide = float(half @ np.abs(aside))
        count = int(np.clip(2 * wide / (pen_px * rng.uniform(0.5, 1.1)), 4, 40))
        across = np.linspace(-1, 1, count) * rng.uniform(0.7, 1.0) + rng.normal(0, 0.5 / count, count)
        there = np.sqrt(np.clip(1 - across**2, 0.12, 1)) * np.exp(rng.normal(0, 0.2, count))
        long = float(half @ np.abs(ahead)) * np.where(np.arange(count) % 2, 1, -1) * there
        points = (
            centre + rng.normal(0, 0.08, 2) * half + np.outer(long, ahead) + np.outer(across * wide, aside)
        )
        points = np.repeat(points, 1 + (rng.random(count) < 0.5), axis=0)
        draw_stroke(canvas, rng, _pairs(points), pen_px)


def _black(canvas: np.ndarray, rng: Rng, box: Box, pen_px: float) -> None:
    """Over and over, until it cannot be read."""
    scribble(canvas, rng, box, pen_px, (0.7, 1.2))
    if rng.random() < 0.6:
        _fro(canvas, rng, box, pen_px)


def _pairs(points: np.ndarray) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in points]


DRAWN: dict[str, Callable[[np.ndarray, Rng, Box, float], None]] = {
    "line": _lines,
    "lines": _two,
    "fro": _fro,
    "scribble": scribble,
    "slashes": _slashes,
    "coil": _coil,
    "black": _black,
}
