"""Paper that does not lie flat: one field of heights, from which its bends and its shade both come.

Where paper rises, a camera that looks on it at an angle sees it shifted; where it slopes, it is brighter or
darker than flat paper, as it faces the lamp or turns from it (Lambert's law). Lengths are in page widths, so
that 0.005 is about a millimetre of an A4 page.
"""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np

from restorekit.synthesis.capture.handled import handled
from restorekit.synthesis.textures import Rng, log_uniform, smooth_noise

CURLED, FOLDED = 0.65, 0.25
"""The shares of photographed pages that curl, and were folded."""
REACH = {"fold": (0.4, 2.0), "pressed": (0.004, 0.016)}
"""How far from a crease paper lies flat again: hardly at all where it was folded, so that lines of text turn
there; 1 to 3 mm where it lay under books or a scanner's lid."""
COCKLES, COCKLED = np.array([[0.004, 0.006], [0.009, 0.014], [0.02, 0.028], [0.045, 0.07]]), (0.0015, 0.02)
"""How wide the small hills of used paper are, of four sizes, and how steep: a tenth of a degree to one."""
RIDGE = (0.0003, 0.0012)
"""How high broken fibres stand along a fold: 0.06 to 0.25 mm, as the paper is 0.1 mm thick."""


class Surface(NamedTuple):
    """A page as it lies.

    Attributes:
        shift: float32 ``(h, w, 2)``: by how many page widths off, x and y, one looks at it.
        shade: float32 ``(h, w)``: how bright it is, 1 where it lies flat.
    """

    shift: np.ndarray
    shade: np.ndarray


def make_surface(rng: Rng, x: np.ndarray, y: np.ndarray, gutter: float | None = None) -> Surface:
    """How a page lies, seen by a camera and lit by a lamp.

    Args:
        rng: source of chance.
        x: float32 ``(h, w)``, what of the page is seen where: page widths from its left edge.
        y: the same from its upper edge.
        gutter: where the page goes into the spine of a book, as x; None for a loose sheet.
    """
    heights = relief(rng, x, y, folded=gutter is None)
    if gutter is not None:
        # leaves are sewn, so a spine runs in and out a little, and lies open here more than there
        spine = np.float32(gutter) + np.float32(rng.uniform(0.001, 0.004)) * _along(rng, y)
        away = np.abs(x - spine) * (1 + np.float32(rng.uniform(0.05, 0.2)) * _along(rng, y))
        heights -= np.float32(rng.uniform(0.03, 0.09)) * np.exp(-away / np.float32(rng.uniform(0.07, 0.2)))
    # a camera is held a page's height or two above the page, mostly 10 to 40 degrees aslant
    least = 0.15 if gutter is None else 0.4  # by a book's spine lines are seen to go down
    tilt = np.float32(rng.normal(0, 0.25)), np.float32(rng.choice([-1, 1]) * rng.uniform(least, 0.9))
    distance = np.float32(rng.uniform(1.2, 2.2))
    view = [tilt[0] + (x - np.float32(0.5)) / distance, tilt[1] + (y - np.float32(0.7)) / distance]
    shade = shade_of(rng, heights, abs(float(x[0, -1] - x[0, 0])) / (x.shape[1] - 1))
    if gutter is not None:  # little light falls between two pages
        shade *= 1 - np.float32(rng.uniform(0.3, 0.7)) * np.exp(-away / np.float32(rng.uniform(0.01, 0.04)))
    return Surface(cv2.merge([heights * one for one in view]), shade)


def _along(rng: Rng, y: np.ndarray) -> np.ndarray:
    """Two waves down a page, of half its height to twice that: about zero, up to 1 either way."""
    waves = np.zeros_like(y)
    for share in (0.65, 0.35):
        length, phase = rng.uniform(0.7, 2.8), np.float32(rng.uniform(0, 2 * np.pi))
        waves += np.float32(share) * np.sin(np.float32(2 * np.pi / length) * y + phase)
    return waves


