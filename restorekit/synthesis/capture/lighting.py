"""The light that falls on a page: a lamp's in a scanner; a lamp's, a window's and shadows before a camera."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import cv2
import numpy as np

from restorekit.synthesis.textures import Rng, choose, log_uniform, smooth_noise

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
SOFT = {"edge": ((0.015, 0.14), 0.01), "head": ((0.04, 0.11), 0.03), "phone": ((0.025, 0.07), 0.012)}
"""How soft they are, and how far their outlines stray, by the shorter side."""
TWO_LAMPS = 0.65
"""The share of shadows with a second, fainter one beside them."""


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
    size = max(2, width // 8), max(2, height // 8)
    across, down = _places(size[1], size[0])
    near = far = np.ones(3, np.float32)
    if look in BY_HAND:
        share = 0.5 * EVENED.get(look, 2.0)
        lamp = _lamp(rng, across, down)
        field = 1 + np.float32(share) * (lamp - 1)
        field *= 1 - np.float32(rng.uniform(0, 0.06) * share) * (across**2 + down**2)
        direct = (lamp - lamp.min()) / max(0.1, float(np.ptp(lamp)))
        if rng.random() < 0.4:
            dark = _shadow(rng, size[1], size[0])
            field *= 1 - np.float32(rng.uniform(*SHADED) * min(share, 1.0)) * dark
            direct *= 1 - dark
        near, far = (_tint(rng, share) for _ in range(2))  # where the lamp is far, a window's light is left
    else:  # a lamp that is not equally bright all along, a lid that does not shut
        field, direct = np.ones_like(across), np.ones_like(across)
        field *= 1 - np.float32(rng.uniform(0, 0.04)) * (1 + across * rng.choice([-1, 1])) / 2
        field *= 1 - np.float32(rng.uniform(0, 0.03)) * (1 + down * rng.choice([-1, 1])) / 2
    if shade is not None:
        bent = np.float32(EVENED.get(look, 1.0)) * (shade - 1)
        size = max(size[0], shade.shape[1]), max(size[1], shade.shape[0])
        field, direct, bent = (cv2.resize(one, size) for one in (field, direct, bent))
        field, direct = field * (1 + bent), direct + bent  # what turns to the lamp gets more of its colour
    field = np.maximum(field, 0) ** np.float32(GAMMA)
    if look in ("photo", "bleach"):  # whatever the light, cameras expose for a page that is bright
        field *= np.float32(rng.uniform(*EXPOSED) / float(field.mean()))
    lit = cv2.merge([field * (two + (one - two) * direct) for one, two in zip(near, far, strict=True)])
    return cv2.resize(lit, (width, height), interpolation=cv2.INTER_LINEAR)


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
    warmth = rng.uniform(0.03, 0.065) if rng.random() < 0.06 else rng.normal(0.008, 0.022)
    warmth *= share
    return np.array([1 + warmth, 1 + rng.normal(0, 0.006) * share, 1 - warmth], np.float32)


def _shadow(rng: Rng, height: int, width: int) -> np.ndarray:
    """Where who takes the picture, or an edge beside it, stands in the lamp's light: all of it at 1.

    It reaches in from one side: head and shoulders, a phone in a hand and its arm, or all from a line on. No
    outline is quite straight or round; it is the softer the farther from the page that is which throws it,
    and a second lamp throws a fainter one beside it.

    Returns:
        float32 ``(height, width)`` in [0, 1].
    """
    turn = np.pi / 2 + rng.normal(0, 1.3)  # mostly from below, where one stands
    kind, side = choose(rng, CASTS), float(min(height, width))
    out = np.array([np.cos(turn), np.sin(turn)])  # to where the shadow comes from
    middle = np.array([width, height]) / 2 + rng.normal(0, 0.18, 2) * side
    cast = np.zeros((height, width), np.uint8)
    soft, waver = SOFT[kind]
    WAYS[kind](rng, cast, middle, turn, out, side)
    inside = cv2.distanceTransform(cast, cv2.DIST_L2, 3) - cv2.distanceTransform(255 - cast, cv2.DIST_L2, 3)
    wavering = smooth_noise(rng, height, width, max(2.0, side * rng.uniform(0.2, 0.5)))
    whole = (inside + np.float32(waver * side) * wavering > 0).astype(np.float32)
    reach = side * log_uniform(rng, *soft)
    near, far = (cv2.GaussianBlur(whole, (0, 0), max(0.5, share * reach)) for share in (0.6, 1.6))
    across, down = _places(height, width)
    along = np.clip(0.5 + 0.5 * (np.float32(out[0]) * across + np.float32(out[1]) * down), 0, 1)
    dark = far + (near - far) * along  # an arm lies on the table
    if rng.random() < TWO_LAMPS:
        move = np.eye(2, 3, dtype=np.float32)
        move[:, 2] = (reach + side * rng.uniform(0.02, 0.08)) * rng.choice([-1, 1]) * out[::-1] * (-1, 1)
        beside = cv2.warpAffine(far, move, (width, height), borderMode=cv2.BORDER_REPLICATE)
        dark += np.float32(rng.uniform(0.2, 0.5)) * (beside - dark)
    return dark


def _head(rng: Rng, cast: np.ndarray, middle: np.ndarray, turn: float, out: np.ndarray, side: float) -> None:
    """Head and shoulders, and on to the edge."""
    radius, angle = side * rng.uniform(0.18, 0.36), np.rad2deg(turn)
    head = middle + out * side * rng.uniform(0.1, 0.45)
    _fill(cast, cv2.ellipse2Poly(_whole(head), _whole((1.15 * radius, 0.9 * radius)), int(angle), 0, 360, 6))
    shoulders = _whole(head + 2.3 * radius * out)
    _fill(cast, cv2.ellipse2Poly(shoulders, _whole((1.7 * radius, 2.4 * radius)), int(angle), 0, 360, 6))
    body = (head + (2.3 * radius + 2 * side) * out).tolist()
    _fill(cast, cv2.boxPoints((body, (4 * side, 4.6 * radius), angle)))


def _phone(rng: Rng, cast: np.ndarray, middle: np.ndarray, turn: float, out: np.ndarray, side: float) -> None:
    """A phone, the hand that holds it and its arm, which gets broader towards the elbow."""
    half, aside = side * rng.uniform(0.12, 0.22), np.array([-out[1], out[0]])
    hand = middle + out * side * rng.uniform(-0.1, 0.4)
    _fill(cast, cv2.boxPoints((hand.tolist(), (4 * half, 2 * half), np.rad2deg(turn) + rng.normal(0, 12))))
    wrist = hand + out * half + aside * half * rng.uniform(0.3, 1.0) * rng.choice([-1, 1])
    for finger in np.linspace(-0.7, 0.7, 4):
        tip = wrist + half * (finger * out - rng.uniform(0.2, 0.6) * aside)
        cv2.line(cast, _whole(wrist + half * finger * out), _whole(tip), 255, max(1, round(0.3 * half)))
    cv2.circle(cast, _whole(wrist), max(1, round(0.75 * half)), 255, -1)
    elbow = wrist + out * 2 * side + rng.normal(0, 0.3, 2) * side
    sleeve = 0.5 * half * np.array([1.0, 1.0, -2.2, -2.2])[:, None] * aside
    _fill(cast, np.array([wrist, wrist, elbow, elbow]) + sleeve * np.array([1, -1, 1, -1])[:, None])


def _edge(rng: Rng, cast: np.ndarray, middle: np.ndarray, turn: float, out: np.ndarray, side: float) -> None:
    """All from a line on."""
    start = middle + out * side * rng.uniform(-0.05, 0.35)
    _fill(cast, cv2.boxPoints(((start + 4 * side * out).tolist(), (8 * side, 16 * side), np.rad2deg(turn))))


def _whole(place: Sequence[float] | np.ndarray) -> tuple[int, int]:
    """A point as OpenCV draws it."""
    return round(float(place[0])), round(float(place[1]))


def _fill(cast: np.ndarray, outline: np.ndarray) -> None:
    cv2.fillPoly(cast, [np.round(outline).astype(np.int32)], 255)


WAYS = {"edge": _edge, "head": _head, "phone": _phone}
