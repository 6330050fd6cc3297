"""Thin printed lines of figures, smooth at their edges: braces, arrows, tones, hatching and labels."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from PIL import Image

from restorekit.synthesis.printing.sheets import Colour, Sheet, Type, put_text, text_width
from restorekit.synthesis.texts.grammar import expand
from restorekit.synthesis.textures import Rng, log_uniform

SCALE = 4
"""Lines are drawn this many times larger and shrunk, so that they may be thinner than a pixel."""
THIN, THICK = 0.04, 0.095
"""Lines of figures are 0.4 to 1 pt thick: so many ems of a body type of 10.5 pt."""
SUBSTANCES = (
    *("N₂", "O₂", "H₂", "CO₂", "H₂O", "NH₃", "CH₄", "SO₂", "CO", "HCl", "NaCl", "NaOH"),
    *("CaCO₃", "Fe₂O₃", "H₂SO₄", "CuO"),
)
"""What labels of figures of chemistry say."""
Points = Sequence[tuple[float, float]] | np.ndarray
"""The corners of a line, ``(N, 2)``: x and y in pixels."""


def small_type(sheet: Sheet) -> Type:
    """How the letters in a figure are set."""
    return sheet.body._replace(size=max(9, round(sheet.unit * 0.88)), spacing=0.0)


def line_width(sheet: Sheet, rng: Rng) -> float:
    """How thick the lines of a figure are, in pixels."""
    return sheet.unit * log_uniform(rng, THIN, THICK)


def curves(sheet: Sheet, paths: Sequence[Points], width: float, colour: Colour | None = None) -> None:
    """Draw lines of ``width`` pixels, of the sheet's colour or another."""
    placed = [np.asarray(path, np.float64) for path in paths if len(path) > 1]
    if not placed:
        return
    patch, corner = _patch(np.concatenate(placed), width)
    lines = [_scaled(path, corner) for path in placed]
    cv2.polylines(patch, lines, False, 255, _thickness(width), cv2.LINE_8, 3)
    _lay(sheet, patch, corner, colour or sheet.colour)


def area(sheet: Sheet, corners: Points, colour: Colour) -> None:
    """Fill the area within ``corners``."""
    placed = np.asarray(corners, np.float64)
    patch, corner = _patch(placed, 0)
    cv2.fillPoly(patch, [_scaled(placed, corner)], 255, cv2.LINE_8, 3)
    _lay(sheet, patch, corner, colour)


def hatching(sheet: Sheet, corners: Points, pitch: float, width: float, *, falling: bool = False) -> None:
    """Fill the area within ``corners`` with slanting lines, ``pitch`` pixels apart across."""
    placed = np.asarray(corners, np.float64)
    patch, corner = _patch(placed, 0)
    lines = np.zeros_like(patch)
    tall, wide = patch.shape
    for start in np.arange(-tall, wide, max(2.0, pitch * SCALE)):
        ends = (int(start), 0 if falling else tall), (int(start) + tall, tall if falling else 0)
        cv2.line(lines, *ends, 255, _thickness(width))
    cv2.fillPoly(patch, [_scaled(placed, corner)], 255, cv2.LINE_8, 3)
    _lay(sheet, cv2.min(lines, patch), corner, sheet.colour)


def _patch(points: np.ndarray, width: float) -> tuple[np.ndarray, np.ndarray]:
    """An empty picture around ``points``, ``SCALE`` times as large, and its left upper corner."""
    low = np.floor(points.min(0) - width - 1).astype(int)
    across, down = (np.ceil(points.max(0) + width + 1).astype(int) - low).tolist()
    return np.zeros((down * SCALE, across * SCALE), np.uint8), low


def _scaled(points: np.ndarray, corner: np.ndarray) -> np.ndarray:
    return np.round((points - corner) * SCALE * 8).astype(np.int32)


def _thickness(width: float) -> int:
    """What OpenCV has to be told: its lines of even thickness come out one pixel wider."""
    return max(1, 2 * round((width * SCALE - 1) / 2))


