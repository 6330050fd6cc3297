"""Abstract logos: shapes turned about a middle, stripes, nested lines, facets, discs, initials."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
from PIL import Image, ImageDraw

from restorekit.synthesis.assets import load_font, pick_face
from restorekit.synthesis.textures import Rng

GRID = 256
"""Emblems are drawn on so many pixels squared before they are brought to size."""


def draw_emblem(rng: Rng, side: int) -> np.ndarray:
    """An abstract logo of any kind: uint8 ``(side, side)``, 255 inside; it reaches two edges at least."""
    shape = EMBLEMS[int(rng.integers(0, len(EMBLEMS)))](rng)
    rows, columns = np.flatnonzero(shape.any(1)), np.flatnonzero(shape.any(0))
    shape = shape[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    scale = side / max(shape.shape)
    size = (max(1, round(shape.shape[1] * scale)), max(1, round(shape.shape[0] * scale)))
    small = cv2.resize(shape, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    down, across = side - size[1], side - size[0]
    return np.pad(small, ((down // 2, down - down // 2), (across // 2, across - across // 2)))


def _fill(corners: np.ndarray) -> np.ndarray:
    """A polygon, float ``(N, 2)`` x and y from -1 to 1: uint8 ``(GRID, GRID)``."""
    shape = np.zeros((GRID, GRID), np.uint8)
    cv2.fillPoly(shape, [np.round((corners + 1) * (GRID * 8)).astype(np.int32)], 255, cv2.LINE_AA, 4)
    return shape


def _turned(points: np.ndarray, angle: float) -> np.ndarray:
    cos, sin = np.cos(angle), np.sin(angle)
    return points @ np.array([[cos, sin], [-sin, cos]])


def _polygon(sides: int, radius: float, turn: float = 0.0) -> np.ndarray:
    angles = 2 * np.pi * np.arange(sides) / sides + turn
    return radius * np.stack([np.sin(angles), -np.cos(angles)], 1)


def _disc(radius: float, x: float = 0.0, y: float = 0.0) -> np.ndarray:
    return _fill(_polygon(90, radius) + [x, y])


def _field(rng: Rng) -> np.ndarray:
    """A plain shape to fill or to cut others to."""
    kind = int(rng.integers(0, 4))
    if kind == 0:
        return _disc(0.95)
    if kind == 1:
        lean = rng.uniform(-0.3, 0.3)
        return _fill(
            np.array([[-0.7 + lean, -0.7], [0.7 + lean, -0.7], [0.7 - lean, 0.7], [-0.7 - lean, 0.7]])
        )
    return _fill(_polygon(3 if kind == 2 else int(rng.integers(4, 7)), 0.95, rng.uniform(0, 2 * np.pi)))


def _blades(rng: Rng) -> np.ndarray:
    """A blade, a petal or a drop, some times around the middle."""
    count = int(rng.integers(2, 9))
    inner, outer = rng.uniform(0, 0.35), rng.uniform(0.8, 1.0)
    width = min(0.5, outer * np.sin(np.pi / count) * rng.uniform(0.35, 0.8))
    along = np.linspace(0, 1, 24)
    bulge = np.sin(np.pi * along ** rng.uniform(0.5, 2)) if rng.random() < 0.6 else np.minimum(1, 2.5 * along)
    aside = rng.uniform(-0.6, 0.6) * width * np.sin(np.pi * along)  # a bent one
    reach = -(inner + (outer - inner) * along)
    blade = np.concatenate(
        [np.stack([aside + width * bulge, reach], 1), np.stack([aside - width * bulge, reach], 1)[::-1]]
    )
    return np.maximum.reduce([_fill(_turned(blade, 2 * np.pi * turn / count)) for turn in range(count)])


def _stripes(rng: Rng) -> np.ndarray:
    """Stripes in a plain shape, level or slanted, of one width or growing."""
    count, gap = int(rng.integers(3, 8)), rng.uniform(0.2, 0.5)
    edges = np.linspace(0, 1, count + 1) ** rng.choice([1.0, 1.0, 1.5])
    angle, bars = rng.uniform(0, np.pi), np.zeros((GRID, GRID), np.uint8)
    for start, stop in zip(edges[:-1], edges[1:], strict=True):
        top, bottom = 2 * start - 1, 2 * (stop - gap * (stop - start)) - 1
        bar = np.array([[-2.0, top], [2.0, top], [2.0, bottom], [-2.0, bottom]])
        bars = np.maximum(bars, _fill(_turned(bar, angle)))
    return np.minimum(bars, _field(rng))


def _nested(rng: Rng) -> np.ndarray:
    """Lines within lines: squares, hexagons or rings, now and then cut open or with a bar through."""
    sides = int(rng.choice([3, 4, 4, 6, 90]))
    count, share = int(rng.integers(2, 5)), rng.uniform(0.4, 0.7)
    turn = rng.choice([0.0, np.pi / max(2, sides)])
    shape = np.zeros((GRID, GRID), np.uint8)
    for ring in range(count):
        outer = 0.97 * (1 - ring / count)
        shape = np.maximum(shape, _fill(_polygon(sides, outer, turn)))
        shape = np.minimum(shape, 255 - _fill(_polygon(sides, outer - 0.97 * share / count, turn)))
    if rng.random() < 0.6:
        half = rng.uniform(0.06, 0.2)
        bar = np.array([[-half, -1.5], [half, -1.5], [half, 0.0], [-half, 0.0]])
        cut = _fill(_turned(bar, rng.uniform(0, 2 * np.pi)))
        joined = np.maximum(shape, np.minimum(cut, _disc(0.95)))
        shape = cv2.subtract(shape, cut) if rng.random() < 0.6 else joined
    return shape


def _facets(rng: Rng) -> np.ndarray:
    """A shape of some corners, cut into triangles with gaps between them."""
    corners = int(rng.integers(4, 9))
    angles = np.sort(rng.uniform(0, 2 * np.pi, corners))
    points = rng.uniform(0.45, 1.0, (corners, 1)) * np.stack([np.sin(angles), -np.cos(angles)], 1)
    hub = rng.uniform(-0.2, 0.2, 2)
    shape, gap = np.zeros((GRID, GRID), np.uint8), rng.uniform(0.84, 0.96)
    for start, stop in zip(points, np.roll(points, -1, 0), strict=True):
        facet = np.stack([hub, start, stop])
        if rng.random() < 0.85:
            shape = np.maximum(shape, _fill(facet.mean(0) + gap * (facet - facet.mean(0))))
    return shape if shape.any() else _facets(rng)


def _overlapping(rng: Rng) -> np.ndarray:
    """Discs or rings that overlap; what two of them share is empty."""
    count, radius = int(rng.integers(2, 5)), rng.uniform(0.35, 0.6)
    inner = rng.uniform(0.6, 0.85) * radius if rng.random() < 0.5 else 0.0
    shape = np.zeros((GRID, GRID), np.uint8)
    start = rng.uniform(0, 2 * np.pi)
    for turn in range(count):
        angle = start + 2 * np.pi * turn / count
        x, y = (1 - radius) * np.sin(angle), (1 - radius) * np.cos(angle)
        ring = cv2.subtract(_disc(radius, x, y), _disc(inner, x, y)) if inner else _disc(radius, x, y)
        shape = cv2.absdiff(shape, ring)
    return shape


def _initials(rng: Rng) -> np.ndarray:
    """One or two heavy letters, bare, in brackets, in a frame or cut out of a plain shape."""
    letters = "".join(chr(65 + int(code)) for code in rng.integers(0, 26, int(rng.integers(1, 3))))
    kind = int(rng.integers(0, 4))
    letters = f"[{letters}]" if kind == 0 else letters
    face, size = pick_face(rng, "en", "black").path, int(0.5 * GRID)
    across = load_font(face, size).getlength(letters)
    font = load_font(face, int(size * min(1.0, 0.62 * GRID / across)))
    picture = Image.new("L", (GRID, GRID))
    ImageDraw.Draw(picture).text((GRID / 2, GRID / 2), letters, fill=255, font=font, anchor="mm")
    shape = np.asarray(picture)
    if kind == 1:
        return cv2.subtract(_disc(0.95), shape)
    if kind == 2:
        frame = _fill(_polygon(4, 1.3, np.pi / 4))
        thin = _fill(_polygon(4, 1.3 - rng.uniform(0.08, 0.25), np.pi / 4))
        return np.maximum(shape, cv2.subtract(frame, thin))
    return shape


EMBLEMS: tuple[Callable[[Rng], np.ndarray], ...] = (
    _blades,
    _stripes,
    _nested,
    _facets,
    _overlapping,
    _initials,
)
