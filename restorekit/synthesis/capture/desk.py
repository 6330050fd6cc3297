"""What a page lies on, out of focus, with the page's shadow beside it."""

from __future__ import annotations

import cv2
import numpy as np

from restorekit.synthesis.textures import Rng, choose, fractal_noise, in_colours, log_uniform, smooth_noise

KINDS = {"wood": 0.5, "plain": 0.22, "cloth": 0.13, "clutter": 0.15}

WOODS = (
    ((218, 184, 138), (184, 142, 94)),  # pine
    ((196, 158, 112), (150, 110, 70)),  # oak
    ((160, 106, 70), (118, 72, 46)),  # cherry
    ((118, 82, 58), (72, 48, 34)),  # walnut
    ((66, 42, 36), (42, 26, 24)),  # stained
    ((188, 182, 172), (160, 152, 142)),  # grey laminate
)
"""Light and dark wood of a board, R, G, B."""

PLAINS = ((236, 235, 231), (205, 200, 190), (150, 150, 148), (62, 63, 66), (28, 28, 30), (72, 84, 98))
"""Laminate, stone, plastic and a scanner's lid, R, G, B."""

ASIDE = (0.4, 2.0)
"""How far the sheets of a heap stick out from below each other, millimetres."""

DEEP = (0.15, 0.9)
"""How far the rim of a hole throws its shadow, millimetres: a sheet is 0.1 mm thick and lies almost flat."""

CLOTHS = ((190, 180, 165), (120, 118, 116), (70, 80, 100), (110, 70, 66), (216, 214, 208), (78, 92, 78))
"""Tablecloths, blankets and carpets, R, G, B."""


