"""What photographs in papers of science show: cells under a microscope, leaves, layers of rock, the moon.

Pictures as in ``views``: float32 RGB ``(height, width, 3)`` in [0, 1].
"""

from __future__ import annotations

import cv2
import numpy as np

from restorekit.synthesis.printing.views import lay, lit_ground, toned, under
from restorekit.synthesis.textures import Rng, fractal_noise, smooth_noise


def cells(rng: Rng, height: int, width: int) -> np.ndarray:
    """A plant's cells in rows, with walls, nuclei and grains, in the round field of a microscope."""
    down, across = np.mgrid[:height, :width].astype(np.float32)
    turn, size = rng.uniform(0, np.pi), 0.13 * width * rng.uniform(0.6, 1.2)
    along = (across * np.cos(turn) + down * np.sin(turn)) / size / rng.uniform(1.3, 2.6)
    aside = (down * np.cos(turn) - across * np.sin(turn)) / size
    along, aside = (one + 0.12 * smooth_noise(rng, height, width, size) for one in (along, aside))
    row = np.floor(aside)
    along = along + (row * 0.37) % 1 + 0.25 * np.sin(row * 12.9898)
    cell = np.floor(along)
    wall = np.minimum(0.5 - np.abs(along - cell - 0.5), 0.5 - np.abs(aside - row - 0.5))
    own = np.sin(cell * 78.233 + row * 37.719) * 43758.5453  # chance of each cell's own, from its place
    own = own - np.floor(own)
    tone = 0.78 + 0.1 * (own - 0.5) + 0.05 * fractal_noise(rng, height, width, size, 5)
    tone -= 0.5 * np.exp(-((wall / 0.045) ** 2)) * (0.8 + 0.2 * smooth_noise(rng, height, width, size / 2))
    far = np.hypot(along - cell - 0.3 - 0.4 * own, (aside - row - 0.35 - 0.3 * own) / 1.6)
    tone -= 0.33 * np.clip((0.13 - far) * 14, 0, 1)
    grains = np.clip(2 * smooth_noise(rng, height, width, size / 9) - 2.1, 0, 1)
    picture = toned(tone - 0.2 * grains, (0.98, 0.93, 0.98))
    if rng.random() < 0.6:
        away = np.hypot(across - width / 2, down - height / 2)
        lay(picture, np.clip(away - 0.47 * min(height, width), 0, 1), np.full(3, 0.04, np.float32))
    return cv2.GaussianBlur(picture, (0, 0), rng.uniform(0.6, 1.1))


def leaf(rng: Rng, height: int, width: int) -> np.ndarray:
    """A leaf on paper, its veins paler than it and its shadow beside it."""
    down, across = np.mgrid[:height, :width].astype(np.float32)
    turn, half = rng.normal(0, 0.35), 0.43 * min(width, 1.6 * height)
    x, y = (across - width / 2) / half, (down - height / 2) / half
    along, aside = x * np.cos(turn) + y * np.sin(turn), y * np.cos(turn) - x * np.sin(turn)
    aside = aside + 0.1 * along * along * rng.choice([-1, 1])
    teeth = 0.02 * np.abs(np.sin(along * rng.uniform(20, 45)))
    broad = rng.uniform(0.35, 0.55) * np.clip(1 - along**2, 0, 1) ** 0.7 * (1 - 0.3 * along) - teeth
    cover = np.clip((broad - np.abs(aside)) * half, 0, 1)
    stalk = np.clip((0.018 - np.abs(aside)) * half, 0, 1) * (along < -0.9) * (along > -1.2)
    cover = np.maximum(cover, stalk)
    middle = np.exp(-((aside / (0.016 * (1.3 - along))) ** 2))
    slant = (along - 0.55 * np.abs(aside)) * rng.uniform(6, 10)
    ribs = np.exp(-(((slant - np.round(slant)) / 0.07) ** 2)) * np.clip(
        1.2 - np.abs(aside) / (broad + 0.02), 0, 1
    )
    tone = (
        0.42 + 0.06 * fractal_noise(rng, height, width, width / 8, 5) + 0.1 * np.sign(aside) * np.abs(aside)
    )
    tone += 0.22 * np.maximum(middle, 0.7 * ribs)
    page = np.broadcast_to(np.float32(0.93), (height, width, 3)).copy()
    shadow = cv2.GaussianBlur(np.roll(cover, (3, 4), (0, 1)), (0, 0), 3)
    page *= 1 - 0.4 * shadow[..., None]
    lay(page, cover, toned(tone, (0.75, 1.1, 0.6)))
    return page.astype(np.float32)


