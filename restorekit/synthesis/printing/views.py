"""What photographs in school papers show of the world outside: water, hills, woods, deserts.

Each is a picture from nothing, float32 RGB ``(height, width, 3)`` in [0, 1], meant to be printed a few
centimetres wide.
"""

from __future__ import annotations

import cv2
import numpy as np

from restorekit.synthesis.textures import Rng, fractal_noise, smooth_noise

Tone = tuple[float, float, float]
SKY, HAZE, WOOD, GRASS = (0.5, 0.65, 0.85), (0.88, 0.9, 0.92), (0.16, 0.24, 0.15), (0.42, 0.52, 0.28)
STONE, SAND = (0.62, 0.58, 0.52), (0.84, 0.74, 0.56)
"""Colours of things, red, green and blue."""


def lake(rng: Rng, height: int, width: int) -> np.ndarray:
    """A lake, the mountains behind it upside down in its water."""
    scene = _sky(rng, height, width)
    shore = height * rng.uniform(0.5, 0.66)
    far = _ridge(rng, width, shore - 0.25 * height, 0.16 * height, width / 2.5)
    snow = np.clip(
        1.6 * fractal_noise(rng, height, width, width / 8, 5) + 1.2 - _depth(far, height) * 9, 0, 1
    )
    rock = lit_ground(rng, height, width, (0.4, 0.43, 0.48))
    lay(scene, under(far, height), rock + (0.93 - rock) * snow[..., None])
    trees = np.abs(fractal_noise(rng, 2, width, max(3, width / 60), 2)[0]) * 0.05 * height
    near = _ridge(rng, width, shore - 0.06 * height, 0.06 * height, width / 2) - trees
    lay(scene, under(near, height), lit_ground(rng, height, width, WOOD, 0.5))
    return _mirrored(rng, scene, int(shore))


def sea(rng: Rng, height: int, width: int) -> np.ndarray:
    """The sea below clouds, with waves that are larger in front, a cliff at one side and a beach."""
    scene, horizon = _sky(rng, height, width), int(height * rng.uniform(0.38, 0.52))
    cliff = horizon - height * 0.3 * np.clip(np.linspace(rng.uniform(0.6, 1), -1, width), 0, 1) ** 0.4
    cliff += 0.02 * height * fractal_noise(rng, 2, width, width / 12, 4)[0]
    lay(scene, under(cliff.astype(np.float32), height), lit_ground(rng, height, width, STONE, 0.5))
    depth = np.linspace(0.02, 1, height - horizon, dtype=np.float32)[:, None]
    noise = fractal_noise(rng, 256, 256, 24, 4)
    across = (np.linspace(-1, 1, width, dtype=np.float32)[None] / (depth + 0.15) * 40 + 128) % 255
    down = np.broadcast_to(40 / (depth + 0.15) % 255, across.shape).astype(np.float32)
    waves = cv2.remap(noise, across, down, cv2.INTER_LINEAR)
    foam = np.clip(waves * 2 - 2.4 + depth, 0, 1)[..., None]
    water = np.array((0.25, 0.4, 0.5), np.float32) * (1 + 0.22 * waves[..., None] * (0.4 + depth[..., None]))
    water = water + (0.35 * (1 - depth))[..., None] ** 1.5
    scene[horizon:] = water + (0.95 - water) * foam
    if rng.random() < 0.6:
        beach = _ridge(rng, width, 0.86 * height, 0.07 * height, width / 1.5)
        lay(scene, under(beach, height), lit_ground(rng, height, width, SAND))
    return scene if rng.random() < 0.5 else scene[:, ::-1]


def fields(rng: Rng, height: int, width: int) -> np.ndarray:
    """Hills with fields, each with its own furrows, hedges and trees between them."""
    scene, layers = _sky(rng, height, width), int(rng.integers(3, 6))
    rows, columns = np.mgrid[:height, :width].astype(np.float32)
    for layer in range(layers):
        near = (layer + 1) / layers
        level = height * (0.35 + 0.5 * near * rng.uniform(0.75, 0.95))
        ridge = _ridge(rng, width, level, 0.05 * height, width / rng.uniform(1.5, 3))
        crop = np.array(GRASS, np.float32) * rng.uniform(0.7, 1.3) + rng.uniform(-0.05, 0.12)
        slant, pitch = rng.normal(0, 0.8), width * rng.uniform(0.012, 0.03) * near
        furrows = np.sin(2 * np.pi * (columns + slant * rows) / pitch) * 0.06 * near
        ground = lit_ground(rng, height, width, tuple(crop.tolist()), 0.2) * (1 + furrows[..., None])
        lay(scene, under(ridge, height), ground + (1 - near) * 0.35 * (np.array(HAZE, np.float32) - ground))
        for x in rng.uniform(0, width, int(rng.integers(2, 9))):
            _tree(rng, scene, x, ridge[int(x)] + rng.uniform(0, 0.03) * height, near * height * 0.12)
    return scene


