"""Marks: ticks, crosses, circles, lines, carets, brackets, scribbles, drawings, blots, splatter."""

from __future__ import annotations

import cv2
import numpy as np

from restorekit.synthesis.strokes import draw_path, pressure, smooth_path
from restorekit.synthesis.textures import Rng


def draw_stroke(
    canvas: np.ndarray, rng: Rng, points: list[tuple[float, float]], pen_px: float, *, shake: float = 0.0
) -> None:
    """Draw a smooth stroke through about ``points``; ``shake`` is in pixels."""
    path = np.array(points, np.float64)
    path = path + rng.normal(0, max(shake, 1e-6), path.shape)
    path = smooth_path(path, 3)
    draw_path(canvas, path, pressure(rng, len(path), pen_px, float(rng.uniform(0, 0.6))))


def tick(canvas: np.ndarray, rng: Rng, x: float, y: float, size: float, pen_px: float) -> None:
    """A tick whose low corner is at ``(x, y)``."""
    rise, reach = size * rng.uniform(0.5, 1.4), size * rng.uniform(0.6, 1.8)
    round_, bow = rng.uniform(0.01, 0.12) * size, rng.normal(0.1, 0.1)
    points = [
        (x - size * rng.uniform(0.1, 0.5), y - size * rng.uniform(0.1, 0.6)),
        (x - round_, y - 1.5 * round_),
        (x, y),
        (x + round_, y - 1.2 * round_),
        (x + 0.45 * reach, y - (0.45 + bow) * rise),
        (x + reach, y - rise),
    ]
    draw_stroke(canvas, rng, points, pen_px, shake=size * 0.02)


def cross(canvas: np.ndarray, rng: Rng, x: float, y: float, size: float, pen_px: float) -> None:
    """A cross around ``(x, y)``."""
    half = size * rng.uniform(0.35, 0.6)
    skew = rng.normal(0, 0.15, 4) * size
    draw_stroke(canvas, rng, [(x - half, y - half + skew[0]), (x, y), (x + half, y + half + skew[1])], pen_px)
    draw_stroke(canvas, rng, [(x + half, y - half + skew[2]), (x, y), (x - half, y + half + skew[3])], pen_px)


def circle(canvas: np.ndarray, rng: Rng, box: tuple[float, float, float, float], pen_px: float) -> None:
    """An oval around a box (left, top, right, bottom), no ellipse; its ends seldom meet."""
    left, top, right, bottom = box
    turn = 2 * np.pi * rng.uniform(0.93, 1.15)
    start = rng.uniform(0, 2 * np.pi)
    angles = np.linspace(start, start + turn, 22)
    waves = np.sin(np.outer((2, 3, 4), angles) + rng.uniform(0, 6, (3, 1)))
    bumps = rng.normal(0, (0.06, 0.04, 0.025)) @ waves
    swell = 1 + bumps + np.linspace(0, rng.normal(0, 0.16), 22)
    radius_x = (right - left) / 2 * 1.08 + (bottom - top) * 0.2
    radius_y = (bottom - top) / 2 * 1.3
    xs = (left + right) / 2 + radius_x * swell * np.cos(angles)
    ys = (top + bottom) / 2 + radius_y * swell * np.sin(angles)
    draw_stroke(canvas, rng, list(zip(xs.tolist(), ys.tolist(), strict=True)), pen_px, shake=pen_px * 0.15)


def line(canvas: np.ndarray, rng: Rng, x0: float, y0: float, x1: float, y1: float, pen_px: float) -> None:
    """A straight line by a free hand."""
    count = max(3, int(abs(x1 - x0) / 60) + 2)
    along = np.linspace(0, 1, count)
    length = float(np.hypot(x1 - x0, y1 - y0))
    bow = rng.normal(0, 0.012) * length * np.sin(np.pi * along)
    points = [(x0 + (x1 - x0) * a, y0 + (y1 - y0) * a + b) for a, b in zip(along, bow, strict=True)]
    draw_stroke(canvas, rng, points, pen_px, shake=min(2.5, 0.004 * length))


def underline(
    canvas: np.ndarray, rng: Rng, x0: float, x1: float, y: float, pen_px: float, unit: float
) -> None:
    """Under words: once, twice, or in waves."""
    kind = rng.random()
    if kind < 0.1:
        steps = np.arange(x0, x1, unit * rng.uniform(0.25, 0.5))
        if len(steps) > 2:
            lift = unit * 0.09 * np.where(np.arange(len(steps)) % 2, 1, -1)
            points = [(a, y + b) for a, b in zip(steps.tolist(), lift.tolist(), strict=True)]
            draw_stroke(canvas, rng, points, pen_px)
        return
    line(canvas, rng, x0, y, x1, y + rng.normal(0, 0.06) * unit, pen_px)
    if kind > 0.85:
        line(canvas, rng, x0, y + 0.25 * unit, x1, y + 0.25 * unit, pen_px)


