"""Bare paper: tone, fibres, stains and creases.

The augraphy library has many paper effects, but pins old numpy and OpenCV, draws from global random state
(no page could be made twice) and is slower than the whole of this generator; so the few effects that show
at arm's length are written here.
"""

from __future__ import annotations

import cv2
import numpy as np

from restorekit.synthesis.capture.handled import crumples
from restorekit.synthesis.capture.surface import folds, shade_of
from restorekit.synthesis.capture.wear import wear
from restorekit.synthesis.textures import (
    A4,
    Rng,
    choose,
    fine_noise,
    fractal_noise,
    in_colours,
    log_uniform,
    smooth_noise,
)

TONES = {
    "white": ((246, 247, 248), 5, 0.66),
    "grey": ((228, 227, 224), 9, 0.19),
    "recycled": ((216, 210, 197), 9, 0.06),
    "cream": ((241, 233, 213), 8, 0.06),
    "yellow": ((240, 230, 172), 10, 0.012),
    "pink": ((241, 220, 222), 7, 0.006),
    "blue": ((216, 228, 240), 7, 0.006),
    "green": ((220, 235, 218), 7, 0.006),
}
"""Kinds of paper: R, G, B, the spread of their brightness, and their share."""
FIBRE, THICK = (0.0008, 0.005), (0.12, 0.32)
"""How strong the grain of smooth paper is, and how thick in millimetres."""
ROUGH, COARSE, BROADER = 0.3, (0.004, 0.0095), (2.5, 4.5)
"""The share of white sheets on which light shows fibres as on those of exercise books and cheap copies, how
strongly, and how much broader the second grain of such paper is. Of other sheets twice as many are rough."""
CREASED, CRUSHED, FLAT = 0.1, 0.3, 0.35
"""The share of pages with creases that were pressed flat, of these of crushed ones, and what of their height
is left then."""
STAINED = 0.02
"""The share of pages with dried drops or a cup's rings."""


def make_paper(rng: Rng, height: int, width: int, *, stationery: bool = False) -> np.ndarray:
    """Paper with nothing on it.

    Args:
        rng: source of chance.
        height: pixels.
        width: pixels.
        stationery: white, and a leaf of a pad or a book.

    Returns:
        float32 ``(height, width, 3)`` reflectance in [0, 1].
    """
    name = "white" if stationery else choose(rng, {key: weight for key, (_, _, weight) in TONES.items()})
    base, spread, _ = TONES[name]
    # mills make paper lighter or darker, bluer or yellower, hardly ever greener or redder
    yellow = rng.normal(0, spread / 5)
    change = rng.normal(0, spread / 2) + np.array([yellow, rng.normal(0, spread / 12), -yellow])
    tone = (np.array(base, np.float32) + change.astype(np.float32)) / 255
    field = 0.008 * fractal_noise(rng, height, width, max(height, width) / 3, 3)
    field += _grain(rng, height, width, smooth=name == "white")
    paper = cv2.merge([field + one for one in tone])
    if rng.random() < CREASED:
        paper *= in_colours(_creases(rng, height, width))
    if rng.random() < STAINED:
        paper *= _drops(rng, height, width)
    wear(rng, paper, bound=stationery)
    return np.clip(paper, 0, 1, out=paper)


def _grain(rng: Rng, height: int, width: int, *, smooth: bool) -> np.ndarray:
    """Fibres that lie as the mill ran, rough paper's in a second, broader grain, too.

    Returns:
        float32 ``(height, width)`` to add to the paper's tone.
    """
    thick = max(1.0, width / A4 * rng.uniform(*THICK))
    if rng.random() >= (ROUGH if smooth else 2 * ROUGH):
        strength = np.float32(log_uniform(rng, *FIBRE))
        return strength * fine_noise(rng, height, width, thick, rng.uniform(1, 3))
    long, upright = log_uniform(rng, 1, 6), rng.random() < 0.5
    grain = fine_noise(rng, height, width, thick, long, upright)
    broad = fine_noise(rng, height, width, rng.uniform(*BROADER) * thick, long**0.7, upright)
    return np.float32(log_uniform(rng, *COARSE)) * (grain + np.float32(rng.uniform(0.3, 0.8)) * broad)


