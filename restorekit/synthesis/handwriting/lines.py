"""Lines of text in a writer's hand."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from restorekit.synthesis.assets import Font, has_glyph, load_font
from restorekit.synthesis.handwriting.brackets import BRACKETS, ROUND, bracket, bracket_habit
from restorekit.synthesis.handwriting.centre_lines import pressed, thin, trace
from restorekit.synthesis.handwriting.characters import write_character
from restorekit.synthesis.handwriting.faces import draw_glyph, glyph_height, is_bold, rounder, x_height
from restorekit.synthesis.handwriting.hands import Hand
from restorekit.synthesis.handwriting.letters import SUMS, letter
from restorekit.synthesis.handwriting.line_shape import Written, warp_line
from restorekit.synthesis.handwriting.movement import drawn_anew, run_together, wander
from restorekit.synthesis.handwriting.real_ink import paste_word
from restorekit.synthesis.handwriting.stops import STOPS, stop_mark
from restorekit.synthesis.handwriting.strips import AGAIN, Strip, draw
from restorekit.synthesis.strokes import smooth_path
from restorekit.synthesis.textures import Rng

LARGE, SMALL = 48, 30
"""Letters below so many pixels are written twice as large, of bold faces thrice, then bent and shrunk."""
SLIP = 0.012
"""The share of figures that are written over another, which was wrong."""
LOW = 0.62  # ems: how tall a font's figures are at least
X_HEIGHT = 0.5
"""How high the small letters of real ink are, in ems."""
DRIFT = 0.9
"""How alike neighbouring words and characters are in size: a hand grows and shrinks over some of them."""
AROUND = 1.15
"""How high what brackets stand around is, figures or letters, as the brackets have it: they are no taller."""
WITHIN = "'’-,.;:!?)"
"""What a word may have besides letters."""
NARROW, UNEVEN = 0.16, 0.28
"""The least room between words, in ems: some nearly touch; and the spread of its logarithm in one hand."""
FORESEEN, FORESIGHT, CLOSEST, LOWER = 0.6, 0.25, 0.72, 0.5
"""How much of the want of room somebody foresees, a power; after which part of a line it is seen; how wide
the closest letters are by their usual width; and how much lower they get then, a power: cramped writing gets
small as it gets narrow."""
SET_DOWN = "cç"
"""Letters that no stroke leads to: with one through its opening a c would be an e."""
LETTERS = 0.02
"""How unlike in size letters of one word are with the steadiest hand, a logarithm."""
USED = (0, 0, 0, 0, 0, 1, 1, 2)
"""Which form a letter that is drawn has, by how often: mostly the usual one."""
UNLIKE = {"hand/la_overtherainbow_400.ttf": "x"}
"""Letters that look like others in some faces; they are drawn from strokes."""
CLEAR_OF = 0.12  # ems from the middle of the pen's line before to a stop
SIDE, CLEAR, APART = 0.08, 0.04, 0.03
"""How much room figures have on each side of the middle of the pen's line, in ems, and behind at least: they
do not touch; and how uneven the room between letters and figures is."""
SIGNS = str.maketrans("？！：；（）“”„’‘–—", "?!:，()'',''--")
"""Stand-ins for Chinese punctuation and that of type."""


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
    if hand.ink:  # figures and signs among the words, by the same pen
        pen_px = hand.ink.stroke / hand.ink.x_height * X_HEIGHT * size
    zoom = 1 + (size < LARGE) + (size < SMALL and bool(hand.western) and is_bold(hand.western))
    em = size * zoom
    shape = (int(em * 2.6), int(em * (1.25 * len(text) + 3)))
    strip = Strip(rng, hand, em, *(np.zeros(shape, np.uint8) for _ in range(3)))
    baseline = int(em * 1.6)
    used = int(_write_pieces(strip, _pieces(text), baseline, narrows, share) + em)
    rows = np.flatnonzero((strip.printed | strip.widths)[:, :used].any(1))
    coverage = strip.pasted[:, :used]
    if len(rows):
        reach = int(pen_px * zoom * 1.5) + 2
        inked = slice(max(0, rows[0] - reach), rows[-1] + reach + 1), slice(0, used)
        widths, printed = strip.widths[inked], strip.printed[inked]
        if printed.any():
            inside = cv2.threshold(printed, 127, 255, cv2.THRESH_BINARY)[1]
            widths = np.maximum(widths, pressed(rng, thin(inside), em, hand.taper))
        coverage[inked] = np.maximum(coverage[inked], trace(widths, pen_px * zoom))
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
    for piece, y, size, narrow in zip(pieces, drifts.tolist(), sizes.tolist(), narrower, strict=True):
        if share < 1:
            hand = strip.hand._replace(aspect=narrow * strip.hand.aspect, gap=narrow * strip.hand.gap)
        x += _write_piece(replace(strip, hand=hand), piece, x, y, size)
        if x > strip.widths.shape[1] - em:
            break
    return x


def _write_piece(strip: Strip, piece: str, x: float, y: float, size: float) -> float:
    """Write a word, a character or a space; returns its advance."""
    rng, hand = strip.rng, strip.hand
    if piece == " ":
        return size * max(NARROW, hand.gap * float(np.exp(rng.normal(0, UNEVEN))))
    if hand.ink and _is_word(piece):
        return paste_word(rng, hand.ink, strip.pasted, x, y, X_HEIGHT * size, len(piece))
    if is_eastern(piece):
        return write_character(strip, piece, x, y, size)
    if not hand.western or not _typed(hand.western, piece) and _drawn(piece):
        return _letters(strip, piece, x, y, size)  # Cyrillic faces have no Latin letters
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
    """Whether a piece is a word, with punctuation or without, and no part of a formula: ``x=9`` is none."""
    return len(piece) > 1 and piece[0].isalpha() and all(one.isalpha() or one in WITHIN for one in piece)


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
    size, figure, lower = em * X_HEIGHT / x_height(hand.western), em, any(one.isdecimal() for one in word)
    # some faces have figures twice as tall as small letters, some hardly taller, some none
    if lower and has_glyph(hand.western, "2"):
        tall = size * glyph_height(hand.western, "2058")
        low = min(max(tall, LOW * em), hand.figures * em)
        size, figure = size * low / tall, low / hand.figures  # what is drawn beside it is as tall
    sizes = size * np.exp(wander(rng, len(word), LETTERS + 0.4 * hand.unrest))
    lifts = wander(rng, len(word), 0.3 * hand.unrest) * em
    slope = float(rng.normal(0, 0.6 * hand.unrest)) / max(1, len(word) - 2)
    typed = bracket_habit(hand.style).typed
    for character, tall, lift in zip(word, sizes.tolist(), lifts.tolist(), strict=True):
        at = y + lift + slope * (x - start)
        set_in_type = typed and character in ROUND and has_glyph(hand.western, character)
        if character in STOPS or character in BRACKETS and not set_in_type:
            x += _sign(strip, character, x, at, min(em, AROUND * figure * hand.figures) if lower else em)
            continue
        unlike = UNLIKE.get(hand.western) == character
        if character in SUMS or unlike or not has_glyph(hand.western, character):
            x += _letters(strip, character, x, at, figure * tall / size) if _drawn(character) else 0
            continue
        font = load_font(hand.western, round(tall))
        apart = hand.spacing * 0.5 + float(rng.normal(0, 0.01 + 0.3 * hand.unrest))
        if character.isdecimal():
            x = _figure(strip, font, character, x + SIDE * em, at) + max(apart + SIDE, CLEAR) * em
            continue
        draw_glyph(rng, hand, font, character, strip.printed, x, at)
        x += hand.aspect * font.getlength(character) + apart * em
    return x - start


def _figure(strip: Strip, font: Font, figure: str, x: float, y: float) -> float:
    """Draw a font's figure, now and then over a wrong one; returns where its ink ends, pixels."""
    wide = strip.hand._replace(aspect=rounder(strip.hand.western) * strip.hand.aspect)
    end = x
    for one in _slipped(strip.rng, figure):
        if has_glyph(wide.western, one):
            left, _, right, _ = font.getbbox(one, anchor="ls")
            draw_glyph(strip.rng, wide, font, one, strip.printed, x - wide.aspect * left, y)
            end = x + wide.aspect * float(right - left)
    return end


