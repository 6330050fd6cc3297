"""Paths of a pen tip, and how they become coverage."""

from __future__ import annotations

import cv2
import numpy as np

SCALE = 3
"""Strokes are drawn this many times larger and shrunk, so that their width is not whole pixels."""


def smooth_path(points: np.ndarray, rounds: int = 2) -> np.ndarray:
    """Cut the corners of a polyline (Chaikin's algorithm); its ends stay.

    Args:
        points: ``(N, 2)`` or more columns, x and y first.
        rounds: each doubles the number of points.
    """
    for _ in range(rounds):
        if len(points) < 3:
            break
        near = 0.75 * points[:-1] + 0.25 * points[1:]
        far = 0.25 * points[:-1] + 0.75 * points[1:]
        mixed = np.stack([near, far], 1).reshape(-1, points.shape[1])
        points = np.concatenate([points[:1], mixed, points[-1:]])
    return points


def stamp(canvas: np.ndarray, patch: np.ndarray, x: int, y: int) -> None:
    """Lay ``patch`` into ``canvas`` with its corner at ``(x, y)``, the stronger coverage winning; in place.

    What reaches over the canvas's edge is cut off.
    """
    left, top = max(0, x), max(0, y)
    right, bottom = min(canvas.shape[1], x + patch.shape[1]), min(canvas.shape[0], y + patch.shape[0])
    if right <= left or bottom <= top:
        return
    part = canvas[top:bottom, left:right]
    np.maximum(part, patch[top - y : bottom - y, left - x : right - x], out=part)


def draw_path(
    canvas: np.ndarray, points: np.ndarray, widths: np.ndarray, levels: np.ndarray | None = None
) -> None:
    """Draw a pen's path into ``canvas``, in place.

    Args:
        canvas: uint8 ``(H, W)`` coverage.
        points: ``(N, 2)`` x and y in pixels.
        widths: ``(N,)`` in pixels.
        levels: ``(N,)`` coverage in [0, 255]; None for 255 all along.
    """
    pad = float(widths.max()) + 2
    low = np.floor(points.min(0) - pad).astype(int)
    high = np.ceil(points.max(0) + pad).astype(int)
    if high[0] <= 0 or high[1] <= 0 or low[0] >= canvas.shape[1] or low[1] >= canvas.shape[0]:
        return
    span = high - low
    if span.max() > 20000:
        raise ValueError(f"points span {span.max()} pixels; expected a path within the page")
    patch = np.zeros((int(span[1]) * SCALE, int(span[0]) * SCALE), np.uint8)
    draw_scaled(patch, (points - low) * SCALE, widths * SCALE, levels)
    small = cv2.resize(patch, (int(span[0]), int(span[1])), interpolation=cv2.INTER_AREA)
    stamp(canvas, small, int(low[0]), int(low[1]))


def draw_scaled(
    patch: np.ndarray, points: np.ndarray, widths: np.ndarray, levels: np.ndarray | None = None
) -> None:
    """Draw a path in whole-pixel thicknesses, in place; one dot for a single point."""
    level = np.full(len(points), 255) if levels is None else levels.astype(int)
    whole = np.round(points * 8).astype(int)
    # OpenCV's lines of even thickness come out one pixel wider, those of odd thickness two.
    thick = np.maximum(1, 2 * np.round((widths - 1) / 2)).astype(int)
    if len(whole) == 1:
        x, y = whole[0]
        cv2.circle(patch, (int(x), int(y)), round(float(widths[0]) * 4), 255, -1, cv2.LINE_8, 3)
        return
    for place in range(len(whole) - 1):
        start, stop = whole[place], whole[place + 1]
        cv2.line(
            patch,
            (int(start[0]), int(start[1])),
            (int(stop[0]), int(stop[1])),
            int(level[place]),
            int(thick[place]),
            cv2.LINE_8,
            3,
        )