def river(rng: Rng, height: int, width: int) -> np.ndarray:
    """A river that winds through its plain, seen from above and aslant."""
    down = np.linspace(0, 1, height, dtype=np.float32)
    scene = lit_ground(rng, height, width, GRASS, 0.35)
    phase, turns = rng.uniform(0, 6.3), rng.uniform(2.2, 3.6)
    wind = 0.5 + (0.06 + 0.3 * down) * np.sin(2 * np.pi * turns * down**0.55 + phase)
    away = np.abs(np.arange(width, dtype=np.float32)[None] / width - wind[:, None])
    away += 0.01 * fractal_noise(rng, height, width, width / 10, 3)
    broad = (0.012 + 0.075 * down)[:, None]
    bank, water = np.clip((1.35 * broad - away) * width, 0, 1), np.clip((broad - away) * width, 0, 1)
    lay(scene, bank, np.array(SAND, np.float32))
    shine = 0.62 + 0.14 * smooth_noise(rng, height, width, width / 5) + 0.15 * (1 - down)[:, None]
    lay(scene, water, toned(shine, (0.9, 1.0, 1.08)))
    sky = _sky(rng, height, width)
    lay(scene, 1 - under(_ridge(rng, width, 0.14 * height, 0.03 * height, width / 3), height), sky)
    for _ in range(int(rng.integers(10, 40))):
        x, y = rng.uniform(0, width), height * rng.uniform(0.2, 1)
        if not bank[min(height - 1, int(y)), int(x)]:
            _tree(rng, scene, x, y, height * (0.02 + 0.09 * y / height))
    return scene


def forest(rng: Rng, height: int, width: int) -> np.ndarray:
    """Trunks, paler the farther they stand, leaves between them and a floor with spots of light."""
    scene = lit_ground(rng, height, width, (0.75, 0.8, 0.68), 0.5)
    lit = lit_ground(rng, height, width, WOOD, 0.6)
    floor = _ridge(rng, width, 0.72 * height, 0.03 * height, width / 2)
    for layer in range(4):
        near = (layer + 1) / 4
        for x in rng.uniform(0, width, int(rng.integers(6, 15) / near**0.8)):
            lean, half = rng.normal(0, 0.03) * height, width * 0.017 * near * rng.uniform(0.5, 1.3)
            foot = 0.66 * height + 0.3 * near * height * rng.uniform(0.6, 1)
            outline = np.array(
                [(x - half, foot), (x - 0.7 * half + lean, 0), (x + 0.7 * half + lean, 0), (x + half, foot)]
            )
            tone = (1 - near) * 0.55 + 0.1 + rng.uniform(0, 0.08)
            cv2.fillPoly(scene, [np.round(outline * 16).astype(np.int32)], (tone,) * 3, cv2.LINE_AA, 4)
        dense = 2 * near * (1 - np.linspace(0, 1.7, height, dtype=np.float32)[:, None]) - 2.4
        leaves = np.clip(dense + 3 * fractal_noise(rng, height, width, width / 9, 5), 0, 1)
        lay(scene, leaves, lit * (1.6 - 0.7 * near))
    ground = lit_ground(rng, height, width, (0.45, 0.42, 0.3), 0.6)
    lay(scene, 0.85 * under(floor, height), ground)
    return scene


def pyramids(rng: Rng, height: int, width: int) -> np.ndarray:
    """Pyramids in the desert, one side in the sun and one in the shade."""
    scene = _sky(rng, height, width)
    ground = _ridge(rng, width, 0.7 * height, 0.025 * height, width / 2)
    for middle, size in ((0.75, 0.3), (0.25, 0.36), (rng.uniform(0.4, 0.6), 0.55)):
        middle, half, top = middle * width, 0.55 * size * width, (0.74 - size) * height
        edge = middle + rng.uniform(0.1, 0.35) * half
        for corners, tone in (
            ([(middle - half, 0.76 * height), (middle, top), (edge, 0.76 * height)], 1.0),
            ([(edge, 0.76 * height), (middle, top), (middle + half, 0.76 * height)], 0.6),
        ):
            cover = np.zeros((height, width), np.uint8)
            cv2.fillPoly(cover, [np.round(np.array(corners) * 16).astype(np.int32)], 255, cv2.LINE_AA, 4)
            courses = 1 - 0.08 * (np.arange(height)[:, None, None] % 4 < 1)
            lay(
                scene,
                cover.astype(np.float32) / 255,
                lit_ground(rng, height, width, SAND, 0.25) * tone * courses,
            )
    lay(scene, under(ground, height), lit_ground(rng, height, width, SAND, 0.18))
    return scene