def make_desk(rng: Rng, height: int, width: int) -> np.ndarray:
    """What the page lies on: boards, a plain top, cloth, or things that nobody cleared away.

    Returns:
        float32 ``(height, width, 3)`` reflectance in [0, 1].
    """
    small = (max(8, height // 2), max(8, width // 2))  # it is never quite in focus
    kind = choose(rng, KINDS)
    makers = {"wood": _wood, "plain": _plain, "cloth": _cloth, "clutter": _clutter}
    desk = makers[kind](rng, *small)
    millimetre = max(small) / 300
    if kind != "clutter":
        desk = cv2.GaussianBlur(desk, (0, 0), millimetre * log_uniform(rng, 0.1, 1.2))
    desk *= np.float32(rng.uniform(0.75, 1.1))
    return np.clip(cv2.resize(desk, (width, height), interpolation=cv2.INTER_LINEAR), 0, 1)


def make_lid(rng: Rng, height: int, width: int) -> np.ndarray:
    """A scanner's lid, white or grey with age, or the dark where it stands open; like ``make_desk``."""
    tone = rng.uniform(0.02, 0.12) if rng.random() < 0.35 else rng.uniform(0.72, 0.98)
    tones = (tone, tone, tone * rng.uniform(0.96, 1.0))
    return cv2.merge([np.full((height, width), one, np.float32) for one in tones])


def lay_on(
    rng: Rng,
    page: np.ndarray,
    outside: np.ndarray,
    desk: np.ndarray,
    *,
    lift: float = 1.0,
    millimetre: float = 0.0,
) -> np.ndarray:
    """A page on a desk that its edges shade: softly and wide where it rises, a thin line where it touches.

    Args:
        rng: source of chance.
        page: float32 ``(H, W, 3)`` reflectance.
        outside: float32 ``(H, W)``, what share of a pixel shows the desk.
        desk: float32 ``(H, W, 3)`` reflectance.
        lift: how far it lies below the page, of a loose sheet's distance: a lid is pressed on the page.
        millimetre: pixels; 0 where all of an A4 page is seen.

    Returns:
        float32 ``(H, W, 3)``.
    """
    height, width = outside.shape
    small = cv2.resize(1 - outside, (max(2, width // 4), max(2, height // 4)), interpolation=cv2.INTER_AREA)
    millimetre = millimetre or width / 210  # paper casts a shadow of a few
    soft = millimetre * max(0.35, lift * log_uniform(rng, 0.5, 3))
    turn, far = rng.uniform(0, 2 * np.pi), soft * rng.uniform(0.5, 1.6) / 4  # from where light comes least
    away = far * np.cos(turn), far * np.sin(turn)
    cast = cv2.GaussianBlur(small, (0, 0), soft / 4)
    move = np.array([[1, 0, away[0]], [0, 1, away[1]]], np.float32)
    cast = cv2.warpAffine(cast, move, cast.shape[::-1], borderMode=cv2.BORDER_REPLICATE)
    cast = cv2.resize(cast, (width, height), interpolation=cv2.INTER_LINEAR)
    light = 1 - np.float32(rng.uniform(0.3, 0.85)) * cast
    near = cv2.GaussianBlur(outside, (0, 0), max(0.8, millimetre * rng.uniform(0.12, 0.4)))  # a few sheets'
    light *= 1 - np.float32(rng.uniform(0.4, 1.2)) * np.maximum(0.9 - near, 0)
    rim = 1 - np.float32(rng.uniform(-0.05, 0.25)) * near  # cut edges are rounded and catch light or lose it
    edge = cv2.GaussianBlur(outside, (3, 3), 0)
    laid = page * in_colours(rim * (1 - edge))
    laid += desk * in_colours(light * edge)
    return laid


def heap(rng: Rng, page: np.ndarray, outside: np.ndarray, desk: np.ndarray) -> np.ndarray:
    """A desk with further sheets of the page's paper on it, of which their edges stick out below the page.

    Args:
        rng: source of chance.
        page: float32 ``(H, W, 3)`` reflectance.
        outside: float32 ``(H, W)``, what share of a pixel is not the page's.
        desk: float32 ``(H, W, 3)`` reflectance.

    Returns:
        float32 ``(H, W, 3)``.
    """
    height, width = outside.shape
    tone = np.quantile(page[::16, ::16].reshape(-1, 3), 0.7, axis=0).astype(np.float32)
    for _ in range(int(rng.choice([1, 1, 2]))):
        move = cv2.getRotationMatrix2D((width / 2, height / 2), rng.normal(0, 0.25), 1.0)
        move[:, 2] += width / 210 * log_uniform(rng, *ASIDE) * rng.normal(0, 1, 2)
        below = cv2.warpAffine(outside, move, (width, height), borderMode=cv2.BORDER_REPLICATE)
        sheet = np.empty_like(page)
        sheet[:] = tone * np.float32(rng.uniform(0.9, 1.0))
        desk = lay_on(rng, sheet, below, desk, lift=0.3)
    return desk


def pierce(rng: Rng, page: np.ndarray, holes: np.ndarray, desk: np.ndarray, leaves: float) -> np.ndarray:
    """A page with holes through which the desk is seen, in the shadow of their rims; these stand up a little.

    Args:
        rng: source of chance.
        page: float32 ``(H, W, 3)`` reflectance.
        holes: float32 ``(H, W)``, what share of a pixel is a hole's.
        desk: float32 ``(H, W, 3)`` reflectance.
        leaves: the chance that the next sheet of a heap is seen instead, alike, and what is on it.

    Returns:
        float32 ``(H, W, 3)``.
    """
    millimetre = page.shape[1] / 210  # of an A4 page
    left, top, wide, tall = cv2.boundingRect((holes > 0).astype(np.uint8))
    reach = int(4 * millimetre) + 2
    part = (slice(max(0, top - reach), top + tall + reach), slice(max(0, left - reach), left + wide + reach))
    page, own, below, holes = page.copy(), page[part], desk[part], holes[part]
    if rng.random() < leaves:
        inwards = millimetre * rng.uniform(12, 20) * (1 if 2 * left < page.shape[1] else -1)
        up = millimetre * rng.normal()
        move = np.array([[1, 0, -inwards - part[1].start], [0, 1, -up - part[0].start]])
        below = cv2.warpAffine(page, move, own.shape[1::-1], borderMode=cv2.BORDER_REPLICATE)
        below *= np.float32(rng.uniform(0.85, 0.97))
    turn, deep = rng.uniform(0, 2 * np.pi), millimetre * log_uniform(rng, *DEEP)
    toward = cv2.GaussianBlur(_moved(holes, turn, deep), (0, 0), max(0.5, 0.5 * deep))
    broad = millimetre * rng.uniform(0.2, 0.4)
    burr = cv2.GaussianBlur(holes, (0, 0), max(0.6, broad))
    slope = _moved(burr, turn, broad) - _moved(burr, turn + np.pi, broad)  # a punch bends the rim down
    rim = own * in_colours(1 + np.float32(rng.uniform(0.04, 0.22)) * slope)
    shade = 1 - np.float32(rng.uniform(0.3, 0.8)) * (1 - toward)
    page[part] = np.clip(rim + in_colours(holes) * (below * in_colours(shade) - rim), 0, 1)
    return page


def _moved(share: np.ndarray, turn: float, far: float) -> np.ndarray:
    """A plane ``(H, W)``, moved by ``far`` pixels in the direction ``turn``, radians."""
    move = np.array([[1, 0, far * np.cos(turn)], [0, 1, far * np.sin(turn)]], np.float32)
    return cv2.warpAffine(share, move, share.shape[::-1])


def _wood(rng: Rng, height: int, width: int) -> np.ndarray:
    """Boards: pores and rings along one direction, that run around knots."""
    if rng.random() < 0.5:
        return np.ascontiguousarray(_board(rng, width, height).transpose(1, 0, 2))
    return _board(rng, height, width)


def _board(rng: Rng, height: int, width: int) -> np.ndarray:
    millimetre = max(height, width) / 300
    across, down = np.meshgrid(
        np.arange(width, dtype=np.float32) / np.float32(millimetre),
        np.arange(height, dtype=np.float32) / np.float32(millimetre),
    )
    ring = down + across * np.float32(rng.normal(0, 0.04))
    ring += np.float32(rng.uniform(1, 6)) * smooth_noise(rng, height, width, max(height, width) / 2.5)
    ring += np.float32(rng.uniform(0.2, 0.9)) * smooth_noise(rng, height, width, 25 * millimetre)
    eyes = np.zeros_like(ring)
    for _ in range(int(rng.choice([0, 0, 0, 1, 2]))):
        size = np.float32(rng.uniform(3, 9))
        x, y = rng.uniform(0, across[0, -1]), rng.uniform(0, down[-1, 0])
        aside = down - np.float32(y)
        near = ((across - np.float32(x)) / (3 * size)) ** 2 + (aside / size) ** 2
        ring -= size * aside / (np.abs(aside) + np.float32(1)) * np.exp(-near / 3)
        eyes += np.exp(-4 * near)
    lines = np.zeros_like(ring)
    for wide, weight in (
        (0.7, 0.3),
        (2.5, 0.5),
        (9.0, 0.7),
    ):  # pores, rings, boards' broad bands; millimetres
        rows = int(down[-1, 0] / wide) + 24
        texture = rng.standard_normal((rows, 7), dtype=np.float32)
        texture = texture[:, :1] + np.float32(0.7) * texture
        along = across * np.float32(6 / max(1.0, float(across[0, -1])))
        lines += np.float32(weight) * cv2.remap(
            texture, along, ring / np.float32(wide) + 8, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT_101
        )
    light, dark = (np.array(colour, np.float32) / 255 for colour in WOODS[int(rng.integers(0, len(WOODS)))])
    share = np.clip(np.float32(0.5) + np.float32(log_uniform(rng, 0.12, 0.3)) * lines, -0.3, 1.3)
    share += np.clip(1.5 * eyes, 0, 1.2) + np.float32(rng.uniform(0.1, 0.5)) * _pores(rng, height, width)
    return light + (dark - light) * share[..., None]


def _pores(rng: Rng, height: int, width: int) -> np.ndarray:
    """Cut vessels, dark dashes along the grain of 3 to 12 mm: float32 ``(height, width)``, mostly 0."""
    long = max(height, width) / 300 * rng.uniform(3, 12)
    dashes = rng.standard_normal((height, max(2, round(width / long))), dtype=np.float32)
    dashes = np.maximum(dashes - np.float32(1.2), 0)
    return cv2.resize(dashes, (width, height), interpolation=cv2.INTER_LINEAR)


def _plain(rng: Rng, height: int, width: int) -> np.ndarray:
    colour = np.array(PLAINS[int(rng.integers(0, len(PLAINS)))], np.float32) / 255
    field = np.float32(0.02) * fractal_noise(rng, height, width, max(height, width) / 3)
    strength = rng.uniform(0.02, 0.06) if rng.random() < 0.25 else rng.uniform(0, 0.015)  # stone's speckle
    field += np.float32(strength) * smooth_noise(rng, height, width, 2)
    return colour * (1 + field[..., None])


def _cloth(rng: Rng, height: int, width: int) -> np.ndarray:
    """A weave of two threads, a millimetre or two apart, in soft folds."""
    colour = np.array(CLOTHS[int(rng.integers(0, len(CLOTHS)))], np.float32) / 255
    wave = np.float32(2 * np.pi / max(2.5, max(height, width) / 300 * rng.uniform(0.8, 2)))
    bend = 3 * smooth_noise(rng, height, width, max(height, width) / 3)
    across, down = np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32)[:, None]
    weave = np.sin(wave * (across + bend)) * np.sin(wave * (down + bend))
    field = np.float32(rng.uniform(0.05, 0.16)) * weave
    field += np.float32(0.05) * smooth_noise(rng, height, width, max(height, width) / 4)
    field += np.float32(0.05) * smooth_noise(rng, height, width, 2)
    return colour * (1 + field[..., None])


def _clutter(rng: Rng, height: int, width: int) -> np.ndarray:
    """A desk with things on it, far out of focus."""
    desk = _wood(rng, height, width) if rng.random() < 0.5 else _plain(rng, height, width)
    for _ in range(int(rng.integers(3, 9))):
        grey = rng.uniform(0.05, 0.95)
        colour = np.clip(grey + rng.normal(0, 0.06, 3), 0.02, 1).tolist()
        centre = (rng.uniform(0, width), rng.uniform(0, height))
        size = [max(height, width) * log_uniform(rng, 0.03, 0.5) for _ in range(2)]
        if rng.random() < 0.3:
            box = (centre, size, rng.uniform(0, 180))
            cv2.ellipse(desk, box, colour, -1)
        else:
            corners = cv2.boxPoints((centre, size, rng.uniform(0, 180)))
            cv2.fillConvexPoly(desk, corners.astype(np.int32), colour)
    return cv2.GaussianBlur(desk, (0, 0), max(height, width) / 300 * log_uniform(rng, 2, 7))
