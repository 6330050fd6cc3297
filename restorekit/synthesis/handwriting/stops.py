"""Chinese and Japanese full stops and commas as hands draw them: rings, dabs and hooks, no two alike."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from restorekit.synthesis.textures import Rng

STOPS = "。，、"
UNLIKE = 0.22
"""How far a mark's size strays from the writer's usual one: the spread of its logarithm."""
DABS = 0.2
"""The share of the writers whose full stops are dabs or open hooks rather than rings."""


class StopHabit(NamedTuple):
    """One writer's marks, in ems.

    Attributes:
        radius: of a ring.
        long: how long a comma is.
        apart: how far they are from the character before.
        above: how far they are above the line.
        room: what is left free after them.
        dabs: whether full stops are dabs rather than rings.
    """

    radius: float
    long: float
    apart: float
    above: float
    room: float
    dabs: bool


@lru_cache(maxsize=256)
def stop_habit(style: int) -> StopHabit:
    """The habit of writer number ``style``; in print a ring's radius is 0.1 and a mark takes a square."""
    rng = np.random.default_rng((style, 11))
    return StopHabit(
        radius=float(np.clip(0.085 * np.exp(rng.normal(0, 0.25)), 0.05, 0.15)),
        long=float(np.clip(0.17 * np.exp(rng.normal(0, 0.3)), 0.12, 0.32)),
        apart=float(rng.uniform(-0.02, 0.1)),
        above=float(rng.normal(0.06, 0.05)),
        room=float(rng.uniform(0.1, 0.4)),
        dabs=bool(rng.random() < DABS),
    )


def stop_mark(rng: Rng, sign: str, style: int) -> tuple[np.ndarray, float]:
    """One of ``STOPS`` by writer number ``style``.

    Returns:
        Its stroke, float64 ``(points, 2)`` in ems with y down and 0 on the line, and its advance in ems.
    """
    habit, more = stop_habit(style), float(np.exp(rng.normal(0, UNLIKE)))
    if sign != "。":
        path = _comma(rng, habit.long * more, back=sign == "，")
    elif habit.dabs:
        path = _dab(rng, 1.2 * habit.radius * more)
    else:
        path = _ring(rng, habit.radius * more)
    across = path[:, 0].min()
    at = (max(-0.06, habit.apart + rng.normal(0, 0.03)) - across, -habit.above + rng.normal(0, 0.035))
    path = path + at
    room = habit.room * float(np.exp(rng.normal(0, 0.3)))
    return path, float(path[:, 0].max()) + room


def _ring(rng: Rng, radius: float) -> np.ndarray:
    """A ring that stands on 0, leaning and flat; it closes, runs past its beginning, or stays open."""
    start, turn = (
        rng.normal(-1.6, 0.7),
        2 * np.pi * rng.uniform(0.82, 1.25) * rng.choice([1, -1], p=[0.3, 0.7]),
    )
    angles = np.linspace(start, start + turn, 11)
    swell = 1 + np.linspace(0, rng.normal(0, 0.18), 11) + rng.normal(0, 0.05, 11)
    flat, lean = np.exp(rng.normal(-0.05, 0.2)), rng.normal(-0.15, 0.2)
    down = radius * flat * swell * np.sin(angles)
    return np.stack([radius / flat * swell * np.cos(angles) + lean * down, down - radius * flat], 1)


def _dab(rng: Rng, long: float) -> np.ndarray:
    """A flat dab, which the pen turns back in, or not."""
    slope = rng.normal(0.3, 0.5)
    path = np.array([[0, -0.5 * long], [0.6 * long, (0.5 * slope - 0.5) * long]])
    back = np.array([[rng.uniform(0.3, 1.1) * long, slope * long * 0.3]])
    return np.concatenate([path, back + rng.normal(0, 0.15 * long, (1, 2))])


def _comma(rng: Rng, long: float, *, back: bool) -> np.ndarray:
    """A stroke down from 0, to the left and bowed where it is a comma, to the right where it parts a list."""
    lean = rng.normal(-0.45, 0.25) if back else rng.normal(0.7, 0.25)
    bow = rng.normal(0.22, 0.18) * long
    ends = np.array([[0.0, -0.45 * long], [0.5 * lean * long + bow, 0.0], [lean * long, 0.55 * long]])
    if back and rng.random() < 0.3:  # the pen is pressed before it goes
        ends = np.concatenate([ends[:1] - (0.15 * long, 0.02), ends])
    return ends
