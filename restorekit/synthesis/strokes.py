"""Paths of a pen tip, and how they become coverage."""

from __future__ import annotations

from itertools import pairwise

import cv2
import numpy as np

SCALE = 3
"""Strokes are drawn this many times larger and shrunk, so that lines of two pixels have their width."""
BROADER = 1.45
"""By how many pixels OpenCV draws polygons broader than they are where it smoothes their edges."""
ROUND = np.array([(0.0, 1.0), (0.95, 0.62), (0.95, -0.62), (0.0, -1.0)])
"""The outline of a line's end, by half its width: ahead, and aside."""
BACK = -0.3
"""The cosine of the turn from which on a path turns back."""


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
    """Lay ``patch`` over ``canvas`` with its corner at ``(x, y)``, in place: ink on ink is darker.

    Each lets through what it does not cover. What reaches over the canvas's edge is cut off.

    Args:
        canvas: uint8 ``(H, W)`` coverage.
        patch: the same, of any size.
        x: px.
        y: px.
    """
    left, top = max(0, x), max(0, y)
    right, bottom = min(canvas.shape[1], x + patch.shape[1]), min(canvas.shape[0], y + patch.shape[0])
    if right <= left or bottom <= top:
        return
    part = canvas[top:bottom, left:right]
    bare = cv2.multiply(~part, ~patch[top - y : bottom - y, left - x : right - x], scale=1 / 255)
    np.invert(bare, out=part)


def draw_path(
    canvas: np.ndarray,
    points: np.ndarray,
    widths: np.ndarray,
    levels: np.ndarray | None = None,
    scale: int = SCALE,
) -> None:
    """Draw a pen's path over ``canvas``, in place; one dot for a single point.

    Where the path turns back it lies on itself, and is darker there.

    Args:
        canvas: uint8 ``(H, W)`` coverage.
        points: ``(N, 2)`` x and y in pixels.
        widths: ``(N,)`` in pixels.
        levels: ``(N,)`` coverage in [0, 255]; None for 255 all along.
        scale: how many times larger it is drawn, for lines of few pixels.
    """
    pressed = [255] * len(points) if levels is None else levels.tolist()
    if len(points) == 1:
        points, widths = np.repeat(points, 2, axis=0), np.repeat(widths, 2)
    ahead = points[1:] - points[:-1]
    long = np.sqrt(ahead[:, 0] ** 2 + ahead[:, 1] ** 2)
    ahead /= np.where(long > 0, long, np.inf)[:, None]
    pieces = _pieces(scale * (points + 0.5) - 0.5, np.maximum(scale * widths - BROADER, 0.3) / 2, ahead)
    back = (ahead[1:, 0] * ahead[:-1, 0] + ahead[1:, 1] * ahead[:-1, 1] < BACK).nonzero()[0] + 1
    for start, stop in pairwise([0, *back.tolist(), len(ahead)]):
        part = pieces[start:stop]
        low, high = part.min((0, 1)) // (16 * scale) - 1, part.max((0, 1)) // (16 * scale) + 2
        (left, top), (wide, tall) = low.tolist(), (high - low).tolist()
        if left >= canvas.shape[1] or top >= canvas.shape[0] or left + wide <= 0 or top + tall <= 0:
            continue
        if max(wide, tall) > 20000:
            raise ValueError(f"points span {max(wide, tall)} pixels; expected a path within the page")
        patch = np.zeros((tall * scale, wide * scale), np.uint8)
        for piece, level in zip(part - 16 * scale * low, pressed[start:stop], strict=True):
            cv2.fillConvexPoly(patch, piece, level, cv2.LINE_AA, 4)
        if scale > 1:
            patch = cv2.resize(patch, (wide, tall), interpolation=cv2.INTER_AREA)
        stamp(canvas, patch, left, top)


def _pieces(points: np.ndarray, radii: np.ndarray, ahead: np.ndarray) -> np.ndarray:
    """The outlines of a path's pieces, each round-ended, from each point to the next.

    Args:
        points: ``(N, 2)``, pixels.
        radii: ``(N,)``, pixels.
        ahead: ``(N - 1, 2)`` of length 1, or 0 for a dot.

    Returns:
        int32 ``(N - 1, 8, 2)``, sixteenths of a pixel.
    """
    ahead = np.where(ahead.any(1, keepdims=True), ahead, (1.0, 0.0))
    sides = np.stack([-ahead[:, 1], ahead[:, 0]], 1)
    rims = (ROUND[:, :1] * ahead[:, None] + ROUND[:, 1:] * sides[:, None]) * 16
    begins = 16 * points[:-1, None] - radii[:-1, None, None] * rims
    ends = 16 * points[1:, None] + radii[1:, None, None] * rims
    return np.rint(np.concatenate([begins, ends], 1)).astype(np.int32)
