"""The light that falls on a page: a lamp's in a scanner; a lamp's, a window's and shadows before a camera."""

from __future__ import annotations

import cv2
import numpy as np

from restorekit.synthesis.textures import Rng

BY_HAND = ("photo", "app", "bleach")
"""Looks of pages that are held before a camera, in a room's light."""
EVENED = {"app": 0.3, "bleach": 0.7}
"""What share of the shade of bends is left where an app evens light out; of the lamp's falling off half."""


def light(rng: Rng, height: int, width: int, look: str, shade: np.ndarray | None = None) -> np.ndarray:
    """How much light falls where, and of what colour.

    Args:
        rng: source of chance.
        height: of the picture in pixels.
        width: of the picture in pixels.
        look: see ``camera.Shot``.
        shade: float32 ``(h, w)`` of any size, what the page's own bends do to the light; None for flat ones.

    Returns:
        float32 ``(height, width, 3)``, about 1 for a scan, down to 0.4 in a photo's shadow.
    """
    small_height, small_width = max(2, height // 8), max(2, width // 8)
    tint = np.ones((1, 1, 3), np.float32)
    across, down = np.meshgrid(
        np.linspace(-1, 1, small_width, dtype=np.float32), np.linspace(-1, 1, small_height, dtype=np.float32)
    )
    if look in BY_HAND:
        share = 0.5 * EVENED.get(look, 2.0)
        lamp = _lamp(rng, across, down)
        field = 1 + np.float32(share) * (lamp - 1)
        field *= 1 - np.float32(rng.uniform(0, 0.06) * share) * (across**2 + down**2)
        if rng.random() < 0.4:
            field *= _shadow(rng, across, down, share)
        if look != "app":  # whatever the light, cameras expose for a page that is bright and not burnt out
            field *= rng.uniform(0.64, 0.93) / float(field.mean())
        near, far = (_tint(rng, share) for _ in range(2))  # where the lamp is far, a window's light is left
        tint = far + (near - far) * lamp[..., None]
    else:  # a lamp that is not equally bright all along, a lid that does not shut
        field = np.ones_like(across)
        field *= 1 - np.float32(rng.uniform(0, 0.04)) * (1 + across * rng.choice([-1, 1])) / 2
        field *= 1 - np.float32(rng.uniform(0, 0.03)) * (1 + down * rng.choice([-1, 1])) / 2
    if shade is not None:
        share = EVENED.get(look, 1.0)
        rows, columns = max(small_height, shade.shape[0]), max(small_width, shade.shape[1])
        field, tint = (cv2.resize(one, (columns, rows)) if one.size > 3 else one for one in (field, tint))
        field = field * (1 + np.float32(share) * (cv2.resize(shade, (columns, rows)) - 1))
    return cv2.resize(field[..., None] * tint, (width, height), interpolation=cv2.INTER_LINEAR)


def _lamp(rng: Rng, across: np.ndarray, down: np.ndarray) -> np.ndarray:
    """The light of a lamp or a window beside the page, weaker with distance, 1 where it is brightest."""
    turn, away = rng.uniform(0, 2 * np.pi), rng.uniform(0.3, 2.5)
    x, y = np.float32(away * np.cos(turn)), np.float32(away * np.sin(turn))
    lamp = 1 / (1 + np.float32(rng.uniform(0.005, 0.09)) * ((across - x) ** 2 + (down - y) ** 2))
    return lamp / lamp.max()


def _tint(rng: Rng, share: float) -> np.ndarray:
    """The colour of a light that the camera did not quite even out: float32 ``(3,)``.

    A little yellowish on the whole, often near grey, by lamplight far yellower; hardly ever green or magenta.
    """
    warmth = rng.uniform(0.03, 0.065) if rng.random() < 0.06 else rng.normal(0.008, 0.018)
    warmth *= share
    return np.array([1 + warmth, 1 + rng.normal(0, 0.006) * share, 1 - warmth], np.float32)


def _shadow(rng: Rng, across: np.ndarray, down: np.ndarray, share: float) -> np.ndarray:
    """The soft shadow of a hand or a phone."""
    turn = rng.uniform(0, 2 * np.pi)
    distance = np.cos(turn) * across + np.sin(turn) * down + 0.15 * np.sin(3 * across + rng.uniform(0, 6))
    soft = rng.uniform(0.03, 0.35)
    inside = 1 / (1 + np.exp(-np.clip((distance - rng.uniform(0.0, 0.8)) / soft, -30, 30)))
    return (1 - rng.uniform(0.08, 0.4) * share * inside).astype(np.float32)
