"""Fingers that hold a page while it is photographed: skin and nails over its edge, and their shadow on it."""

from __future__ import annotations

import cv2
import numpy as np

from restorekit.synthesis.textures import Rng, choose, in_colours, log_uniform, smooth_noise

SKINS = ((232, 188, 168), (220, 170, 146), (200, 146, 120), (168, 116, 92), (124, 84, 66), (86, 58, 48))
"""Light and dark skin, R, G, B."""
SIDES = {"below": 0.5, "left": 0.22, "right": 0.22, "above": 0.06}
"""From where hands come: from him who holds the camera, mostly."""
BESIDE = {"thumb": 0.65, "one": 0.15, "two": 0.12, "three": 0.08}
"""What of a hand is seen."""
BROAD = {"thumb": (8.5, 11.0), "finger": (6.5, 8.5)}
"""Half their breadth, millimetres."""
IN = (6.0, 34.0)
"""How far they reach into the picture, millimetres, and no farther than ``MOST`` of its shorter side."""
MOST = 0.4
NAILED = 0.85
"""The share of hands that show their nails; the others are seen from their inner side."""


def lay_fingers(rng: Rng, page: np.ndarray, millimetre: float) -> np.ndarray:
    """Lay a thumb or some fingers on a picture, from one of its sides.

    Args:
        rng: source of chance.
        page: float32 ``(H, W, 3)`` reflectance, changed in place.
        millimetre: pixels.

    Returns:
        float32 ``(H, W)``, what share of a pixel is covered.
    """
    height, width = (-(-side // 2) for side in page.shape[:2])  # they are nearer than what is in focus
    millimetre /= 2
    seen, side = choose(rng, BESIDE), choose(rng, SIDES)
    count = {"two": 2, "three": 3}.get(seen, 1)
    radius = millimetre * rng.uniform(*BROAD["thumb" if seen == "thumb" else "finger"])
    reach = min(millimetre * log_uniform(rng, *IN), MOST * min(height, width))
    inwards = {"below": (0, -1), "left": (1, 0), "right": (-1, 0), "above": (0, 1)}[side]
    start = np.array([width, height]) * (0.5 - 0.5 * np.array(inwards))  # the middle of the side
    start += np.abs(inwards[::-1]) * rng.uniform(-0.35, 0.35) * np.array([width, height])
    turn = np.arctan2(inwards[1], inwards[0]) + rng.normal(0, 0.35)
    way = np.array([np.cos(turn), np.sin(turn)])
    tone = np.array(SKINS[int(rng.integers(0, len(SKINS)))], np.float32) / 255
    tone *= (1 + rng.normal(0, 0.04, 3)).astype(np.float32)
    nailed, cover = bool(rng.random() < NAILED), np.zeros((height, width), np.float32)
    skin = np.zeros((height, width, 3), np.float32)
    for finger in range(count):
        aside = np.array([-way[1], way[0]]) * 2.05 * radius * finger
        tip = start + aside + way * (reach * (1 if finger == 0 else rng.uniform(0.75, 1.15)) - radius)
        own, shape = _finger(rng, (height, width), tip, way, radius, tone, nailed=nailed)
        skin += own * in_colours(shape * (1 - cover))
        cover = np.maximum(cover, shape)
    far = millimetre * log_uniform(rng, 0.6, 3)
    move = np.eye(2, 3, dtype=np.float32)
    move[:, 2] = far * np.array([np.cos(turn + np.pi / 2), np.sin(turn + np.pi / 2)]) * rng.choice([-1, 1])
    cast = cv2.warpAffine(cover, move, (width, height), borderMode=cv2.BORDER_REPLICATE)
    cast = cv2.GaussianBlur(cast, (0, 0), max(1.0, far))
    left = (1 - np.float32(rng.uniform(0.25, 0.6)) * cast) * (1 - cover)
    cover, left, skin = (cv2.resize(one, page.shape[1::-1]) for one in (cover, left, skin))
    page *= in_colours(left)
    page += skin
    return cover


def _finger(
    rng: Rng,
    size: tuple[int, int],
    tip: np.ndarray,
    way: np.ndarray,
    radius: float,
    tone: np.ndarray,
    *,
    nailed: bool,
) -> tuple[np.ndarray, np.ndarray]:
    """One finger whose last round is about ``tip``, pointing along ``way``: its colours, and where it is.

    Returns:
        float32 ``(H, W, 3)`` and ``(H, W)`` in [0, 1].
    """
    height, width = size
    down, across = np.mgrid[:height, :width].astype(np.float32)
    across, down = (
        (across - np.float32(tip[0])) / np.float32(radius),
        (down - np.float32(tip[1])) / np.float32(radius),
    )
    along = across * np.float32(way[0]) + down * np.float32(way[1])  # over 0 beyond the tip's middle
    off = down * np.float32(way[0]) - across * np.float32(way[1])
    broad = 1 + 0.05 * np.sin(1.1 * along + np.float32(rng.uniform(0, 1)))  # joints are broader
    out = np.where(along > 0, np.hypot(off, along / 1.25), np.abs(off)) / broad
    shape = np.clip((1 - out) * np.float32(radius / rng.uniform(1, 1.8)) + 0.5, 0, 1)
    dome = np.sqrt(np.clip(1 - out * out, 0, 1))
    lit = 0.6 + 0.4 * dome + np.float32(rng.normal(0, 0.12)) * off
    lit += 0.015 * smooth_noise(rng, height, width, max(1.5, 0.05 * radius))
    for fold in rng.normal((-2.35, -2.55, -2.75), 0.04):  # of the joint
        bowed = along - np.float32(fold) + 0.12 * off * off
        lit -= np.float32(rng.uniform(0.02, 0.1)) * np.exp(-((bowed / 0.035) ** 2)) * dome
    colours = tone * lit[..., None]
    colours -= (1 - dome[..., None]) * np.array([0.0, 0.04, 0.04], np.float32)  # blood shines through rims
    if nailed:
        colours = _nailed(rng, colours, tone, along, off, dome)
    return np.clip(colours, 0, 1), shape


def _nailed(
    rng: Rng, colours: np.ndarray, tone: np.ndarray, along: np.ndarray, off: np.ndarray, dome: np.ndarray
) -> np.ndarray:
    """A finger's colours with its nail, smoother and rosier than skin, pale where it stands free."""
    flat = np.hypot(
        off / np.float32(rng.uniform(0.66, 0.76)), (along - 0.1) / np.float32(rng.uniform(0.78, 0.95))
    )
    plate = np.clip((1 - flat) * 9 + 0.5, 0, 1)[..., None]
    nail = tone * np.array([1.0, 0.94, 0.95], np.float32) * (0.72 + 0.32 * dome[..., None])
    free = np.clip(5 * (along - np.float32(rng.uniform(0.6, 0.8))), 0, 1)[..., None]
    nail += np.float32(rng.uniform(0.1, 0.4)) * free * (0.8 - nail)
    away = (off - np.float32(rng.uniform(-0.35, 0.35))) / np.float32(rng.uniform(0.12, 0.3))
    nail += np.float32(rng.uniform(0.0, 0.12)) * np.exp(-(away**2))[..., None]
    fold = np.exp(-(((flat - 1.03) / 0.09) ** 2)) * np.clip(0.8 - along, 0, 1)  # skin rises beside it
    return (colours + plate * (nail - colours)) * (1 - np.float32(rng.uniform(0.04, 0.13)) * fold[..., None])
