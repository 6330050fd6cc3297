"""The light that falls on a page: a lamp's in a scanner; a lamp's, a window's and shadows before a camera."""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np

from restorekit.synthesis.textures import Rng, choose

BY_HAND = ("photo", "app", "bleach")
"""Looks of pages that are held before a camera, in a room's light."""
EVENED = {"app": 0.3, "bleach": 0.7}
"""What share of the shade of bends is left where an app evens light out; of the lamp's falling off half."""
GAMMA = 1 / 2.2
"""Levels follow light by this power: what is lit half as much is 0.73 as bright in a picture."""
SHADED, EXPOSED = (0.1, 0.5), (0.72, 0.93)
"""What share of the light a shadow takes, and how bright cameras make a page, of white."""
CASTS = {"edge": 0.45, "head": 0.3, "phone": 0.25}
"""What throws shadows on photographed pages."""


def light(rng: Rng, height: int, width: int, look: str, shade: np.ndarray | None = None) -> np.ndarray:
    """How much light falls where, and of what colour.

    Args:
        rng: source of chance.
        height: of the picture in pixels.
        width: of the picture in pixels.
        look: see ``shots.Shot``.
        shade: float32 ``(h, w)`` of any size, what the page's own bends do to the light; None for flat ones.

    Returns:
        float32 ``(height, width, 3)``, about 1 for a scan, down to 0.4 in a photo's shadow.
    """
    small_height, small_width = max(2, height // 8), max(2, width // 8)
    tint = np.ones((1, 1, 3), np.float32)
    across, down = _places(small_height, small_width)
    if look in BY_HAND:
        share = 0.5 * EVENED.get(look, 2.0)
        lamp = _lamp(rng, across, down)
        field = 1 + np.float32(share) * (lamp - 1)
        field *= 1 - np.float32(rng.uniform(0, 0.06) * share) * (across**2 + down**2)
        if rng.random() < 0.4:
            field *= _shadow(rng, small_height, small_width, share)
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
    field = np.maximum(field, 0) ** np.float32(GAMMA)
    if look in ("photo", "bleach"):  # whatever the light, cameras expose for a page that is bright
        field *= np.float32(rng.uniform(*EXPOSED) / float(field.mean()))
    return cv2.resize(field[..., None] * tint, (width, height), interpolation=cv2.INTER_LINEAR)


@lru_cache(maxsize=2)
def _places(height: int, width: int) -> tuple[np.ndarray, np.ndarray]:
    """Where each pixel is, from -1 to 1 across and down: float32 ``(height, width)`` each."""
    sides = (np.linspace(-1, 1, side, dtype=np.float32) for side in (width, height))
    across, down = np.meshgrid(*sides)
    return across, down


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


def _shadow(rng: Rng, height: int, width: int, share: float) -> np.ndarray:
    """The soft shadow of who takes the picture, or of an edge beside it: float32 ``(height, width)``.

    It reaches in from one side: head and shoulders, a phone and the arm that holds it, or all from a line on.
    """
    turn = np.pi / 2 + rng.normal(0, 1.3)  # mostly from below, where one stands
    kind, side = choose(rng, CASTS), float(min(height, width))
    out = np.array([np.cos(turn), np.sin(turn)])  # to where the shadow comes from
    middle = np.array([width, height]) / 2 + rng.normal(0, 0.18, 2) * side
    cast = np.zeros((height, width), np.uint8)
    angle = np.rad2deg(turn)
    if kind == "head":
        radius, soft = side * rng.uniform(0.18, 0.36), rng.uniform(0.045, 0.14)
        head = middle + out * side * rng.uniform(0.1, 0.45)
        _ellipse(cast, head, (1.15 * radius, 0.9 * radius), angle)
        _ellipse(cast, head + 2.3 * radius * out, (1.7 * radius, 2.4 * radius), angle)
        body = cv2.boxPoints(
            ((head + (2.3 * radius + 2 * side) * out).tolist(), (4 * side, 4.6 * radius), angle)
        )
        cv2.fillPoly(cast, [np.round(body).astype(np.int32)], 255)  # and on to the edge
    elif kind == "phone":
        half, soft = side * rng.uniform(0.12, 0.22), rng.uniform(0.025, 0.08)
        hand = middle + out * side * rng.uniform(-0.1, 0.4)
        box = cv2.boxPoints((hand.tolist(), (4 * half, 2 * half), angle + rng.normal(0, 12)))
        cv2.fillPoly(cast, [np.round(box).astype(np.int32)], 255)
        elbow = hand + out * 2 * side + rng.normal(0, 0.3, 2) * side
        ends = [tuple(np.round(one).astype(int).tolist()) for one in (hand + out * half, elbow)]
        cv2.line(cast, ends[0], ends[1], 255, max(1, round(1.3 * half)))
    else:
        soft = rng.uniform(0.015, 0.16)
        start = middle + out * side * rng.uniform(-0.05, 0.35)
        box = cv2.boxPoints(((start + 4 * side * out).tolist(), (8 * side, 16 * side), angle))
        cv2.fillPoly(cast, [np.round(box).astype(np.int32)], 255)
    dark = cv2.GaussianBlur(cast.astype(np.float32), (0, 0), max(0.5, soft * side)) / 255
    return np.asarray(1 - np.float32(rng.uniform(*SHADED) * min(share, 1.0)) * dark)


def _ellipse(cast: np.ndarray, centre: np.ndarray, axes: tuple[float, float], angle: float) -> None:
    """Fill an ellipse; its first axis lies along ``angle``, degrees."""
    cv2.ellipse(cast, (tuple(centre.tolist()), (2 * axes[0], 2 * axes[1]), angle), 255, -1)
