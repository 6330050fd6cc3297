"""Centre lines of filled shapes, and the line that a pen leaves along them."""

from __future__ import annotations

import cv2
import numpy as np

from restorekit.synthesis.textures import Rng, smooth_noise

NEIGHBOURS = np.array([[1, 2, 4], [128, 0, 8], [64, 32, 16]], np.float32)
"""The bit of each of the eight neighbours, clockwise from the upper left."""

PRESSURES = (50, 130)
"""Between what pressures a pen draws, in hundredths of its usual one."""
YIELDS = 0.7
"""The power of its pressure that the width of a line goes by: a ball or a lead hardly yields."""
FAINT, FIRMEST = 0.55, 1.25
"""How much less ink the lightest touch leaves, where a pen moves fast or is lifted, and the pressure that
leaves most, by the usual one."""


def _table(step: int) -> np.ndarray:
    """Which pixels a step of thinning takes, by their neighbours' bits: uint8 ``(256,)``, 255 for taken."""
    taken = np.zeros(256, np.uint8)
    for code in range(256):
        ring = [code >> (bit + 1) % 8 & 1 for bit in range(8)]  # p2 to p9 of the paper, from straight above
        changes = sum(ring[bit] == 0 and ring[(bit + 1) % 8] == 1 for bit in range(8))
        above, right, below, left = ring[0], ring[2], ring[4], ring[6]
        if step == 0:
            free = not above * right * below and not right * below * left
        else:
            free = not above * right * left and not above * below * left
        taken[code] = 255 * (2 <= sum(ring) <= 6 and changes == 1 and free)
    return taken


STEPS = (_table(0), _table(1))


def thin(shape: np.ndarray) -> np.ndarray:
    """Lines one pixel wide along the middle of a shape (Zhang and Suen, 1984).

    Args:
        shape: uint8 ``(H, W)``, 255 inside and 0 outside.
    """
    line = shape.copy()
    line[[0, -1]] = 0
    line[:, [0, -1]] = 0
    while True:
        before = line
        for table in STEPS:
            around = cv2.filter2D(line & 1, cv2.CV_8U, NEIGHBOURS, borderType=cv2.BORDER_CONSTANT)
            line = line & ~cv2.LUT(around, table)
        if not (before != line).any():
            return line


def pressed(rng: Rng, line: np.ndarray, em: float, taper: float) -> np.ndarray:
    """How hard a pen is pressed along centre lines: less where a line begins or ends, more on upright ones.

    Args:
        rng: source of chance.
        line: uint8 ``(H, W)``, lines one pixel wide, 0 elsewhere.
        em: height of the letters in pixels.
        taper: how much the pen's pressure changes, in [0, 1].

    Returns:
        uint8 ``(H, W)``, in hundredths of the usual pressure; 0 off the lines.
    """
    places = np.nonzero(line)
    there = (line > 0).astype(np.float32)
    span = int(0.15 * em) * 2 + 1
    near, upright, level = (cv2.blur(there, size)[places] for size in ((span, span), (1, span), (span, 1)))
    # 0 at an end, 1 along a straight line, more where lines turn or meet: there the ink gathers
    within = np.clip(2 * near * span - 1, 0, 1.25)
    downward = (upright - level) / (upright + level)
    slow = smooth_noise(rng, 2, line.shape[1], 0.4 * em)[0][places[1]]
    pressure = (1 - 0.7 * taper * (1 - within)) * (1 + 0.3 * taper * downward) * (1 + 0.08 * slow)
    pressures = np.zeros_like(line)
    pressures[places] = np.clip(100 * pressure, *PRESSURES)
    return pressures


def breadth(pressure: np.ndarray) -> np.ndarray:
    """The width of a line by the pen's usual one, where it is pressed so much by its usual pressure."""
    return np.asarray(pressure**YIELDS)


def shade(pressure: np.ndarray) -> np.ndarray:
    """How much ink is left there, in [0, 1]."""
    return np.clip(1 - FAINT * (FIRMEST - pressure), 0, 1)


def trace(pressures: np.ndarray, pen_px: float) -> np.ndarray:
    """What a round tip covers that goes along centre lines: uint8 ``(H, W)``.

    Args:
        pressures: uint8 ``(H, W)``, in hundredths of the usual one on the centre lines, 0 elsewhere.
        pen_px: width of the pen's line in pixels.
    """
    if not pressures.any():
        return np.zeros_like(pressures)
    distance, nearest = cv2.distanceTransformWithLabels(
        (pressures == 0).astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_5, labelType=cv2.DIST_LABEL_PIXEL
    )
    places = np.nonzero(pressures)
    pressure = pressures[places] / np.float32(100)
    half, full = np.zeros((2, int(nearest.max()) + 1), np.float32)
    half[nearest[places]] = breadth(pressure) * np.float32(0.5 * pen_px)
    full[nearest[places]] = 255 * shade(pressure)
    return (np.clip(half[nearest] - distance + 0.5, 0, 1) * full[nearest]).astype(np.uint8)