def rocks(rng: Rng, height: int, width: int) -> np.ndarray:
    """A cliff with its layers, bent and cracked, and grass on top."""
    down, across = np.mgrid[:height, :width].astype(np.float32)
    fold = across / width * rng.normal(0, 0.35) + 0.05 * smooth_noise(rng, height, width, width / 2)
    if rng.random() < 0.5:  # a fault
        fold += 0.09 * (across - 0.25 * down > width * rng.uniform(0.35, 0.65))
    level = (down / height + fold) * 14
    beds = np.interp(level, np.arange(-8, 32), rng.uniform(0.35, 0.85, 40)).astype(np.float32)
    thin = smooth_noise(rng, 400, 2, 2)[:, 0]
    beds += 0.06 * np.interp(level * 8, np.arange(-64, 336), thin).astype(np.float32)
    beds -= 0.3 * np.clip(smooth_noise(rng, height, width, width / 40) - 1.5, 0, 1)
    picture = lit_ground(rng, height, width, (0.95, 0.88, 0.76), 0.35) * beds[..., None] * 1.2
    top = height * (0.16 + 0.05 * fractal_noise(rng, 2, width, width / 2, 4)[0])
    lay(picture, 1 - under(top.astype(np.float32), height), np.array((0.85, 0.9, 0.96), np.float32))
    turf = under(top.astype(np.float32) - 0.02 * height, height) * (
        1 - under(top.astype(np.float32) + 0.03 * height, height)
    )
    lay(picture, turf, lit_ground(rng, height, width, (0.25, 0.32, 0.16), 0.6))
    return picture


def moon(rng: Rng, height: int, width: int) -> np.ndarray:
    """The moon on black, waxing or full, with seas and craters."""
    down, across = np.mgrid[:height, :width].astype(np.float32)
    radius = 0.42 * min(height, width)
    x, y = (across - width / 2) / radius, (down - height / 2) / radius
    deep = np.sqrt(np.clip(1 - x * x - y * y, 0, 1))
    turn = rng.uniform(-1.2, 1.2)
    light = np.clip(x * np.sin(turn) + deep * np.cos(turn), 0, 1) ** 0.6
    seas = np.clip(fractal_noise(rng, height, width, radius / 1.3, 4) * 0.9, 0, 1)
    tone = 0.85 - 0.35 * seas + 0.05 * fractal_noise(rng, height, width, radius / 5, 5)
    for size in radius * np.exp(rng.uniform(np.log(0.015), np.log(0.1), 45)):
        left, top = np.array([width, height]) / 2 + rng.uniform(-0.9, 0.9, 2) * radius
        rows, columns = (slice(max(0, int(at - 2 * size)), int(at + 2 * size) + 2) for at in (top, left))
        part = rows, columns
        far = np.hypot(across[part] - left, down[part] - top) / size
        tone[part] += 0.13 * np.exp(-(((far - 1) / 0.25) ** 2)) - 0.12 * np.exp(-((far / 0.8) ** 2))
    disc = np.clip((1 - np.hypot(x, y)) * radius, 0, 1)
    return toned(0.03 + disc * light * tone, (1.0, 0.99, 0.95))


SPECIMENS = {"cells": cells, "leaf": leaf, "rocks": rocks, "moon": moon}
"""What papers call them."""
