"""Crops of pooled pages with fresh ink, geometry, light and noise: fast enough to train on."""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np

from restorekit.synthesis.app_marks import lay_app_mark
from restorekit.synthesis.capture import camera, shots
from restorekit.synthesis.capture.lighting import BY_HAND, light
from restorekit.synthesis.capture.rims import beyond, surround
from restorekit.synthesis.capture.surface import make_surface
from restorekit.synthesis.handwriting.pens import marking_pen, transmittance, writing_pen
from restorekit.synthesis.pages import Pair, changed, generator
from restorekit.synthesis.pool import PagePool
from restorekit.synthesis.textures import A4, Rng, log_uniform
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
CELL = 8
"""The side in pixels of what of a crop is bent as one."""
RIMMED, SHOWN = 0.07, (0.02, 0.3)
"""The share of crops with what lies beyond an edge of the page, and how much of their side that is."""
ZOOMED_OUT = 1.3
"""From so many page pixels a crop's pixel on, each is the mean of four places. Of one place alone, a thin
rule that falls between two of them loses a third of its ink, and more the further out."""
LARGEST_WHOLE = 2.5
"""How many times larger than the crop the picture may be that a watermark is made for."""


@lru_cache(maxsize=4)
def noise_bank(cell: int) -> np.ndarray:
    """Noise to cut pieces from: float32 ``(BANK, BANK, 3)``, its grain ``cell`` half pixels."""
    rng = generator(cell, 4)
    return camera.sensor_noise(rng, BANK, BANK, shots.new_shot(rng)._replace(noise_cell=cell / 2))


def noise_piece(rng: Rng, size: int, shot: shots.Shot) -> np.ndarray:
    """A piece of the bank, with the shot's grain: float32 ``(size, size, 3)``, read-only, of unit spread."""
    bank = noise_bank(int(np.clip(round(shot.noise_cell * 2), 2, 4)))
    while bank.shape[0] < size:
        bank = np.tile(bank, (2, 2, 1))
    y, x = rng.integers(0, bank.shape[0] - size + 1, 2)
    return bank[y : y + size, x : x + size]


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


def moved_to_rim(rng: Rng, matrix: np.ndarray, size: int, page: tuple[int, ...]) -> np.ndarray:
    """A crop of a page of so many pixels, down and across, moved until it looks over one of its edges.

    Takes and returns a transform as ``place_crop`` does.
    """
    corners = cv2.perspectiveTransform(np.array([[(0, 0), (size, size)]], np.float64), matrix)[0]
    axis, far = int(rng.integers(0, 2)), bool(rng.random() < 0.5)
    seen = rng.uniform(*SHOWN) * (corners[1] - corners[0])[axis]
    move = np.eye(3)
    move[axis, 2] = page[1 - axis] + seen - corners[1][axis] if far else -seen - corners[0][axis]
    return np.asarray(move @ matrix)


def crop_grid(matrix: np.ndarray, size: int) -> np.ndarray:
    """Where a crop looks on its page: float32 ``(n, n, 2)``, page pixels at the middles of its cells.

    The cells are ``CELL`` pixels wide, with a ring of them around the crop; ``matrix`` as in ``bend``.
    """
    return cv2.perspectiveTransform(_middles(size), matrix)


