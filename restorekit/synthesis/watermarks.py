"""Watermarks: text, tiled patterns, corner marks, badges and stamps, blended with a known alpha."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
from PIL import Image, ImageDraw

from restorekit.synthesis.assets import load_font, pick_face
from restorekit.synthesis.badges import draw_badge, draw_logo, draw_stamp
from restorekit.synthesis.capture import camera
from restorekit.synthesis.pages import Pair, changed, check_size, generator, photograph, render_document
from restorekit.synthesis.scenes import make_scene
from restorekit.synthesis.texts import calculations, phrases
from restorekit.synthesis.textures import Rng, choose, log_uniform
from restorekit.synthesis.user_pages import cut

FAINT = 20
"""A mark whose mean change, where it covers, is under this many levels can hardly be seen: it is redrawn."""

OPACITY = (0.15, 0.85)
KINDS = {"text": 0.22, "tiled": 0.28, "corner": 0.12, "logo": 0.28, "stamp": 0.1}


class Watermarked(NamedTuple):
    """A watermarked image before any compression, and how it was made.

    ``image`` is ``target * (1 - alpha / 255) + colour * alpha / 255``, rounded.

    Attributes:
        image: uint8 RGB ``(H, W, 3)``.
        target: uint8 RGB ``(H, W, 3)``.
        alpha: uint8 ``(H, W)``, 255 for opaque.
        colour: the mark's colour, R, G, B of 255.
        kind: text, tiled, corner, logo or stamp.
    """

    image: np.ndarray
    target: np.ndarray
    alpha: np.ndarray
    colour: tuple[int, int, int]
    kind: str


def make_watermark_pair(
    seed: int, *, height: int = 1754, width: int = 1240, page: np.ndarray | None = None
) -> Pair:
    """A picture or document with a watermark, and without. Same arguments, same bytes.

    Args:
        seed: which picture, 0 or more.
        height: pixels, 64 to 10000.
        width: pixels, 64 to 10000.
        page: a picture to lay the mark on, uint8 RGB ``(H, W, 3)`` of any size, instead of a made one.

    Raises:
        ValueError: a size or a seed out of range.
    """
    return watermark_pair(*make_watermark(seed, height=height, width=width, page=page))


def watermark_pair(made: Watermarked, quality: int) -> Pair:
    """The pair of a watermarked image, its input compressed; quality 0 leaves it alone."""
    return Pair(camera.compress(made.image, quality), made.target, watermark_mask(made))


def make_watermark(
    seed: int, *, height: int = 1754, width: int = 1240, page: np.ndarray | None = None
) -> tuple[Watermarked, int]:
    """The pair of ``make_watermark_pair`` with its exact alpha, and the JPEG quality meant for the input.

    Args:
        seed: which picture, 0 or more.
        height: pixels, 64 to 10000.
        width: pixels, 64 to 10000.
        page: a picture to lay the mark on, uint8 RGB ``(H, W, 3)`` of any size, instead of a made one.
    """
    check_size(height, width)
    rng = generator(seed, 2)
    target = _background(rng, height, width) if page is None else cut(rng, page, height, width)
    quality = int(rng.integers(60, 97)) if rng.random() < 0.5 else 0
    return watermark(rng, target), quality


def _background(rng: Rng, height: int, width: int) -> np.ndarray:
    if rng.random() < 0.5:
        return make_scene(rng, height, width)
    page = render_document(rng, height, width)
    if rng.random() < 0.5:
        return np.clip(page * 255 + 0.5, 0, 255).astype(np.uint8)
    return photograph(rng, page, None)[0].target


def watermark_mask(made: Watermarked) -> np.ndarray:
    """255 where the mark visibly changes the image or covers a tenth, else 0."""
    return cv2.bitwise_or(changed(made.image, made.target), cv2.compare(made.alpha, 25, cv2.CMP_GT))


def watermark(rng: Rng, target: np.ndarray, whole: tuple[int, int] | None = None) -> Watermarked:
    """Lay a mark over a picture; marks too faint to see are drawn again.

    Args:
        rng: source of chance.
        target: uint8 RGB ``(H, W, 3)``.
        whole: height and width, no less than target's, of a picture that ``target`` is a piece of: the
            mark is made for that size, and the piece has some of it. None for all of it.
    """
    kind = choose(rng, KINDS)
    shape = _shape_on(rng, kind, target, whole)
    for attempt in range(12):
        opacity = rng.uniform(*OPACITY)
        colour = _colour(rng, kind)
        if attempt >= 9:  # white on dark, black on bright, strong: always visible
            opacity = OPACITY[1]
            inside = target[shape > 127]
            bright = bool(inside.size) and float(inside.mean()) > 127
            colour = (0, 0, 0) if bright else (255, 255, 255)
        alpha = np.round(shape.astype(np.float32) * np.float32(opacity)).astype(np.uint8)
        image = blend(target, alpha, colour)
        if not is_faint(image, target, alpha):
            return Watermarked(image, target, alpha, colour, kind)
        if not alpha.any() or attempt == 8:
            shape = _shape_on(rng, kind, target, whole)
    return Watermarked(image, target, alpha, colour, kind)


def blend(target: np.ndarray, alpha: np.ndarray, colour: tuple[int, int, int]) -> np.ndarray:
    """``target * (1 - alpha) + colour * alpha``, with alpha of 255; uint8 RGB in and out."""
    image = target.copy()
    x, y, width, height = cv2.boundingRect(alpha)
    part, share = image[y : y + height, x : x + width], alpha[y : y + height, x : x + width]
    for channel in range(3):  # 255 * 255 fits 16 bits, and no sum lies halfway between two levels
        plane = part[..., channel].astype(np.uint16)
        plane = plane * (255 - share) + share * np.uint16(colour[channel]) + np.uint16(127)
        part[..., channel] = plane // np.uint16(255)
    return image


def is_faint(image: np.ndarray, target: np.ndarray, alpha: np.ndarray) -> bool:
    """Whether the mean change is under ``FAINT`` levels where the mark covers (alpha over half its peak)."""
    inside = cv2.compare(alpha, max(8, int(alpha.max()) // 2), cv2.CMP_GT)
    return float(np.mean(cv2.mean(cv2.absdiff(image, target), mask=inside)[:3])) < FAINT


def _colour(rng: Rng, kind: str) -> tuple[int, int, int]:
    if kind == "stamp":
        red = rng.uniform(0, 1)
        return (int(170 + 60 * red), int(20 + 30 * red), int(30 + 30 * red))
    if rng.random() < 0.55:
        grey = int(rng.choice([255, 255, 240, 128, 60, 0]))
        return (grey, grey, grey)
    red, green, blue = (int(value) for value in rng.integers(0, 256, 3))
    return red, green, blue


def _shape_on(rng: Rng, kind: str, target: np.ndarray, whole: tuple[int, int] | None) -> np.ndarray:
    """The mark's outline on ``target``: uint8 ``(H, W)``, 255 inside."""
    height, width = target.shape[:2]
    if whole is None:
        return _shape(rng, kind, height, width)
    shape = _shape(rng, kind, *whole)
    rows, columns = np.nonzero(shape[::4, ::4] > 127)
    if not len(rows):
        return np.zeros((height, width), np.uint8)
    point = int(rng.integers(0, len(rows)))  # anywhere on the mark, anywhere in the piece
    top = np.clip(4 * rows[point] - int(rng.integers(0, height)), 0, whole[0] - height)
    left = np.clip(4 * columns[point] - int(rng.integers(0, width)), 0, whole[1] - width)
    return np.ascontiguousarray(shape[top : top + height, left : left + width])