def _clear(strokes: list[np.ndarray], x: float) -> float:
    """Move the strokes of a figure, in place, so that they begin at ``x``; returns where they end."""
    if not strokes:
        return x
    left = min(float(stroke[:, 0].min()) for stroke in strokes)
    for stroke in strokes:
        stroke[:, 0] += x - left
    return max(float(stroke[:, 0].max()) for stroke in strokes)


def _sign(strip: Strip, sign: str, x: float, y: float, em: float) -> float:
    """Draw a bracket, as high as capitals are, or a full stop or comma; returns its advance."""
    hand = strip.hand
    mark = stop_mark(strip.rng, sign, hand.style) if sign in STOPS else None
    path, advance = mark or bracket(strip.rng, sign, hand.style)
    at = _beyond(strip, x, y, em) if sign in STOPS else x
    path = smooth_path(path * em + (at, y))
    draw(strip, np.column_stack([path, np.ones(len(path))]), em)
    return at - x + advance * em


def _beyond(strip: Strip, x: float, y: float, em: float) -> float:
    """Where a stop may begin near ``x`` so that the foot of the character before does not hide it."""
    band = slice(int(y - 0.35 * em), int(y + 0.2 * em)), slice(int(x), int(x + 0.5 * em))
    inked = np.flatnonzero((strip.printed[band] | strip.widths[band]).any(0))
    return x + float(inked[-1]) + CLEAR_OF * em if len(inked) else x


