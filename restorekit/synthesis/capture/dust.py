"""Specks on a page or on a copier's glass: dust, hairs and smears, grains of toner, a drum's own marks."""

from __future__ import annotations

import cv2
import numpy as np

from restorekit.synthesis.capture.patches import patch, window_of
from restorekit.synthesis.textures import A4, Rng, log_uniform

TURN = (63.0, 95.0)
"""How far a drum or a roller goes with a turn, millimetres: those of copiers are 20 to 30 mm thick."""


def dusty(rng: Rng, paper: np.ndarray) -> None:
    """Dust on the page and on the glass, in a few heaps and strewn, most of it pale; hairs and smears."""
    height, width = paper.shape[:2]
    unit = width / A4
    heaps = rng.uniform(0, 1, (int(rng.integers(1, 5)), 2)) * (width, height)
    spreads = width * np.exp(rng.uniform(np.log(0.02), np.log(0.3), len(heaps)))
    count = int(log_uniform(rng, 2, 90))
    heap = rng.choice(len(heaps), count, p=rng.dirichlet(np.ones(len(heaps))))
    strewn = rng.random(count) < rng.uniform(0.05, 0.4)
    places = heaps[heap] + spreads[heap, None] * rng.normal(0, 1, (count, 2))
    places[strewn] = rng.uniform(0, 1, (int(strewn.sum()), 2)) * (width, height)
    sizes = unit * np.minimum(0.045 * np.exp(rng.normal(0, 1.0, count)), 0.4)  # half: 0.05 to 0.18 mm across
    longs = np.exp(np.minimum(np.abs(rng.normal(0, 0.7, count)), 1.4))  # grains, flakes and bits of fibre
    darks = rng.beta(1.1, 4.0, count)  # what lies out of the glass's focus is pale; little is toner
    _specks(rng, paper, places, sizes, darks, longs)
    for _ in range(int(rng.integers(1, 3)) if rng.random() < 0.12 else 0):
        hair(rng, paper, unit)
    for _ in range(int(rng.integers(1, 4)) if rng.random() < 0.3 else 0):
        x, y, long = rng.uniform(0, width), rng.uniform(0, height), unit * log_uniform(rng, 1.5, 12)
        patch(rng, paper, (x, y), (long, unit * rng.uniform(0.2, 0.8)), log_uniform(rng, 0.04, 0.25))


def _specks(
    rng: Rng,
    paper: np.ndarray,
    places: np.ndarray,
    sizes: np.ndarray,
    darks: np.ndarray,
    longs: np.ndarray | None = None,
) -> None:
    """Many grains, each of its place, radius and darkness, round or so many times as long as wide."""
    longs = np.ones(len(places)) if longs is None else longs
    for place, size, long, dark in zip(places.tolist(), sizes, longs, darks, strict=True):
        _speck(rng, paper, (place[0], place[1]), (size * long, size), dark)


def _speck(
    rng: Rng, paper: np.ndarray, place: tuple[float, float], radii: tuple[float, float], dark: float
) -> None:
    """A grain of dust: lies any way, has a soft edge and, smaller than a pixel, darkens only some of it."""
    window = window_of(paper, *place, 2 * max(radii) + 2)
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


def hair(rng: Rng, paper: np.ndarray, unit: float) -> None:
    """A hair, a curl or a bit of lint, 0.8 to 25 mm long and a tenth of one wide, paler at its ends."""
    height, width = paper.shape[:2]
    length, turn = unit * log_uniform(rng, 0.8, 25), rng.uniform(0, 2 * np.pi)
    bend, unrest = rng.normal(0, 0.1) * log_uniform(rng, 0.3, 3), log_uniform(rng, 0.02, 0.4)
    turns = turn + np.cumsum(rng.normal(0, unrest, 16)) + bend * np.arange(16)
    steps = length / 16 * np.stack([np.cos(turns), np.sin(turns)], 1)
    points = np.cumsum(steps, 0) + (rng.uniform(0, width), rng.uniform(0, height))
    x, y = points.mean(0).tolist()
    window = window_of(paper, x, y, float(np.ptp(points, axis=0).max()) + 4)
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


def toner(rng: Rng, paper: np.ndarray) -> None:
    """What copiers leave between the lines: grains of toner, in bands and heaps, and a mark in each turn."""
    height, width = paper.shape[:2]
    unit = width / A4
    count = int(log_uniform(rng, 10, 400))
    across, down = rng.uniform(0, width, count), rng.uniform(0, height, count)
    banded = rng.random(count) < rng.uniform(0.3, 0.95)
    band = rng.uniform(0, width), unit * log_uniform(rng, 2, 40)
    across[banded] = rng.normal(*band, int(banded.sum()))
    heaped = rng.random(count) < rng.uniform(0.3, 0.9)
    heaps = rng.uniform(0, height, int(rng.integers(1, 5)))
    down[heaped] = rng.choice(heaps, int(heaped.sum())) + rng.normal(0, 0.06, int(heaped.sum())) * height
    sizes = unit * np.minimum(0.035 * np.exp(rng.normal(0, 0.8, count)), 0.25)
    _specks(rng, paper, np.column_stack([across, down]), sizes, rng.beta(1.6, 1.6, count))
    turn = unit * rng.uniform(*TURN)
    for _ in range(int(rng.choice([0, 0, 1, 1, 2, 3]))):
        x, size, dark = rng.uniform(0, width), unit * log_uniform(rng, 0.06, 0.3), rng.uniform(0.25, 0.9)
        downs = np.arange(rng.uniform(0, turn), height, turn)
        once = np.column_stack([x + rng.normal(0, 0.1 * unit, len(downs)), downs])
        _specks(rng, paper, once, np.full(len(downs), size), dark * rng.uniform(0.6, 1, len(downs)))


def lined(rng: Rng, paper: np.ndarray) -> None:
    """Lines from head to foot, thin, grey, often broken: dirt on the strip of glass that pages pass."""
    height, width = paper.shape[:2]
    for _ in range(int(rng.choice([1, 1, 2]))):
        x, half = rng.uniform(0.02, 0.98) * width, max(0.5, width / A4 * log_uniform(rng, 0.04, 0.2))
        left, right = int(max(0, x - 3 * half - 1)), int(min(width, x + 3 * half + 2))
        away = (np.arange(left, right) - x) / half
        along = np.clip(np.cumsum(rng.normal(0, 0.05, height // 8 + 2)) + rng.uniform(0.3, 1.0), 0, 1)
        depth = cv2.resize(along.astype(np.float32)[:, None], (1, height)) * np.exp(-(away**2)).astype(
            np.float32
        )
        paper[:, left:right] *= 1 - np.float32(log_uniform(rng, 0.04, 0.4)) * depth[..., None]
