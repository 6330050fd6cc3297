"""Maps for papers of geography: a coast with rivers and places, and hills by their contours.

Pictures as in ``views``: float32 RGB ``(height, width, 3)`` in [0, 1].
"""

from __future__ import annotations

import cv2
import numpy as np
from PIL import Image, ImageDraw

from restorekit.synthesis.assets import load_font, pick_face
from restorekit.synthesis.textures import Rng, fractal_noise

FINE = 2
"""Maps are drawn so many times as large and shrunk."""
STEP = 100
"""From one contour to the next, metres."""
PLACES, APART = "ABCDE", 3.2
"""What places are called, and how far they are from each other at least, ems of their letters."""


def coast(rng: Rng, height: int, width: int) -> np.ndarray:
    """A coast and islands, rivers down to the sea, places with letters, an arrow to the north and a scale."""
    heights = _land(rng, FINE * height, FINE * width, 0.25)
    sea, tone = heights < 0, rng.uniform(0.8, 0.97)
    page = np.where(sea, np.float32(rng.uniform(0.72, 0.9)), np.float32(tone))
    if rng.random() < 0.4:  # the sea is ruled
        page[::4][sea[::4]] = 0.45
        page[1::4][sea[1::4]] = page[2::4][sea[2::4]] = page[3::4][sea[3::4]] = 1.0
    page = page * (1 - 0.85 * _lines(heights, 1.2 * FINE, (0.0,)))
    if rng.random() < 0.6:
        page -= 0.12 * (heights > np.quantile(heights, 0.8)) + 0.1 * (heights > np.quantile(heights, 0.92))
    for _ in range(int(rng.integers(2, 6))):
        _river(rng, page, heights)
    return _lettered(rng, page, np.argwhere(heights > 0.15), (10, 20, 50, 100))


def contours(rng: Rng, height: int, width: int) -> np.ndarray:
    """Hills and valleys by lines of equal height, every second thicker and with its metres on it."""
    heights = 3.2 * _land(rng, FINE * height, FINE * width, 0.0)
    heights -= heights.min()
    levels = np.arange(1, int(heights.max()) + 1)
    page = np.float32(1) - 0.8 * _lines(heights, 0.8 * FINE, levels[levels % 2 == 1])
    page -= 0.85 * _lines(heights, 1.5 * FINE, levels[levels % 2 == 0])
    labels = []
    for level in levels[levels % 2 == 0]:
        near = np.argwhere(np.abs(heights - level) < 0.03)
        if len(near):
            labels.append((near[int(rng.integers(0, len(near)))], str(STEP * (level + 1))))
    return _lettered(rng, page, np.argwhere(np.isfinite(heights)), (1, 2, 4), labels)


MAPS = {"coast": coast, "contours": contours}
"""What papers call them."""


def _land(rng: Rng, height: int, width: int, lift: float) -> np.ndarray:
    """Hills and hollows on a slope, ``lift`` above the sea on the whole: float32 ``(height, width)``."""
    turn = rng.uniform(0, 2 * np.pi)
    down, across = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    slope = np.cos(turn) * across + np.sin(turn) * down
    rough = 0.8 * fractal_noise(rng, height, width, width / rng.uniform(1.8, 3), 5)
    return np.asarray(lift + 0.7 * slope + cv2.GaussianBlur(rough, (0, 0), 0.006 * width), np.float32)


def _lines(heights: np.ndarray, thick: float, levels: np.ndarray | tuple[float, ...]) -> np.ndarray:
    """Where lines of equal height are, pixels thick: float32 in [0, 1]."""
    down, across = np.gradient(heights)
    slope, lines = np.hypot(down, across) + 1e-4, np.zeros_like(heights)
    for level in levels:
        away = np.abs(heights - np.float32(level)) / slope
        lines = np.maximum(lines, np.clip(0.5 + 0.5 * thick - away, 0, 1))
    return lines


