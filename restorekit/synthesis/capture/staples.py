"""Staples, the holes that they leave, and what turning a stapled page over does to its corner."""

from __future__ import annotations

import cv2
import numpy as np

from restorekit.synthesis.capture.patches import window_of
from restorekit.synthesis.textures import A4, Rng, in_colours, log_uniform, smooth_noise

STAPLE = (12.0, 0.5)
"""Length and thickness of an office staple (24/6) in millimetres."""
GONE, BENT, RUSTY = 0.45, 0.6, 0.08
"""The shares of staples that were pulled out, of corners with creases, and of rust on the paper."""


def stapled(rng: Rng, paper: np.ndarray) -> None:
    """A staple through the upper left corner, or what one has left, and creases where pages were turned."""
    unit = paper.shape[1] / A4
    x, y = unit * rng.uniform(7, 14), unit * rng.uniform(6, 13)
    turn = np.deg2rad(rng.choice([-45.0, 0.0, 90.0], p=[0.5, 0.35, 0.15]) + rng.normal(0, 7))
    half = 0.5 * STAPLE[0] * unit * np.array([np.cos(turn), np.sin(turn)])
    first, last = np.array([x, y]) - half, np.array([x, y]) + half
    if rng.random() < BENT:
        _creases(rng, paper, x + y, unit)
    if rng.random() < RUSTY:
        for end in (first, last):
            _stain(rng, paper, end, unit)
    if rng.random() < GONE:
        _holes(rng, paper, first, last, unit)
    else:
        _staple(rng, paper, first, last, unit)


def _creases(rng: Rng, paper: np.ndarray, least: float, unit: float) -> None:
    """Lines across the corner, somewhat farther in than the staple, with a dark and a bright side each."""
    side = int(1.25 * least + 34 * unit)
    part = paper[:side, :side]
    down, across = (np.arange(length, dtype=np.float32) for length in part.shape[:2])
    shade = np.ones(part.shape[:2], np.float32)
    for _ in range(int(rng.integers(1, 4))):
        lean = np.float32(np.exp(rng.normal(0, 0.25)))
        reach = np.float32(least * rng.uniform(1.02, 1.2) + unit * log_uniform(rng, 1, 14))
        off = (across[None] * lean + down[:, None] / lean - reach) / np.float32(np.hypot(lean, 1 / lean))
        off += np.float32(0.5 * unit) * smooth_noise(rng, len(down), len(across), max(4.0, 12 * unit))
        broad = np.float32(max(0.7, unit * rng.uniform(0.15, 0.5)))
        here = np.clip(0.6 + 0.5 * smooth_noise(rng, len(down), len(across), max(3.0, 6 * unit)), 0, 1.2)
        dark, bright = rng.uniform(0.03, 0.14), rng.uniform(0, 0.05)
        shade -= here * np.float32(dark) * np.exp(-((off / broad) ** 2))
        shade += here * np.float32(bright) * np.exp(-(((off - 1.6 * broad) / broad) ** 2))
        shade -= np.float32(rng.uniform(0, 0.035)) * np.exp(-np.maximum(-off, 0) / (9 * unit)) * (off < 0)
    part *= in_colours(shade)


def _stain(rng: Rng, paper: np.ndarray, place: np.ndarray, unit: float) -> None:
    """Rust about a hole."""
    size = unit * log_uniform(rng, 0.4, 1.6)
    window = window_of(paper, float(place[0]), float(place[1]), 3 * size)
    down = np.arange(window[0].start, window[0].stop)[:, None] - place[1]
    across = np.arange(window[1].start, window[1].stop)[None] - place[0]
    share = np.exp(-((np.hypot(down, across) / size) ** 2)) * rng.uniform(0.3, 0.9)
    paper[window] *= 1 - share[..., None].astype(np.float32) * np.array([0.25, 0.5, 0.7], np.float32)


def _holes(rng: Rng, paper: np.ndarray, first: np.ndarray, last: np.ndarray, unit: float) -> None:
    """Two small slits, torn a little, and the dent of the staple's back between them."""
    low, high = np.minimum(first, last) - 3 * unit, np.maximum(first, last) + 3 * unit
    left, top = np.maximum(0, low.astype(int))
    part = paper[top : int(high[1]), left : int(high[0])]
    along, cover = (last - first) / np.hypot(*(last - first)), np.zeros(part.shape[:2], np.float32)
    for end in (first, last):
        torn = along * unit * rng.uniform(0.2, 0.9) * rng.choice([-1, 1]) + rng.normal(0, 0.15 * unit, 2)
        cover = np.maximum(cover, _wire(part, np.array([end, end + torn]) - (left, top), 0.35 * unit))
    dent = _wire(part, np.array([first, last]) - (left, top), 0.5 * unit)
    dent = cv2.GaussianBlur(dent, (0, 0), max(0.5, 0.2 * unit))
    slope = dent - np.roll(dent, (round(0.3 * unit) or 1,) * 2, (0, 1))
    part *= in_colours(1 - np.float32(rng.uniform(0.02, 0.08)) * slope)
    rim = cv2.GaussianBlur(cover, (0, 0), max(0.6, 0.35 * unit)) * np.float32(rng.uniform(0.02, 0.12))
    part *= in_colours((1 - rim) * (1 - np.float32(rng.uniform(0.4, 0.75)) * cover))


def _staple(rng: Rng, paper: np.ndarray, first: np.ndarray, last: np.ndarray, unit: float) -> None:
    """Its shadow and its back: bowed, brighter where the lamp is in it, with the light along it."""
    bow = unit * rng.normal(0, 0.12) * (last - first)[::-1] * (-1, 1) / np.hypot(*(last - first))
    places = np.linspace(0, 1, 13)[:, None]
    wire = first + (last - first) * places + bow * np.sin(np.pi * places)
    side = int(max(wire.max(0)) + 4 * unit)
    part = paper[:side, :side]
    fall, thick = unit * rng.uniform(0.2, 0.7), STAPLE[1] * unit
    shadow = cv2.GaussianBlur(_wire(part, wire + fall, thick), (0, 0), max(0.6, 0.25 * unit))
    part *= in_colours(1 - np.float32(rng.uniform(0.25, 0.6)) * shadow)
    down, across = (np.arange(length, dtype=np.float32) for length in part.shape[:2])
    way = (last - first) / np.sum((last - first) ** 2)
    along = (across[None] - np.float32(first[0])) * way[0] + (down[:, None] - np.float32(first[1])) * way[1]
    gleam = np.exp(-(((along - rng.uniform(0.1, 0.9)) / rng.uniform(0.1, 0.4)) ** 2))
    level = in_colours((rng.uniform(0.32, 0.6) + rng.uniform(0.1, 0.35) * gleam).astype(np.float32))
    for cover, lit in ((_wire(part, wire, thick), 0.0), (_wire(part, wire - 0.12 * unit, 0.3 * thick), 0.25)):
        part += in_colours(cover) * (np.minimum(level + np.float32(lit), 0.95) - part)


def _wire(part: np.ndarray, places: np.ndarray, thick: float) -> np.ndarray:
    """What share of each pixel a bent wire covers: float32 ``(H, W)``."""
    cover = np.zeros(part.shape[:2], np.uint8)
    points = [np.round(16 * places).astype(np.int32)]
    cv2.polylines(cover, points, False, 255, max(1, round(thick)), cv2.LINE_AA, 4)
    return cover.astype(np.float32) / 255
