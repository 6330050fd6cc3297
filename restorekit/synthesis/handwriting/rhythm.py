"""How the letters of a word come out one after the other: each like the last, and the last ones in haste."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from restorekit.synthesis.handwriting.hands import Hand
from restorekit.synthesis.handwriting.movement import wander
from restorekit.synthesis.textures import Rng

LETTERS = 0.02
"""How unlike in size letters of one word are with the steadiest hand, a logarithm."""
LEANS = 0.025
"""How unlike in slant letters are with the steadiest hand, and words."""
WIDTHS = (0.05, 2.4)
"""How unlike in width letters are with the steadiest hand, a logarithm, and how much more so by unrest."""
FORESEEN = 0.7
"""How much a hand sees to it that a word gets as long as is foreseen, though letters are unlike: a power."""
ZONES = (1.5, 2.8, 5.0)
"""How unlike letters are in how high their small part is, what stands out above it and what hangs below the
line, logarithms by unrest."""
NEAR, FAR = 0.28, 1.6
"""How unlike the room between two letters is, a logarithm, and the most of it: words stay together."""
SLACK, STRETCHED, CLOSER = 0.18, 0.2, 0.35
"""How much lower, wider and closer than the first ones the last letters of long words get with the quickest
hands: none waits for the end of a word."""
LONG = 4
"""Words of so many letters are long."""
HASTE = 0.22
"""How unlike words are in haste, a logarithm."""


class Beat(NamedTuple):
    """How one letter of a word comes out.

    Attributes:
        size: of the letter, by the usual one.
        lift: how far below its line it stands, in ems.
        lean: horizontal shift by height.
        wide: by its usual width.
        zones: how high its small part is, what stands out above it, and what hangs below the line, by the
            usual ones.
        near: the room to the letter before, by the usual one.
    """

    size: float
    lift: float
    lean: float
    wide: float
    zones: tuple[float, float, float]
    near: float


def beats(rng: Rng, hand: Hand, count: int) -> list[Beat]:
    """How ``count`` letters of a word come out in a hand."""
    unrest = hand.unrest
    rush = hand.join * rng.random() * (count > LONG) * np.linspace(0, 1, count) ** 1.5
    sizes = np.exp(wander(rng, count, LETTERS + 0.8 * unrest))
    lifts = wander(rng, count, 0.7 * unrest)
    leans = wander(rng, count, LEANS + 0.5 * unrest, 0.5) + rng.normal(0, LEANS)
    widths = np.exp(wander(rng, count, WIDTHS[0] + WIDTHS[1] * unrest, 0.4) + STRETCHED * rush)
    widths /= widths.mean() ** FORESEEN
    parts = np.exp(np.stack([wander(rng, count, unrest * spread, 0.3) for spread in ZONES]))
    parts[0] *= 1 - SLACK * rush
    near = np.minimum(np.exp(wander(rng, count, NEAR, 0.3)), FAR) * (1 - CLOSER * rush)
    columns = sizes, lifts, leans, widths, *parts, near
    return [
        Beat(size, lift, lean, wide, (low, tall, deep), apart)
        for size, lift, lean, wide, low, tall, deep, apart in np.stack(columns, 1).tolist()
    ]