def _drops(rng: Rng, height: int, width: int) -> np.ndarray:
    """Dried drops and the rings of cups: what was dissolved gathered along the edge.

    Returns:
        float32 ``(height, width, 3)`` share of the light that is left.
    """
    drops = np.ones((height, width, 3), np.float32)
    colour = np.array([0.10, 0.20, 0.38], np.float32) * np.float32(rng.uniform(0.3, 1.3))
    unit = width / A4
    foot = rng.uniform(24, 42)  # of the one cup that stood there
    for _ in range(int(rng.integers(1, 5))):
        cup = rng.random() < 0.3
        radius = unit * (foot if cup else log_uniform(rng, 1, 16))
        x, y = rng.uniform(0, width), rng.uniform(0, height)
        reach = int(1.15 * radius) + 4
        left, top = max(0, int(x) - reach), max(0, int(y) - reach)
        part = drops[top : int(y) + reach, left : int(x) + reach]
        if part.size:
            down, across = np.ogrid[: part.shape[0], : part.shape[1]]
            down, across = (down - (y - top)).astype(np.float32), (across - (x - left)).astype(np.float32)
            part *= 1 - _dried(rng, down, across, radius, unit, cup)[..., None] * colour
    return drops


def _dried(
    rng: Rng, down: np.ndarray, across: np.ndarray, radius: float, unit: float, cup: bool
) -> np.ndarray:
    """How dark a dried drop or a cup's ring around (0, 0) is, 0 to 1: nearly round, darkest at its rim.

    The rim thins out inwards, here farther and there less far; a cup's is missing where it did not touch.
    """
    angle, far = np.arctan2(down, across), np.hypot(down, across)
    out = rng.uniform(0.004, 0.012) if cup else rng.uniform(0.005, 0.02)
    inwards = radius * (1 + out * _around(rng, angle, (2, 3, 5))) - far
    rim = unit * np.clip(0.8 + 0.7 * _around(rng, angle, (1, 2, 3, 4, 7)), 0.2, 3)
    edge = np.where(inwards > 0, np.exp(-np.abs(inwards) / rim), np.exp(-((inwards / (0.15 * unit)) ** 2)))
    if cup:
        edge *= np.clip(rng.uniform(-0.2, 0.6) + 0.7 * _around(rng, angle, (1, 2, 3, 5, 8)), 0, 1)
    else:
        edge *= np.clip(0.75 + 0.25 * _around(rng, angle, (1, 2, 4)), 0.3, 1)
        edge = 0.7 * edge + 0.25 * np.clip(inwards / (0.3 * unit), 0, 1)
    grain = np.clip(
        0.85 + 0.15 * smooth_noise(rng, far.shape[0], far.shape[1], 1.5), 0, 1
    )  # of the paper's fibres
    return np.asarray(edge * grain, np.float32)


def _around(rng: Rng, angle: np.ndarray, waves: tuple[int, ...]) -> np.ndarray:
    """Hills and hollows on the way round, of so many waves each: about zero mean and unit spread."""
    total = np.zeros_like(angle)
    for count in waves:
        total += np.float32(rng.normal()) * np.cos(count * angle + np.float32(rng.uniform(0, 2 * np.pi)))
    return total / np.float32(np.sqrt(len(waves) / 2))


def _creases(rng: Rng, height: int, width: int) -> np.ndarray:
    """The shade of folds, or of a crushed page, pressed flat again: float32 ``(height, width)``.

    The paper stands up by less than a millimetre beside them, so print runs over them without a bend. Broken
    fibres make them rough.
    """
    rows, columns = max(2, height // 3), max(2, width // 3)
    x, y = np.meshgrid(
        np.linspace(0, 1, columns, dtype=np.float32), np.linspace(0, height / width, rows, dtype=np.float32)
    )
    crushed = rng.random() < CRUSHED
    heights = np.float32(FLAT) * crumples(rng, x, y) if crushed else folds(rng, x, y, pressed=True)
    shade = shade_of(rng, heights, 1 / columns) ** np.float32(rng.uniform(0.4, 0.8))
    shade = cv2.resize(shade, (width, height), interpolation=cv2.INTER_CUBIC) - 1
    shade *= 1 + np.float32(rng.uniform(0.2, 0.6)) * fine_noise(
        rng, height, width, max(1.0, width / A4 * 0.2)
    )
    return shade + 1