def shade_of(rng: Rng, heights: np.ndarray, step: float) -> np.ndarray:
    """The light on a field of heights under a lamp and a bright room, relative to flat paper.

    Args:
        rng: source of chance.
        heights: float32 ``(h, w)``.
        step: from one height to the next, in the same unit.

    Returns:
        float32 ``(h, w)``.
    """
    # lamps stand 25 to 65 degrees above the table; the room gives a third of the light or more
    lamp = rng.uniform(0.3, 0.65) / np.tan(np.deg2rad(rng.uniform(25, 65)))
    kernel = np.array([[-1, 0, 1]], np.float32) / np.float32(2 * max(step, 1e-6))
    right, below = cv2.filter2D(heights, -1, kernel), cv2.filter2D(heights, -1, kernel.T)
    right[:, [0, -1]], below[[0, -1]] = right[:, [1, -2]], below[[1, -2]]  # the edges have but one neighbour
    turn = _across_bends(rng, right, below)
    rise = np.float32(lamp * np.cos(turn)) * right + np.float32(lamp * np.sin(turn)) * below
    return np.clip((1 - rise) / np.sqrt(1 + right * right + below * below), 0.35, 1.25)


def _across_bends(rng: Rng, right: np.ndarray, below: np.ndarray) -> float:
    """From where a lamp shines that shows a page's slopes, radians: no more than 60 degrees off most of them.

    Light along a bend would leave it unshaded; rooms have more than one lamp and windows, so that is rare.
    """
    level, upright, both = float(np.mean(right**2)), float(np.mean(below**2)), float(np.mean(right * below))
    steepest = 0.5 * np.arctan2(2 * both, level - upright)
    return float(steepest + rng.choice([0, np.pi]) + rng.uniform(-1, 1) * np.pi / 3)


