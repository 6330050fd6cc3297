"""Brackets as hands draw them: shallow or deep, upright or slanted, the two of a pair unlike each other."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from restorekit.synthesis.textures import Rng

ROUND, SQUARE, CURLY = "()", "[]", "{}"
BRACKETS = ROUND + SQUARE + CURLY
SET_IN_TYPE = 0.2
"""The share of the writers with a face of their own who form round brackets as it does."""
ANSWERS = 0.1
"""The share of the writers who put short answers in brackets where none are printed."""
UNLIKE, UNEVEN = 0.25, 0.07
"""How far a bracket's depth and height stray from the writer's usual ones: the spread of their logarithms."""
TALLEST = 1.35
"""How high brackets are at most, in ems: higher ones would run through the lines above and below."""
SHALLOWEST, DEEPEST = 0.14, 0.28
"""How far round brackets bow at least and at most, by their height: less is a stroke, more a sign that
compares."""
ROUNDER = 0.75
"""The power of a sine that bows as brackets do: the arc of an ellipse, whose ends turn in."""


class BracketHabit(NamedTuple):
    """One writer's brackets, in ems.

    Attributes:
        tall: how high round ones are; capitals are 1.
        deep: how far they bow.
        lean: how far their upper end leans to the right of the lower.
        peak: where along them they bow most, in [0, 1] from the top.
        closing: how much deeper the closing one is than the opening one.
        sinks: how far they reach below the line.
        typed: whether a writer with a face draws them as that does.
        answers: whether short answers on a rule are put in brackets, as one is used to from printed ones.
    """

    tall: float
    deep: float
    lean: float
    peak: float
    closing: float
    sinks: float
    typed: bool
    answers: bool


@lru_cache(maxsize=256)
def bracket_habit(style: int) -> BracketHabit:
    """The habit of writer number ``style``; some bow half as much as others."""
    rng = np.random.default_rng((style, 7))
    return BracketHabit(
        tall=float(np.clip(np.exp(rng.normal(0.1, 0.1)), 0.95, 1.25)),
        deep=float(np.clip(np.exp(rng.normal(-1.6, 0.45)), 0.07, 0.5)),
        lean=float(rng.normal(0.04, 0.05)),
        peak=float(rng.uniform(0.4, 0.56)),
        closing=float(np.exp(rng.normal(0.1, 0.3))),
        sinks=float(rng.uniform(0.02, 0.2)),
        typed=bool(rng.random() < SET_IN_TYPE),
        answers=bool(rng.random() < ANSWERS),
    )


def bracket(rng: Rng, sign: str, style: int) -> tuple[np.ndarray, float]:
    """One bracket by writer number ``style``.

    Returns:
        Its stroke, float64 ``(points, 2)`` in ems with y down and 0 on the line, and its advance in ems.
    """
    habit = bracket_habit(style)
    tall = min(TALLEST, habit.tall * float(np.exp(rng.normal(0, UNEVEN))))
    deep = habit.deep * float(np.exp(rng.normal(0, UNLIKE)))
    closing = sign in ")]}"
    deep *= habit.closing if closing else 1.0
    if sign in ROUND:
        path = _arc(rng, habit, float(np.clip(deep, SHALLOWEST * tall, DEEPEST * tall)))
    elif sign in SQUARE:
        path = np.array([[0, 0], [1, 0.02], [1, 0.5], [1, 0.98], [0.1, 1]]) * (min(deep, 0.25), 1)
        path = np.repeat(path, 2, 0)  # twice: smoothing leaves corners sharper
    else:
        across = np.array([0, 0.5, 0.62, 0.55, 1.0, 0.55, 0.62, 0.5, 0.0])
        across *= np.clip(deep, 0.2, 0.5)
        path = np.stack([across, (0, 0.05, 0.18, 0.42, 0.5, 0.58, 0.82, 0.95, 1)], 1)
    path[1:-1] += rng.normal(0, 0.01, (len(path) - 2, 2))
    path = path * (1 if closing else -1, tall)
    path[:, 0] += (habit.lean + rng.normal(0, 0.03)) * (tall - path[:, 1])
    path[:, 0] -= path[:, 0].min()
    path[:, 1] += habit.sinks + rng.normal(0, 0.04) - tall
    return path, float(path[:, 0].max()) + 0.16


def _arc(rng: Rng, habit: BracketHabit, deep: float) -> np.ndarray:
    """A bow to the right, ``deep`` ems, from the top at (0, 0) to the bottom at (0, 1)."""
    down = np.linspace(0, 1, 9)
    power = np.log(0.5) / np.log(habit.peak)
    bow = np.maximum(np.sin(np.pi * down**power), 0) ** ROUNDER * deep
    bow += down * rng.normal(0, 0.15) * deep
    return np.stack([bow, down], 1)
