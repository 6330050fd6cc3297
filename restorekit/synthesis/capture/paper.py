"""Bare paper: tone, fibres, stains, creases, and what shines through from the other side.

The augraphy library has many paper effects, but pins old numpy and OpenCV, draws from global random state
(no page could be made twice) and is slower than the whole of this generator; so the few effects that show
at arm's length are written here.
"""

from __future__ import annotations

import cv2
import numpy as np

from restorekit.synthesis.capture.surface import folds, shade_of
from restorekit.synthesis.capture.wear import wear
from restorekit.synthesis.textures import (
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
A4 = 210.0
"""Width of a page in millimetres."""
FIBRE, THICK = (0.0008, 0.005), (0.12, 0.32)
"""How strong the grain of white paper is, and how thick in millimetres."""
STREWN, LEAST_STREWN = (0.14, 0.36), 0.9
"""How far paper strews what comes through it: standard deviations in millimetres, at least in pixels."""
HIDDEN = (0.02, 0.14)
"""What is no darker than that once it is strewn does not come through: thin and pale strokes."""
ISLANDS = 0.45
"""The share of sheets that the other side shows through in places, a few words here and there."""
SEEN = (0.06, 0.2)
"""How much darker paper is where the other side is black: 15 to 50 of 255 levels below broad strokes."""
PALER = np.float32(0.6) * np.eye(3, dtype=np.float32) + np.float32(0.4 / 3)
"""What comes through has but this share of its colour."""
SOAKED, THROUGH = (0.3, 0.9), (0.35, 1.1)
"""How unevenly paper lets a stroke through, fibre by fibre, and how far apart that is, millimetres."""


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
    fibre = np.float32(log_uniform(rng, *FIBRE) * (1 if name == "white" else 1.6))
    thick = max(1.0, width / A4 * rng.uniform(*THICK))
    field += fibre * fine_noise(rng, height, width, thick, rng.uniform(1, 3))  # they lie as the mill ran
    paper = cv2.merge([field + one for one in tone])
    if rng.random() < 0.06:
        paper *= in_colours(_creases(rng, height, width))
    if rng.random() < 0.012:
        paper *= _drops(rng, height, width)
    wear(rng, paper, bound=stationery)
    return np.clip(paper, 0, 1, out=paper)


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
    """The shade of folds that were pressed flat again: float32 ``(height, width)``.

    The paper stands up by less than a millimetre beside them, so print runs over them without a bend.
    """
    rows, columns = max(2, height // 3), max(2, width // 3)
    x, y = np.meshgrid(
        np.linspace(0, 1, columns, dtype=np.float32), np.linspace(0, height / width, rows, dtype=np.float32)
    )
    shade = shade_of(rng, folds(rng, x, y, pressed=True), 1 / columns) ** np.float32(rng.uniform(0.4, 0.8))
    return cv2.resize(shade, (width, height), interpolation=cv2.INTER_CUBIC)


def show_through(rng: Rng, paper: np.ndarray, back: np.ndarray) -> np.ndarray:
    """The other side, mirrored and faint, darkens the paper: its heavy strokes, here more than there.

    Args:
        rng: source of chance.
        paper: float32 ``(H, W, 3)`` reflectance.
        back: float32 ``(H, W, 3)`` transmittance of what is on the other side, of the same size.
    """
    strewn = max(LEAST_STREWN, paper.shape[1] / A4 * rng.uniform(*STREWN))
    height, width = (-(-side // 2) for side in paper.shape[:2])  # so soft that half the size will do
    seen = cv2.resize(cv2.flip(back, 1), (width, height), interpolation=cv2.INTER_AREA)
    seen = cv2.GaussianBlur(seen, (0, 0), strewn / 2)
    least = np.float32(rng.uniform(*HIDDEN))
    seen = np.maximum((1 - least) - cv2.transform(seen, PALER), 0)
    # where the sheet lies on white it is seen less than where it lies close on something dark
    islands = rng.random() < ISLANDS
    mean, spread, reach = (0.25, 0.45, (0.06, 0.25)) if islands else (0.7, 0.22, (0.2, 0.6))
    close = np.clip(mean + spread * smooth_noise(rng, height, width, rng.uniform(*reach) * width), 0.04, 1)
    apart = max(1.2, width / A4 * log_uniform(rng, *THROUGH))
    close *= np.clip(1 + np.float32(rng.uniform(*SOAKED)) * fine_noise(rng, height, width, apart), 0.15, 1.3)
    seen *= in_colours(np.float32(log_uniform(rng, *SEEN)) / (1 - least) * close)
    left = cv2.resize(1 - seen, paper.shape[1::-1], interpolation=cv2.INTER_LINEAR)
    left *= paper
    return left
