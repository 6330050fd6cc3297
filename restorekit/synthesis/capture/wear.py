"""What use leaves on a page here and there: thumbed corners, dust, rubbed patches, a grey edge, staples.

Paper is alike all over only where it lies new in its packet. All of it darkens the page, so it is one share
of the light that is left, made in small windows: most of a page stays as it was.
"""

from __future__ import annotations

import cv2
import numpy as np

from restorekit.synthesis.textures import Rng, fractal_noise, log_uniform, smooth_noise

CHANCES = {"thumbed": 0.1, "dusty": 0.3, "rubbed": 0.05, "edge": 0.08, "dog_ear": 0.05, "stapled": 0.09}
"""How often a page has each."""
LOOSE = ("stapled",)
"""What leaves of books and pads do not have."""
GRIME = (0.88, 0.95, 1.0)
"""What hands leave takes less of red than of blue: it is a brownish grey."""
STAPLE = (12.0, 0.5)
"""Length and thickness of an office staple (24/6) in millimetres."""
A4 = 210.0
"""Width of a page in millimetres."""
COARSE = 6
"""Patches change over centimetres: they are drawn so many times smaller."""


def wear(rng: Rng, paper: np.ndarray, *, bound: bool = False) -> None:
    """Let a page have been used, a loose one or a ``bound`` one.

    It is float32 ``(H, W, 3)`` reflectance and changed in place.
    """
    for name, chance in CHANCES.items():
        if rng.random() < chance and not (bound and name in LOOSE):
            WAYS[name](rng, paper)


def _window(paper: np.ndarray, x: float, y: float, reach: float) -> tuple[slice, slice]:
    """The rows and columns of ``paper`` within ``reach`` pixels of a point."""
    height, width = paper.shape[:2]
    rows, columns = (
        np.clip([y - reach, y + reach + 1], 0, height),
        np.clip([x - reach, x + reach + 1], 0, width),
    )
    return slice(int(rows[0]), int(rows[1])), slice(int(columns[0]), int(columns[1]))


def _darken(paper: np.ndarray, window: tuple[slice, slice], share: np.ndarray, strength: float) -> None:
    """Take grime's share of the light off a window; ``share`` is float32 ``(h, w)`` in [0, 1]."""
    paper[window] *= 1 - share[..., None] * (np.float32(strength) * np.array(GRIME, np.float32))


