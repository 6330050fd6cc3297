"""Lines of text in a writer's hand."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import cv2
import numpy as np
from PIL import Image, ImageDraw

from restorekit.synthesis.assets import Font, has_glyph, load_font, stroke_characters
from restorekit.synthesis.hands import Hand
from restorekit.synthesis.letters import FORMS, letter
from restorekit.synthesis.real_ink import paste_word
from restorekit.synthesis.strokes import draw_scaled, pressure, smooth_path, stamp
from restorekit.synthesis.textures import Rng, smooth_noise

ZOOM = 2
"""Lines are written this many times larger, then warped and shrunk."""


SIGNS = str.maketrans("，、。？！：；（）“”", ",,.?!:,()''")
"""Stand-ins for Chinese punctuation."""


class Written(NamedTuple):
    """A line of writing: uint8 ``(H, W)`` coverage, and the row of it that stands on the line."""

    coverage: np.ndarray
    baseline: int


@lru_cache(maxsize=256)
def _x_height(path: str) -> float:
    """The height of a face's small letters, in ems."""
    font = load_font(path, 100)
    box = font.getbbox("x", anchor="ls")
    if path.startswith("hand/cy"):
        box = font.getbbox("н", anchor="ls")
    return float(np.clip(-box[1] / 100, 0.15, 0.8))


def is_eastern(character: str) -> bool:
    """Whether a character is a Chinese one, kana or Hangul."""
    return any(first <= character <= last for first, last in ("\u4e00\u9fff", "\u3041\u30ff", "\uac00\ud7a3"))


def write_line(rng: Rng, hand: Hand, text: str, size: float, pen_px: float) -> Written:
    """Write a line.

    Args:
        rng: source of chance.
        hand: the writer.
        text: what to write. Chinese punctuation is written as Western; characters that the hand does not
            have are left out.
        size: height of a Chinese character, or about that of a capital letter, in pixels.
        pen_px: width of the pen's line, in pixels.
    """
    em = size * ZOOM
    pad = int(em)
    height, baseline = int(em * 2.6), int(em * 1.6)
    width = int(em * (1.25 * len(text) + 3))
    printed, drawn = np.zeros((height, width), np.uint8), np.zeros((height, width), np.uint8)
    x = float(pad)
    for piece in _pieces(text):
        drift = float(rng.normal(0, hand.unrest)) * em
        scale = float(np.exp(rng.normal(0, hand.unrest * 1.5)))
        if piece == " ":
            x += em * rng.uniform(0.3, 0.55)
        elif hand.ink and piece[0].isalpha():
            x += paste_word(rng, hand.ink, drawn, x, baseline + drift, 0.5 * em * scale)
        elif is_eastern(piece):
            x += _eastern(rng, hand, piece, printed, drawn, x, baseline + drift, em * scale, pen_px * ZOOM)
        elif not hand.western or piece.isascii() and not all(has_glyph(hand.western, one) for one in piece):
            # Cyrillic faces have no Latin letters
            x += _letters(rng, hand, piece, drawn, x, baseline + drift, em * scale, pen_px * ZOOM)
        else:
            x += _western(rng, hand, piece, printed, x, baseline + drift, em * scale)
        if x > width - pad:
            break
    used = min(width, int(x) + pad)
    coverage = _pen_width(rng, printed[:, :used], pen_px * ZOOM)
    coverage = np.maximum(coverage, drawn[:, :used])
    return _warp(rng, hand, coverage, baseline, em)


def _pieces(text: str) -> list[str]:
    """Chinese characters, kana, Hangul and spaces one by one, other text by words."""
    pieces: list[str] = []
    for character in text.translate(SIGNS):
        alone = character == " " or is_eastern(character)
        if alone or not pieces or pieces[-1] == " " or is_eastern(pieces[-1][-1]):
            pieces.append(character)
        else:
            pieces[-1] += character
    return pieces


def _glyph(
    rng: Rng,
    hand: Hand,
    font: Font,
    character: str,
    printed: np.ndarray,
    x: float,
    y: float,
) -> None:
    """Set a font's character on ``(x, y)``, leaning, turned and scaled by chance: no two come out alike."""
    left, top, right, bottom = font.getbbox(character, anchor="ls")
    pad = 2 + int(0.15 * font.size)
    tile = Image.new("L", (int(right - left) + 2 * pad, int(bottom - top) + 2 * pad))
    ImageDraw.Draw(tile).text((pad - left, pad - top), character, fill=255, font=font, anchor="ls")
    about = np.array([pad - left, pad - top], np.float64)
    astray = rng.normal(0, 1, (2, 2)) * ((0.04, 0.05), (0.02, 0.04)) * (0.5 + 20 * hand.unrest)
    linear = np.eye(2) + np.clip(astray, -0.2, 0.2)
    corner = np.floor([x, y] - about)
    move = [x, y] - corner - linear @ about
    matrix = np.column_stack([linear, move])
    stamp(printed, cv2.warpAffine(np.asarray(tile), matrix, tile.size), int(corner[0]), int(corner[1]))


def _western(rng: Rng, hand: Hand, word: str, printed: np.ndarray, x: float, y: float, em: float) -> float:
    size = em * 0.5 / _x_height(hand.western)
    start = x
    for character in word:
        if not has_glyph(hand.western, character):
            continue
        dy = float(rng.normal(0, hand.unrest * 0.35)) * em
        font = load_font(hand.western, round(size * float(rng.uniform(0.94, 1.06))))
        _glyph(rng, hand, font, character, printed, x, y + dy)
        x += (
            font.getlength(character) + hand.spacing * em * 0.5 + float(rng.normal(0, hand.unrest * 0.3)) * em
        )
    return x - start


