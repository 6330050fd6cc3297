"""Lines of text in a writer's hand."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from restorekit.synthesis.assets import Font, has_glyph, load_font
from restorekit.synthesis.handwriting.brackets import BRACKETS, ROUND, bracket_habit
from restorekit.synthesis.handwriting.centre_lines import pressed, thin, trace
from restorekit.synthesis.handwriting.characters import write_character
from restorekit.synthesis.handwriting.drawn_words import (
    AROUND,
    CLEAR,
    SIDE,
    draw_sign,
    draw_word,
    slipped,
)
from restorekit.synthesis.handwriting.faces import draw_glyph, glyph_height, is_bold, letter_height, rounder
from restorekit.synthesis.handwriting.hands import Hand
from restorekit.synthesis.handwriting.letters import SUMS, letter
from restorekit.synthesis.handwriting.line_shape import Written, warp_line
from restorekit.synthesis.handwriting.movement import wander
from restorekit.synthesis.handwriting.real_ink import paste_word
from restorekit.synthesis.handwriting.rhythm import LETTERS
from restorekit.synthesis.handwriting.stops import STOPS
from restorekit.synthesis.handwriting.strips import Strip
from restorekit.synthesis.strokes import stamp
from restorekit.synthesis.textures import Rng

LARGE, SMALL = 48, 30
"""Letters below so many pixels are written twice as large, of bold faces thrice, then bent and shrunk."""
LOW = 0.8  # ems: how tall a font's figures are at least
FACE = 0.7  # ems: how tall a font's letters are, so that they are as tall as those drawn from strokes
X_HEIGHT = 0.5
"""How high the small letters of real ink are, in ems."""
DRIFT = 0.9
"""How alike neighbouring words and characters are in size: a hand grows and shrinks over some of them."""
FIRMNESS = 0.06
"""How unlike words and characters are in pressure, a logarithm."""
NARROW, UNEVEN = 0.3, 0.18
"""The least room between words, in ems, on top of that between letters, by which they are told apart; and the
spread of its logarithm in one hand."""
FORESEEN, FORESIGHT, CLOSEST, LOWER = 0.6, 0.25, 0.72, 0.5
"""How much of the want of room somebody foresees, a power; after which part of a line it is seen; how wide
the closest letters are by their usual width; and how much lower they get then, a power: cramped writing gets
small as it gets narrow."""
UNLIKE = {
    "hand/la_overtherainbow_400.ttf": "xF5",
    "hand/la_homemadeapple_400.ttf": "FGIQT",
    "hand/la_labelleaurore_400.ttf": "FI",
    "hand/la_cedarvillecursive_400.ttf": "GI",
    "hand/la_dawningofanewday_400.ttf": "FGIJQ",
}
"""Letters that look like others in some faces; they are drawn from strokes."""
CROWDED = {
    f"hand/la_{face}_400.ttf"
    for face in ("architectsdaughter", "indieflower", "shadowsintolight", "waitingforthesunrise")
}
"""Faces whose stems stand so close that a pen makes one of two."""
UPRIGHT, UPRIGHTS_APART = frozenset("bdhiklIHLMN"), 0.11
"""Letters that begin or end in a stem, and how far the ink of others is from theirs at least, in ems."""
SIGNS = str.maketrans("？！：；（）“”„’‘–—−", "?!:，()'',''---")
"""Stand-ins for Chinese punctuation and that of type, its minus among it."""


def write_line(
    rng: Rng, hand: Hand, text: str, size: float, pen_px: float, narrows: float = 0.0, share: float = 1.0
) -> Written:
    """Write a line.

    Args:
        rng: source of chance.
        hand: the writer.
        text: what to write. Most Chinese punctuation is written as Western; characters that the hand does not
            have are left out.
        size: height of a Chinese character, or about that of a capital letter, in pixels.
        pen_px: width of the pen's line, in pixels.
        narrows: how much smaller the end is than the beginning, by the size in the middle.
        share: of the room that the line needs, what it has; below 1 it gets cramped, more so toward its end.
    """
    if hand.ink:  # signs among the words, by the same pen
        pen_px = hand.ink.stroke / hand.ink.x_height * X_HEIGHT * size
    zoom = 1 + (size < LARGE) + (size < SMALL and bool(hand.western) and is_bold(hand.western))
    em = size * zoom
    blank = np.zeros((int(em * 2.6), int(em * (1.25 * len(text) + 3))), np.uint8)
    strip = Strip(rng, hand, em, blank, blank.copy(), pen_px * zoom)
    baseline = int(em * 1.6)
    used = int(_write_pieces(strip, _pieces(text), baseline, narrows, share) + em)
    coverage = strip.drawn[:, :used]
    rows = np.flatnonzero(strip.printed[:, :used].any(1))
    if len(rows):
        reach = int(strip.line * 1.5) + 2
        inked = slice(max(0, rows[0] - reach), rows[-1] + reach + 1), slice(0, used)
        inside = cv2.threshold(strip.printed[inked], 127, 255, cv2.THRESH_BINARY)[1]
        stamp(coverage, trace(pressed(rng, thin(inside), em, hand.taper), strip.line), 0, inked[0].start)
    return warp_line(rng, hand, coverage, baseline, em, zoom)


def _write_pieces(strip: Strip, pieces: list[str], baseline: float, narrows: float, share: float) -> float:
    """Write words and characters one after the other; returns where they end."""
    rng, hand, em = strip.rng, strip.hand, strip.em
    x = em
    drifts = baseline + wander(rng, len(pieces), 0.3 * hand.unrest, 0.9) * em
    sizes = em * np.exp(wander(rng, len(pieces), 0.5 * hand.unrest, DRIFT))
    sizes *= 1 + narrows * np.linspace(0.5, -0.5, len(pieces) + 2)[1:-1]
    widths = _cramped(share, len(pieces))
    sizes *= widths**LOWER
    narrower = (widths ** (1 - LOWER)).tolist()
    firms = np.exp(wander(rng, len(pieces), FIRMNESS)).tolist()
    for piece, y, size, narrow, firm in zip(
        pieces, drifts.tolist(), sizes.tolist(), narrower, firms, strict=True
    ):
        if share < 1:
            hand = strip.hand._replace(aspect=narrow * strip.hand.aspect, gap=narrow * strip.hand.gap)
        x += _write_piece(replace(strip, hand=hand, firm=firm), piece, x, y, size)
        if x > strip.drawn.shape[1] - em:
            break
    return x


def _write_piece(strip: Strip, piece: str, x: float, y: float, size: float) -> float:
    """Write a word, a character or a space; returns its advance."""
    rng, hand = strip.rng, strip.hand
    if piece == " ":
        return size * max(NARROW + hand.spacing, hand.gap * float(np.exp(rng.normal(0, UNEVEN))))
    if hand.ink and _is_word(piece):
        return paste_word(rng, hand.ink, strip.drawn, x, y, X_HEIGHT * size, len(piece))
    if is_eastern(piece):
        return write_character(strip, piece, x, y, size)
    size *= hand.latin
    if not hand.western or not _typed(hand.western, piece) and _drawn(piece):
        return draw_word(strip, piece, x, y, size)  # Cyrillic faces have no Latin letters
    return _western(strip, piece, x, y, size)


def _cramped(share: float, count: int) -> np.ndarray:
    """How wide each of ``count`` pieces is by its usual width, in a line that has a share of its room.

    Want of room is foreseen a little, so that all is narrower, and seen on the way: from a quarter of the
    line on it gets ever closer.
    """
    if count < 3 or share >= 1:
        return np.full(count, min(1.0, share))
    foreseen = share**FORESEEN
    seen = np.clip(((np.arange(count) + 0.5) / count - FORESIGHT) / (1 - FORESIGHT), 0, 1)
    return np.maximum(foreseen - (foreseen - share) * seen / seen.mean(), CLOSEST)


def _is_word(piece: str) -> bool:
    """Whether a piece is a word or a number, with punctuation or without."""
    return any(map(str.isalnum, piece))


def _typed(face: str, piece: str) -> bool:
    """Whether a face has all letters and figures of a word."""
    return all(has_glyph(face, one) for one in piece if one.isalnum())


def _drawn(piece: str) -> bool:
    """Whether all of a word can be drawn from strokes."""
    return all(one in BRACKETS or one in STOPS or letter(one, 0)[0] for one in piece)


def is_eastern(character: str) -> bool:
    """Whether a character is a Chinese one, kana or Hangul."""
    return any(first <= character <= last for first, last in ("\u4e00\u9fff", "\u3041\u30ff", "\uac00\ud7a3"))


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


def _western(strip: Strip, word: str, x: float, y: float, em: float) -> float:
    """A word in a font, its letters growing and shrinking, rising and falling from one to the next."""
    rng, hand, start = strip.rng, strip.hand, x
    size, figure = em * FACE / letter_height(hand.western), em
    # some faces have figures twice as tall as small letters, some hardly taller, some none
    if has_glyph(hand.western, "2"):
        tall = size * glyph_height(hand.western, "2058")
        figure = min(max(tall, LOW * em), em)  # what is drawn beside it is as tall
        size *= figure / tall if any(one.isdecimal() for one in word) else 1.0
    sizes = size * np.exp(wander(rng, len(word), LETTERS + 0.4 * hand.unrest))
    lifts = wander(rng, len(word), 0.3 * hand.unrest) * em
    slope = float(rng.normal(0, 0.6 * hand.unrest)) / max(1, len(word) - 2)
    typed, before, end = bracket_habit(hand.style).typed, "", x
    for character, tall, lift in zip(word, sizes.tolist(), lifts.tolist(), strict=True):
        at = y + lift + slope * (x - start)
        set_in_type = typed and character in ROUND and has_glyph(hand.western, character)
        if character in STOPS or character in BRACKETS and not set_in_type:
            x += draw_sign(strip, character, x, at, min(em, AROUND * figure))
            continue
        unlike = character in UNLIKE.get(hand.western, "")
        if character in SUMS or unlike or not has_glyph(hand.western, character):
            x += draw_word(strip, character, x, at, figure * tall / size) if _drawn(character) else 0
            continue
        font = load_font(hand.western, round(tall))
        apart = hand.spacing * 0.5 + float(rng.normal(0, 0.01 + 0.3 * hand.unrest))
        if character.isdecimal():
            x = _figure(strip, font, character, x + SIDE * em, at) + max(apart + SIDE, CLEAR) * em
            continue
        left, _, right, _ = font.getbbox(character, anchor="ls")
        if {character, before} & UPRIGHT and hand.western in CROWDED:
            x = max(x, end + UPRIGHTS_APART * em - hand.aspect * left)
        draw_glyph(rng, hand, font, character, strip.printed, x, at)
        before, end = character, x + hand.aspect * right
        x += hand.aspect * font.getlength(character) + apart * em
    return x - start


def _figure(strip: Strip, font: Font, figure: str, x: float, y: float) -> float:
    """Draw a font's figure, now and then over a wrong one; returns where its ink ends, pixels."""
    wide = strip.hand._replace(aspect=rounder(strip.hand.western) * strip.hand.aspect)
    end = x
    for one in slipped(strip.rng, figure):
        if has_glyph(wide.western, one):
            left, _, right, _ = font.getbbox(one, anchor="ls")
            draw_glyph(strip.rng, wide, font, one, strip.printed, x - wide.aspect * left, y)
            end = x + wide.aspect * float(right - left)
    return end
