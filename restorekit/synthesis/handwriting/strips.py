"""The strip that a line is written on before it gets its shape, and how the pen's way is drawn there."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from restorekit.synthesis.handwriting.hands import Hand
from restorekit.synthesis.handwriting.movement import flow, pressure
from restorekit.synthesis.textures import Rng

AGAIN = 0.02
"""How far parts of a letter or character are elsewhere each time, in ems, with the steadiest hands."""
WIDTHS = (0.6, 1.4)
"""The thinnest and the broadest that a pen draws in writing, by its usual width."""
HASTE = (0.28, 0.3)
"""How far strokes run into the next at least, and how much farther with the quickest hands: see ``flow``."""
DOT = 7
"""Paths of fewer than so many points, a twentieth of an em apart, are dots, which the pen just presses."""


@dataclass(frozen=True)
class Strip:
    """A line while it is written.

    Attributes:
        rng: source of chance.
        hand: the writer.
        em: height of a Chinese character, in pixels of the strip.
        printed: uint8 ``(H, W)`` coverage of what comes from fonts.
        widths: uint8 ``(H, W)`` centre lines of what is drawn, in hundredths of the pen's width.
        pasted: uint8 ``(H, W)`` coverage of real ink.
    """

    rng: Rng
    hand: Hand
    em: float
    printed: np.ndarray
    widths: np.ndarray
    pasted: np.ndarray


def draw(strip: Strip, path: np.ndarray, em: float) -> None:
    """Draw a path ``(N, 3)``: x, y and the pen's width by its usual one; quick hands draw it rounder."""
    points = flow(path, 0.05 * em, HASTE[0] + HASTE[1] * strip.hand.join)
    taper = strip.hand.taper if len(points) > DOT else 0.0
    width = 100 * np.clip(pressure(strip.rng, points, taper), *WIDTHS) * points[:, 2]
    places = np.round(points[:, :2] * 8).astype(int).tolist()
    levels = np.clip(width, 20, 255).astype(int).tolist()
    for start, stop, level in zip(places[:-1], places[1:], levels, strict=False):
        cv2.line(strip.widths, start, stop, level, 1, cv2.LINE_8, 3)
