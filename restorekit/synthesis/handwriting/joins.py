"""How letters of a word follow each other: which the pen joins, on what way, and how far others are apart."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from restorekit.synthesis.handwriting.hands import Hand
from restorekit.synthesis.textures import Rng

FAITHFUL = 0.12
"""How seldom a hand joins what it leaves apart elsewhere, or the other way round: a spread."""
LIFTED = "fkqrzжηςζξχφ"
"""Letters after which the pen is lifted, as they end far below or to the left; r, which a stroke to the
next would make an n; and z, which it would make an r."""
SET_DOWN = "fsασςε"
"""Letters that no stroke leads to: with one through its opening an s would be an o, and an f a crossed P; and
through a Greek sigma, which begins on its right, one would go as through an epsilon."""
BEHIND, BELOW = 0.13, 0.17
"""From an end farther to the left than this from the letter's right edge, in ems, and less than that below
the line, no stroke leads on: it would cross the letter."""
HIGH = 0.65
"""From an end higher above the line than this, in ems, no stroke leads to the next letter."""
TALL = 0.6
"""How high above the end of a letter the next begins, in ems, to which the pen goes in a loop."""
ASTRAY = 0.025
"""How unlike the ways between letters are, in ems, at one standard deviation."""
FOOT = 0.25
"""No farther than this above the line the pen turns round to the right before it leaves a letter, in ems."""
BANDS = (-1.4, -0.42), (-0.6, -0.2), (-0.32, 0.1), (0.0, 0.6)
"""Between which heights letters are looked at to see how near they come to the one before, in ems."""
BY_EYE = 0.82
"""How much hands go by how near the ink of two letters comes, and not by how wide the letters are."""


@lru_cache(maxsize=8192)
def _reluctance(style: int, pair: str) -> float:
    """How quick a hand must be to join a pair of letters, in [0, 1]: the same each time it writes them."""
    return float(np.random.default_rng((style, 23, *map(ord, pair))).random())


def joins(rng: Rng, hand: Hand, before: str, after: str) -> bool:
    """Whether the pen stays down between two letters, as it mostly does or mostly does not."""
    if not (before.islower() and after.islower()) or before in LIFTED or after in SET_DOWN:
        return False
    return _reluctance(hand.style, before + after) + rng.normal(0, FAITHFUL) < 1.4 * hand.join


def leads_on(end: np.ndarray, edge: float, line: float, em: float) -> bool:
    """Whether from the ``end`` of a letter ``(2,)`` a stroke leads to the next, clear of the letter."""
    right, above = float(end[0]), line - float(end[1])
    return above < HIGH * em and (edge - right < BEHIND * em or above < -BELOW * em)


def joined(rng: Rng, before: np.ndarray, after: np.ndarray, line: float, em: float) -> np.ndarray:
    """The path of a letter and of the next, ``(N, 2)`` each, as one.

    A letter that ends on the ``line`` is left round its foot, one that ends higher in a bow that hangs. To
    the head of a tall letter the pen goes up close to its stem, for a straight way there would be another
    stroke: th would be an M. To a bowl, which begins on its right, it goes up along its left and over its
    head, and back there.
    """
    end, start = before[-1], after[0]
    if end[1] - start[1] >= TALL * em:
        up = [[-0.05 * em, end[1] - start[1] - 0.25 * em], [0.09 * em, 0.3 * em], [0.05 * em, 0.02 * em]]
        return np.concatenate([before, start + np.array(up), after])
    way: list[np.ndarray] = []
    came = end - before[-2]
    if end[1] > line - FOOT * em:
        if came[1] > 2 * abs(came[0]) and end[1] < line + FOOT * em:
            way.append(end + (0.09 * em, -0.04 * em))
    elif start[0] - end[0] > 0.08 * em:
        way.append(0.5 * (end + start) + (0, 0.09 * em))
    if len(after) > 2 and after[1, 0] < start[0] - 0.06 * em and start[1] < line - FOOT * em:
        left = after[:4, 0].min()
        if end[1] > line - FOOT * em:
            way.append(np.array([left - 0.02 * em, 0.55 * end[1] + 0.45 * after[1, 1]]))
        way.append(after[1] + (0.02 * em, 0.01 * em))
    astray = rng.normal(0, ASTRAY * em, (len(way), 2))
    return np.concatenate([before, np.reshape(way, (-1, 2)) + astray, after])


def nearest(before: list[np.ndarray], after: list[np.ndarray], line: float, em: float) -> float | None:
    """How near two letters come to each other, pixels, at the heights that both reach; None at none."""
    one, other = (
        np.concatenate([*paths, *(0.5 * (p[1:] + p[:-1]) for p in paths)]) for paths in (before, after)
    )
    gaps = []
    for top, floor in BANDS:
        right, left = (
            points[(points[:, 1] > line + top * em) & (points[:, 1] < line + floor * em), 0]
            for points in (one, other)
        )
        if len(right) and len(left):
            gaps.append(float(left.min() - right.max()))
    return min(gaps) if gaps else None
