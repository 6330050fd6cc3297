"""Chinese characters, kana and Hangul in a writer's hand."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np

from restorekit.synthesis.assets import has_glyph, load_font, stroke_characters
from restorekit.synthesis.handwriting.faces import draw_glyph, glyph_height
from restorekit.synthesis.handwriting.hands import Hand
from restorekit.synthesis.handwriting.hangul import syllable
from restorekit.synthesis.handwriting.kana import kana
from restorekit.synthesis.handwriting.movement import bend, bent, drawn_anew, flung, run_together
from restorekit.synthesis.handwriting.rhythm import HASTE
from restorekit.synthesis.handwriting.strips import AGAIN, Strip, draw
from restorekit.synthesis.textures import Rng

TALL = 0.88
"""How tall a font's Chinese characters, kana and Hangul are, in ems."""
TORN = "以似"
"""Characters that the brush of faces tears apart; a pen does not."""
OTHERWISE = {
    "hand/zh_longcang_400.ttf": "时汇闪兽",
    "hand/zh_zhimangxing_400.ttf": "则测侧败质贡贯负责货费资赛规茎径轻经贫赏贵贸贷顷",
}
"""Characters that faces of simplified Chinese have in their traditional form, or another in their place; they
are drawn from strokes."""
CLOSER = 0.84
"""How far a font's Chinese characters, kana and Hangul reach in writing, by their reach in type."""
LOOSE = {"hand/zh_longcang_400.ttf": 0.78}
"""Faces whose characters are so wide that their parts stand as far apart as characters do, and how wide they
are written by that."""
EVEN = 0.4
"""How much the pressure changes in strokes of Chinese characters, kana and Hangul, by others: they
are short, and ball-pens draw them even."""
ADVANCE = (0.9, 0.08)
"""How far a Chinese character reaches that is drawn from strokes, by its width, mean and standard deviation:
no hand keeps to squares, and some characters touch the next."""
BETWEEN, UNEVEN = 0.06, 0.5
"""How far apart the ink of two characters is with hands that go by that, in ems;
and the spread of the logarithm."""
STRAIGHT = 0.12
"""Strokes that bow by less than this share of their length are meant to be straight."""
UNLIKE = 0.13, 0.11
"""How unlike a hand's Chinese characters are in width and height, logarithms."""
RISES = (-0.025, 0.03)
"""How far the right half of a character is below its left, by half its width, mean and standard deviation of
writers: level strokes rise by some three degrees, and with few of them fall."""
UNLEVEL = 0.055
"""How far a Chinese character, kana or Hangul stands off its line, in ems, at one standard deviation."""


@lru_cache(maxsize=256)
def _habit(style: int) -> np.ndarray:
    """How a writer's Chinese characters are out of shape, not of size; level strokes rise to the right."""
    rng = np.random.default_rng((style, 5))
    coefficients = bend(rng, 0.065)
    coefficients[[0, 1, 3], [0, 1, 0]] = 0  # nor wider on one side, where parts would drift apart
    coefficients[0, 1] = rng.normal(*RISES)
    return coefficients


def _straightened(stroke: np.ndarray, style: int) -> np.ndarray:
    """A stroke as a pen draws it: brushes make lines bow, most hands draw them nearly straight."""
    way = stroke[-1] - stroke[0]
    long = float(np.hypot(*way))
    off = stroke - stroke[0]
    aside = np.abs(way[0] * off[:, 1] - way[1] * off[:, 0]).max() / max(long, 1e-6)
    if aside > STRAIGHT * long:
        return stroke
    share = np.random.default_rng((style, 17)).uniform(0, 1)
    along = np.clip(off @ way / max(long * long, 1e-9), 0, 1)[:, None]
    return np.asarray(stroke + share * (stroke[0] + along * way - stroke))


@lru_cache(maxsize=4096)
def _plain(character: str, style: int) -> tuple[np.ndarray, ...]:
    """The strokes of a character as straight as a writer draws them, in its square; none where not known."""
    known = stroke_characters().get(character) or syllable(character, style) or kana(character, style)
    return tuple(_straightened(stroke, style) for stroke in known)


def write_character(strip: Strip, character: str, x: float, y: float, em: float) -> float:
    """Write a character from ``x`` on, on the line ``y``; returns its advance in pixels."""
    rng, hand = strip.rng, strip.hand
    otherwise = TORN + OTHERWISE.get(hand.eastern, "")
    drawn = character in otherwise or bool(kana(character, hand.style))
    if hand.eastern and has_glyph(hand.eastern, character) and not drawn:
        font = load_font(hand.eastern, round(em * TALL / glyph_height(hand.eastern)))
        wide = float(np.exp(rng.normal(0, 0.06)))
        draw_glyph(
            rng,
            hand._replace(aspect=wide * hand.aspect * LOOSE.get(hand.eastern, 1.0)),
            font,
            character,
            strip.printed,
            x,
            y - em * (0.02 + rng.normal(0, UNLEVEL)),
        )
        near = CLOSER * wide * float(rng.normal(1, 0.06))  # no hand keeps to the squares of type
        return near * hand.aspect * min(em, font.getlength(character)) + hand.spacing * em
    plain = _plain(character, hand.style)
    if not plain:
        return 0.0
    tall = em * min(1.12, 0.83 + 0.025 * len(plain))  # simple characters are written smaller
    wide, high = tall * np.exp(rng.normal(0, UNLIKE))
    wide *= hand.aspect
    corner = (x, y - 0.38 * em - 0.5 * high + rng.normal(0, UNLEVEL) * em)
    again = drawn_anew(rng, plain, (0.5, 0.5), AGAIN + 0.35 * hand.unrest)
    again[-1] = flung(rng, again[-1], hand.join)
    placed = [bent(stroke, _habit(hand.style)) * (wide, high) + corner for stroke in again]
    advance = (wide + hand.spacing * em) * float(rng.normal(*ADVANCE))
    if hand.flows:
        advance += _by_ink(rng, hand, placed, x, advance, em)
    strip = replace(
        strip, haste=float(np.exp(rng.normal(0, HASTE))), hand=hand._replace(taper=EVEN * hand.taper)
    )
    for path in run_together(rng, placed, hand.join, em):
        draw(strip, path, em)
    return advance


def _by_ink(rng: Rng, hand: Hand, strokes: list[np.ndarray], x: float, advance: float, em: float) -> float:
    """Move a character, in place, so that its ink stands from ``x`` on; returns how much longer it is so."""
    left, right = min(one[:, 0].min() for one in strokes), max(one[:, 0].max() for one in strokes)
    gap = (BETWEEN * float(np.exp(rng.normal(0, UNEVEN))) + hand.spacing) * em
    for stroke in strokes:
        stroke[:, 0] += hand.flows * (x + 0.5 * gap - left)
    return hand.flows * (float(right - left) + gap - advance)
