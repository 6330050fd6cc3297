"""What watermarks look like and where they lie: text, logos, badges, stamps, a user's own; once or tiled."""

from __future__ import annotations

import cv2
import numpy as np
from PIL import Image, ImageDraw

from restorekit.synthesis.assets import load_font, pick_face
from restorekit.synthesis.badges import draw_badge, draw_logo, draw_stamp
from restorekit.synthesis.texts import calculations, phrases
from restorekit.synthesis.textures import Rng, log_uniform

UPRIGHT = 0.6
"""The share of the user's marks that are not turned; those in a corner never are."""


def shape_of(planes: np.ndarray) -> np.ndarray:
    """A mark's outline: all of a ``(H, W)``, the last plane of a user's ``(H, W, 4)``."""
    return planes if planes.ndim == 2 else planes[..., 3]


def planes_on(
    rng: Rng, kind: str, size: tuple[int, int], whole: tuple[int, int] | None, own: np.ndarray | None
) -> np.ndarray:
    """A mark, laid somewhere.

    Args:
        rng: source of chance.
        kind: text, tiled, corner, logo or stamp.
        size: height and width of what it lies on, px.
        whole: of a picture that this is a piece of, which the mark is made for; None for all of it.
        own: the user's, see ``user_marks``; None for a new one.

    Returns:
        uint8 ``size``, 255 inside; of the user's ``(*size, 4)``: R, G, B and that.
    """
    height, width = size
    if whole is None:
        return _planes(rng, kind, height, width, own)
    planes = _planes(rng, kind, *whole, own)
    rows, columns = np.nonzero(shape_of(planes)[::4, ::4] > 127)
    if not len(rows):
        return np.zeros((height, width, *planes.shape[2:]), np.uint8)
    point = int(rng.integers(0, len(rows)))  # anywhere on the mark, anywhere in the piece
    top = np.clip(4 * rows[point] - int(rng.integers(0, height)), 0, whole[0] - height)
    left = np.clip(4 * columns[point] - int(rng.integers(0, width)), 0, whole[1] - width)
    return np.ascontiguousarray(planes[top : top + height, left : left + width])


def _planes(rng: Rng, kind: str, height: int, width: int, own: np.ndarray | None) -> np.ndarray:
    """The same on a picture of ``height`` and ``width``."""
    side = min(height, width)
    tile, angle = _drawn(rng, kind, side) if own is None else _sized(rng, kind, own, side)
    tile = _turn(tile, float(angle))
    canvas = np.zeros((height, width, *tile.shape[2:]), np.uint8)
    if kind == "tiled":
        return _tile(rng, canvas, tile)
    tile = _fit(tile, height, width)
    free_y, free_x = height - tile.shape[0], width - tile.shape[1]
    if kind == "corner":
        y = int(free_y * rng.choice([0.02, 0.97]))
        x = int(free_x * rng.choice([0.03, 0.5, 0.97]))
    else:
        y, x = int(free_y * rng.uniform(0, 1)), int(free_x * rng.uniform(0, 1))
    canvas[y : y + tile.shape[0], x : x + tile.shape[1]] = tile
    return canvas


def _sized(rng: Rng, kind: str, own: np.ndarray, side: int) -> tuple[np.ndarray, float]:
    """A user's mark for a picture whose shorter side is ``side``, and by how much it is turned, degrees."""
    scale = side * _logo_share(rng, kind) / max(own.shape[:2])
    size = (max(1, round(own.shape[1] * scale)), max(1, round(own.shape[0] * scale)))
    upright = kind == "corner" or rng.random() < UPRIGHT
    tile = cv2.resize(own, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    return tile, 0.0 if upright else rng.uniform(-90, 90)


def _logo_share(rng: Rng, kind: str) -> float:
    """How much of a picture's shorter side a logo takes."""
    return log_uniform(rng, 0.12, 0.85) if kind == "logo" else rng.uniform(0.08, 0.25)


def _drawn(rng: Rng, kind: str, side: int) -> tuple[np.ndarray, float]:
    """The same of a new mark."""
    if kind == "stamp":
        return draw_stamp(rng, int(side * rng.uniform(0.25, 0.6))), rng.normal(0, 12)
    if kind == "logo" or (kind in ("tiled", "corner") and rng.random() < 0.45):
        logo_side = int(side * _logo_share(rng, kind))
        draw = draw_logo if rng.random() < 0.8 else draw_badge
        return draw(rng, logo_side), rng.normal(0, 15) if rng.random() < 0.6 else rng.uniform(-90, 90)
    size = side * (rng.uniform(0.025, 0.085) if kind != "text" else rng.uniform(0.06, 0.2))
    tile = _text(rng, max(9, int(size)))
    return tile, 0.0 if kind == "corner" else rng.choice([0, 30, 45, -30, -45, rng.uniform(-90, 90)])


def _text(rng: Rng, size: int) -> np.ndarray:
    language = str(rng.choice(["en", "zh", "en", "zh", "es", "ru", "ja"]))
    text = phrases.phrase(rng, language, int(rng.integers(1, 4)))
    if rng.random() < 0.3 and language in ("en", "es"):
        text = text.upper()
    if rng.random() < 0.2:
        text = f"© {text} {calculations.number(rng)}" if language not in ("zh", "ja") else text
    font = load_font(
        pick_face(rng, language, str(rng.choice(["text", "bold", "black", "italic"]))).path, size
    )
    left, top, right, bottom = font.getbbox(text, anchor="ls")
    picture = Image.new("L", (int(right - left) + 8, int(bottom - top) + 8))
    draw = ImageDraw.Draw(picture)
    if rng.random() < 0.2 and size > 24:
        draw.text((4 - left, 4 - top), text, fill=0, font=font, anchor="ls", stroke_width=2, stroke_fill=255)
    else:
        draw.text((4 - left, 4 - top), text, fill=255, font=font, anchor="ls")
    return np.asarray(picture)


def _turn(tile: np.ndarray, angle: float) -> np.ndarray:
    return np.asarray(Image.fromarray(tile).rotate(angle, Image.Resampling.BICUBIC, expand=True))


def _fit(tile: np.ndarray, height: int, width: int) -> np.ndarray:
    """Shrink a mark that is larger than its picture."""
    scale = min(1.0, height / tile.shape[0], width / tile.shape[1])
    if scale == 1.0:
        return tile
    size = (max(1, int(tile.shape[1] * scale)), max(1, int(tile.shape[0] * scale)))
    return cv2.resize(tile, size, interpolation=cv2.INTER_AREA)


def _tile(rng: Rng, canvas: np.ndarray, tile: np.ndarray) -> np.ndarray:
    step_y = max(8, int(tile.shape[0] * rng.uniform(1.05, 2.2)))
    step_x = max(8, int(tile.shape[1] * rng.uniform(1.05, 1.9)))
    stagger = int(step_x * rng.choice([0, 0.5]))
    first_y, first_x = -int(rng.integers(0, step_y)), -int(rng.integers(0, step_x))
    for row, y in enumerate(range(first_y, canvas.shape[0], step_y)):
        for x in range(first_x - stagger * (row % 2), canvas.shape[1], step_x):
            top, left = max(0, y), max(0, x)
            bottom, right = min(canvas.shape[0], y + tile.shape[0]), min(canvas.shape[1], x + tile.shape[1])
            if bottom > top and right > left:
                part = canvas[top:bottom, left:right]
                piece = tile[top - y : bottom - y, left - x : right - x]
                if tile.ndim == 2:
                    np.maximum(part, piece, out=part)
                else:
                    np.copyto(part, piece, where=(piece[..., 3:] > part[..., 3:]))
    return canvas
