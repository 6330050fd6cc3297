"""Pictures from nothing, to lay watermarks over: landscapes, still lifes, textures, and things in them."""

from __future__ import annotations

import cv2
import numpy as np

from restorekit.synthesis.textures import Rng, fractal_noise, smooth_noise
from restorekit.synthesis.things import add_things

BARE = 0.3
"""The share of scenes without man-made things."""
MOST_THINGS = 14


def make_scene(rng: Rng, height: int, width: int) -> np.ndarray:
    """A picture with sky, hills, lights, textures and edges, as a photograph has them.

    Returns:
        uint8 RGB ``(height, width, 3)``.
    """
    kind = rng.random()
    if kind < 0.3:
        scene = _landscape(rng, height, width)
    elif kind < 0.5:
        scene = _still_life(rng, height, width)
    elif kind < 0.85:
        scene = _dead_leaves(rng, height, width)
    else:
        scene = _texture(rng, height, width)
    if rng.random() >= BARE:
        scene = add_things(rng, scene, int(rng.integers(1, MOST_THINGS + 1)))
    if rng.random() < 0.7:
        scene = cv2.GaussianBlur(scene, (0, 0), rng.uniform(0.3, 1.2))
    grain = rng.standard_normal(scene.shape, dtype=np.float32) * np.float32(rng.uniform(0.003, 0.025))
    return np.clip((scene + grain) * 255 + 0.5, 0, 255).astype(np.uint8)


def _hue(rng: Rng) -> np.ndarray:
    """A colour as things have it: mostly muted."""
    grey, tint = rng.uniform(0.1, 0.9), rng.uniform(0.03, 0.22)
    return np.clip(grey + rng.normal(0, tint, 3), 0.02, 0.98).astype(np.float32)


def _landscape(rng: Rng, height: int, width: int) -> np.ndarray:
    down = np.linspace(0, 1, height, dtype=np.float32)[:, None, None]
    top = np.array([0.25, 0.45, 0.8], np.float32) + rng.normal(0, 0.15, 3).astype(np.float32)
    low = np.array([0.85, 0.8, 0.75], np.float32) + rng.normal(0, 0.12, 3).astype(np.float32)
    scene = np.broadcast_to(top * (1 - down) + low * down, (height, width, 3)).copy()
    clouds = np.clip(fractal_noise(rng, height, width, width / 3, 5) * 0.5, 0, 1)[..., None]
    scene = scene * (1 - 0.7 * clouds) + 0.7 * clouds
    rows = np.arange(height, dtype=np.float32)[:, None]
    layers = int(rng.integers(2, 6))
    ground = np.array([0.2, 0.35, 0.15], np.float32)
    for layer in range(layers):
        near = (layer + 1) / layers
        horizon = height * (0.35 + 0.5 * near * rng.uniform(0.7, 1.0))
        ridge = horizon + height * 0.12 * fractal_noise(rng, 2, width, width / rng.uniform(2, 6), 6)[:1]
        inside = (rows > ridge)[..., None]
        haze = 0.6 * (1 - near)
        colour = (ground + rng.normal(0, 0.06, 3).astype(np.float32)) * (1 - haze) + haze * low
        detail = 1 + 0.22 * fractal_noise(rng, height, width, width * 0.08 * near + 6, 7)[..., None]
        scene = np.where(inside, colour * detail, scene)
    return np.clip(scene, 0, 1).astype(np.float32)


def _still_life(rng: Rng, height: int, width: int) -> np.ndarray:
    first, second = _hue(rng), _hue(rng)
    blend = np.clip(0.5 + 0.35 * smooth_noise(rng, height, width, max(height, width) / 2), 0, 1)[..., None]
    scene = np.ascontiguousarray(first * blend + second * (1 - blend))
    for _ in range(int(rng.integers(6, 40))):
        colour = tuple(float(value) for value in _hue(rng))
        centre = (int(rng.uniform(0, width)), int(rng.uniform(0, height)))
        size = int(max(height, width) * rng.uniform(0.02, 0.25))
        if rng.random() < 0.5:
            axes = (size, int(size * rng.uniform(0.4, 1)))
            cv2.ellipse(scene, centre, axes, float(rng.uniform(0, 180)), 0, 360, colour, -1, cv2.LINE_AA)
        else:
            corners = np.array(centre) + rng.normal(0, size, (int(rng.integers(3, 6)), 2))
            cv2.fillPoly(scene, [corners.astype(np.int32)], colour, cv2.LINE_AA)
    light = 1 + 0.25 * smooth_noise(rng, height, width, max(height, width) / 2)[..., None]
    if rng.random() < 0.5:
        light = light * (1 + 0.1 * fractal_noise(rng, height, width, 12, 3)[..., None])
    return np.clip(scene * light, 0, 1).astype(np.float32)


def _dead_leaves(rng: Rng, height: int, width: int) -> np.ndarray:
    """Shapes that hide each other, ever more the smaller: sharp detail of all sizes, as photographs have it.

    Radii follow r^-3 between two bounds, which gives an image the spectrum of natural ones (Lee, Mumford and
    Huang, IJCV 2001); restoration networks learn from such images (Achddou et al., SSVM 2021).
    """
    scene = np.empty((height, width, 3), np.float32)
    palette = np.clip([_hue(rng) + rng.normal(0, 0.1, 3) for _ in range(int(rng.integers(4, 20)))], 0, 1)
    palette = palette.mean(0) + (palette - palette.mean(0)) * rng.uniform(0.15, 1)
    scene[:] = palette[0]
    small, large = rng.uniform(1.5, 5), 0.25 * max(height, width)
    count = int(min(6000, 1.2 * height * width / (np.pi * small * small * np.log(large / small))))
    radii = 1 / np.sqrt(1 / large**2 + rng.uniform(0, 1, count) * (1 / small**2 - 1 / large**2))
    spread, long = rng.uniform(0, 0.12), rng.uniform(1, 3)
    corners = np.linspace(0, 2 * np.pi, int(rng.integers(3, 9)), endpoint=False)
    for radius in radii:
        colour = palette[int(rng.integers(0, len(palette)))] + rng.normal(0, spread)
        x, y = rng.uniform(0, width), rng.uniform(0, height)
        angles = corners + rng.uniform(0, 2 * np.pi)
        outline = np.stack([x + long * radius * np.cos(angles), y + radius / long * np.sin(angles)], 1)
        points = [np.round(outline * 16).astype(np.int32)]
        cv2.fillPoly(scene, points, [float(value) for value in colour], cv2.LINE_AA, 4)
    rough = np.float32(rng.uniform(0, 0.15)) * fractal_noise(rng, height, width, 16, 4)[..., None]
    light = 1 + 0.25 * smooth_noise(rng, height, width, max(height, width) / 2)[..., None]
    return np.clip(scene * light * (1 + rough), 0, 1).astype(np.float32)


def _texture(rng: Rng, height: int, width: int) -> np.ndarray:
    channels = [
        fractal_noise(rng, height, width, max(height, width) / rng.uniform(2, 12), 6) for _ in range(3)
    ]
    common = fractal_noise(rng, height, width, max(height, width) / 4, 7)
    spread = np.float32(rng.uniform(0.03, 0.12))
    stacked = np.stack([_hue(rng).mean() + 0.2 * common + spread * channel for channel in channels], -1)
    return np.clip(stacked, 0, 1).astype(np.float32)