def _shape(rng: Rng, kind: str, height: int, width: int) -> np.ndarray:
    """The mark's outline: uint8 ``(height, width)``, 255 inside."""
    if kind == "stamp":
        tile, angle = draw_stamp(rng, int(min(height, width) * rng.uniform(0.25, 0.6))), rng.normal(0, 12)
    elif kind == "logo" or (kind in ("tiled", "corner") and rng.random() < 0.45):
        side = min(height, width) * (
            rng.uniform(0.08, 0.25) if kind != "logo" else log_uniform(rng, 0.12, 0.85)
        )
        draw = draw_logo if rng.random() < 0.8 else draw_badge
        tile, angle = draw(rng, int(side)), rng.normal(0, 15) if rng.random() < 0.6 else rng.uniform(-90, 90)
    else:
        size = min(height, width) * (rng.uniform(0.025, 0.085) if kind != "text" else rng.uniform(0.06, 0.2))
        tile = _text(rng, max(9, int(size)))
        angle = 0.0 if kind == "corner" else rng.choice([0, 30, 45, -30, -45, rng.uniform(-90, 90)])
    tile = _turn(tile, float(angle))
    canvas = np.zeros((height, width), np.uint8)
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
                np.maximum(part, tile[top - y : bottom - y, left - x : right - x], out=part)
    return canvas