def on_glass(rng: Rng, width: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """How a book lies on a scanner's glass: its pages rise from that into the spine, at the left edge.

    A scanner looks straight up, so what rises is narrower to it, and its lamp is less bright with distance.

    Args:
        rng: source of chance.
        width: of the page in pixels.

    Returns:
        float32 ``(width,)`` what of the page is seen at each column, pixels, how bright it is, 0 to 1, and
        how far it rises, pixels.
    """
    across = np.arange(width, dtype=np.float32) / np.float32(width)
    depth, reach = np.float32(rng.uniform(0.015, 0.06)), np.float32(rng.uniform(0.025, 0.08))  # page widths
    heights = depth * np.exp(-across / reach)
    slope = heights / reach
    seen = np.cumsum(np.sqrt(1 + slope * slope)) - np.sqrt(1 + slope[0] ** 2)
    far = np.float32(rng.uniform(0.06, 0.14))  # at 12 to 30 mm a lamp tube's light is halved or less
    bright = far / (far + heights) / np.sqrt(1 + slope * slope)
    return seen.astype(np.float32), bright, heights * np.float32(width)


def relief(rng: Rng, x: np.ndarray, y: np.ndarray, *, folded: bool = True) -> np.ndarray:
    """Heights of a page: waves, what hands did, and sometimes a curl or folds (unless not ``folded``).

    Takes and gives float32 ``(h, w)``.
    """
    heights = _lying(rng, x, y) * _waves(rng, x, y) + _cockles(rng, x) + handled(rng, x, y)
    if rng.random() < CURLED:
        heights += _curl(rng, x, y)
    if folded and rng.random() < FOLDED:
        heights += folds(rng, x, y)
    return heights


def _lying(rng: Rng, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """How freely a page waves, 0 where it lies flat on the desk to 1: most lie flat on one side of a line."""
    turn = np.float32(rng.uniform(0, 2 * np.pi))
    way = np.cos(turn) * (x - np.float32(0.5)) + np.sin(turn) * (y - np.float32(0.7))
    return np.asarray(
        1 / (1 + np.exp((np.float32(rng.uniform(-0.3, 0.5)) - way) / np.float32(rng.uniform(0.05, 0.2))))
    )


def _waves(rng: Rng, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Paper takes up damp unevenly: gentle waves of some centimetres to a whole page, any way."""
    heights = np.zeros_like(x)
    steep = np.float32(log_uniform(rng, 0.012, 0.05))
    for length in (*rng.uniform(0.35, 1.5, 3), *rng.uniform(0.1, 0.3, 3)):
        turn, wave = rng.uniform(0, 2 * np.pi), 2 * np.pi / length
        across, down = np.float32(wave * np.cos(turn)), np.float32(wave * np.sin(turn))
        phase = np.float32(rng.uniform(0, 2 * np.pi))
        slope = steep * np.float32(1 if length > 0.3 else rng.uniform(0.2, 0.6))  # small waves are stiffer
        heights += slope / np.float32(wave) * np.sin(across * x + down * y + phase)
    return heights


def _cockles(rng: Rng, x: np.ndarray) -> np.ndarray:
    """What damp, toner's heat and hands leave of a page: hills of 1 to 15 mm, steeper here than there."""
    step = abs(float(x[0, -1] - x[0, 0])) / (x.shape[1] - 1)
    heights, size, steep = np.zeros_like(x), (x.shape[0], x.shape[1]), log_uniform(rng, *COCKLED)
    for across in rng.uniform(*COCKLES.T):
        slope = np.float32(steep * across * log_uniform(rng, 0.5, 1.2))
        heights += slope * smooth_noise(rng, *size, max(1.5, across / step))
    patches = 0.55 + 0.4 * smooth_noise(rng, *size, max(1.5, rng.uniform(0.1, 0.4) / step))
    return heights * np.clip(patches, 0.1, 1.4)


def _curl(rng: Rng, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """A page rolls up along one direction: all of it a little, or more from somewhere to its edge.

    Nothing holds it evenly, so it rolls up more here and less there, about a line that is not quite straight.
    """
    turn = rng.choice([0, 0.5, 1, 1.5]) * np.pi + rng.normal(0, 0.3)
    cos, sin = np.float32(np.cos(turn)), np.float32(np.sin(turn))
    across, down = x - np.float32(0.5), y - np.float32(0.7)
    beside = np.float32(rng.uniform(2, 6)) * (cos * down - sin * across) + np.float32(rng.uniform(0, 6))
    way = cos * across + sin * down + np.float32(rng.uniform(0.01, 0.05)) * np.sin(beside)
    if rng.random() < 0.3:
        return np.float32(rng.normal(0, 0.14)) * way * way
    lifted = np.maximum(way - np.float32(rng.uniform(-0.2, 0.35)), 0)
    return np.float32(rng.uniform(0.1, 0.4)) * lifted * lifted


def folds(rng: Rng, x: np.ndarray, y: np.ndarray, *, pressed: bool = False) -> np.ndarray:
    """Heights of a page that was folded for a pocket or an envelope: in halves, thirds or anyhow.

    Where it was ``pressed`` flat again, it is bent beside its folds alone.
    """
    heights = np.zeros_like(x)
    parts = int(rng.choice([2, 2, 3]))
    upright = rng.random() < 0.35
    for part in range(1, parts):
        place = (part / parts if rng.random() < 0.7 else rng.uniform(0.2, 0.8)) + rng.normal(0, 0.015)
        point = (place, 0.7) if upright else (0.5, 1.41 * place)
        turn = (np.pi / 2 if upright else 0) + rng.normal(0, 0.012)
        reach = log_uniform(rng, *REACH["pressed" if pressed else "fold"])
        # smoothed out again, its sides stand at 3 to 8 degrees
        heights += _crease(rng, x, y, point, turn, log_uniform(rng, 0.045, 0.14), reach)
    return heights


def _crease(
    rng: Rng,
    x: np.ndarray,
    y: np.ndarray,
    point: tuple[float, float],
    turn: float,
    steep: float,
    reach: float,
) -> np.ndarray:
    """Heights around a fold through a point: it wavers, is weaker here and there, and has unlike sides.

    Args:
        rng: source of chance.
        x: see ``make_surface``.
        y: see ``make_surface``.
        point: where its middle is, x and y.
        turn: its direction, radians.
        steep: slope of the paper beside it.
        reach: how far from it paper lies flat again.
    """
    cos, sin = np.float32(np.cos(turn)), np.float32(np.sin(turn))
    across, down = x - np.float32(point[0]), y - np.float32(point[1])
    along, off = across * cos + down * sin, down * cos - across * sin
    phases = rng.uniform(0, 2 * np.pi, 3).astype(np.float32)
    waver = np.float32(rng.uniform(0.0005, 0.004))
    off += waver * (np.sin(along * np.float32(rng.uniform(4, 9)) + phases[0]))
    off += waver / 3 * np.sin(along * np.float32(rng.uniform(15, 40)) + phases[1])
    strength = np.float32(0.65) + np.float32(0.35) * np.sin(along * np.float32(rng.uniform(2, 9)) + phases[2])
    blunt = np.float32(rng.uniform(0.001, 0.004))  # the paper's fibres do not break sharply
    far = np.sqrt(off * off + blunt * blunt) - blunt
    sides = far + np.float32(rng.uniform(-0.6, 0.6)) * off  # one side is lit, the other turned away
    heights = np.float32(steep) * sides * np.exp(-far / np.float32(reach))
    wide = np.float32(rng.uniform(0.002, 0.004))
    heights -= np.float32(log_uniform(rng, *RIDGE)) * np.exp(-((off / wide) ** 2))
    return np.float32(rng.choice([-1, 1])) * strength * heights
