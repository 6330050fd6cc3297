"""Words in letters drawn stroke by stroke, and the signs among them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from restorekit.synthesis.handwriting.brackets import BRACKETS, bracket
from restorekit.synthesis.handwriting.joins import BY_EYE, joined, joins, leads_on, nearest
from restorekit.synthesis.handwriting.letters import SUMS, letter, zoned, zones
from restorekit.synthesis.handwriting.movement import drawn_anew, flung, reaching
from restorekit.synthesis.handwriting.rhythm import HASTE, Beat, beats
from restorekit.synthesis.handwriting.stops import STOPS, stop_mark
from restorekit.synthesis.handwriting.strips import AGAIN, Strip, draw
from restorekit.synthesis.strokes import smooth_path
from restorekit.synthesis.textures import Rng

SLIP, MISSPELT = 0.006, 0.002
"""The share of figures, and of small letters, that are written over another, which was wrong."""
OFTEN = {"latin": "aeionrstulcdm", "cyrillic": "аеоинтсрвлкмд"}
"""Letters that others are written over: they are on the mind."""
AROUND = 1.15
"""How high what brackets stand around is, figures or letters, as the brackets have it: they are no taller."""
LATE, LONGER = 0.14, 0.7
"""How far on dots and bars come to stand at most with the quickest hands, in ems, and how much longer."""
USED = (0, 0, 0, 1, 1, 2, 2, 3, 4, 5, 6)
"""Which form a letter that is drawn has, by how often."""
BROAD, OPEN = frozenset("mwMWшщжюмфтШЩЖЮМ"), 0.4
"""Letters of three stems, which narrow hands write wider than the others, so that they stay open; and how
much such hands narrow them, a power."""
CLEAR_OF = 0.12  # ems from the middle of the pen's line before to a stop
APART_BY_EYE = 0.15  # ems between the ink of two letters, where no spacing is added
TOUCH = 1.0  # the least of that by the width of the pen's line
POINTS, FOOT = frozenset(".,:;"), 0.5
"""Signs that stand at the foot of the figure before them, and how high above it a leaning one is farthest to
the right, in ems."""
SIDE, CLEAR, APART, NUMBER = 0.08, 0.04, 0.045, 0.03
"""How much room figures have on each side of the middle of the pen's line, in ems, and behind at least: they
do not touch; how uneven the room between letters and figures is; and how much more room figures of one number
have at most with hands that write wide, in ems."""


def draw_word(strip: Strip, word: str, x: float, y: float, em: float) -> float:
    """A word letter by letter from strokes; small letters may run into the next.

    Dots and bars come last and stray.
    """
    rng, hand, start = strip.rng, strip.hand, x
    strip = replace(strip, haste=strip.haste * float(np.exp(rng.normal(0, HASTE))))
    paths: list[np.ndarray] = []
    bars: list[np.ndarray] = []
    slope = float(rng.normal(0, hand.unrest)) / max(1, len(word) - 2)
    before, edge, last = " ", x, list[np.ndarray]()
    for character, beat in zip(word, beats(rng, hand, len(word)), strict=True):
        tall, lift = beat.size * em, y + beat.lift * em
        if character in STOPS or character in BRACKETS:
            x, before = x + draw_sign(strip, character, x, lift + slope * (x - start), em), " "
            continue
        begins = x
        for place, one in enumerate(slipped(rng, character)):
            if place:  # over what is wrong
                before, last = " ", []
            line = lift + slope * (x - start)
            placed, reach = _placed(strip, one, (x, line), tall, beat)
            if one in SUMS:
                x = move_to(placed, x + SIDE * tall) + (SIDE + hand.spacing) * tall
                bars, before = bars + placed, " "
                continue
            if one in POINTS and before.isdecimal():  # or those that lean would stand over it
                x += (SIDE + FOOT * max(0.0, hand.slant)) * tall
                move_to(placed, x)
            if one.isdecimal():
                x = move_to(placed, begins + SIDE * tall)
            elif placed and joins(rng, hand, before, one) and leads_on(paths[-1][-1], edge, line, tall):
                placed[0] = joined(rng, paths.pop(), placed[0], line, tall)
                last = []
            if last and before.isalpha() and one.isalpha():
                x += _closer(
                    last, placed, line, tall, max(beat.near * APART_BY_EYE * tall, TOUCH * strip.line)
                )
            last = placed.copy()
            paths += placed[:1]
            bars += [
                _in_passing(rng, hand.join * one.islower(), hand.unrest, stroke, em) for stroke in placed[1:]
            ]
            before, edge = one if placed else " ", max((path[:, 0].max() for path in placed), default=x)
        if before != " ":
            figure = before.isdecimal()
            spacing = min(hand.spacing, NUMBER) if figure else hand.spacing
            apart = spacing + float(rng.normal(0, 0.6 * APART if figure else APART))
            x += max(apart * tall + (SIDE * tall if figure else reach), CLEAR * tall)
    if before.islower() and paths[-1][-1, 0] > paths[-1][-2, 0]:  # on to the next word
        paths[-1] = flung(rng, paths[-1] / em, hand.join) * em
    for path in (*paths, *bars):
        draw(strip, reaching(np.column_stack([path, np.ones(len(path))])), em)
    return x - start


def _placed(
    strip: Strip, one: str, corner: tuple[float, float], tall: float, beat: Beat
) -> tuple[list[np.ndarray], float]:
    """The strokes of a character that begins at ``corner``, and how far it reaches, pixels."""
    rng, hand = strip.rng, strip.hand
    formed, advance = letter(one, hand.style, USED[int(rng.integers(0, len(USED)))])
    # signs that come out bent are other signs
    astray = 0.3 * AGAIN if one in SUMS else AGAIN + 0.4 * hand.unrest
    strokes = drawn_anew(rng, formed, (0.5 * advance, -0.5), astray)
    if one.isdecimal():
        strokes = [flung(rng, stroke, 0.3 + hand.join) for stroke in strokes]
    elif one.islower():
        small = 0.5 * zones(hand.style)[0]
        for stroke in strokes:
            stroke[:, 1] = zoned(stroke[:, 1], small, *beat.zones)
    wide = hand.aspect ** (OPEN if one in BROAD and hand.aspect < 1 else 1) * tall * beat.wide
    shape = np.array([[wide, 0], [0 if one in SUMS else -beat.lean * tall, tall]])
    return [stroke @ shape + corner for stroke in strokes], advance * wide


def _closer(before: list[np.ndarray], after: list[np.ndarray], line: float, em: float, apart: float) -> float:
    """Move a letter, in place, so that its ink is about ``apart`` pixels from the one before."""
    near = nearest(before, after, line, em) if after else None
    if near is None:
        return 0.0
    move = BY_EYE * (apart - near)
    for stroke in after:
        stroke[:, 0] += move
    return move


def _in_passing(rng: Rng, quick: float, unrest: float, stroke: np.ndarray, em: float) -> np.ndarray:
    """A dot or a bar, set once the word is written: by a ``quick`` hand farther on, and longer."""
    late, middle = quick * rng.random(2), stroke.mean(0)
    astray = rng.normal(0, (0.006 + 0.15 * unrest) * em, 2) + (LATE * late[0] * em, 0)
    return np.asarray(middle + (stroke - middle) * (1 + LONGER * late[1]) + astray)


def move_to(strokes: list[np.ndarray], x: float) -> float:
    """Move the strokes of a figure or a sign, in place, to begin at ``x``; returns where they end."""
    if not strokes:
        return x
    left = min(float(stroke[:, 0].min()) for stroke in strokes)
    for stroke in strokes:
        stroke[:, 0] += x - left
    return max(float(stroke[:, 0].max()) for stroke in strokes)


def draw_sign(strip: Strip, sign: str, x: float, y: float, em: float) -> float:
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
    inked = np.flatnonzero((strip.printed[band] | strip.drawn[band]).any(0))
    return x + float(inked[-1]) - 0.5 * strip.line + CLEAR_OF * em if len(inked) else x


def slipped(rng: Rng, character: str) -> str:
    """What is written in the place of a character: seldom a wrong one first."""
    if character.isdecimal():
        return f"{rng.integers(10)}{character}" if rng.random() < SLIP else character
    if not character.islower() or rng.random() >= MISSPELT:
        return character
    known = next((letters for letters in OFTEN.values() if character in letters), "")
    return known[int(rng.integers(len(known)))] + character if known else character