def _lay(sheet: Sheet, patch: np.ndarray, corner: np.ndarray, colour: Colour) -> None:
    size = patch.shape[1] // SCALE, patch.shape[0] // SCALE
    small = Image.fromarray(cv2.resize(patch, size, interpolation=cv2.INTER_AREA))
    left, top = corner.tolist()
    sheet.image.paste(colour, (left, top, left + size[0], top + size[1]), small)


def dashes(points: Points, dash: float) -> list[Points]:
    """Cut a line of straight pieces into dashes of ``dash`` pixels, with gaps of 0.7 times as much."""
    placed = np.asarray(points, np.float64)
    cut: list[Points] = []
    for start, stop in zip(placed[:-1], placed[1:], strict=True):
        length = max(1e-6, float(np.hypot(*(stop - start))))
        for at in np.arange(0, length, 1.7 * dash):
            cut.append(np.stack([start + (stop - start) * min(1, a / length) for a in (at, at + dash)]))
    return cut


def arc(x: float, y: float, radius: float, start: float = 0.0, stop: float = 2 * np.pi) -> np.ndarray:
    """A part of a circle: ``(N, 2)``; angles in radians from the right, downwards first."""
    turn = np.linspace(start, stop, max(4, int(abs(stop - start) * 14)))
    return np.column_stack([x + radius * np.cos(turn), y + radius * np.sin(turn)])


def brace(start: float, stop: float, level: float, depth: float, *, angular: bool = False) -> np.ndarray:
    """A curly brace from ``(start, level)`` to ``(stop, level)``: ``(N, 2)``.

    Its tip is in the middle, ``depth`` pixels above ``level``, below where negative. An ``angular`` one has
    straight pieces. Swap the columns of x and y for an upright one.
    """
    reach = min(0.5 * abs(depth), 0.25 * abs(stop - start))
    turn = np.array([0.0, 1.0]) if angular else np.linspace(0, 1, 9)
    # A quarter of an ellipse up from the end, and the same turned about into the tip.
    across, up = reach * (1 - np.cos(turn * np.pi / 2)), 0.5 * depth * np.sin(turn * np.pi / 2)
    half = 0.5 * (stop - start)
    sign = np.sign(stop - start)
    x = np.concatenate([sign * across, half - sign * across[::-1]])
    y = np.concatenate([up, depth - up[::-1]])
    x, y = np.concatenate([x, 2 * half - x[::-1]]), np.concatenate([y, y[::-1]])
    return np.column_stack([start + x, level - y])


def arrow(sheet: Sheet, points: Points, width: float, *, hollow: bool = False) -> None:
    """A line with a head at its end, filled or of two strokes."""
    path = np.asarray(points, np.float64)
    along = path[-1] - path[-2]
    length = float(np.hypot(*along))
    if length < 1:
        return
    size = min(0.42 * sheet.unit, length)
    along = along / length * size
    aside = 0.3 * along[::-1] * (-1, 1)
    head = np.stack([path[-1] - along + aside, path[-1], path[-1] - along - aside])
    if hollow:
        curves(sheet, [path, head], width)
        return
    curves(sheet, [np.concatenate([path[:-1], path[-1:] - 0.7 * along])], width)
    area(sheet, head, sheet.colour)


def put_label(sheet: Sheet, x: float, baseline: float, text: str, kind: Type, align: float = 0.5) -> float:
    """Set ``text``, ``align`` of it left of ``x``; returns where it ends."""
    return put_text(sheet, x - align * text_width(text, kind), baseline, text, kind, slot=False)


def short_word(sheet: Sheet, rng: Rng, room: float, kind: Type, substance: float = 0.2) -> str:
    """A substance no wider than ``room`` pixels, ``substance`` of them formulas; a letter if none fits."""
    for _ in range(5):
        if rng.random() < substance:
            word = SUBSTANCES[int(rng.integers(0, len(SUBSTANCES)))]
        else:
            word = expand(rng, sheet.language, "substance")
        if text_width(word, kind) <= room:
            return word
    return "ABCDXY"[int(rng.integers(0, 6))]


def row_of_words(sheet: Sheet, rng: Rng, symbol: str) -> list[str]:
    """Words that belong together, such as the steps of a ``process`` in their order."""
    return expand(rng, sheet.language, symbol).split(", ")
