"""How a hand moves from stroke to stroke: what is written fast is round, joined, hooked and bent."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from restorekit.synthesis.textures import Rng

LINK, HOOK = 0.74, 0.5
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
BLOBS, BLOB = 0.22, (0.25, 0.7)
"""The share of strokes that begin with a blob, and how much harder the pen is pressed there."""
POOLS, POOL = 0.2, (0.1, 0.45)
"""The share of strokes that end in a blob rather than in a tip, and how much harder it is pressed."""
FLICKS, FLICK, FLICKED = 0.6, (0.25, 0.75), (3, 10)
"""The share of strokes that the most uneven hands lift the pen from as it moves, how much less it is pressed
at their tip, and from how many widths of its line before it."""
ENTERS = (0.0, 0.35)
"""How much less the pen is pressed where a stroke begins, at least and at most, by ``taper``."""
FIRM, SWAYS, LONG = 0.05, 0.045, (9, 30)
"""How unlike the strokes of one hand are in pressure, and how it changes along each, spreads of its
logarithm; and how long such a wave is, in widths of the line."""
DOWN = (0.01, 0.05)
"""How much harder the pen is pressed on the way down, and less on the way up, at least, and how much more so
with the most uneven pressure. On scans of gel pens strokes that rise to the right are 6 % narrower than level
ones, and those that go down 3 % broader."""
SLOWER = (0.1, 0.35)
"""How much more ink runs out where a hand turns: at least, and more with the most uneven pressure."""


def flow(path: np.ndarray, step: float, haste: float) -> np.ndarray:
    """A path as a hand goes it, rounder the more hasty it is; its ends stay.

    A hand takes nearly as long for a short stroke as for a long one (isochrony: Viviani and Terzuolo, 1982),
    and what it does next begins before the last is done, so large turns become rounder than small ones.

    Args:
        path: ``(N, 2)`` or more columns, x and y first; the other columns are carried along.
        step: distance between the points that come back, about a twentieth of the height of the writing.
        haste: over which time strokes run into the next, a standard deviation; a stroke of a quarter of
            that height takes 1.
    """
    long = _lengths(path)
    if not long.any():
        return path
    times = np.where(long > 0, (long / (5 * step)) ** ISOCHRONY, DWELL * haste)
    when = np.concatenate([[0], times.cumsum()])
    count = max(2, int(when[-1] / TICK) + 1)
    even = _interpolated(path, when, np.arange(count) * (when[-1] / (count - 1)))
    sigma = haste * (count - 1) / when[-1]
    reach = min(int(3 * sigma), count - 1)
    if reach:
        kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / sigma) ** 2)
        kernel /= kernel.sum()
        padded = np.concatenate(
            [2 * even[0] - even[reach:0:-1], even, 2 * even[-1] - even[-2 : -2 - reach : -1]]
        )
        for column in range(even.shape[1]):
            even[:, column] = np.convolve(padded[:, column], kernel, "valid")
    along = np.concatenate([[0], _lengths(even).cumsum()])
    count = max(2, int(along[-1] / step) + 1)
    return _interpolated(even, along, np.arange(count) * (along[-1] / (count - 1)))


def _lengths(path: np.ndarray) -> np.ndarray:
    """How far it is from each point of a path ``(N, 2)`` or more columns to the next: ``(N - 1,)``."""
    return np.hypot(path[1:, 0] - path[:-1, 0], path[1:, 1] - path[:-1, 1])


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


def pressure(rng: Rng, path: np.ndarray, taper: float, line: float) -> np.ndarray:
    """How hard the pen is pressed along a path, by its usual pressure.

    Most strokes begin and end as broad as they are. Some begin with a blob, where the pen was put down before
    it moved, and some end in one, where it stopped before it was lifted; others are flicked. The pen presses
    harder on the way down the page than on the way up. A hand slows down where it turns (the two-thirds power
    law: Lacquaniti, Terzuolo and Viviani, 1983), and there more ink runs out. No two strokes are pressed just
    as hard.

    Args:
        rng: source of chance.
        path: ``(N, 2)`` or more columns, pixels.
        taper: how much the pressure changes, in [0, 1].
        line: width of the pen's line in pixels.
    """
    steps = np.empty((len(path), 2))
    steps[1:-1] = 0.5 * (path[2:, :2] - path[:-2, :2])
    steps[0], steps[-1] = path[1, :2] - path[0, :2], path[-1, :2] - path[-2, :2]
    long = np.hypot(*steps.T)
    since = np.cumsum(long) / line
    since -= since[0]
    left = since[-1] - since
    chance = rng.random(9).tolist()
    pressed = 1 - (ENTERS[0] + (ENTERS[1] - ENTERS[0]) * chance[0]) * taper * np.exp(-since)
    if chance[1] < BLOBS:
        pressed += (BLOB[0] + (BLOB[1] - BLOB[0]) * chance[2]) * np.exp(-((since / 0.9) ** 2))
    if chance[3] < POOLS:
        pressed += (POOL[0] + (POOL[1] - POOL[0]) * chance[4]) * np.exp(-((left / 0.8) ** 2))
    elif chance[3] < POOLS + FLICKS * taper:
        reach = min(FLICKED[0] + (FLICKED[1] - FLICKED[0]) * chance[5], 0.6 * since[-1] + 1e-6)
        pressed *= 1 - (FLICK[0] + (FLICK[1] - FLICK[0]) * chance[4]) * np.clip(1 - left / reach, 0, 1) ** 1.5
    sways = np.sin(2 * np.pi * (since / (LONG[0] + (LONG[1] - LONG[0]) * chance[6]) + chance[7]))
    firm = np.exp(rng.normal(0, FIRM) + 2 * SWAYS * chance[8] * sways)
    strong = 1 + (DOWN[0] + DOWN[1] * taper) * steps[:, 1] / np.maximum(long, 1e-9)
    return np.asarray(
        pressed * firm * strong * (1 + (SLOWER[0] + SLOWER[1] * taper) * (turning(steps) - 0.08))
    )


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