def _slipped(rng: Rng, character: str) -> str:
    """What is written in the place of a character: seldom a wrong figure first."""
    wrong = character.isdecimal() and rng.random() < SLIP
    return f"{rng.integers(10)}{character}" if wrong else character


def _letters(strip: Strip, word: str, x: float, y: float, em: float) -> float:
    """A word letter by letter from strokes; small letters may run into the next.

    Dots and bars come last and stray.
    """
    rng, hand, start = strip.rng, strip.hand, x
    paths: list[np.ndarray] = []
    bars: list[np.ndarray] = []
    signs: list[np.ndarray] = []
    lower = hand.figures if any(one.isdecimal() or one in SUMS for one in word) else 1.0
    sizes = em * lower * np.exp(wander(rng, len(word), LETTERS + 0.4 * hand.unrest))
    lifts = y + wander(rng, len(word), 0.3 * hand.unrest) * em
    slope = float(rng.normal(0, 0.6 * hand.unrest)) / max(1, len(word) - 2)
    before = " "
    for character, tall, lift in zip(word, sizes.tolist(), lifts.tolist(), strict=True):
        if character in STOPS or character in BRACKETS:
            low = min(em, AROUND * lower * em)
            x, before = x + _sign(strip, character, x, lift + slope * (x - start), low), " "
            continue
        begins = x
        for one in _slipped(rng, character):
            formed, advance = letter(one, hand.style, USED[int(rng.integers(0, len(USED)))])
            # signs that come out bent are other signs
            astray = 0.3 * AGAIN if one in SUMS else AGAIN + 0.15 * hand.unrest
            strokes = drawn_anew(rng, formed, (0.5 * advance, -0.5), astray)
            corner = (x, lift + slope * (x - start))
            placed = [stroke * (hand.aspect * tall, tall) + corner for stroke in strokes]
            if one.isdecimal():
                x = _clear(placed, begins + SIDE * tall)
            joins = before.islower() and one.islower() and one not in SET_DOWN
            joins = joins and rng.random() < 1.4 * hand.join
            if one in SUMS:
                signs += run_together(rng, placed, 0.5 * hand.join * (one == "="), tall)
                before, x = " ", x + (advance * hand.aspect + hand.spacing) * tall
                continue
            if placed and joins:
                placed[0] = np.concatenate([paths.pop(), placed[0]])
            paths += placed[:1]
            bars += [stroke + rng.normal(0, (0.006 + 0.15 * hand.unrest) * em, 2) for stroke in placed[1:]]
            before = one if placed else " "
        if before != " ":
            apart = hand.spacing + float(rng.normal(0, APART))
            reach = SIDE if before.isdecimal() else advance * hand.aspect
            x += max(apart + reach, CLEAR) * tall
    signs += [np.column_stack([path, np.ones(len(path))]) for path in (*paths, *bars)]
    for path in map(smooth_path, signs):
        draw(strip, path, em)
    return x - start
