"""Smooth random fields, the raw stuff of paper, light and ink."""

from __future__ import annotations

import cv2
import numpy as np

Rng = np.random.Generator


def smooth_noise(rng: Rng, height: int, width: int, cell: float) -> np.ndarray:
    """Random hills and hollows about ``cell`` pixels across.

    Returns:
        float32 ``(height, width)`` of about zero mean and unit spread.
    """
    rows = max(2, int(np.ceil(height / cell)) + 2)
    columns = max(2, int(np.ceil(width / cell)) + 2)
    coarse = rng.standard_normal((rows, columns), dtype=np.float32)
    return cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)


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
    total = np.zeros((height, width), np.float32)
    weight = 1.0
    power = 0.0
    for _ in range(octaves):
        total += weight * smooth_noise(rng, height, width, max(cell, 1.5))
        power += weight * weight
        cell, weight = cell / 2, weight / 2
    return total / np.float32(np.sqrt(power))


def choose(rng: Rng, options: dict[str, float]) -> str:
    """One of the keys, drawn with the values as weights."""
    weights = np.array(list(options.values()), np.float64)
    return list(options)[int(rng.choice(len(weights), p=weights / weights.sum()))]


def log_uniform(rng: Rng, low: float, high: float) -> float:
    """A number between ``low`` and ``high`` whose logarithm is uniform."""
    return float(np.exp(rng.uniform(np.log(low), np.log(high))))