def _eastern(
    rng: Rng,
    hand: Hand,
    character: str,
    printed: np.ndarray,
    drawn: np.ndarray,
    x: float,
    y: float,
    em: float,
    pen_px: float,
) -> float:
    step = em * hand.aspect * (1.02 + hand.spacing)
    if hand.eastern and has_glyph(hand.eastern, character):
        font = load_font(hand.eastern, round(em * 1.15))
        _glyph(rng, hand, font, character, printed, x, y - em * 0.02)
        return min(step, font.getlength(character) + (0.02 + hand.spacing) * em)
    strokes = stroke_characters().get(character)
    if strokes is None:
        return 0.0
    scale = np.array([hand.aspect, 1.0]) * em
    placed = [stroke * scale + (x, y - 0.88 * em) for stroke in strokes]
    _draw_strokes(rng, hand, placed, drawn, em, pen_px)
    return step


def _letters(
    rng: Rng, hand: Hand, word: str, drawn: np.ndarray, x: float, y: float, em: float, pen_px: float
) -> float:
    """A word letter by letter from strokes; small letters may run into the next."""
    start = x
    joined: list[np.ndarray] = []
    for character in word:
        strokes, advance = letter(character, hand.style, int(rng.integers(FORMS)))
        if not strokes:
            continue
        scale = em * float(np.exp(rng.normal(0, hand.unrest)))
        corner = (x, y + float(rng.normal(0, 0.5 * hand.unrest)) * em)
        placed = [stroke * (hand.aspect * scale, scale) + corner for stroke in strokes]
        if joined and character.islower() and rng.random() < 1.4 * hand.join:
            placed[0] = np.concatenate([joined[0][-1:], placed[0]])
        _draw_strokes(rng, hand, placed, drawn, em, pen_px)
        joined = [placed[0]] if character.islower() else []
        x += (advance * hand.aspect + hand.spacing) * scale
    return x - start


def _draw_strokes(
    rng: Rng, hand: Hand, strokes: list[np.ndarray], drawn: np.ndarray, em: float, pen_px: float
) -> None:
    """Draw a character's strokes, given in pixels, each a little astray; some of them run together."""
    previous = None
    for stroke in strokes:
        points = stroke + rng.normal(0, (0.012 + 0.2 * hand.unrest) * em, 2)
        points = smooth_path(points + rng.normal(0, 0.008 * em, points.shape), 2)
        if previous is not None and rng.random() < hand.join:
            bend = (previous + points[0]) / 2 + rng.normal(0, 0.02 * em, 2)
            link = smooth_path(np.stack([previous, bend, points[0]]))
            draw_scaled(drawn, link, np.full(len(link), pen_px * 0.5))
        draw_scaled(drawn, points, pressure(rng, len(points), pen_px, hand.taper))
        previous = points[-1]


def _pen_width(rng: Rng, coverage: np.ndarray, pen_px: float) -> np.ndarray:
    """Bring the lines of a font to the pen's width, a little more here and less there."""
    inside = coverage > 127
    if not inside.any():
        return coverage
    within = cv2.distanceTransform(inside.astype(np.uint8), cv2.DIST_L2, 3)
    outside = cv2.distanceTransform((~inside).astype(np.uint8), cv2.DIST_L2, 3)
    crest = within[(within == cv2.dilate(within, np.ones((3, 3), np.uint8))) & inside]
    grow = (pen_px / 2 - float(np.median(crest))) * 0.85
    swing = 0.15 * pen_px * smooth_noise(rng, coverage.shape[0], coverage.shape[1], pen_px * 6)
    signed = np.where(inside, within - 0.5, 0.5 - outside) + np.float32(grow) + swing
    return (np.clip(signed + 0.5, 0, 1) * 255).astype(np.uint8)


def _warp(rng: Rng, hand: Hand, coverage: np.ndarray, baseline: int, em: float) -> Written:
    """Height, slant, climb and unsteadiness, and back to page size."""
    height, width = coverage.shape
    rise = int(abs(hand.climb) * width / ZOOM) + 1  # room for a line that climbs
    small_height, small_width = height // ZOOM + 2 * rise, max(1, width // ZOOM)
    across, down = np.meshgrid(
        np.arange(small_width, dtype=np.float32) * ZOOM,
        np.arange(-rise, small_height - rise, dtype=np.float32) * ZOOM,
    )
    wobble = np.float32(hand.wobble * em)
    shift_x = wobble * smooth_noise(rng, small_height, small_width, em / ZOOM * 0.5)
    shift_y = wobble * smooth_noise(rng, small_height, small_width, em / ZOOM * 0.7)
    drift = np.float32(hand.wobble * 2 * em) * smooth_noise(rng, 2, small_width, em / ZOOM * 4)[:1]
    off = down + np.float32(hand.climb) * across - baseline
    map_x = across + np.float32(hand.slant) * off + shift_x
    map_y = baseline + off / np.float32(hand.stretch) + shift_y + drift
    smooth = cv2.GaussianBlur(coverage, (0, 0), ZOOM * 0.25)
    warped = cv2.remap(smooth, map_x, map_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT)
    return Written(warped, baseline // ZOOM + rise)
