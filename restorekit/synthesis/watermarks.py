"""Watermarks: text, tiled patterns, corner marks, badges and stamps, blended with a known alpha."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import cv2
import numpy as np

from restorekit.synthesis.capture import camera
from restorekit.synthesis.mark_shapes import planes_on, shape_of
from restorekit.synthesis.pages import Pair, changed, check_size, generator, photograph, render_document
from restorekit.synthesis.scenes import make_scene
from restorekit.synthesis.textures import Rng, choose
from restorekit.synthesis.user_marks import user_marks
from restorekit.synthesis.user_pages import cut

FAINT = 20
"""A mark whose mean change, where it covers, is under this many levels can hardly be seen: it is redrawn."""

OPACITY = (0.15, 0.85)
KINDS = {"text": 0.22, "tiled": 0.28, "corner": 0.12, "logo": 0.28, "stamp": 0.1}
OWN = 0.5
"""The share of marks that are the user's, where there are any: of one mark a network learns no other."""
OWN_KINDS = {"tiled": 0.3, "corner": 0.35, "logo": 0.35}


class Watermarked(NamedTuple):
    """A watermarked image before any compression, and how it was made.

    ``image`` is ``target * (1 - alpha / 255) + colour * alpha / 255``, rounded.

    Attributes:
        image: uint8 RGB ``(H, W, 3)``.
        target: uint8 RGB ``(H, W, 3)``.
        alpha: uint8 ``(H, W)``, 255 for opaque.
        colour: the mark's colour, R, G, B of 255; of a user's mark of several colours the mean.
        kind: text, tiled, corner, logo or stamp.
    """

    image: np.ndarray
    target: np.ndarray
    alpha: np.ndarray
    colour: tuple[int, int, int]
    kind: str


def make_watermark_pair(
    seed: int,
    *,
    height: int = 1754,
    width: int = 1240,
    page: np.ndarray | None = None,
    fonts: str = "",
    marks: str = "",
) -> Pair:
    """A picture or document with a watermark, and without. Same arguments, same bytes.

    Args:
        seed: which picture, 0 or more.
        height: pixels, 64 to 10000.
        width: pixels, 64 to 10000.
        page: a picture to lay the mark on, uint8 RGB ``(H, W, 3)`` of any size, instead of a made one.
        fonts: a folder of fonts, in which half of the made documents are then printed; or "".
        marks: a folder of the user's own marks, which half of the marks then are; see ``user_marks``; or "".

    Raises:
        ValueError: a size or a seed out of range, or nothing of use in a folder.
        FileNotFoundError: no such folder.
    """
    made = make_watermark(seed, height=height, width=width, page=page, fonts=fonts, marks=marks)
    return watermark_pair(*made)


def watermark_pair(made: Watermarked, quality: int) -> Pair:
    """The pair of a watermarked image, its input compressed; quality 0 leaves it alone."""
    return Pair(camera.compress(made.image, quality), made.target, watermark_mask(made))


def make_watermark(
    seed: int,
    *,
    height: int = 1754,
    width: int = 1240,
    page: np.ndarray | None = None,
    fonts: str = "",
    marks: str = "",
) -> tuple[Watermarked, int]:
    """The pair of ``make_watermark_pair`` with its exact alpha, and the JPEG quality meant for the input.

    Takes and raises what that does.
    """
    check_size(height, width)
    rng = generator(seed, 2)
    target = _background(rng, height, width, fonts) if page is None else cut(rng, page, height, width)
    quality = int(rng.integers(60, 97)) if rng.random() < 0.5 else 0
    return watermark(rng, target, marks=user_marks(marks)), quality


def _background(rng: Rng, height: int, width: int, fonts: str) -> np.ndarray:
    if rng.random() < 0.5:
        return make_scene(rng, height, width)
    page = render_document(rng, height, width, fonts)
    if rng.random() < 0.5:
        return np.clip(page * 255 + 0.5, 0, 255).astype(np.uint8)
    return photograph(rng, page, None)[0].target


def watermark_mask(made: Watermarked) -> np.ndarray:
    """255 where the mark visibly changes the image or covers a tenth, else 0."""
    return cv2.bitwise_or(changed(made.image, made.target), cv2.compare(made.alpha, 25, cv2.CMP_GT))


def watermark(
    rng: Rng,
    target: np.ndarray,
    whole: tuple[int, int] | None = None,
    marks: Sequence[np.ndarray] = (),
) -> Watermarked:
    """Lay a mark over a picture; marks too faint to see are drawn again.

    Args:
        rng: source of chance.
        target: uint8 RGB ``(H, W, 3)``.
        whole: height and width, no less than target's, of a picture that ``target`` is a piece of: the
            mark is made for that size, and the piece has some of it. None for all of it.
        marks: the user's own, see ``user_marks``.
    """
    own = marks[int(rng.integers(0, len(marks)))] if marks and rng.random() < OWN else None
    kind = choose(rng, KINDS if own is None else OWN_KINDS)
    planes = planes_on(rng, kind, target.shape[:2], whole, own)
    for attempt in range(12):
        shape = shape_of(planes)
        opacity = rng.uniform(*OPACITY)
        colour = _colour(rng, kind) if own is None else planes[..., :3]
        if attempt >= 9:  # white on dark, black on bright, strong: always visible
            opacity = OPACITY[1]
            inside = target[shape > 127]
            bright = bool(inside.size) and float(inside.mean()) > 127
            colour = (0, 0, 0) if bright else (255, 255, 255)
        alpha = np.round(shape.astype(np.float32) * np.float32(opacity)).astype(np.uint8)
        image = blend(target, alpha, colour)
        if not is_faint(image, target, alpha):
            break
        if not alpha.any() or attempt == 8:
            planes = planes_on(rng, kind, target.shape[:2], whole, own)
    return Watermarked(image, target, alpha, _one_colour(colour, alpha), kind)


def _one_colour(colour: tuple[int, int, int] | np.ndarray, alpha: np.ndarray) -> tuple[int, int, int]:
    if isinstance(colour, tuple):
        return colour
    red, green, blue, _ = cv2.mean(np.ascontiguousarray(colour), alpha)
    return round(red), round(green), round(blue)


def blend(target: np.ndarray, alpha: np.ndarray, colour: tuple[int, int, int] | np.ndarray) -> np.ndarray:
    """``target * (1 - alpha) + colour * alpha``, with alpha of 255; uint8 RGB in and out.

    Args:
        target: ``(H, W, 3)``.
        alpha: ``(H, W)``.
        colour: R, G, B of 255, or each pixel's own, ``(H, W, 3)``.
    """
    image = target.copy()
    x, y, width, height = cv2.boundingRect(alpha)
    part, share = image[y : y + height, x : x + width], alpha[y : y + height, x : x + width]
    colours = np.broadcast_to(np.asarray(colour, np.uint16), target.shape)[y : y + height, x : x + width]
    for channel in range(3):  # 255 * 255 fits 16 bits, and no sum lies halfway between two levels
        plane = part[..., channel].astype(np.uint16)
        plane = plane * (255 - share) + share * colours[..., channel] + np.uint16(127)
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