@lru_cache(maxsize=2)
def _middles(size: int) -> np.ndarray:
    """The middles of a crop's cells, in its own pixels: float32 ``(n, n, 2)``."""
    steps = CELL * (np.arange(-1, -(-size // CELL) + 1, dtype=np.float32) + 0.5) - 0.5
    return np.stack(np.meshgrid(steps, steps), -1).astype(np.float32)


def bend(rng: Rng, matrix: np.ndarray, size: int, page_width: int) -> tuple[np.ndarray, np.ndarray]:
    """How a page that does not lie flat is bent under a crop, and how its bends are shaded.

    Args:
        rng: source of chance.
        matrix: from crop to page pixels, see ``place_crop``.
        size: side of the crop in pixels.
        page_width: of the page in pixels.

    Returns:
        float32 ``(n, n, 2)``: by how many page pixels off, x and y, each cell of ``crop_grid`` looks; and
        float32 ``(h, w)``, the shade (see ``light``).
    """
    grid = crop_grid(matrix, size) / np.float32(page_width)
    surface = make_surface(rng, np.ascontiguousarray(grid[..., 0]), np.ascontiguousarray(grid[..., 1]))
    shift = surface.shift - surface.shift.mean((0, 1))
    return shift * np.float32(page_width), surface.shade[1:-1, 1:-1]


def cut_crop(plane: np.ndarray, matrix: np.ndarray, size: int, bent: np.ndarray | None = None) -> np.ndarray:
    """What of a page's plane or planes lies under a crop, ``(size, size, ...)``; edges are mirrored.

    Args:
        plane: uint8 ``(H, W, ...)``.
        matrix: from crop to page pixels, see ``place_crop``.
        size: side of the crop in pixels.
        bent: what ``bend`` gives, for a page that does not lie flat.
    """
    places = _places(matrix, size, bent)
    zoomed_out = abs(np.linalg.det(matrix[:2, :2])) > ZOOMED_OUT**2
    if zoomed_out:
        places = cv2.resize(places, (2 * size,) * 2, interpolation=cv2.INTER_LINEAR)
    crop = cv2.remap(plane, places, None, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101)
    return cv2.resize(crop, (size, size), interpolation=cv2.INTER_AREA) if zoomed_out else crop


def _places(matrix: np.ndarray, size: int, bent: np.ndarray | None) -> np.ndarray:
    """Where each pixel of a crop looks: float32 ``(size, size, 2)``, page pixels."""
    grid = crop_grid(matrix, size)
    grid = grid if bent is None else grid + bent
    # between the middles of cells a place is off by less than a thousandth of a pixel, and comes cheaper
    places = cv2.resize(grid, (CELL * len(grid),) * 2, interpolation=cv2.INTER_LINEAR)
    return places[CELL : CELL + size, CELL : CELL + size]


def _off_page(matrix: np.ndarray, size: int, bent: np.ndarray | None, page: tuple[int, ...]) -> np.ndarray:
    """How far off a page of so many pixels, down and across, a crop looks: float32 ``(size, size)``."""
    x, y = cv2.split(_places(matrix, size, bent))
    return beyond(x, y, page[1], page[0])


def fresh_ink(
    rng: Rng,
    pool: PagePool,
    count: int,
    writing: np.ndarray,
    marking: np.ndarray,
    bent: np.ndarray | None = None,
) -> np.ndarray | None:
    """The crop's own ink in newly drawn colours, sometimes with another page's on top.

    Args:
        rng: source of chance.
        pool: where other pages' ink is.
        count: how many pages of the pool may be used.
        writing: uint8 ``(S, S)`` amount of the writer's ink.
        marking: the same of a second pen's, or of no size.
        bent: how the page is bent.

    Returns:
        float32 ``(S, S, 3)`` transmittance; None where there is no ink at all.
    """
    layers = [(_strength(rng, writing), writing_pen(rng).colour)]
    if marking.size:
        layers.append((_strength(rng, marking), marking_pen(rng).colour))
    if rng.random() < 0.2:
        other = pool[int(rng.integers(0, count))]
        second = bool(other.marking.size) and rng.random() < 0.5
        plane = other.marking if second else other.written
        matrix = place_crop(rng, plane if second else plane[..., 3], len(writing), seek_ink=True)
        part = cut_crop(plane, matrix, len(writing), bent)
        amount = _strength(rng, part if second else part[..., 3])
        layers.append((amount, (marking_pen(rng) if second else writing_pen(rng)).colour))
    layers = [(amount, colour) for amount, colour in layers if amount.any()]
    return transmittance(*map(list, zip(*layers, strict=True))) if layers else None


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
    if rimmed := rng.random() < RIMMED:
        matrix = moved_to_rim(rng, matrix, size, page.written.shape[:2])
    shot = shots.new_shot(rng)
    bent, shade, by_hand = None, None, shot.look in BY_HAND
    if by_hand and rng.random() < BENT:
        bent, shade = bend(rng, matrix, size, page.written.shape[1])
    written = cut_crop(page.written, matrix, size, bent)
    writing = cv2.extractChannel(written, 3)
    paper = cv2.cvtColor(written, cv2.COLOR_RGBA2RGB).astype(np.float32)
    paper *= np.float32(1 / 255)
    marking = cut_crop(page.marking, matrix, size, bent) if page.marking.size else page.marking
    ink = None if bare else fresh_ink(rng, pool, count, writing, marking, bent)
    away = _off_page(matrix, size, bent, page.written.shape[:2]) if rimmed else None
    paper, ink = surround(rng, paper, ink, away, page.written.shape[1] / A4, by_hand=by_hand)
    target, image = camera.take(rng, paper, ink, shot, noise_piece(rng, size, shot), shade)
    if by_hand and rng.random() < APP_MARKED:
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
        noise = noise_piece(rng, size, shot) * np.float32(shot.noise)
        crop = camera.finish(camera.expose(lit, shot), noise, shot, None)
    quality = int(rng.integers(60, 97)) if rng.random() < 0.5 else 0
    if rng.random() < NO_MARK:
        return Pair(camera.compress(crop, quality), crop, np.zeros((size, size), np.uint8))
    whole = (int(size * log_uniform(rng, 1, LARGEST_WHOLE)), int(size * log_uniform(rng, 1, LARGEST_WHOLE)))
    return watermark_pair(watermark(rng, crop, whole, user_marks(pool.sources.marks)), quality)
