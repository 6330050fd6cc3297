"""Ink keeps clear of ink: what is written in parts is set part by part, each clear of those before it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

import cv2
import numpy as np

from restorekit.synthesis.handwriting.writer import Layer, Writer
from restorekit.synthesis.strokes import stamp

AROUND = 4.0
"""How far a part may reach over its line and its ends, by the size of letters."""
INK = 100
"""Coverage from which on a pixel is ink that is seen."""
OFF = 1.0
"""How far ink is off other ink at least, by the width of the pen's line."""
FARTHER = 0.9
"""How much farther on a part is set to be clear of others, by the size of letters."""
OVER = 0.12
"""Nobody writes where more than this share of the ink would lie on ink."""


class Part(NamedTuple):
    """What was drawn by itself.

    Attributes:
        ink: uint8 ``(H, W)`` coverage, cut to the ink.
        left: px, where the ink begins on the page.
        top: px, the same down the page.
        end: px, where what follows begins.
    """

    ink: np.ndarray
    left: int
    top: int
    end: float

    @property
    def right(self) -> int:
        """Where the ink ends, pixels."""
        return self.left + self.ink.shape[1]

    @property
    def bottom(self) -> int:
        """The row below the ink, pixels."""
        return self.top + self.ink.shape[0]


def drawn_apart(writer: Writer, draw: Callable[[Writer], float], x: float, y: float) -> Part:
    """Draw something about ``(x, y)`` that is no larger than a formula, not yet on the page.

    ``draw`` draws with the writer that it is given, and returns where what follows begins.
    """
    blank = np.zeros(writer.canvas.shape, np.uint8)
    end = draw(replace(writer, layer=Layer(writer.layer.pen, blank)))
    reach = AROUND * writer.size
    top, left = max(0, int(y - reach)), max(0, int(x - reach))
    drawn = blank[top : int(y + reach), left : int(max(x, end) + reach)]
    across, down, wide, tall = cv2.boundingRect(drawn) if drawn.size else (0, 0, 0, 0)
    if not wide:  # nothing but room
        return Part(np.zeros((0, max(0, round(end - x))), np.uint8), round(x), round(y), end)
    return Part(drawn[down : down + tall, across : across + wide], left + across, top + down, end)


def lay(writer: Writer, part: Part, x: int, y: int) -> None:
    """Lay a part on the page with the corner of its ink at ``(x, y)``."""
    stamp(writer.canvas, part.ink, x, y)


def lay_clear(writer: Writer, part: Part) -> float | None:
    """Lay a part where it was drawn, or as much farther on as it takes to be clear of other ink.

    Returns:
        Where what follows begins, pixels; None where there is no room, and nothing was laid.
    """
    farther = _farther(writer, part) if part.ink.size else 0
    if farther is None:
        return None
    lay(writer, part, part.left + farther, part.top)
    return part.end + farther


def _farther(writer: Writer, part: Part) -> int | None:
    """How many pixels farther on a part is clear of ink; where it never is, most so; None on top of ink."""
    tall, most = part.ink.shape[0], int(FARTHER * writer.size)
    top, left = max(0, part.top), max(0, part.left)
    there = writer.canvas[top : part.top + tall, left : part.right + most] > INK
    if not there.any():
        return 0
    ink = part.ink[top - part.top :, left - part.left :] > INK
    off = 2 * max(1, round(OFF * writer.pen_px)) + 1
    near = cv2.dilate(there.view(np.uint8), cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (off, off)))
    ink = ink[: near.shape[0]].view(np.uint8)
    meets: list[int] = []
    for farther in range(0, max(1, near.shape[1] - ink.shape[1] + 1)):
        under = near[:, farther : farther + ink.shape[1]]
        meets.append(cv2.countNonZero(under & ink[:, : under.shape[1]]))
        if not meets[-1]:
            return farther
    least = int(np.argmin(meets))
    return least if meets[least] < OVER * cv2.countNonZero(ink) else None