def scribble(canvas: np.ndarray, rng: Rng, box: tuple[float, float, float, float], pen_px: float) -> None:
    """Zigzags or loops that make something unreadable."""
    left, top, right, bottom = box
    count = int(max(4, (right - left) / max(2.0, pen_px * rng.uniform(1.2, 3.5))))
    xs = np.linspace(left, right, count)
    if rng.random() < 0.5:
        ys = np.where(np.arange(count) % 2, top, bottom) + rng.normal(0, 0.12, count) * (bottom - top)
    else:
        turn = np.linspace(0, count * rng.uniform(0.5, 1.2), count)
        xs = xs + (bottom - top) * 0.4 * np.cos(turn)
        ys = (top + bottom) / 2 + (bottom - top) * 0.45 * np.sin(turn)
    draw_stroke(canvas, rng, list(zip(xs.tolist(), ys.tolist(), strict=True)), pen_px)


def caret(canvas: np.ndarray, rng: Rng, x: float, y: float, size: float, pen_px: float) -> None:
    """Where a word was forgotten."""
    half = size * rng.uniform(0.2, 0.35)
    flip = -1 if rng.random() < 0.4 else 1
    draw_stroke(
        canvas, rng, [(x - half, y + flip * size * 0.4), (x, y), (x + half, y + flip * size * 0.4)], pen_px
    )


def bracket(canvas: np.ndarray, rng: Rng, box: tuple[float, float, float, float], pen_px: float) -> None:
    """Straight strokes at words: a frame, square brackets, the sign to swap two of them, a slash or two."""
    left, top, right, bottom = box
    middle = left + (right - left) * rng.uniform(0.3, 0.7)
    lip, lean = 0.25 * (bottom - top), rng.uniform(0, 0.2) * (bottom - top)
    ways: tuple[list[list[tuple[float, float]]], ...] = (
        [[(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]],
        [
            [(left + lip, top), (left, top), (left, bottom), (left + lip, bottom)],
            [(right - lip, top), (right, top), (right, bottom), (right - lip, bottom)],
        ],
        [[(left, top), (middle, top), (middle, bottom), (right, bottom)]],
        [[(middle - lean, bottom), (middle + lean, top)]],
        [[(middle + shift - lean, bottom), (middle + shift + lean, top)] for shift in (0.0, lip)],
    )
    slip = 0.04 * (bottom - top)
    for path in ways[int(rng.integers(0, len(ways)))]:
        corners = np.array(path) + rng.normal(0, slip, (len(path), 2))
        for (x0, y0), (x1, y1) in zip(corners[:-1], corners[1:], strict=True):
            line(canvas, rng, x0, y0, x1, y1, pen_px)


def sketch(canvas: np.ndarray, rng: Rng, box: tuple[float, float, float, float], pen_px: float) -> None:
    """A drawing by hand: a polygon with its diagonals, or axes with a curve."""
    left, top, right, bottom = box
    if rng.random() < 0.5:
        corners = int(rng.integers(3, 6))
        xs, ys = rng.uniform(left, right, corners), rng.uniform(top, bottom, corners)
        for place in range(corners):
            after = (place + 1) % corners
            line(canvas, rng, xs[place], ys[place], xs[after], ys[after], pen_px)
        return
    line(canvas, rng, left, bottom, right, bottom, pen_px)
    line(canvas, rng, left, bottom, left, top, pen_px)
    along = np.linspace(0, 1, 12)
    curve = along ** rng.uniform(0.4, 2.5)
    points = [
        (left + (right - left) * a, bottom - (bottom - top) * 0.9 * b)
        for a, b in zip(along, curve, strict=True)
    ]
    draw_stroke(canvas, rng, points, pen_px)


def blot(canvas: np.ndarray, rng: Rng, x: float, y: float, radius: float) -> None:
    """A blot of ink, sometimes with splatter around it."""
    angles = np.linspace(0, 2 * np.pi, 26)[:-1]
    wave = 1 + 0.12 * np.sin(angles * 3 + rng.uniform(0, 6)) + rng.normal(0, 0.06, 25)
    outline = np.stack([x + radius * wave * np.cos(angles), y + radius * wave * np.sin(angles)], 1)
    cv2.fillPoly(canvas, [np.round(outline * 16).astype(np.int32)], 255, cv2.LINE_AA, 4)
    if rng.random() < 0.5:
        for _ in range(int(rng.integers(2, 14))):
            reach = radius * rng.uniform(1.3, 7)
            turn = rng.uniform(0, 2 * np.pi)
            centre = (int((x + reach * np.cos(turn)) * 16), int((y + reach * np.sin(turn)) * 16))
            cv2.circle(
                canvas, centre, int(max(0.5, radius * rng.uniform(0.05, 0.25)) * 16), 255, -1, cv2.LINE_AA, 4
            )
