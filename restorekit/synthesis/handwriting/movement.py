"""How a hand moves from stroke to stroke: what is written fast is round, joined, hooked and bent."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from restorekit.synthesis.textures import Rng

LINK, HOOK = 0.5, 0.35
"""The pressure on the way to the next stroke, and at the tip of a hook, by the usual one."""
STROKE = 1.7
"""How much a stroke is longer, and turned, another time, by how far it comes to stand elsewhere in ems: most
are less than half an em long."""
WHOLE = 1.3
"""How much more a character is bent as a whole than its strokes come to stand elsewhere."""
FLUNG = 0.05
"""How much farther the quickest hands go on at the end of a stroke, in ems, in the mean."""
BACK = -0.6
"""The cosine of the turn from which on a path turns back, by 127 degrees or more: the foot of a stem."""
ISOCHRONY, DWELL, TICK = 0.6, 1.8, 0.12
"""The power of its length that a stroke's time goes by; how long the pen stays where it turns back, by its
haste, so that it gets there all the same; and the time from point to point."""
BLOBS, BLOB = 0.12, (0.4, 0.9)
"""The share of strokes that begin with a blob, and how much harder the pen is pressed there."""
FIRM, SWAYS = 0.07, (0.1, 0.02)
"""How unlike the strokes of one hand are in pressure, and how it changes along each, slowly and in shorter
waves: spreads of its logarithm."""
DOWN = (0.06, 0.2)
"""How much harder the pen is pressed on the way down, and less on the way up, at least, and how much more so
with the most uneven pressure."""
ENTERS = (0.1, 0.5)
"""How much less the pen is pressed where a stroke begins, at least and at most, by ``taper``."""
POOLS, POOL = 0.1, (0.1, 0.3)
"""The share of strokes that end in a blob rather than in a tip, and how much harder it is pressed."""


def flow(path: np.ndarray, step: float, haste: float) -> np.ndarray:
    """A path as a hand goes it, rounder the more hasty it is; its ends stay.

    A hand takes nearly as long for a short stroke as for a long one (isochrony: Viviani and Terzuolo, 1982),
    and what it does next begins before the last is done, so large turns become rounder than small ones.

    Args:
        path: ``(N, 2)`` or more columns, x and y first; the other columns are carried along.
        step: distance between the points that come back, a twentieth of the height of the writing.
        haste: over which time strokes run into the next, a standard deviation; a stroke of a quarter of
            that height takes 1.
    """
    long = np.hypot(*np.diff(path[:, :2], axis=0).T)
    if not long.sum():
        return path
    times = np.where(long > 0, (long / (5 * step)) ** ISOCHRONY, DWELL * haste)
    when = np.concatenate([[0], np.cumsum(times)])
    count = max(2, int(when[-1] / TICK) + 1)
    even = _interpolated(path, when, np.arange(count) * (when[-1] / (count - 1)))
    sigma = haste * (count - 1) / when[-1]
    reach = min(int(3 * sigma), count - 1)
    if reach:
        before, after = 2 * even[0] - even[reach:0:-1], 2 * even[-1] - even[-2 : -2 - reach : -1]
        kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / sigma) ** 2)
        padded = np.concatenate([before, even, after])
        even = np.stack([np.convolve(column, kernel / kernel.sum(), "valid") for column in padded.T], 1)
    along = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(even[:, :2], axis=0).T))])
    count = max(2, int(along[-1] / step) + 1)
    return _interpolated(even, along, np.arange(count) * (along[-1] / (count - 1)))


def _interpolated(path: np.ndarray, at: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Points of a path, which is at its own ones ``at`` some times, at those that are ``wanted``."""
    there = np.empty((len(wanted), path.shape[1]))
    for column in range(path.shape[1]):
        there[:, column] = np.interp(wanted, at, path[:, column])
    return there


def reaching(path: np.ndarray) -> np.ndarray:
    """A path whose points are there twice where it turns back, so that no smoothing cuts these ends off.

    Args:
        path: ``(N, 2)`` or more columns, x and y first.
    """
    if len(path) < 3:
        return path
    before, after = np.diff(path[:-1, :2], axis=0), np.diff(path[1:, :2], axis=0)
    long = np.hypot(*before.T) * np.hypot(*after.T)
    backward = (before * after).sum(1) < BACK * long
    return np.repeat(path, np.concatenate([[1], 1 + backward, [1]]), axis=0)


def bend(rng: Rng, amount: float) -> np.ndarray:
    """A smooth way to be out of shape: ``(5, 2)`` coefficients for ``bent``, of spread ``amount``."""
    return rng.normal(0, amount, (5, 2))


def bent(points: np.ndarray, coefficients: np.ndarray) -> np.ndarray:
    """Points of the unit square, moved by a polynomial of second order: ``(N, 2)``."""
    u, v = (2 * points - 1).T
    return points + np.stack([u, v, u * v, u * u - 0.33, v * v - 0.33], 1) @ coefficients


def drawn_anew(
    rng: Rng, strokes: Sequence[np.ndarray], middle: tuple[float, float], amount: float
) -> list[np.ndarray]:
    """Strokes of a character as they come out another time: bent as a whole, each elsewhere, longer, turned.

    Args:
        rng: source of chance.
        strokes: ``(N, 2)`` each, in ems.
        middle: of the character, which is about an em tall.
        amount: how far its parts come to stand elsewhere, in ems, at one standard deviation.
    """
    shape, about = bend(rng, WHOLE * amount), 0.5 - np.array(middle)
    again = []
    for stroke in strokes:
        own, centre = np.eye(2) + rng.normal(0, STROKE * amount, (2, 2)), stroke.mean(0)
        moved = centre + (stroke - centre) @ own + rng.normal(0, 0.7 * amount, 2)
        again.append(bent(moved + about + rng.normal(0, 0.2 * amount, stroke.shape), shape) - about)
    return again


