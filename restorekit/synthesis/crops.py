"""Crops of pooled pages with fresh ink, geometry, light and noise: fast enough to train on."""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np

from restorekit.synthesis.app_marks import lay_app_mark
from restorekit.synthesis.capture import camera, shots
from restorekit.synthesis.capture.lighting import BY_HAND, light
from restorekit.synthesis.capture.surface import make_surface
from restorekit.synthesis.handwriting.pens import marking_pen, transmittance, writing_pen
from restorekit.synthesis.pages import Pair, changed, generator
from restorekit.synthesis.pool import PagePool
from restorekit.synthesis.textures import Rng, log_uniform
from restorekit.synthesis.user_marks import user_marks
from restorekit.synthesis.watermarks import watermark, watermark_pair

BANK = 1024
TRIES = 5
NO_WRITING = 0.15
"""The share of crops that bear no ink: twice that of pages, for most of a page bears none either."""
NO_MARK = 0.25
"""The share of crops for a watermark that bear none, since most of a marked picture does not: with 0.12 of
them a network saw marks in helmets and sails."""
PALE = 0.2
"""The share of a crop's inks that may be far paler than their page's."""
APP_MARKED = 0.02
"""The share of crops of photographs with some of what an app or the phone wrote into a corner."""
BENT = 0.6
"""The share of crops of photographed pages whose lines bend."""
LARGEST_WHOLE = 2.5
"""How many times larger than the crop the picture may be that a watermark is made for."""


@lru_cache(maxsize=4)
def noise_bank(cell: int) -> np.ndarray:
    """Noise to cut pieces from: float32 ``(BANK, BANK, 3)``, its grain ``cell`` half pixels."""
    rng = generator(cell, 4)
    shot = shots.new_shot(rng)._replace(noise=1.0, noise_cell=cell / 2)
    return camera.sensor_noise(rng, BANK, BANK, shot)


def noise_piece(rng: Rng, size: int, shot: shots.Shot) -> np.ndarray:
    """A piece of the bank, as strong as the shot wants it: float32 ``(size, size, 3)`` levels of 255."""
    bank = noise_bank(int(np.clip(round(shot.noise_cell * 2), 2, 4)))
    while bank.shape[0] < size:
        bank = np.tile(bank, (2, 2, 1))
    y, x = rng.integers(0, bank.shape[0] - size + 1, 2)
    piece = bank[y : y + size, x : x + size]
    if rng.random() < 0.5:
        piece = piece[::-1]
    return piece * np.float32(shot.noise)


def place_crop(rng: Rng, ink: np.ndarray, size: int, *, seek_ink: bool) -> np.ndarray:
    """A transform from crop to page pixels, float64 ``(3, 3)``: zoom, slight turn and tilt, and a place.

    Args:
        rng: source of chance.
        ink: uint8 ``(H, W)`` amount of ink on the page.
        size: side of the crop in pixels.
        seek_ink: draw a few places and take the first with enough ink, or if none has, that with most.
    """
    height, width = ink.shape
    zoom = float(np.exp(rng.normal(0, 0.22)))
    zoom = min(zoom, 0.9 * height / size, 0.9 * width / size)
    angle = np.deg2rad(rng.normal(0, 1.6))
    tilt = rng.normal(0, 2.5e-5, 2)
    turn = np.array(
        [[np.cos(angle), -np.sin(angle), 0], [np.sin(angle), np.cos(angle), 0], [tilt[0], tilt[1], 1]]
    )
    to_middle = np.array([[1, 0, -size / 2], [0, 1, -size / 2], [0, 0, 1]])
    span = size * zoom
    wanted = 255 * log_uniform(rng, 0.004, 0.1)
    most = -1.0
    for _ in range(TRIES if seek_ink else 1):
        left, top = rng.uniform(0, max(1.0, width - span)), rng.uniform(0, max(1.0, height - span))
        found = float(ink[int(top) : int(top + span) : 9, int(left) : int(left + span) : 9].mean())
        if found > most:
            x, y, most = left, top, found
        if most > wanted:
            break
    scale = np.array([[zoom, 0, x + span / 2], [0, zoom, y + span / 2], [0, 0, 1]])
    return scale @ turn @ to_middle


