"""Smooth random fields, the raw stuff of paper, light and ink."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

import cv2
import numpy as np

Rng = np.random.Generator
A4 = 210.0
"""Width of a page in millimetres."""
TILE = 512
"""Fine grain comes again after so many pixels, which nobody sees."""


def smooth_noise(rng: Rng, height: int, width: int, cell: float) -> np.ndarray:
    """Random hills and hollows about ``cell`` pixels across.

    Returns:
        float32 ``(height, width)`` of about zero mean and unit spread.
    """
    rows = max(2, int(np.ceil(height / cell)) + 2)
    columns = max(2, int(np.ceil(width / cell)) + 2)
    coarse = rng.standard_normal((rows, columns), dtype=np.float32)
    return cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)


def fine_noise(
    rng: Rng, height: int, width: int, cell: float, long: float = 1.0, upright: bool | None = None
) -> np.ndarray:
    """The same for hills of few pixels, far cheaper, as it is a tile of noise again and again.

    Args:
        rng: source of chance.
        height: pixels.
        width: pixels.
        cell: the breadth of hills and hollows in pixels.
        long: how long they are, of that.
        upright: whether their length stands upright; drawn if None.
    """
    coarse = rng.standard_normal((int(TILE / cell) + 1, int(TILE / (long * cell)) + 1), dtype=np.float32)
    tile = cv2.resize(coarse, (TILE, TILE), interpolation=cv2.INTER_CUBIC)
    rows, columns = (-(-side // TILE) for side in (height, width))
    upright = rng.random() >= 0.5 if upright is None else upright
    return np.tile(tile.T if upright else tile, (rows, columns))[:height, :width]


def smooth_noise_at(rng: Rng, places: tuple[np.ndarray, ...], cell: float) -> np.ndarray:
    """The same at some pixels alone, which is cheaper where they are few.

    Args:
        rng: source of chance.
        places: rows and columns, ``(N,)`` each.
        cell: size of the hills and hollows in pixels.

    Returns:
        float32 ``(N,)``.
    """
    rows, columns = (int(np.ceil(place.max(initial=0) / cell)) + 3 for place in places)
    coarse = rng.standard_normal((rows, columns), dtype=np.float32)
    count = len(places[0])
    folded = (count // 1024 + 1, 1024)  # OpenCV takes no pictures of more than 32767 rows
    y, x = (np.resize((place / cell + 1).astype(np.float32), folded) for place in places)
    return cv2.remap(coarse, x, y, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT).reshape(-1)[:count]


def fractal_noise(rng: Rng, height: int, width: int, cell: float, octaves: int = 4) -> np.ndarray:
    """Octaves of ``smooth_noise``, each half as large and half as strong.

    Returns:
        float32 ``(height, width)`` of about zero mean and unit spread.
    """
    weights = 0.5 ** np.arange(octaves)
    shrink = max(1, int(cell * weights[-1] / 6))  # the smallest hills are 6 pixels across, and then enlarged
    rows, columns = (-(-side // shrink) for side in (height, width))
    total = np.zeros((rows, columns), np.float32)
    for weight in weights:
        total += np.float32(weight) * smooth_noise(rng, rows, columns, max(cell * weight / shrink, 1.5))
    total /= np.float32(np.sqrt(np.sum(weights**2)))
    return total if shrink == 1 else cv2.resize(total, (width, height), interpolation=cv2.INTER_LINEAR)


def in_colours(plane: np.ndarray) -> np.ndarray:
    """A plane three times, ``(H, W)`` to ``(H, W, 3)``: numpy multiplies by that far faster."""
    return cv2.merge([plane] * 3)


def choose(rng: Rng, options: dict[str, float]) -> str:
    """One of the keys, drawn with the values as weights."""
    rising = list(accumulate(options.values()))
    return list(options)[min(bisect_right(rising, rng.random() * rising[-1]), len(rising) - 1)]


def log_uniform(rng: Rng, low: float, high: float) -> float:
    """A number between ``low`` and ``high`` whose logarithm is uniform."""
    return float(np.exp(rng.uniform(np.log(low), np.log(high))))