def flung(rng: Rng, stroke: np.ndarray, quick: float) -> np.ndarray:
    """A stroke ``(N, 2)`` in ems whose end goes on farther, as a ``quick`` hand does not stop in time."""
    ahead = stroke[-1] - stroke[-2]
    on = min(rng.exponential(FLUNG * quick), 4 * FLUNG) / max(float(np.hypot(*ahead)), 0.05)
    return np.concatenate([stroke[:-1], [stroke[-1] + min(on, 1.0) * ahead]])


def run_together(rng: Rng, strokes: list[np.ndarray], join: float, em: float) -> list[np.ndarray]:
    """Strokes of a character as paths of the pen, which stays down between near ones now and then.

    Args:
        rng: source of chance.
        strokes: ``(N, 2)`` each, pixels, in the order of writing.
        join: how often the pen stays down, in [0, 1].
        em: height of a character in pixels.

    Returns:
        Paths ``(N, 3)``: x, y and the pen's pressure by its usual one. Where the pen is lifted, some strokes
        end in a hook towards the next.
    """
    paths: list[np.ndarray] = []
    for stroke in strokes:
        weighed = np.column_stack([stroke, np.ones(len(stroke))])
        if paths:
            last = paths[-1][-1, :2]
            way = stroke[0] - last
            gap = float(np.hypot(*way)) / em
            if rng.random() < 1.3 * join * np.exp(-gap / 0.7):
                middle = last + way * 0.5 + rng.normal(0, 0.02 * em, 2)
                paths[-1] = np.concatenate([paths[-1], [[*middle, LINK]], weighed])
                continue
            if rng.random() < 0.6 * join and gap > 0.05:
                tip = last + way / gap * min(gap, rng.uniform(0.05, 0.16))
                paths[-1] = np.concatenate([paths[-1], [[*tip, HOOK]]])
        paths.append(weighed)
    return paths


def pressure(rng: Rng, path: np.ndarray, taper: float) -> np.ndarray:
    """How hard the pen is pressed along a path ``(N, 2)``, by its usual pressure.

    The pen comes down while it moves, presses harder on the way down the page than on the way up, and is
    lifted while it moves: the line is light at its beginning, lighter at its end. A hand slows down where it
    turns (the two-thirds power law: Lacquaniti, Terzuolo and Viviani, 1983), and there more ink runs out.
    Some strokes begin with a blob, where the pen was put down before it moved, and some end in one, where it
    stopped before it was lifted. No two strokes are pressed just as hard.
    """
    count = len(path)
    along = np.linspace(0, 1, count)
    steps = np.empty((count, 2))
    steps[1:-1] = 0.5 * (path[2:, :2] - path[:-2, :2])
    steps[0], steps[-1] = path[1, :2] - path[0, :2], path[-1, :2] - path[-2, :2]
    downward = steps[:, 1] / np.maximum(np.hypot(*steps.T), 1e-9)
    enters = 1 - rng.uniform(*ENTERS) * taper * np.clip(1 - along / rng.uniform(0.08, 0.25), 0, 1)
    leaves = 1 - rng.uniform(0, 1) * taper * np.clip((along - 0.6) / 0.4, 0, 1) ** 1.5
    if rng.random() < BLOBS:
        enters = enters + rng.uniform(*BLOB) * np.exp(-along / 0.06)
    if rng.random() < POOLS:
        leaves = 1 + rng.uniform(*POOL) * np.exp((along - 1) / 0.05)
    waves = np.sin(np.outer(rng.uniform((2, 6), (6, 16)), along) + rng.uniform(0, 6, (2, 1)))
    firm = np.exp(rng.normal(0, FIRM) + rng.normal(0, SWAYS, 2) @ waves)
    strong = 1 + (DOWN[0] + DOWN[1] * taper) * downward
    return enters * leaves * firm * strong * (1 + (0.1 + 0.7 * taper) * (turning(steps) - 0.08))


def turning(steps: np.ndarray) -> np.ndarray:
    """How much a path ``(N, 2)`` of steps turns around each point: 0 on straight lines, to 0.3 in corners."""
    turns = np.diff(np.arctan2(steps[:, 1], steps[:, 0]))
    turns = np.abs(turns - 2 * np.pi * np.round(turns / (2 * np.pi)))
    bends = np.concatenate([[0.0], turns, [0.0]])
    around = np.convolve(bends, np.ones(5), "same")[: len(bends)]
    return np.asarray(0.3 * np.clip(0.5 * (around[:-1] + around[1:]), 0, 1))


def wander(rng: Rng, count: int, spread: float, keep: float = 0.7) -> np.ndarray:
    """``count`` numbers of mean 0 that drift, each near the last: an autoregressive process.

    Args:
        rng: source of chance.
        count: how many.
        spread: their standard deviation.
        keep: correlation of neighbours, in [0, 1).
    """
    fresh = rng.normal(0, spread, count)
    for place in range(1, count):
        fresh[place] = keep * fresh[place - 1] + np.sqrt(1 - keep * keep) * fresh[place]
    return fresh
