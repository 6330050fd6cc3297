"""Ticks: each hand has a usual form of them, with a round elbow and a long arm on which the pen is lifted."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from restorekit.synthesis.handwriting.marks import draw_stroke
from restorekit.synthesis.textures import Rng, choose, log_uniform

TICKS = {
    "swing": (0.3, 0.9, 1.35, -0.1),
    "short": (0.36, 0.75, 0.8, -0.06),
    "steep": (0.22, 1.35, 0.75, -0.1),
    "flat": (0.22, 0.7, 1.35, -0.1),
    "stroke": (0.08, 1.0, 0.95, -0.09),
    "deep": (0.6, 0.95, 1.0, -0.06),
}
"""How one ticks: how long the first stroke is, how high and how far the second goes, and how far it bows,
by the size of the mark."""
TICKED = {"swing": 0.33, "short": 0.18, "steep": 0.24, "flat": 0.08, "stroke": 0.11, "deep": 0.06}
"""The same by how many have it as their way."""
LEVEL = 0.45
"""How high a tick goes at least by how far: flatter ones look like lines."""
BEGUN = 20
"""Ticks larger than so many widths of the pen's line begin by a stroke that is shorter by their size."""
SHORTER = 0.45
"""How long the first stroke is at most by the second, which is the one that is flung."""
STRAIGHT = 0.02
"""How far the second stroke bows upwards at most: it goes on in the turn of the elbow, or straight."""
OTHERWISE = 0.1
"""The share of the ticks that a hand makes in another form than its usual one."""
ANOTHER, TURNED, PRESSED = (0.3, 0.14, 0.16, 0.5), 0.1, 0.08
"""How unlike two ticks of one hand are: the spread of the logarithms of how long the first stroke is, of
how high and how far the second goes and of how round the elbow is; of their slope, radians; and of the
logarithm of the line's width."""


class TickForm(NamedTuple):
    """One hand's tick, by its size: see ``TICKS``.

    ``steep`` is how the first stroke falls, ``elbow`` how round the pen turns at the bottom, ``fade`` how far
    the pen is lifted on the way up, in [0, 1].
    """

    first: float
    rise: float
    reach: float
    bow: float
    steep: float
    elbow: float
    fade: float


@lru_cache(maxsize=256)
def tick_form(style: int) -> TickForm:
    """The tick of writer number ``style``."""
    rng = np.random.default_rng((style, 13))
    *parts, bow = TICKS[choose(rng, TICKED)]
    first, rise, reach = (np.array(parts) * np.exp(rng.normal(0, 0.2, 3))).tolist()
    rise = max(rise, LEVEL * reach)
    steep, elbow = float(rng.uniform(0.7, 2.6)), log_uniform(rng, 0.045, 0.3)
    fade = float(rng.uniform(0.1, 0.9))
    return TickForm(first, rise, reach, bow + float(rng.normal(0, 0.035)), steep, elbow, fade)


def reaches(form: TickForm, x: float, y: float, size: float) -> list[tuple[float, float, float, float]]:
    """The boxes that a tick with its low corner at ``(x, y)`` goes through: left, top, right and bottom."""
    fall = form.first * size / np.hypot(1, form.steep)
    boxes = [(x - fall, y - fall * form.steep, x, y)]
    for part in range(3):
        along, up = form.reach * size / 3, form.rise * size / 3
        boxes.append((x + part * along, y - (part + 1) * up, x + (part + 1) * along, y - part * up))
    return boxes


def tick(canvas: np.ndarray, rng: Rng, x: float, y: float, size: float, pen_px: float, style: int) -> None:
    """A tick whose low corner is at ``(x, y)``, as writer number ``style`` makes them."""
    _tick(canvas, rng, (x, y), size, pen_px, style)


def half_tick(
    canvas: np.ndarray, rng: Rng, x: float, y: float, size: float, pen_px: float, style: int
) -> None:
    """The same for what is half right, with a short stroke through its arm."""
    start, end = _tick(canvas, rng, (x, y), size, pen_px, style)
    middle, steep = start + rng.uniform(-0.15, 0.35) * (end - start), rng.normal(0.8, 0.3)
    across = size * rng.uniform(0.12, 0.25) * np.array([np.cos(steep), np.sin(steep)])
    ends = [(float(px), float(py)) for px, py in (middle - across, middle + across)]
    draw_stroke(canvas, rng, ends, pen_px, dashed=True)


def _tick(
    canvas: np.ndarray, rng: Rng, corner: tuple[float, float], size: float, pen_px: float, style: int
) -> tuple[np.ndarray, np.ndarray]:
    """Draw a tick; returns about where its arm is half way, and where it ends."""
    form = tick_form(style + (rng.random() < OTHERWISE))
    first, rise, reach, elbow = (np.array([*form[:3], form.elbow]) * np.exp(rng.normal(0, ANOTHER))).tolist()
    first, rise, reach = size * first, size * max(rise, LEVEL * reach), size * reach
    first *= min(1.0, float(np.sqrt(BEGUN * pen_px / size)))
    first = min(first, SHORTER * float(np.hypot(rise, reach)))
    fall = first / np.hypot(1, form.steep)
    # no rounder than what it joins is long
    elbow = min(elbow * size, 0.28 * reach, max(0.7 * fall * min(1.2, form.steep), 0.03 * size))
    bow = min(rng.normal(form.bow, 0.03), STRAIGHT)
    points = [
        (-fall, -fall * form.steep),
        (-0.8 * elbow, -0.8 * elbow * form.steep),
        (-0.25 * elbow, -0.2 * elbow),
        (0.35 * elbow, 0.0),
        (1.2 * elbow, -0.9 * elbow * rise / reach),
        (0.45 * reach, -(0.45 + bow) * rise),
        (0.75 * reach, -(0.75 + 0.6 * bow) * rise),
        (reach, -rise),
    ]
    if first < 0.1 * size:  # one stroke up, which may begin with no more than a touch
        points = [(0.0, 0.0), *points[5:]]
    turn = rng.normal(0, TURNED)
    path = np.array(points) @ np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]]) + corner
    pen_px *= float(np.exp(rng.normal(0, PRESSED)))
    stroke = [(px, py) for px, py in path.tolist()]
    swift = float(np.clip(form.fade + rng.normal(0, 0.25), 0, 1))
    draw_stroke(canvas, rng, stroke, pen_px, shake=0.012 * size, taper=form.fade, swift=swift, dashed=True)
    return path[-3], path[-1]
