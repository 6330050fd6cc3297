"""The strip that a line is written on before it gets its shape, and how the pen's way is drawn there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from restorekit.synthesis.handwriting.centre_lines import breadth, shade
from restorekit.synthesis.handwriting.hands import Hand
from restorekit.synthesis.handwriting.movement import flow, pressure
from restorekit.synthesis.strokes import draw_path
from restorekit.synthesis.textures import Rng

AGAIN = 0.02
"""How far parts of a letter or character are elsewhere each time, in ems, with the steadiest hands."""
PRESSURES = (0.4, 1.5)
"""The lightest and the hardest that a pen is pressed in writing, by its usual pressure."""
HASTE = (0.28, 0.3)
"""How far strokes run into the next at least, and how much farther with the quickest hands: see ``flow``."""
STEP, DOT = 0.06, 6
"""How far the points of a path are apart, in ems; those of fewer than so many points are dots, which the pen
just presses."""


@dataclass(frozen=True)
class Strip:
    """A line while it is written.

    Attributes:
        rng: source of chance.
        hand: the writer.
        em: height of a Chinese character, in pixels of the strip.
        printed: uint8 ``(H, W)`` coverage of what comes from fonts.
        drawn: uint8 ``(H, W)`` coverage of what the pen has drawn, and of real ink.
        line: width of the pen's line, in pixels of the strip.
        firm: how hard the pen is pressed in a word or character, by the usual pressure.
        haste: how quick the hand is there, by its usual haste.
    """

    rng: Rng
    hand: Hand
    em: float
    printed: np.ndarray
    drawn: np.ndarray
    line: float
    firm: float = 1.0
    haste: float = 1.0


def draw(strip: Strip, path: np.ndarray, em: float) -> None:
    """Draw a path ``(N, 3)``: x, y and the pen's pressure by its usual one; quick hands draw it rounder."""
    points = flow(path, STEP * em, strip.haste * (HASTE[0] + HASTE[1] * strip.hand.join))
    taper = strip.hand.taper if len(points) > DOT else 0.0
    pressed = np.clip(strip.firm * pressure(strip.rng, points, taper, strip.line), *PRESSURES) * points[:, 2]
    draw_path(strip.drawn, points[:, :2], strip.line * breadth(pressed), 255 * shade(pressed), scale=1)