def _patch(
    rng: Rng, paper: np.ndarray, place: tuple[float, float], radii: tuple[float, float], strength: float
) -> None:
    """A grey patch about a point, a little uneven and without an edge; all in pixels."""
    window = _window(paper, *place, 2.2 * max(radii))
    height, width = paper[window].shape[:2]
    if min(height, width) < 2:
        return
    rows, columns = max(2, height // COARSE), max(2, width // COARSE)
    turn = rng.uniform(0, np.pi)
    across = np.linspace(window[1].start, window[1].stop, columns, dtype=np.float32)[None] - place[0]
    down = np.linspace(window[0].start, window[0].stop, rows, dtype=np.float32)[:, None] - place[1]
    along, off = np.cos(turn) * across + np.sin(turn) * down, np.cos(turn) * down - np.sin(turn) * across
    hills = fractal_noise(rng, rows, columns, max(2.0, max(radii) / COARSE), 3)
    share = np.exp(-((along / radii[0]) ** 2) - (off / radii[1]) ** 2) * np.clip(0.8 + 0.35 * hills, 0, 1.5)
    share = cv2.resize(share.astype(np.float32), (width, height), interpolation=cv2.INTER_LINEAR)
    _darken(paper, window, np.clip(share, 0, 1), strength)


def _thumbed(rng: Rng, paper: np.ndarray) -> None:
    """Where a page is turned it is grey: mostly at its lower outer corner, some at another edge too."""
    height, width = paper.shape[:2]
    unit = width / A4
    for _ in range(int(rng.integers(1, 4))):
        x = width * (1.0 if rng.random() < 0.75 else 0.0)
        y = height * (rng.uniform(0.85, 1.0) if rng.random() < 0.7 else rng.uniform(0, 0.85))
        radii = unit * rng.uniform(8, 28), unit * rng.uniform(8, 40)
        _patch(rng, paper, (x, y), radii, log_uniform(rng, 0.02, 0.1))


def _rubbed(rng: Rng, paper: np.ndarray) -> None:
    """Where something was rubbed out, or a hand with graphite on it lay: long faint patches."""
    height, width = paper.shape[:2]
    unit = width / A4
    for _ in range(int(rng.integers(1, 6))):
        x, y = rng.uniform(0.05, 0.95) * width, rng.uniform(0.05, 0.95) * height
        long = unit * log_uniform(rng, 8, 45)
        _patch(rng, paper, (x, y), (long, long * rng.uniform(0.2, 0.7)), log_uniform(rng, 0.015, 0.07))


def _dusty(rng: Rng, paper: np.ndarray) -> None:
    """Dust on the page and on the glass, in a few heaps and strewn, most of it pale; hairs and smears."""
    height, width = paper.shape[:2]
    unit = width / A4
    heaps = rng.uniform(0, 1, (int(rng.integers(1, 5)), 2)) * (width, height)
    spreads = width * np.exp(rng.uniform(np.log(0.06), np.log(0.4), len(heaps)))
    count = int(log_uniform(rng, 3, 160))
    heap = rng.choice(len(heaps), count, p=rng.dirichlet(np.ones(len(heaps))))
    strewn = rng.random(count) < rng.uniform(0.2, 0.7)
    places = heaps[heap] + spreads[heap, None] * rng.normal(0, 1, (count, 2))
    places[strewn] = rng.uniform(0, 1, (int(strewn.sum()), 2)) * (width, height)
    sizes = unit * np.minimum(0.05 * np.exp(rng.normal(0, 0.8, count)), 0.25)  # half: 0.06 to 0.17 mm across
    longs = np.exp(np.minimum(np.abs(rng.normal(0, 0.7, count)), 1.4))  # grains, flakes and bits of fibre
    darks = rng.beta(1.1, 4.0, count)  # what lies out of the glass's focus is pale; little is toner
    for place, size, long, dark in zip(places.tolist(), sizes, longs, darks, strict=True):
        _speck(rng, paper, (place[0], place[1]), (size * long, size), dark)
    for _ in range(int(rng.integers(1, 3)) if rng.random() < 0.12 else 0):
        _hair(rng, paper, unit)
    for _ in range(int(rng.integers(1, 4)) if rng.random() < 0.3 else 0):
        x, y, long = rng.uniform(0, width), rng.uniform(0, height), unit * log_uniform(rng, 1.5, 12)
        _patch(rng, paper, (x, y), (long, unit * rng.uniform(0.2, 0.8)), log_uniform(rng, 0.04, 0.25))


def _speck(
    rng: Rng, paper: np.ndarray, place: tuple[float, float], radii: tuple[float, float], dark: float
) -> None:
    """A grain of dust: lies any way, has a soft edge and, smaller than a pixel, darkens only some of it."""
    window = _window(paper, *place, 2 * max(radii) + 2)
    part = paper[window]
    if part.size == 0:
        return
    across = np.arange(window[1].start, window[1].stop)[None] - place[0]
    down = np.arange(window[0].start, window[0].stop)[:, None] - place[1]
    turn = rng.uniform(0, np.pi)
    along, off = np.cos(turn) * across + np.sin(turn) * down, np.cos(turn) * down - np.sin(turn) * across
    wide = [np.hypot(radius, 0.5) for radius in radii]  # no pixel sees less than its own breadth
    share = np.exp(-0.7 * (np.hypot(along / wide[0], off / wide[1]) ** 3))
    full = dark * min(1.0, (radii[0] / wide[0]) * (radii[1] / wide[1]))
    part *= 1 - (full * share)[..., None].astype(np.float32)


def _hair(rng: Rng, paper: np.ndarray, unit: float) -> None:
    """A hair, a curl or a bit of lint, 0.8 to 25 mm long and a tenth of one wide, paler at its ends."""
    height, width = paper.shape[:2]
    length, turn = unit * log_uniform(rng, 0.8, 25), rng.uniform(0, 2 * np.pi)
    bend, unrest = rng.normal(0, 0.1) * log_uniform(rng, 0.3, 3), log_uniform(rng, 0.02, 0.4)
    turns = turn + np.cumsum(rng.normal(0, unrest, 16)) + bend * np.arange(16)
    steps = length / 16 * np.stack([np.cos(turns), np.sin(turns)], 1)
    points = np.cumsum(steps, 0) + (rng.uniform(0, width), rng.uniform(0, height))
    x, y = points.mean(0).tolist()
    window = _window(paper, x, y, float(np.ptp(points, axis=0).max()) + 4)
    part, corner = paper[window], (window[1].start, window[0].start)
    if part.size == 0:
        return
    cover, whole = np.zeros(part.shape[:2], np.uint8), np.round((points - corner) * 16).astype(np.int32)
    for place, one in enumerate(np.sin(np.linspace(0.25, np.pi - 0.25, 15)) ** rng.uniform(0.2, 1.5)):
        pair = tuple(whole[place].tolist()), tuple(whole[place + 1].tolist())
        cv2.line(cover, *pair, round(255 * one), 1, cv2.LINE_AA, 4)
    share = cover.astype(np.float32) / 255 * np.float32(log_uniform(rng, 0.05, 0.5))
    share = cv2.GaussianBlur(share, (0, 0), log_uniform(rng, 0.3, 1.2))  # out of the glass's focus, some
    part *= 1 - share[..., None]


def _edge(rng: Rng, paper: np.ndarray) -> None:
    """An edge that is grey: yellowed, dirty, or with the shade of a lid or a spine beside it."""
    height, width = paper.shape[:2]
    unit = width / A4
    upright = rng.random() < 0.65
    length, tall = (height, width) if upright else (width, height)
    reach = unit * log_uniform(rng, 3, 18)
    deep = min(tall, int(5 * reach))
    away = np.arange(deep, dtype=np.float32)[None]
    waver = reach * np.clip(1 + 0.3 * smooth_noise(rng, length, 2, length / 4)[:, :1], 0.4, 2)
    depth = np.clip(0.8 + 0.3 * smooth_noise(rng, length, 2, length / 6)[:, :1], 0.1, 1)
    share, inside = depth * np.exp(-away / waver), slice(0, deep)
    if rng.random() < 0.5:
        share, inside = share[:, ::-1], slice(tall - deep, tall)
    strength = log_uniform(rng, 0.04, 0.25)
    if upright:
        _darken(paper, (slice(None), inside), share, strength)
    else:
        _darken(paper, (inside, slice(None)), share.T, strength)


def _dog_ear(rng: Rng, paper: np.ndarray) -> None:
    """A corner that was bent over and back: a line across it, darker on one side and lighter on the other."""
    height, width = paper.shape[:2]
    unit = width / A4
    right, low = rng.random() < 0.7, rng.random() < 0.6
    legs = unit * rng.uniform(8, 35) * np.exp(rng.normal(0, 0.2, 2))
    rows, columns = int(min(height, 1.3 * legs[1])), int(min(width, 1.3 * legs[0]))
    down = np.arange(rows, dtype=np.float32)[:, None] / np.float32(legs[1])
    across = np.arange(columns, dtype=np.float32)[None] / np.float32(legs[0])
    off = (across + down - 1) * np.float32(legs.mean() / np.sqrt(2))  # pixels beyond the fold
    sharp = unit * rng.uniform(0.25, 0.6)
    line = np.exp(-((off / sharp) ** 2)) * np.clip(
        0.75 + 0.4 * smooth_noise(rng, rows, columns, 3 * unit), 0, 1
    )
    tilt = np.where(off < 0, np.exp(off / (12 * unit)), 0) * np.float32(rng.uniform(-0.05, 0.04))
    shade = 1 - np.float32(rng.uniform(0.06, 0.2)) * line + tilt
    shade = shade[::-1] if low else shade
    shade = shade[:, ::-1] if right else shade
    window = (
        slice(height - rows if low else 0, height if low else rows),
        slice(width - columns if right else 0, width if right else columns),
    )
    paper[window] *= shade[..., None].astype(np.float32)


def _stapled(rng: Rng, paper: np.ndarray) -> None:
    """A staple through the upper left corner, or the holes that one has left."""
    unit = paper.shape[1] / A4
    x, y = unit * rng.uniform(7, 14), unit * rng.uniform(6, 13)
    turn = np.deg2rad(rng.choice([-45.0, 0.0, 90.0], p=[0.5, 0.35, 0.15]) + rng.normal(0, 7))
    half = 0.5 * STAPLE[0] * unit * np.array([np.cos(turn), np.sin(turn)])
    ends = [((x, y) + side * half) for side in (-1, 1)]
    if rng.random() < 0.45:
        for end in ends:
            centre = tuple(np.round(end * 16).astype(int).tolist())
            cv2.circle(paper, centre, round(16 * 0.35 * unit), (0.35, 0.34, 0.33), -1, cv2.LINE_AA, 4)
        return
    thick = max(1, round(STAPLE[1] * unit))
    for lift, level in ((0.35 * unit, 0.7), (0.0, rng.uniform(0.4, 0.62))):  # its shadow, then itself
        a, b = (tuple(np.round((end + lift) * 16).astype(int).tolist()) for end in ends)
        cv2.line(paper, a, b, (level, level, level), thick, cv2.LINE_AA, 4)
    a, b = (tuple(np.round((end - 0.12 * unit) * 16).astype(int).tolist()) for end in ends)
    cv2.line(paper, a, b, (0.85, 0.86, 0.88), 1, cv2.LINE_AA, 4)  # the light along its back


WAYS = {
    "thumbed": _thumbed,
    "dusty": _dusty,
    "rubbed": _rubbed,
    "edge": _edge,
    "dog_ear": _dog_ear,
    "stapled": _stapled,
}
