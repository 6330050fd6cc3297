"""Characters of fonts as a hand draws them: each time leaning, turned, scaled and bent by chance."""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np
from PIL import Image, ImageDraw

from restorekit.synthesis.assets import Font, has_glyph, load_font
from restorekit.synthesis.handwriting.hands import Hand
from restorekit.synthesis.strokes import stamp
from restorekit.synthesis.textures import Rng

BENT = 0.022
"""How far off its shape a font's character is, at one standard deviation, in its size: a hand does not draw
the same curve twice."""
FIGURES, ROUND = "0235689", 0.62
"""Figures that are round, and how wide they are at least by their height, in the middle."""
BOLD = 0.165
"""How broad strokes of bold faces are by their small letters."""
INSIDE = 55, 80, 170
"""What coverage counts to a stroke, by how wide the face's strokes are in pixels, and the bounds: thin
strokes must not break, and what broad ones stand around must not close."""
LEANS, TURNS = 0.022, 0.02
"""How far a letter's slant is off the hand's, width by height, and its foot off level, at one standard
deviation in a hand of usual unrest: letters of one hand lean the same within two or three degrees."""


@lru_cache(maxsize=256)
def x_height(path: str) -> float:
    """The height of a face's small letters, in ems."""
    small = "н" if path.startswith("hand/cy") else "x"
    box = load_font(path, 100).getbbox(small, anchor="ls")
    return float(np.clip(-box[1] / 100, 0.15, 0.8))


@lru_cache(maxsize=64)
def glyph_height(path: str, of: str = "학교오늘学校今天") -> float:
    """The height of a face's characters, of those of some that it has, in ems."""
    boxes = [load_font(path, 100).getbbox(one) for one in of if has_glyph(path, one)]
    return float(np.median([box[3] - box[1] for box in boxes])) / 100


@lru_cache(maxsize=64)
def letter_height(path: str) -> float:
    """How tall a face's letters are, in ems: between its small letters and its capitals."""
    capitals = "НБ" if path.startswith("hand/cy") else "HE"
    return float(np.sqrt(x_height(path) * glyph_height(path, capitals)))


@lru_cache(maxsize=64)
def weight(path: str) -> float:
    """How wide a face's strokes are, in ems: twice their area by the length of their edges."""
    text = "".join(one for one in "naoesHT学校오늘" if has_glyph(path, one)) or "x"
    tile = Image.new("L", (100 * len(text) + 100, 200))
    ImageDraw.Draw(tile).text((50, 130), text, fill=255, font=load_font(path, 100), anchor="ls")
    ink = np.asarray(tile) > 127
    edges = (ink[:, 1:] != ink[:, :-1]).sum() + (ink[1:] != ink[:-1]).sum()
    return 0.02 * float(ink.sum()) / max(1.0, float(edges) * np.pi / 4)


@lru_cache(maxsize=64)
def is_bold(path: str) -> bool:
    """Whether a face's strokes are so broad that they close what small letters stand around."""
    return weight(path) > BOLD * x_height(path)


@lru_cache(maxsize=64)
def rounder(path: str) -> float:
    """How much wider a face's figures are written than it has them, so that they are not too narrow."""
    boxes = [load_font(path, 100).getbbox(one) for one in FIGURES if has_glyph(path, one)]
    if not boxes:
        return 1.0
    ratio = float(np.median([(box[2] - box[0]) / max(1.0, box[3] - box[1]) for box in boxes]))
    return float(np.clip(ROUND / ratio, 1, 1.4))


def draw_glyph(
    rng: Rng,
    hand: Hand,
    font: Font,
    character: str,
    printed: np.ndarray,
    x: float,
    y: float,
) -> None:
    """Set a font's character on ``(x, y)``, as wide as the hand writes; leaning, turned and scaled by chance.

    No two come out alike.
    """
    left, top, right, bottom = font.getbbox(character, anchor="ls")
    pad = 2 + int(0.25 * font.size)
    tile = Image.new("L", (int(right - left) + 2 * pad, int(bottom - top) + 2 * pad))
    ImageDraw.Draw(tile).text((pad - left, pad - top), character, fill=255, font=font, anchor="ls")
    about = np.array([pad - left, pad - top], np.float64)
    astray = rng.normal(0, 1, (2, 2)) * ((0.03, LEANS), (TURNS, 0.03)) * (0.5 + 20 * hand.unrest)
    linear = np.diag((hand.aspect, 1)) + np.clip(astray, -0.2, 0.2)
    corner = np.floor([x, y] - about)
    move = [x, y] - corner - linear @ about
    matrix = np.column_stack([linear, move])
    drawn = _redrawn(rng, np.asarray(tile), matrix, hand.unrest)
    inside = min(max(INSIDE[0] * font.size * weight(str(font.path)), INSIDE[1]), INSIDE[2])
    drawn = cv2.threshold(drawn, inside, 255, cv2.THRESH_BINARY)[1]
    stamp(printed, drawn, int(corner[0]), int(corner[1]))


def _redrawn(rng: Rng, tile: np.ndarray, matrix: np.ndarray, unrest: float) -> np.ndarray:
    """A character ``(H, W)`` moved by ``matrix`` ``(2, 3)``, its strokes a little elsewhere, smoothly."""
    height, width = tile.shape
    field = rng.normal(0, BENT * (0.5 + 15 * unrest) * max(height, width), (3, 3, 2)).astype(np.float32)
    lean = (field[2, :, 0] - field[0, :, 0]).mean()
    field[..., 0] -= np.array([[-0.5], [0], [0.5]], np.float32) * lean
    off = cv2.resize(field, (width, height), interpolation=cv2.INTER_CUBIC)
    (a, b, c), (d, e, f) = cv2.invertAffineTransform(matrix).astype(np.float32)
    across, down = np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32)[:, None]
    off[..., 0] += a * across + b * down + c
    off[..., 1] += d * across + e * down + f
    return cv2.remap(tile, off, None, cv2.INTER_LINEAR)