def _river(rng: Rng, page: np.ndarray, heights: np.ndarray) -> None:
    """A river from a height down to the sea, where it finds its way there."""
    ground = cv2.GaussianBlur(heights, (0, 0), 0.01 * page.shape[1])
    down, across = np.gradient(ground)
    high = np.argwhere(heights > np.quantile(heights, 0.85))
    y, x = high[int(rng.integers(0, len(high)))].astype(float)
    course, way = [(x, y)], np.zeros(2)
    for _ in range(300):
        row, column = int(y), int(x)
        if not (0 <= row < page.shape[0] and 0 <= column < page.shape[1]) or heights[row, column] < 0:
            break
        fall = -np.array([across[row, column], down[row, column]])
        way = 0.75 * way + 0.25 * fall / (np.hypot(*fall) + 1e-9) + rng.normal(0, 0.12, 2)
        x, y = x + 3 * way[0], y + 3 * way[1]
        course.append((x, y))
    points = [np.round(np.array(course) * 16).astype(np.int32)]
    cv2.polylines(page, points, False, 0.25, FINE, cv2.LINE_AA, 4)


def _lettered(
    rng: Rng,
    page: np.ndarray,
    land: np.ndarray,
    scales: tuple[int, ...],
    labels: list[tuple[np.ndarray, str]] | None = None,
) -> np.ndarray:
    """A map with its numbers, places on land, arrow, scale in km and frame, as large as it is printed."""
    picture = Image.fromarray(np.clip(255 * page, 0, 255).astype(np.uint8))
    draw, (tall, wide) = ImageDraw.Draw(picture), page.shape
    size = int(max(9 * FINE, 0.042 * wide))
    font = load_font(pick_face(rng, "en", "text").path, size)
    taken = [(tall - size, 0.2 * wide), (2 * size, wide - 1.4 * size)]  # by the scale and the arrow
    letters = list(PLACES[: int(rng.integers(2, 6))])
    places = [(land[int(one)], "") for one in rng.integers(0, len(land), 60)] if len(land) else []
    for (row, column), text in [*places, *(labels or ())]:
        row, column = np.clip(row, size, tall - size), np.clip(column, 2 * size, wide - 2 * size)
        near = min(np.hypot(row - down, column - across) for down, across in taken) < APART * size
        if near or not (text or letters):
            continue
        taken.append((row, column))
        if not text:
            radius = 2 * FINE
            draw.ellipse([column - radius, row - radius, column + radius, row + radius], fill=0)
            column += 4 * FINE
        said, anchor = (text, "mm") if text else (letters.pop(0), "lm")
        draw.text((column, row), said, 20, font, anchor, stroke_width=2 * FINE, stroke_fill=250)
    x, y = wide - 1.4 * size, 0.7 * size
    draw.rectangle([x - 0.7 * size, 0, wide, y + 2.7 * size], fill=250)
    draw.polygon(
        [(x, y), (x - 0.3 * size, y + 1.3 * size), (x, y + size), (x + 0.3 * size, y + 1.3 * size)], fill=0
    )
    draw.text((x, y + 2 * size), "N", 0, font, "mm", stroke_width=FINE, stroke_fill=250)
    long, floor = wide * rng.uniform(0.12, 0.2), tall - 0.9 * size
    far = f"{int(rng.choice(scales))} km"
    end = 1.1 * size + long + font.getlength(far)
    draw.rectangle([0, floor - 0.8 * size, end, tall], fill=250)
    draw.rectangle([0.5 * size, floor, 0.5 * size + long, floor + 2 * FINE], 255, 0, FINE // 2)
    draw.rectangle([0.5 * size, floor, 0.5 * size + long / 2, floor + 2 * FINE], 0)
    draw.text((0.7 * size + long, floor), far, 0, font, "lm", stroke_width=FINE, stroke_fill=250)
    draw.rectangle([0, 0, wide - 1, tall - 1], outline=0, width=FINE)
    small = picture.resize((wide // FINE, tall // FINE), Image.Resampling.BOX)
    return cv2.merge([np.asarray(small, np.float32) / 255] * 3)