def bend(rng: Rng, matrix: np.ndarray, size: int, page_width: int) -> tuple[np.ndarray, np.ndarray]:
    """How a page that does not lie flat is bent under a crop, and how its bends are shaded.

    Args:
        rng: source of chance.
        matrix: from crop to page pixels, see ``place_crop``.
        size: side of the crop in pixels.
        page_width: of the page in pixels.

    Returns:
        float32 ``(size, size, 2)``: by how many px off, x and y, each pixel of the crop looks; and float32
        ``(h, w)``, smaller, the shade (see ``light``).
    """
    steps = np.linspace(0, size, max(2, size // 8), dtype=np.float32)
    grid = cv2.perspectiveTransform(np.stack(np.meshgrid(steps, steps), -1), matrix) / page_width
    surface = make_surface(rng, np.ascontiguousarray(grid[..., 0]), np.ascontiguousarray(grid[..., 1]))
    shift = surface.shift - surface.shift.mean((0, 1))
    pixels = cv2.resize(shift * np.float32(page_width), (size, size), interpolation=cv2.INTER_LINEAR)
    return pixels, surface.shade


def cut_crop(plane: np.ndarray, matrix: np.ndarray, size: int, bent: np.ndarray | None = None) -> np.ndarray:
    """What of a page's plane or planes lies under a crop, ``(size, size, ...)``; edges are mirrored.

    Args:
        plane: uint8 ``(H, W, ...)``.
        matrix: from crop to page pixels, see ``place_crop``.
        size: side of the crop in pixels.
        bent: what ``bend`` gives, for a page that does not lie flat.
    """
    if bent is not None:
        return _cut_bent(plane, matrix, bent)
    corners = np.array([[[0, 0]], [[size, 0]], [[size, size]], [[0, size]]], np.float64)
    reach = cv2.perspectiveTransform(corners, matrix)[:, 0]
    low = np.clip(np.floor(reach.min(0)).astype(int) - 2, 0, [plane.shape[1] - 2, plane.shape[0] - 2])
    high = np.maximum(np.ceil(reach.max(0)).astype(int) + 3, low + 2)
    part = plane[low[1] : high[1], low[0] : high[0]]
    shift = np.array([[1, 0, -low[0]], [0, 1, -low[1]], [0, 0, 1]])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return cv2.warpPerspective(
        part, shift @ matrix, (size, size), flags=flags, borderMode=cv2.BORDER_REFLECT_101
    )


def _cut_bent(plane: np.ndarray, matrix: np.ndarray, bent: np.ndarray) -> np.ndarray:
    steps = np.arange(len(bent), dtype=np.float32)
    places = cv2.perspectiveTransform(bent + np.stack(np.meshgrid(steps, steps), -1), matrix)
    # plane by plane: numpy takes twenty times as long for both at once
    least, most = ([int(reduce(places[..., k])) for k in (0, 1)] for reduce in (np.min, np.max))
    low = np.clip(np.subtract(least, 2), 0, [plane.shape[1] - 2, plane.shape[0] - 2])
    high = np.maximum(np.add(most, 4), low + 2)
    part = plane[low[1] : high[1], low[0] : high[0]]
    places = cv2.subtract(places, (float(low[0]), float(low[1]), 0, 0))
    return cv2.remap(part, places, None, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101)


def fresh_ink(
    rng: Rng,
    pool: PagePool,
    count: int,
    writing: np.ndarray,
    marking: np.ndarray,
    bent: np.ndarray | None = None,
) -> np.ndarray:
    """The crop's own ink in newly drawn colours, sometimes with another page's on top.

    Args:
        rng: source of chance.
        pool: where other pages' ink is.
        count: how many pages of the pool may be used.
        writing: uint8 ``(S, S)`` amount of the writer's ink.
        marking: the same of a second pen's, or of no size.
        bent: how the page is bent.

    Returns:
        float32 ``(S, S, 3)`` transmittance.
    """
    amounts, colours = [_strength(rng, writing)], [writing_pen(rng).colour]
    if marking.size:
        amounts.append(_strength(rng, marking))
        colours.append(marking_pen(rng).colour)
    if rng.random() < 0.2:
        other = pool[int(rng.integers(0, count))]
        second = bool(other.marking.size) and rng.random() < 0.5
        plane = other.marking if second else other.written
        matrix = place_crop(rng, plane if second else plane[..., 3], len(writing), seek_ink=True)
        part = cut_crop(plane, matrix, len(writing), bent)
        amounts.append(_strength(rng, part if second else part[..., 3]))
        colours.append((marking_pen(rng) if second else writing_pen(rng)).colour)
    return transmittance(amounts, colours)


def _strength(rng: Rng, amount: np.ndarray) -> np.ndarray:
    """Bring an amount of ink to another pressure."""
    least = 0.35 if rng.random() < PALE else 0.8
    return cv2.convertScaleAbs(amount, alpha=log_uniform(rng, least, 1.3))


def handwriting_crop(pool: PagePool, seed: int, index: int, size: int) -> Pair:
    """Crop ``index`` of a pool: same pool, seed and index, same bytes. Sizes are in pixels."""
    rng = generator(seed, index, 5)
    count = pool.grown(index)
    page = pool[int(rng.integers(0, count))]
    bare = rng.random() < NO_WRITING
    matrix = place_crop(rng, page.written[..., 3], size, seek_ink=not bare and rng.random() < 0.9)
    shot = shots.new_shot(rng)
    bent = shade = None
    if shot.look in BY_HAND and rng.random() < BENT:
        bent, shade = bend(rng, matrix, size, page.written.shape[1])
    red, green, blue, writing = cv2.split(cut_crop(page.written, matrix, size, bent))
    paper = cv2.merge([red, green, blue]).astype(np.float32)
    paper *= np.float32(1 / 255)
    marking = cut_crop(page.marking, matrix, size, bent) if page.marking.size else page.marking
    ink = None if bare else fresh_ink(rng, pool, count, writing, marking, bent)
    target, image = camera.take(rng, paper, ink, shot, noise_piece(rng, size, shot), shade)
    if shot.look in BY_HAND and rng.random() < APP_MARKED:
        image, target = lay_app_mark(rng, (image, target), min(page.written.shape[:2]))
    mask = changed(image, target)
    return Pair(camera.compress(image, shot.jpeg), target, mask)


def varied(rng: Rng, picture: np.ndarray) -> np.ndarray:
    """A picture in other tones, now and then sharpened, mirrored or turned: a few backgrounds become many.

    Args:
        rng: source of chance.
        picture: uint8 RGB ``(S, S, 3)``.
    """
    if rng.random() < 0.25:
        picture = picture[:, ::-1]
    if rng.random() < 0.25:
        picture = np.rot90(picture, int(rng.integers(1, 4)))
    if rng.random() < 0.15:
        picture = picture[..., rng.permutation(3)]
    if rng.random() < 0.6:
        powers = np.exp(rng.normal(0, 0.3) + rng.normal(0, 0.06, 3))
        levels = np.linspace(0, 1, 256)[:, None]
        table = np.clip(255 * rng.uniform(0.75, 1.15) * levels**powers, 0, 255).astype(np.uint8)
        picture = cv2.LUT(np.ascontiguousarray(picture), table[None])
    if rng.random() < 0.4:  # what cameras do, and what scaling a background took away
        soft = cv2.GaussianBlur(picture, (0, 0), rng.uniform(0.7, 1.5))
        strength = float(rng.uniform(0.3, 2.5))
        picture = cv2.addWeighted(picture, 1 + strength, soft, -strength, 0)
    return np.ascontiguousarray(picture)


def watermark_crop(pool: PagePool, seed: int, index: int, size: int) -> Pair:
    """The same with a piece of a fresh watermark, as large as on a whole picture, on a clean crop."""
    rng = generator(seed, index, 6)
    page = pool[int(rng.integers(0, pool.grown(index)))].written
    matrix = place_crop(rng, page[..., 3], size, seek_ink=False)
    crop = varied(rng, cv2.cvtColor(cut_crop(page, matrix, size), cv2.COLOR_RGBA2RGB))
    if rng.random() < 0.5:
        shot = shots.new_shot(rng)._replace(look="photo")
        lit = crop.astype(np.float32) * np.float32(1 / 255)
        lit *= light(rng, size, size, shot.look)
        crop = camera.finish(camera.expose(lit, shot), noise_piece(rng, size, shot), shot, None)
    quality = int(rng.integers(60, 97)) if rng.random() < 0.5 else 0
    if rng.random() < NO_MARK:
        return Pair(camera.compress(crop, quality), crop, np.zeros((size, size), np.uint8))
    whole = (int(size * log_uniform(rng, 1, LARGEST_WHOLE)), int(size * log_uniform(rng, 1, LARGEST_WHOLE)))
    return watermark_pair(watermark(rng, crop, whole, user_marks(pool.sources.marks)), quality)