VIEWS = {
    "lake": lake,
    "sea": sea,
    "fields": fields,
    "river": river,
    "forest": forest,
    "pyramids": pyramids,
}
"""What papers call them."""


def toned(plane: np.ndarray, tone: Tone) -> np.ndarray:
    """A plane ``(H, W)`` in a colour: float32 ``(H, W, 3)``."""
    return plane[..., None].astype(np.float32) * np.array(tone, np.float32)


def _sky(rng: Rng, height: int, width: int) -> np.ndarray:
    """Blue above, paler towards the horizon, with clouds or without."""
    down = np.linspace(0, 1, height, dtype=np.float32)[:, None, None] ** 0.7
    scene = np.array(SKY, np.float32) * (1 - down) + np.array(HAZE, np.float32) * down
    scene = np.broadcast_to(scene, (height, width, 3)).copy()
    clouds = np.clip(rng.uniform(-0.4, 0.5) + 0.8 * fractal_noise(rng, height, width, width / 3, 5), 0, 1)
    lay(
        scene, clouds, np.clip(0.9 + 0.1 * fractal_noise(rng, height, width, width / 6, 3), 0.6, 1)[..., None]
    )
    return scene


def _ridge(rng: Rng, width: int, level: float, high: float, cell: float) -> np.ndarray:
    """The upper edge of hills, row by column: float32 ``(width,)``."""
    return np.asarray(level + high * fractal_noise(rng, 2, width, cell, 5)[0], np.float32)


def under(edge: np.ndarray, height: int) -> np.ndarray:
    """What lies below an edge: float32 ``(height, W)`` in [0, 1]."""
    return np.clip(np.arange(height, dtype=np.float32)[:, None] - edge[None] + 0.5, 0, 1)


def _depth(edge: np.ndarray, height: int) -> np.ndarray:
    """How far each place is below an edge, of the height: float32 ``(height, W)``."""
    return (np.arange(height, dtype=np.float32)[:, None] - edge[None]) / np.float32(height)


def lit_ground(rng: Rng, height: int, width: int, tone: Tone, rough: float = 0.3) -> np.ndarray:
    """Ground, rock or leaves, lighter and darker in patches of all sizes."""
    return np.clip(toned(1 + rough * 0.6 * fractal_noise(rng, height, width, width / 5, 6), tone), 0, 1)


def lay(scene: np.ndarray, cover: np.ndarray, over: np.ndarray) -> None:
    """Lay one picture, or a colour, over another where ``cover`` is 1."""
    scene += cover[..., None] * (over - scene)


def _tree(rng: Rng, scene: np.ndarray, x: float, foot: float, tall: float) -> None:
    """A tree or a bush of a few pixels or many: a crown without an outline, dark below."""
    half = int(0.45 * tall) + 2
    left, top = int(x) - half, int(foot - tall) - 2
    part = scene[max(0, top) : int(foot) + 1, max(0, left) : left + 2 * half]
    if min(part.shape[:2]) < 3:
        return
    rows, columns = np.mgrid[: part.shape[0], : part.shape[1]].astype(np.float32)
    rows, columns = rows + max(0, top) - (foot - 0.55 * tall), columns + max(0, left) - x
    far = np.hypot(rows / (0.5 * tall), columns / (0.4 * tall))
    rough = smooth_noise(rng, part.shape[0], part.shape[1], max(1.5, 0.12 * tall))
    cover = np.clip((1 - far + 0.3 * rough) * max(1.0, 0.15 * tall), 0, 1)
    shade = 0.9 - 0.5 * rows / tall + 0.25 * rough
    lay(part, cover, toned(np.clip(shade, 0.2, 1.6), WOOD))


def _mirrored(rng: Rng, scene: np.ndarray, shore: int) -> np.ndarray:
    """A scene with water from the row ``shore`` on, in which what is above is seen upside down."""
    height, width = scene.shape[:2]
    depth = height - shore
    rows = shore - 1 - np.arange(depth, dtype=np.float32)[:, None] * np.float32(min(1.0, (shore - 1) / depth))
    ripple = smooth_noise(rng, depth, max(2, width // 12), 1.5)
    ripple = cv2.resize(ripple, (width, depth)) * np.linspace(0.3, 3, depth, dtype=np.float32)[:, None]
    across = np.broadcast_to(np.arange(width, dtype=np.float32)[None], (depth, width)) + ripple
    seen = cv2.remap(
        scene, across, np.clip(rows + 2 * ripple, 0, height - 1).astype(np.float32), cv2.INTER_LINEAR
    )
    dull = np.linspace(0.9, 0.7, depth, dtype=np.float32)[:, None, None]
    scene[shore:] = cv2.blur(seen, (5, 1)) * dull + 0.05 + 0.03 * ripple[..., None]
    return np.clip(scene, 0, 1)
